#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fplab {

/// The value of "pi", "tau", "e", "true" or "false".
[[nodiscard]] std::optional<double> formulaConstant(std::string_view name);

/// What a name of another language or library is called here: "arcsin" is "asin", "sgn" is "sign". The name itself if
/// it has no other.
[[nodiscard]] std::string_view canonicalName(std::string_view name);

/// A library in front of a function: "np", "math", "torch".
[[nodiscard]] bool isFormulaModule(std::string_view name);

/// "rand", "randn", "random": what no formula can be.
[[nodiscard]] bool isRandomName(std::string_view name);

/// Words with a meaning of their own: and, or, not, if, else. No operand starts with one but "not" and "if(".
[[nodiscard]] bool isFormulaKeyword(std::string_view name);

/// A name that may be a parameter: letters, digits and _, at most 32 bytes, and none that would surprise: not x, y or
/// t, not kx, not x2 or x_2, not two or more known names in one, not a function or constant with digits after it.
[[nodiscard]] bool canBeParameter(std::string_view name);

/// A name that can be a parameter but is one slip away from a known name ("pii", "coss"): one only where it has a
/// value.
[[nodiscard]] bool isDoubtfulParameter(std::string_view name);

/// A1, BC12: the cells of a spreadsheet.
[[nodiscard]] bool isCellReference(std::string_view typed);

/// Why a name that has a meaning elsewhere cannot stand in a formula.
struct NameRefusal {
    std::string what, advice;
};
/// The reason to refuse i, inf, nan, None, rand, dx, import and their like; none for other names.
[[nodiscard]] std::optional<NameRefusal> refusalOfName(std::string_view name, std::string_view typed);

/// A name that was likely meant to be a function's: one slip away from one, or known in another language.
[[nodiscard]] bool looksLikeSlip(std::string_view name);

/// What to tell somebody who typed a name that does not exist. Suggests what is known to be meant, or a name one slip
/// away (a letter too many, too few, wrong, or two swapped), else nothing.
[[nodiscard]] std::string adviceForName(std::string_view name, std::span<const std::string> variables);

} // namespace fplab
