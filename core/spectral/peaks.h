#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace fplab {

/// A peak must be at least this fraction of the largest amplitude.
inline constexpr double peakProminence = 0.05;
/// So many peaks are followed when nobody chooses.
inline constexpr std::size_t mostPeaks = 12;

/// The frequencies that stand out of a spectrum, the largest first (of two as large, the lower): bins k >= 1 with
/// |F_k| >= 0.05 max |F| (DC left out), larger than `floor`, whose amplitude falls to less than |F_k| / 1.25 on both
/// sides before a larger one comes (on one side where the other ends before). So a peak that is 1.25 times its
/// neighbours is one, and of a tone between two bins the larger bin. The bins around it that are as large are tones of
/// their own, if the amplitude falls to less than a quarter on both sides of them: behind one tone between two bins a
/// third is left. Bin 1 has no neighbour below, since the mean of a target says nothing about its frequencies; the last
/// bin has none above.
[[nodiscard]] std::vector<std::size_t> spectralLines(std::span<const double> amplitudes, double floor = 0);

/// All bins that are larger than their neighbours, compared as above, however small.
[[nodiscard]] std::vector<std::size_t> localMaxima(std::span<const double> amplitudes);

/// The local maximum nearest to `bin` within `reach` bins, the larger one of two as near; `bin` itself if there is
/// none.
[[nodiscard]] std::size_t snapToPeak(std::span<const double> amplitudes, std::size_t bin, std::size_t reach);

} // namespace fplab
