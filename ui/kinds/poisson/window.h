#pragma once

#include "ui/model/kind_window.h"

namespace fplab {

/// Views of costs and modes, comparisons with solvers, and pictures of them.
[[nodiscard]] KindWindow poissonWindow();

} // namespace fplab
