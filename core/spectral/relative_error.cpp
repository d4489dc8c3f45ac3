#include "core/spectral/relative_error.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace fplab {

std::vector<bool> meaningfulBins(std::span<const std::complex<double>> target)
{
    double largest = 0;
    for (const auto& f : target) {
        if (const double amplitude = std::abs(f); std::isfinite(amplitude))
            largest = std::max(largest, amplitude);
    }
    std::vector<bool> meaningful(target.size());
    for (std::size_t k = 0; k < target.size(); ++k) {
        const double amplitude = std::abs(target[k]);
        meaningful[k] = std::isfinite(amplitude) && amplitude > 0 && amplitude >= meaningfulFraction * largest;
    }
    return meaningful;
}

double relativeError(std::complex<double> output, std::complex<double> target, Metric metric)
{
    const double amplitude = std::abs(target);
    const double difference
        = metric == Metric::Complex ? std::abs(output - target) : std::abs(std::abs(output) - amplitude);
    const double error = difference / amplitude;
    return std::isfinite(error) ? error : std::numeric_limits<double>::quiet_NaN();
}

std::vector<double> relativeError(
    std::span<const std::complex<double>> output, std::span<const std::complex<double>> target, Metric metric)
{
    assert(output.size() == target.size());
    const auto meaningful = meaningfulBins(target);
    std::vector<double> errors(target.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t k = 0; k < target.size(); ++k)
        if (meaningful[k])
            errors[k] = relativeError(output[k], target[k], metric);
    return errors;
}

std::vector<double> relativeError(std::span<const double> output, std::span<const double> target, Metric metric)
{
    assert(output.size() == target.size() && target.size() % 2 == 0);
    const std::size_t bins = target.size() / 2;
    std::vector<std::complex<double>> h(bins), f(bins);
    for (std::size_t k = 0; k < bins; ++k) {
        h[k] = {output[k], output[bins + k]};
        f[k] = {target[k], target[bins + k]};
    }
    return relativeError(h, f, metric);
}

} // namespace fplab
