#pragma once

#include "core/spectral/line_vector.h"

#include <cstddef>
#include <span>
#include <vector>

namespace fplab {

/// The low part of samples at points in any number of dimensions, and what is left as their high part (S1 Eqs. 4-9):
///     y_i^low = sum_j y_j G_ij / sum_j G_ij,  G_ij = exp(-|x_i - x_j|^2 / (2 delta)),  y_i^high = y_i - y_i^low;
/// delta is the variance of the Gaussian, in squared units of x, and the sums include j = i. Many deltas at once.
///
/// Squared distances are made once, and kept in single precision as far as a budget of memory goes; the others are made
/// anew in each call, to the same numbers. Points are taken in double precision up to fineDimension, in single
/// precision above. Sums are in single precision, of y less its mean: low parts are within about 1e-6 (largest y -
/// smallest y), and a constant is reproduced as it is.
///
/// A call takes about n^2 / 2 exponentials and n^2 outputs multiplications for each delta, on the calling thread.
/// Several threads may call at the same time.
class GaussianFilter {
public:
    static constexpr std::size_t fineDimension = 32;

    /// x: for each point a row of `dimension` numbers, finite; at least one point. deltas > 0. `budget` in bytes: all
    /// distances take about 2 n^2. Takes as long as a call and the distances, n^2 / 2 times `dimension`.
    GaussianFilter(
        std::span<const double> x, std::size_t dimension, std::span<const double> deltas, std::size_t budget);

    [[nodiscard]] std::size_t points() const { return m_points; }
    [[nodiscard]] std::size_t deltas() const { return m_scales.size(); }

    /// The low part of y, which has for each point a row with a number for each output: as many numbers for each delta,
    /// one delta after the other. NaN for an output of which a number is not finite.
    [[nodiscard]] std::vector<double> low(std::span<const double> y) const;

    /// l2 norms of the two parts, over points and outputs.
    struct Norms {
        double low = 0, high = 0;
    };
    /// For each delta. y as for low().
    [[nodiscard]] std::vector<Norms> norms(std::span<const double> y) const;

private:
    /// The squared distances of the points of panel `band` from those of a tile that begins at panel `first`, in units
    /// of m_unit^2. `room` is for those that are not kept.
    [[nodiscard]] const float* squared(std::size_t band, std::size_t first, float* room) const;
    void measure(std::size_t band, std::size_t first, float* out) const;
    [[nodiscard]] std::size_t panelsOfTile(std::size_t first) const;
    /// sum_j y_j G_ij for each delta; y and the sums in groups of samples.
    [[nodiscard]] std::vector<std::vector<double>> weightedSums(const LineVector<float>& y, std::size_t outputs) const;

    std::size_t m_points, m_dimension, m_panels;
    double m_unit = 1; ///< the points are centred and scaled by it
    LineVector<double> m_fine; ///< (panels, dimension, points of a panel), or empty
    LineVector<float> m_coarse; ///< the same in single precision, or empty
    std::vector<float> m_scales; ///< of gaussians(), one per delta
    std::size_t m_bandsKept = 0;
    LineVector<float> m_squared; ///< the tiles of the bands that are kept: panel 0 against 0, 1 ..., 1 against 1, 2 ...
    std::vector<std::vector<double>> m_weights; ///< sum_j G_ij for each delta
};

/// e_low and e_high (S1 Eqs. 6, 7) for each delta: the norms of output - target over those of the target, as the filter
/// is linear. NaN where that part of the target is below meaningfulFraction of the other one.
[[nodiscard]] std::vector<GaussianFilter::Norms> filteredErrors(
    std::span<const GaussianFilter::Norms> difference, std::span<const GaussianFilter::Norms> target);

} // namespace fplab
