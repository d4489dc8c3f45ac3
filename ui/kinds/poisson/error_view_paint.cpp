#include "ui/kinds/poisson/error_view.h"

#include "ui/kinds/poisson/handoff_model.h"
#include "ui/views/name_places.h"
#include "ui/views/paint.h"

#include <algorithm>

namespace fplab {

std::vector<ErrorView::Floor> ErrorView::floors() const
{
    const HandoffModel& handoff = handoffOf(lab());
    const double own = handoff.setting().discretisationFloor, penalty = handoff.setting().penaltyFloor;
    std::vector<Floor> all {{handoff.pde().tolerance, tr("tolerance %1").arg(formatNumber(handoff.pde().tolerance)),
                                Qt::DashLine, look().muted, true},
        {own, tr("the grid's own error %1").arg(formatNumber(own, 2)), Qt::DotLine, look().muted, false}};
    if (handoff.pde().handoffStep != 0)
        all.push_back({penalty, tr("ends of the network stay %1 off").arg(formatNumber(penalty, 2)), Qt::DotLine,
            look().network, false});
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
            drawMarker(p, m_curves[c].marker, points.back(), (m_curves[c].ofRun ? 4 : 3) * look().penWidth,
                m_curves[c].color, m_curves[c].ofRun);
    }
}

/// As wide as the measurements of a sweep lie apart.
void ErrorView::drawSpread(QCPPainter& p) const
{
    const auto alone = std::ranges::find(m_curves, true, &Curve::ofSolverAlone);
    if (alone == m_curves.end() || m_cost.kind != CostAxis::Seconds)
        return;
    SolveSummary::Point end = alone->points.back();
    const double spread = handoffOf(lab()).clock().spread(0, end.sweeps), seconds = end.seconds;
    end.seconds = seconds - spread;
    const double left = toPixel(place(end)).x();
    end.seconds = seconds + spread;
    const QPointF right = toPixel(place(end));
    const double half = 3 * look().penWidth;
    p.setPen(Qt::NoPen);
    p.setBrush(mixed(look().card, alone->color, 0.3));
    p.drawRect(QRectF(QPointF(left, right.y() - half), QPointF(right.x(), right.y() + half)));
}

QString ErrorView::labelOf(const Curve& curve) const
{
    const auto& end = curve.points.back();
    if (!curve.ofSolverAlone || end.error > handoffOf(lab()).pde().tolerance)
        return curve.name;
    return curve.name + QStringLiteral(": ")
        + (m_cost.kind == CostAxis::Seconds ? handoffOf(lab()).secondsText(end) : m_cost.text(m_cost.of(end)));
}

/// Each where nothing is drawn, beside its own line; on a ground of its own where there is no such place.
void ErrorView::drawNames(QCPPainter& p) const
{
    const QRectF area = axisArea();
    const QFontMetricsF metrics(look().plotFont());
    const double gap = 3 * look().penWidth;
    NamePlaces places(area);
    for (const auto& line : m_drawn)
        places.addLine(line);
    const auto shown = floors();
    for (const Floor& floor : shown)
        places.addLevel(toPixel(0, ordinate(floor.error)).y());
    if (const auto hand = handPixel()) {
        places.keepClear(QRectF(*hand - 3, area.top(), 6, area.height()));
        places.keepClear(handPill());
    }
    for (const auto& line : m_drawn)
        if (!line.isEmpty())
            places.keepClear(QRectF(line.back().x() - gap, line.back().y() - gap, 2 * gap, 2 * gap));
    p.setFont(look().plotFont());
    const auto write = [&](const QString& name, const QColor& color, const QRectF& box) {
        p.setPen(color);
        p.drawText(box, Qt::AlignCenter, name);
    };
    for (std::size_t i = 0; i < std::min(m_curves.size(), m_drawn.size()); ++i) {
        if (m_curves[i].ofRun)
            continue;
        const QString name = labelOf(m_curves[i]);
        const QSizeF size(metrics.horizontalAdvance(name) + 2, metrics.height());
        if (const auto box = places.beside(i, size, gap))
            write(name, m_curves[i].color, *box);
        else if (!m_drawn[i].isEmpty() && area.contains(m_drawn[i].back()) && size.width() < area.width()) {
            constexpr int rows = 4; // above its end, on a ground of its own, or higher where another name is
            const QPointF end = m_drawn[i].back();
            QRectF ground(std::clamp(end.x() - size.width() / 2, area.left() + 1, area.right() - size.width() - 1),
                end.y() - gap - size.height(), size.width(), size.height());
            for (int row = 0; row < rows; ++row, ground.translate(0, -size.height()))
                if (places.isFree(ground)) {
                    places.keepClear(ground);
                    p.fillRect(ground, look().card);
                    write(name, m_curves[i].color, ground);
                    break;
                }
        }
    }
    for (const Floor& floor : shown) {
        const double y = toPixel(0, ordinate(floor.error)).y();
        const QSizeF size(metrics.horizontalAdvance(floor.name) + 2, metrics.height());
        if (const auto box
            = places.along(y, size, floor.nameAbove, !m_cost.logarithmic)) // from the end where solvers do not end
            write(floor.name, floor.color, *box);
    }
}

QString ErrorView::handText() const { return tr("M = %1").arg(formatStep(*handStep())); }

QRectF ErrorView::handPill() const
{
    const QRectF area = axisArea();
    const double width = QFontMetricsF(look().plotFont()).horizontalAdvance(handText()) + 18,
                 height = QFontMetricsF(look().plotFont()).height() + 8;
    const double x = *handPixel();
    return {x + width < area.right() ? x : x - width, area.top(), width, height};
}

void ErrorView::drawHand(QCPPainter& p) const
{
    const auto x = handPixel();
    const QRectF area = axisArea();
    if (!x || *x < area.left() - 1 || *x > area.right() + 1)
        return;
    const QColor color = handoffOf(lab()).considered() ? look().good : look().accent;
    p.setPen(curvePen(color, 1.5));
    p.drawLine(QPointF(*x, area.top()), QPointF(*x, area.bottom()));
    p.setAntialiasing(true);
    p.setPen(Qt::NoPen);
    p.setBrush(color);
    const double grip = 2.5 * look().penWidth;
    p.drawRoundedRect(QRectF(*x - grip / 2, area.center().y() - 3 * grip, grip, 6 * grip), grip / 2, grip / 2);
    const QString text = handText();
    const bool room = handPill().left() >= *x;
    drawPill(p, QPointF(*x + (room ? 4 : -4), area.top() + 2), room ? Qt::AlignLeft : Qt::AlignRight, text,
        look().plotFont(), look().card, color);
}

void ErrorView::drawPlayhead(QCPPainter& p) const
{
    const int record = shown().timeline.index();
    const auto& points = handoffOf(lab()).trace().points();
    if (shown().timeline.followsLive() || record < 0 || static_cast<std::size_t>(record) >= points.size())
        return;
    if (const QPointF at = toPixel(place(points[static_cast<std::size_t>(record)]));
        axisArea().adjusted(-1, -1, 1, 1).contains(at))
        drawMarker(p, Marker::Diamond, at, 4.5 * look().penWidth, look().accent, false);
}

} // namespace fplab
