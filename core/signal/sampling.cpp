#include "core/signal/sampling.h"

#include "core/base/random.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

namespace fplab {
namespace {

/// `count` even points; the last one is `to` itself if `endpoint`.
std::vector<double> evenPoints(double from, double to, int count, bool endpoint)
{
    const double step = (to - from) / (endpoint ? count - 1 : count);
    std::vector<double> x(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        x[static_cast<std::size_t>(i)] = from + i * step;
    if (endpoint)
        x.back() = to;
    return x;
}

std::vector<double> randomPoints(double from, double to, int count, Random random)
{
    std::vector<double> x(static_cast<std::size_t>(count));
    for (double& value : x)
        value = from + random.uniform() * (to - from);
    std::sort(x.begin(), x.end());
    return x;
}

/// The first `count` of a Fisher-Yates shuffle, sorted.
std::vector<double> subset(std::vector<double> candidates, int count, Random random)
{
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
        std::swap(candidates[i], candidates[i + random.below(static_cast<std::uint32_t>(candidates.size() - i))]);
    candidates.resize(static_cast<std::size_t>(count));
    std::sort(candidates.begin(), candidates.end());
    return candidates;
}

/// Zeros of the Chebyshev polynomial of degree `count`, moved to [from, to].
std::vector<double> chebyshevPoints(double from, double to, int count)
{
    std::vector<double> x(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        x[static_cast<std::size_t>(i)]
            = (from + to) / 2 - (to - from) / 2 * std::cos(std::numbers::pi * (2 * i + 1) / (2.0 * count));
    return x;
}

std::vector<double> uniform(const SamplingSpec& s, std::uint64_t)
{
    return evenPoints(s.from, s.to, s.count, s.endpoint);
}

std::vector<double> random(const SamplingSpec& s, std::uint64_t seed)
{
    return randomPoints(s.from, s.to, s.count, Random(seed, RandomStream::sampling));
}

std::vector<double> randomSubset(const SamplingSpec& s, std::uint64_t seed)
{
    return subset(evenPoints(s.from, s.to, 5 * s.count, s.endpoint), s.count, Random(seed, RandomStream::sampling));
}

std::vector<double> chebyshev(const SamplingSpec& s, std::uint64_t) { return chebyshevPoints(s.from, s.to, s.count); }

constexpr std::array<Placement, 4> table {{
    {"uniform", "evenly spaced", true, true, false, uniform},
    {"random", "random", false, false, true, random},
    {"random_subset", "random subset of a grid", false, true, false, randomSubset},
    {"chebyshev", "Chebyshev points", false, false, false, chebyshev},
}};

} // namespace

std::span<const Placement> placements() { return table; }

const Placement* findPlacement(std::string_view id)
{
    const auto row = std::ranges::find(table, id, &Placement::id);
    return row == table.end() ? nullptr : &*row;
}

std::span<const Choice> placementChoices()
{
    static const auto names = namesOf(table);
    return names;
}

std::vector<double> samplePositions(const SamplingSpec& sampling, std::uint64_t seed)
{
    assert(sampling.count >= 2 && findPlacement(sampling.kind));
    return findPlacement(sampling.kind)->points(sampling, seed);
}

std::vector<double> testPositions(const SamplingSpec& sampling, std::uint64_t seed)
{
    if (!findPlacement(sampling.kind)->even)
        return randomPoints(sampling.from, sampling.to, sampling.testCount, Random(seed, RandomStream::testSampling));
    auto x = evenPoints(sampling.from, sampling.to, sampling.testCount, false);
    for (double& value : x)
        value += (sampling.to - sampling.from) / sampling.testCount / 2;
    return x;
}

} // namespace fplab
