#include "core/kinds/poisson/poisson_end.h"

#include "core/base/number_text.h"
#include "core/fourier/dst.h"
#include "core/kinds/poisson/handoff_branch.h"
#include "core/pde/grid_solver.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace fplab {

namespace {

constexpr double belowFloor
    = 0.01; ///< an algebraic error this far below the discretisation error shows nothing any more
constexpr double clearlyBelow = 0.1; ///< of the least energy: what a sum over points may differ from the integral by
constexpr int quickForecast = 20'000; ///< intervals up to which a forecast takes no time to speak of
constexpr std::int64_t mostForecast = 1'000'000'000'000; ///< sweeps

std::string number(double value) { return formatRounded(value, 3); }
std::string setting(double value) { return formatRounded(value, 12); }
std::string setting(std::int64_t value) { return std::to_string(value); }

std::string solverName(const PdeSpec& pde) { return std::string(findGridSolver(pde.then)->label); }

/// "the largest error 0.0033 is above the tolerance 1e-06"
std::string aboveTolerance(const PdeSpec& pde, double error)
{
    return "the largest error " + number(error) + " is above the tolerance " + setting(pde.tolerance);
}

RunEnd reached(const PdeSpec& pde, double error)
{
    return {true, "the largest error " + number(error) + " is within the tolerance " + setting(pde.tolerance)};
}

bool isBelowFloor(const PdeSpec& pde, const PoissonSetting& problem)
{
    return pde.tolerance < problem.discretisationFloor;
}

std::string floorOf(const PdeSpec& pde, const PoissonSetting& problem)
{
    return "with " + grouped(pde.grid) + " intervals the difference equations themselves are "
        + number(problem.discretisationFloor) + " off (the discretisation error)";
}

/// The smallest grid of 2^k or 3 * 2^k intervals whose own error leaves room below the tolerance; 0 if none is found
/// quickly.
int gridFor(const PdeSpec& pde, double floor)
{
    constexpr int most = 30'000;
    PdeSpec finer = pde;
    double wanted = pde.grid * std::sqrt(floor / pde.tolerance); // it falls by the square of the step
    for (int trial = 0; trial < 4; ++trial) {
        double n = 4;
        while (n < wanted)
            n = std::fmod(std::log2(n), 1) == 0 ? n * 1.5 : n / 3 * 4;
        if (n > most)
            return 0;
        finer.grid = static_cast<int>(n);
        const auto made = makePoissonSetting(finer);
        if (!made)
            return 0;
        if (made->discretisationFloor < 0.95 * pde.tolerance)
            return finer.grid;
        wanted = n * 1.2;
    }
    return 0;
}

/// Sweeps until the sine modes of the error of `u` together are below what the grid leaves of the tolerance; 0 where
/// the rates are not known or the tolerance is out of reach.
double sweepsOfModes(const PdeSpec& pde, const PoissonSetting& problem, std::span<const double> u)
{
    const auto factor = findGridSolver(pde.then)->modeFactor;
    const double room = pde.tolerance - problem.discretisationFloor;
    if (!factor || room <= 0)
        return 0;
    const std::size_t n = problem.problem.grid.n;
    Dst dst(n);
    std::vector<double> inner(dst.modes()), amplitudes(dst.modes());
    for (std::size_t i = 0; i < inner.size(); ++i)
        inner[i] = u[i + 1] - problem.discrete[i + 1];
    dst.forward(inner, amplitudes);
    if (!canForecast(pde)) { // sweeps in one direction mix the modes: about this part of all goes into the slowest
        const double omega = pde.then == "sor" ? pde.omega : 1;
        const double part = std::min(1.0, std::numbers::pi / static_cast<double>(n) * omega / (2 - omega));
        amplitudes.front() = std::abs(amplitudes.front()) + part * largestDifference(u, problem.discrete);
    }
    constexpr double counts = 1e-3; // of the room
    std::vector<std::pair<double, double>> modes; // amplitude, logarithm of the factor
    for (std::size_t j = 1; j <= amplitudes.size(); ++j)
        if (std::abs(amplitudes[j - 1]) > counts * room)
            modes.emplace_back(std::abs(amplitudes[j - 1]), std::log(std::abs(factor(j, n, pde.omega))));
    const auto isBelow = [&](double sweeps) {
        double sum = 0;
        for (const auto& [amplitude, rate] : modes)
            sum += amplitude * std::exp(sweeps * rate);
        return sum <= room;
    };
    double low = 0, high = 1;
    for (; !isBelow(high) && high < mostForecast; high *= 2)
        low = high;
    while (high - low > std::max(1.0, 1e-3 * low))
        (isBelow((low + high) / 2) ? high : low) = (low + high) / 2;
    return high;
}

/// How many more sweeps `u` needs: exact for Jacobi and damped Jacobi on grids that are not too fine, by the modes for
/// others; 0 if not known.
double sweepsToGo(const PdeSpec& pde, const PoissonSetting& problem, std::span<const double> u)
{
    if (isBelowFloor(pde, problem))
        return 0;
    if (!canForecast(pde) || pde.grid > quickForecast)
        return sweepsOfModes(pde, problem, u);
    JacobiForecast forecast(problem.problem, u, problem.reference.u, pde.then == "jacobi" ? 1 : pde.omega);
    const auto last = forecast.errorCurve(pde.tolerance, mostForecast).back();
    return last.error <= pde.tolerance ? static_cast<double>(last.sweeps) : 0;
}

/// 2 861 234 -> 2 900 000
std::int64_t roundedSweeps(double sweeps)
{
    const double unit = std::pow(10, std::max(0.0, std::floor(std::log10(std::max(sweeps, 1.0))) - 1));
    return static_cast<std::int64_t>(std::ceil(sweeps / unit) * unit);
}

std::vector<Fix> sweepFixes(const PdeSpec& pde, double needed)
{
    std::vector<Fix> fixes;
    constexpr double most = 1e10; // the field's limit
    if (const auto sweeps = roundedSweeps(1.1 * needed); static_cast<double>(sweeps) <= most)
        fixes.push_back({"Allow " + grouped(sweeps) + " sweeps", {{"pde.max_sweeps", setting(sweeps)}}});
    if (canCoarsen(static_cast<std::size_t>(pde.grid)))
        fixes.push_back({"Solve by multigrid", {{"pde.then", "multigrid"}}});
    return fixes;
}

/// The field's limit keeps a tolerance from being set that shows nothing.
void addTolerance(std::vector<Fix>& fixes, double least)
{
    constexpr double most = 10;
    if (const double tolerance = roundedUp(least); tolerance <= most)
        fixes.push_back({"Tolerance " + setting(tolerance), {{"pde.tolerance", setting(tolerance)}}});
}

std::vector<Fix> floorFixes(const PdeSpec& pde, const PoissonSetting& problem)
{
    std::vector<Fix> fixes;
    addTolerance(fixes, 1.05 * problem.discretisationFloor);
    if (const int grid = gridFor(pde, problem.discretisationFloor); grid > 0)
        fixes.push_back({grouped(grid) + " intervals, solved by multigrid",
            {{"pde.grid", setting(std::int64_t(grid))}, {"pde.then", "multigrid"}}});
    return fixes;
}

bool isAtFloor(const PdeSpec& pde, const PoissonSetting& problem, const SolverPlace& place)
{
    return isBelowFloor(pde, problem)
        && place.error - problem.discretisationFloor < belowFloor * problem.discretisationFloor;
}

/// Whether the error has been no less for so many sweeps, and as many again as before, that no mode can hide for them.
bool isStuck(const PdeSpec& pde, const SolverPlace& place)
{
    if (pde.alternateEvery > 0 && pde.handoffStep > 0)
        return false;
    const auto n = static_cast<std::int64_t>(pde.grid);
    const std::int64_t patience = findGridSolver(pde.then)->modeFactor ? n * n
        : pde.then == "conjugate_gradient"                             ? 4 * n
                                                                       : 100;
    return place.sweeps - place.bestSweeps > std::max(place.bestSweeps, patience);
}

} // namespace

