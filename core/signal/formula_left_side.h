#pragma once

#include "core/signal/formula_tokens.h"

#include <string>
#include <vector>

namespace fplab {

/// Takes what stands in front of a formula that was copied from a program or a text: "y =", "f(x) =", "lambda x:",
/// "@(x)", "x =>", "def f(x): return". Returns the names that it gives to the variables, in their order: {"t"} for
/// "f(t) =". "x = 5" is left alone.
[[nodiscard]] std::vector<std::string> takeLeftSide(FormulaTokens& in, const std::vector<std::string>& variables);

} // namespace fplab
