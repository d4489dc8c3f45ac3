#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace fplab {

/// The peaks followed when nobody chooses: local maxima of |F| (no end points, no DC) with
/// |F_k| > 1.25 max(|F_{k-1}|, |F_{k+1}|) and |F_k| >= 0.05 max |F| (DC left out); the `limit` lowest frequencies of
/// those. Bin 1 is compared with bin 2 alone, since the mean of a target says nothing about its frequencies.
[[nodiscard]] std::vector<std::size_t> findPeaks(std::span<const double> amplitudes, std::size_t limit = 6);

/// All bins that are larger than their neighbours, compared as above, however small.
[[nodiscard]] std::vector<std::size_t> localMaxima(std::span<const double> amplitudes);

/// The local maximum nearest to `bin` within `reach` bins, the larger one of two as near; `bin` itself if there is
/// none.
[[nodiscard]] std::size_t snapToPeak(std::span<const double> amplitudes, std::size_t bin, std::size_t reach);

} // namespace fplab
