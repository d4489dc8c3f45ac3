#include "core/signal/formula_characters.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <span>

namespace fplab {

namespace {

constexpr std::size_t maxCharacters = 4096;

struct Sign {
    char32_t character;
    std::string_view meaning;
};
struct WayOut {
    std::u32string_view characters;
    std::string_view advice;
};
struct Command {
    std::string_view command, meaning;
};

constexpr Sign nameSigns[]
    = {{U'√', "sqrt"}, {U'∛', "cbrt"}, {U'ℯ', "e"}, {U'α', "alpha"}, {U'β', "beta"}, {U'γ', "gamma"}, {U'δ', "delta"},
        {U'ε', "epsilon"}, {U'ζ', "zeta"}, {U'η', "eta"}, {U'θ', "theta"}, {U'κ', "kappa"}, {U'λ', "lambda"},
        {U'μ', "mu"}, {U'ν', "nu"}, {U'ξ', "xi"}, {U'π', "pi"}, {U'ρ', "rho"}, {U'σ', "sigma"}, {U'τ', "tau"},
        {U'φ', "phi"}, {U'ϕ', "phi"}, {U'ψ', "psi"}, {U'ω', "omega"}, {U'∞', "infty"}, {U'∂', "partial"}};

constexpr Command nameCommands[] = {{"varepsilon", "epsilon"}, {"varphi", "phi"}, {"vartheta", "theta"}};

constexpr Sign otherSigns[] = {{U'≤', "<="}, {U'⩽', "<="}, {U'≥', ">="}, {U'⩾', ">="}, {U'≠', "!="}, {U'∧', "&&"},
    {U'∨', "or"}, {U'¬', "!"}, {U'∣', "|"}, {U'↦', "=>"}};

constexpr Command signCommands[]
    = {{"cdot", "*"}, {"times", "*"}, {"ast", "*"}, {"div", "/"}, {"le", "<="}, {"leq", "<="}, {"leqslant", "<="},
        {"lt", "<"}, {"ge", ">="}, {"geq", ">="}, {"geqslant", ">="}, {"gt", ">"}, {"ne", "!="}, {"neq", "!="},
        {"land", "&&"}, {"wedge", "&&"}, {"lor", "or"}, {"vee", "or"}, {"lnot", "!"}, {"neg", "!"}, {"vert", "|"},
        {"lvert", "|"}, {"rvert", "|"}, {"mid", "|"}, {"mapsto", "=>"}, {"to", "=>"}, {"lbrace", "{"}, {"rbrace", "}"}};

constexpr std::string_view looks[]
    = {"left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl",
        "Biggr", "quad", "qquad", "thinspace", "displaystyle", "textstyle", "limits", "nolimits"};

/// How to write what a character that cannot be used is meant to say.
constexpr WayOut waysOut[] = {{U"хХχ", "Type the Latin letter x."}, {U"½", "Write (1/2)."}, {U"⅓", "Write (1/3)."},
    {U"⅔", "Write (2/3)."}, {U"¼", "Write (1/4)."}, {U"¾", "Write (3/4)."}, {U"⅛", "Write (1/8)."},
    {U"⌊⌋", "Write floor(x)."}, {U"⌈⌉", "Write ceil(x)."}, {U"°", "Write angles in radians: sin(pi*x/180)."},
    {U"\"“”„‟«»`", "Leave out the quotation marks."},
    {U"'‘’‚′″", "Leave out quotation marks; derivatives have no place in a formula."}, {U"±∓", "Write + or -."},
    {U"∑∏", "Write out the terms: sin(x) + sin(3x)."}, {U"∫", "Write what the integral comes to."},
    {U"₀₁₂₃₄₅₆₇₈₉", "Write an index with _: a_1."}, {U"≈≡", "Write == for equal."}};

std::string_view meaningOf(std::span<const Sign> signs, char32_t c)
{
    const auto found = std::ranges::find(signs, c, &Sign::character);
    return found == signs.end() ? std::string_view() : found->meaning;
}

std::string_view meaningOf(std::span<const Command> commands, std::string_view command)
{
    const auto found = std::ranges::find(commands, command, &Command::command);
    return found == commands.end() ? std::string_view() : found->meaning;
}

/// The plain character that a typographic or full-width one stands for.
char32_t plain(char32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E) // full-width forms
        return c - 0xFF01 + '!';
    if ((c >= 0x2000 && c <= 0x200A) || c == 0x00A0 || c == 0x202F || c == 0x205F || c == 0x2061 || c == 0x2062
        || c == 0x3000) // spaces, and what word processors put between a function and its argument
        return ' ';
    switch (c) {
    case U'−':
    case U'–':
    case U'—':
    case U'‐':
    case U'‑':
        return '-';
    case U'·':
    case U'⋅':
    case U'×':
    case U'∗':
    case U'•':
        return '*';
    case U'÷':
    case U'∕':
    case U'⁄':
        return '/';
    case U'𝜋':
    case U'ϖ':
        return U'π';
    case U'µ': // the micro sign
        return U'μ';
    default:
        return c;
    }
}

std::string quoted(char32_t c)
{
    if (c < ' ' || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF)
        return "the invisible character with code " + std::to_string(static_cast<unsigned>(c));
    std::string text = "\"";
    appendUtf8(text, c);
    return text + '"';
}

} // namespace

Result<std::u32string> formulaCharacters(std::string_view text)
{
    std::u32string characters;
    while (!text.empty()) {
        if (characters.size() == maxCharacters)
            return formulaProblem(maxCharacters, "the formula is longer than 4096 characters");
        const auto c = takeCodePoint(text);
        if (!c)
            return formulaProblem(characters.size(), "this is not readable text (invalid UTF-8)");
        characters += plain(*c);
    }
    return characters;
}

std::string_view nameOfCharacter(char32_t c) { return meaningOf(nameSigns, c); }

std::string_view nameOfCommand(std::string_view command)
{
    const auto meaning = meaningOf(nameCommands, command);
    return meaning.empty() ? command : meaning;
}

std::string_view signOfCharacter(char32_t c) { return meaningOf(otherSigns, c); }

std::string_view signOfCommand(std::string_view command) { return meaningOf(signCommands, command); }

bool isLookOnly(std::string_view command) { return std::ranges::find(looks, command) != std::end(looks); }

Diagnostic formulaProblem(std::size_t index, std::string what, std::string advice)
{
    Diagnostic error;
    error.what = std::move(what);
    error.column = static_cast<int>(index) + 1;
    error.advice = std::move(advice);
    return error;
}

Diagnostic badCharacter(std::size_t index, char32_t c)
{
    if (c == '%')
        return formulaProblem(index, "\"%\" is not known", "Write mod(a, b) for the remainder.");
    const auto* way = std::ranges::find_if(
        waysOut, [c](const WayOut& w) { return w.characters.find(c) != std::u32string_view::npos; });
    return formulaProblem(index, quoted(c) + " cannot be used in a formula",
        way == std::end(waysOut) ? std::string() : std::string(way->advice));
}

} // namespace fplab
