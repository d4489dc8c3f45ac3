#pragma once

#include "core/base/result.h"
#include "core/engine/trainer.h"
#include "core/experiment/spec.h"
#include "core/run/experiment.h"

namespace fplab {

/// What the parts of an experiment file mean to a trainer.
[[nodiscard]] InitConfig initConfig(const InitSpec& spec);
[[nodiscard]] OptimizerConfig optimizerConfig(const OptimizerSpec& spec);
/// Network, initial weights, optimizer, precision, seed and threads; loss and batch are left at their defaults.
[[nodiscard]] TrainerConfig trainerConfig(const ExperimentSpec& spec, const NetworkSpec& network,
    const OptimizerSpec& optimizer, int inputs, int outputs, int threads);

/// The spec with a live change in it; an error names the path.
[[nodiscard]] Result<ExperimentSpec> withChange(const ExperimentSpec& spec, const LiveChange& change);

} // namespace fplab
