#pragma once

#include "core/engine/trainer.h"

namespace fplab {

/// Whether makeTrainer() can make a trainer of this; the error names the JSON path and says what is allowed.
[[nodiscard]] Status checkTrainer(const TrainerConfig& config, const SampleMatrix& inputs, const SampleMatrix& targets);

/// Whether a weighted Fourier loss at these uneven inputs is possible: one input, not all the same, and not so many
/// that its matrix does not fit.
[[nodiscard]] Status checkUnevenFourier(const SampleMatrix& inputs);

} // namespace fplab
