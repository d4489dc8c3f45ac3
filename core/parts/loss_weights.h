#pragma once

#include "core/engine/loss_spec.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fplab {

/// The n weights of L_wf that a WeightSpec describes, for a sum over all n bins; symmetric in k and n - k except for
/// kind "values". `stage` counts the peaks that a low_to_high or high_to_low order has passed (S2, Section 5.1):
/// low_to_high trains k <= peaks[stage], high_to_low trains k >= peaks[size - 1 - stage].
[[nodiscard]] std::vector<double> resolveWeights(
    const WeightSpec& spec, std::size_t n, std::span<const std::size_t> peaks, std::size_t stage);

/// Whether the weights change by themselves while the run goes on.
[[nodiscard]] bool isStaged(const WeightSpec& spec);

} // namespace fplab
