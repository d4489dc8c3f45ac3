#include "core/pde/grid_solver.h"

#include "core/pde/solvers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

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

double jacobiFactor(std::size_t j, std::size_t n, double)
{
    return std::cos(std::numbers::pi * static_cast<double>(j) / static_cast<double>(n));
}

double dampedFactor(std::size_t j, std::size_t n, double omega) { return 1 - omega + omega * jacobiFactor(j, n, 1); }

double sorFactor(std::size_t j, std::size_t n, double omega)
{
    const double mu = jacobiFactor(j, n, 1), root = omega * omega * mu * mu - 4 * (omega - 1);
    if (root <= 0) // at the best factor of this mode or beyond: a complex pair
        return omega - 1;
    const double half = (omega * std::abs(mu) + std::sqrt(root)) / 2;
    return half * half;
}

double gaussSeidelFactor(std::size_t j, std::size_t n, double) { return sorFactor(j, n, 1); }

constexpr std::array<GridSolverKind, 7> table {{
    {"jacobi", "Jacobi", 0, jacobiFactor, makePlainJacobi},
    {"damped_jacobi", "damped Jacobi", 1, dampedFactor, makeJacobi},
    {"gauss_seidel", "Gauss–Seidel", 0, gaussSeidelFactor, makeGaussSeidel},
    {"sor", "over-relaxation (SOR)", 2, sorFactor, makeSor},
    {"conjugate_gradient", "conjugate gradients", 0, nullptr, makeConjugateGradient},
    {"multigrid", "multigrid (V-cycles)", 0, nullptr, makeMultigrid},
    {"direct", "direct (elimination)", 0, nullptr, makeDirect},
}};

} // namespace

std::span<const GridSolverKind> gridSolvers() { return table; }

std::span<const Choice> gridSolverChoices()
{
    static const auto names = namesOf(table);
    return names;
}

const GridSolverKind* findGridSolver(std::string_view id)
{
    const auto row = std::ranges::find(table, id, &GridSolverKind::id);
    return row == table.end() ? nullptr : &*row;
}

} // namespace fplab
