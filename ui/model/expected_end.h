#pragma once

#include "ui/model/lab.h"

#include <cstdint>

namespace fplab {

/// The last step of axes over a run: what it is planned to come to, or has come to if that is more.
[[nodiscard]] std::int64_t expectedEnd(const Lab& lab); ///< of the run on screen
[[nodiscard]] std::int64_t expectedEnd(const RunDocument& run, KindModels& kinds);

} // namespace fplab
