#pragma once

#include "core/analysis/analysis_spec.h"
#include "core/analysis/verdict.h"
#include "core/run/channel.h"
#include "core/run/record.h"
#include "core/spectral/relative_error.h"

#include <limits>
#include <span>
#include <vector>

namespace fplab {

[[nodiscard]] Metric metricOf(const AnalysisSpec& analysis);

/// Bins to follow, ascending: those of `analysis.peaks` that the spectrum has, or the largest lines of the target that
/// are recorded, at most mostPeaks.
[[nodiscard]] std::vector<std::size_t> followedBins(const Channel& spectrum, const AnalysisSpec& analysis);

/// The `count` largest recorded bins of the target's lines, or where it has none, of its amplitudes; ascending.
[[nodiscard]] std::vector<std::size_t> largestBins(const Channel& spectrum, std::size_t count);

/// The target's lines that are not followed, the largest first: neither they nor, for a tone between two bins, the
/// other one; and aliased frequencies, which are followed as others.
[[nodiscard]] std::vector<LeftOut> leftOutOf(const Channel& spectrum, std::span<const std::size_t> followed);

/// Whether the target has something at each of these bins: one of its lines or the other bin of a tone between two, a
/// local maximum, or an amplitude of more than a fiftieth of the largest. Elsewhere a relative error compares with next
/// to nothing.
[[nodiscard]] std::vector<bool> inTarget(const Channel& spectrum, std::span<const std::size_t> bins);

/// Those of the bins that are peaks of the target: its lines (where it has none, local maxima), or the other bin of a
/// tone between two.
[[nodiscard]] std::vector<std::size_t> peaksAmong(const Channel& spectrum, std::span<const std::size_t> bins);

/// What the records of one run say about the order of frequencies, gathered in order of step.
class RunSummary {
public:
    /// `channels` must outlive this.
    RunSummary(std::span<const Channel> channels, const AnalysisSpec& analysis);

    void add(const Record& record);

    [[nodiscard]] const std::vector<std::size_t>& bins() const { return m_bins; } ///< followed
    [[nodiscard]] const std::vector<Passage>& passages() const { return m_tracker.passages(); }
    [[nodiscard]] Verdict verdict(bool ended) const { return judge(passages(), ended, m_leftOut); }
    /// Delta_F of every bin at the latest record; empty without a spectrum.
    [[nodiscard]] const std::vector<double>& errors() const { return m_errors; }
    [[nodiscard]] double trainLoss() const { return m_trainLoss; } ///< at the latest record; NaN if there is none
    [[nodiscard]] double testLoss() const { return m_testLoss; }

private:
    std::span<const Channel> m_channels;
    const Channel* m_spectrum;
    Metric m_metric;
    std::vector<std::size_t> m_bins;
    std::vector<LeftOut> m_leftOut;
    PassageTracker m_tracker;
    std::vector<double> m_errors;
    double m_trainLoss = std::numeric_limits<double>::quiet_NaN();
    double m_testLoss = std::numeric_limits<double>::quiet_NaN();
};

} // namespace fplab
