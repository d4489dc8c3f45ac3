#include "core/engine/network.h"

#include "core/engine/chunks.h"
#include "core/engine/column_passes.h"
#include "core/engine/gemm.h"
#include "core/engine/packet.h"

#include <algorithm>
#include <numeric>
#include <type_traits>
#include <utility>

namespace fplab {

template <class T> void activate(const Activation& activation, const T* z, long size, T* a, T* da, T* dda)
{
    if constexpr (std::is_same_v<T, float>)
        activation.evalFloat(z, size, a, da, dda);
    else
        activation.evalDouble(z, size, a, da, dda);
}

template <class T> void LayerGradient<T>::into(T* gradient, bool add) const
{
    const auto& layer = layout.layers[index];
    if (layout.isSingleInput(index)) {
        ColumnSums<T> {delta, deltaStride, layer.outputs, columns, inputs, biasColumns}.into(
            gradient + layer.weights, gradient + layer.biases, add);
        return;
    }
    if (layout.isSingleOutput(index)) {
        ColumnSums<T> {inputs, inputStride, layer.inputs, columns, delta, 0}.into(
            gradient + layer.weights, nullptr, add);
        T& biasGradient = gradient[layer.biases];
        biasGradient = std::accumulate(delta, delta + biasColumns, add ? biasGradient : T(0));
        return;
    }
    packColumns(delta, deltaStride, layer.outputs, columns, 0, columns, scratch);
    sumRows(scratch, layer.outputs, columns, biasColumns, add, gradient + layer.biases);
    multiply<T>({.rows = layer.outputs,
        .depth = columns,
        .columns = layer.inputs,
        .packed = scratch,
        .b = inputs,
        .depthStride = inputStride,
        .columnStride = 1,
        .c = gradient + layer.weights,
        .stride = layer.outputs,
        .add = add});
}

template <class T>
Network<T>::Network(const Layout& layout, const Activation& activation)
    : m_layout(layout)
    , m_activation(activation)
    , m_oneHidden(OneHidden<T>::fits(layout))
{
}

template <class T> std::size_t Network<T>::largestChunk() const
{
    if (!m_oneHidden)
        return Chunks::largest;
    constexpr long group = long(Chunks::group), most = long(Chunks::largest);
    return std::size_t(std::clamp(OneHidden<T>::chunk(m_layout) / group * group, group, most));
}

template <class T> void Network<T>::reserve(Workspace& workspace, long samples) const
{
    if (samples <= workspace.capacity)
        return;
    const std::size_t hidden = m_layout.layers.size() - 1;
    workspace.values.resize(hidden);
    workspace.slopes.resize(m_activation.slopeFromValue ? 0 : hidden);
    if (m_oneHidden) {
        workspace.values[0].setZero(OneHidden<T>::room(m_layout, samples), 1);
        for (auto& slopes : workspace.slopes)
            slopes.setZero(OneHidden<T>::room(m_layout, samples), 1);
        workspace.sums.setZero(OneHidden<T>::sumRoom(), samples);
        workspace.capacity = samples;
        return;
    }
    for (std::size_t l = 0; l < hidden; ++l) {
        const long stride = columnStride<T>(m_layout.layers[l].outputs);
        workspace.values[l].setZero(stride, samples);
        if (!workspace.slopes.empty())
            workspace.slopes[l].setZero(stride, samples);
    }
    for (auto* scratch : {&workspace.sums, &workspace.delta, &workspace.nextDelta})
        scratch->setZero(columnStride<T>(m_layout.widest()), samples);
    workspace.packedDelta.resize(packedSize<T>(m_layout.widest(), samples), 1);
    workspace.capacity = samples;
}

template <class T> T* Network<T>::keptSlopes(Workspace& workspace, std::size_t layer, bool keepSlopes) const
{
    return keepSlopes && !workspace.slopes.empty() ? workspace.slopes[layer].data() : nullptr;
}

template <class T> Slopes<T> Network<T>::slopes(const Workspace& workspace, std::size_t layer) const
{
    const bool ofValues = workspace.slopes.empty();
    return {ofValues ? workspace.values[layer].data() : workspace.slopes[layer].data(), ofValues};
}

template <class T>
void Network<T>::forward(
    const Weights<T>& weights, const T* inputs, long samples, Workspace& workspace, T* outputs, bool keepSlopes) const
{
    if (m_oneHidden) {
        OneHidden<T>::forward(m_layout, m_activation, weights.flat().data(), inputs, samples,
            {workspace.values[0].data(), keptSlopes(workspace, 0, keepSlopes), workspace.sums.data()}, outputs);
        return;
    }
    const T* previous = inputs;
    long previousStride = m_layout.layers.front().inputs;
    for (std::size_t l = 0; l < m_layout.layers.size(); ++l) {
        const auto& layer = m_layout.layers[l];
        const bool last = l + 1 == m_layout.layers.size();
        const long stride = last ? layer.outputs : columnStride<T>(layer.outputs);
        if (m_layout.isSingleOutput(l)) {
            const T* flat = weights.flat().data();
            dotColumns(
                flat + layer.weights, flat[layer.biases], layer.inputs, previous, previousStride, samples, outputs);
            return;
        }
        T* sums = last ? outputs : workspace.sums.data();
        multiply<T>({.rows = layer.outputs,
            .depth = layer.inputs,
            .columns = samples,
            .packed = weights.forward(l),
            .bias = true,
            .b = previous,
            .columnStride = previousStride,
            .c = sums,
            .stride = stride,
            .roomy = !last});
        if (last)
            return;
        activate(
            m_activation, sums, stride * samples, workspace.values[l].data(), keptSlopes(workspace, l, keepSlopes));
        previous = workspace.values[l].data();
        previousStride = stride;
    }
}

template <class T>
void Network<T>::backward(const Weights<T>& weights, const T* inputs, long samples, Workspace& workspace,
    const T* outputGradient, bool add, T* gradient) const
{
    if (m_oneHidden) {
        OneHidden<T>::backward(m_layout, weights.flat().data(), inputs, samples, workspace.values[0].data(),
            slopes(workspace, 0), outputGradient, add, gradient);
        return;
    }
    const T* delta = outputGradient;
    long deltaStride = m_layout.layers.back().outputs;
    for (std::size_t l = m_layout.layers.size(); l-- > 0;) {
        const auto& layer = m_layout.layers[l];
        const long inputStride = l == 0 ? layer.inputs : columnStride<T>(layer.inputs);
        const T* layerInputs = l == 0 ? inputs : workspace.values[l - 1].data();
        LayerGradient<T> {
            m_layout, l, delta, deltaStride, layerInputs, inputStride, samples, samples, workspace.packedDelta.data()}
            .into(gradient, add);
        if (l == 0)
            return;
        T* previous = workspace.nextDelta.data();
        if (m_layout.isSingleOutput(l))
            outerProduct(weights.flat().data() + layer.weights, delta, layer.inputs, slopes(workspace, l - 1),
                inputStride, samples, previous);
        else
            multiply<T>({.rows = layer.inputs,
                .depth = layer.outputs,
                .columns = samples,
                .packed = weights.backward(l),
                .b = delta,
                .columnStride = deltaStride,
                .c = previous,
                .stride = inputStride,
                .roomy = true,
                .slopes = slopes(workspace, l - 1)});
        std::swap(workspace.delta, workspace.nextDelta);
        delta = workspace.delta.data();
        deltaStride = inputStride;
    }
}

template void activate(const Activation&, const float*, long, float*, float*, float*);
template void activate(const Activation&, const double*, long, double*, double*, double*);
template struct LayerGradient<float>;
template struct LayerGradient<double>;
template class Network<float>;
template class Network<double>;

} // namespace fplab
