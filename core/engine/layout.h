#pragma once

#include "core/base/samples.h"

#include <cstddef>
#include <span>
#include <vector>

namespace fplab {

/// Where the parameters of each layer stand in one flat vector: W (outputs x inputs, column after column), then b.
struct Layout {
    struct Layer {
        long inputs = 0, outputs = 0;
        std::size_t weights = 0, biases = 0; ///< offsets
    };
    std::vector<Layer> layers;
    std::size_t count = 0;

    Layout() = default;
    explicit Layout(const std::vector<int>& sizes); ///< neurons per layer, at least two, each >= 1
    /// Whether a layer after a hidden one has one output: it does without matrix products (column_passes.h).
    [[nodiscard]] bool isSingleOutput(std::size_t layer) const { return layer > 0 && layers[layer].outputs == 1; }
    /// Whether a layer before a hidden one has one input: its gradient does without matrix products.
    [[nodiscard]] bool isSingleInput(std::size_t layer) const
    {
        return layer == 0 && layers.size() > 1 && layers[0].inputs == 1;
    }
    [[nodiscard]] long widest() const; ///< neurons of the widest layer that is not the input
};

[[nodiscard]] std::vector<double> flatten(const Layout& layout, const NetworkParams& params);
[[nodiscard]] NetworkParams unflatten(const Layout& layout, std::span<const double> flat);

} // namespace fplab
