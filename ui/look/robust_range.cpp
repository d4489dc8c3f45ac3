#include "ui/look/robust_range.h"

#include <algorithm>
#include <cmath>

namespace fplab {

RobustRange robustRange(std::vector<double> values)
{
    constexpr double hides = 20; ///< an outlier spans so many times what the others do
    constexpr std::size_t fewOf = 100;
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    if (values.empty())
        return {};
    std::ranges::sort(values);
    RobustRange range {.low = values.front(), .high = values.back()};
    const double middle = values[values.size() / 2];
    const std::size_t most = std::min(std::max<std::size_t>(1, values.size() / fewOf), (values.size() - 1) / 2);
    std::size_t below = 0, above = 0;
    while (below + above < most) {
        const double low = values[below], high = values[values.size() - 1 - above];
        ++(middle - low > high - middle ? below : above);
        const double span = values[values.size() - 1 - above] - values[below];
        if (span > 0 && span < (range.high - range.low) / hides)
            range = {.low = values[below], .high = values[values.size() - 1 - above], .below = below, .above = above};
    }
    return range;
}

} // namespace fplab
