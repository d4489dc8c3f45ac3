#include "ui/model/analysis_model.h"

#include "core/analysis/run_summary.h"
#include "ui/model/run_controller.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fplab {

namespace {

Metric otherMetric(Metric metric) { return metric == Metric::Complex ? Metric::Amplitude : Metric::Complex; }

/// Delta_F of one bin in the record layout (all real parts, then all imaginary parts).
double errorOfBin(const std::vector<double>& sample, const std::vector<double>& reference, std::size_t k, Metric metric)
{
    const std::size_t bins = reference.size() / 2;
    const std::complex<double> output(sample[k], sample[bins + k]), target(reference[k], reference[bins + k]);
    const double error
        = metric == Metric::Complex ? std::abs(output - target) : std::abs(std::abs(output) - std::abs(target));
    const double relative = error / std::abs(target);
    return std::isfinite(relative) ? relative : std::numeric_limits<double>::quiet_NaN();
}

} // namespace

AnalysisModel::AnalysisModel(RunController& run, QObject* parent)
    : QObject(parent)
    , m_run(run)
    , m_tracker({}, {}, 0.1)
    , m_otherTracker({}, {}, 0.1)
{
    connect(&run, &RunController::loaded, this, &AnalysisModel::reload);
    connect(&run, &RunController::advanced, this, &AnalysisModel::advance);
    connect(&run, &RunController::stateChanged, this, &AnalysisModel::judgeNow);
}

void AnalysisModel::setSettings(const AnalysisSpec& settings)
{
    const std::vector<std::size_t> before = m_peaks;
    m_settings = settings;
    recompute();
    QStringList nothing;
    for (const Passage& passage : passages())
        if (!passage.inTarget && std::ranges::find(before, passage.k) == before.end())
            nothing.append(QString::number(passage.k));
    if (!nothing.isEmpty())
        Q_EMIT followedNothing(nothing.join(QStringLiteral(", ")));
}

bool AnalysisModel::isOver() const
{
    return m_run.state() == RunState::Finished || m_run.state() == RunState::Diverged;
}

void AnalysisModel::reload()
{
    m_channel = m_run.channelIndex(Role::OutputSpectrum);
    m_target.clear();
    m_reference.clear();
    m_amplitudes.clear();
    m_bins.clear();
    m_frequencies.clear();
    m_meaningful.clear();
    m_pinned.clear(); // with their history
    if (m_forgetStyles)
        m_styles.clear();
    m_forgetStyles = false;
    if (m_channel >= 0) {
        const Channel& channel = m_run.channels()[static_cast<std::size_t>(m_channel)];
        m_reference = channel.reference;
        m_bins = channel.x.values;
        m_frequencies = channel.frequency;
        const std::size_t bins = m_bins.size();
        for (std::size_t k = 0; k < bins; ++k) {
            m_target.emplace_back(m_reference[k], m_reference[bins + k]);
            m_amplitudes.push_back(std::abs(m_target.back()));
        }
        m_meaningful = meaningfulBins(m_target);
    }
    recompute();
}

void AnalysisModel::recompute()
{
    m_peaks.clear();
    m_leftOut.clear();
    if (m_channel >= 0) {
        const Channel& spectrum = m_run.channels()[static_cast<std::size_t>(m_channel)];
        m_peaks = followedBins(spectrum, m_settings);
        m_peaks.erase(std::unique(m_peaks.begin(), m_peaks.end()), m_peaks.end());
        m_leftOut = leftOutOf(spectrum, m_peaks);
    }
    std::vector<double> frequencies;
    for (const std::size_t k : m_peaks)
        frequencies.push_back(m_frequencies[k]);
    assignStyles();
    const auto there = m_channel >= 0 ? inTarget(m_run.channels()[static_cast<std::size_t>(m_channel)], m_peaks)
                                      : std::vector<bool> {};
    m_tracker = PassageTracker(m_peaks, frequencies, m_settings.threshold, there);
    m_otherTracker = PassageTracker(m_peaks, frequencies, m_settings.threshold, there);
    m_series.assign(m_peaks.size(), {});
    m_lastStep = -1;
    m_revision = m_run.history().revision();
    for (std::size_t i = 0; i < m_run.history().size(); ++i)
        addRecord(i);
    pinPassages();
    judgeNow();
    Q_EMIT changed();
}

