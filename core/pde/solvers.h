#pragma once

#include "core/pde/grid_solver.h"

#include <algorithm>
#include <utility>

/// The makers behind gridSolvers().
namespace fplab {

/// A solver whose whole state is the iterate and the count.
class IterateSolver : public GridSolver {
public:
    void iterate(std::int64_t count) final
    {
        m_iterations += count;
        advance(count);
    }
    [[nodiscard]] std::int64_t iterations() const final { return m_iterations; }
    [[nodiscard]] std::span<const double> solution() final { return m_u; }
    [[nodiscard]] std::vector<double> state() const final
    {
        std::vector<double> out = m_u;
        out.push_back(static_cast<double>(m_iterations));
        return out;
    }
    void restore(std::span<const double> state) final
    {
        std::ranges::copy(state.first(m_u.size()), m_u.begin());
        m_iterations = static_cast<std::int64_t>(state.back());
    }

protected:
    explicit IterateSolver(std::vector<double> initial)
        : m_u(std::move(initial))
    {
    }
    virtual void advance(std::int64_t count) = 0;

    std::vector<double> m_u; ///< n + 1 values, ends kept

private:
    std::int64_t m_iterations = 0;
};

/// u_i <- (1 - omega) u_i + omega ((u_{i-1} + u_{i+1}) / 2 + dx^2 g_i / 2), all at once; omega = 1 is the Jacobi method
/// (S1 Eq. 17). Many sweeps are composed into one pass over the grid.
[[nodiscard]] std::unique_ptr<GridSolver> makeJacobi(const PoissonProblem&, std::vector<double> initial, double omega);
/// The same update one point after the other, with new values used at once; omega = 1 is Gauss-Seidel.
[[nodiscard]] std::unique_ptr<GridSolver> makeSor(const PoissonProblem&, std::vector<double> initial, double omega);
[[nodiscard]] std::unique_ptr<GridSolver> makeConjugateGradient(
    const PoissonProblem&, std::vector<double> initial, double omega);
/// V-cycles with two Gauss-Seidel sweeps before and after, full weighting, linear interpolation; grids are halved while
/// their number of intervals is even, the coarsest is solved directly.
[[nodiscard]] std::unique_ptr<GridSolver> makeMultigrid(
    const PoissonProblem&, std::vector<double> initial, double omega);
/// Elimination: exact after one iteration.
[[nodiscard]] std::unique_ptr<GridSolver> makeDirect(const PoissonProblem&, std::vector<double> initial, double omega);

} // namespace fplab
