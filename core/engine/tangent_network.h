#pragma once

#include "core/engine/network.h"

#include <vector>

namespace fplab {

/// A network of one input together with its exact derivative by that input: the forward tangent h'(x) rides through
/// each layer beside the value, and reverse mode goes through both. For losses that contain h', such as Deep Ritz.
///
/// Matrices hold the values of m samples in their first m columns and the tangents in the next m, so that both share
/// the matrix products. Holds no parameters; several threads may use it, each with its own Workspace.
template <class T> class TangentNetwork {
public:
    /// Room for one chunk: what the forward pass leaves for the backward pass, and scratch. The columns of each matrix
    /// of a layer stand columnStride(neurons) apart.
    struct Workspace {
        MatrixOf<T> inputs; ///< (1, 2m): x and its tangent 1
        std::vector<MatrixOf<T>> states; ///< (neurons, 2m): a = f(z) and its tangent f'(z) t
        std::vector<MatrixOf<T>> slopes; ///< (neurons, m): f'(z)
        std::vector<MatrixOf<T>> bends; ///< (neurons, m): f''(z) t, t = dz/dx
        MatrixOf<T> sums, delta, nextDelta, packedDelta; ///< of the widest layer, 2m columns
        long capacity = 0;
    };

    /// Precondition: the layout has one input.
    TangentNetwork(const Layout& layout, const Activation& activation);

    /// Makes room for chunks of `samples`; allocates only if there is less.
    void reserve(Workspace& workspace, long samples) const;

    /// outputs (outputs, 2m) = [h | h'] from m inputs; backward() may follow.
    void forward(const Weights<T>& weights, const T* inputs, long samples, Workspace& workspace, T* outputs) const;
    /// After forward() with the same arguments: puts dLoss/dparams into `gradient` (in the flat layout), or adds it
    /// there with `add`, for outputGradient (outputs, 2m) = [dLoss/dh | dLoss/dh'].
    void backward(const Weights<T>& weights, long samples, Workspace& workspace, const T* outputGradient, bool add,
        T* gradient) const;

private:
    Layout m_layout;
    const Activation* m_activation;
};

extern template class TangentNetwork<float>;
extern template class TangentNetwork<double>;

} // namespace fplab
