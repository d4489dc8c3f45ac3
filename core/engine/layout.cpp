#include "core/engine/layout.h"

#include "core/base/random.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>

namespace fplab {

namespace {

/// Calls visit(layer, whether it is a weight, flat index) for each parameter in the order of drawing.
void visitInOrder(
    const Layout& layout, const std::function<void(const Layout::Layer&, bool isWeight, std::size_t at)>& visit)
{
    for (const auto& layer : layout.layers) {
        for (long row = 0; row < layer.outputs; ++row)
            for (long column = 0; column < layer.inputs; ++column)
                visit(layer, true, layer.weights + std::size_t(column * layer.outputs + row));
        for (long row = 0; row < layer.outputs; ++row)
            visit(layer, false, layer.biases + std::size_t(row));
    }
}

} // namespace

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

std::vector<double> initialParameters(const Layout& layout, const InitConfig& init, std::uint64_t seed)
{
    if (init.kind == InitConfig::Kind::Explicit)
        return flatten(layout, init.params);
    Random random(seed, RandomStream::weights);
    const auto symmetric = [&](double bound) { return bound * (2 * random.uniform() - 1); };
    std::vector<double> flat(layout.count, 0.0);
    visitInOrder(layout, [&](const Layout::Layer& layer, bool isWeight, std::size_t at) {
        switch (init.kind) {
        case InitConfig::Kind::Normal:
            flat[at] = (isWeight ? init.std : init.biasStd) * random.normal();
            break;
        case InitConfig::Kind::Uniform:
            flat[at] = symmetric(isWeight ? init.std : init.biasStd);
            break;
        case InitConfig::Kind::Glorot:
            if (isWeight)
                flat[at] = symmetric(std::sqrt(6.0 / double(layer.inputs + layer.outputs)));
            break;
        case InitConfig::Kind::He:
            if (isWeight)
                flat[at] = std::sqrt(2.0 / double(layer.inputs)) * random.normal();
            break;
        case InitConfig::Kind::Explicit:
            break;
        }
    });
    return flat;
}

} // namespace fplab
