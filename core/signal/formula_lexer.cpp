#include "core/signal/formula_lexer.h"

#include "core/util/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace fplab {

namespace {

constexpr std::size_t maxCharacters = 4096, maxTokens = 2000;
constexpr std::u32string_view superscripts = U"⁰¹²³⁴⁵⁶⁷⁸⁹";

bool isDigit(char32_t c) { return c >= '0' && c <= '9'; }

bool isLetter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool isSpace(char32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The plain character that a typographic or full-width one stands for.
char32_t plain(char32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E) // full-width forms
        return c - 0xFF01 + '!';
    if ((c >= 0x2000 && c <= 0x200A) || c == 0x00A0 || c == 0x202F || c == 0x205F || c == 0x3000) // spaces
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
    default:
        return c;
    }
}

Diagnostic trouble(std::size_t index, std::string what, std::string advice = {})
{
    Diagnostic error;
    error.what = std::move(what);
    error.column = static_cast<int>(index) + 1;
    error.advice = std::move(advice);
    return error;
}

std::string quoted(char32_t c)
{
    if (c < ' ' || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF)
        return "the invisible character with code " + std::to_string(static_cast<unsigned>(c));
    std::string text = "\"";
    appendUtf8(text, c);
    return text + '"';
}

Diagnostic badCharacter(std::size_t index, char32_t c)
{
    switch (c) {
    case '=':
        return trouble(index, "\"=\" has no place in a formula", "Write only what stands on its right, e.g. x^2.");
    case '!':
        return trouble(index, "\"!\" is not known; there is no factorial");
    case '%':
        return trouble(index, "\"%\" is not known", "Write mod(a, b) for the remainder.");
    case '[':
    case ']':
    case '{':
    case '}':
        return trouble(index, quoted(c) + " is not known", "Use round parentheses ( ).");
    case ';':
        return trouble(index, "\";\" is not known", "Separate arguments with a comma.");
    default:
        break;
    }
    const std::string advice = c == U'х' || c == U'Х' || c == U'χ' ? "Type the Latin letter x." : "";
    return trouble(index, quoted(c) + " cannot be used in a formula", advice);
}

Result<std::u32string> decode(std::string_view text)
{
    std::u32string characters;
    while (!text.empty()) {
        if (characters.size() == maxCharacters)
            return trouble(maxCharacters, "the formula is longer than 4096 characters");
        const auto c = takeCodePoint(text);
        if (!c)
            return trouble(characters.size(), "this is not readable text (invalid UTF-8)");
        characters += plain(*c);
    }
    return characters;
}

class Lexer {
public:
    explicit Lexer(std::u32string characters)
        : m_text(std::move(characters))
    {
    }

    Result<std::vector<FormulaToken>> run()
    {
        for (skipSpaces(); m_at < m_text.size(); skipSpaces()) {
            if (m_tokens.size() == maxTokens)
                return trouble(m_at, "the formula has more than 2000 words and signs");
            if (const auto status = takeToken(); !status)
                return status.error();
        }
        add(FormulaToken::Kind::End, {}, m_text.size());
        return std::move(m_tokens);
    }

private:
    [[nodiscard]] char32_t at(std::size_t index) const { return index < m_text.size() ? m_text[index] : 0; }

    void skipSpaces()
    {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
    }

    void add(FormulaToken::Kind kind, std::string text, std::size_t start)
    {
        m_tokens.push_back({kind, std::move(text), static_cast<int>(start) + 1});
    }

    [[nodiscard]] std::string ascii(std::size_t from, std::size_t to) const
    {
        std::string out;
        for (std::size_t i = from; i < to; ++i)
            out += static_cast<char>(m_text[i]);
        return out;
    }

    Status takeToken()
    {
        const std::size_t start = m_at;
        const char32_t c = m_text[m_at];
        if (isDigit(c) || (c == '.' && isDigit(at(m_at + 1))))
            return takeNumber();
        if (isLetter(c)) {
            while (isLetter(at(m_at)) || isDigit(at(m_at)) || at(m_at) == '_')
                ++m_at;
            std::string name = ascii(start, m_at);
            std::transform(name.begin(), name.end(), name.begin(),
                [](char l) { return l >= 'A' && l <= 'Z' ? static_cast<char>(l - 'A' + 'a') : l; });
            add(FormulaToken::Kind::Name, std::move(name), start);
            return success();
        }
        if (isSuperscript(c))
            return takePower();
        ++m_at;
        if (c == U'π' || c == U'√') {
            add(FormulaToken::Kind::Name, c == U'π' ? "pi" : "sqrt", start);
            return success();
        }
        if (std::u32string_view(U"+-*/^(),|").find(c) == std::u32string_view::npos)
            return badCharacter(start, c);
        if (c == '*' && at(m_at) == '*') { // x**2
            ++m_at;
            add(FormulaToken::Kind::Symbol, "^", start);
            return success();
        }
        add(FormulaToken::Kind::Symbol, std::string(1, static_cast<char>(c)), start);
        return success();
    }

    /// digits [. digits] [e [sign] digits]; an e without digits after it is Euler's number.
    Status takeNumber()
    {
        const std::size_t start = m_at;
        const auto digits = [this] {
            while (isDigit(at(m_at)))
                ++m_at;
        };
        digits();
        if (at(m_at) == '.') {
            ++m_at;
            digits();
        }
        if (at(m_at) == 'e' || at(m_at) == 'E') {
            const std::size_t sign = at(m_at + 1) == '+' || at(m_at + 1) == '-' ? 1 : 0;
            if (isDigit(at(m_at + 1 + sign))) {
                m_at += 1 + sign;
                digits();
            }
        }
        std::string typed = ascii(start, m_at);
        double value = 0;
        const auto parsed = std::from_chars(typed.data(), typed.data() + typed.size(), value);
        if (parsed.ec != std::errc() || !std::isfinite(value)) {
            if (typed.size() > 20)
                typed = typed.substr(0, 17) + "...";
            return trouble(start, "the number " + typed + " is too large or too small");
        }
        if (at(m_at) == '.')
            return trouble(m_at, "a second decimal point");
        std::array<char, 32> shortest {};
        const auto end = std::to_chars(shortest.data(), shortest.data() + shortest.size(), value).ptr;
        add(FormulaToken::Kind::Number, std::string(shortest.data(), end), start);
        return success();
    }

    static bool isSuperscript(char32_t c) { return superscripts.find(c) != std::u32string_view::npos || c == U'⁻'; }

    Status takePower()
    {
        const std::size_t start = m_at;
        std::string exponent;
        if (m_text[m_at] == U'⁻') {
            exponent = "-";
            ++m_at;
        }
        for (std::size_t digit; (digit = superscripts.find(at(m_at))) != std::u32string_view::npos; ++m_at)
            exponent += static_cast<char>('0' + digit);
        if (exponent == "-")
            return trouble(start, "a raised minus without a number");
        if (exponent.size() > 4)
            return trouble(start, "this power is too large");
        add(FormulaToken::Kind::Power, std::move(exponent), start);
        return success();
    }

    std::u32string m_text;
    std::size_t m_at = 0;
    std::vector<FormulaToken> m_tokens;
};

} // namespace

Result<std::vector<FormulaToken>> lexFormula(std::string_view text)
{
    auto characters = decode(text);
    if (!characters)
        return characters.error();
    return Lexer(std::move(characters).value()).run();
}

} // namespace fplab
