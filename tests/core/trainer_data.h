#pragma once

#include "core/base/random.h"
#include "core/engine/trainer.h"

#include <memory>
#include <utility>
#include <vector>

namespace fplab {

/// Numbers in [-1, 1).
inline SampleMatrix randomSamples(std::size_t count, std::size_t dim, std::uint64_t seed)
{
    Random random(seed, RandomStream::sampling);
    SampleMatrix out {count, dim, {}};
    for (std::size_t i = 0; i < count * dim; ++i)
        out.values.push_back(2 * random.uniform() - 1);
    return out;
}

/// A trainer, or nullptr where makeTrainer() has an error.
inline std::unique_ptr<Trainer> make(
    const TrainerConfig& config, const SampleMatrix& inputs, const SampleMatrix& targets)
{
    auto trainer = makeTrainer(config, inputs, targets);
    return trainer ? std::move(trainer).value() : nullptr;
}

/// W of each layer by rows, then b.
inline std::vector<double> flat(const NetworkParams& params)
{
    std::vector<double> out;
    for (const auto& layer : params) {
        for (const auto& row : layer.W)
            out.insert(out.end(), row.begin(), row.end());
        out.insert(out.end(), layer.b.begin(), layer.b.end());
    }
    return out;
}

} // namespace fplab
