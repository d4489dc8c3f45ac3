#include "core/kinds/poisson/poisson_setting.h"

#include "core/experiment/formula_parameters.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace fplab {

namespace {

/// The line that the minimiser of the penalised energy differs from u_ref by.
struct PenaltyLine {
    double left, right, slope; ///< values at the ends
};

/// The minimiser of int (h'^2 / 2 - g h) + beta (h(a)^2 + h(b)^2) solves -h'' = g with h'(a) = 2 beta h(a) and
/// h'(b) = -2 beta h(b): the difference to u_ref is a line, found from u_ref's slopes at the ends. beta > 0.
PenaltyLine penaltyLine(double leftSlope, double rightSlope, double length, double beta)
{
    // left value l, right value r: slope q = (r - l) / length; leftSlope + q = 2 beta l; rightSlope + q = -2 beta r
    const double q = -(leftSlope + rightSlope) / (2 + 2 * beta * length);
    return {(leftSlope + q) / (2 * beta), -(rightSlope + q) / (2 * beta), q};
}

} // namespace

/// From u_ref on a fine grid. For the minimiser h the energy is -(1/2) int g h; the sum over the training points leaves
/// out half a cell at each end.
void measurePenalty(PoissonSetting& setting, double beta)
{
    const auto g = [&](double x) { return setting.source(x); };
    const PoissonGrid fine {setting.trainingGrid.from, setting.trainingGrid.to, 20000};
    const auto u = referenceSolution(g, fine).u;
    const double dx = fine.dx();
    const std::size_t n = fine.n;
    const double leftSlope = (-3 * u[0] + 4 * u[1] - u[2]) / (2 * dx);
    const double rightSlope = (3 * u[n] - 4 * u[n - 1] + u[n - 2]) / (2 * dx);
    if (beta == 0) { // nothing holds the ends: the energy has no minimum unless the integral of g is 0
        setting.penaltyFloor = INFINITY;
        setting.leastEnergy = -INFINITY;
        return;
    }
    const auto line = penaltyLine(leftSlope, rightSlope, fine.to - fine.from, beta);
    setting.penaltyFloor = std::max(std::abs(line.left), std::abs(line.right));
    double product = 0; // int g h by the trapezoidal rule
    for (std::size_t i = 0; i <= n; ++i) {
        const double part = static_cast<double>(i) / static_cast<double>(n);
        const double h = u[i] + line.left + (line.right - line.left) * part;
        const double inner = i == 0 || i == n ? 0.5 : 1;
        if (const double value = g(fine.x(i)); std::isfinite(value))
            product += inner * value * h * dx;
    }
    const auto density = [&](double slope, double source, double value) { return slope * slope / 2 - source * value; };
    const double ends = density(leftSlope + line.slope, setting.trainingSource.front(), line.left)
        + density(rightSlope + line.slope, setting.trainingSource.back(), line.right);
    setting.leastEnergy = -product / 2 - ends * setting.trainingGrid.dx() / 2;
}

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
    PoissonSetting out {.source = std::move(formula).value()};
    out.problem.grid = {pde.from, pde.to, static_cast<std::size_t>(pde.grid)};
    out.trainingGrid = {pde.from, pde.to, static_cast<std::size_t>(pde.trainingPoints) - 1};
    const auto source = [&](const PoissonGrid& grid, std::vector<double>& g) {
        const auto x = grid.points();
        g.resize(x.size());
        return out.source.evaluate(x, g);
    };
    if (auto status = source(out.problem.grid, out.problem.g); !status)
        return located(status.error());
    if (auto status = source(out.trainingGrid, out.trainingSource); !status)
        return located(status.error());

    const Formula& function = out.source;
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
    for (const double u : out.reference.u)
        out.size = std::max(out.size, std::abs(u));
    measurePenalty(out, pde.beta);
    return out;
}

} // namespace fplab
