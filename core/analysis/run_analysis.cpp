#include "core/analysis/run_analysis.h"

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

Metric otherMetric(Metric metric) { return metric == Metric::Complex ? Metric::Amplitude : Metric::Complex; }

} // namespace

RunAnalysis::RunAnalysis(std::span<const Channel> channels, const AnalysisSpec& settings)
    : m_settings(settings)
    , m_channels(channels)
    , m_spectrum(findChannel(channels, Role::OutputSpectrum))
    , m_train(findChannel(channels, Role::TrainLoss))
    , m_test(findChannel(channels, Role::TestLoss))
{
    if (m_spectrum) {
        const std::size_t bins = m_spectrum->x.values.size();
        for (std::size_t k = 0; k < bins; ++k) {
            m_target.emplace_back(m_spectrum->reference[k], m_spectrum->reference[bins + k]);
            m_amplitudes.push_back(std::abs(m_target.back()));
        }
        m_meaningful = meaningfulBins(m_target);
        m_bins = followedBins(*m_spectrum, settings);
        m_leftOut = leftOutOf(*m_spectrum, m_bins);
    }
    beginAnew();
}

void RunAnalysis::beginAnew()
{
    std::vector<double> frequencies;
    for (const auto bin : m_bins)
        frequencies.push_back(
            bin < m_spectrum->frequency.size() ? m_spectrum->frequency[bin] : static_cast<double>(bin));
    const auto there = m_spectrum ? inTarget(*m_spectrum, m_bins) : std::vector<bool> {};
    m_tracker = m_otherTracker = PassageTracker(m_bins, frequencies, m_settings.threshold, there);
    m_series.assign(m_bins.size(), {});
    m_taken = 0;
    m_lastStep = -1;
}

std::span<const double> RunAnalysis::sampleOf(const Record& record, const Channel* channel) const
{
    return record.samples[static_cast<std::size_t>(channel - m_channels.data())];
}

void RunAnalysis::takeLosses(const Record& record)
{
    if (m_train)
        m_trainLoss = sampleOf(record, m_train).front();
    if (m_test)
        m_testLoss = sampleOf(record, m_test).front();
}

void RunAnalysis::add(const Record& record)
{
    takeLosses(record);
    if (!m_spectrum)
        return;
    m_errors = errorsOf(record);
    std::vector<double> followed;
    for (const auto bin : m_bins)
        followed.push_back(m_errors[bin]);
    m_tracker.add(record.step, followed);
}

void RunAnalysis::follow(const History& history)
{
    if (history.empty() || history.back().step < m_lastStep)
        beginAnew();
    if (m_revision != history.revision()) {
        m_revision = history.revision();
        m_taken = 0;
        for (auto& series : m_series)
            series.clear();
    }
    const Metric metric = metricOf(m_settings);
    const std::size_t count = m_amplitudes.size();
    std::vector<double> errors(m_bins.size()), others(m_bins.size());
    for (; m_taken < history.size(); ++m_taken) {
        const Record& record = history.at(m_taken);
        const auto sample = m_spectrum ? sampleOf(record, m_spectrum) : std::span<const double>();
        for (std::size_t p = 0; p < m_bins.size(); ++p) {
            const std::size_t k = m_bins[p];
            const std::complex<double> output(sample[k], sample[count + k]);
            const bool means = m_meaningful[k];
            errors[p] = means ? relativeError(output, m_target[k], metric) : std::nan("");
            others[p] = means ? relativeError(output, m_target[k], otherMetric(metric)) : std::nan("");
            m_series[p].push_back(errors[p]);
        }
        if (record.step <= m_lastStep) // again after thinning
            continue;
        m_lastStep = record.step;
        m_tracker.add(record.step, errors);
        m_otherTracker.add(record.step, others);
        takeLosses(record);
    }
}

std::vector<std::int64_t> RunAnalysis::passageSteps() const
{
    std::vector<std::int64_t> steps;
    for (const Passage& passage : passages())
        for (const auto& step : {passage.firstBelow, passage.staysBelow})
            if (step && std::ranges::find(steps, *step) == steps.end())
                steps.push_back(*step);
    return steps;
}

std::vector<double> RunAnalysis::errorsOf(const Record& record) const
{
    if (!m_spectrum)
        return {};
    return relativeError(sampleOf(record, m_spectrum), m_spectrum->reference, metricOf(m_settings));
}

std::vector<double> RunAnalysis::amplitudesOf(const Record& record) const
{
    if (!m_spectrum)
        return {};
    const auto sample = sampleOf(record, m_spectrum);
    const std::size_t bins = sample.size() / 2;
    std::vector<double> out(bins);
    for (std::size_t k = 0; k < bins; ++k)
        out[k] = std::hypot(sample[k], sample[bins + k]);
    return out;
}

} // namespace fplab
