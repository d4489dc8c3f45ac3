#pragma once

#include "core/nn/activation.h"
#include "core/nn/layout.h"

#include <vector>

#include <Eigen/Core>

namespace fplab {

template <class T> using MatrixOf = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;

/// Forward and backward pass of a fully connected network on a chunk of samples (a sample is a column). The hidden
/// layers have the activation, the last one is linear. Holds no parameters and may be used by several threads at once,
/// each with its own Workspace.
template <class T> class Network {
public:
    using Columns = Eigen::Map<MatrixOf<T>>;
    using ConstColumns = Eigen::Map<const MatrixOf<T>>;

    /// Room for one chunk: what the forward pass leaves for the backward pass, and scratch.
    struct Workspace {
        std::vector<MatrixOf<T>> values, slopes; ///< a = f(z) and f'(z) of each hidden layer
        MatrixOf<T> sums, delta, nextDelta;
        long capacity = 0;
    };

    Network(const Layout& layout, const Activation& activation);

    [[nodiscard]] const Layout& layout() const { return m_layout; }
    /// Makes room for chunks of `samples` columns; allocates only if there is less.
    void reserve(Workspace& workspace, long samples) const;

    /// outputs (outputs, m) from inputs (inputs, m). With `keepSlopes`, backward() may follow.
    void forward(const T* params, ConstColumns inputs, Workspace& workspace, Columns outputs, bool keepSlopes) const;
    /// After forward() with the same params, inputs and workspace: adds dLoss/dparams to `gradient` (in the flat
    /// layout) for dLoss/doutputs.
    void backward(
        const T* params, ConstColumns inputs, Workspace& workspace, ConstColumns outputGradient, T* gradient) const;

private:
    void activate(const T* z, long n, T* a, T* da) const;
    void hiddenLayer(
        const T* params, std::size_t index, ConstColumns inputs, Workspace& workspace, bool keepSlopes) const;

    Layout m_layout;
    const Activation& m_activation;
};

extern template class Network<float>;
extern template class Network<double>;

} // namespace fplab
