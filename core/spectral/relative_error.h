#pragma once

#include <complex>
#include <span>
#include <vector>

namespace fplab {

/// How two spectra are compared.
enum class Metric {
    Complex, ///< |h^ - f^| / |f^|: the papers' definition
    Amplitude, ///< | |h^| - |f^| | / |f^|: what the authors' code plots
};

/// Bins whose target amplitude is below this fraction of the largest are "not meaningful".
inline constexpr double meaningfulFraction = 1e-6;

/// meaningful[k] is false where Delta_F would be a division by (nearly) nothing.
[[nodiscard]] std::vector<bool> meaningfulBins(std::span<const std::complex<double>> target);

/// Delta_F of a meaningful bin; NaN (never inf) where the output is not finite.
[[nodiscard]] double relativeError(std::complex<double> output, std::complex<double> target, Metric metric);

/// Delta_F(k); NaN (never inf) where the bin is not meaningful. A non-finite output gives NaN too.
[[nodiscard]] std::vector<double> relativeError(
    std::span<const std::complex<double>> output, std::span<const std::complex<double>> target, Metric metric);
/// The same for spectra in the record layout: all real parts, then all imaginary parts.
[[nodiscard]] std::vector<double> relativeError(
    std::span<const double> output, std::span<const double> target, Metric metric);

} // namespace fplab
