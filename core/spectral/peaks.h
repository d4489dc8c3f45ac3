#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace fplab {

/// The peaks followed when nobody chooses: local maxima of |F| (no end points, no DC) with
/// |F_k| > 1.25 max(|F_{k-1}|, |F_{k+1}|) and |F_k| >= 0.05 max |F|; the `limit` lowest frequencies of those.
/// Bin 1 counts as a local maximum against bin 2 alone when it dominates DC's neighbourhood (|F_1| > 1.25 |F_2|).
[[nodiscard]] std::vector<std::size_t> findPeaks(std::span<const double> amplitudes, std::size_t limit = 6);

/// The local maximum nearest to `bin` within `reach` bins; `bin` itself if there is none.
[[nodiscard]] std::size_t snapToPeak(std::span<const double> amplitudes, std::size_t bin, std::size_t reach);

} // namespace fplab
