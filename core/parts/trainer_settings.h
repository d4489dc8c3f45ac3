#pragma once

#include "core/engine/network_spec.h"
#include "core/engine/optimizer_spec.h"
#include "core/engine/trainer.h"
#include "core/experiment/spec.h"

namespace fplab {

/// What the parts of an experiment file mean to a trainer.
[[nodiscard]] InitConfig initConfig(const InitSpec& spec);
[[nodiscard]] OptimizerConfig optimizerConfig(const OptimizerSpec& spec);
/// Network, initial weights, optimizer, precision, seed and threads; loss and batch are left at their defaults.
[[nodiscard]] TrainerConfig trainerConfig(const ExperimentSpec& spec, const NetworkSpec& network,
    const OptimizerSpec& optimizer, int inputs, int outputs, int threads);

} // namespace fplab
