#include "core/experiment/poisson_setting.h"

#include "core/experiment/formula_parameters.h"

#include <algorithm>
#include <cmath>

namespace fplab {

namespace {

/// The minimiser of int (h'^2 / 2 - g h) + beta (h(a)^2 + h(b)^2) solves -h'' = g with h'(a) = 2 beta h(a) and
/// h'(b) = -2 beta h(b): the difference to u_ref is a line p + q x, found from u_ref's slopes at the ends.
double largestPenaltyError(double leftSlope, double rightSlope, double length, double beta)
{
    if (beta == 0)
        return INFINITY;
    // left value l, right value r: slope q = (r - l) / length; leftSlope + q = 2 beta l; rightSlope + q = -2 beta r
    const double q = -(leftSlope + rightSlope) / (2 + 2 * beta * length);
    const double l = (leftSlope + q) / (2 * beta), r = -(rightSlope + q) / (2 * beta);
    return std::max(std::abs(l), std::abs(r));
}

} // namespace

double largestDifference(std::span<const double> u, std::span<const double> v)
{
    double largest = 0;
    for (std::size_t i = 0; i < u.size(); ++i)
        largest = std::max(largest, std::abs(u[i] - v[i]));
    return largest;
}

Result<PoissonSetting> makePoissonSetting(const PdeSpec& pde)
{
    auto formula = parseFormulaOf(pde);
    const auto located = [](Diagnostic error) {
        error.path = "pde.formula";
        return error;
    };
    if (!formula)
        return located(formula.error());
    PoissonSetting out;
    out.problem.grid = {pde.from, pde.to, static_cast<std::size_t>(pde.grid)};
    out.trainingGrid = {pde.from, pde.to, static_cast<std::size_t>(pde.trainingPoints) - 1};
    const auto source = [&](const PoissonGrid& grid, std::vector<double>& g) {
        const auto x = grid.points();
        g.resize(x.size());
        return formula->evaluate(x, g);
    };
    if (auto status = source(out.problem.grid, out.problem.g); !status)
        return located(status.error());
    if (auto status = source(out.trainingGrid, out.trainingSource); !status)
        return located(status.error());

    const Formula& function = *formula;
    const auto g = [&function](double x) { return function(x); };
    out.reference = referenceSolution(g, out.problem.grid);
    if (!std::ranges::all_of(out.reference.u, [](double u) { return std::isfinite(u); })) {
        Diagnostic error;
        error.path = "pde.formula";
        error.what = "g has no finite integral between " + std::to_string(pde.from) + " and " + std::to_string(pde.to);
        error.advice = "A pole lies between two grid points; choose a domain without it.";
        return error;
    }
    out.trainingReference = referenceSolution(g, out.trainingGrid).u;
    out.discrete = solveDirect(out.problem);
    out.discretisationFloor = largestDifference(out.discrete, out.reference.u);

    const PoissonGrid fine {pde.from, pde.to, 20000};
    const auto u = referenceSolution(g, fine).u;
    const double dx = fine.dx();
    const std::size_t n = fine.n;
    const double leftSlope = (-3 * u[0] + 4 * u[1] - u[2]) / (2 * dx);
    const double rightSlope = (3 * u[n] - 4 * u[n - 1] + u[n - 2]) / (2 * dx);
    out.penaltyFloor = largestPenaltyError(leftSlope, rightSlope, pde.to - pde.from, pde.beta);
    return out;
}

} // namespace fplab
