#include "ui/views/spectrum_view.h"

#include "core/spectral/peaks.h"
#include "ui/model/shown_weights.h"
#include "ui/text/passage_words.h"
#include "ui/views/equation_card.h"
#include "ui/views/paint.h"
#include "ui/views/view_options.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace fplab {
namespace {

constexpr double snapReach = 12; ///< pixels
constexpr double decades = 4.5; ///< of a logarithmic axis

} // namespace

SpectrumView::SpectrumView(const Lab& lab, QWidget* parent)
    : PlotView(lab, lab.cursor(), QStringLiteral("spectrum"), tr("Spectrum"), parent)
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
    addPainter(Level::Over, false, [this](QCPPainter& p) { m_weights.draw(p, look(), axisArea(), binPixels()); });
    addPainter(Level::Over, false, [this](QCPPainter& p) { drawPeakNames(p); });
    const auto showWeights = [this] { setWeights(shownWeights(this->lab()), true); };
    connect(&lab.editor, &ExperimentEditor::specChanged, this, showWeights);
    connect(&lab.run, &RunController::loaded, this, showWeights);
}

double SpectrumView::position(std::size_t bin) const
{
    const AnalysisModel& analysis = shown().analysis;
    return m_physical ? analysis.frequencies()[bin] : analysis.bins()[bin];
}

double SpectrumView::spacing() const
{
    if (shown().analysis.bins().size() < 2)
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
    const AnalysisModel& analysis = shown().analysis;
    const auto& amplitudes = analysis.targetAmplitudes();
    const std::size_t limit = amplitudes.size();
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
    const AnalysisModel& analysis = shown().analysis;
    const int record = shown().timeline.index();
    setKey({});
    setSubtitle({});
    if (!shown().run.hasRun() || record < 0) {
        setEmptyText(tr("No experiment yet. Choose one in the gallery (Ctrl+N)."));
        return;
    }
    if (!analysis.available()) {
        setEmptyText(tr("A spectrum needs data of one dimension."));
        return;
    }
    setEmptyText({});
    m_output = analysis.amplitudesAt(record);
    if (m_initial.empty() && shown().run.history().at(0).step == 0)
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
    constexpr double nothing = 1e-6; // of the output: a target that small is rounding, or zero
    if (target <= nothing * largest || target <= 0)
        target = largest > 0 ? largest : 1;
    largest = std::clamp(largest, target, 3 * target); // a wild start must not flatten the target
    if (m_logarithmic) {
        if (m_high == m_low || std::log10(largest) > m_high - 0.1)
            m_high = std::log10(largest) + 0.6;
        m_low = m_high - decades;
    } else {
        m_low = 0;
        if (largest > m_high) { // room for the names above, and for bars that overshoot
            const double wanted = 1.3 * largest, step = niceStep(wanted / 10);
            m_high = step * std::ceil(wanted / step - 1e-9);
        }
    }
    const double half = 0.5 * (analysis.bins().size() > 1 ? position(1) - position(0) : 1);
    const double perUnit
        = analysis.bins().size() > 1 ? (analysis.bins()[1] - analysis.bins()[0]) / (position(1) - position(0)) : 1;
    setScales({.quantity = QStringLiteral("k"), .unit = perUnit},
        {.quantity = QStringLiteral("amplitude"), .logarithmic = m_logarithmic});
    setAutoRange(position(0) - half, position(bins - 1) + half, m_low, m_high);
    setTickers(m_physical ? m_frequencies : m_integers, m_logarithmic ? m_logTicker : m_numbers);
    setAxisLabels(m_physical ? tr("frequency, cycles per unit of %1").arg(inputName()) : tr("frequency index k"),
        tr("amplitude"));
    const double em = QFontMetricsF(theme.plotFont()).height() / 16;
    setSideRoom(0, m_weights.empty() ? 0 : 26 * em);
    QVector<KeyEntry> key {{.label = QStringLiteral("|f̂|"), .color = theme.target, .kind = KeyEntry::Kind::Ring},
        {.label = QStringLiteral("|ĥ|"), .color = theme.network, .kind = KeyEntry::Kind::Bar}};
    if (!m_initial.empty() && shown().timeline.step() > 0)
        key.append({.label = tr("|ĥ| at start"), .color = theme.muted, .width = 1.5});
    if (!m_weights.empty())
        key.append({.label = QStringLiteral("w(k)"), .color = theme.accent, .dash = Qt::DashLine, .width = 1.5});
    setKey(key);
    setSubtitle(m_weights.empty() ? tr("click a peak to follow it") : QString(), QString());
    setNotShown(notShown);
    setStateNotes(false, true);
    if (m_weights.editable())
        setHint(tr("Drag the squares of w(k)"));
}

