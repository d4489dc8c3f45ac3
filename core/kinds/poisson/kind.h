#pragma once

#include "core/kinds/poisson/spec.h"

namespace fplab {

struct Kind;

/// Kind "poisson" (S1, section 5).
[[nodiscard]] const Kind& poissonKind();
[[nodiscard]] inline const Kind& descriptor(const PoissonSpec&) { return poissonKind(); }

} // namespace fplab
