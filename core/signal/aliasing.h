#pragma once

#include "core/signal/formula.h"

#include <cstddef>
#include <vector>

namespace fplab {

/// A frequency of a function that even samples show as another one.
struct Alias {
    std::size_t cycles = 0; ///< in the range of the samples, n steps long; n / 2 or more
    std::size_t looksLike = 0; ///< bin of the samples' DFT where it appears, 0 .. n / 2; n / 2 cycles themselves appear
                               ///< there, or not at all
    double amplitude = 0; ///< |F| on the finer grid
};

/// What a finer grid tells of a function that is known at n even samples only.
struct FinerGrid {
    std::vector<Alias> aliases; ///< the largest first
    bool faster = false; ///< the function varies too fast for the finer grid too
    double rms = 0; ///< root mean square of the function over the range
};

/// Looks at `function` on a grid up to 16 times as fine as the n even steps of `spacing` from `from`. Empty where the
/// function is not finite there, and for more than 2^17 samples.
[[nodiscard]] FinerGrid lookFiner(const Formula& function, double from, double spacing, std::size_t n);

} // namespace fplab
