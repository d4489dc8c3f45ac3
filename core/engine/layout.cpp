#include "core/engine/layout.h"

#include <algorithm>
#include <cassert>

namespace fplab {

Layout::Layout(const std::vector<int>& sizes)
{
    assert(sizes.size() >= 2);
    for (std::size_t i = 1; i < sizes.size(); ++i) {
        Layer layer;
        layer.inputs = sizes[i - 1];
        layer.outputs = sizes[i];
        layer.weights = count;
        layer.biases = count + std::size_t(layer.inputs) * std::size_t(layer.outputs);
        count = layer.biases + std::size_t(layer.outputs);
        layers.push_back(layer);
    }
}

long Layout::widest() const { return std::ranges::max_element(layers, {}, &Layer::outputs)->outputs; }

std::vector<double> flatten(const Layout& layout, const NetworkParams& params)
{
    std::vector<double> flat(layout.count);
    for (std::size_t l = 0; l < layout.layers.size(); ++l) {
        const auto& layer = layout.layers[l];
        for (std::size_t row = 0; row < std::size_t(layer.outputs); ++row) {
            for (std::size_t column = 0; column < std::size_t(layer.inputs); ++column)
                flat[layer.weights + column * std::size_t(layer.outputs) + row] = params[l].W[row][column];
            flat[layer.biases + row] = params[l].b[row];
        }
    }
    return flat;
}

NetworkParams unflatten(const Layout& layout, std::span<const double> flat)
{
    NetworkParams params(layout.layers.size());
    for (std::size_t l = 0; l < params.size(); ++l) {
        const auto& layer = layout.layers[l];
        const auto outputs = std::size_t(layer.outputs), inputs = std::size_t(layer.inputs);
        params[l].W.assign(outputs, std::vector<double>(inputs));
        params[l].b.resize(outputs);
        for (std::size_t row = 0; row < outputs; ++row) {
            for (std::size_t column = 0; column < inputs; ++column)
                params[l].W[row][column] = flat[layer.weights + column * outputs + row];
            params[l].b[row] = flat[layer.biases + row];
        }
    }
    return params;
}

} // namespace fplab
