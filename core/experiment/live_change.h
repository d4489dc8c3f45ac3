#pragma once

#include "core/experiment/spec.h"

namespace fplab {

/// The experiment with a live change in it; an error names the path.
[[nodiscard]] Result<ExperimentSpec> withChange(const ExperimentSpec& spec, const LiveChange& change);

} // namespace fplab
