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

/// Whether an operation has no value at its operands by its definition, as 1/0 and log(0).
bool hasPole(FormulaOp op, int function, double a, double b)
{
    if (op == FormulaOp::Divide)
        return b == 0;
    if (op == FormulaOp::Power)
        return a == 0;
    if (op != FormulaOp::Call1 && op != FormulaOp::Call2)
        return false;
    constexpr std::string_view withPoles[] = {"log", "ln", "log2", "log10", "log1p", "atanh", "cot", "sec", "csc"};
    return std::ranges::find(withPoles, formulaFunctions()[static_cast<std::size_t>(function)].name)
        != std::end(withPoles);
}

} // namespace

/// Goes through the nodes in their order. A value is where a variable, a constant or a temporary register is; temporary
/// registers are used again after the last use of their value. Which registers the constants have is known at the end.
class FormulaProgram::Compiler {
public:
    Compiler(FormulaProgram& program, const FormulaTree& tree, const std::map<std::string, double>& parameters)
        : m_program(program)
        , m_tree(tree)
        , m_parameters(parameters)
        , m_values(tree.nodes.size())
    {
    }

    void run()
    {
        for (std::size_t i = 0; i < m_tree.nodes.size(); ++i)
            for (const int operand : operandsOf(m_tree.nodes[i]))
                if (operand >= 0)
                    at(operand).lastUse = i;
        at(m_tree.root).lastUse = m_tree.nodes.size();
        std::vector<std::array<int, 3>> operands; // nodes, of each instruction
        for (std::size_t i = 0; i < m_tree.nodes.size(); ++i)
            if (compile(i))
                operands.push_back(operandsOf(m_tree.nodes[i]));

        for (const auto& nodes : operands)
            std::ranges::for_each(nodes, [this](int node) { keepConstant(node); });
        keepConstant(m_tree.root);
        for (std::size_t i = 0; i < operands.size(); ++i) {
            auto& instruction = m_program.m_instructions[i];
            instruction.y += firstTemporary();
            instruction.a = registerOf(operands[i][0]);
            instruction.b = registerOf(operands[i][1]);
            instruction.c = registerOf(operands[i][2]);
        }
        m_program.m_result = registerOf(m_tree.root);
    }

private:
    struct Value {
        enum class Place { Variable, Constant, Temporary };
        Place place = Place::Constant;
        int index = -1; ///< of the variable, the constant (-1: none was needed yet) or the temporary register
        double constant = 0;
        std::size_t lastUse = 0; ///< node
    };

    static std::array<int, 3> operandsOf(const FormulaNode& node) { return {node.a, node.b, node.c}; }

    Value& at(int node) { return m_values[static_cast<std::size_t>(node)]; }

    /// True if the node needs an instruction.
    bool compile(std::size_t i)
    {
        const FormulaNode& node = m_tree.nodes[i];
        Value& value = m_values[i];
        switch (node.op) {
        case FormulaOp::Variable:
            value.place = Value::Place::Variable;
            value.index = node.index;
            return false;
        case FormulaOp::Number:
            value.constant = node.value;
            return false;
        case FormulaOp::Parameter: {
            const auto given = m_parameters.find(m_tree.parameters[static_cast<std::size_t>(node.index)]);
            value.constant = given == m_parameters.end() ? 1 : given->second;
            return false;
        }
        default:
            break;
        }
        const double *a = constantAt(node.a), *b = constantAt(node.b), *c = constantAt(node.c);
        Instruction instruction {node.op, node.index, 0, 0, 0, 0};
        if (node.op == FormulaOp::Power)
            instruction.index = b && (*b == 2 || *b == 3 || *b == 4) ? static_cast<int>(*b) : 0;
        if (a && b && c) {
            execute(instruction, a, b, c, &value.constant, 1);
            if (std::isfinite(value.constant)) // else it is told where and why there is no value
                return false;
        }
        value.place = Value::Place::Temporary;
        value.index = takeTemporary(i);
        instruction.y = value.index;
        m_program.m_instructions.push_back(instruction);
        return true;
    }

    /// The value of an operand that is constant or missing, else null.
    const double* constantAt(int node)
    {
        static constexpr double missing = 0;
        return node < 0 ? &missing : at(node).place == Value::Place::Constant ? &at(node).constant : nullptr;
    }

