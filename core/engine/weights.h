#pragma once

#include "core/engine/layout.h"

#include <cstddef>
#include <span>
#include <vector>

#include <Eigen/Core>

namespace fplab {

template <class T> using MatrixOf = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;

/// The parameters of a network, flat, and beside them each W packed for the products of the forward and of the backward
/// pass (gemm.h), not for a single output. Who writes to flat() calls refresh() before the next pass.
template <class T> class Weights {
public:
    explicit Weights(const Layout& layout);

    [[nodiscard]] std::span<T> flat() { return {m_flat.data(), m_layout.count}; }
    [[nodiscard]] std::span<const T> flat() const { return {m_flat.data(), m_layout.count}; }
    /// W (outputs, inputs) of a layer with its biases, packed.
    [[nodiscard]] const T* forward(std::size_t layer) const { return m_packed[layer].forward.data(); }
    /// The transpose of W, packed; none for the first layer.
    [[nodiscard]] const T* backward(std::size_t layer) const { return m_packed[layer].backward.data(); }

    /// The parameters in `count` parts, for several threads: calls update(begin, end) for the flat ranges of a part and
    /// refreshes what was packed of them.
    template <class Update> void updatePart(std::size_t part, std::size_t count, Update&& update)
    {
        for (std::size_t l = 0; l < m_layout.layers.size(); ++l) {
            const auto& layer = m_layout.layers[l];
            const long begin = firstColumn(layer, part, count), end = firstColumn(layer, part + 1, count);
            const auto at = [&](long column) { return layer.weights + std::size_t(column * layer.outputs); };
            const bool biases = part + 1 == count;
            update(at(begin), biases ? layer.biases + std::size_t(layer.outputs) : at(end));
            refreshColumns(l, begin, end, biases);
        }
    }
    void refresh()
    {
        updatePart(0, 1, [](std::size_t, std::size_t) {});
    }

private:
    struct Packed {
        MatrixOf<T> forward, backward; ///< aligned storage
    };
    [[nodiscard]] static long firstColumn(const Layout::Layer& layer, std::size_t part, std::size_t count);
    void refreshColumns(std::size_t layer, long begin, long end, bool biases);

    Layout m_layout;
    MatrixOf<T> m_flat;
    std::vector<Packed> m_packed;
};

extern template class Weights<float>;
extern template class Weights<double>;

} // namespace fplab
