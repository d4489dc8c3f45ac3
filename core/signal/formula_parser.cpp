#include "core/signal/formula_parser.h"

#include "core/signal/formula_functions.h"
#include "core/signal/formula_lexer.h"

#include <optional>
#include <vector>

namespace fplab {

namespace {

constexpr int maxDepth = 64;
constexpr const char* decimalAdvice = "Write decimal numbers with a point: 1.5.";

/// Recursive descent, every rule returning text that is safe as an operand. The first error wins; after it the parser
/// stands at the end, so that every loop stops.
///
///   sum      = product {("+" | "-") product}
///   product  = unary {("*" | "/") unary | power}        the second form is the implicit product
///   unary    = {"+" | "-"} power
///   power    = primary [raised number] ["^" unary]
///   primary  = number | value | "(" sum ")" | "|" sum "|" | function [power of it] ("(" sum {"," sum} ")" | argument)
///   argument = ["-" {"+" | "-"}] power {power}           up to an operator or a function
class Parser {
public:
    explicit Parser(std::vector<FormulaToken> tokens)
        : m_tokens(std::move(tokens))
    {
    }

    Result<std::string> run()
    {
        if (m_tokens.size() == 1)
            fail(next(), "the formula is empty", "Type one such as sin(x) + sin(3x).");
        const std::string text = bare(sum());
        if (next().is(")"))
            fail(next(), "no parenthesis is open here");
        else if (next().kind != Kind::End)
            unexpected();
        if (m_error)
            return *m_error;
        return text;
    }

private:
    using Kind = FormulaToken::Kind;

    /// Counts nesting, so that hostile text cannot exhaust the stack.
    class Level {
    public:
        explicit Level(Parser& parser)
            : m_parser(parser)
        {
            if (++m_parser.m_depth > maxDepth)
                m_parser.fail(m_parser.next(), "the formula is nested more than 64 levels deep");
        }
        ~Level() { --m_parser.m_depth; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;

    private:
        Parser& m_parser;
    };

    [[nodiscard]] const FormulaToken& next() const { return m_tokens[m_at]; }
    [[nodiscard]] const FormulaToken& afterNext() const { return m_tokens[std::min(m_at + 1, m_tokens.size() - 1)]; }

    FormulaToken take()
    {
        const FormulaToken token = next();
        if (token.kind != Kind::End)
            ++m_at;
        return token;
    }

    bool takeIf(std::string_view symbol)
    {
        const bool found = next().is(symbol);
        if (found)
            ++m_at;
        return found;
    }

    void fail(const FormulaToken& token, std::string what, std::string advice = {})
    {
        if (!m_error) {
            m_error.emplace();
            m_error->what = std::move(what);
            m_error->column = token.column;
            m_error->advice = std::move(advice);
        }
        m_at = m_tokens.size() - 1;
    }

    void unexpected()
    {
        const auto& token = next();
        if (token.kind == Kind::End)
            fail(token, "the formula ends too early; a number, x or a function is missing");
        else if (token.kind == Kind::Power)
            fail(token, "a raised number needs something before it");
        else if (token.is(","))
            fail(token, "a comma separates the arguments of a function, and there is none here", decimalAdvice);
        else if (token.is(")") && m_at > 0 && m_tokens[m_at - 1].is("("))
            fail(token, "nothing stands between the parentheses");
        else
            fail(token, '"' + token.text + "\" is not expected here; a number, x or a function is missing");
    }

    void ambiguous(const FormulaToken& function, const FormulaToken& at)
    {
        fail(at, "this can be read in two ways", "Use parentheses: " + function.text + "( ... ).");
    }

    /// Text without the parentheses that close it in; every composite text has them.
    static std::string bare(const std::string& text)
    {
        return text.starts_with('(') ? text.substr(1, text.size() - 2) : text;
    }

    static std::string raised(const std::string& base, const std::string& exponent)
    {
        return '(' + base + '^' + (exponent.starts_with('-') ? '(' + exponent + ')' : exponent) + ')';
    }

    [[nodiscard]] bool atFunction() const { return next().kind == Kind::Name && findFormulaFunction(next().text); }

    /// An operand that follows another one without an operator. Inside |...| a bar closes.
    [[nodiscard]] bool atImplicitFactor() const
    {
        return next().kind == Kind::Name || next().is("(") || (next().is("|") && m_bars == 0);
    }

    void refuseNumberAfterOperand()
    {
        if (next().kind == Kind::Number)
            fail(next(), "an operator is missing before " + next().text,
                "Write * for a product, ^ for a power; a factor stands in front: 2x.");
    }

    /// True if an odd number of minus signs was taken.
    bool takeSigns()
    {
        bool negative = false;
        while (next().is("-") || next().is("+"))
            negative ^= take().is("-");
        return negative;
    }

    std::string sum()
    {
        std::string text = product();
        bool composite = false;
        while (next().is("+") || next().is("-")) {
            text += take().text;
            text += product();
            composite = true;
        }
        return composite ? '(' + text + ')' : text;
    }

    std::string product()
    {
        std::string text = unary();
        bool composite = false;
        for (;; composite = true) {
            refuseNumberAfterOperand();
            if (next().is("*") || next().is("/")) {
                text += take().text;
                text += unary();
            } else if (atImplicitFactor()) {
                text += '*';
                text += power();
            } else {
                break;
            }
        }
        return composite ? '(' + text + ')' : text;
    }

