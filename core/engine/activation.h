#pragma once

#include "core/fields/hint.h"

#include <span>
#include <string_view>

namespace fplab {

/// A pointwise nonlinearity with its first two derivatives. A row of `activations()` is a complete new activation:
/// files, forms, the headless program and the derivative test iterate that table.
struct Activation {
    std::string_view id; ///< stable, in files
    std::string_view label; ///< for people
    /// For z[0..n): a = f(z), and where the pointers are not null da = f'(z), dda = f''(z). Arrays may not overlap.
    /// One vectorised pass each for float and double; the value at an index does not depend on n or alignment.
    void (*evalFloat)(const float* z, long n, float* a, float* da, float* dda);
    void (*evalDouble)(const double* z, long n, double* a, double* da, double* dda);
    bool slopeFromValue; ///< f' = 1 - f^2: who keeps f need not keep f'
};

/// tanh, relu, sigmoid, sin, ricker, identity; relu'(0) = 0; ricker(z) = (1 - z^2) exp(-z^2/2).
[[nodiscard]] std::span<const Activation> activations();
[[nodiscard]] std::span<const Choice> activationChoices();
/// nullptr if there is none with that id.
[[nodiscard]] const Activation* findActivation(std::string_view id);

} // namespace fplab
