#pragma once

#include "core/pde/grid_solver.h"

/// The makers behind gridSolvers().
namespace fplab {

/// u_i <- (1 - omega) u_i + omega ((u_{i-1} + u_{i+1}) / 2 + dx^2 g_i / 2), all at once; omega = 1 is the Jacobi method
/// (S1 Eq. 18). Many sweeps are composed into one pass over the grid.
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
