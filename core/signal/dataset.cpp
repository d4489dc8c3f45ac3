#include "core/signal/dataset.h"

#include "core/base/random.h"
#include "core/signal/formula.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

namespace fplab {

namespace {

constexpr double tieTolerance = 1e-9; ///< of alpha
constexpr double evenTolerance = 1e-6; ///< of the step
constexpr double roundingLimit = 0.125; ///< of the step: coarser rounding could hide that steps are uneven
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

Status check(const TargetSpec& target, const SamplingSpec& sampling)
{
    if (!std::isfinite(target.quantise) || target.quantise < 0)
        return refused("target.quantise", "the step height must be a number from 0 up");
    if (!std::isfinite(target.noise.std) || target.noise.std < 0)
        return refused("target.noise.std", "the standard deviation of the noise must be a number from 0 up");
    if (!std::isfinite(sampling.to) || !std::isfinite(sampling.to - sampling.from))
        return refused("sampling.to", "the range of x must be finite");
    if (!(sampling.from < sampling.to))
        return refused("sampling.from",
            "the range must start below its end, not run from " + shortest(sampling.from) + " to "
                + shortest(sampling.to));
    if (!findPlacement(sampling.kind))
        return refused("sampling.kind", '"' + sampling.kind + "\" is not known");
    if (sampling.count < 2 || sampling.count > maxCount)
        return refused(
            "sampling.count", "the number of samples must be from 2 to 1000000, not " + std::to_string(sampling.count));
    if (sampling.testCount < 0 || sampling.testCount > maxCount)
        return refused("sampling.test_count",
            "the number of test points must be from 0 to 1000000, not " + std::to_string(sampling.testCount));
    return success();
}

bool allFinite(const std::vector<double>& values)
{
    return std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
}

/// Ascending inputs; samples with equal inputs in the order of their targets, so that the order given does not matter.
void sortByInput(SampleMatrix& inputs, SampleMatrix& targets)
{
    const auto& given = inputs.values;
    if (std::ranges::adjacent_find(given, std::greater_equal<>()) == given.end() || !allFinite(given))
        return; // strictly ascending, or of no use
    std::vector<std::size_t> order(inputs.count);
    std::iota(order.begin(), order.end(), std::size_t(0));
    const auto row = [&](std::size_t i) { return std::span(targets.values).subspan(i * targets.dim, targets.dim); };
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        if (inputs.values[a] != inputs.values[b])
            return inputs.values[a] < inputs.values[b];
        return std::ranges::lexicographical_compare(row(a), row(b));
    });
    SampleMatrix sortedInputs {inputs.count, 1, {}}, sortedTargets {targets.count, targets.dim, {}};
    for (const std::size_t i : order) {
        sortedInputs.values.push_back(inputs.values[i]);
        sortedTargets.values.insert(sortedTargets.values.end(), row(i).begin(), row(i).end());
    }
    inputs = std::move(sortedInputs);
    targets = std::move(sortedTargets);
}

/// How far ascending x are at most from the even steps that fit them best, or some number up to `enough`. Half the
/// spread of x_i - i s is convex in the step s.
double unevenness(const std::vector<double>& x, double step, double enough)
{
    const auto deviation = [&x](double s) {
        double low = 0, high = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double rest = (x[i] - x.front()) - static_cast<double>(i) * s;
            low = std::min(low, rest);
            high = std::max(high, rest);
        }
        return (high - low) / 2;
    };
    double best = deviation(step);
    const double reach = 4 * best / static_cast<double>(x.size() - 1); // beyond, the ends alone are further off
    double from = step - reach, to = step + reach;
    for (int i = 0; i < 60 && best > enough; ++i) {
        const double left = from + (to - from) / 3, right = to - (to - from) / 3;
        const double atLeft = deviation(left), atRight = deviation(right);
        best = std::min({best, atLeft, atRight});
        (atLeft < atRight ? to : from) = atLeft < atRight ? right : left;
    }
    return best;
}

