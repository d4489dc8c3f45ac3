#pragma once

#include "core/base/result.h"
#include "core/experiment/spec.h"
#include "core/run/experiment.h"
#include "core/run/run_control.h"
#include "core/run/schedule.h"

#include <memory>
#include <string>

namespace fplab {

/// How an experiment is carried out on this computer; never changes the numbers.
struct ExecutionOptions {
    int threads = 1;
    std::string baseFolder; ///< where relative CSV paths of the spec start; empty = current folder
};

/// The only place that knows all kinds. Errors name the JSON path.
[[nodiscard]] Result<std::unique_ptr<Experiment>> makeExperiment(
    const ExperimentSpec& spec, const ExecutionOptions& options = {});

/// Parts common to all kinds.
[[nodiscard]] Schedule scheduleOf(const ExperimentSpec& spec);
[[nodiscard]] StopRule stopRuleOf(const ExperimentSpec& spec);
[[nodiscard]] const AnalysisSpec& analysisOf(const ExperimentSpec& spec);
[[nodiscard]] AnalysisSpec& analysisOf(ExperimentSpec& spec);
/// Seconds the run to its last step takes on this computer at full speed, by timing a few updates (at most about 0.2
/// s).
[[nodiscard]] double estimateSeconds(const ExperimentSpec& spec, const ExecutionOptions& options = {});

} // namespace fplab
