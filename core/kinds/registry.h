#pragma once

#include "core/experiment/kind.h"

#include <span>
#include <string_view>

namespace fplab {

/// All kinds of experiments; the first is that of a file that names none. A new kind is a folder and a row.
[[nodiscard]] std::span<const Kind* const> kinds();
/// nullptr if there is none with that id.
[[nodiscard]] const Kind* findKind(std::string_view id);

} // namespace fplab