std::vector<Remark> toleranceRemarks(const PdeSpec& pde, const PoissonSetting& problem)
{
    const std::string path = "pde.tolerance",
                      cannot = "The tolerance " + setting(pde.tolerance) + " cannot be reached: ";
    if (pde.handoffStep < 0) {
        if (pde.tolerance >= problem.penaltyFloor)
            return {};
        if (!std::isfinite(problem.penaltyFloor))
            return {{"tolerance_below_penalty",
                "Without a boundary penalty nothing holds the ends of the network: no solution comes of it.",
                "pde.beta", {{"Boundary penalty 10", {{"pde.beta", "10"}}}}}};
        Remark remark {"tolerance_below_penalty",
            cannot + "with the boundary penalty " + setting(pde.beta) + " the ends of the best network are still "
                + number(problem.penaltyFloor) + " off.",
            path, {}};
        addTolerance(remark.fixes, 1.05 * problem.penaltyFloor);
        constexpr double most = 1e9; // the field's limit
        if (const double beta = roundedUp(1.05 * pde.beta * problem.penaltyFloor / pde.tolerance); beta <= most)
            remark.fixes.push_back({"Boundary penalty " + setting(beta), {{"pde.beta", setting(beta)}}});
        return {std::move(remark)};
    }
    if (isBelowFloor(pde, problem))
        return {{"tolerance_below_floor", cannot + floorOf(pde, problem) + '.', path, floorFixes(pde, problem)}};
    if (pde.handoffStep != 0)
        return {};
    constexpr double clearly = 1.2; // the modes are not all of the error
    const double most = clearly * static_cast<double>(pde.maxSweeps);
    const std::vector<double> zero(problem.discrete.size(), 0.0);
    if (sweepsOfModes(pde, problem, zero) <= most)
        return {};
    const double needed = sweepsToGo(pde, problem, zero);
    if (needed <= most)
        return {};
    return {{"too_few_sweeps",
        "The tolerance " + setting(pde.tolerance) + " needs about " + grouped(roundedSweeps(needed)) + " sweeps of "
            + solverName(pde) + " on " + grouped(pde.grid) + " intervals; at most " + grouped(pde.maxSweeps)
            + " are allowed.",
        "pde.max_sweeps", sweepFixes(pde, needed)}};
}

