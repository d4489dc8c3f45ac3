#pragma once

#include "core/kinds/fit_curve/spec.h"

namespace fplab {

struct Kind;

/// Kind "fit_curve": a network learns a function from samples (S2).
[[nodiscard]] const Kind& fitCurveKind();
[[nodiscard]] inline const Kind& descriptor(const FitCurveSpec&) { return fitCurveKind(); }

} // namespace fplab
