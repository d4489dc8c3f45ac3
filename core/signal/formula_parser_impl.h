#pragma once

#include "core/signal/formula.h"
#include "core/signal/formula_tokens.h"
#include "core/signal/formula_tree.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fplab {

/// Recursive descent; every rule returns the index of its node. The first error wins.
///
///   formula    = [left side] choice [";"]
///   choice     = either ["?" choice ":" choice | "if" either "else" choice]
///   either     = both {("or" | "||" | "|") both}
///   both       = negation {("and" | "&&" | "&") negation}
///   negation   = "not" negation | comparison
///   comparison = sum {("<" | "<=" | ">" | ">=" | "==" | "!=") sum}          a < b < c is a < b and b < c
///   sum        = product {("+" | "-") product}
///   product    = unary {("*" | "/") unary | power}        the second form is the implicit product
///   unary      = {"+" | "-"} power | "!" unary
///   power      = primary [raised number] ["^" unary]
///   primary    = number | value | "(" choice ")" | "|" choice "|" | \frac group group | \sqrt ["[" choice "]"] group
///              | cases | function [power of it] ("(" choice {"," choice} ")" | argument)
///   argument   = ["-" {"+" | "-"}] power {power}           up to an operator or a function
///   group      = "{" choice "}" | primary
///   cases      = {choice "&" [["if"] either] "\\"}
class FormulaParser {
public:
    FormulaParser(std::vector<FormulaToken> tokens, const FormulaOptions& options);
    [[nodiscard]] Result<FormulaTree> run();

private:
    using Kind = FormulaToken::Kind;
    using Operands = std::vector<int>;

    /// Counts nesting, so that hostile text cannot exhaust the stack.
    class Level {
    public:
        explicit Level(FormulaParser& parser);
        ~Level() { --m_parser.m_depth; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;

    private:
        FormulaParser& m_parser;
    };

    // formula_parser.cpp
    int choice();
    int either();
    int both();
    int negation();
    int comparison();
    int sum();
    int product();
    int unary();
    int power(const FormulaToken* minus = nullptr); ///< `minus` stands before it
    /// Whether the bar that follows the operand `left` is an "or", not the start of |...|.
    [[nodiscard]] bool meansOr(int left) const;
    /// An operand that follows the operand `left` without an operator. Inside |...| a bar closes.
    [[nodiscard]] bool atImplicitFactor(int left) const;
    [[nodiscard]] bool takeSigns(); ///< true if an odd number of minus signs was taken
    void refuseNewLine(int left); ///< as a product with the operand `left`, outside of parentheses
    void refuseNumberAfterOperand();

    // formula_operands.cpp
    int primary();
    int parenthesis();
    int bars();
    int layout();
    int cases();
    void close(const FormulaToken& open);
    template <class Rule> auto inParentheses(Rule rule); ///< runs it with no bar and no cell open

    // formula_calls.cpp
    int name();
    int otherName(const FormulaToken& token);
    int function(int index);
    template <class Make> int form(std::size_t least, std::size_t most, Make make); ///< a call that is no function's
    Operands argumentList(const FormulaToken& name, std::size_t least, std::size_t most);
    int argument(const FormulaToken& function); ///< without parentheses
    std::string powerOfFunction(const FormulaToken& name);
    void ambiguous(const FormulaToken& function);

    // Nodes
    int add(FormulaOp op, int a = -1, int b = -1, int c = -1, int index = 0);
    int number(double value);
    int number(const std::string& shortest);
    int call(std::string_view function, int a);
    [[nodiscard]] bool isTruth(int node) const;

    [[nodiscard]] const FormulaToken& next() const { return m_in.next(); }
    [[nodiscard]] bool atLayout() const { return next().kind == Kind::Layout && next().text != "endcases"; }
    [[nodiscard]] bool atFunction() const;

    FormulaTokens m_in;
    const FormulaOptions& m_options;
    FormulaTree m_tree;
    std::vector<std::string> m_arguments; ///< names that the left side gave to the variables
    bool m_spreadsheet = false; ///< the formula begins with "=": a spreadsheet may mean it
    bool m_cellReferences = false; ///< A1 is a cell: of "=A1" and SIN(A1)
    bool m_exponent = false; ///< the next operand is an exponent
    bool m_compares = false; ///< the formula has a comparison
    int m_depth = 0;
    int m_parentheses = 0; ///< open ones
    int m_bars = 0; ///< open bars since the innermost parenthesis
    int m_cells = 0; ///< open cells of cases since the innermost parenthesis
};

template <class Rule> auto FormulaParser::inParentheses(Rule rule)
{
    const int bars = std::exchange(m_bars, 0), cells = std::exchange(m_cells, 0);
    ++m_parentheses;
    auto result = rule();
    --m_parentheses;
    m_bars = bars;
    m_cells = cells;
    return result;
}

} // namespace fplab
