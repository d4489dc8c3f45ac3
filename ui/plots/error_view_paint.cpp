#include "ui/plots/error_view.h"

#include "ui/plots/paint.h"

#include <algorithm>

namespace fplab {

namespace {

    /// Whether a line of many points goes through a rectangle.
    bool crosses(const QVector<QPointF>& line, const QRectF& box)
    {
        const QLineF diagonals[] {{box.topLeft(), box.bottomRight()}, {box.bottomLeft(), box.topRight()}};
        for (qsizetype i = 0; i < line.size(); ++i) {
            if (box.contains(line[i]))
                return true;
            if (i > 0)
                for (const QLineF& diagonal : diagonals)
                    if (QLineF(line[i - 1], line[i]).intersects(diagonal) == QLineF::BoundedIntersection)
                        return true;
        }
        return false;
    }

} // namespace

std::vector<ErrorView::Floor> ErrorView::floors() const
{
    const HandoffModel& handoff = lab().handoff;
    const double own = handoff.setting().discretisationFloor, penalty = handoff.setting().penaltyFloor;
    std::vector<Floor> all {
        {handoff.pde().tolerance, tr("tolerance %1").arg(formatNumber(handoff.pde().tolerance)), Qt::DashLine, look().muted, true},
        {own, tr("the grid's own error %1").arg(formatNumber(own, 2)), Qt::DotLine, look().muted, false}};
    if (handoff.pde().handoffStep != 0)
        all.push_back({penalty, tr("boundary penalty %1").arg(formatNumber(penalty, 2)), Qt::DotLine, look().network, false});
    std::erase_if(all, [this](const Floor& floor) {
        const double y = toPixel(0, ordinate(floor.error)).y();
        return !(floor.error > 0) || y < axisArea().top() || y > axisArea().bottom();
    });
    return all;
}

void ErrorView::drawFloors(QCPPainter& p) const
{
    for (const Floor& floor : floors()) {
        const double y = toPixel(0, ordinate(floor.error)).y();
        p.setPen(curvePen(floor.color, 1, floor.dash));
        p.drawLine(QPointF(axisArea().left(), y), QPointF(axisArea().right(), y));
    }
}

void ErrorView::drawCurves(QCPPainter& p)
{
    m_drawn.clear();
    for (const Curve& curve : m_curves)
        m_drawn.push_back(pixels(curve));
    for (std::size_t c = m_curves.size(); c-- > 0;) {
        const auto& points = m_drawn[c];
        drawCurve(p, points, curvePen(m_curves[c].color, m_curves[c].width, m_curves[c].dash));
        if (!points.isEmpty() && axisArea().adjusted(-1, -1, 2, 2).contains(points.back()))
            drawMarker(p, Marker::Circle, points.back(), 3 * look().penWidth, m_curves[c].color, m_curves[c].dash == Qt::SolidLine);
    }
}

/// Where the visible part of a curve ends, in pixels.
std::optional<QPointF> ErrorView::endOf(const Curve& curve) const
{
    const QRectF area = axisArea().adjusted(-1, -1, 1, 1);
    const auto last = std::find_if(curve.points.rbegin(), curve.points.rend(), [&](const auto& point) { return area.contains(toPixel(place(point))); });
    if (last == curve.points.rend())
        return std::nullopt;
    QPointF inside = toPixel(place(*last));
    if (last == curve.points.rbegin())
        return inside;
    QPointF outside = toPixel(place(*std::prev(last)));
    for (int i = 0; i < 12; ++i) {
        const QPointF middle = (inside + outside) / 2;
        (area.contains(middle) ? inside : outside) = middle;
    }
    return inside;
}

/// Each where nothing is drawn, if there is such a place.
void ErrorView::drawNames(QCPPainter& p) const
{
    const QRectF area = axisArea();
    const QFontMetricsF metrics(look().plotFont());
    const double height = metrics.height(), gap = 3 * look().penWidth;
    p.setFont(look().plotFont());
    std::vector<QRectF> taken;
    for (const Curve& curve : m_curves)
        if (const auto at = endOf(curve); at && !curve.ofRun)
            taken.emplace_back(at->x() - gap, at->y() - gap, 2 * gap, 2 * gap);
    const auto hand = handPixel();
    std::vector<double> levels;
    for (const Floor& floor : floors())
        levels.push_back(toPixel(0, ordinate(floor.error)).y());
    const auto write = [&](const QString& name, const QColor& color, const std::vector<QPointF>& corners) {
        const QSizeF size(metrics.horizontalAdvance(name), height);
        const auto free = [&](const QPointF& corner) {
            const QRectF box(corner, size);
            return area.contains(box) && std::ranges::none_of(taken, [&](const QRectF& other) { return other.intersects(box); });
        };
        const auto offCurves = [&](const QPointF& corner) {
            const QRectF box(corner, size);
            const bool behindHand = hand && box.left() < *hand + 3 && *hand - 3 < box.right();
            return free(corner) && !behindHand && std::ranges::none_of(m_drawn, [&](const auto& line) { return crosses(line, box); });
        };
        const auto clear = [&](const QPointF& corner) {
            return offCurves(corner)
                && std::ranges::none_of(levels, [&](double y) { return corner.y() < y && y < corner.y() + height; });
        };
        auto corner = std::ranges::find_if(corners, clear);
        if (corner == corners.end())
            corner = std::ranges::find_if(corners, offCurves);
        if (corner == corners.end())
            corner = std::ranges::find_if(corners, free);
        if (corner == corners.end())
            return;
        const QRectF box(*corner, size);
        p.setPen(color);
        p.drawText(box, Qt::AlignCenter, name);
        taken.push_back(box);
    };
    for (const Curve& curve : m_curves) {
        const auto at = endOf(curve);
        if (!at || curve.ofRun)
            continue;
        const double width = metrics.horizontalAdvance(curve.name), right = at->x() + gap + 1, left = at->x() - width - gap - 1;
        const double centre = std::min(at->x() - width / 2, area.right() - width - 1), middle = at->y() - height / 2, step = 0.75 * height;
        std::vector<QPointF> corners {{right, middle}}; // curves come from above left
        for (int row = 1; row < 5; ++row)
            for (const double y : {middle + step * row, middle - step * row})
                for (const double x : {right, left, centre})
                    corners.emplace_back(x, y);
        for (int i = 1; i < 5; ++i)
            corners.emplace_back(left - 2 * height * i, middle);
        write(curve.name, curve.color, corners);
    }
    for (const Floor& floor : floors()) {
        const double y = toPixel(0, ordinate(floor.error)).y(), width = metrics.horizontalAdvance(floor.name);
        const double above = y - height, below = y + 1;
        std::vector<QPointF> corners;
        constexpr int places = 16;
        for (const double row : {floor.nameAbove ? above : below, floor.nameAbove ? below : above})
            for (int i = 0; i <= places; ++i) {
                const double x = area.left() + 6 + (area.width() - width - 12) * i / places;
                corners.emplace_back(m_cost.logarithmic ? x : area.left() + area.right() - width - x, row); // from the end where solvers do not end
            }
        write(floor.name, floor.color, corners);
    }
}

void ErrorView::drawHand(QCPPainter& p) const
{
    const auto x = handPixel();
    const QRectF area = axisArea();
    if (!x || *x < area.left() - 1 || *x > area.right() + 1)
        return;
    const QColor color = lab().handoff.considered() ? look().good : look().accent;
    p.setPen(curvePen(color, 1.5));
    p.drawLine(QPointF(*x, area.top()), QPointF(*x, area.bottom()));
    p.setAntialiasing(true);
    p.setPen(Qt::NoPen);
    p.setBrush(color);
    const double grip = 2.5 * look().penWidth;
    p.drawRoundedRect(QRectF(*x - grip / 2, area.center().y() - 3 * grip, grip, 6 * grip), grip / 2, grip / 2);
    const QString text = tr("M = %1").arg(formatStep(*handStep()));
    const bool room = *x + QFontMetricsF(look().plotFont()).horizontalAdvance(text) + 18 < area.right();
    drawPill(p, QPointF(*x + (room ? 4 : -4), area.top() + 2), room ? Qt::AlignLeft : Qt::AlignRight, text, look().plotFont(), look().card, color);
}

void ErrorView::drawPlayhead(QCPPainter& p) const
{
    const int record = lab().timeline.index();
    const auto& points = lab().handoff.trace().points();
    if (lab().timeline.followsLive() || record < 0 || static_cast<std::size_t>(record) >= points.size())
        return;
    if (const QPointF at = toPixel(place(points[static_cast<std::size_t>(record)])); axisArea().adjusted(-1, -1, 1, 1).contains(at))
        drawMarker(p, Marker::Diamond, at, 4.5 * look().penWidth, look().accent, false);
}

} // namespace fplab
