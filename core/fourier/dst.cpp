#include "core/fourier/dst.h"

#include "core/fourier/fftw_plan.h"

#include <algorithm>
#include <cassert>

namespace fplab {

struct Dst::Impl {
    explicit Impl(std::size_t n)
        : modes(n - 1)
        , in(fftw::allocate<double>(modes))
        , out(fftw::allocate<double>(modes))
    {
        const std::lock_guard lock(fftw::plannerMutex());
        plan.reset(fftw_plan_r2r_1d(static_cast<int>(modes), in.get(), out.get(), FFTW_RODFT00, FFTW_ESTIMATE));
        assert(plan);
    }
    /// to_k = scale 2 sum_i from_i sin(pi i k / n)
    void transform(std::span<const double> from, std::span<double> to, double scale)
    {
        assert(from.size() == modes && to.size() == modes);
        std::copy(from.begin(), from.end(), in.get());
        fftw_execute(plan.get());
        for (std::size_t k = 0; k < modes; ++k)
            to[k] = scale * out[k];
    }

    std::size_t modes;
    fftw::Buffer<double> in, out;
    fftw::Plan plan;
};

Dst::Dst(std::size_t n)
    : m_impl(std::make_unique<Impl>(n))
{
}

Dst::~Dst() = default;
Dst::Dst(Dst&&) noexcept = default;
Dst& Dst::operator=(Dst&&) noexcept = default;

std::size_t Dst::modes() const { return m_impl->modes; }

void Dst::forward(std::span<const double> e, std::span<double> c)
{
    m_impl->transform(e, c, 1 / static_cast<double>(m_impl->modes + 1));
}

void Dst::inverse(std::span<const double> c, std::span<double> e) { m_impl->transform(c, e, 0.5); }

} // namespace fplab
