#include "core/spectral/peaks.h"

#include <algorithm>

namespace fplab {

namespace {

constexpr double contrast = 1.25; ///< of a peak over what lies between it and a larger one
constexpr double alike = 1 / contrast; ///< bins that differ by less are as large
constexpr double apart = 0.25; ///< what lies behind a tone at a bin; behind one between two bins lies a third

/// The larger neighbour of bin k, 1 <= k < size - 1. DC is not compared: its size says nothing about bin 1.
double neighbour(std::span<const double> amplitudes, std::size_t k)
{
    return k == 1 ? amplitudes[2] : std::max(amplitudes[k - 1], amplitudes[k + 1]);
}

bool isMaximum(std::span<const double> amplitudes, std::size_t k)
{
    return k >= 1 && k + 1 < amplitudes.size() && amplitudes[k] > neighbour(amplitudes, k);
}

enum class Side { Falls, Rises, Ends };

/// What comes first on the way from bin k in steps of `by` (1 or -1): an amplitude less than that of k by the contrast,
/// a larger one (a lower bin as large counts as larger), or the end.
Side side(std::span<const double> amplitudes, std::size_t k, int by)
{
    const auto size = static_cast<std::ptrdiff_t>(amplitudes.size());
    for (auto i = static_cast<std::ptrdiff_t>(k) + by; i >= 1 && i < size; i += by) {
        const double other = amplitudes[static_cast<std::size_t>(i)];
        if (contrast * other < amplitudes[k])
            return Side::Falls;
        if (other > amplitudes[k] || (other == amplitudes[k] && by < 0))
            return Side::Rises;
    }
    return Side::Ends;
}

/// The bins around a peak that are as large, if they are tones of their own: on both sides of them the amplitude falls
/// to less than a quarter, while of one tone between two bins a third lies behind one of them.
std::vector<std::size_t> equalsOf(std::span<const double> amplitudes, std::size_t peak)
{
    const double size = amplitudes[peak];
    std::size_t first = peak, last = peak;
    while (first > 1 && amplitudes[first - 1] >= alike * size)
        --first;
    while (last + 1 < amplitudes.size() && amplitudes[last + 1] >= alike * size)
        ++last;
    const bool below = first == 1 || amplitudes[first - 1] < apart * size;
    const bool above = last + 1 == amplitudes.size() || amplitudes[last + 1] < apart * size;
    std::vector<std::size_t> bins;
    for (std::size_t k = first; k <= last && below && above; ++k)
        if (k != peak)
            bins.push_back(k);
    return bins;
}

} // namespace

std::vector<std::size_t> spectralLines(std::span<const double> amplitudes, double floor)
{
    std::vector<std::size_t> lines;
    if (amplitudes.size() < 2)
        return lines;
    const double largest = *std::max_element(amplitudes.begin() + 1, amplitudes.end());
    const auto loud = [&](std::size_t k) { return amplitudes[k] >= peakProminence * largest && amplitudes[k] > floor; };
    for (std::size_t k = 1; k < amplitudes.size(); ++k) {
        if (!loud(k))
            continue;
        const Side below = side(amplitudes, k, -1), above = side(amplitudes, k, 1);
        if (below != Side::Rises && above != Side::Rises && (below == Side::Falls || above == Side::Falls))
            lines.push_back(k);
    }
    for (std::size_t i = 0, peaks = lines.size(); i < peaks; ++i)
        for (const std::size_t k : equalsOf(amplitudes, lines[i]))
            if (loud(k) && std::find(lines.begin(), lines.end(), k) == lines.end())
                lines.push_back(k);
    std::sort(lines.begin(), lines.end(), [&](std::size_t a, std::size_t b) {
        return amplitudes[a] != amplitudes[b] ? amplitudes[a] > amplitudes[b] : a < b;
    });
    return lines;
}

std::vector<std::size_t> localMaxima(std::span<const double> amplitudes)
{
    std::vector<std::size_t> bins;
    for (std::size_t k = 1; k + 1 < amplitudes.size(); ++k) {
        if (isMaximum(amplitudes, k))
            bins.push_back(k);
    }
    return bins;
}

std::size_t snapToPeak(std::span<const double> amplitudes, std::size_t bin, std::size_t reach)
{
    if (isMaximum(amplitudes, bin))
        return bin;
    for (std::size_t distance = 1; distance <= reach; ++distance) {
        const bool below = distance <= bin && isMaximum(amplitudes, bin - distance);
        const bool above = isMaximum(amplitudes, bin + distance);
        if (below && above)
            return amplitudes[bin - distance] >= amplitudes[bin + distance] ? bin - distance : bin + distance;
        if (below || above)
            return below ? bin - distance : bin + distance;
    }
    return bin;
}

} // namespace fplab
