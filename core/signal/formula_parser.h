#pragma once

#include "core/util/result.h"

#include <string>
#include <string_view>

namespace fplab {

/// Turns what people write into muParser's language: every product explicit, every operation in parentheses, names in
/// lower case. Errors carry the column in `text` as typed. Depth of nesting is limited to 64.
[[nodiscard]] Result<std::string> normaliseFormula(std::string_view text);

} // namespace fplab
