#pragma once

#include "core/experiment/spec.h"
#include "core/kinds/poisson/kind.h"
#include "core/kinds/poisson/poisson_setting.h"
#include "core/run/experiment.h"

#include <cstdint>
#include <span>
#include <vector>

/// Whether a Poisson problem is solved to its tolerance, and why not, in words.
namespace fplab {

/// What can be said before the run: a tolerance that the grid, the boundary penalty or the most sweeps keep from being
/// reached. Ids: "tolerance_below_floor", "tolerance_below_penalty", "too_few_sweeps".
[[nodiscard]] std::vector<Remark> toleranceRemarks(const PdeSpec& pde, const PoissonSetting& setting);

/// Where a solver stands.
struct SolverPlace {
    double error = 0; ///< the largest against u_ref
    std::int64_t sweeps = 0;
    std::int64_t bestSweeps = 0; ///< where the error last became less by a part that counts
};

/// Whether a solver is at its end: the tolerance is reached, pde.max_sweeps are done, the floor of the grid is reached,
/// or the error has long been no less.
[[nodiscard]] bool solverIsOver(const PdeSpec& pde, const PoissonSetting& setting, const SolverPlace& place);

/// What a solver has come to that is over, or that something else ends, at this place with the iterate `u`.
[[nodiscard]] RunEnd solverEndedHere(
    const PdeSpec& pde, const PoissonSetting& setting, const SolverPlace& place, std::span<const double> u);
/// What a network has come to, whose largest error is `error` after `steps` updates.
[[nodiscard]] RunEnd networkEndedHere(
    const PdeSpec& pde, const PoissonSetting& setting, double error, std::int64_t steps);

/// Whether the energy at the training points is clearly less than any smooth curve has.
[[nodiscard]] bool isBelowLeast(double energy, const PoissonSetting& setting);
/// Id "energy_below_least": seen first at `step`, `energy` being the least since.
[[nodiscard]] Remark belowLeastRemark(
    const PdeSpec& pde, const PoissonSetting& setting, double energy, std::int64_t step);
/// Id "handed_over_worse_than_zero": what the network handed over after `step` has a larger error than u = 0.
[[nodiscard]] Remark worseThanZeroRemark(const PoissonSetting& setting, double error, std::int64_t step);

} // namespace fplab
