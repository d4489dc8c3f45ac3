#include "ui/views/paint.h"
#include "ui/views/spectrum_view.h"

#include <algorithm>
#include <cmath>

namespace fplab {

void SpectrumView::drawHatches(QCPPainter& p) const
{
    const AnalysisModel& analysis = shown().analysis;
    const QRectF area = axisArea();
    const double half = spacing() / 2;
    std::vector<bool> meaningful = analysis.meaningful();
    for (const Passage& passage : analysis.passages()) // also what is followed where next to nothing is
        if (!passage.inTarget)
            meaningful[passage.k] = false;
    for (std::size_t k = 0; k < meaningful.size();) { // runs of neighbours at once
        std::size_t end = k;
        while (end < meaningful.size() && !meaningful[end])
            ++end;
        if (end > k) {
            const QRectF band(QPointF(toPixel(position(k), 0).x() - half, area.top()),
                QPointF(toPixel(position(end - 1), 0).x() + half, area.bottom()));
            drawHatch(p, band & area, look().line);
        }
        k = end + 1;
    }
}

void SpectrumView::drawBars(QCPPainter& p) const
{
    const AnalysisModel& analysis = shown().analysis;
    const QRectF area = axisArea();
    const auto& target = analysis.targetAmplitudes();
    const double gap = spacing(), em = QFontMetricsF(look().plotFont()).height() / 16;
    const double base
        = std::clamp(toPixel(0, m_logarithmic ? yAxis()->range().lower : 0).y(), area.top(), area.bottom() + 1);
    const QCPRange range = xAxis()->range();
    const double bar = std::clamp(gap * 0.3, 1.0, 16 * em), pen = look().penWidth;
    const bool dense = gap < 5;
    const auto height = [&](double amplitude) { // within the axes: a drawing in a file is not clipped
        const double y = toPixel(0, ordinate(amplitude)).y();
        return std::clamp(y, area.top() - 2, base);
    };
    // Where bins are closer than pixels, each column shows its largest.
    const auto stride = static_cast<std::size_t>(std::max(1.0, std::floor(1.5 / std::max(gap, 1e-3))));
    const auto visible = [&](std::size_t k) { return position(k) >= range.lower && position(k) <= range.upper; };
    const auto largest = [&](const std::vector<double>& values, std::size_t k) {
        double value = std::nan("");
        for (std::size_t i = k; i < std::min(k + stride, values.size()); ++i)
            value = std::fmax(value, values[i]);
        return value;
    };
    p.save();
    p.setClipRect(area.adjusted(-1, -1, 1, 8)); // circles stand on the axis line
    QColor fill = look().network;
    fill.setAlphaF(look().kind == ThemeKind::Projector ? 1.0F : 0.86F);
    for (std::size_t k = 0; k < m_output.size(); k += stride) {
        const double h = largest(m_output, k);
        if (!visible(k) || !std::isfinite(h))
            continue;
        const double x = toPixel(position(k), 0).x(), y = height(h);
        if (base - y > 0.3)
            p.fillRect(QRectF(QPointF(x - bar / 2, y), QPointF(x + bar / 2, base)), fill);
        if (y < area.top() - 1 && !dense) // goes on beyond the axis
            drawMarker(p, Marker::Triangle, {x, area.top() + bar * 0.6}, bar * 0.6, look().card);
    }
    if (!m_initial.empty() && shown().timeline.step() > 0 && !dense) {
        QVector<QLineF> marks;
        for (std::size_t k = 0; k < m_initial.size(); ++k)
            if (visible(k) && std::isfinite(m_initial[k])) {
                const double x = toPixel(position(k), 0).x(), y = height(m_initial[k]);
                if (y < area.top())
                    continue;
                marks.append({QPointF(x - bar * 0.75, y), QPointF(x + bar * 0.75, y)});
            }
        p.setPen(QPen(look().muted, 1.5, Qt::SolidLine, Qt::FlatCap));
        p.drawLines(marks);
    }
    QVector<QLineF> stems;
    for (std::size_t k = 0; k < target.size(); k += stride)
        if (visible(k)) {
            const double x = toPixel(position(k), 0).x();
            stems.append({QPointF(x, base), QPointF(x, height(largest(target, k)))});
        }
    p.setPen(QPen(look().target, dense ? 1 : pen * 0.75, Qt::SolidLine, Qt::FlatCap));
    p.drawLines(stems);
    p.setPen(QPen(look().target, pen * 0.75));
    p.setBrush(look().card);
    const double radius = std::clamp(gap * 0.2, 2.0, 3.6 * em);
    for (std::size_t k = 0; k < target.size(); ++k)
        if (visible(k) && (!dense || analysis.peakIndex(k) >= 0)
            && area.adjusted(-1, -1, 1, 2).contains(toPixel(position(k), ordinate(target[k]))))
            p.drawEllipse(QPointF(toPixel(position(k), 0).x(), height(target[k])), radius, radius);
    p.restore();
}

void SpectrumView::drawPeakNames(QCPPainter& p) const
{
    const AnalysisModel& analysis = shown().analysis;
    const QRectF area = axisArea();
    QFont font = look().plotFont();
    font.setBold(true);
    const QFontMetricsF metrics(font);
    const double size = 7 * metrics.height() / 16;
    QColor ground = look().card;
    ground.setAlphaF(0.85F);
    QVector<QRectF> taken;
    double nearest = 1e9; // where names would touch, the numbers alone must do
    for (std::size_t peak = 1; peak < analysis.peaks().size(); ++peak)
        if (analysis.peaks()[peak] < analysis.bins().size())
            nearest = std::min(
                nearest, spacing() * static_cast<double>(analysis.peaks()[peak] - analysis.peaks()[peak - 1]));
    const bool brief = nearest < metrics.horizontalAdvance(QStringLiteral("k=00")) + size + 8;
    for (std::size_t peak = 0; peak < analysis.peaks().size(); ++peak) {
        const std::size_t k = analysis.peaks()[peak];
        if (k >= analysis.bins().size())
            continue;
        const QPointF top = toPixel(position(k), ordinate(std::fmax(analysis.targetAmplitudes()[k], m_output[k])));
        if (top.x() < area.left() - 1 || top.x() > area.right() + 1)
            continue;
        const std::size_t cycles = analysis.trueCycles(k);
        const QString name = cycles > 0 ? tr("k=%1, truly %2").arg(k).arg(cycles)
            : brief                     ? QString::number(k)
                                        : QStringLiteral("k=%1").arg(k);
        const double width = metrics.horizontalAdvance(name) + size + 5;
        QRectF box(top.x() - width / 2, std::max(top.y() - metrics.height() - 6, area.top() - metrics.height() * 0.5),
            width, metrics.height());
        box.moveLeft(std::clamp(box.left(), area.left() - 4, std::max(area.left(), area.right() - width + 6)));
        for (int tries = 0; tries < 4; ++tries) { // one row up while another name is there
            const bool clash = std::ranges::any_of(taken, [&](const QRectF& other) { return other.intersects(box); });
            if (!clash || box.top() - metrics.height() < 0)
                break;
            box.translate(0, -metrics.height());
        }
        if (std::ranges::any_of(taken, [&](const QRectF& other) { return other.intersects(box); })) {
            drawMarker(p, look().peak(analysis.style(peak)).marker, {top.x(), top.y() - 9}, size,
                look().peak(analysis.style(peak)).color);
            continue;
        }
        taken.append(box);
        const PeakStyle style = look().peak(analysis.style(peak));
        p.setPen(Qt::NoPen); // over whatever is there
        p.setBrush(ground);
        p.drawRoundedRect(box.adjusted(-2, 1, 2, 0), 4, 4);
        drawMarker(p, style.marker, {box.left() + size / 2, box.center().y() + 0.5}, size, style.color);
        p.setFont(font);
        p.setPen(style.color);
        p.drawText(box.adjusted(size + 4, 0, 8, 0), Qt::AlignLeft | Qt::AlignVCenter, name);
    }
}

} // namespace fplab
