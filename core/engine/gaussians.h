#pragma once

namespace fplab {

// Sums weighted by Gaussians of the distance between two points. The points stand in panels, the last one filled up
// with zeros. A tile is a panel of rows against up to tileColumns points, whole panels: (panelPoints, columns), its
// rows `tileStride` numbers apart. Sums are in parts: all of them together are the sum. Arrays begin on cache lines and
// may not overlap.

inline constexpr long panelPoints = 64;
inline constexpr long tileColumns = 256;
inline constexpr long tileStride = tileColumns + 16; ///< not a multiple of 1 KiB: rows on different cache lines
inline constexpr long sampleGroup = 16; ///< samples y of one or more outputs are (groups, outputs, sampleGroup)

/// |a - b|^2 for the points a of one panel and b of another, each (dimension, panelPoints): (panelPoints, panelPoints),
/// the rows `stride` numbers apart. Taken from the differences: exact 0 for equal points, nothing cancels.
void squaredDistances(const float* a, const float* b, long dimension, float* out, long stride);
void squaredDistances(const double* a, const double* b, long dimension, float* out, long stride);

/// The tile 2^(-scale squared) of squared distances whose rows are `columns` numbers apart; 0 <= scale, finite.
/// Relative error 2e-7 + 6e-8 scale squared; below 2^-126 it stays there.
void gaussians(const float* squared, float scale, long columns, float* tile);

/// sums(i, o) += sum_j tile(i, j) y(j, o) for each row i; sums: (panelPoints, outputs, sampleGroup parts).
void addOverColumns(const float* tile, long columns, const float* y, long outputs, float* sums);

/// sums(j, o) += sum_i tile(i, j) y(i, o) for each column j; sums: as y, one part.
void addOverRows(const float* tile, long columns, const float* y, long outputs, float* sums);

} // namespace fplab
