#pragma once

#include <cstddef>
#include <vector>

namespace fplab {

/// Weights of one dense layer z = W a + b in double precision, the form of files and tests.
struct LayerParams {
    std::vector<std::vector<double>> W; ///< W[i] = row of output neuron i: (outputs, inputs)
    std::vector<double> b; ///< (outputs)
    bool operator==(const LayerParams&) const = default;
};
using NetworkParams = std::vector<LayerParams>;

/// A batch of samples: `values` holds `count` rows of `dim` numbers, sample after sample.
struct SampleMatrix {
    std::size_t count = 0;
    std::size_t dim = 1;
    std::vector<double> values;
    [[nodiscard]] double operator()(std::size_t sample, std::size_t j) const { return values[sample * dim + j]; }
    bool operator==(const SampleMatrix&) const = default;
};

} // namespace fplab
