#pragma once

#include "core/engine/trainer.h"

#include <span>
#include <string_view>
#include <vector>

namespace bench {

/// One training step of fixed size: forward and backward pass on the whole batch, and Adam.
struct Workload {
    enum class Data {
        Waves, ///< one even input in [-3.14, 3.14], a sum of three sines
        Ritz, ///< the same in [-1, 1] with the Deep Ritz energy: value, input derivative, gradient through both
        Plane, ///< random points of [0, 1]^2
        Classes, ///< random inputs, ten classes, softmax cross entropy
    };
    const char* id;
    std::vector<int> sizes; ///< the hidden layers have tanh
    std::size_t samples;
    Data data;

    [[nodiscard]] double flops() const; ///< of the matrix products of a step; a multiply-add counts two
    [[nodiscard]] double tanhs() const; ///< values of tanh a step needs
};

/// W1-W4, W6, W7. (W5, a convolutional network, is not built.)
[[nodiscard]] std::span<const Workload> workloads();
[[nodiscard]] const Workload* findWorkload(std::string_view id); ///< nullptr if there is none

struct Problem {
    fplab::TrainerConfig config;
    fplab::SampleMatrix inputs, targets;
};
[[nodiscard]] Problem makeProblem(const Workload& workload, fplab::Precision precision, int threads);

} // namespace bench
