#include "core/signal/aliasing.h"

#include "core/fourier/dft.h"
#include "core/spectral/peaks.h"

#include <algorithm>
#include <cmath>

namespace fplab {

namespace {

constexpr std::size_t finest = 16; ///< points of the finer grid for each sample
constexpr std::size_t mostPoints = 1u << 19;
constexpr double sameSize = 0.2; ///< amplitudes of one line on two grids differ by less, as a fraction

/// |F_k| of the function at `points` even points of the range; empty where it is not finite.
std::vector<double> amplitudesOf(const Formula& function, double from, double length, std::size_t points)
{
    std::vector<double> x(points), y(points);
    for (std::size_t i = 0; i < points; ++i)
        x[i] = from + length * (static_cast<double>(i) / static_cast<double>(points));
    if (!function.evaluate(x, y))
        return {};
    std::vector<double> out;
    for (const auto& F : dft(y))
        out.push_back(std::abs(F));
    return out;
}

/// Parseval for a real function: all bins but the first (and for an even number of points the last) stand for two.
double rmsOf(const std::vector<double>& amplitudes, std::size_t points)
{
    double sum = 0;
    for (std::size_t k = 0; k < amplitudes.size(); ++k)
        sum += (k > 0 && 2 * k < points ? 2 : 1) * amplitudes[k] * amplitudes[k];
    return std::sqrt(sum);
}

/// Whether the line k of one grid stands in the other too.
bool stands(std::size_t k, const std::vector<double>& in, const std::vector<double>& other)
{
    return k < other.size() && std::abs(other[k] - in[k]) <= sameSize * in[k];
}

} // namespace

FinerGrid lookFiner(const Formula& function, double from, double spacing, std::size_t n)
{
    FinerGrid out;
    const std::size_t factor = std::min(finest, mostPoints / std::max<std::size_t>(n, 1));
    if (n < 2 || factor < 4)
        return out;
    // A line that is a frequency of the function stands at the same bin of both grids; what is folded does not.
    const std::size_t points = factor * n, others = factor * n - n / 2 - 1;
    const double length = spacing * static_cast<double>(n);
    const auto amplitudes = amplitudesOf(function, from, length, points);
    const auto check = amplitudesOf(function, from, length, others);
    if (amplitudes.empty() || check.empty())
        return out;
    out.rms = std::max(rmsOf(amplitudes, points), rmsOf(check, others));
    for (const std::size_t k : spectralLines(amplitudes, 1e-9 * out.rms)) {
        if (!stands(k, amplitudes, check)) {
            out.faster = true;
        } else if (2 * k >= n) {
            const std::size_t folded = k % n;
            out.aliases.push_back({k, std::min(folded, n - folded), amplitudes[k]});
        }
    }
    for (const std::size_t k : spectralLines(check, 1e-9 * out.rms)) // what the first grid is blind for
        out.faster = out.faster || !stands(k, check, amplitudes);
    return out;
}

} // namespace fplab
