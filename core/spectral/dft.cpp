#include "core/spectral/dft.h"

#include "core/spectral/fftw_plan.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace fplab {

struct Dft::Impl {
    explicit Impl(std::size_t size)
        : n(size)
        , real(fftw::allocate<double>(n))
        , complex(fftw::allocate<fftw_complex>(n / 2 + 1))
    {
        const std::lock_guard lock(fftw::plannerMutex());
        const int count = static_cast<int>(n);
        // FFTW_ESTIMATE measures nothing, so the same length always gives the same plan and the same bits.
        toComplex.reset(fftw_plan_dft_r2c_1d(count, real.get(), complex.get(), FFTW_ESTIMATE));
        toReal.reset(fftw_plan_dft_c2r_1d(count, complex.get(), real.get(), FFTW_ESTIMATE));
        assert(toComplex && toReal);
    }

    std::size_t n;
    fftw::Buffer<double> real;
    fftw::Buffer<fftw_complex> complex;
    fftw::Plan toComplex, toReal; ///< work on the buffers above, which toReal destroys
};

Dft::Dft(std::size_t n)
    : m_impl(std::make_unique<Impl>(n))
{
}

Dft::~Dft() = default;
Dft::Dft(Dft&&) noexcept = default;
Dft& Dft::operator=(Dft&&) noexcept = default;

std::size_t Dft::size() const { return m_impl->n; }

std::size_t Dft::bins() const { return m_impl->n / 2 + 1; }

void Dft::forward(std::span<const double> y, std::span<std::complex<double>> F)
{
    assert(y.size() == size() && F.size() == bins());
    std::copy(y.begin(), y.end(), m_impl->real.get());
    fftw_execute(m_impl->toComplex.get());
    const double n = static_cast<double>(m_impl->n);
    for (std::size_t k = 0; k < F.size(); ++k)
        F[k] = {m_impl->complex[k][0] / n, m_impl->complex[k][1] / n};
}

void Dft::inverse(std::span<const std::complex<double>> F, std::span<double> y)
{
    assert(y.size() == size() && F.size() == bins());
    for (std::size_t k = 0; k < F.size(); ++k) {
        m_impl->complex[k][0] = F[k].real();
        m_impl->complex[k][1] = F[k].imag();
    }
    fftw_execute(m_impl->toReal.get());
    std::copy_n(m_impl->real.get(), y.size(), y.begin());
}

std::vector<std::complex<double>> dft(std::span<const double> y)
{
    Dft transform(y.size());
    std::vector<std::complex<double>> F(transform.bins());
    transform.forward(y, F);
    return F;
}

Nudft::Nudft(std::span<const double> x, std::span<const double> frequencies)
    : m_points(x.size())
    , m_bins(frequencies.size())
    , m_cos(m_points * m_bins)
    , m_sin(m_points * m_bins)
{
    for (std::size_t k = 0; k < m_bins; ++k) {
        for (std::size_t i = 0; i < m_points; ++i) {
            const double cycles = frequencies[k] * x[i];
            const double phase = 2 * std::numbers::pi * (cycles - std::nearbyint(cycles)); // whole turns cost digits
            m_cos[k * m_points + i] = std::cos(phase);
            m_sin[k * m_points + i] = std::sin(phase);
        }
    }
}

void Nudft::forward(std::span<const double> y, std::span<std::complex<double>> F) const
{
    assert(y.size() == m_points && F.size() == m_bins);
    const double n = static_cast<double>(m_points);
    for (std::size_t k = 0; k < m_bins; ++k) {
        const double* cosines = m_cos.data() + k * m_points;
        const double* sines = m_sin.data() + k * m_points;
        double re = 0, im = 0;
        for (std::size_t i = 0; i < m_points; ++i) {
            re += y[i] * cosines[i];
            im -= y[i] * sines[i];
        }
        F[k] = {re / n, im / n};
    }
}

} // namespace fplab
