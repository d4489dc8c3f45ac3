#include "core/spectral/peaks.h"

#include <algorithm>

namespace fplab {

namespace {

constexpr double contrast = 1.25; ///< a followed peak over its neighbours
constexpr double prominence = 0.05; ///< of the largest amplitude

/// The larger neighbour of bin k, 1 <= k < size - 1. DC is not compared: its size says nothing about bin 1.
double neighbour(std::span<const double> amplitudes, std::size_t k)
{
    return k == 1 ? amplitudes[2] : std::max(amplitudes[k - 1], amplitudes[k + 1]);
}

bool isMaximum(std::span<const double> amplitudes, std::size_t k)
{
    return k >= 1 && k + 1 < amplitudes.size() && amplitudes[k] > neighbour(amplitudes, k);
}

} // namespace

std::vector<std::size_t> findPeaks(std::span<const double> amplitudes, std::size_t limit)
{
    std::vector<std::size_t> peaks;
    if (amplitudes.size() < 3)
        return peaks;
    const double floor = prominence * *std::max_element(amplitudes.begin() + 1, amplitudes.end());
    for (std::size_t k = 1; k + 1 < amplitudes.size() && peaks.size() < limit; ++k) {
        if (amplitudes[k] > contrast * neighbour(amplitudes, k) && amplitudes[k] >= floor)
            peaks.push_back(k);
    }
    return peaks;
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
