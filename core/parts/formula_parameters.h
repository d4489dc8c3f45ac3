#pragma once

#include "core/base/result.h"
#include "core/experiment/spec.h"
#include "core/signal/formula.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// The named parameters of an experiment's formula, `a` and `k` of a*sin(k*x): target.parameters and pde.parameters.
namespace fplab {

/// The formula of an experiment with the values of its parameters, whatever its kind.
template <class Problem> [[nodiscard]] auto& formulaPart(Problem& problem)
{
    if constexpr (requires { problem.target; })
        return problem.target;
    else
        return problem.pde;
}

/// How a formula of an experiment is read: in x, names without a meaning are parameters.
[[nodiscard]] FormulaOptions formulaOptions(const std::map<std::string, double>& parameters);

/// Reads the formula of a TargetSpec or a PdeSpec with its parameters. Errors: the formula's, with column.
template <class Part> [[nodiscard]] Result<Formula> parseFormulaOf(const Part& part)
{
    return Formula::parse(part.formula, formulaOptions(part.parameters));
}

/// Values of the parameters of the experiment's formula.
[[nodiscard]] const std::map<std::string, double>& formulaParameters(const ExperimentSpec& spec);
/// Names of the parameters that its formula has, in the order of the text; none while it is no formula.
[[nodiscard]] std::vector<std::string> formulaParameterNames(const ExperimentSpec& spec);

/// Gives the parameters of the formula that have no value the value 1.
void completeParameters(ExperimentSpec& spec);
/// After another formula was set: takes away the parameters that only the formula in `before` had.
void dropFormerParameters(const ExperimentSpec& before, ExperimentSpec& spec);
/// An error if a parameter has a value but no place in the formula.
[[nodiscard]] Status checkParameters(const ExperimentSpec& spec);

} // namespace fplab
