#include "core/experiment/handoff_branch.h"

#include "core/pde/grid_solver.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <limits>

namespace fplab {

ExperimentSpec withHandoffStep(const ExperimentSpec& spec, std::int64_t step)
{
    ExperimentSpec changed = spec;
    auto& pde = std::get<PoissonSpec>(changed.problem).pde;
    pde.handoffStep = step;
    pde.handoffWhen = "at_step";
    pde.alternateEvery = 0;
    return changed;
}

std::vector<double> handOverGuess(const PdeSpec& pde, const PoissonGrid& grid, std::span<const double> output)
{
    std::vector<double> values(output.begin(), output.end());
    if (pde.removeBoundaryLine)
        removeBoundaryLine(values);
    auto guess = interpolate(values, grid);
    guess.front() = guess.back() = 0;
    return guess;
}

bool canForecast(const PdeSpec& pde) { return pde.then == "jacobi" || pde.then == "damped_jacobi"; }

JacobiForecast forecastBranch(const PdeSpec& pde, const PoissonSetting& setting, std::span<const double> output)
{
    assert(canForecast(pde));
    const auto& problem = setting.problem;
    const auto guess = output.empty() ? std::vector<double>(problem.grid.n + 1, 0.0) : handOverGuess(pde, problem.grid, output);
    return {problem, guess, setting.reference.u, pde.then == "jacobi" ? 1 : pde.omega};
}

double secondsPerSweep(const PdeSpec& pde, const PoissonSetting& setting)
{
    using Clock = std::chrono::steady_clock;
    constexpr double enough = 1.5e-3; // seconds, for one measurement
    const auto solver = findGridSolver(pde.then)->make(
        setting.problem, std::vector<double>(setting.problem.grid.n + 1, 0.0), pde.omega);
    std::int64_t count = solver->sweepsTogether();
    double best = std::numeric_limits<double>::infinity();
    for (int measured = 0; measured < 3;) {
        const auto begin = Clock::now();
        solver->iterate(count);
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        if (seconds < enough) {
            count *= 2;
            continue;
        }
        best = std::min(best, seconds / static_cast<double>(count));
        ++measured;
    }
    return best;
}

} // namespace fplab