    std::string unary()
    {
        const bool negative = takeSigns();
        const std::string text = power();
        return negative ? "(-" + text + ')' : text;
    }

    std::string power()
    {
        std::string text = primary();
        if (next().kind == Kind::Power)
            text = raised(text, take().text);
        if (takeIf("^")) {
            const Level level(*this);
            text = '(' + text + '^' + unary() + ')';
        }
        return text;
    }

    std::string primary()
    {
        const auto& token = next();
        if (token.kind == Kind::Number)
            return take().text;
        if (token.kind == Kind::Name) {
            if (isFormulaValue(token.text))
                return take().text;
            if (const auto* function = findFormulaFunction(token.text))
                return call(*function);
            fail(token, '"' + token.text.substr(0, 32) + (token.text.size() > 32 ? "..." : "") + "\" is not known",
                adviceForName(token.text));
            return {};
        }
        if (token.is("("))
            return parenthesis();
        if (token.is("|"))
            return bars();
        unexpected();
        return {};
    }

    std::string parenthesis()
    {
        const Level level(*this);
        const FormulaToken open = take();
        const int bars = std::exchange(m_bars, 0);
        std::string text = sum();
        m_bars = bars;
        close(open);
        return text;
    }

    std::string bars()
    {
        const Level level(*this);
        const FormulaToken open = take();
        ++m_bars;
        const std::string text = sum();
        --m_bars;
        if (!takeIf("|"))
            fail(next(), "a closing | is missing", "The one in column " + std::to_string(open.column) + " is open.");
        return "abs(" + bare(text) + ')';
    }

    void close(const FormulaToken& open)
    {
        if (takeIf(")"))
            return;
        if (next().kind == Kind::End)
            fail(next(), "a closing parenthesis is missing",
                "The one in column " + std::to_string(open.column) + " is open.");
        else
            unexpected();
    }

    std::string call(const FormulaFunction& function)
    {
        const Level level(*this);
        const FormulaToken name = take();
        const std::string exponent = powerOfFunction(name);
        std::string arguments;
        if (next().is("("))
            arguments = argumentList(function, name);
        else if (!function.one)
            fail(next(), name.text + " needs its arguments in parentheses: " + name.text + "(a, b)");
        else if (next().kind == Kind::End || (next().kind == Kind::Symbol && !next().is("-") && !next().is("|")))
            fail(next(), name.text + " needs an argument", "Write " + name.text + "(x).");
        else
            arguments = bare(argument(name));
        const std::string text = name.text + '(' + arguments + ')';
        return exponent.empty() ? text : raised(text, exponent);
    }

    /// "sin² x" and "sin^2 x"; empty if there is no power between the name and its argument.
    std::string powerOfFunction(const FormulaToken& name)
    {
        std::string exponent;
        if (next().kind == Kind::Power) {
            exponent = take().text;
        } else if (next().is("^")) {
            if (afterNext().kind != Kind::Number)
                fail(next(), "a power of a function stands after its argument", "Write " + name.text + "(x)^n.");
            take();
            exponent = take().text;
        }
        if (exponent.starts_with('-'))
            fail(name, "a raised -1 can mean the inverse function or 1/" + name.text,
                "Write 1/" + name.text + "(x), or the name of the inverse function.");
        return exponent;
    }

    std::string argumentList(const FormulaFunction& function, const FormulaToken& name)
    {
        const FormulaToken open = take();
        const int bars = std::exchange(m_bars, 0);
        std::string text = bare(sum());
        int count = 1;
        while (next().is(",")) {
            if (function.one)
                fail(next(), name.text + " takes one argument", decimalAdvice);
            else if (function.two && count == 2)
                fail(next(), name.text + " takes two arguments", decimalAdvice);
            take();
            text += ',' + bare(sum());
            ++count;
        }
        m_bars = bars;
        close(open);
        if (!function.one && count < 2)
            fail(name, name.text + (function.two ? " takes two arguments" : " takes two arguments or more"));
        return text;
    }

    std::string argument(const FormulaToken& function)
    {
        const auto isConstant = [](const FormulaToken& token) {
            return token.kind == Kind::Number || (token.kind == Kind::Name && token.text != "x");
        };
        const bool negative = takeSigns();
        bool constant = true, composite = false, afterNumber = false;
        std::string text;
        for (;; composite = true) {
            const FormulaToken first = next();
            constant = constant && isConstant(first) && !atFunction();
            afterNumber = first.kind == Kind::Number;
            if (composite)
                text += '*';
            text += power();
            refuseNumberAfterOperand();
            if (!atImplicitFactor() || atFunction())
                break;
            if (next().kind != Kind::Name && !(next().is("(") && afterNumber))
                ambiguous(function, next()); // sin x(x+1)
        }
        if (constant && (next().is("*") || next().is("/") || atFunction()))
            ambiguous(function, next()); // sin 2*x, sin 2 cos x
        if (composite)
            text = '(' + text + ')';
        return negative ? "(-" + text + ')' : text;
    }

    std::vector<FormulaToken> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
    int m_bars = 0; ///< open bars since the innermost parenthesis
    std::optional<Diagnostic> m_error;
};

} // namespace

Result<std::string> normaliseFormula(std::string_view text)
{
    auto tokens = lexFormula(text);
    if (!tokens)
        return tokens.error();
    return Parser(std::move(tokens).value()).run();
}

} // namespace fplab
