#pragma once

#include "core/nn/trainer.h"

namespace fplab {

/// Whether makeTrainer() can make a trainer of this; the error names the JSON path and says what is allowed.
[[nodiscard]] Status checkTrainer(const TrainerConfig& config, const SampleMatrix& inputs, const SampleMatrix& targets);

/// Whether a WeightedFourier loss at so many uneven samples is possible: its matrix must fit.
[[nodiscard]] Status checkUnevenFourier(std::size_t samples);

} // namespace fplab