bool solverIsOver(const PdeSpec& pde, const PoissonSetting& problem, const SolverPlace& place)
{
    return place.error <= pde.tolerance || place.sweeps >= pde.maxSweeps || isAtFloor(pde, problem, place)
        || isStuck(pde, place);
}

RunEnd solverEndedHere(
    const PdeSpec& pde, const PoissonSetting& problem, const SolverPlace& place, std::span<const double> u)
{
    if (place.error <= pde.tolerance)
        return reached(pde, place.error);
    const double more = sweepsToGo(pde, problem, u);
    RunEnd end {false, aboveTolerance(pde, place.error) + " after " + grouped(place.sweeps) + " sweeps"};
    if (place.sweeps >= pde.maxSweeps)
        end.reason += ", the most allowed";
    if (isBelowFloor(pde, problem)) {
        end.reason += "; this grid cannot reach it: " + floorOf(pde, problem);
        end.fixes = floorFixes(pde, problem);
    } else if (isStuck(pde, place)) {
        end.reason
            += " and has not fallen since sweep " + grouped(place.bestSweeps) + ": rounding leaves no more digits";
        addTolerance(end.fixes, 2 * place.error);
    } else if (more > 0) {
        end.reason += "; " + solverName(pde) + " needs about " + grouped(roundedSweeps(more)) + " more";
        if (place.sweeps >= pde.maxSweeps)
            end.fixes = sweepFixes(pde, static_cast<double>(place.sweeps) + more);
    }
    return end;
}

RunEnd networkEndedHere(const PdeSpec& pde, const PoissonSetting& problem, double error, std::int64_t steps)
{
    if (error <= pde.tolerance)
        return reached(pde, error);
    RunEnd end {false, aboveTolerance(pde, error) + " after " + grouped(steps) + " network steps"};
    if (error > problem.size)
        end.reason += ", worse than no solution at all: u = 0 is " + number(problem.size) + " off";
    else if (pde.handoffStep < 0 && pde.tolerance < problem.penaltyFloor && std::isfinite(problem.penaltyFloor))
        end.reason += "; the boundary penalty alone leaves " + number(problem.penaltyFloor);
    if (pde.handoffStep < 0 && steps > 0 && !isBelowFloor(pde, problem))
        end.fixes.push_back(
            {"Hand over to the solver at step " + grouped(steps), {{"pde.handoff_step", setting(steps)}}});
    return end;
}

bool isBelowLeast(double energy, const PoissonSetting& problem)
{
    return energy < problem.leastEnergy - clearlyBelow * std::abs(problem.leastEnergy);
}

Remark belowLeastRemark(const PdeSpec& pde, const PoissonSetting& problem, double energy, std::int64_t step)
{
    Remark remark {"energy_below_least",
        "The energy fell to " + number(energy) + ", below the least possible " + number(problem.leastEnergy)
            + " (first at step " + grouped(step)
            + "): the network bends between the training points, where nothing holds it. Its curve is no solution.",
        "pde.training_sampling",
        {{"Draw the training points anew in each step", {{"pde.training_sampling", "redrawn"}}}}};
    constexpr int most = 100'000; // the field's limit
    if (const int points = 4 * (pde.trainingPoints - 1) + 1; points <= most)
        remark.fixes.push_back(
            {grouped(points) + " training points", {{"pde.training_points", setting(std::int64_t(points))}}});
    return remark;
}

Remark worseThanZeroRemark(const PoissonSetting& problem, double error, std::int64_t step)
{
    return {"handed_over_worse_than_zero",
        "What the network handed over after step " + grouped(step) + " is " + number(error) + " off, more than u = 0 ("
            + number(problem.size) + "): the solver alone starts nearer.",
        "pde.handoff_step", {{"The solver alone", {{"pde.handoff_step", "0"}}}}};
}

} // namespace fplab