/// One unit of the last decimal digit that any of x has; 0 where decimal digits do not explain them.
double decimalUnit(const std::vector<double>& x)
{
    constexpr int mostDigits = 15;
    constexpr double exact = 9007199254740992.0; // 2^53
    double scale = 1;
    for (int digits = 0; digits <= mostDigits; ++digits, scale *= 10) {
        const bool all = std::ranges::all_of(x, [scale](double value) {
            const double scaled = value * scale;
            return std::abs(scaled) < exact / 8
                && std::abs(scaled - std::nearbyint(scaled))
                <= 4 * std::numeric_limits<double>::epsilon() * std::abs(scaled);
        });
        if (all)
            return 1 / scale;
    }
    return 0;
}

/// What rounding explains of uneven steps: half a unit of the last decimal digit or of single precision, as long as the
/// step is much larger.
double roundingOf(const std::vector<double>& x, double step)
{
    const double single = std::max(std::abs(x.front()), std::abs(x.back())) * 0x1p-24;
    double allowed = evenTolerance * step;
    for (const double half : {decimalUnit(x) / 2, single})
        if (half <= roundingLimit * step)
            allowed = std::max(allowed, half * (1 + evenTolerance));
    return allowed;
}

/// Targets at x. `clean`, if given, receives them without noise.
Result<SampleMatrix> targetsAt(const Formula& formula, const TargetSpec& target, const std::vector<double>& x,
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
        const double disturbance = target.noise.std > 0 ? target.noise.std * noise.normal() : 0;
        y.values[i]
            = target.noise.where == "before" ? quantise(f0 + disturbance, target.quantise) : plain + disturbance;
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

Result<Dataset> makeDataset(const TargetSpec& target, const SamplingSpec& sampling, std::uint64_t seed)
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
    const Placement& placement = *findPlacement(sampling.kind);
    if (!placement.mayCoincide && std::adjacent_find(x.begin(), x.end(), std::greater_equal<>()) != x.end())
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
    data.even = placement.even;
    if (data.even)
        data.spacing = (sampling.to - sampling.from) / (sampling.endpoint ? sampling.count - 1 : sampling.count);
    return data;
}

void averageDuplicates(SampleMatrix& inputs, SampleMatrix& targets)
{
    assert(inputs.dim == 1 && inputs.count == targets.count);
    sortByInput(inputs, targets);
    SampleMatrix x {0, 1, {}}, y {0, targets.dim, {}};
    for (std::size_t first = 0, last = 0; first < inputs.count; first = last) {
        while (last < inputs.count && inputs.values[last] == inputs.values[first])
            ++last;
        x.values.push_back(inputs.values[first]);
        for (std::size_t j = 0; j < targets.dim; ++j) {
            double sum = 0;
            for (std::size_t i = first; i < last; ++i)
                sum += targets(i, j);
            y.values.push_back(sum / static_cast<double>(last - first));
        }
        x.count = ++y.count;
    }
    inputs = std::move(x);
    targets = std::move(y);
}

Dataset makeDataset(SampleMatrix inputs, SampleMatrix targets)
{
    assert(inputs.count == targets.count);
    Dataset data;
    if (inputs.dim == 1)
        sortByInput(inputs, targets);
    data.trainInputs = std::move(inputs);
    data.trainTargets = std::move(targets);
    const auto& x = data.trainInputs.values;
    if (data.trainInputs.dim != 1 || x.size() < 2)
        return data;
    const double step = (x.back() - x.front()) / static_cast<double>(x.size() - 1);
    data.smallestStep = step;
    for (std::size_t i = 1; i < x.size(); ++i) {
        data.duplicates += x[i] == x[i - 1] ? 1 : 0;
        data.smallestStep = std::min(data.smallestStep, x[i] - x[i - 1]);
        data.largestStep = std::max(data.largestStep, x[i] - x[i - 1]);
    }
    if (!(step > 0) || !std::isfinite(step) || !allFinite(x) || data.duplicates > 0)
        return data;
    data.rounded = !(unevenness(x, step, evenTolerance * step) <= evenTolerance * step);
    const double allowed = data.rounded ? roundingOf(x, step) : 0;
    data.even = !data.rounded || unevenness(x, step, allowed) <= allowed;
    data.rounded = data.rounded && data.even;
    if (data.even)
        data.spacing = step;
    return data;
}

} // namespace fplab
