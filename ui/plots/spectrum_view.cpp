#include "ui/plots/spectrum_view.h"

#include "core/spectral/peaks.h"
#include "ui/plots/equation_card.h"
#include "ui/plots/paint.h"
#include "ui/plots/view_options.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fplab {
namespace {

    constexpr double snapReach = 12; ///< pixels
    constexpr double weightReach = 9;
    constexpr double decades = 4.5; ///< of a logarithmic axis

} // namespace

SpectrumView::SpectrumView(const Lab& lab, QWidget* parent)
    : PlotView(lab, QStringLiteral("spectrum"), tr("Spectrum"), parent)
    , m_integers(std::make_shared<IntegerTicker>())
    , m_frequencies(std::make_shared<NumberTicker>())
    , m_numbers(std::make_shared<NumberTicker>())
    , m_logTicker(std::make_shared<LogTicker>())
{
    options().addSwitch(QStringLiteral("log_amplitude"), tr("Logarithmic amplitude axis"), m_logarithmic);
    options().addSwitch(QStringLiteral("physical_frequency"), tr("Physical frequency instead of index"), m_physical);
    options().addSwitch(QStringLiteral("all_frequencies"), tr("All analysed frequencies"), m_all);
    addPainter(Level::Under, true, [this](QCPPainter& p) { drawHatches(p); });
    addPainter(Level::Over, false, [this](QCPPainter& p) { drawBars(p); });
    addPainter(Level::Over, false, [this](QCPPainter& p) { drawWeights(p); });
    addPainter(Level::Over, false, [this](QCPPainter& p) { drawPeakNames(p); });
}

double SpectrumView::position(std::size_t bin) const
{
    const AnalysisModel& analysis = lab().analysis;
    return m_physical ? analysis.frequencies()[bin] : analysis.bins()[bin];
}

double SpectrumView::spacing() const
{
    if (lab().analysis.bins().size() < 2)
        return 20;
    return toPixel(position(1), 0).x() - toPixel(position(0), 0).x();
}

double SpectrumView::ordinate(double amplitude) const
{
    if (!std::isfinite(amplitude))
        return std::numeric_limits<double>::quiet_NaN();
    return m_logarithmic ? std::log10(std::max(amplitude, 1e-30)) : amplitude;
}

std::size_t SpectrumView::shownBins() const
{
    const AnalysisModel& analysis = lab().analysis;
    const auto& amplitudes = analysis.targetAmplitudes();
    const std::size_t limit = std::min(amplitudes.size(), static_cast<std::size_t>(analysis.settings().maxK) + 1);
    if (m_all)
        return limit;
    // As far as the target has something to show, and half as far again.
    const double largest = *std::ranges::max_element(amplitudes);
    std::size_t last = analysis.peaks().empty() ? 5 : analysis.peaks().back();
    for (std::size_t k = 1; k < limit; ++k)
        if (amplitudes[k] > 0.05 * largest)
            last = std::max(last, k);
    return std::min(limit, std::max<std::size_t>(11, last + last / 2 + 3));
}

void SpectrumView::reset()
{
    m_high = m_low = 0;
    m_initial.clear();
}

