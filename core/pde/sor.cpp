#include "core/pde/solvers.h"

namespace fplab {

namespace {

class Sor final : public IterateSolver {
public:
    Sor(const PoissonProblem& problem, std::vector<double> initial, double omega)
        : IterateSolver(std::move(initial))
        , m_n(static_cast<long>(problem.grid.n))
        , m_omega(omega)
        , m_source(m_u.size())
    {
        const double half = omega * problem.grid.dx() * problem.grid.dx() / 2;
        for (std::size_t i = 0; i < m_source.size(); ++i)
            m_source[i] = half * problem.g[i];
    }

    [[nodiscard]] double workPerIteration() const override
    {
        return (m_omega == 1 ? 3.0 : 5.0) * static_cast<double>(m_n - 1);
    }

private:
    static constexpr long together = 4;

    void advance(std::int64_t count) override
    {
        for (; count >= together; count -= together)
            fourSweeps();
        for (; count > 0; --count)
            for (long i = 1; i < m_n; ++i)
                update(i);
    }

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
    std::vector<double> m_source;
};

} // namespace

std::unique_ptr<GridSolver> makeSor(const PoissonProblem& problem, std::vector<double> initial, double omega)
{
    return std::make_unique<Sor>(problem, std::move(initial), omega);
}

} // namespace fplab
