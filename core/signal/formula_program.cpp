#include "core/signal/formula_program.h"

#include "core/signal/formula_functions.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace fplab {

namespace {

constexpr std::size_t blockSize = 256; ///< points a pass; a few registers of that size stay in the first cache
constexpr std::size_t smallScratch = 64; ///< values and registers that need no allocation: single points

template <class F> void apply(const double* a, double* y, std::size_t count, F f)
{
    for (std::size_t i = 0; i < count; ++i)
        y[i] = f(a[i]);
}

template <class F> void apply(const double* a, const double* b, double* y, std::size_t count, F f)
{
    for (std::size_t i = 0; i < count; ++i)
        y[i] = f(a[i], b[i]);
}

void raise(const double* a, const double* b, double* y, std::size_t count, int exponent)
{
    switch (exponent) {
    case 2:
        return apply(a, y, count, [](double x) { return x * x; });
    case 3:
        return apply(a, y, count, [](double x) { return x * x * x; });
    case 4:
        return apply(a, y, count, [](double x) { return x * x * x * x; });
    default:
        return apply(a, b, y, count, [](double x, double n) { return std::pow(x, n); });
    }
}

} // namespace

FormulaProgram::FormulaProgram(
    const FormulaTree& tree, std::size_t variables, const std::map<std::string, double>& parameters)
    : m_variables(variables)
{
    const auto& nodes = tree.nodes;
    // What each node is: a register below `variables`, a constant, or the temporary value of an instruction.
    enum class Place { Variable, Constant, Temporary };
    struct Value {
        Place place = Place::Constant;
        int index = 0;
        double constant = 0;
        std::size_t lastUse = 0;
    };
    std::vector<Value> values(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i)
        for (const int operand : {nodes[i].a, nodes[i].b, nodes[i].c})
            if (operand >= 0)
                values[static_cast<std::size_t>(operand)].lastUse = i;
    values[static_cast<std::size_t>(tree.root)].lastUse = nodes.size();
    std::vector<int> freeTemporaries;
    std::vector<std::array<int, 3>> operands; // nodes, of each instruction
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const auto& node = nodes[i];
        Value& value = values[i];
        if (node.op == FormulaOp::Variable) {
            value.place = Place::Variable;
            value.index = node.index;
            continue;
        }
        if (node.op == FormulaOp::Number || node.op == FormulaOp::Parameter) {
            value.constant = node.value;
            if (node.op == FormulaOp::Parameter) {
                const auto given = parameters.find(tree.parameters[static_cast<std::size_t>(node.index)]);
                value.constant = given == parameters.end() ? 1 : given->second;
            }
            continue;
        }
        const auto constantOf = [&](int operand) -> const double* {
            static constexpr double none = 0;
            if (operand < 0)
                return &none;
            const auto& v = values[static_cast<std::size_t>(operand)];
            return v.place == Place::Constant ? &v.constant : nullptr;
        };
        const double *a = constantOf(node.a), *b = constantOf(node.b), *c = constantOf(node.c);
        Instruction instruction {node.op, node.index, 0, 0, 0, 0};
        if (node.op == FormulaOp::Power)
            instruction.index = b && (*b == 2 || *b == 3 || *b == 4) ? static_cast<int>(*b) : 0;
        if (a && b && c) {
            execute(instruction, a, b, c, &value.constant, 1);
            continue;
        }
        for (const int operand : {node.a, node.b, node.c}) {
            if (operand < 0)
                continue;
            Value& used = values[static_cast<std::size_t>(operand)];
            if (used.place == Place::Temporary && used.lastUse == i) {
                freeTemporaries.push_back(used.index);
                used.lastUse = 0; // an operand that stands twice is free once
            }
        }
        value.place = Place::Temporary;
        if (freeTemporaries.empty()) {
            value.index = static_cast<int>(m_temporaries++);
        } else {
            value.index = freeTemporaries.back();
            freeTemporaries.pop_back();
        }
        instruction.y = value.index;
        m_instructions.push_back(instruction);
        operands.push_back({node.a, node.b, node.c});
    }

    // Constants that are used get their registers; with their number the temporary registers are known.
    std::vector<int> constantRegister(nodes.size(), -1);
    const auto place = [&](int node) {
        const auto n = static_cast<std::size_t>(std::max(node, 0));
        if (node < 0 || values[n].place != Place::Constant || constantRegister[n] >= 0)
            return;
        constantRegister[n] = static_cast<int>(m_variables + m_constants.size());
        m_constants.push_back(values[n].constant);
    };
    for (const auto& of : operands)
        std::ranges::for_each(of, place);
    place(tree.root);
    const auto firstTemporary = static_cast<int>(m_variables + m_constants.size());
    const auto registerOf = [&](int node) {
        if (node < 0)
            return 0;
        const auto n = static_cast<std::size_t>(node);
        switch (values[n].place) {
        case Place::Variable:
            return values[n].index;
        case Place::Constant:
            return constantRegister[n];
        default:
            return firstTemporary + values[n].index;
        }
    };
    for (std::size_t i = 0; i < m_instructions.size(); ++i) {
        auto& instruction = m_instructions[i];
        instruction.y += firstTemporary;
        instruction.a = registerOf(operands[i][0]);
        instruction.b = registerOf(operands[i][1]);
        instruction.c = registerOf(operands[i][2]);
    }
    m_result = registerOf(tree.root);
}

