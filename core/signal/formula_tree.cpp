#include "core/signal/formula_tree.h"

#include "core/signal/formula_functions.h"

#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace fplab {

namespace {

/// How tightly a text binds; the levels of the grammar.
enum Binding { choice, either, both, negation, comparison, sum, product, sign, power, primary };

struct Text {
    std::string text;
    Binding binding = primary;
};

/// Takes the text away: long sums stay cheap, and the operand that two comparisons of a chain share is written once.
std::string inside(Text& operand, Binding least)
{
    std::string text = std::exchange(operand.text, {});
    return std::exchange(operand.binding, primary) >= least ? text : '(' + text + ')';
}

std::string_view symbol(FormulaOp op)
{
    switch (op) {
    case FormulaOp::Add:
        return "+";
    case FormulaOp::Subtract:
        return "-";
    case FormulaOp::Multiply:
        return "*";
    case FormulaOp::Divide:
        return "/";
    case FormulaOp::Power:
        return "^";
    case FormulaOp::Less:
        return "<";
    case FormulaOp::LessEqual:
        return "<=";
    case FormulaOp::Greater:
        return ">";
    case FormulaOp::GreaterEqual:
        return ">=";
    case FormulaOp::Equal:
        return "==";
    case FormulaOp::NotEqual:
        return "!=";
    case FormulaOp::And:
        return " and ";
    case FormulaOp::Or:
        return " or ";
    default:
        return {};
    }
}

Text joined(Text& a, Binding left, FormulaOp op, Text& b, Binding right, Binding whole)
{
    std::string text = inside(a, left);
    text += symbol(op);
    text += inside(b, right);
    return {std::move(text), whole};
}

} // namespace

std::string printFormula(const FormulaTree& tree, const std::vector<std::string>& variables)
{
    std::vector<Text> texts;
    texts.reserve(tree.nodes.size());
    for (const auto& node : tree.nodes) {
        const auto of = [&](int operand) -> Text& { return texts[static_cast<std::size_t>(operand)]; };
        const auto index = static_cast<std::size_t>(node.index);
        Text out;
        switch (node.op) {
        case FormulaOp::Number: {
            std::array<char, 32> digits {};
            out.text.assign(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), node.value).ptr);
            break;
        }
        case FormulaOp::Variable:
            out.text = variables[index];
            break;
        case FormulaOp::Parameter:
            out.text = tree.parameters[index];
            break;
        case FormulaOp::Negate:
            out = {'-' + inside(of(node.a), power), sign};
            break;
        case FormulaOp::Not:
            out = {"not " + inside(of(node.a), comparison), negation};
            break;
        case FormulaOp::Call1:
            out.text = std::string(formulaFunctions()[index].name) + '(' + inside(of(node.a), choice) + ')';
            break;
        case FormulaOp::Call2: {
            const auto& function = formulaFunctions()[index];
            // max(max(a, b), c) comes from max(a, b, c); nested it would be too deep
            const auto& left = tree.nodes[static_cast<std::size_t>(node.a)];
            std::string first = inside(of(node.a), choice);
            if (function.many && left.op == FormulaOp::Call2 && left.index == node.index) {
                out.text = std::move(first);
                out.text.back() = ',';
            } else {
                out.text = std::string(function.name) + '(' + first + ',';
            }
            out.text += inside(of(node.b), choice) + ')';
            break;
        }
        case FormulaOp::Add:
        case FormulaOp::Subtract:
            out = joined(of(node.a), sum, node.op, of(node.b), product, sum);
            break;
        case FormulaOp::Multiply:
        case FormulaOp::Divide:
            out = joined(of(node.a), product, node.op, of(node.b), sign, product);
            break;
        case FormulaOp::Power:
            out = joined(of(node.a), primary, node.op, of(node.b), sign, power);
            break;
        case FormulaOp::And:
            out = joined(of(node.a), both, node.op, of(node.b), negation, both);
            break;
        case FormulaOp::Or:
            out = joined(of(node.a), either, node.op, of(node.b), both, either);
            break;
        case FormulaOp::Chain: // the text of b's left operand went into a
            out = {inside(of(node.a), comparison) + inside(of(node.b), comparison), comparison};
            break;
        case FormulaOp::Select:
            out.text = "if(" + inside(of(node.a), choice) + ',' + inside(of(node.b), choice) + ','
                + inside(of(node.c), choice) + ')';
            break;
        default:
            out = joined(of(node.a), sum, node.op, of(node.b), sum, comparison);
            break; // comparisons
        }
        texts.push_back(std::move(out));
    }
    return std::move(texts[static_cast<std::size_t>(tree.root)].text);
}

} // namespace fplab
