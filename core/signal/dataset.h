#pragma once

#include "core/base/result.h"
#include "core/base/samples.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace fplab {

/// Where and how a 1-D target is sampled.
struct SamplingConfig {
    enum class Kind {
        Uniform, ///< even steps, the last point included if `endpoint`
        Random, ///< uniformly random, sorted
        RandomSubset, ///< `count` of 5 x `count` even points, without replacement, sorted (paper S2, Fig. 7: 600 of
                      ///< 3000)
        Chebyshev, ///< zeros of the Chebyshev polynomial, ascending
    };
    double from = -3.14, to = 3.14; ///< from < to
    int count = 201; ///< >= 2
    Kind kind = Kind::Uniform;
    bool endpoint = true;
    int testCount = 0; ///< extra test points, drawn even with a half step's shift (Uniform) or at random
};

struct TargetConfig {
    std::string formula;
    double quantise = 0; ///< alpha of y = alpha Round(f0/alpha), half to even; 0 = off
    double noiseStd = 0;
    bool noiseBeforeQuantise = false;
    std::map<std::string, double> parameters {}; ///< of the formula; 1 where there is none
};

/// y = alpha Round(f0 / alpha), nearest, ties to even; a value within 1e-9 of a tie counts as a tie, so that
/// floating-point noise cannot decide (S2 Eq. for the discretised target). alpha = 0 returns f0.
[[nodiscard]] double quantise(double f0, double alpha);

/// Ascending sample positions. Random kinds use RandomStream::sampling of `seed`.
[[nodiscard]] std::vector<double> samplePositions(const SamplingConfig& sampling, std::uint64_t seed);

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
[[nodiscard]] Result<Dataset> makeDataset(
    const TargetConfig& target, const SamplingConfig& sampling, std::uint64_t seed);

/// Wraps given samples. Those with one input are put in ascending order (by target where inputs are equal), and it is
/// found out whether their steps are even: within 1e-6 of a step, half a unit of the last decimal digit that the inputs
/// have, or half a unit of single precision, where that is less than an eighth of a step. The spacing is then
/// (largest - smallest) / (n - 1), so that n of them make the period of a DFT.
[[nodiscard]] Dataset makeDataset(SampleMatrix inputs, SampleMatrix targets);

/// Samples with equal inputs (1-D) become one, with the mean of their targets, in ascending order.
void averageDuplicates(SampleMatrix& inputs, SampleMatrix& targets);

} // namespace fplab
