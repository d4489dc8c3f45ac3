#include "core/experiment/run_summary.h"

#include "core/spectral/peaks.h"

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

std::size_t indexOf(std::span<const Channel> channels, const Channel* channel)
{
    return static_cast<std::size_t>(channel - channels.data());
}

PassageTracker makeTracker(const Channel* spectrum, const std::vector<std::size_t>& bins, double threshold)
{
    std::vector<double> frequencies;
    for (const auto bin : bins)
        frequencies.push_back(bin < spectrum->frequency.size() ? spectrum->frequency[bin] : static_cast<double>(bin));
    return {bins, frequencies, threshold};
}

} // namespace

const Channel* findChannel(std::span<const Channel> channels, Role role)
{
    const auto found = std::ranges::find(channels, role, &Channel::role);
    return found == channels.end() ? nullptr : &*found;
}

Metric metricOf(const AnalysisSpec& analysis)
{
    return analysis.metric == "amplitude" ? Metric::Amplitude : Metric::Complex;
}

std::vector<std::size_t> followedBins(const Channel& spectrum, const AnalysisSpec& analysis)
{
    const auto count = spectrum.x.values.size();
    if (analysis.peaks) {
        std::vector<std::size_t> bins;
        for (const int k : *analysis.peaks)
            if (k >= 0 && static_cast<std::size_t>(k) < count)
                bins.push_back(static_cast<std::size_t>(k));
        std::ranges::sort(bins);
        return bins;
    }
    if (spectrum.reference.size() != 2 * count)
        return {};
    // One bin beyond max_k, so that a peak at max_k itself is seen as one.
    std::vector<double> amplitudes(std::min(count, static_cast<std::size_t>(analysis.maxK) + 2));
    for (std::size_t k = 0; k < amplitudes.size(); ++k)
        amplitudes[k] = std::hypot(spectrum.reference[k], spectrum.reference[count + k]);
    return findPeaks(amplitudes);
}

RunSummary::RunSummary(std::span<const Channel> channels, const AnalysisSpec& analysis)
    : m_channels(channels)
    , m_spectrum(findChannel(channels, Role::OutputSpectrum))
    , m_metric(metricOf(analysis))
    , m_bins(m_spectrum ? followedBins(*m_spectrum, analysis) : std::vector<std::size_t> {})
    , m_tracker(makeTracker(m_spectrum, m_bins, analysis.threshold))
    , m_solve(channels)
{
}

void RunSummary::add(const Record& record)
{
    const auto scalar = [&](Role role, double& value) {
        if (const auto* channel = findChannel(m_channels, role))
            value = record.samples[indexOf(m_channels, channel)].front();
    };
    scalar(Role::TrainLoss, m_trainLoss);
    scalar(Role::TestLoss, m_testLoss);
    if (m_solve.applies())
        m_solve.add(record);
    if (!m_spectrum)
        return;
    m_errors = relativeError(record.samples[indexOf(m_channels, m_spectrum)], m_spectrum->reference, m_metric);
    std::vector<double> followed;
    for (const auto bin : m_bins)
        followed.push_back(m_errors[bin]);
    m_tracker.add(record.step, followed);
}

} // namespace fplab
