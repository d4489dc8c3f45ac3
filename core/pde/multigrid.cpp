#include "core/pde/solvers.h"

#include <algorithm>

namespace fplab {

namespace {

constexpr int smoothings = 2; ///< before and after each correction

/// One grid: 2 u_i - u_{i-1} - u_{i+1} = rhs_i, ends of u kept.
struct Level {
    std::size_t n;
    std::vector<double> u, rhs, residual; ///< n + 1 each

    explicit Level(std::size_t intervals)
        : n(intervals)
        , u(n + 1, 0.0)
        , rhs(n + 1, 0.0)
        , residual(n + 1, 0.0)
    {
    }
    void smooth()
    {
        for (std::size_t i = 1; i < n; ++i)
            u[i] = (u[i - 1] + u[i + 1] + rhs[i]) / 2;
    }
    void solve()
    {
        const PoissonProblem unit {{0, static_cast<double>(n), n}, rhs}; // dx = 1
        u = solveDirect(unit, u.front(), u.back());
    }
};

class Multigrid final : public IterateSolver {
public:
    Multigrid(const PoissonProblem& problem, std::vector<double> initial)
        : IterateSolver(std::move(initial))
    {
        for (std::size_t n = problem.grid.n;; n /= 2) {
            m_levels.emplace_back(n);
            if (!canCoarsen(n))
                break;
        }
        const double square = problem.grid.dx() * problem.grid.dx();
        for (std::size_t i = 0; i <= problem.grid.n; ++i)
            m_levels.front().rhs[i] = square * problem.g[i];
    }

    [[nodiscard]] double workPerIteration() const override
    {
        double work = 5.0 * static_cast<double>(m_levels.back().n);
        for (std::size_t l = 0; l + 1 < m_levels.size(); ++l) // smoothing, residual, restriction, correction
            work += (2 * smoothings * 3 + 4 + 2 + 1.5) * static_cast<double>(m_levels[l].n);
        return work;
    }

private:
    void advance(std::int64_t count) override
    {
        m_levels.front().u.swap(m_u);
        for (; count > 0; --count)
            cycle(0);
        m_levels.front().u.swap(m_u);
    }

    void cycle(std::size_t index)
    {
        Level& fine = m_levels[index];
        if (index + 1 == m_levels.size()) {
            fine.solve();
            return;
        }
        Level& coarse = m_levels[index + 1];
        for (int s = 0; s < smoothings; ++s)
            fine.smooth();
        for (std::size_t i = 1; i < fine.n; ++i)
            fine.residual[i] = fine.rhs[i] - (2 * fine.u[i] - fine.u[i - 1] - fine.u[i + 1]);
        for (std::size_t i = 1; i < coarse.n; ++i) // (1, 2, 1) / 4, times (2 dx)^2 / dx^2
            coarse.rhs[i] = fine.residual[2 * i - 1] + 2 * fine.residual[2 * i] + fine.residual[2 * i + 1];
        std::ranges::fill(coarse.u, 0.0);
        cycle(index + 1);
        for (std::size_t i = 1; i < fine.n; ++i)
            fine.u[i] += i % 2 == 0 ? coarse.u[i / 2] : (coarse.u[i / 2] + coarse.u[i / 2 + 1]) / 2;
        for (int s = 0; s < smoothings; ++s)
            fine.smooth();
    }

    std::vector<Level> m_levels; ///< finest first
};

} // namespace

bool canCoarsen(std::size_t n) { return n % 2 == 0 && n >= 4; }

std::unique_ptr<GridSolver> makeMultigrid(const PoissonProblem& problem, std::vector<double> initial, double)
{
    return std::make_unique<Multigrid>(problem, std::move(initial));
}

} // namespace fplab
