#pragma once

#include "core/nn/network.h"

#include <vector>

namespace fplab {

/// A network of one input together with its exact derivative by that input: the forward tangent h'(x) rides through
/// each layer beside the value, and reverse mode goes through both. For losses that contain h', such as Deep Ritz.
///
/// Matrices hold the values of m samples in their first m columns and the tangents in the next m, so that both share
/// every matrix product. Holds no parameters; several threads may use it, each with its own Workspace.
template <class T> class TangentNetwork {
public:
    using Columns = Eigen::Map<MatrixOf<T>>;
    using ConstColumns = Eigen::Map<const MatrixOf<T>>;

    /// Room for one chunk: what the forward pass leaves for the backward pass, and scratch.
    struct Workspace {
        std::vector<MatrixOf<T>> states; ///< (neurons, 2m): a = f(z) and its tangent f'(z) t
        std::vector<MatrixOf<T>> slopes; ///< (neurons, m): f'(z)
        std::vector<MatrixOf<T>> bends; ///< (neurons, m): f''(z) t, t = dz/dx
        MatrixOf<T> sums, delta, nextDelta; ///< (widest, 2m)
        long capacity = 0;
    };

    /// Precondition: the layout has one input.
    TangentNetwork(const Layout& layout, const Activation& activation);

    /// Makes room for chunks of `samples`; allocates only if there is less.
    void reserve(Workspace& workspace, long samples) const;

    /// outputs (outputs, 2m) = [h | h'] from m inputs; backward() may follow.
    void forward(const T* params, const T* inputs, long samples, Workspace& workspace, Columns outputs) const;
    /// After forward() with the same arguments: adds dLoss/dparams to `gradient` (in the flat layout) for
    /// outputGradient (outputs, 2m) = [dLoss/dh | dLoss/dh'].
    void backward(const T* params, const T* inputs, long samples, Workspace& workspace, ConstColumns outputGradient,
        T* gradient) const;

private:
    Layout m_layout;
    const Activation* m_activation;
};

extern template class TangentNetwork<float>;
extern template class TangentNetwork<double>;

} // namespace fplab
