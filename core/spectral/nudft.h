#pragma once

#include "core/spectral/line_vector.h"

#include <complex>
#include <span>
#include <vector>

namespace fplab {

/// NUDFT F_k = (1/n) sum_i y_i exp(-2 pi i k x_i) at any real frequencies k, in cycles per unit of x, of one or more
/// outputs y at the same points (S1 Eq. 3; in many dimensions x_i is the projection p . x_i on a direction p).
///
/// Waves that take little memory are kept in tables. More are made anew in each call, in blocks of points: at evenly
/// spaced frequencies by turning the wave before, from an exact one every few steps, else each by itself. Errors are
/// below 1e-14 of the mean |y|, plus |k x| 1e-15 where waves are turned or the processor has no fused multiply-add. The
/// order of summation is fixed. forward() may be called in several threads.
class Nudft {
public:
    static constexpr std::size_t tableBytes = std::size_t(4) << 20; ///< of the largest tables

    Nudft(std::span<const double> x, std::span<const double> frequencies); ///< |k x| < 2^50; at least one point
    /// y: for each point a row with a number for each output; F: bins() numbers for each output, output after output.
    void forward(std::span<const double> y, std::span<std::complex<double>> F) const;
    [[nodiscard]] std::size_t bins() const { return m_frequencies.size(); }

private:
    enum class Waves { Tables, Turned, Direct };

    std::size_t m_points;
    std::vector<double> m_frequencies;
    LineVector<double> m_x; ///< zeros after the points, up to whole groups
    Waves m_waves = Waves::Tables;
    LineVector<double> m_tables; ///< the wave of each frequency
    double m_step = 0; ///< between the frequencies, where the waves are turned
};

} // namespace fplab
