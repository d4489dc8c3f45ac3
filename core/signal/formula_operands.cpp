#include "core/signal/formula_parser_impl.h"

namespace fplab {

int FormulaParser::primary()
{
    const auto& token = next();
    if (token.kind == Kind::Number)
        return number(m_in.take().text);
    if (token.kind == Kind::Name)
        return name();
    if (token.is("(") || token.is("{"))
        return parenthesis();
    if (token.is("|"))
        return bars();
    if (atLayout())
        return layout();
    m_in.unexpected();
    return number(0);
}

int FormulaParser::parenthesis()
{
    const Level level(*this);
    const FormulaToken open = m_in.take();
    const int node = inParentheses([this] { return choice(); });
    close(open);
    return node;
}

int FormulaParser::bars()
{
    const Level level(*this);
    const FormulaToken open = m_in.take();
    ++m_bars;
    const int node = choice();
    --m_bars;
    if (!m_in.takeIf("|"))
        m_in.fail(next(), "a closing | is missing", "The one in column " + std::to_string(open.column) + " is open.");
    return call("abs", node);
}

void FormulaParser::close(const FormulaToken& open)
{
    if (m_in.takeIf(open.is("{") ? "}" : open.is("[") ? "]" : ")"))
        return;
    if (next().kind == Kind::End)
        m_in.fail(next(), "a closing parenthesis is missing",
            "The one in column " + std::to_string(open.column) + " is open.");
    else
        m_in.unexpected();
}

int FormulaParser::layout()
{
    const Level level(*this);
    const FormulaToken command = m_in.take();
    if (command.text == "cases")
        return cases();
    if (command.text == "frac") {
        const int above = primary();
        const int below = primary();
        return add(FormulaOp::Divide, above, below);
    }
    if (!next().is("["))
        return call("sqrt", primary());
    const FormulaToken open = m_in.take();
    const int degree = inParentheses([this] { return choice(); });
    close(open);
    const int node = primary();
    const FormulaNode of = m_tree.nodes[static_cast<std::size_t>(degree)];
    if (of.op == FormulaOp::Number && (of.value == 2 || of.value == 3))
        return call(of.value == 2 ? "sqrt" : "cbrt", node);
    const int one = number(1);
    const int exponent = add(FormulaOp::Divide, one, degree);
    return add(FormulaOp::Power, node, exponent);
}

/// The rows of \begin{cases}; where none of them holds there is no value.
int FormulaParser::cases()
{
    struct Row {
        int value, condition; ///< condition -1: in all other cases
    };
    std::vector<Row> rows;
    const int bars = std::exchange(m_bars, 0);
    ++m_cells;
    while (next().kind != Kind::End && next().text != "endcases") {
        Row row {choice(), -1};
        m_in.takeIf(",");
        if (m_in.takeIf("&") || next().isName("if")) {
            for (const auto word : {"if", "for", "when"})
                if (next().isName(word))
                    m_in.take();
            if (next().isName("otherwise") || next().isName("else"))
                m_in.take();
            else if (!next().is("\\") && next().text != "endcases")
                row.condition = either();
        }
        m_in.takeIf(",");
        rows.push_back(row);
        if (!m_in.takeIf("\\") && next().text != "endcases" && next().kind != Kind::End)
            m_in.unexpected();
    }
    --m_cells;
    m_bars = bars;
    if (next().kind == Kind::End)
        m_in.fail(next(), "\\end{cases} is missing");
    else if (rows.empty())
        m_in.fail(next(), "there is no case");
    m_in.take();
    int node = -1;
    for (; !rows.empty(); rows.pop_back()) {
        if (rows.back().condition < 0) {
            node = rows.back().value;
            continue;
        }
        if (node < 0) {
            const int zero = number(0);
            node = add(FormulaOp::Divide, zero, number(0));
        }
        node = add(FormulaOp::Select, rows.back().condition, rows.back().value, node);
    }
    return node < 0 ? number(0) : node;
}

} // namespace fplab
