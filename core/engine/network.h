#pragma once

#include "core/engine/activation.h"
#include "core/engine/one_hidden.h"
#include "core/engine/weights.h"

#include <vector>

namespace fplab {

/// f of `size` numbers z, and where the pointers are not null f' and f'' (Activation).
template <class T> void activate(const Activation& activation, const T* z, long size, T* a, T* da, T* dda = nullptr);

/// Forward and backward pass of a fully connected network on a chunk of samples (a sample is a column). The hidden
/// layers have the activation, the last one is linear. Holds no parameters and may be used by several threads at once,
/// each with its own Workspace.
template <class T> class Network {
public:
    /// Room for one chunk: what the forward pass leaves for the backward pass, and scratch. The columns of each matrix
    /// of a layer stand columnStride(neurons) apart.
    struct Workspace {
        std::vector<MatrixOf<T>> values; ///< a = f(z) of each hidden layer
        std::vector<MatrixOf<T>> slopes; ///< f'(z) of each, or none where it follows from a
        MatrixOf<T> sums, delta, nextDelta, packedDelta;
        long capacity = 0;
    };

    Network(const Layout& layout, const Activation& activation);

    [[nodiscard]] const Layout& layout() const { return m_layout; }
    /// Samples of a chunk, at most, so that it stays in the caches. Follows from the layout alone.
    [[nodiscard]] std::size_t largestChunk() const;
    /// Makes room for chunks of `samples` columns; allocates only if there is less.
    void reserve(Workspace& workspace, long samples) const;

    /// outputs (outputs, samples) from inputs (inputs, samples), both without room between columns. With `keepSlopes`,
    /// backward() may follow.
    void forward(const Weights<T>& weights, const T* inputs, long samples, Workspace& workspace, T* outputs,
        bool keepSlopes) const;
    /// After forward() with the same arguments: puts dLoss/dparams into `gradient` (in the flat layout), or adds it
    /// there with `add`, for dLoss/doutputs.
    void backward(const Weights<T>& weights, const T* inputs, long samples, Workspace& workspace,
        const T* outputGradient, bool add, T* gradient) const;

private:
    /// Where the forward pass puts the slopes of a hidden layer; null if nobody needs them.
    [[nodiscard]] T* keptSlopes(Workspace& workspace, std::size_t layer, bool keepSlopes) const;
    [[nodiscard]] Slopes<T> slopes(const Workspace& workspace, std::size_t layer) const;

    Layout m_layout;
    const Activation& m_activation;
    bool m_oneHidden; ///< goes through OneHidden
};

/// The gradient of one layer from dLoss/dz (outputs, columns): of W over all columns, of b over the first
/// `biasColumns`. `scratch` has room for packedSize(outputs, columns).
template <class T> struct LayerGradient {
    const Layout& layout;
    std::size_t index; ///< of the layer
    const T* delta;
    long deltaStride;
    const T* inputs;
    long inputStride;
    long columns, biasColumns;
    T* scratch;

    void into(T* gradient, bool add) const;
};

extern template class Network<float>;
extern template class Network<double>;
extern template struct LayerGradient<float>;
extern template struct LayerGradient<double>;

} // namespace fplab
