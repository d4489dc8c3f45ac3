#include "core/pde/grid_solver.h"

#include "core/pde/solvers.h"

#include <algorithm>
#include <array>

namespace fplab {

namespace {

std::unique_ptr<GridSolver> makePlainJacobi(const PoissonProblem& problem, std::vector<double> initial, double)
{
    return makeJacobi(problem, std::move(initial), 1);
}

std::unique_ptr<GridSolver> makeGaussSeidel(const PoissonProblem& problem, std::vector<double> initial, double)
{
    return makeSor(problem, std::move(initial), 1);
}

constexpr std::array<GridSolverKind, 7> table {{
    {"jacobi", "Jacobi", 0, makePlainJacobi},
    {"damped_jacobi", "damped Jacobi", 1, makeJacobi},
    {"gauss_seidel", "Gauss–Seidel", 0, makeGaussSeidel},
    {"sor", "over-relaxation (SOR)", 2, makeSor},
    {"conjugate_gradient", "conjugate gradients", 0, makeConjugateGradient},
    {"multigrid", "multigrid (V-cycles)", 0, makeMultigrid},
    {"direct", "direct (elimination)", 0, makeDirect},
}};

} // namespace

std::span<const GridSolverKind> gridSolvers() { return table; }

const GridSolverKind* findGridSolver(std::string_view id)
{
    const auto row = std::ranges::find(table, id, &GridSolverKind::id);
    return row == table.end() ? nullptr : &*row;
}

} // namespace fplab
