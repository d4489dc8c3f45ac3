#pragma once

#include "core/base/result.h"
#include "core/base/samples.h"
#include "core/signal/sampling.h"
#include "core/signal/target.h"

#include <cstdint>
#include <vector>

namespace fplab {

/// y = alpha Round(f0 / alpha), nearest, ties to even; a value within 1e-9 of a tie counts as a tie, so that
/// floating-point noise cannot decide (S2 Eq. for the discretised target). alpha = 0 returns f0.
[[nodiscard]] double quantise(double f0, double alpha);

/// Training and test data of a run.
struct Dataset {
    SampleMatrix trainInputs, trainTargets;
    SampleMatrix testInputs, testTargets; ///< count 0 if there is no test set
    std::vector<double> cleanTargets; ///< 1-D formula targets without noise, at the training inputs; else empty
    bool even = false; ///< 1-D inputs in even, ascending steps: a DFT applies
    double spacing = 0; ///< step between even inputs
    bool rounded = false; ///< the steps are even but for the rounding of the given inputs
    double smallestStep = 0, largestStep = 0; ///< between given 1-D inputs that are neighbours
    std::size_t duplicates = 0; ///< given 1-D inputs that are equal to the one before
};

/// Samples a formula. Errors: the formula's (path "target.formula", with column), or where it is not finite.
[[nodiscard]] Result<Dataset> makeDataset(const TargetSpec& target, const SamplingSpec& sampling, std::uint64_t seed);

/// Wraps given samples. Those with one input are put in ascending order (by target where inputs are equal), and it is
/// found out whether their steps are even: within 1e-6 of a step, half a unit of the last decimal digit that the inputs
/// have, or half a unit of single precision, where that is less than an eighth of a step. The spacing is then
/// (largest - smallest) / (n - 1), so that n of them make the period of a DFT.
[[nodiscard]] Dataset makeDataset(SampleMatrix inputs, SampleMatrix targets);

/// Samples with equal inputs (1-D) become one, with the mean of their targets, in ascending order.
void averageDuplicates(SampleMatrix& inputs, SampleMatrix& targets);

} // namespace fplab
