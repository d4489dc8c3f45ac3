#pragma once

#include <complex>
#include <memory>
#include <span>
#include <vector>

namespace fplab {

/// F_k = (1/n) sum_i y_i exp(-2 pi i k i / n) for k = 0 .. n/2 (the rest is the conjugate mirror), by FFTW.
/// One plan per length, made once and reused. Objects are used by one thread at a time; making them is thread-safe.
class Dft {
public:
    explicit Dft(std::size_t n); ///< n >= 1
    ~Dft();
    Dft(Dft&&) noexcept;
    Dft& operator=(Dft&&) noexcept;

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::size_t bins() const; ///< n/2 + 1
    /// y: n values; F: bins() values.
    void forward(std::span<const double> y, std::span<std::complex<double>> F);
    /// The inverse of forward: y_i = sum_k F_k exp(+2 pi i k i / n) over all n bins, the upper half being the mirror.
    void inverse(std::span<const std::complex<double>> F, std::span<double> y);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Convenience for one transform.
[[nodiscard]] std::vector<std::complex<double>> dft(std::span<const double> y);

} // namespace fplab