// ---- weights of the loss

void SpectrumView::setWeights(const std::vector<double>& w, bool editable)
{
    m_weights.set(w, editable);
    invalidate();
}

QVector<double> SpectrumView::binPixels() const
{
    QVector<double> x;
    for (std::size_t k = 0; k < shown().analysis.bins().size(); ++k)
        x.append(toPixel(position(k), 0).x());
    return x;
}

bool SpectrumView::grabsAt(QPointF pixel) const
{
    return m_weights.editable() && shown().analysis.available()
        && m_weights.handleAt(pixel, axisArea(), binPixels()) >= 0;
}

void SpectrumView::drag(QPointF from, QPointF pixel)
{
    const int k = m_weights.dragged() >= 0 ? m_weights.dragged() : m_weights.handleAt(from, axisArea(), binPixels());
    if (k < 0)
        return;
    m_weights.drag(k, pixel, axisArea());
    Q_EMIT editRequested(
        QString::fromStdString(pathOf(lab().editor.spec(), Meaning::LossWeights)), drawnWeights(m_weights.values()));
    invalidate();
}

void SpectrumView::dropped()
{
    m_weights.drop();
    invalidate();
}

// ---- reading and following

std::size_t SpectrumView::binAt(QPointF pixel) const
{
    const double gap = spacing(), first = toPixel(position(0), 0).x();
    const double k = std::round((pixel.x() - first) / std::max(gap, 1e-6));
    return static_cast<std::size_t>(std::clamp(k, 0.0, static_cast<double>(shown().analysis.bins().size() - 1)));
}

