#pragma once

#include "core/engine/activation.h"
#include "core/engine/layout.h"
#include "core/engine/slopes.h"

namespace fplab {

/// Networks of one input, one hidden layer and one output, h(x) = c + sum_u v_u f(w_u x + b_u), for which matrix
/// products are the wrong tool. Two passes over blocks of hidden neurons: each block takes all samples of the chunk
/// while its parameters, or its gradients, are in registers.
template <class T> struct OneHidden {
    /// What the forward pass leaves for the backward pass, a = f(z) and f'(z): room(samples) numbers each, one block of
    /// neurons after the other, in each sample after sample. All arrays are aligned as Eigen's are.
    struct Room {
        T* values;
        T* slopes; ///< null: not needed
        T* sums; ///< scratch, sumRoom() numbers for each sample
    };
    [[nodiscard]] static bool fits(const Layout& layout);
    [[nodiscard]] static long room(const Layout& layout, long samples);
    [[nodiscard]] static long sumRoom();
    /// Samples for which the values, at most, take half of the second-level cache.
    [[nodiscard]] static long chunk(const Layout& layout);

    static void forward(const Layout& layout, const Activation& activation, const T* params, const T* inputs,
        long samples, const Room& room, T* outputs);
    /// Puts dLoss/dparams into `gradient`, or adds it there with `add`.
    static void backward(const Layout& layout, const T* params, const T* inputs, long samples, const T* values,
        const Slopes<T>& slopes, const T* outputGradient, bool add, T* gradient);
};

extern template struct OneHidden<float>;
extern template struct OneHidden<double>;

} // namespace fplab
