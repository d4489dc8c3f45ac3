#include "ui/views/weight_curve.h"

#include "ui/views/scales.h"

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

constexpr double reach = 11; ///< pixels around a handle
constexpr double fewestPixels = 5; ///< between handles that are drawn

} // namespace

void WeightCurve::set(const std::vector<double>& w, bool editable)
{
    m_editable = editable;
    if (m_dragged >= 0)
        return;
    m_values = w;
    const double largest = w.empty() ? 1 : *std::ranges::max_element(w);
    m_top = largest > 0 ? niceStep(largest * 1.1) : 1;
}

QPointF WeightCurve::place(std::size_t k, const QRectF& area, const QVector<double>& x) const
{
    return {x[static_cast<qsizetype>(k)], area.bottom() - std::clamp(m_values[k] / m_top, 0.0, 1.0) * area.height()};
}

int WeightCurve::handleAt(QPointF pixel, const QRectF& area, const QVector<double>& x) const
{
    int nearest = -1;
    double least = reach;
    for (std::size_t k = 0; k < std::min(m_values.size(), static_cast<std::size_t>(x.size())); ++k) {
        const QPointF at = place(k, area, x);
        if (const double distance = std::hypot(at.x() - pixel.x(), at.y() - pixel.y()); distance <= least) {
            least = distance;
            nearest = static_cast<int>(k);
        }
    }
    return nearest;
}

void WeightCurve::drag(int k, QPointF pixel, const QRectF& area)
{
    m_dragged = k;
    const double share = std::clamp((area.bottom() - pixel.y()) / area.height(), 0.0, 1.0);
    m_values[k] = std::round(share * 100) / 100 * m_top;
}

void WeightCurve::draw(QCPPainter& p, const Theme& theme, const QRectF& area, const QVector<double>& x) const
{
    const auto count = std::min(m_values.size(), static_cast<std::size_t>(x.size()));
    if (count == 0)
        return;
    QVector<QPointF> points;
    for (std::size_t k = 0; k < count; ++k)
        points.append(place(k, area, x));
    const QFont font = theme.plotFont();
    const double line = QFontMetricsF(font).height(), em = line / 16, width = theme.penWidth * 0.75;
    p.save();
    p.setClipRect(area.adjusted(-1, -6 * em, 1, 6 * em));
    QColor halo = theme.card; // bars and grid must not swallow the curve
    halo.setAlphaF(0.8F);
    drawCurve(p, points, curvePen(halo, width + 3));
    drawCurve(p, points, curvePen(theme.accent, width, Qt::DashLine));
    if (count > 1 && x[1] - x[0] > fewestPixels)
        for (std::size_t k = 0; k < count; ++k) {
            const QPointF at = points[static_cast<qsizetype>(k)];
            const double size = (!m_editable ? 5 : static_cast<int>(k) == m_dragged ? 11 : 8) * em;
            const Marker marker = m_editable ? Marker::Square : Marker::Circle;
            drawMarker(p, marker, at, size + 3 * em, theme.card);
            drawMarker(p, marker, at, size, theme.accent);
        }
    p.restore();
    p.setFont(font);
    p.setPen(theme.accent);
    for (const double share : {0.0, 0.5, 1.0})
        p.drawText(QRectF(area.right() + 5, area.bottom() - share * area.height() - line / 2, 4 * line, line),
            Qt::AlignLeft | Qt::AlignVCenter, formatNumber(share * m_top));
    if (m_dragged >= 0 && m_dragged < static_cast<int>(count)) {
        const QPointF at = points[m_dragged];
        const bool below = at.y() - area.top() < 2.2 * line;
        drawPill(p, at + QPointF(0, below ? 9 * em : -9 * em),
            Qt::AlignHCenter | (below ? Qt::AlignTop : Qt::AlignBottom),
            QStringLiteral("w(%1) = %2").arg(m_dragged).arg(formatNumber(m_values[m_dragged])), font, theme.accent,
            theme.accentGround);
    }
}

} // namespace fplab
