#pragma once

#include "core/nn/params.h"
#include "core/util/result.h"

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
        RandomSubset, ///< `count` of 5 x `count` even points, without replacement, sorted (paper S2, Fig. 7: 600 of 3000)
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

/// y = alpha Round(f0 / alpha), nearest, ties to even; a value within 1e-9 of a tie counts as a tie, so that floating-point noise cannot
/// decide (S2 Eq. for the discretised target). alpha = 0 returns f0.
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
};

/// Samples a formula. Errors: the formula's (path "target.formula", with column), or where it is not finite.
[[nodiscard]] Result<Dataset> makeDataset(
    const TargetConfig& target, const SamplingConfig& sampling, std::uint64_t seed);

/// Wraps given samples; finds out whether 1-D inputs are even (relative tolerance 1e-6 of the step) and ascending.
[[nodiscard]] Dataset makeDataset(SampleMatrix inputs, SampleMatrix targets);

} // namespace fplab