void SpectrumView::click(QPointF pixel)
{
    const AnalysisModel& analysis = shown().analysis;
    if (!analysis.available() || !axisArea().adjusted(0, -12, 0, 8).contains(pixel))
        return;
    const std::size_t near = binAt(pixel);
    const auto reach = static_cast<std::size_t>(std::max(0.0, std::floor(snapReach / std::max(spacing(), 0.05))));
    std::size_t bin = near;
    for (std::size_t distance = 0; distance <= reach && analysis.peakIndex(bin) < 0;
         ++distance) // a followed one first: to let go
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

int SpectrumView::curveCount() const { return shown().analysis.available() && !m_output.empty() ? 2 : 0; }
int SpectrumView::pointCount(int) const { return static_cast<int>(m_output.size()); }

PlotView::Probe SpectrumView::probe(int curve, int index) const
{
    const AnalysisModel& analysis = shown().analysis;
    const double f = analysis.targetAmplitudes()[index], h = m_output[index];
    const int record = shown().timeline.index();
    QString text
        = tr("k = %1   %2 per unit of %5   |f̂| = %3   |ĥ| = %4")
              .arg(index)
              .arg(formatNumber(analysis.frequencies()[index], 4), formatNumber(f, 4), formatNumber(h, 4), inputName());
    const int peak = analysis.peakIndex(index);
    if (!analysis.meaningful()[index] || (peak >= 0 && !analysis.passages()[static_cast<std::size_t>(peak)].inTarget))
        text += tr("   not in the target");
    else if (peak >= 0 && record >= 0 && record < static_cast<int>(analysis.series(peak).size()))
        text += tr("   Δ = %1").arg(formatNumber(analysis.series(peak)[record]));
    if (index < static_cast<int>(m_weights.values().size()))
        text += tr("   w = %1").arg(formatNumber(m_weights.values()[index]));
    return {.at = {position(index), ordinate(curve == 0 ? f : h)}, .text = text, .curve = curve, .index = index};
}

/// The peaks of the target, and what is followed beside them.
std::vector<int> SpectrumView::landmarks(int) const
{
    const AnalysisModel& analysis = shown().analysis;
    std::set<int> bins(analysis.peaks().begin(), analysis.peaks().end());
    for (const std::size_t k : localMaxima(analysis.targetAmplitudes()))
        if (analysis.meaningful()[k])
            bins.insert(static_cast<int>(k));
    return {bins.begin(), bins.end()};
}

std::optional<PlotView::Probe> SpectrumView::probeAt(QPointF pixel) const
{
    if (curveCount() == 0)
        return std::nullopt;
    return probe(0, static_cast<int>(binAt(pixel)));
}

QString SpectrumView::summary() const
{
    const AnalysisModel& analysis = shown().analysis;
    const int record = shown().timeline.index();
    if (!analysis.available() || record < 0)
        return shown().run.hasRun() ? tr("These data have no spectrum.") : tr("No experiment is loaded.");
    const auto output = analysis.amplitudesAt(record);
    const PassageWords say {analysis.settings().threshold, analysis.isOver()};
    QString text
        = analysis.peaks().size() == 1 ? tr("1 peak followed.") : tr("%1 peaks followed.").arg(analysis.peaks().size());
    for (std::size_t peak = 0; peak < analysis.peaks().size(); ++peak) {
        const std::size_t k = analysis.peaks()[peak];
        text += QLatin1Char(' ')
            + tr("k = %1: target %2, output %3, %4.")
                  .arg(k)
                  .arg(formatNumber(analysis.targetAmplitudes()[k]), formatNumber(output[k]),
                      say.of(analysis.passages()[peak]));
    }
    return text;
}

ViewTable SpectrumView::table() const
{
    ViewTable table;
    const AnalysisModel& analysis = shown().analysis;
    const int record = shown().timeline.index();
    if (!analysis.available() || record < 0)
        return table;
    table.columns << QStringLiteral("k") << QStringLiteral("frequency") << QStringLiteral("target_amplitude")
                  << QStringLiteral("output_amplitude") << QStringLiteral("initial_amplitude")
                  << QStringLiteral("delta");
    const auto output = analysis.amplitudesAt(record), initial = analysis.amplitudesAt(0),
               errors = analysis.errorsAt(record);
    for (std::size_t k = 0; k < output.size(); ++k)
        table.rows.append({analysis.bins()[k], analysis.frequencies()[k], analysis.targetAmplitudes()[k], output[k],
            initial[k], errors[k]});
    return table;
}

QString SpectrumView::equation() const
{
    const AnalysisModel& analysis = shown().analysis;
    QString text = displayed(
        tr("<i>f̂</i><sub>k</sub> = <sup>1</sup>/<sub>n</sub> Σ<sub>i</sub> y<sub>i</sub> e<sup>−2πi k i/n</sup>"));
    const int record = shown().timeline.index();
    if (analysis.available() && record >= 0) {
        const auto output = analysis.amplitudesAt(record);
        text += tr("<p>At step %1:").arg(shown().timeline.step());
        for (const std::size_t k : analysis.peaks())
            text += tr("<br>k = %1: |f̂| = <b>%2</b>, |ĥ| = <b>%3</b>")
                        .arg(k)
                        .arg(formatNumber(analysis.targetAmplitudes()[k]), formatNumber(output[k]));
        text += QStringLiteral("</p>");
    }
    text += tr(
        "<p>How much of each frequency is in the target (f̂) and in the network's output (ĥ). Frequency index k means "
        "k waves over the sampled range. Samples that are not evenly spaced use the same sum with x in place of i/n. "
        "Hatched: not in the target, so a relative error means nothing there.</p>");
    return text + paperS1();
}

} // namespace fplab
