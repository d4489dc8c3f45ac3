#include "core/fourier/dft.h"

#include "core/fourier/fftw_plan.h"

#include <algorithm>
#include <cassert>

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

} // namespace fplab
