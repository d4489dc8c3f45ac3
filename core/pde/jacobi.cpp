#include "core/engine/stencil.h"
#include "core/pde/solvers.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace fplab {

namespace {

constexpr long margin = 2 * stencilReach; ///< room for reflected values on each side

/// n + 1 values with ghosts on both sides.
class Padded {
public:
    explicit Padded(std::size_t n)
        : m_values(n + 1 + 2 * margin, 0.0)
    {
    }
    [[nodiscard]] double* data() { return m_values.data() + margin; }
    [[nodiscard]] const double* data() const { return m_values.data() + margin; }
    /// Zero ends, and odd continuation beyond them: there a sweep does the same as inside.
    void reflect()
    {
        const long n = static_cast<long>(m_values.size()) - 1 - 2 * margin;
        double* w = data();
        w[0] = w[n] = 0;
        for (long m = 1; m <= margin; ++m) {
            w[-m] = -w[m];
            w[n + m] = -w[n - m];
        }
    }
    void swap(Padded& other) noexcept { m_values.swap(other.m_values); }

private:
    std::vector<double> m_values;
};

/// Coefficients of A^sweeps for A = (1 - omega) I + omega (left + right) / 2: the middle one, then those of each pair.
std::array<double, stencilReach + 1> power(double omega, long sweeps, long step)
{
    const long reach = stencilReach * step;
    std::vector<double> c(2 * reach + 3, 0.0), next(c.size(), 0.0); // entry 1 + reach is the middle
    c[1 + reach] = 1;
    for (long s = 0; s < sweeps; ++s) {
        for (long i = 1; i <= 2 * reach + 1; ++i)
            next[i] = (1 - omega) * c[i] + omega / 2 * (c[i - 1] + c[i + 1]);
        c.swap(next);
    }
    std::array<double, stencilReach + 1> out {};
    for (long m = 0; m <= stencilReach; ++m)
        out[static_cast<std::size_t>(m)] = c[1 + reach + m * step];
    return out;
}

/// Works on w = u - (the line through the ends), which a sweep maps like u, with zero ends. The state at a multiple of
/// the pass length is always reached by whole passes, so how the sweeps are grouped into calls changes no bit; between
/// two such states single sweeps go on from the lower one.
class Jacobi final : public GridSolver {
public:
    Jacobi(const PoissonProblem& problem, std::vector<double> initial, double omega)
        : m_n(static_cast<long>(problem.grid.n))
        , m_omega(omega)
        , m_step(omega == 1 ? 2 : 1)
        , m_pass(m_n > margin ? stencilReach * m_step : 0)
        , m_left(initial.front())
        , m_right(initial.back())
        , m_base(problem.grid.n)
        , m_now(problem.grid.n)
        , m_scratch(problem.grid.n)
        , m_source(problem.grid.n)
        , m_passSource(problem.grid.n)
        , m_solution(std::move(initial))
    {
        assert(m_solution.size() == problem.grid.n + 1);
        const double half = omega * problem.grid.dx() * problem.grid.dx() / 2;
        for (long i = 1; i < m_n; ++i) {
            m_source.data()[i] = half * problem.g[static_cast<std::size_t>(i)];
            m_base.data()[i] = m_solution[static_cast<std::size_t>(i)] - line(i);
        }
        m_base.reflect();
        if (m_pass == 0)
            return;
        m_power = power(omega, m_pass, m_step);
        for (long s = 0; s < m_pass; ++s) // sum of A^s b
            sweep(m_passSource);
    }

    void iterate(std::int64_t count) override
    {
        const std::int64_t target = m_iterations + count;
        if (m_pass > 0 && m_baseAt + m_pass <= target) {
            for (; m_baseAt + m_pass <= target; m_baseAt += m_pass) {
                applyStencil(
                    m_base.data() + 1, m_power.data(), m_step, m_passSource.data() + 1, m_scratch.data() + 1, m_n - 1);
                m_base.swap(m_scratch);
                m_base.reflect();
            }
            m_iterations = m_baseAt;
        }
        if (m_iterations == m_baseAt && m_iterations < target)
            m_now = m_base;
        for (; m_iterations < target; ++m_iterations)
            sweep(m_now);
    }

    [[nodiscard]] std::int64_t iterations() const override { return m_iterations; }

    [[nodiscard]] std::span<const double> solution() override
    {
        const double* w = m_iterations == m_baseAt ? m_base.data() : m_now.data();
        for (long i = 0; i <= m_n; ++i)
            m_solution[static_cast<std::size_t>(i)] = w[i] + line(i);
        return m_solution;
    }

    [[nodiscard]] double workPerIteration() const override
    {
        return (m_omega == 1 ? 3.0 : 5.0) * static_cast<double>(m_n - 1);
    }

    [[nodiscard]] std::int64_t sweepsTogether() const override { return std::max(1L, m_pass); }

    /// Base and its iteration; then how many single sweeps follow.
    [[nodiscard]] std::vector<double> state() const override
    {
        std::vector<double> out(m_base.data(), m_base.data() + m_n + 1);
        out.push_back(static_cast<double>(m_baseAt));
        out.push_back(static_cast<double>(m_iterations - m_baseAt));
        return out;
    }
    void restore(std::span<const double> state) override
    {
        std::copy_n(state.begin(), m_n + 1, m_base.data());
        m_base.reflect();
        m_iterations = m_baseAt = static_cast<std::int64_t>(state[state.size() - 2]);
        iterate(static_cast<std::int64_t>(state.back()));
    }

private:
    [[nodiscard]] double line(long i) const
    {
        return m_left + (m_right - m_left) * static_cast<double>(i) / static_cast<double>(m_n);
    }
    void sweep(Padded& w)
    {
        relax(w.data() + 1, 1 - m_omega, m_omega / 2, m_source.data() + 1, m_scratch.data() + 1, m_n - 1);
        w.swap(m_scratch);
        w.reflect();
    }

    const long m_n;
    const double m_omega;
    const long m_step; ///< plain sweeps reach every other point only
    const long m_pass; ///< sweeps composed into one pass; 0 on grids too small for it
    const double m_left, m_right;
    std::array<double, stencilReach + 1> m_power {};
    Padded m_base, m_now, m_scratch; ///< m_now counts only between two passes
    Padded m_source, m_passSource; ///< added by one sweep, by one pass
    std::vector<double> m_solution;
    std::int64_t m_iterations = 0, m_baseAt = 0;
};

} // namespace

std::unique_ptr<GridSolver> makeJacobi(const PoissonProblem& problem, std::vector<double> initial, double omega)
{
    return std::make_unique<Jacobi>(problem, std::move(initial), omega);
}

} // namespace fplab
