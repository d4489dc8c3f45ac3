#include "core/pde/solvers.h"

#include <algorithm>
#include <utility>

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

class Multigrid final : public GridSolver {
public:
    Multigrid(const PoissonProblem& problem, std::vector<double> initial, double)
    {
        for (std::size_t n = problem.grid.n;; n /= 2) {
            m_levels.emplace_back(n);
            if (!canCoarsen(n))
                break;
        }
        const double square = problem.grid.dx() * problem.grid.dx();
        for (std::size_t i = 0; i <= problem.grid.n; ++i)
            m_levels.front().rhs[i] = square * problem.g[i];
        m_levels.front().u = std::move(initial);
    }

    void iterate(std::int64_t count) override
    {
        m_iterations += count;
        for (; count > 0; --count)
            cycle(0);
    }

    [[nodiscard]] std::int64_t iterations() const override { return m_iterations; }
    [[nodiscard]] std::span<const double> solution() override { return m_levels.front().u; }
    [[nodiscard]] double workPerIteration() const override
    {
        double work = 5.0 * static_cast<double>(m_levels.back().n);
        for (std::size_t l = 0; l + 1 < m_levels.size(); ++l) // smoothing, residual, restriction, correction
            work += (2 * smoothings * 3 + 4 + 2 + 1.5) * static_cast<double>(m_levels[l].n);
        return work;
    }

    [[nodiscard]] std::vector<double> state() const override
    {
        std::vector<double> out = m_levels.front().u;
        out.push_back(static_cast<double>(m_iterations));
        return out;
    }
    void restore(std::span<const double> state) override
    {
        auto& u = m_levels.front().u;
        std::copy_n(state.begin(), u.size(), u.begin());
        m_iterations = static_cast<std::int64_t>(state.back());
    }

private:
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
    std::int64_t m_iterations = 0;
};

class Direct final : public GridSolver {
public:
    Direct(const PoissonProblem& problem, std::vector<double> initial, double)
        : m_problem(problem)
        , m_u(std::move(initial))
    {
    }
    void iterate(std::int64_t count) override
    {
        if (count > 0)
            m_u = solveDirect(m_problem, m_u.front(), m_u.back());
        m_iterations += count;
    }
    [[nodiscard]] std::int64_t iterations() const override { return m_iterations; }
    [[nodiscard]] std::span<const double> solution() override { return m_u; }
    [[nodiscard]] double workPerIteration() const override { return 5.0 * static_cast<double>(m_problem.grid.n - 1); }
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
    PoissonProblem m_problem;
    std::vector<double> m_u;
    std::int64_t m_iterations = 0;
};

} // namespace

bool canCoarsen(std::size_t n) { return n % 2 == 0 && n >= 4; }

std::unique_ptr<GridSolver> makeMultigrid(const PoissonProblem& problem, std::vector<double> initial, double omega)
{
    return std::make_unique<Multigrid>(problem, std::move(initial), omega);
}

std::unique_ptr<GridSolver> makeDirect(const PoissonProblem& problem, std::vector<double> initial, double omega)
{
    return std::make_unique<Direct>(problem, std::move(initial), omega);
}

} // namespace fplab
