#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace fplab {

/// The code points of a formula (UTF-8), full-width and typographic ones replaced by the plain ones they stand for.
/// Errors: longer than 4096 characters, invalid UTF-8.
[[nodiscard]] Result<std::u32string> formulaCharacters(std::string_view text);

/// A letter, sign or LaTeX command that stands for a name: π and \pi for "pi", ω for "omega", √ for "sqrt". Empty if it
/// stands for none.
[[nodiscard]] std::string_view nameOfCharacter(char32_t c);
[[nodiscard]] std::string_view nameOfCommand(std::string_view command);

/// A sign or LaTeX command that stands for plain signs: ≤ and \leq for "<=", \cdot for "*". Empty if it stands for
/// none.
[[nodiscard]] std::string_view signOfCharacter(char32_t c);
[[nodiscard]] std::string_view signOfCommand(std::string_view command);

/// LaTeX that changes only how a formula looks: \left, \quad, \displaystyle.
[[nodiscard]] bool isLookOnly(std::string_view command);

/// Why a character cannot be used, at a 0-based index.
[[nodiscard]] Diagnostic badCharacter(std::size_t index, char32_t c);
[[nodiscard]] Diagnostic formulaProblem(std::size_t index, std::string what, std::string advice = {});

} // namespace fplab
