#include "core/signal/dataset.h"

#include "core/signal/formula.h"
#include "core/util/random.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <numbers>
#include <numeric>

namespace fplab {

namespace {

constexpr double tieTolerance = 1e-9; ///< of alpha
constexpr double evenTolerance = 1e-6; ///< of the step
constexpr int maxCount = 1'000'000;

Diagnostic refused(std::string path, std::string what)
{
    Diagnostic error;
    error.path = std::move(path);
    error.what = std::move(what);
    return error;
}

std::string shortest(double value)
{
    std::array<char, 32> digits {};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    return {digits.data(), end};
}

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

std::vector<double> testPositions(const SamplingConfig& sampling, std::uint64_t seed)
{
    if (sampling.kind != SamplingConfig::Kind::Uniform)
        return randomPoints(sampling.from, sampling.to, sampling.testCount, Random(seed, RandomStream::testSampling));
    auto x = evenPoints(sampling.from, sampling.to, sampling.testCount, false);
    for (double& value : x)
        value += (sampling.to - sampling.from) / sampling.testCount / 2;
    return x;
}

Status check(const TargetConfig& target, const SamplingConfig& sampling)
{
    if (!std::isfinite(target.quantise) || target.quantise < 0)
        return refused("target.quantise", "the step height must be a number from 0 up");
    if (!std::isfinite(target.noiseStd) || target.noiseStd < 0)
        return refused("target.noise.std", "the standard deviation of the noise must be a number from 0 up");
    if (!std::isfinite(sampling.to) || !std::isfinite(sampling.to - sampling.from))
        return refused("sampling.to", "the range of x must be finite");
    if (!(sampling.from < sampling.to))
        return refused("sampling.from",
            "the range must start below its end, not run from " + shortest(sampling.from) + " to "
                + shortest(sampling.to));
    if (sampling.count < 2 || sampling.count > maxCount)
        return refused(
            "sampling.count", "the number of samples must be from 2 to 1000000, not " + std::to_string(sampling.count));
    if (sampling.testCount < 0 || sampling.testCount > maxCount)
        return refused("sampling.test_count",
            "the number of test points must be from 0 to 1000000, not " + std::to_string(sampling.testCount));
    return success();
}

/// Targets at x. `clean`, if given, receives them without noise.
Result<SampleMatrix> targetsAt(const Formula& formula, const TargetConfig& target, const std::vector<double>& x,
    Random noise, std::vector<double>* clean)
{
    SampleMatrix y {x.size(), 1, std::vector<double>(x.size())};
    if (auto status = formula.evaluate(x, y.values); !status) {
        Diagnostic error = status.error();
        error.path = "target.formula";
        return error;
    }
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double f0 = y.values[i];
        const double plain = quantise(f0, target.quantise);
        const double disturbance = target.noiseStd > 0 ? target.noiseStd * noise.normal() : 0;
        y.values[i] = target.noiseBeforeQuantise ? quantise(f0 + disturbance, target.quantise) : plain + disturbance;
        if (clean)
            clean->push_back(plain);
    }
    return y;
}

} // namespace

double quantise(double f0, double alpha)
{
    const double steps = f0 / alpha;
    if (alpha == 0 || !std::isfinite(steps))
        return f0;
    const double lower = std::floor(steps);
    if (std::abs(steps - lower - 0.5) < tieTolerance)
        return alpha * (std::fmod(lower, 2) == 0 ? lower : lower + 1);
    return alpha * std::nearbyint(steps);
}

std::vector<double> samplePositions(const SamplingConfig& sampling, std::uint64_t seed)
{
    assert(sampling.count >= 2);
    const auto& [from, to, count, kind, endpoint, testCount] = sampling;
    const Random random(seed, RandomStream::sampling);
    switch (kind) {
    case SamplingConfig::Kind::Random:
        return randomPoints(from, to, count, random);
    case SamplingConfig::Kind::RandomSubset:
        return subset(evenPoints(from, to, 5 * count, endpoint), count, random);
    case SamplingConfig::Kind::Chebyshev:
        return chebyshevPoints(from, to, count);
    case SamplingConfig::Kind::Uniform:
        break;
    }
    return evenPoints(from, to, count, endpoint);
}

Result<Dataset> makeDataset(const TargetConfig& target, const SamplingConfig& sampling, std::uint64_t seed)
{
    if (const auto status = check(target, sampling); !status)
        return status.error();
    auto formula = Formula::parse(target.formula, {.parameters = target.parameters, .freeNames = true});
    if (!formula) {
        Diagnostic error = formula.error();
        error.path = "target.formula";
        return error;
    }

    Dataset data;
    const auto x = samplePositions(sampling, seed);
    if (sampling.kind != SamplingConfig::Kind::Random
        && std::adjacent_find(x.begin(), x.end(), std::greater_equal<>()) != x.end())
        return refused(
            "sampling.from", "the range is too narrow to hold " + std::to_string(sampling.count) + " different points");
    auto y = targetsAt(*formula, target, x, Random(seed, RandomStream::noise), &data.cleanTargets);
    if (!y)
        return y.error();
    data.trainInputs = {x.size(), 1, x};
    data.trainTargets = std::move(y).value();
    if (sampling.testCount > 0) {
        const auto testX = testPositions(sampling, seed);
        auto testY = targetsAt(*formula, target, testX, Random(seed, RandomStream::testNoise), nullptr);
        if (!testY)
            return testY.error();
        data.testInputs = {testX.size(), 1, testX};
        data.testTargets = std::move(testY).value();
    }
    data.even = sampling.kind == SamplingConfig::Kind::Uniform;
    if (data.even)
        data.spacing = (sampling.to - sampling.from) / (sampling.endpoint ? sampling.count - 1 : sampling.count);
    return data;
}

Dataset makeDataset(SampleMatrix inputs, SampleMatrix targets)
{
    assert(inputs.count == targets.count);
    Dataset data;
    data.trainInputs = std::move(inputs);
    data.trainTargets = std::move(targets);
    const auto& x = data.trainInputs.values;
    if (data.trainInputs.dim != 1 || x.size() < 2)
        return data;
    const double step = (x.back() - x.front()) / static_cast<double>(x.size() - 1);
    data.even = std::isfinite(step) && step > 0;
    for (std::size_t i = 0; i < x.size() && data.even; ++i)
        data.even = std::abs(x[i] - (x.front() + static_cast<double>(i) * step)) <= evenTolerance * step;
    if (data.even)
        data.spacing = step;
    return data;
}

} // namespace fplab
