#include "ui/views/paint.h"

#include <QFontMetricsF>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

namespace fplab {
namespace {

/// Of a key, in pixels.
struct KeyMeasures {
    double sample, gap, between;
};
constexpr KeyMeasures usualKey {16, 5, 14}, tightKey {10, 3, 8};

bool finite(QPointF p) { return std::isfinite(p.x()) && std::isfinite(p.y()); }

QVector<qreal> dashPattern(Qt::PenStyle style)
{
    switch (style) {
    case Qt::DashLine:
        return {3.5, 1.5};
    case Qt::DotLine:
        return {1, 1};
    case Qt::DashDotLine:
        return {4, 1.5, 1, 1.5};
    case Qt::DashDotDotLine:
        return {4, 1.2, 1, 1.2, 1, 1.2};
    default:
        return {};
    }
}

/// Cuts the polyline into its dashes.
void appendDashes(QVector<QLineF>& lines, const QVector<QPointF>& points, const QVector<qreal>& pattern, double width)
{
    qsizetype entry = 0;
    double left = pattern[0] * width;
    for (qsizetype i = 1; i < points.size(); ++i) {
        const QPointF a = points[i - 1], b = points[i];
        if (!finite(a) || !finite(b)) {
            entry = 0;
            left = pattern[0] * width;
            continue;
        }
        const double length = std::hypot(b.x() - a.x(), b.y() - a.y());
        double done = 0;
        while (done < length) {
            const double take = std::min(left, length - done);
            if (entry % 2 == 0)
                lines.append({a + (b - a) * (done / length), a + (b - a) * ((done + take) / length)});
            done += take;
            left -= take;
            if (left <= 1e-9) {
                entry = (entry + 1) % pattern.size();
                left = std::max(pattern[entry] * width, 0.5);
            }
        }
    }
}

/// Shortens a line to what is inside (Liang and Barsky 1984); false = nothing is. Qt writes SVG without clipping.
bool cut(QPointF& from, QPointF& to, const QRectF& inside)
{
    const QPointF start = from, way = to - from;
    double enters = 0, leaves = 1;
    const auto edge = [&](double speed, double room) { // crosses the edge when speed * t = room
        if (speed == 0)
            return room >= 0;
        const double t = room / speed;
        (speed < 0 ? enters : leaves) = speed < 0 ? std::max(enters, t) : std::min(leaves, t);
        return enters <= leaves;
    };
    if (!edge(-way.x(), start.x() - inside.left()) || !edge(way.x(), inside.right() - start.x())
        || !edge(-way.y(), start.y() - inside.top()) || !edge(way.y(), inside.bottom() - start.y()))
        return false;
    if (leaves < 1)
        to = start + leaves * way;
    if (enters > 0)
        from = start + enters * way;
    return true;
}

} // namespace

QPen curvePen(const QColor& color, double width, Qt::PenStyle dash)
{
    QPen pen(color, width);
    const QVector<qreal> pattern = dashPattern(dash);
    if (pattern.isEmpty())
        pen.setJoinStyle(Qt::RoundJoin);
    else {
        pen.setDashPattern(pattern);
        pen.setCapStyle(Qt::FlatCap);
    }
    return pen;
}

void drawCurve(QCPPainter& painter, const QVector<QPointF>& points, const QPen& pen)
{
    if (painter.modes().testFlag(QCPPainter::pmVectorized) || painter.modes().testFlag(QCPPainter::pmNoCaching)) {
        painter.setPen(pen);
        const QRectF clip = painter.clipBoundingRect();
        QVector<QPointF> line;
        const auto flush = [&] {
            if (line.size() > 1)
                painter.drawPolyline(line.constData(), static_cast<int>(line.size()));
            line.clear();
        };
        for (qsizetype i = 1; i < points.size(); ++i) {
            QPointF from = points[i - 1], to = points[i];
            if (!finite(from) || !finite(to) || (!clip.isEmpty() && !cut(from, to, clip))) {
                flush();
                continue;
            }
            if (line.isEmpty() || line.back() != from) {
                flush();
                line.append(from);
            }
            line.append(to);
        }
        flush();
        return;
    }
    QVector<QLineF> lines;
    lines.reserve(points.size());
    QPen solid(pen.color(), pen.widthF(), Qt::SolidLine, pen.capStyle());
    if (pen.style() == Qt::CustomDashLine)
        appendDashes(lines, points, pen.dashPattern(), pen.widthF());
    else
        for (qsizetype i = 1; i < points.size(); ++i)
            if (finite(points[i - 1]) && finite(points[i]))
                lines.append({points[i - 1], points[i]});
    painter.setPen(solid);
    painter.drawLines(lines);
}

void drawMarker(QPainter& painter, Marker marker, QPointF c, double size, const QColor& color, bool filled)
{
    if (painter.hasClipping()
        && !painter.clipBoundingRect().adjusted(-1, -1, 2, 2).contains(c)) // Qt writes SVG without clipping
        return;
    const double r = size / 2;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool strokes = marker == Marker::Plus || marker == Marker::Cross;
    painter.setPen(
        strokes || !filled ? QPen(color, std::max(1.4, size / 4), Qt::SolidLine, Qt::FlatCap) : QPen(Qt::NoPen));
    painter.setBrush(filled && !strokes ? QBrush(color) : QBrush(Qt::NoBrush));
    switch (marker) {
    case Marker::Circle:
        painter.drawEllipse(c, r, r);
        break;
    case Marker::Triangle: {
        const std::array<QPointF, 3> p {QPointF(c.x(), c.y() - 1.15 * r), QPointF(c.x() + 1.1 * r, c.y() + 0.85 * r),
            QPointF(c.x() - 1.1 * r, c.y() + 0.85 * r)};
        painter.drawPolygon(p.data(), 3);
        break;
    }
    case Marker::Square:
        painter.drawRect(QRectF(c.x() - 0.9 * r, c.y() - 0.9 * r, 1.8 * r, 1.8 * r));
        break;
    case Marker::Diamond: {
        const std::array<QPointF, 4> p {QPointF(c.x(), c.y() - 1.25 * r), QPointF(c.x() + 1.25 * r, c.y()),
            QPointF(c.x(), c.y() + 1.25 * r), QPointF(c.x() - 1.25 * r, c.y())};
        painter.drawPolygon(p.data(), 4);
        break;
    }
    case Marker::Plus:
        painter.drawLine(QPointF(c.x() - 1.1 * r, c.y()), QPointF(c.x() + 1.1 * r, c.y()));
        painter.drawLine(QPointF(c.x(), c.y() - 1.1 * r), QPointF(c.x(), c.y() + 1.1 * r));
        break;
    case Marker::Cross:
        painter.drawLine(QPointF(c.x() - r, c.y() - r), QPointF(c.x() + r, c.y() + r));
        painter.drawLine(QPointF(c.x() - r, c.y() + r), QPointF(c.x() + r, c.y() - r));
        break;
    }
    painter.restore();
}

void drawHatch(QPainter& painter, const QRectF& rect, const QColor& color, double spacing)
{
    if (rect.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1, Qt::SolidLine, Qt::FlatCap));
    QVector<QLineF> lines;
    // Lines of x + y = constant, phase fixed to the page so that neighbouring rectangles join.
    const double first = std::ceil((rect.left() + rect.top()) / spacing) * spacing;
    for (double s = first; s < rect.right() + rect.bottom(); s += spacing) {
        const double left = std::max(rect.left(), s - rect.bottom()), right = std::min(rect.right(), s - rect.top());
        lines.append({QPointF(right, s - right), QPointF(left, s - left)});
    }
    painter.drawLines(lines);
    painter.restore();
}

