#pragma once

#include "core/analysis/analysis_spec.h"
#include "core/analysis/verdict.h"
#include "core/run/channel.h"
#include "core/spectral/relative_error.h"

#include <span>
#include <vector>

namespace fplab {

[[nodiscard]] Metric metricOf(const AnalysisSpec& analysis);

/// Bins to follow, each once and ascending: those of `analysis.peaks` that the spectrum has, or the largest lines of
/// the target that are recorded, at most mostPeaks.
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

} // namespace fplab
