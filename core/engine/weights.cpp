#include "core/engine/weights.h"

#include "core/engine/gemm.h"

#include <algorithm>

namespace fplab {

template <class T>
Weights<T>::Weights(const Layout& layout)
    : m_layout(layout)
    , m_flat(MatrixOf<T>::Zero(long(layout.count), 1))
    , m_packed(layout.layers.size())
{
    for (std::size_t l = 0; l < m_packed.size(); ++l) {
        if (layout.isSingleOutput(l))
            continue;
        const auto& layer = layout.layers[l];
        m_packed[l].forward.setZero(packedSize<T>(layer.outputs, layer.inputs), 1);
        if (l > 0)
            m_packed[l].backward.setZero(packedSize<T>(layer.inputs, layer.outputs), 1);
    }
}

template <class T> long Weights<T>::firstColumn(const Layout::Layer& layer, std::size_t part, std::size_t count)
{
    if (part == count)
        return layer.inputs;
    const long even = layer.inputs * long(part) / long(count);
    return std::min(layer.inputs, (even + packRowStep - 1) / packRowStep * packRowStep);
}

template <class T> void Weights<T>::refreshColumns(std::size_t index, long begin, long end, bool biases)
{
    if (m_layout.isSingleOutput(index))
        return;
    const auto& layer = m_layout.layers[index];
    auto& packed = m_packed[index];
    const T* weights = m_flat.data() + layer.weights;
    packColumns(weights, layer.outputs, layer.outputs, layer.inputs, begin, end, packed.forward.data());
    if (index > 0)
        packRows(weights, layer.outputs, layer.inputs, layer.outputs, begin, end, packed.backward.data());
    if (biases)
        packBias(m_flat.data() + layer.biases, layer.outputs, layer.inputs, packed.forward.data());
}

template class Weights<float>;
template class Weights<double>;

} // namespace fplab