void SpectrumView::refresh(const Theme& theme)
{
    const AnalysisModel& analysis = lab().analysis;
    const int record = lab().timeline.index();
    setKey({});
    setSubtitle({});
    if (!lab().run.hasRun() || record < 0) {
        setEmptyText(tr("No experiment yet. Choose one in the gallery (Ctrl+N)."));
        return;
    }
    if (!analysis.available()) {
        setEmptyText(tr("A spectrum needs data of one dimension."));
        return;
    }
    setEmptyText({});
    m_output = analysis.amplitudesAt(record);
    if (m_initial.empty() && lab().run.history().at(0).step == 0)
        m_initial = analysis.amplitudesAt(0);
    const std::size_t bins = shownBins();
    double largest = 0, target = 0;
    qsizetype notShown = 0;
    for (std::size_t k = 0; k < bins; ++k) {
        target = std::max(target, analysis.targetAmplitudes()[k]);
        notShown += !std::isfinite(m_output[k]);
        if (std::isfinite(m_output[k]))
            largest = std::max(largest, m_output[k]);
    }
    if (target <= 0)
        target = largest > 0 ? largest : 1;
    largest = std::clamp(largest, target, 3 * target); // a wild start must not flatten the target
    if (m_logarithmic) {
        m_high = std::max(m_high, std::log10(largest) + 0.6);
        if (m_low == 0 || m_low > m_high - decades)
            m_low = m_high - decades;
    } else {
        m_low = 0;
        if (const double wanted = largest * 1.15; wanted > m_high) { // room for the names above
            const double step = niceStep(wanted / 10);
            m_high = step * std::ceil(wanted / step - 1e-9);
        }
    }
    const double half = 0.5 * (analysis.bins().size() > 1 ? position(1) - position(0) : 1);
    setAutoRange(position(0) - half, position(bins - 1) + half, m_low, m_high);
    setTickers(m_physical ? m_frequencies : m_integers, m_logarithmic ? m_logTicker : m_numbers);
    setAxisLabels(m_physical ? tr("frequency, cycles per unit of x") : tr("frequency index k"), tr("amplitude"));
    const double em = QFontMetricsF(theme.plotFont()).height() / 16;
    setSideRoom(0, m_weights.empty() ? 0 : 26 * em);
    QVector<KeyEntry> key {{.label = QStringLiteral("|f̂|"), .color = theme.target, .kind = KeyEntry::Kind::Ring},
        {.label = QStringLiteral("|ĥ|"), .color = theme.network, .kind = KeyEntry::Kind::Bar}};
    if (!m_initial.empty() && lab().timeline.step() > 0)
        key.append({.label = tr("|ĥ| at start"), .color = theme.muted, .width = 1.5});
    if (!m_weights.empty())
        key.append({.label = QStringLiteral("w(k)"), .color = theme.accent, .kind = KeyEntry::Kind::Dot});
    setKey(key);
    setSubtitle(m_weights.empty() ? tr("click a peak to follow it") : m_editable ? tr("drag the points") : QString(),
        QString());
    setNotShown(notShown);
    setStateNotes(false, true);
}

