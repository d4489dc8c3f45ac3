#include "core/signal/formula.h"

#include "core/signal/formula_parser.h"
#include "core/signal/formula_program.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>

namespace fplab {

struct Formula::Impl {
    std::string text;
    std::vector<std::string> variables;
    FormulaTree tree;
    FormulaProgram program;
};

namespace {

/// How real roots of negative numbers are written, if the formula has a power such as x^(1/3).
std::string adviceOnRoots(const FormulaTree& tree)
{
    const auto at = [&](int node) -> const FormulaNode& { return tree.nodes[static_cast<std::size_t>(node)]; };
    for (const auto& node : tree.nodes) {
        if (node.op != FormulaOp::Power || at(node.b).op != FormulaOp::Divide)
            continue;
        const auto& degree = at(at(node.b).b);
        if (degree.op != FormulaOp::Number || degree.value > 99 || std::fmod(degree.value, 2) != 1)
            continue;
        if (degree.value == 3)
            return " The cube root of a negative number is written cbrt(x).";
        const auto n = std::to_string(static_cast<int>(degree.value));
        return " A root of a negative number is written sign(x)*abs(x)^(1/" + n + ").";
    }
    return {};
}

/// "not defined at x = 0, y = 1", "too large at x = 1"
Diagnostic noValueAt(const std::vector<std::string>& names, std::span<const double> point, bool tooLarge)
{
    Diagnostic error;
    error.what = tooLarge ? "too large" : "not defined";
    for (std::size_t v = 0; v < names.size(); ++v) {
        std::array<char, 32> digits {};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), point[v]).ptr;
        error.what += (v == 0 ? " at " : ", ") + names[v] + " = " + std::string(digits.data(), end);
    }
    error.advice = "Change the formula or the range of x.";
    return error;
}

} // namespace

Formula::Formula(std::shared_ptr<const Impl> impl)
    : m_impl(std::move(impl))
{
}

Result<Formula> Formula::parse(std::string_view text, const FormulaOptions& options)
{
    auto tree = parseFormula(text, options);
    if (!tree)
        return tree.error();
    FormulaProgram program(*tree, options.variables.size(), options.parameters);
    return Formula(std::make_shared<const Impl>(
        std::string(text), options.variables, std::move(tree).value(), std::move(program)));
}

double Formula::operator()(double x) const
{
    double y = 0;
    const double* const column = &x;
    if (m_impl->variables.size() == 1)
        m_impl->program.run({&column, 1}, &y, 1);
    else
        m_impl->program.run(std::vector<const double*>(m_impl->variables.size(), &x), &y, 1);
    return y;
}

Status Formula::evaluate(std::span<const double> x, std::span<double> y) const
{
    return evaluate(std::vector<std::span<const double>>(m_impl->variables.size(), x), y);
}

Status Formula::evaluate(std::span<const std::span<const double>> variables, std::span<double> values) const
{
    assert(variables.size() == m_impl->variables.size());
    std::vector<const double*> columns;
    for (const auto& column : variables) {
        assert(column.size() == values.size());
        columns.push_back(column.data());
    }
    m_impl->program.run(columns, values.data(), values.size());
    const auto bad = std::ranges::find_if(values, [](double y) { return !std::isfinite(y); });
    if (bad == values.end())
        return success();
    std::vector<double> point;
    for (const auto& column : variables)
        point.push_back(column[static_cast<std::size_t>(bad - values.begin())]);
    const bool tooLarge = m_impl->program.isTooLargeAt(point);
    auto error = noValueAt(m_impl->variables, point, tooLarge);
    if (std::isnan(*bad) && !tooLarge)
        error.advice += adviceOnRoots(m_impl->tree);
    return error;
}

double Formula::rounding(std::span<const double> x) const
{
    constexpr std::size_t most = 256;
    const std::size_t stride = std::max<std::size_t>(1, x.size() / most);
    std::vector<double> errors;
    for (std::size_t i = 0; i < x.size(); i += stride) {
        const double error = m_impl->program.roundingAt(std::vector<double>(m_impl->variables.size(), x[i]));
        if (std::isfinite(error))
            errors.push_back(error);
    }
    if (errors.empty())
        return 0;
    const auto middle = errors.begin() + static_cast<std::ptrdiff_t>(errors.size() / 2);
    std::ranges::nth_element(errors, middle);
    return *middle;
}

const std::string& Formula::text() const { return m_impl->text; }

std::string Formula::normalised() const { return printFormula(m_impl->tree, m_impl->variables); }

const std::vector<std::string>& Formula::parameters() const { return m_impl->tree.parameters; }

} // namespace fplab