    /// A register for the value of node `user`; those of operands that end there are free.
    int takeTemporary(std::size_t user)
    {
        for (const int operand : operandsOf(m_tree.nodes[user]))
            if (operand >= 0 && at(operand).place == Value::Place::Temporary && at(operand).lastUse == user) {
                m_free.push_back(at(operand).index);
                at(operand).lastUse = 0; // an operand that stands twice is free once
            }
        if (m_free.empty())
            return static_cast<int>(m_program.m_temporaries++);
        const int index = m_free.back();
        m_free.pop_back();
        return index;
    }

    void keepConstant(int node)
    {
        if (node < 0 || at(node).place != Value::Place::Constant || at(node).index >= 0)
            return;
        at(node).index = static_cast<int>(m_program.m_constants.size());
        m_program.m_constants.push_back(at(node).constant);
    }

    [[nodiscard]] int firstTemporary() const
    {
        return static_cast<int>(m_program.m_variables + m_program.m_constants.size());
    }

    int registerOf(int node)
    {
        if (node < 0)
            return 0;
        switch (at(node).place) {
        case Value::Place::Variable:
            return at(node).index;
        case Value::Place::Constant:
            return static_cast<int>(m_program.m_variables) + at(node).index;
        default:
            return firstTemporary() + at(node).index;
        }
    }

    FormulaProgram& m_program;
    const FormulaTree& m_tree;
    const std::map<std::string, double>& m_parameters;
    std::vector<Value> m_values; ///< of the nodes
    std::vector<int> m_free; ///< temporary registers
};

FormulaProgram::FormulaProgram(
    const FormulaTree& tree, std::size_t variables, const std::map<std::string, double>& parameters)
    : m_variables(variables)
{
    Compiler(*this, tree, parameters).run();
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

double FormulaProgram::roundingAt(std::span<const double> point) const
{
    struct Number {
        double value = 0, error = 0;
    };
    const auto rounded = [](double value) { return Number {value, 0x1p-53 * std::abs(value)}; };
    std::vector<Number> registers(m_variables + m_constants.size() + m_temporaries);
    std::ranges::transform(point, registers.begin(), rounded);
    std::ranges::transform(m_constants, registers.begin() + static_cast<std::ptrdiff_t>(m_variables), rounded);
    for (const auto& instruction : m_instructions) {
        const int from[] {instruction.a, instruction.b, instruction.c};
        std::array<Number, 3> operands;
        std::ranges::transform(from, operands.begin(), [&](int r) { return registers[static_cast<std::size_t>(r)]; });
        const auto with = [&](std::size_t moved, double by) {
            double values[] {operands[0].value, operands[1].value, operands[2].value};
            values[moved] += by;
            double y = 0;
            execute(instruction, &values[0], &values[1], &values[2], &y, 1);
            return y;
        };
        Number result = rounded(with(0, 0));
        for (std::size_t i = 0; i < operands.size(); ++i)
            result.error += std::max(std::abs(with(i, operands[i].error) - result.value),
                std::abs(with(i, -operands[i].error) - result.value));
        registers[static_cast<std::size_t>(instruction.y)] = result;
    }
    return registers[static_cast<std::size_t>(m_result)].error;
}

bool FormulaProgram::isTooLargeAt(std::span<const double> point) const
{
    struct Number {
        double value = 0;
        bool tooLarge = false; ///< of one without a finite value: whether it or what it was made from overflowed
    };
    std::vector<Number> registers(m_variables + m_constants.size() + m_temporaries);
    const auto finite = [](double value) { return Number {value, false}; };
    std::ranges::transform(point, registers.begin(), finite);
    std::ranges::transform(m_constants, registers.begin() + static_cast<std::ptrdiff_t>(m_variables), finite);
    for (const auto& instruction : m_instructions) {
        const int from[] {instruction.a, instruction.b, instruction.c};
        std::array<Number, 3> of;
        std::ranges::transform(from, of.begin(), [&](int r) { return registers[static_cast<std::size_t>(r)]; });
        Number result;
        execute(instruction, &of[0].value, &of[1].value, &of[2].value, &result.value, 1);
        if (instruction.op == FormulaOp::Select)
            result.tooLarge = of[std::isnan(of[0].value) ? 0 : of[0].value != 0 ? 1 : 2].tooLarge;
        else if (of[0].tooLarge || of[1].tooLarge)
            result.tooLarge = !std::isfinite(result.value);
        else
            result.tooLarge = std::isinf(result.value) && std::isfinite(of[0].value) && std::isfinite(of[1].value)
                && !hasPole(instruction.op, instruction.index, of[0].value, of[1].value);
        registers[static_cast<std::size_t>(instruction.y)] = result;
    }
    return registers[static_cast<std::size_t>(m_result)].tooLarge;
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