QRectF drawPill(QPainter& painter, QPointF at, Qt::Alignment alignment, const QString& text, const QFont& font,
    const QColor& color, const QColor& ground)
{
    const QFontMetricsF metrics(font);
    const QSizeF size(metrics.horizontalAdvance(text) + 12, metrics.height() + 3);
    QRectF box(at, size);
    if (alignment & Qt::AlignRight)
        box.moveRight(at.x());
    else if (alignment & Qt::AlignHCenter)
        box.moveLeft(at.x() - size.width() / 2);
    if (alignment & Qt::AlignBottom)
        box.moveBottom(at.y());
    else if (alignment & Qt::AlignVCenter)
        box.moveTop(at.y() - size.height() / 2);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(box, size.height() / 2, size.height() / 2);
    painter.setPen(color);
    painter.setFont(font);
    painter.drawText(box, Qt::AlignCenter, text);
    painter.restore();
    return box;
}

double keyWidth(const QVector<KeyEntry>& key, const QFont& font, bool tight)
{
    const QFontMetricsF metrics(font);
    const KeyMeasures& m = tight ? tightKey : usualKey;
    double width = 0;
    for (const KeyEntry& entry : key)
        width += m.sample + m.gap + metrics.horizontalAdvance(entry.label) + m.between;
    return std::max(0.0, width - m.between);
}

double drawKey(QPainter& painter, const QRectF& rect, const QVector<KeyEntry>& key, const QFont& font,
    const QColor& text, bool tight)
{
    const QFontMetricsF metrics(font);
    const KeyMeasures& m = tight ? tightKey : usualKey;
    double x = rect.left();
    const double y = rect.center().y();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font);
    for (const KeyEntry& entry : key) {
        const double labelWidth = metrics.horizontalAdvance(entry.label);
        if (x + m.sample + m.gap + labelWidth > rect.right() + 0.5)
            break;
        const QPointF centre(x + m.sample / 2, y);
        switch (entry.kind) {
        case KeyEntry::Kind::Line:
            painter.setPen(curvePen(entry.color, entry.width, entry.dash));
            painter.drawLine(QPointF(x, y), QPointF(x + m.sample, y));
            break;
        case KeyEntry::Kind::Dot:
            drawMarker(painter, Marker::Circle, centre, 4.5, entry.color);
            break;
        case KeyEntry::Kind::Ring:
            painter.setPen(QPen(entry.color, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(centre, 3.5, 3.5);
            break;
        case KeyEntry::Kind::Bar:
            painter.setPen(Qt::NoPen);
            painter.setBrush(entry.color);
            painter.drawRect(QRectF(centre.x() - 4, y - 5, 8, 10));
            break;
        }
        x += m.sample + m.gap;
        painter.setPen(text);
        painter.drawText(
            QRectF(x, rect.top(), labelWidth + 2, rect.height()), Qt::AlignVCenter | Qt::AlignLeft, entry.label);
        x += labelWidth + m.between;
    }
    painter.restore();
    return x;
}

PaintItem::PaintItem(QCustomPlot* plot, const QString& layer, bool clipToAxes, Function function)
    : QCPLayerable(plot, layer)
    , m_clip(clipToAxes)
    , m_function(std::move(function))
{
}

QRect PaintItem::clipRect() const
{
    // One pixel more, so that a curve on the edge is not cut to half its width.
    return m_clip ? mParentPlot->axisRect()->rect().adjusted(-1, -1, 2, 3) : mParentPlot->viewport();
}

void PaintItem::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    applyAntialiasingHint(painter, mAntialiased, QCP::aePlottables);
}

void PaintItem::draw(QCPPainter* painter) { m_function(*painter); }

} // namespace fplab
