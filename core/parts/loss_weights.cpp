#include "core/parts/loss_weights.h"

#include <algorithm>

namespace fplab {

bool isStaged(const WeightSpec& spec) { return spec.kind == "low_to_high" || spec.kind == "high_to_low"; }

std::vector<double> resolveWeights(
    const WeightSpec& spec, std::size_t n, std::span<const std::size_t> peaks, std::size_t stage)
{
    if (spec.kind == "values")
        return spec.values;
    const auto from = static_cast<std::size_t>(std::max(spec.from, 0));
    const auto to = static_cast<std::size_t>(std::max(spec.to, 0));
    const auto reached = peaks.empty() ? 0 : std::min(stage, peaks.size() - 1);
    const auto weightOf = [&](std::size_t k) {
        const auto within = [&](bool inside) { return inside ? 1.0 : spec.outside; };
        if (spec.kind == "low_pass")
            return within(k <= to);
        if (spec.kind == "high_pass")
            return within(k >= from);
        if (spec.kind == "band")
            return within(k >= from && k <= to);
        if (spec.kind == "points")
            return spec.values.empty() ? 1.0 : spec.values[std::min(k, spec.values.size() - 1)];
        if (spec.kind == "low_to_high" && !peaks.empty())
            return within(k <= peaks[reached]);
        if (spec.kind == "high_to_low" && !peaks.empty())
            return within(k >= peaks[peaks.size() - 1 - reached]);
        return 1.0;
    };
    std::vector<double> weights(n);
    for (std::size_t k = 0; k < n; ++k)
        weights[k] = weightOf(std::min(k, n - k));
    return weights;
}

} // namespace fplab
