#pragma once

#include "ui/model/lab.h"

#include <vector>

namespace fplab {

/// Weights w(k) of the panels' weighted Fourier loss for the recorded frequencies; empty with another loss.
[[nodiscard]] std::vector<double> shownWeights(const Lab& lab);
/// Such weights as a drawn curve: the JSON of the field that means Meaning::LossWeights.
[[nodiscard]] QString drawnWeights(const std::vector<double>& weights);

} // namespace fplab
