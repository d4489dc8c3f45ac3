#include "core/nn/tangent_network.h"

#include <cassert>
#include <type_traits>
#include <utility>

namespace fplab {

namespace {

template <class T> using VectorOf = Eigen::Matrix<T, Eigen::Dynamic, 1>;

/// f(z), f'(z) and f''(z) of `size` numbers.
template <class T> void activate(const Activation& activation, const T* z, long size, T* a, T* da, T* dda)
{
    if constexpr (std::is_same_v<T, float>)
        activation.evalFloat(z, size, a, da, dda);
    else
        activation.evalDouble(z, size, a, da, dda);
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
        workspace.states[l].resize(m_layout.layers[l].outputs, 2 * samples);
        workspace.slopes[l].resize(m_layout.layers[l].outputs, samples);
        workspace.bends[l].resize(m_layout.layers[l].outputs, samples);
    }
    for (auto* scratch : {&workspace.sums, &workspace.delta, &workspace.nextDelta})
        scratch->resize(m_layout.widest(), 2 * samples);
    workspace.capacity = samples;
}

template <class T>
void TangentNetwork<T>::forward(
    const T* params, const T* inputs, long samples, Workspace& workspace, Columns outputs) const
{
    const auto& layers = m_layout.layers;
    for (std::size_t l = 0; l < layers.size(); ++l) {
        const auto& layer = layers[l];
        const ConstColumns weights(params + layer.weights, layer.outputs, layer.inputs);
        const Eigen::Map<const VectorOf<T>> biases(params + layer.biases, layer.outputs);
        const bool last = l + 1 == layers.size();
        Columns sums(last ? outputs.data() : workspace.sums.data(), layer.outputs, 2 * samples);
        if (l == 0) {
            for (long j = 0; j < samples; ++j)
                sums.col(j) = biases + weights.col(0) * inputs[j];
            for (long j = samples; j < 2 * samples; ++j)
                sums.col(j) = weights.col(0);
        } else {
            sums.noalias() = weights * ConstColumns(workspace.states[l - 1].data(), layer.inputs, 2 * samples);
            sums.leftCols(samples).colwise() += biases;
        }
        if (last)
            return;
        const long size = layer.outputs * samples;
        T* state = workspace.states[l].data();
        T* slopes = workspace.slopes[l].data();
        T* bends = workspace.bends[l].data();
        activate(*m_activation, sums.data(), size, state, slopes, bends);
        const T* tangents = sums.data() + size;
        for (long i = 0; i < size; ++i) {
            state[size + i] = slopes[i] * tangents[i];
            bends[i] *= tangents[i];
        }
    }
}

template <class T>
void TangentNetwork<T>::backward(const T* params, const T* inputs, long samples, Workspace& workspace,
    ConstColumns outputGradient, T* gradient) const
{
    const auto& layers = m_layout.layers;
    const T* deltaData = outputGradient.data();
    for (std::size_t l = layers.size(); l-- > 0;) {
        const auto& layer = layers[l];
        const ConstColumns delta(deltaData, layer.outputs, 2 * samples);
        Columns weightGradient(gradient + layer.weights, layer.outputs, layer.inputs);
        Eigen::Map<VectorOf<T>> biasGradient(gradient + layer.biases, layer.outputs);
        for (long j = 0; j < samples; ++j)
            biasGradient += delta.col(j);
        if (l == 0) {
            for (long j = 0; j < samples; ++j)
                weightGradient.col(0) += delta.col(j) * inputs[j] + delta.col(samples + j);
            return;
        }
        weightGradient.noalias()
            += delta * ConstColumns(workspace.states[l - 1].data(), layer.inputs, 2 * samples).transpose();

        // dLoss/dz = dLoss/da f' + dLoss/da' f'' t, dLoss/dt = dLoss/da' f'
        const ConstColumns weights(params + layer.weights, layer.outputs, layer.inputs);
        Columns previous(workspace.nextDelta.data(), layer.inputs, 2 * samples);
        previous.noalias() = weights.transpose() * delta;
        const long size = layer.inputs * samples;
        T* values = previous.data();
        T* tangents = previous.data() + size;
        const T* slopes = workspace.slopes[l - 1].data();
        const T* bends = workspace.bends[l - 1].data();
        for (long i = 0; i < size; ++i) {
            values[i] = values[i] * slopes[i] + tangents[i] * bends[i];
            tangents[i] *= slopes[i];
        }
        std::swap(workspace.delta, workspace.nextDelta);
        deltaData = workspace.delta.data();
    }
}

template class TangentNetwork<float>;
template class TangentNetwork<double>;

} // namespace fplab
