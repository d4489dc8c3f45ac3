#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fplab {

enum class FormulaOp : std::uint8_t {
    Number,
    Variable,
    Parameter, ///< leaves
    Negate,
    Not,
    Call1, ///< of a
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    NotEqual,
    And,
    Or,
    Call2, ///< of a and b
    Chain, ///< a and b, where b compares the last operand of a with another one: 0 < x < 1
    Select, ///< b where a holds, else c
};

/// One operation of a formula. An operand may have two users (the x of 0 < x < 1).
struct FormulaNode {
    FormulaOp op = FormulaOp::Number;
    int a = -1, b = -1, c = -1; ///< operands
    int index = 0; ///< of the variable, the parameter or, for calls, of formulaFunctions()
    double value = 0; ///< of a number
};

/// A formula as a list of operations.
struct FormulaTree {
    std::vector<FormulaNode> nodes; ///< operands before their users
    int root = 0; ///< the node that is the whole
    std::vector<std::string> parameters; ///< in the order of their first place
};

/// The text that parses to an equal tree, with as few parentheses as the grammar allows.
[[nodiscard]] std::string printFormula(const FormulaTree& tree, const std::vector<std::string>& variables);

} // namespace fplab
