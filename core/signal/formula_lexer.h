#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// One word of a formula.
struct FormulaToken {
    enum class Kind {
        Number, ///< text = its shortest form
        Name, ///< text = lower case; "π" and "\pi" are "pi", "√" is "sqrt", "\mathrm{sgn}" is "sgn"
        Power, ///< superscript digits; text = the exponent, e.g. "2" or "-1"
        Symbol, ///< text = one of + - * / ^ ( ) { } [ ] , | < <= > >= == != = & && ! ? : ; @ => and \ (a new line of
                ///< LaTeX)
        Layout, ///< LaTeX that parses in its own way; text = frac, sqrt, cases or endcases
        End, ///< after the last word; text is empty
    };
    Kind kind = Kind::End;
    std::string text;
    int column = 0; ///< 1-based code point in the formula as typed
    std::string typed = {}; ///< of names: as typed, without a library in front
    std::string library = {}; ///< of names: "np" of np.sin
    bool spaced = false; ///< a space stands before it
    bool newLine = false; ///< a line break stands before it
    [[nodiscard]] bool is(std::string_view symbol) const { return kind == Kind::Symbol && text == symbol; }
    [[nodiscard]] bool isName(std::string_view name) const { return kind == Kind::Name && text == name; }
};

/// Cuts a formula (UTF-8) into words, End last. Full-width and typographic characters become plain ones; what LaTeX
/// says of spaces, sizes and fonts is dropped. Errors: longer than 4096 characters, more than 2000 words, invalid
/// UTF-8, characters and numbers without a meaning.
[[nodiscard]] Result<std::vector<FormulaToken>> lexFormula(std::string_view text);

} // namespace fplab