void SpectrumView::drawHatches(QCPPainter& p) const
{
    const AnalysisModel& analysis = lab().analysis;
    const QRectF area = axisArea();
    const double half = spacing() / 2;
    const auto& meaningful = analysis.meaningful();
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
    const AnalysisModel& analysis = lab().analysis;
    const auto& target = analysis.targetAmplitudes();
    const double gap = spacing(), em = QFontMetricsF(look().plotFont()).height() / 16;
    const double base = toPixel(0, m_logarithmic ? yAxis()->range().lower : 0).y();
    const QCPRange range = xAxis()->range();
    const double bar = std::clamp(gap * 0.3, 1.0, 16 * em), pen = look().penWidth;
    const bool dense = gap < 5;
    const auto height = [&](double amplitude) {
        const double y = toPixel(0, ordinate(amplitude)).y();
        return std::clamp(y, -1e4, base);
    };
    // Where bins are closer than pixels, each column shows its largest.
    const auto stride = static_cast<std::size_t>(std::max(1.0, std::floor(1.5 / std::max(gap, 1e-3))));
    const auto visible = [&](std::size_t k) { return position(k) >= range.lower - 1 && position(k) <= range.upper + 1; };
    const auto largest = [&](const std::vector<double>& values, std::size_t k) {
        double value = std::nan("");
        for (std::size_t i = k; i < std::min(k + stride, values.size()); ++i)
            value = std::fmax(value, values[i]);
        return value;
    };
    p.save();
    p.setClipRect(axisArea().adjusted(-1, -1, 1, 8)); // circles stand on the axis line
    QColor fill = look().network;
    fill.setAlphaF(look().kind == ThemeKind::Projector ? 1.0F : 0.86F);
    for (std::size_t k = 0; k < m_output.size(); k += stride) {
        const double h = largest(m_output, k);
        if (!visible(k) || !std::isfinite(h))
            continue;
        const double x = toPixel(position(k), 0).x(), y = height(h);
        if (base - y > 0.3)
            p.fillRect(QRectF(QPointF(x - bar / 2, y), QPointF(x + bar / 2, base)), fill);
    }
    if (!m_initial.empty() && lab().timeline.step() > 0 && !dense) {
        QVector<QLineF> marks;
        for (std::size_t k = 0; k < m_initial.size(); ++k)
            if (visible(k) && std::isfinite(m_initial[k])) {
                const double x = toPixel(position(k), 0).x(), y = height(m_initial[k]);
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
        if (visible(k) && (!dense || analysis.peakIndex(k) >= 0))
            p.drawEllipse(QPointF(toPixel(position(k), 0).x(), height(target[k])), radius, radius);
    p.restore();
}

void SpectrumView::drawPeakNames(QCPPainter& p) const
{
    const AnalysisModel& analysis = lab().analysis;
    const QRectF area = axisArea();
    QFont font = look().plotFont();
    font.setBold(true);
    const QFontMetricsF metrics(font);
    const double size = 7 * metrics.height() / 16;
    QVector<QRectF> taken;
    double nearest = 1e9; // where names would touch, the numbers alone must do
    for (std::size_t peak = 1; peak < analysis.peaks().size(); ++peak)
        if (analysis.peaks()[peak] < analysis.bins().size())
            nearest = std::min(nearest, spacing() * static_cast<double>(analysis.peaks()[peak] - analysis.peaks()[peak - 1]));
    const bool brief = nearest < metrics.horizontalAdvance(QStringLiteral("k=00")) + size + 8;
    for (std::size_t peak = 0; peak < analysis.peaks().size(); ++peak) {
        const std::size_t k = analysis.peaks()[peak];
        if (k >= analysis.bins().size())
            continue;
        const QPointF top = toPixel(position(k), ordinate(std::fmax(analysis.targetAmplitudes()[k], m_output[k])));
        if (top.x() < area.left() - 1 || top.x() > area.right() + 1)
            continue;
        const QString name = brief ? QString::number(k) : QStringLiteral("k=%1").arg(k);
        const double width = metrics.horizontalAdvance(name) + size + 5;
        QRectF box(top.x() - width / 2, std::max(top.y() - metrics.height() - 6, area.top() - metrics.height() * 0.5), width, metrics.height());
        box.moveLeft(std::clamp(box.left(), area.left() - 4, std::max(area.left(), area.right() - width + 6)));
        for (int tries = 0; tries < 4; ++tries) { // one row up while another name is there
            const bool clash = std::ranges::any_of(taken, [&](const QRectF& other) { return other.intersects(box); });
            if (!clash || box.top() - metrics.height() < 0)
                break;
            box.translate(0, -metrics.height());
        }
        if (std::ranges::any_of(taken, [&](const QRectF& other) { return other.intersects(box); })) {
            drawMarker(p, look().peak(peak).marker, {top.x(), top.y() - 9}, size, look().peak(peak).color);
            continue;
        }
        taken.append(box);
        const PeakStyle style = look().peak(peak);
        drawMarker(p, style.marker, {box.left() + size / 2, box.center().y() + 0.5}, size, style.color);
        p.setFont(font);
        p.setPen(style.color);
        p.drawText(box.adjusted(size + 4, 0, 8, 0), Qt::AlignLeft | Qt::AlignVCenter, name);
    }
}

// ---- weights of the loss

void SpectrumView::setWeights(const std::vector<double>& w, bool editable)
{
    m_editable = editable;
    if (m_dragged >= 0) // the drag is the newer one
        return;
    m_weights = w;
    const double largest = w.empty() ? 1 : *std::ranges::max_element(w);
    m_weightTop = largest > 0 ? niceStep(largest * 1.1) : 1;
    invalidate();
}

QPointF SpectrumView::weightPoint(std::size_t k) const
{
    const QRectF area = axisArea();
    const double x = k < lab().analysis.bins().size() ? toPixel(position(k), 0).x() : -1e4;
    return {x, area.bottom() - std::clamp(m_weights[k] / m_weightTop, 0.0, 1.0) * area.height()};
}

void SpectrumView::drawWeights(QCPPainter& p) const
{
    if (m_weights.empty())
        return;
    const QRectF area = axisArea();
    QVector<QPointF> points;
    for (std::size_t k = 0; k < std::min(m_weights.size(), lab().analysis.bins().size()); ++k)
        points.append(weightPoint(k));
    p.save();
    p.setClipRect(area.adjusted(-1, -5, 1, 5));
    drawCurve(p, points, curvePen(look().accent, look().penWidth * 0.75, Qt::DashLine));
    if (spacing() > 5)
        for (const QPointF& at : std::as_const(points))
            drawMarker(p, m_editable ? Marker::Square : Marker::Circle, at, m_editable ? 7 : 4, look().accent);
    p.restore();
    p.setFont(look().plotFont());
    p.setPen(look().accent);
    const double line = QFontMetricsF(look().plotFont()).height();
    for (const double share : {0.0, 0.5, 1.0})
        p.drawText(QRectF(area.right() + 5, area.bottom() - share * area.height() - line / 2, 60, line),
            Qt::AlignLeft | Qt::AlignVCenter, formatNumber(share * m_weightTop));
}

bool SpectrumView::grabsAt(QPointF pixel) const
{
    if (!m_editable || m_weights.empty() || !lab().analysis.available())
        return false;
    const std::size_t k = binAt(pixel);
    return k < m_weights.size() && std::hypot(weightPoint(k).x() - pixel.x(), weightPoint(k).y() - pixel.y()) <= weightReach;
}

void SpectrumView::drag(QPointF pixel)
{
    if (m_dragged < 0)
        m_dragged = static_cast<int>(std::min(binAt(pixel), m_weights.size() - 1));
    const QRectF area = axisArea();
    const double share = std::clamp((area.bottom() - pixel.y()) / area.height(), 0.0, 1.0);
    m_weights[m_dragged] = std::round(share * 100) / 100 * m_weightTop;
    Q_EMIT weightsEdited(m_weights);
    invalidate();
}

void SpectrumView::dropped()
{
    m_dragged = -1;
}

// ---- reading and following

std::size_t SpectrumView::binAt(QPointF pixel) const
{
    const double gap = spacing(), first = toPixel(position(0), 0).x();
    const double k = std::round((pixel.x() - first) / std::max(gap, 1e-6));
    return static_cast<std::size_t>(std::clamp(k, 0.0, static_cast<double>(lab().analysis.bins().size() - 1)));
}

void SpectrumView::click(QPointF pixel)
{
    const AnalysisModel& analysis = lab().analysis;
    if (!analysis.available() || !axisArea().adjusted(0, -12, 0, 8).contains(pixel))
        return;
    const std::size_t near = binAt(pixel);
    const auto reach = static_cast<std::size_t>(std::max(0.0, std::floor(snapReach / std::max(spacing(), 0.05))));
    std::size_t bin = near;
    for (std::size_t distance = 0; distance <= reach && analysis.peakIndex(bin) < 0; ++distance) // a followed one first: to let go
        for (const std::size_t candidate : {near - std::min(near, distance), near + distance})
            if (analysis.peakIndex(candidate) >= 0)
                bin = candidate;
    if (analysis.peakIndex(bin) < 0)
        bin = snapToPeak(analysis.targetAmplitudes(), near, reach);
    if (bin > 0)
        Q_EMIT peakToggleRequested(static_cast<int>(bin));
}

void SpectrumView::activate(const Probe& probe)
{
    if (probe.index > 0)
        Q_EMIT peakToggleRequested(probe.index);
}

int SpectrumView::curveCount() const { return lab().analysis.available() && !m_output.empty() ? 2 : 0; }
int SpectrumView::pointCount(int) const { return static_cast<int>(m_output.size()); }

PlotView::Probe SpectrumView::probe(int curve, int index) const
{
    const AnalysisModel& analysis = lab().analysis;
    const double f = analysis.targetAmplitudes()[index], h = m_output[index];
    const int record = lab().timeline.index();
    QString text = tr("k = %1   %2 per unit of x   |f̂| = %3   |ĥ| = %4")
                       .arg(index)
                       .arg(formatNumber(analysis.frequencies()[index], 4), formatNumber(f, 4), formatNumber(h, 4));
    if (!analysis.meaningful()[index])
        text += tr("   not in the target");
    else if (const int peak = analysis.peakIndex(index);
             peak >= 0 && record >= 0 && record < static_cast<int>(analysis.series(peak).size()))
        text += tr("   Δ = %1").arg(formatNumber(analysis.series(peak)[record]));
    return {.at = {position(index), ordinate(curve == 0 ? f : h)}, .text = text, .curve = curve, .index = index};
}

std::optional<PlotView::Probe> SpectrumView::probeAt(QPointF pixel) const
{
    if (curveCount() == 0)
        return std::nullopt;
    return probe(0, static_cast<int>(binAt(pixel)));
}

QString SpectrumView::summary() const
{
    const AnalysisModel& analysis = lab().analysis;
    const int record = lab().timeline.index();
    if (!analysis.available() || record < 0)
        return lab().run.hasRun() ? tr("These data have no spectrum.") : tr("No experiment is loaded.");
    const auto output = analysis.amplitudesAt(record);
    QString text = analysis.peaks().size() == 1 ? tr("1 peak followed.") : tr("%1 peaks followed.").arg(analysis.peaks().size());
    for (std::size_t peak = 0; peak < analysis.peaks().size(); ++peak) {
        const std::size_t k = analysis.peaks()[peak];
        text += QLatin1Char(' ')
            + tr("k = %1: target %2, output %3, ")
                  .arg(k)
                  .arg(formatNumber(analysis.targetAmplitudes()[k]), formatNumber(output[k]));
        const Passage& passage = analysis.passages()[peak];
        text += passage.firstBelow ? tr("captured at step %1.").arg(*passage.firstBelow) : tr("not captured yet.");
    }
    return text;
}

ViewTable SpectrumView::table() const
{
    ViewTable table;
    const AnalysisModel& analysis = lab().analysis;
    const int record = lab().timeline.index();
    if (!analysis.available() || record < 0)
        return table;
    table.columns << QStringLiteral("k") << QStringLiteral("frequency") << QStringLiteral("target_amplitude")
                  << QStringLiteral("output_amplitude") << QStringLiteral("initial_amplitude") << QStringLiteral("delta");
    const auto output = analysis.amplitudesAt(record), initial = analysis.amplitudesAt(0), errors = analysis.errorsAt(record);
    for (std::size_t k = 0; k < output.size(); ++k)
        table.rows.append({analysis.bins()[k], analysis.frequencies()[k], analysis.targetAmplitudes()[k], output[k], initial[k], errors[k]});
    return table;
}

QString SpectrumView::equation() const
{
    const AnalysisModel& analysis = lab().analysis;
    QString text = displayed(tr("<i>f̂</i><sub>k</sub> = <sup>1</sup>/<sub>n</sub> Σ<sub>i</sub> y<sub>i</sub> e<sup>−2πi k i/n</sup>"));
    const int record = lab().timeline.index();
    if (analysis.available() && record >= 0) {
        const auto output = analysis.amplitudesAt(record);
        text += tr("<p>At step %1:").arg(lab().timeline.step());
        for (const std::size_t k : analysis.peaks())
            text += tr("<br>k = %1: |f̂| = <b>%2</b>, |ĥ| = <b>%3</b>")
                        .arg(k)
                        .arg(formatNumber(analysis.targetAmplitudes()[k]), formatNumber(output[k]));
        text += QStringLiteral("</p>");
    }
    text += tr("<p>How much of each frequency is in the target (f̂) and in the network's output (ĥ). Frequency index k means "
               "k waves over the sampled range. Samples that are not evenly spaced use the same sum with x in place of i/n. "
               "Hatched: not in the target, so a relative error means nothing there.</p>");
    return text + paperS1();
}

} // namespace fplab
