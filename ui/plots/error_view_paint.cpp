#include "ui/plots/error_view.h"

#include "ui/plots/paint.h"

#include <algorithm>

namespace fplab {

void ErrorView::drawFloors(QCPPainter& p)
{
    m_floorNames.clear();
    const HandoffModel& handoff = lab().handoff;
    const QRectF area = axisArea();
    const QFont font = look().plotFont();
    const bool atLeft = m_cost.logarithmic; // the other end is where solvers end
    double free = atLeft ? area.left() + 6 : area.right() - 6; // the next name beside the last: floors may lie close together
    const auto line = [&](double error, const QString& text, Qt::PenStyle dash, const QColor& color, bool above) {
        const double y = toPixel(0, ordinate(error)).y();
        if (!(error > 0) || y < area.top() || y > area.bottom())
            return;
        p.setPen(curvePen(color, 1, dash));
        p.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        p.setPen(color);
        p.setFont(font);
        const QFontMetricsF metrics(font);
        const double width = metrics.horizontalAdvance(text);
        const QRectF name(atLeft ? free : free - width, above ? y - metrics.height() : y + 1, width, metrics.height());
        if (!area.contains(name))
            return;
        p.drawText(name, Qt::AlignCenter, text);
        m_floorNames.push_back(name);
        free += atLeft ? width + 12 : -width - 12;
    };
    const double penalty = handoff.setting().penaltyFloor;
    line(handoff.pde().tolerance, tr("tolerance %1").arg(formatNumber(handoff.pde().tolerance)), Qt::DashLine, look().muted, true);
    line(handoff.setting().discretisationFloor, tr("the grid's own error %1").arg(formatNumber(handoff.setting().discretisationFloor, 2)),
        Qt::DotLine, look().muted, false);
    if (handoff.pde().handoffStep != 0)
        line(penalty, tr("boundary penalty %1").arg(formatNumber(penalty, 2)), Qt::DotLine, look().network, false);
}

void ErrorView::drawCurves(QCPPainter& p)
{
    for (std::size_t c = m_curves.size(); c-- > 0;) {
        const auto points = pixels(m_curves[c]);
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

void ErrorView::drawNames(QCPPainter& p) const
{
    const QRectF area = axisArea();
    const QFontMetricsF metrics(look().plotFont());
    const double height = metrics.height(), gap = 3 * look().penWidth;
    p.setFont(look().plotFont());
    std::vector<QRectF> taken = m_floorNames;
    for (const Curve& curve : m_curves)
        if (const auto at = endOf(curve); at && !curve.ofRun)
            taken.emplace_back(at->x() - gap, at->y() - gap, 2 * gap, 2 * gap);
    for (const Curve& curve : m_curves) {
        const auto at = endOf(curve);
        if (!at || curve.ofRun)
            continue;
        const double width = metrics.horizontalAdvance(curve.name);
        const auto free = [&](const QRectF& box) {
            return area.contains(box) && std::ranges::none_of(taken, [&](const QRectF& other) { return other.intersects(box); });
        };
        const double right = at->x() + gap + 1, left = at->x() - width - gap - 1, middle = at->y() - height / 2, below = at->y() + 3;
        std::vector<QPointF> corners {{right, middle}, {right, middle - 0.75 * height}, {left, below}, {right, below}}; // curves come from above left
        for (int row = 2; row < 5; ++row)
            for (const double x : {right, left})
                corners.emplace_back(x, middle - 0.75 * height * row);
        for (const QPointF& corner : corners)
            if (const QRectF box(corner, QSizeF(width, height)); free(box)) {
                p.setPen(curve.color);
                p.drawText(box, Qt::AlignCenter, curve.name);
                taken.push_back(box);
                break;
            }
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
