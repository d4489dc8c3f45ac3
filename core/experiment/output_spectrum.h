#pragma once

#include "core/run/channel.h"
#include "core/spectral/dft.h"
#include "core/spectral/points/nudft.h"

#include <complex>
#include <optional>
#include <span>
#include <vector>

namespace fplab {

/// The spectrum channel of an experiment whose output is a curve over x: DFT at even points, NUDFT elsewhere. Bins
/// k = 0 .. min(n / 2, highest), at the frequencies k / (length of the range).
class OutputSpectrum {
public:
    /// x: ascending where `even`. `spacing` is the step between even points.
    OutputSpectrum(std::span<const double> x, bool even, double spacing, int highest);

    /// The channel, with the spectrum of the target as reference.
    [[nodiscard]] Channel channel(std::span<const double> target);
    /// A sample of the channel: all real parts, then all imaginary parts. values: one per x.
    [[nodiscard]] std::vector<double> sample(std::span<const double> values);

private:
    std::vector<double> m_frequency;
    std::optional<Dft> m_dft;
    std::optional<Nudft> m_nudft;
    std::vector<std::complex<double>> m_coefficients;
};

} // namespace fplab
