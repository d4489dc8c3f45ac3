#pragma once

#include "core/base/result.h"
#include "core/signal/formula.h"
#include "core/signal/formula_tree.h"

#include <string_view>

namespace fplab {

/// The tree of what people write. Errors carry the column in `text` as typed. Depth of nesting is limited to 64, which
/// also bounds the recursion; at most 32 parameters.
[[nodiscard]] Result<FormulaTree> parseFormula(std::string_view text, const FormulaOptions& options);

} // namespace fplab
