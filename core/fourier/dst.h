#pragma once

#include <cstddef>
#include <memory>
#include <span>

namespace fplab {

/// Sine modes of values on n intervals with zero ends: e_i = sum_{j=1}^{n-1} c_j sin(j pi i / n), i = 1 .. n-1, by
/// FFTW. One plan per object; an object is used by one thread at a time, making them is thread-safe.
class Dst {
public:
    explicit Dst(std::size_t n); ///< n >= 2
    ~Dst();
    Dst(Dst&&) noexcept;
    Dst& operator=(Dst&&) noexcept;

    [[nodiscard]] std::size_t modes() const; ///< n - 1
    /// e: the n - 1 inner values; c: modes() amplitudes, c[j - 1] of mode j.
    void forward(std::span<const double> e, std::span<double> c);
    void inverse(std::span<const double> c, std::span<double> e);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace fplab
