#include "core/signal/formula_lexer.h"

#include "core/signal/formula_characters.h"
#include "core/signal/formula_names.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace fplab {

namespace {

constexpr std::size_t maxTokens = 2000;
constexpr std::u32string_view superscripts = U"⁰¹²³⁴⁵⁶⁷⁸⁹";

bool isDigit(char32_t c) { return c >= '0' && c <= '9'; }

bool isLetter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool isSpace(char32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '$'; }

std::string lower(std::string text)
{
    std::ranges::transform(
        text, text.begin(), [](char l) { return l >= 'A' && l <= 'Z' ? static_cast<char>(l - 'A' + 'a') : l; });
    return text;
}

class Lexer {
public:
    explicit Lexer(std::u32string characters)
        : m_text(std::move(characters))
        , m_latex(m_text.find(U'\\') != std::u32string::npos)
    {
    }

    Result<std::vector<FormulaToken>> run()
    {
        for (skipSpaces(); m_at < m_text.size(); skipSpaces()) {
            if (m_tokens.size() >= maxTokens)
                return formulaProblem(m_at, "the formula has more than 2000 words and signs");
            if (const auto status = takeToken(); !status)
                return status.error();
        }
        add(Kind::End, {}, m_text.size());
        return std::move(m_tokens);
    }

private:
    using Kind = FormulaToken::Kind;

    [[nodiscard]] char32_t at(std::size_t index) const { return index < m_text.size() ? m_text[index] : 0; }

    /// Also comments of Python.
    void skipSpaces()
    {
        while (isSpace(at(m_at)) || (m_latex && at(m_at) == '~') || at(m_at) == '#') {
            m_newLine = m_newLine || at(m_at) == '\n' || at(m_at) == '\r';
            m_at = at(m_at) == '#' ? std::min(m_text.find(U'\n', m_at), m_text.size()) : m_at + 1;
            m_spaced = true;
        }
    }

    void add(Kind kind, std::string text, std::size_t start)
    {
        FormulaToken token {kind, std::move(text), static_cast<int>(start) + 1};
        token.spaced = std::exchange(m_spaced, false);
        token.newLine = std::exchange(m_newLine, false);
        m_tokens.push_back(std::move(token));
    }

    void addName(std::string typed, std::size_t start, std::string library = {})
    {
        add(Kind::Name, lower(typed), start);
        m_tokens.back().typed = std::move(typed);
        m_tokens.back().library = std::move(library);
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
        if (isLetter(c))
            return takeName();
        if (isSuperscript(c))
            return takePower();
        if (c == '\\')
            return takeCommand();
        if (const auto name = nameOfCharacter(c); !name.empty()) {
            ++m_at;
            addName(std::string(name) + takeSubscript(), start);
            return success();
        }
        if (const auto sign = signOfCharacter(c); !sign.empty()) {
            ++m_at;
            addSign(sign, start);
            return success();
        }
        return takeSign();
    }

    void addSign(std::string_view sign, std::size_t start)
    {
        if (isLetter(static_cast<unsigned char>(sign[0])))
            addName(std::string(sign), start);
        else
            add(Kind::Symbol, std::string(sign), start);
    }

    Status takeSign()
    {
        const std::size_t start = m_at;
        if (at(m_at) == '.' && std::u32string_view(U"*/^").find(at(m_at + 1)) != std::u32string_view::npos)
            ++m_at; // x.*y
        constexpr std::pair<std::u32string_view, std::string_view> signs[]
            = {{U"**", "^"}, {U"<=", "<="}, {U">=", ">="}, {U"==", "=="}, {U"!=", "!="}, {U"<>", "!="}, {U"~=", "!="},
                {U"=>", "=>"}, {U"->", "=>"}, {U"&&", "&&"}, {U"~", "!"}};
        for (const auto& [typed, meaning] : signs)
            if (std::u32string_view(m_text).substr(m_at).starts_with(typed)) {
                m_at += typed.size();
                add(Kind::Symbol, std::string(meaning), start);
                return success();
            }
        const char32_t c = m_text[m_at++];
        if (std::u32string_view(U"+-*/^(){}[],|<>=&!?:;@").find(c) == std::u32string_view::npos)
            return badCharacter(start, c);
        add(Kind::Symbol, std::string(1, static_cast<char>(c)), start);
        return success();
    }

    /// Letters, digits and _, with libraries in front: sin, np.sin, torch.nn.functional.relu, std::sin, Math.PI.
    Status takeName()
    {
        const std::size_t start = m_at;
        std::string library;
        bool random = false;
        for (;;) {
            const std::size_t wordStart = m_at;
            while (isLetter(at(m_at)) || isDigit(at(m_at)) || at(m_at) == '_')
                ++m_at;
            std::string word = ascii(wordStart, m_at);
            if (word.ends_with('_') && at(m_at) == '{') {
                word.pop_back();
                --m_at;
                word += takeSubscript();
            }
            random = random || isRandomName(lower(word));
            const std::size_t dots = at(m_at) == '.' ? 1 : at(m_at) == ':' && at(m_at + 1) == ':' ? 2 : 0;
            if (dots == 0 || !isLetter(at(m_at + dots))) {
                addName(random ? "random" : word, start, library);
                return success();
            }
            library = lower(word);
            if (!isFormulaModule(library) && !random)
                return formulaProblem(wordStart, '"' + word.substr(0, 32) + ".\" is not known",
                    "np., math. and torch. are understood before the name of a function.");
            m_at += dots;
        }
    }

