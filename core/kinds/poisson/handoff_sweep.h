#pragma once

#include "core/experiment/spec.h"
#include "core/kinds/poisson/kind.h"
#include "core/kinds/poisson/solve_summary.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace fplab {

/// One hand-off step that was tried.
struct HandoffTrial {
    std::int64_t step = 0; ///< M; 0 = the solver alone
    SolveSummary::Point handOver; ///< the network at step M: its time, work and error; zeros at M = 0
    std::optional<SolveSummary::Point> reached; ///< where the error is at most pde.tolerance; none = not within the run
};

/// At most `count` steps that the spec's schedule records, growing by about the same factor, from a small one up to
/// `last`, and 0 before them.
[[nodiscard]] std::vector<std::int64_t> handoffSteps(const ExperimentSpec& spec, std::int64_t last, int count);

/// Tries hand-off steps one after the other: one network is trained on and on, and at each of `steps` (ascending) the
/// solver goes on from it to the tolerance, timed on this thread. `tried` is called after each on the calling thread.
/// Same numbers, but for the seconds, as runs with that pde.handoff_step. Ends early when `stop` is requested.
/// Precondition: kind "poisson". Errors: those of makeExperiment().
[[nodiscard]] Status sweepHandoff(const ExperimentSpec& spec, const ExecutionOptions& options,
    std::span<const std::int64_t> steps, const std::function<void(const HandoffTrial&)>& tried,
    const std::stop_token& stop);

} // namespace fplab
