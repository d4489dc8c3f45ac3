#pragma once

#include "core/base/result.h"
#include "core/experiment/spec.h"
#include "core/signal/formula.h"

#include <map>
#include <string>
#include <vector>

/// The formula of an experiment and its named parameters, `a` and `k` of a*sin(k*x): the fields that mean them, in
/// whatever part of the spec they stand.
namespace fplab {

/// How a formula of an experiment is read: in x, names without a meaning are parameters.
[[nodiscard]] FormulaOptions formulaOptions(const std::map<std::string, double>& parameters);

/// Reads the formula of a part that has one, with its parameters. Errors: the formula's, with column.
template <class Part> [[nodiscard]] Result<Formula> parseFormulaOf(const Part& part)
{
    return Formula::parse(part.formula, formulaOptions(part.parameters));
}

/// The text of the experiment's formula; empty if it has none.
[[nodiscard]] const std::string& formulaOf(const ExperimentSpec& spec);
/// Values of its parameters.
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
