#pragma once

#include "core/engine/trainer.h"

namespace bench {

/// What one core of this computer does at best at the instruction level of the engine, measured in about 0.1 s.
struct Peaks {
    double flops = 0; ///< floating-point operations a second of independent multiply-adds in registers
    double tanhs = 0; ///< values a second of the engine's tanh, in the first-level cache
};
[[nodiscard]] Peaks measurePeaks(fplab::Precision precision);

} // namespace bench