    /// "_0", "_{10}" after a name, as "_0", "_10"; empty if there is none.
    std::string takeSubscript()
    {
        if (at(m_at) != '_')
            return {};
        const bool braces = at(m_at + 1) == '{';
        const std::size_t from = m_at + (braces ? 2 : 1);
        std::size_t to = from;
        while (isLetter(at(to)) || isDigit(at(to)))
            to += 1;
        if (!braces)
            to = std::min(to, from + 1);
        if (to == from || (braces && at(to) != '}'))
            return {};
        m_at = to + (braces ? 1 : 0);
        return '_' + ascii(from, to);
    }

    /// What begins with a backslash.
    Status takeCommand()
    {
        const std::size_t start = m_at++;
        std::size_t end = m_at;
        while (isLetter(at(end)))
            ++end;
        const std::string command = ascii(m_at, end);
        if (command.empty())
            return takeEscape(start);
        m_at = end;
        if (isLookOnly(command)) {
            if (command == "left" || command == "right")
                takeDelimiter();
            m_spaced = true;
        } else if (command.ends_with("frac")) {
            add(Kind::Layout, "frac", start);
            return takeDigits();
        } else if (command == "sqrt") {
            add(Kind::Layout, "sqrt", start);
        } else if (command == "begin" || command == "end") {
            if (!std::u32string_view(m_text).substr(m_at).starts_with(U"{cases}"))
                return formulaProblem(start, "only the environment cases can be used in a formula");
            m_at += 7;
            add(Kind::Layout, command == "begin" ? "cases" : "endcases", start);
        } else if (command.starts_with("math") || command.starts_with("text") || command == "operatorname") {
            openFont();
        } else if (command == "lfloor" || command == "lceil") {
            addName(command == "lfloor" ? "floor" : "ceil", start);
            add(Kind::Symbol, "(", start);
        } else if (command == "rfloor" || command == "rceil") {
            add(Kind::Symbol, ")", start);
        } else if (const auto sign = signOfCommand(command); !sign.empty()) {
            addSign(sign, start);
        } else {
            addName(std::string(nameOfCommand(command)) + takeSubscript(), start);
        }
        return success();
    }

    /// A backslash and a sign.
    Status takeEscape(std::size_t start)
    {
        const char32_t c = at(m_at);
        if (c == 0)
            return badCharacter(start, '\\');
        ++m_at;
        if (c == '\\' || c == '{' || c == '}' || c == '|')
            add(Kind::Symbol, c == '\\' ? "\\" : std::string(1, static_cast<char>(c)), start);
        else if (std::u32string_view(U",;:!> ()[]\n").find(c) == std::u32string_view::npos)
            return badCharacter(start, '\\');
        m_spaced = true;
        return success();
    }

    /// Behind \left and \right: a point is no delimiter, brackets are parentheses.
    void takeDelimiter()
    {
        skipSpaces();
        if (at(m_at) == '[' || at(m_at) == ']')
            m_text[m_at] = at(m_at) == '[' ? '(' : ')';
        else if (at(m_at) == '.')
            ++m_at;
    }

    /// Behind \mathrm and its like: the braces of the argument become spaces.
    void openFont()
    {
        if (at(m_at) == '*')
            ++m_at;
        skipSpaces();
        const auto close = m_text.find_first_of(U"{}", m_at + 1);
        if (at(m_at) != '{' || close == std::u32string::npos || m_text[close] != '}')
            return;
        m_text[m_at] = m_text[close] = ' ';
    }

    /// \frac12 is 1/2: up to two numbers of one digit.
    Status takeDigits()
    {
        for (int i = 0; i < 2; ++i) {
            skipSpaces();
            if (!isDigit(at(m_at)))
                break;
            add(Kind::Number, ascii(m_at, m_at + 1), m_at);
            ++m_at;
        }
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
            return formulaProblem(start, "the number " + typed + " is too large or too small");
        }
        if (at(m_at) == '.' && std::u32string_view(U"*/^").find(at(m_at + 1)) == std::u32string_view::npos)
            return formulaProblem(m_at, "a second decimal point");
        std::array<char, 32> shortest {};
        const auto end = std::to_chars(shortest.data(), shortest.data() + shortest.size(), value).ptr;
        add(Kind::Number, std::string(shortest.data(), end), start);
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
            return formulaProblem(start, "a raised minus without a number");
        if (exponent.size() > 4)
            return formulaProblem(start, "this power is too large");
        add(Kind::Power, std::move(exponent), start);
        return success();
    }

    std::u32string m_text;
    bool m_latex;
    std::size_t m_at = 0;
    bool m_spaced = false; ///< a space was seen since the last token
    bool m_newLine = false; ///< a line break was seen since the last token
    std::vector<FormulaToken> m_tokens;
};

} // namespace

Result<std::vector<FormulaToken>> lexFormula(std::string_view text)
{
    auto characters = formulaCharacters(text);
    if (!characters)
        return characters.error();
    return Lexer(std::move(characters).value()).run();
}

} // namespace fplab
