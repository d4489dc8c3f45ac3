#include "core/nn/network.h"

#include <algorithm>
#include <type_traits>

namespace fplab {

namespace {

constexpr long fewInputs = 4; ///< layers with no more inputs go without a matrix product

/// Eigen cuts products by the cache sizes it finds; the cut decides the bits, so it must not follow the computer.
void pinBlocking()
{
    static const bool pinned = [] {
        Eigen::setCpuCacheSizes(32 * 1024, 1024 * 1024, 4 * 1024 * 1024);
        return true;
    }();
    static_cast<void>(pinned);
}

template <class T>
void linear(const Layout::Layer& layer, const T* params, const typename Network<T>::ConstColumns& inputs,
    Eigen::Ref<MatrixOf<T>> sums)
{
    using Vector = Eigen::Map<const Eigen::Matrix<T, Eigen::Dynamic, 1>>;
    const typename Network<T>::ConstColumns weights(params + layer.weights, layer.outputs, layer.inputs);
    const Vector biases(params + layer.biases, layer.outputs);
    if (layer.inputs <= fewInputs) {
        for (long j = 0; j < inputs.cols(); ++j) {
            sums.col(j) = biases + weights.col(0) * inputs(0, j);
            for (long i = 1; i < layer.inputs; ++i)
                sums.col(j) += weights.col(i) * inputs(i, j);
        }
        return;
    }
    sums.colwise() = biases;
    sums.noalias() += weights * inputs;
}

} // namespace

/// One sample of the sweep below; a function of its own because the compiler trusts __restrict on parameters only.
template <class T>
void sweepSample(long n, const T* __restrict values, const T* __restrict slopes, const T* __restrict outWeights,
    T outputGradient, T input, T* __restrict outSum, T* __restrict weightSum, T* __restrict biasSum)
{
    for (long i = 0; i < n; ++i) {
        const T delta = outWeights[i] * outputGradient * slopes[i];
        outSum[i] += values[i] * outputGradient;
        biasSum[i] += delta;
        weightSum[i] += delta * input;
    }
}

/// Backward pass of a network of one input, one hidden layer and one output in a single sweep over the values and
/// slopes of the hidden layer, in blocks of rows whose sums stay in the first-level cache.
template <class T>
void backwardOneHidden(const Layout& layout, const T* params, const T* inputs, const T* values, const T* slopes,
    const T* outputGradient, long samples, T* gradient)
{
    constexpr long block = 1024;
    const auto& first = layout.layers[0];
    const auto& last = layout.layers[1];
    for (long begin = 0; begin < first.outputs; begin += block) {
        const long n = std::min(block, first.outputs - begin);
        for (long j = 0; j < samples; ++j) {
            const long at = j * first.outputs + begin;
            sweepSample(n, values + at, slopes + at, params + last.weights + begin, outputGradient[j], inputs[j],
                gradient + last.weights + begin, gradient + first.weights + begin, gradient + first.biases + begin);
        }
    }
    for (long j = 0; j < samples; ++j)
        gradient[last.biases] += outputGradient[j];
}

template <class T>
Network<T>::Network(const Layout& layout, const Activation& activation)
    : m_layout(layout)
    , m_activation(activation)
{
    pinBlocking();
}

template <class T> void Network<T>::reserve(Workspace& workspace, long samples) const
{
    if (samples <= workspace.capacity)
        return;
    const std::size_t hidden = m_layout.layers.size() - 1;
    workspace.values.resize(hidden);
    workspace.slopes.resize(hidden);
    for (std::size_t l = 0; l < hidden; ++l) {
        workspace.values[l].resize(m_layout.layers[l].outputs, samples);
        workspace.slopes[l].resize(m_layout.layers[l].outputs, samples);
    }
    for (auto* scratch : {&workspace.sums, &workspace.delta, &workspace.nextDelta})
        scratch->resize(m_layout.widest(), samples);
    workspace.capacity = samples;
}

template <class T> void Network<T>::activate(const T* z, long n, T* a, T* da) const
{
    if constexpr (std::is_same_v<T, float>)
        m_activation.evalFloat(z, n, a, da, nullptr);
    else
        m_activation.evalDouble(z, n, a, da, nullptr);
}

/// z goes through a piece of scratch that stays in the first-level cache where the layer allows it.
template <class T>
void Network<T>::hiddenLayer(
    const T* params, std::size_t index, ConstColumns inputs, Workspace& workspace, bool keepSlopes) const
{
    const auto& layer = m_layout.layers[index];
    const long samples = inputs.cols();
    const long piece = layer.inputs <= fewInputs ? std::clamp(4096 / layer.outputs, 1L, samples) : samples;
    T* values = workspace.values[index].data();
    T* slopes = keepSlopes ? workspace.slopes[index].data() : nullptr;
    for (long j = 0; j < samples; j += piece) {
        const long columns = std::min(piece, samples - j);
        const long at = j * layer.outputs;
        Columns sums(workspace.sums.data(), layer.outputs, columns);
        linear<T>(layer, params, ConstColumns(inputs.data() + j * layer.inputs, layer.inputs, columns), sums);
        activate(sums.data(), sums.size(), values + at, slopes ? slopes + at : nullptr);
    }
}

template <class T>
void Network<T>::forward(
    const T* params, ConstColumns inputs, Workspace& workspace, Columns outputs, bool keepSlopes) const
{
    const long samples = inputs.cols();
    const T* previous = inputs.data();
    const std::size_t hidden = m_layout.layers.size() - 1;
    for (std::size_t l = 0; l < hidden; ++l) {
        hiddenLayer(params, l, ConstColumns(previous, m_layout.layers[l].inputs, samples), workspace, keepSlopes);
        previous = workspace.values[l].data();
    }
    const auto& last = m_layout.layers.back();
    linear<T>(last, params, ConstColumns(previous, last.inputs, samples), outputs);
}

template <class T>
void Network<T>::backward(
    const T* params, ConstColumns inputs, Workspace& workspace, ConstColumns outputGradient, T* gradient) const
{
    const long samples = inputs.cols();
    const auto& layers = m_layout.layers;
    if (layers.size() == 2 && layers[0].inputs == 1 && layers[1].outputs == 1) {
        backwardOneHidden(m_layout, params, inputs.data(), workspace.values[0].data(), workspace.slopes[0].data(),
            outputGradient.data(), samples, gradient);
        return;
    }
    const T* deltaData = outputGradient.data();
    for (std::size_t l = layers.size(); l-- > 0;) {
        const auto& layer = layers[l];
        const ConstColumns delta(deltaData, layer.outputs, samples);
        const ConstColumns layerInputs(l == 0 ? inputs.data() : workspace.values[l - 1].data(), layer.inputs, samples);
        Columns weightGradient(gradient + layer.weights, layer.outputs, layer.inputs);
        Columns biasGradient(gradient + layer.biases, layer.outputs, 1);
        for (long j = 0; j < samples; ++j)
            biasGradient.col(0) += delta.col(j);
        if (layer.inputs <= fewInputs) {
            for (long j = 0; j < samples; ++j)
                for (long i = 0; i < layer.inputs; ++i)
                    weightGradient.col(i) += delta.col(j) * layerInputs(i, j);
        } else {
            weightGradient.noalias() += delta * layerInputs.transpose();
        }
        if (l == 0)
            return;
        const ConstColumns weights(params + layer.weights, layer.outputs, layer.inputs);
        const ConstColumns slopes(workspace.slopes[l - 1].data(), layer.inputs, samples);
        Columns previous(workspace.nextDelta.data(), layer.inputs, samples);
        if (layer.outputs == 1) {
            for (long j = 0; j < samples; ++j)
                previous.col(j) = (weights.row(0).transpose() * delta(0, j)).cwiseProduct(slopes.col(j));
        } else {
            previous.noalias() = weights.transpose() * delta;
            previous.array() *= slopes.array();
        }
        std::swap(workspace.delta, workspace.nextDelta);
        deltaData = workspace.delta.data();
    }
}

template class Network<float>;
template class Network<double>;

} // namespace fplab
