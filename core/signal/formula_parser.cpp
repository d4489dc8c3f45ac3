#include "core/signal/formula_parser.h"

#include "core/signal/formula_functions.h"
#include "core/signal/formula_left_side.h"
#include "core/signal/formula_names.h"
#include "core/signal/formula_parser_impl.h"

#include <algorithm>
#include <charconv>

namespace fplab {

namespace {

constexpr int maxDepth = 64;

std::optional<FormulaOp> comparisonOf(const FormulaToken& token)
{
    constexpr std::pair<std::string_view, FormulaOp> signs[]
        = {{"<", FormulaOp::Less}, {"<=", FormulaOp::LessEqual}, {">", FormulaOp::Greater},
            {">=", FormulaOp::GreaterEqual}, {"==", FormulaOp::Equal}, {"!=", FormulaOp::NotEqual}};
    for (const auto& [sign, op] : signs)
        if (token.is(sign))
            return op;
    return std::nullopt;
}

/// SIN, PI: typed as spreadsheets show them.
bool isSpreadsheetFunction(const FormulaToken& token)
{
    return token.kind == FormulaToken::Kind::Name && token.typed.size() > 1
        && token.typed.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos
        && findFormulaFunction(canonicalName(token.text)) >= 0;
}

} // namespace

FormulaParser::Level::Level(FormulaParser& parser)
    : m_parser(parser)
{
    if (++m_parser.m_depth > maxDepth)
        m_parser.m_in.fail(m_parser.next(), "the formula is nested more than 64 levels deep");
}

FormulaParser::FormulaParser(std::vector<FormulaToken> tokens, const FormulaOptions& options)
    : m_in(std::move(tokens))
    , m_options(options)
    , m_spreadsheet(m_in.next().is("="))
    , m_cellReferences(m_spreadsheet || std::ranges::any_of(m_in.all(), isSpreadsheetFunction))
    , m_compares(std::ranges::any_of(m_in.all(), [](const FormulaToken& token) {
        return comparisonOf(token) || token.is("&&") || token.isName("and") || token.isName("or");
    }))
{
}

Result<FormulaTree> FormulaParser::run()
{
    m_arguments = takeLeftSide(m_in, m_options.variables);
    if (next().kind == Kind::End)
        m_in.fail(next(), "the formula is empty", "Type one such as sin(x) + sin(3x).");
    m_tree.root = choice();
    if (next().is(";") && m_in.ahead(1).kind == Kind::End)
        m_in.take();
    if (next().is(")") || next().is("}"))
        m_in.fail(next(), "no parenthesis is open here");
    else if (next().kind != Kind::End)
        m_in.unexpected();
    if (m_in.problem())
        return *m_in.problem();
    return std::move(m_tree);
}

int FormulaParser::add(FormulaOp op, int a, int b, int c, int index)
{
    m_tree.nodes.push_back({op, a, b, c, index});
    return static_cast<int>(m_tree.nodes.size()) - 1;
}

int FormulaParser::number(double value)
{
    const int node = add(FormulaOp::Number);
    m_tree.nodes.back().value = value;
    return node;
}

int FormulaParser::number(const std::string& shortest)
{
    double value = 0;
    std::from_chars(shortest.data(), shortest.data() + shortest.size(), value);
    return value < 0 ? add(FormulaOp::Negate, number(-value)) : number(value);
}

int FormulaParser::call(std::string_view function, int a)
{
    return add(FormulaOp::Call1, a, -1, -1, findFormulaFunction(function));
}

bool FormulaParser::isTruth(int node) const
{
    const FormulaOp op = m_tree.nodes[static_cast<std::size_t>(node)].op;
    return (op >= FormulaOp::Less && op <= FormulaOp::Or) || op == FormulaOp::Not || op == FormulaOp::Chain;
}

int FormulaParser::choice()
{
    const int first = either();
    if (m_in.takeIf("?")) {
        const Level inner(*this);
        const int yes = choice();
        if (!m_in.takeIf(":"))
            m_in.fail(next(), "a : is missing", "Write c ? a : b, or if(c, a, b).");
        const int no = choice();
        return add(FormulaOp::Select, first, yes, no);
    }
    if (next().isName("if") && m_cells == 0) {
        const Level inner(*this);
        m_in.take();
        const int condition = either();
        if (!next().isName("else"))
            m_in.fail(next(), "else is missing", "Write a if c else b, or if(c, a, b).");
        m_in.take();
        const int no = choice();
        return add(FormulaOp::Select, condition, first, no);
    }
    return first;
}

int FormulaParser::either()
{
    int node = both();
    for (;;) {
        if (next().isName("or"))
            m_in.take();
        else if (meansOr(node))
            m_in.skip(m_in.ahead(1).is("|") ? 2 : 1);
        else
            return node;
        const int right = both();
        node = add(FormulaOp::Or, node, right);
    }
}

int FormulaParser::both()
{
    int node = negation();
    while (next().isName("and") || next().is("&&") || (next().is("&") && m_cells == 0)) {
        m_in.take();
        const int right = negation();
        node = add(FormulaOp::And, node, right);
    }
    return node;
}

int FormulaParser::negation()
{
    if (!next().isName("not"))
        return comparison();
    const Level level(*this);
    m_in.take();
    const int node = negation();
    return add(FormulaOp::Not, node);
}

int FormulaParser::comparison()
{
    int left = sum();
    int node = left;
    for (bool first = true;; first = false) {
        const auto op = comparisonOf(next());
        if (!op)
            return node;
        m_in.take();
        const int right = sum();
        const int compared = add(*op, left, right);
        node = first ? compared : add(FormulaOp::Chain, node, compared);
        left = right;
    }
}

bool FormulaParser::meansOr(int left) const
{
    if (!next().is("|") || m_bars > 0)
        return false;
    if (isTruth(left))
        return true;
    if (!m_compares)
        return false;
    if (m_in.ahead(1).is("|") && !m_in.ahead(1).spaced)
        return true;
    // An odd number of bars up to the end of the parenthesis: one of them opens nothing.
    int bars = 0, depth = 0;
    for (std::size_t i = m_in.place(); i < m_in.all().size() && depth >= 0; ++i) {
        const auto& token = m_in.all()[i];
        depth += token.is("(") || token.is("{") ? 1 : token.is(")") || token.is("}") ? -1 : 0;
        bars += depth == 0 && token.is("|");
    }
    return bars % 2 == 1;
}

bool FormulaParser::atImplicitFactor(int left) const
{
    if (next().kind == Kind::Name)
        return !isFormulaKeyword(next().text);
    return atLayout() || next().is("(") || next().is("{") || (next().is("|") && m_bars == 0 && !meansOr(left));
}

void FormulaParser::refuseNewLine(int left)
{
    if (next().newLine && m_parentheses == 0 && m_cells == 0 && (next().kind == Kind::Number || atImplicitFactor(left)))
        m_in.fail(
            next(), "a line break stands between two formulas", "Write one formula only, or + or * between its lines.");
}

void FormulaParser::refuseNumberAfterOperand()
{
    if (next().kind == Kind::Number)
        m_in.fail(next(), "an operator is missing before " + next().text,
            "Write * for a product, ^ for a power; a factor stands in front: 2x.");
    else if (next().is("!"))
        m_in.unexpected();
}

bool FormulaParser::takeSigns()
{
    bool negative = false;
    while (next().is("-") || next().is("+"))
        negative ^= m_in.take().is("-");
    return negative;
}

int FormulaParser::sum()
{
    int node = product();
    while (next().is("+") || next().is("-")) {
        const FormulaOp op = m_in.take().is("+") ? FormulaOp::Add : FormulaOp::Subtract;
        const int right = product();
        node = add(op, node, right);
    }
    return node;
}

int FormulaParser::product()
{
    int node = unary();
    for (;;) {
        refuseNewLine(node);
        refuseNumberAfterOperand();
        if (next().is("*") || next().is("/")) {
            const FormulaOp op = m_in.take().is("*") ? FormulaOp::Multiply : FormulaOp::Divide;
            const int right = unary();
            node = add(op, node, right);
        } else if (atImplicitFactor(node)) {
            const int right = power();
            node = add(FormulaOp::Multiply, node, right);
        } else {
            return node;
        }
    }
}

int FormulaParser::unary()
{
    if (next().is("!")) {
        const Level level(*this);
        m_in.take();
        const int node = unary();
        return add(FormulaOp::Not, node);
    }
    const FormulaToken sign = next();
    const bool negative = takeSigns();
    const int node = power(negative ? &sign : nullptr);
    return negative ? add(FormulaOp::Negate, node) : node;
}

int FormulaParser::power(const FormulaToken* minus)
{
    const bool inExponent = std::exchange(m_exponent, false);
    int node = primary();
    if (m_spreadsheet && minus && next().is("^"))
        m_in.fail(*minus, "a spreadsheet reads -a^b as (-a)^b, mathematics as -(a^b)",
            "Use parentheses, or leave out the = in front.");
    if (m_spreadsheet && inExponent && next().is("^"))
        m_in.fail(next(), "a spreadsheet reads a^b^c as (a^b)^c, mathematics as a^(b^c)",
            "Use parentheses, or leave out the = in front.");
    if (next().kind == Kind::Power)
        node = add(FormulaOp::Power, node, number(m_in.take().text));
    if (m_in.takeIf("^")) {
        const Level level(*this);
        m_exponent = true;
        const int exponent = unary();
        node = add(FormulaOp::Power, node, exponent);
    }
    return node;
}

Result<FormulaTree> parseFormula(std::string_view text, const FormulaOptions& options)
{
    auto tokens = lexFormula(text);
    if (!tokens)
        return tokens.error();
    return FormulaParser(std::move(tokens).value(), options).run();
}

} // namespace fplab