void AnalysisModel::assignStyles()
{
    std::erase_if(
        m_styles, [this](const auto& style) { return std::ranges::find(m_peaks, style.first) == m_peaks.end(); });
    for (const std::size_t bin : m_peaks) {
        if (m_styles.contains(bin))
            continue;
        std::size_t free = 0;
        while (std::ranges::any_of(m_styles, [free](const auto& style) { return style.second == free; }))
            ++free;
        m_styles.emplace(bin, free);
    }
}

/// The records where a peak passed the threshold stay in the history, as long as they are such.
void AnalysisModel::pinPassages()
{
    std::vector<std::int64_t> steps;
    for (const Passage& passage : passages())
        for (const auto& step : {passage.firstBelow, passage.staysBelow})
            if (step && std::ranges::find(steps, *step) == steps.end())
                steps.push_back(*step);
    if (steps == m_pinned)
        return;
    for (const std::int64_t step : steps)
        m_run.history().pin(step);
    for (const std::int64_t step : m_pinned)
        m_run.history().unpin(step);
    m_pinned = std::move(steps);
}

void AnalysisModel::addRecord(std::size_t index)
{
    const Record& record = m_run.history().at(index);
    if (m_channel < 0)
        return;
    const auto& sample = record.samples[static_cast<std::size_t>(m_channel)];
    const Metric metric = metricOf(m_settings);
    std::vector<double> errors(m_peaks.size()), others(m_peaks.size());
    for (std::size_t p = 0; p < m_peaks.size(); ++p) {
        errors[p] = errorOfBin(sample, m_reference, m_peaks[p], metric);
        others[p] = errorOfBin(sample, m_reference, m_peaks[p], otherMetric(metric));
        m_series[p].push_back(errors[p]);
    }
    if (record.step > m_lastStep) { // not again after thinning
        m_lastStep = record.step;
        m_tracker.add(record.step, errors);
        m_otherTracker.add(record.step, others);
    }
}

void AnalysisModel::advance()
{
    if (m_channel < 0)
        return;
    const History& history = m_run.history();
    if (!history.empty() && history.back().step < m_lastStep) { // the run went back
        recompute();
        return;
    }
    std::size_t done = m_series.empty() ? history.size() : m_series.front().size();
    if (m_revision != history.revision()) {
        m_revision = history.revision();
        for (auto& series : m_series)
            series.clear();
        done = 0;
    }
    for (std::size_t i = m_series.empty() ? history.size() : done; i < history.size(); ++i)
        addRecord(i);
    pinPassages();
    judgeNow();
}

void AnalysisModel::judgeNow()
{
    m_verdict = judge(m_tracker.passages(), isOver(), m_leftOut);
    const Verdict other = judge(m_otherTracker.passages(), isOver(), m_leftOut);
    const auto settles = [](const Verdict& verdict) {
        return verdict.state == Verdict::State::Holds || verdict.state == Verdict::State::Partly
            || verdict.state == Verdict::State::Fails;
    };
    const bool settled = settles(m_verdict), otherSettled = settles(other);
    m_notice.clear();
    if (settled && otherSettled && m_verdict.state != other.state)
        m_notice = metricOf(m_settings) == Metric::Complex ? tr("By amplitudes alone the verdict would differ")
                                                           : tr("With the complex definition the verdict would differ");
}

int AnalysisModel::peakIndex(std::size_t bin) const
{
    const auto found = std::ranges::find(m_peaks, bin);
    return found == m_peaks.end() ? -1 : static_cast<int>(found - m_peaks.begin());
}

std::size_t AnalysisModel::trueCycles(std::size_t bin) const
{
    if (m_channel < 0)
        return 0;
    const auto& lines = m_run.channels()[static_cast<std::size_t>(m_channel)].lines;
    const auto found = std::ranges::find(lines, bin, &SpectralLine::k);
    return found == lines.end() ? 0 : found->cycles;
}

std::vector<double> AnalysisModel::errorsAt(std::size_t recordIndex) const
{
    if (m_channel < 0)
        return {};
    return relativeError(m_run.history().at(recordIndex).samples[static_cast<std::size_t>(m_channel)], m_reference,
        metricOf(m_settings));
}

std::vector<double> AnalysisModel::amplitudesAt(std::size_t recordIndex) const
{
    if (m_channel < 0)
        return {};
    const auto& sample = m_run.history().at(recordIndex).samples[static_cast<std::size_t>(m_channel)];
    const std::size_t bins = m_bins.size();
    std::vector<double> out(bins);
    for (std::size_t k = 0; k < bins; ++k)
        out[k] = std::hypot(sample[k], sample[bins + k]);
    return out;
}

} // namespace fplab
