#include "core/signal/formula_functions.h"
#include "core/signal/formula_names.h"
#include "core/signal/formula_parser_impl.h"

#include <algorithm>
#include <limits>

namespace fplab {

namespace {

constexpr std::size_t maxParameters = 32, anyNumber = std::numeric_limits<std::size_t>::max();

std::string countOfArguments(std::size_t least, std::size_t most)
{
    constexpr const char* words[] = {"no", "one", "two", "three"};
    if (most == anyNumber)
        return std::string(words[least]) + " arguments or more";
    return (least == most ? "" : std::string(words[least]) + " or ") + words[most]
        + (most == 1 ? " argument" : " arguments");
}

std::string shortened(const std::string& name) { return name.substr(0, 32) + (name.size() > 32 ? "..." : ""); }

} // namespace

bool FormulaParser::atFunction() const
{
    return next().kind == Kind::Name && findFormulaFunction(canonicalName(next().text)) >= 0;
}

int FormulaParser::name()
{
    const FormulaToken token = next();
    const auto leaf = [this](FormulaOp op, std::ptrdiff_t index) {
        m_in.take();
        return add(op, -1, -1, -1, static_cast<int>(index));
    };
    if (const auto it = std::ranges::find(m_arguments, token.typed); it != m_arguments.end())
        return leaf(FormulaOp::Variable, it - m_arguments.begin());
    if (const auto it = std::ranges::find(m_options.variables, token.text); it != m_options.variables.end())
        return leaf(FormulaOp::Variable, it - m_options.variables.begin());
    if (const auto constant = formulaConstant(token.text)) {
        m_in.take();
        if (next().is("(") && m_in.ahead(1).is(")")) // PI()
            m_in.skip(2);
        return number(*constant);
    }
    const auto known = canonicalName(token.text);
    const bool library = !token.library.empty();
    if (known == "square" && library) // of NumPy; without it the square wave
        return form(1, 1, [this](const Operands& of) { return add(FormulaOp::Power, of[0], number(2)); });
    if (known == "sinc" && library)
        return form(1, 1, [this](const Operands& of) {
            const int pi = number(*formulaConstant("pi"));
            return call("sinc", add(FormulaOp::Multiply, pi, of[0]));
        });
    const int index = findFormulaFunction(known);
    return index >= 0 ? function(index) : otherName(token);
}

int FormulaParser::otherName(const FormulaToken& token)
{
    const auto known = canonicalName(token.text);
    const auto folded = [this](FormulaOp op) {
        return [this, op](const Operands& of) {
            int node = of[0];
            for (std::size_t i = 1; i < of.size(); ++i)
                node = add(op, node, of[i]);
            return node;
        };
    };
    const auto& after = m_in.ahead(1);
    if (isFormulaKeyword(token.text) && !after.is("(")) {
        m_in.unexpected();
        return number(0);
    }
    if (known == "if")
        return form(3, 3, [this](const Operands& of) { return add(FormulaOp::Select, of[0], of[1], of[2]); });
    if (known == "power")
        return form(2, 2, folded(FormulaOp::Power));
    if (known == "sqr")
        return form(1, 1, [this](const Operands& of) { return add(FormulaOp::Power, of[0], number(2)); });
    if (known == "and" || known == "or")
        return form(2, anyNumber, folded(known == "and" ? FormulaOp::And : FormulaOp::Or));
    if (known == "not")
        return form(1, 1, [this](const Operands& of) { return add(FormulaOp::Not, of[0]); });
    if (known == "clip")
        return form(3, 3, [this](const Operands& of) {
            const int above = add(FormulaOp::Call2, of[0], of[1], -1, findFormulaFunction("max"));
            return add(FormulaOp::Call2, above, of[2], -1, findFormulaFunction("min"));
        });

    const bool cell = m_cellReferences && token.library.empty()
        && (isCellReference(token.typed) || (isCellReference(token.typed + '1') && after.kind == Kind::Number)); // $A$1
    if (cell) {
        m_in.fail(token, "cell references have no place in a formula", "Write x for the cell.");
        return number(0);
    }
    if (const auto refusal = refusalOfName(token.text, token.typed)) {
        m_in.fail(token, refusal->what, refusal->advice);
        return number(0);
    }

    // A name before a parenthesis is a function's, but for one letter: a(x+1).
    const bool called = after.is("(")
        && (token.typed.size() > 1 || std::string_view("fghu").find(token.text) != std::string_view::npos);
    const bool slip = looksLikeSlip(token.text) && (after.kind == Kind::Name || after.kind == Kind::Number);
    if (m_options.freeNames && token.library.empty() && !called && !slip && canBeParameter(token.text)
        && (!isDoubtfulParameter(token.text) || m_options.parameters.contains(token.typed))) {
        auto& names = m_tree.parameters;
        auto it = std::ranges::find(names, token.typed);
        if (it == names.end() && names.size() < maxParameters)
            it = names.insert(names.end(), token.typed);
        if (it != names.end()) {
            m_in.take();
            return add(FormulaOp::Parameter, -1, -1, -1, static_cast<int>(it - names.begin()));
        }
        m_in.fail(token, "the formula has more than 32 parameters");
    } else {
        auto advice = adviceForName(token.text, m_options.variables);
        if (m_options.freeNames && !called && !slip && isDoubtfulParameter(token.text))
            advice += " A parameter needs another name.";
        m_in.fail(token, '"' + shortened(token.text) + "\" is not known", std::move(advice));
    }
    return number(0);
}

int FormulaParser::function(int index)
{
    const Level level(*this);
    const auto& known = formulaFunctions()[static_cast<std::size_t>(index)];
    const FormulaToken name = m_in.take();
    const std::string exponent = powerOfFunction(name);
    Operands of;
    if (next().is("(") || next().is("{"))
        of = argumentList(name, known.one ? 1 : 2, known.many ? anyNumber : known.two ? 2 : 1);
    else if (next().is("[")) // Sin[x]
        m_in.unexpected();
    else if (!known.one)
        m_in.fail(next(), name.text + " needs its arguments in parentheses: " + name.text + "(a, b)");
    else if (next().kind == Kind::End || isFormulaKeyword(next().text)
        || (next().kind == Kind::Symbol && !next().is("-") && !next().is("|")))
        m_in.fail(next(), name.text + " needs an argument", "Write " + name.text + "(x).");
    else
        of = {argument(name)};
    if (of.empty()) // an error
        return number(0);
    if (m_spreadsheet && known.name == "log" && of.size() == 1)
        m_in.fail(name, "a spreadsheet takes LOG(x) to the base 10, mathematics and programs to the base e",
            "Write LOG10(x) or LN(x).");
    if (m_spreadsheet && known.name == "atan2")
        m_in.fail(name, "a spreadsheet reads ATAN2(x, y), mathematics and programs atan2(y, x)",
            "Put y first and leave out the = in front.");
    int node = of.size() == 1 ? add(FormulaOp::Call1, of[0], -1, -1, index) : of[0];
    for (std::size_t i = 1; i < of.size(); ++i)
        node = add(FormulaOp::Call2, node, of[i], -1, index);
    return exponent.empty() ? node : add(FormulaOp::Power, node, number(exponent));
}

template <class Make> int FormulaParser::form(std::size_t least, std::size_t most, Make make)
{
    const Level level(*this);
    const FormulaToken name = m_in.take();
    if (!next().is("("))
        m_in.fail(next(), name.text + " needs its arguments in parentheses");
    const Operands of = argumentList(name, least, most);
    return of.size() < least ? number(0) : make(of);
}

/// "sin² x", "sin^2 x" and "sin^{2} x"; empty if there is no power between the name and its argument.
std::string FormulaParser::powerOfFunction(const FormulaToken& name)
{
    std::string exponent;
    if (next().kind == Kind::Power) {
        exponent = m_in.take().text;
    } else if (next().is("^")) {
        const std::size_t brace = m_in.ahead(1).is("{") ? 1 : 0, minus = brace && m_in.ahead(2).is("-") ? 1 : 0;
        const std::size_t digits = 1 + brace + minus;
        if (m_in.ahead(digits).kind != Kind::Number || (brace && !m_in.ahead(digits + 1).is("}")))
            m_in.fail(next(), "a power of a function stands after its argument", "Write " + name.text + "(x)^n.");
        exponent = (minus ? "-" : "") + m_in.ahead(digits).text;
        m_in.skip(digits + 1 + brace);
    }
    if (exponent.starts_with('-'))
        m_in.fail(name, "a raised -1 can mean the inverse function or 1/" + name.text,
            "Write 1/" + name.text + "(x), or the name of the inverse function.");
    return exponent;
}

FormulaParser::Operands FormulaParser::argumentList(const FormulaToken& name, std::size_t least, std::size_t most)
{
    const FormulaToken open = m_in.take();
    Operands of = inParentheses([&] {
        Operands operands {choice()};
        while (next().is(",")) {
            if (operands.size() == most)
                m_in.fail(next(), name.text + " takes " + countOfArguments(least, most),
                    m_in.atDecimalComma()      ? FormulaTokens::decimalAdvice
                        : name.text == "round" ? "Write round(10*x)/10 for one decimal place."
                                               : "");
            m_in.take();
            operands.push_back(choice());
        }
        return operands;
    });
    close(open);
    if (of.size() < least)
        m_in.fail(name, name.text + " takes " + countOfArguments(least, most));
    return of;
}

void FormulaParser::ambiguous(const FormulaToken& function)
{
    m_in.fail(next(), "this can be read in two ways", "Use parentheses: " + function.text + "( ... ).");
}

int FormulaParser::argument(const FormulaToken& function)
{
    const auto isConstant = [this](const FormulaToken& token) {
        return token.kind == Kind::Number
            || (token.kind == Kind::Name
                && std::ranges::find(m_options.variables, token.text) == m_options.variables.end()
                && std::ranges::find(m_arguments, token.typed) == m_arguments.end());
    };
    const bool negative = takeSigns();
    bool constant = true;
    int node = -1;
    for (;;) {
        const FormulaToken first = next();
        constant = constant && isConstant(first) && !atFunction();
        const int factor = power();
        node = node < 0 ? factor : add(FormulaOp::Multiply, node, factor);
        refuseNewLine(node);
        refuseNumberAfterOperand();
        if (!atImplicitFactor(node) || atFunction())
            break;
        if (next().kind != Kind::Name && next().kind != Kind::Layout && !(next().is("(") && first.kind == Kind::Number))
            ambiguous(function); // sin x(x+1)
    }
    if (constant && (next().is("*") || next().is("/") || atFunction()))
        ambiguous(function); // sin 2*x, sin 2 cos x
    return negative ? add(FormulaOp::Negate, node) : node;
}

} // namespace fplab
