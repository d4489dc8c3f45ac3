#pragma once

#include "core/engine/loss.h"
#include "core/engine/network_spec.h"
#include "core/engine/optimizer.h"
#include "core/experiment/kind.h"
#include "core/parts/curve_samples.h"

#include <cstddef>
#include <vector>

/// What kinds say in the same words about the parts they are composed of, for Kind::describe().
namespace fplab {

/// `samples`: how many there are; 0 = unknown.
void describeSamples(const SampleSource& source, std::size_t samples, std::vector<Fact>& facts);
void describeNetwork(const NetworkSpec& network, std::vector<Fact>& facts);
void describeLoss(const LossSpec& loss, std::vector<Fact>& facts);
void describeOptimizer(const OptimizerSpec& optimizer, std::vector<Fact>& facts);
/// "-3.14..3.14"
[[nodiscard]] std::string rangeText(double from, double to);

} // namespace fplab
