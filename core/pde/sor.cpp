#include "core/pde/solvers.h"

#include <algorithm>
#include <utility>

namespace fplab {

namespace {

class Sor final : public GridSolver {
public:
    Sor(const PoissonProblem& problem, std::vector<double> initial, double omega)
        : m_n(static_cast<long>(problem.grid.n))
        , m_omega(omega)
        , m_u(std::move(initial))
        , m_source(m_u.size())
    {
        const double half = omega * problem.grid.dx() * problem.grid.dx() / 2;
        for (std::size_t i = 0; i < m_source.size(); ++i)
            m_source[i] = half * problem.g[i];
    }

    void iterate(std::int64_t count) override
    {
        m_iterations += count;
        for (; count >= together; count -= together)
            fourSweeps();
        for (; count > 0; --count)
            for (long i = 1; i < m_n; ++i)
                update(i);
    }

    [[nodiscard]] std::int64_t iterations() const override { return m_iterations; }
    [[nodiscard]] std::span<const double> solution() override { return m_u; }
    [[nodiscard]] double workPerIteration() const override
    {
        return (m_omega == 1 ? 3.0 : 5.0) * static_cast<double>(m_n - 1);
    }

    [[nodiscard]] std::vector<double> state() const override
    {
        std::vector<double> out = m_u;
        out.push_back(static_cast<double>(m_iterations));
        return out;
    }
    void restore(std::span<const double> state) override
    {
        std::copy_n(state.begin(), m_u.size(), m_u.begin());
        m_iterations = static_cast<std::int64_t>(state.back());
    }

private:
    static constexpr long together = 4;

    void update(long i)
    {
        double* u = m_u.data();
        u[i] = ((1 - m_omega) * u[i] + m_omega / 2 * (u[i - 1] + u[i + 1])) + m_source[static_cast<std::size_t>(i)];
    }

    /// Four sweeps in one pass, each two points behind the one before: the same numbers, but the processor need not
    /// wait for one update before it begins the next.
    void fourSweeps()
    {
        constexpr long lag = 2, span = lag * (together - 1);
        const auto bounded = [this](long front) {
            for (long s = 0; s < together; ++s)
                if (const long i = front - lag * s; i >= 1 && i < m_n)
                    update(i);
        };
        long front = 1;
        for (; front <= span && front < m_n + span; ++front)
            bounded(front);
        for (; front < m_n; ++front) {
            update(front);
            update(front - lag);
            update(front - 2 * lag);
            update(front - 3 * lag);
        }
        for (; front < m_n + span; ++front)
            bounded(front);
    }

    const long m_n;
    const double m_omega;
    std::vector<double> m_u, m_source;
    std::int64_t m_iterations = 0;
};

} // namespace

std::unique_ptr<GridSolver> makeSor(const PoissonProblem& problem, std::vector<double> initial, double omega)
{
    return std::make_unique<Sor>(problem, std::move(initial), omega);
}

} // namespace fplab
