#pragma once

#include "core/experiment/spec.h"
#include "core/kinds/poisson/kind.h"
#include "core/kinds/poisson/poisson_setting.h"
#include "core/kinds/poisson/solve_summary.h"

#include <optional>
#include <string>

namespace fplab {

/// Who wins to an error: the network with a hand-over, or the solver alone; on each axis of cost.
struct HandoffVerdict {
    double error = 0; ///< the error both are compared at
    std::optional<SolveSummary::Point> hybrid, alone; ///< where they reach it; none = not within the run
    // hybrid / alone, where both reach it; below 1 the hand-off wins
    std::optional<double> time, sweeps, work;
    std::string brief; ///< for people: who wins on time, and by how much
    std::string text; ///< for people: who wins, by how much, on which axis, and why
};

/// `hybrid` is the run with the network, `alone` the same solver from zero; both to pde.tolerance or further. `clock`:
/// what their seconds are by; its spread is told, and an advantage within it is none.
[[nodiscard]] HandoffVerdict judgeHandoff(const PdeSpec& pde, const PoissonSetting& setting, const SolveSummary& hybrid,
    const SolveSummary& alone, const SolveClock& clock = {});

} // namespace fplab
