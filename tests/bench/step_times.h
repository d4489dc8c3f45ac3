#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

namespace bench {

struct StepTimes {
    double minimum = 0, median = 0; ///< ms
    std::size_t steps = 0;
};

/// Calls step() for `seconds`, at least seven times after two to warm up.
template <class Step> StepTimes timeSteps(double seconds, Step&& step)
{
    using Clock = std::chrono::steady_clock;
    for (int i = 0; i < 2; ++i)
        step();
    std::vector<double> times;
    const auto start = Clock::now();
    for (auto last = start; times.size() < 7 || std::chrono::duration<double>(last - start).count() < seconds;) {
        step();
        const auto now = Clock::now();
        times.push_back(std::chrono::duration<double, std::milli>(now - last).count());
        last = now;
    }
    std::ranges::sort(times);
    return {times.front(), times[times.size() / 2], times.size()};
}

} // namespace bench
