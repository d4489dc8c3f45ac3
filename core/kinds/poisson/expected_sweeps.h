#pragma once

#include "core/experiment/spec.h"
#include "core/kinds/poisson/kind.h"

namespace fplab {

/// Sweeps of the slowest mode from an error of order 1 to the tolerance, at most pde.max_sweeps; what a hand-over saves
/// is not known before.
[[nodiscard]] double expectedSweeps(const PdeSpec& pde);

} // namespace fplab