void FormulaProgram::execute(
    const Instruction& instruction, const double* a, const double* b, const double* c, double* y, std::size_t n)
{
    const auto& function = formulaFunctions()[static_cast<std::size_t>(instruction.index)];
    switch (instruction.op) {
    case FormulaOp::Negate:
        return apply(a, y, n, [](double x) { return -x; });
    case FormulaOp::Not:
        return apply(a, y, n, [](double x) { return x == 0 ? 1.0 : 0.0; });
    case FormulaOp::Call1:
        return function.one(a, y, n);
    case FormulaOp::Call2:
        return function.two(a, b, y, n);
    case FormulaOp::Add:
        return apply(a, b, y, n, [](double p, double q) { return p + q; });
    case FormulaOp::Subtract:
        return apply(a, b, y, n, [](double p, double q) { return p - q; });
    case FormulaOp::Multiply:
        return apply(a, b, y, n, [](double p, double q) { return p * q; });
    case FormulaOp::Divide:
        return apply(a, b, y, n, [](double p, double q) { return p / q; });
    case FormulaOp::Power:
        return raise(a, b, y, n, instruction.index);
    case FormulaOp::Less:
        return apply(a, b, y, n, [](double p, double q) { return p < q ? 1.0 : 0.0; });
    case FormulaOp::LessEqual:
        return apply(a, b, y, n, [](double p, double q) { return p <= q ? 1.0 : 0.0; });
    case FormulaOp::Greater:
        return apply(a, b, y, n, [](double p, double q) { return p > q ? 1.0 : 0.0; });
    case FormulaOp::GreaterEqual:
        return apply(a, b, y, n, [](double p, double q) { return p >= q ? 1.0 : 0.0; });
    case FormulaOp::Equal:
        return apply(a, b, y, n, [](double p, double q) { return p == q ? 1.0 : 0.0; });
    case FormulaOp::NotEqual:
        return apply(a, b, y, n, [](double p, double q) { return p != q ? 1.0 : 0.0; });
    case FormulaOp::And:
    case FormulaOp::Chain:
        return apply(a, b, y, n, [](double p, double q) { return p != 0 && q != 0 ? 1.0 : 0.0; });
    case FormulaOp::Or:
        return apply(a, b, y, n, [](double p, double q) { return p != 0 || q != 0 ? 1.0 : 0.0; });
    case FormulaOp::Select:
        for (std::size_t i = 0; i < n; ++i)
            y[i] = std::isnan(a[i]) ? a[i] : a[i] != 0 ? b[i] : c[i];
        return;
    case FormulaOp::Number:
    case FormulaOp::Variable:
    case FormulaOp::Parameter:
        break;
    }
    assert(false);
}

void FormulaProgram::run(std::span<const double* const> variables, double* values, std::size_t count) const
{
    assert(variables.size() == m_variables);
    const std::size_t block = std::min(count, blockSize), own = m_constants.size() + m_temporaries;
    std::array<double, smallScratch> fewValues;
    std::array<double*, smallScratch> fewRegisters;
    std::vector<double> manyValues;
    std::vector<double*> manyRegisters;
    double* scratch = fewValues.data();
    double** registers = fewRegisters.data();
    if (own * block > smallScratch) {
        manyValues.resize(own * block);
        scratch = manyValues.data();
    }
    if (m_variables + own > smallScratch) {
        manyRegisters.resize(m_variables + own);
        registers = manyRegisters.data();
    }
    for (std::size_t i = 0; i < own; ++i)
        registers[m_variables + i] = scratch + i * block;
    for (std::size_t i = 0; i < m_constants.size(); ++i)
        std::fill_n(registers[m_variables + i], block, m_constants[i]);

    for (std::size_t start = 0; start < count; start += block) {
        const std::size_t n = std::min(block, count - start);
        const auto read = [&](int r) -> const double* {
            const auto at = static_cast<std::size_t>(r);
            return at < m_variables ? variables[at] + start : registers[at];
        };
        for (const auto& instruction : m_instructions)
            execute(instruction, read(instruction.a), read(instruction.b), read(instruction.c),
                registers[instruction.y], n);
        std::copy_n(read(m_result), n, values + start);
    }
}

} // namespace fplab
