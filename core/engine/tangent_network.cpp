#include "core/engine/tangent_network.h"

#include "core/engine/column_passes.h"
#include "core/engine/gemm.h"
#include "core/engine/packet.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace fplab {

namespace {

/// The tangent state f'(z) t, and bends from f''(z) to f''(z) t.
template <class T>
void applyTangent(
    const T* __restrict tangents, const T* __restrict slopes, long size, T* __restrict state, T* __restrict bends)
{
    for (long i = 0; i < size; ++i) {
        state[i] = slopes[i] * tangents[i];
        bends[i] *= tangents[i];
    }
}

/// dLoss/dz = dLoss/da f' + dLoss/da' f'' t and dLoss/dt = dLoss/da' f', in place of dLoss/da and dLoss/da'.
template <class T>
void throughActivation(
    const T* __restrict slopes, const T* __restrict bends, long size, T* __restrict values, T* __restrict tangents)
{
    for (long i = 0; i < size; ++i) {
        values[i] = values[i] * slopes[i] + tangents[i] * bends[i];
        tangents[i] *= slopes[i];
    }
}

} // namespace

template <class T>
TangentNetwork<T>::TangentNetwork(const Layout& layout, const Activation& activation)
    : m_layout(layout)
    , m_activation(&activation)
{
    assert(layout.layers.front().inputs == 1);
}

template <class T> void TangentNetwork<T>::reserve(Workspace& workspace, long samples) const
{
    if (samples <= workspace.capacity)
        return;
    const std::size_t hidden = m_layout.layers.size() - 1;
    for (auto* matrices : {&workspace.states, &workspace.slopes, &workspace.bends})
        matrices->resize(hidden);
    for (std::size_t l = 0; l < hidden; ++l) {
        const long stride = columnStride<T>(m_layout.layers[l].outputs);
        workspace.states[l].setZero(stride, 2 * samples);
        workspace.slopes[l].setZero(stride, samples);
        workspace.bends[l].setZero(stride, samples);
    }
    workspace.inputs.setZero(1, 2 * samples);
    for (auto* scratch : {&workspace.sums, &workspace.delta, &workspace.nextDelta})
        scratch->setZero(columnStride<T>(m_layout.widest()), 2 * samples);
    workspace.packedDelta.resize(packedSize<T>(m_layout.widest(), 2 * samples), 1);
    workspace.capacity = samples;
}

template <class T>
void TangentNetwork<T>::forward(
    const Weights<T>& weights, const T* inputs, long samples, Workspace& workspace, T* outputs) const
{
    std::copy_n(inputs, samples, workspace.inputs.data());
    std::fill_n(workspace.inputs.data() + samples, samples, T(1));
    const T* previous = workspace.inputs.data();
    long previousStride = 1;
    for (std::size_t l = 0; l < m_layout.layers.size(); ++l) {
        const auto& layer = m_layout.layers[l];
        const bool last = l + 1 == m_layout.layers.size();
        const long stride = last ? layer.outputs : columnStride<T>(layer.outputs);
        const long size = stride * samples;
        if (m_layout.isSingleOutput(l)) {
            const T* flat = weights.flat().data();
            const T* tangents = previous + samples * previousStride;
            dotColumns(
                flat + layer.weights, flat[layer.biases], layer.inputs, previous, previousStride, samples, outputs);
            dotColumns(flat + layer.weights, T(0), layer.inputs, tangents, previousStride, samples, outputs + samples);
            return;
        }
        T* sums = last ? outputs : workspace.sums.data();
        for (const bool tangents : {false, true})
            multiply<T>({.rows = layer.outputs,
                .depth = layer.inputs,
                .columns = samples,
                .packed = weights.forward(l),
                .bias = !tangents,
                .b = tangents ? previous + samples * previousStride : previous,
                .columnStride = previousStride,
                .c = tangents ? sums + size : sums,
                .stride = stride,
                .roomy = !last});
        if (last)
            return;
        T* state = workspace.states[l].data();
        T* slopes = workspace.slopes[l].data();
        T* bends = workspace.bends[l].data();
        activate(*m_activation, sums, size, state, slopes, bends);
        applyTangent(sums + size, slopes, size, state + size, bends);
        previous = state;
        previousStride = stride;
    }
}

template <class T>
void TangentNetwork<T>::backward(
    const Weights<T>& weights, long samples, Workspace& workspace, const T* outputGradient, bool add, T* gradient) const
{
    const T* delta = outputGradient;
    long deltaStride = m_layout.layers.back().outputs;
    for (std::size_t l = m_layout.layers.size(); l-- > 0;) {
        const auto& layer = m_layout.layers[l];
        const long inputStride = l == 0 ? 1 : columnStride<T>(layer.inputs);
        const T* layerInputs = l == 0 ? workspace.inputs.data() : workspace.states[l - 1].data();
        LayerGradient<T> {m_layout, l, delta, deltaStride, layerInputs, inputStride, 2 * samples, samples,
            workspace.packedDelta.data()}
            .into(gradient, add);
        if (l == 0)
            return;
        T* previous = workspace.nextDelta.data();
        if (m_layout.isSingleOutput(l))
            outerProduct<T>(
                weights.flat().data() + layer.weights, delta, layer.inputs, {}, inputStride, 2 * samples, previous);
        else
            multiply<T>({.rows = layer.inputs,
                .depth = layer.outputs,
                .columns = 2 * samples,
                .packed = weights.backward(l),
                .b = delta,
                .columnStride = deltaStride,
                .c = previous,
                .stride = inputStride,
                .roomy = true});
        const long size = inputStride * samples;
        throughActivation(
            workspace.slopes[l - 1].data(), workspace.bends[l - 1].data(), size, previous, previous + size);
        std::swap(workspace.delta, workspace.nextDelta);
        delta = workspace.delta.data();
        deltaStride = inputStride;
    }
}

template class TangentNetwork<float>;
template class TangentNetwork<double>;

} // namespace fplab
