#include "core/parts/formula_parameters.h"

#include <algorithm>

namespace fplab {

FormulaOptions formulaOptions(const std::map<std::string, double>& parameters)
{
    return {.variables = {"x"}, .parameters = parameters, .freeNames = true};
}

const std::map<std::string, double>& formulaParameters(const ExperimentSpec& spec)
{
    return std::visit(
        [](const auto& problem) -> const auto& { return formulaPart(problem).parameters; }, spec.problem);
}

std::vector<std::string> formulaParameterNames(const ExperimentSpec& spec)
{
    return std::visit(
        [](const auto& problem) {
            const auto formula = parseFormulaOf(formulaPart(problem));
            return formula ? formula->parameters() : std::vector<std::string> {};
        },
        spec.problem);
}

void completeParameters(ExperimentSpec& spec)
{
    const auto names = formulaParameterNames(spec);
    std::visit(
        [&](auto& problem) {
            for (const auto& name : names)
                formulaPart(problem).parameters.try_emplace(name, 1.0);
        },
        spec.problem);
}

void dropFormerParameters(const ExperimentSpec& before, ExperimentSpec& spec)
{
    const auto former = formulaParameterNames(before), names = formulaParameterNames(spec);
    std::visit(
        [&](auto& problem) {
            for (const auto& name : former)
                if (std::ranges::find(names, name) == names.end())
                    formulaPart(problem).parameters.erase(name);
        },
        spec.problem);
}

Status checkParameters(const ExperimentSpec& spec)
{
    return std::visit(
        []<class Problem>(const Problem& problem) -> Status {
            const auto& part = formulaPart(problem);
            const auto formula = parseFormulaOf(part);
            if (!formula) // told when the experiment is made, with its column
                return success();
            for (const auto& [name, value] : part.parameters) {
                const auto& names = formula->parameters();
                if (std::ranges::find(names, name) != names.end())
                    continue;
                Diagnostic error;
                error.path = std::string(requires { problem.target; } ? "target" : "pde") + ".parameters." + name;
                error.what = "the formula has no parameter \"" + name + '"';
                for (const auto& known : names)
                    error.advice += (error.advice.empty() ? "It has " : ", ") + known;
                error.advice += error.advice.empty() ? "" : ".";
                return error;
            }
            return success();
        },
        spec.problem);
}

} // namespace fplab
