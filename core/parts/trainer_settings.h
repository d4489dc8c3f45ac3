#pragma once

#include "core/engine/network_spec.h"
#include "core/engine/trainer.h"
#include "core/experiment/spec.h"

namespace fplab {

/// Whether initial weights that are to be given are.
[[nodiscard]] Status checkNetwork(const NetworkSpec& network);

/// Network, initial weights, optimizer, precision, seed and threads of an experiment; loss and batch are left at their
/// defaults.
[[nodiscard]] TrainerConfig trainerConfig(const ExperimentSpec& spec, const NetworkSpec& network,
    const OptimizerSpec& optimizer, int inputs, int outputs, int threads);

} // namespace fplab
