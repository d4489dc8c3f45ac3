#pragma once

#include "core/experiment/spec.h"
#include "core/kinds/poisson/kind.h"
#include "core/kinds/poisson/poisson_setting.h"
#include "core/pde/jacobi_forecast.h"

#include <cstdint>
#include <span>
#include <vector>

namespace fplab {

/// The same experiment with one hand-over, at `step`; 0 = the solver alone from zero, -1 = the network alone.
/// Precondition: kind "poisson".
[[nodiscard]] ExperimentSpec withHandoffStep(const ExperimentSpec& spec, std::int64_t step);

/// What a network hands over to the solver (S1, section 5.2): its output at the training points without the boundary
/// line, if pde says so, by a cubic spline on the solver's grid, with 0 at both ends.
[[nodiscard]] std::vector<double> handOverGuess(
    const PdeSpec& pde, const PoissonGrid& grid, std::span<const double> output);

/// Whether the solver's sweeps are known in closed form: Jacobi and damped Jacobi.
[[nodiscard]] bool canForecast(const PdeSpec& pde);

/// The branch that hands `output` (at the training points) over; from zero without any. Precondition: canForecast().
[[nodiscard]] JacobiForecast forecastBranch(
    const PdeSpec& pde, const PoissonSetting& setting, std::span<const double> output);

} // namespace fplab
