#pragma once

#include "core/analysis/analysis_spec.h"
#include "core/fourier/dft.h"
#include "core/run/channel.h"
#include "core/spectral/nudft.h"

#include <complex>
#include <optional>
#include <span>
#include <vector>

namespace fplab {

/// The spectrum channel of an experiment whose output is a curve over x: DFT at even points, NUDFT elsewhere. Bins
/// k = 0, 1, ... up to n / 2 at most, at the frequencies k / (length of the range).
class OutputSpectrum {
public:
    /// What is known of the target whose output is followed.
    struct Target {
        std::span<const double> values; ///< one per x
        double noise = 0; ///< standard deviation of normal noise in the values, as far as known
        double rms = 0; ///< of the function behind the values, where it may be larger than theirs
        double rounding = 0; ///< how far rounding may have moved each value, where that is known
    };

    /// x: ascending, with the step `spacing` where `even`. Without analysis.maxK bins are recorded as far as the target
    /// has lines and a quarter further, at least 40 and at most 2000, and up to each of analysis.peaks.
    OutputSpectrum(
        std::span<const double> x, bool even, double spacing, const Target& target, const AnalysisSpec& analysis);

    /// The channel, with the spectrum and the lines of the target. A line is larger than rounding (1e-9 of the rms, or
    /// what is known), than known noise and, at uneven points, than what they scatter of other frequencies.
    [[nodiscard]] const Channel& channel() const { return m_channel; }
    /// A sample of the channel: all real parts, then all imaginary parts. values: one per x.
    [[nodiscard]] std::vector<double> sample(std::span<const double> values);

private:
    void transform(std::span<const double> values);

    Channel m_channel;
    std::optional<Dft> m_dft;
    std::optional<Nudft> m_nudft;
    std::vector<std::complex<double>> m_coefficients; ///< of the last transform
};

} // namespace fplab
