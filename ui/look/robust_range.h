#pragma once

#include <cstddef>
#include <vector>

namespace fplab {

/// Extremes of values without the few that would hide all others.
struct RobustRange {
    double low = 0, high = -1; ///< low > high when there are no values
    std::size_t below = 0, above = 0; ///< values beyond
    [[nodiscard]] bool empty() const { return low > high; }
};

/// The extremes of the finite values; at most one in a hundred (or one) is left out, and only if the others then span
/// less than a twentieth: a pole must not flatten a curve, but a short pulse is no outlier.
[[nodiscard]] RobustRange robustRange(std::vector<double> values);

} // namespace fplab
