#include "core/kinds/poisson/handoff_branch.h"

#include <algorithm>
#include <cassert>

namespace fplab {

ExperimentSpec withHandoffStep(const ExperimentSpec& spec, std::int64_t step)
{
    ExperimentSpec changed = spec;
    auto& pde = specOf<PoissonSpec>(changed.problem).pde;
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
    const auto guess
        = output.empty() ? std::vector<double>(problem.grid.n + 1, 0.0) : handOverGuess(pde, problem.grid, output);
    return {problem, guess, setting.reference.u, pde.then == "jacobi" ? 1 : pde.omega};
}

} // namespace fplab
