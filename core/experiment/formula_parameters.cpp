#include "core/experiment/formula_parameters.h"

#include <algorithm>

namespace fplab {
namespace {

using Values = std::map<std::string, double>;

/// Where a spec has its formula.
struct FormulaFields {
    const std::string* text = nullptr;
    Values* parameters = nullptr; ///< null where it has no named ones
    std::string path; ///< of the parameters

    [[nodiscard]] std::vector<std::string> names() const
    {
        if (!text || !parameters)
            return {};
        const auto formula = Formula::parse(*text, formulaOptions(*parameters));
        return formula ? formula->parameters() : std::vector<std::string> {};
    }
};

FormulaFields formulaFields(const ExperimentSpec& spec)
{
    FormulaFields found;
    for (const FieldRef& field : fieldsOf(spec)) {
        if (field.hint.meaning == Meaning::Formula)
            found.text = field.as<std::string>();
        if (field.hint.meaning == Meaning::FormulaParameters) {
            found.parameters = std::get<Values*>(field.value);
            found.path = field.path;
        }
    }
    return found;
}

} // namespace

FormulaOptions formulaOptions(const std::map<std::string, double>& parameters)
{
    return {.variables = {"x"}, .parameters = parameters, .freeNames = true};
}

const std::string& formulaOf(const ExperimentSpec& spec)
{
    static const std::string none;
    const std::string* text = formulaFields(spec).text;
    return text ? *text : none;
}

const Values& formulaParameters(const ExperimentSpec& spec)
{
    static const Values none;
    const Values* parameters = formulaFields(spec).parameters;
    return parameters ? *parameters : none;
}

std::vector<std::string> formulaParameterNames(const ExperimentSpec& spec) { return formulaFields(spec).names(); }

void completeParameters(ExperimentSpec& spec)
{
    const FormulaFields fields = formulaFields(spec);
    for (const auto& name : fields.names())
        fields.parameters->try_emplace(name, 1.0);
}

void dropFormerParameters(const ExperimentSpec& before, ExperimentSpec& spec)
{
    const FormulaFields fields = formulaFields(spec);
    const auto former = formulaParameterNames(before), names = fields.names();
    for (const auto& name : former)
        if (fields.parameters && std::ranges::find(names, name) == names.end())
            fields.parameters->erase(name);
}

Status checkParameters(const ExperimentSpec& spec)
{
    const FormulaFields fields = formulaFields(spec);
    if (!fields.text || !fields.parameters)
        return success();
    const auto formula = Formula::parse(*fields.text, formulaOptions(*fields.parameters));
    if (!formula) // told when the experiment is made, with its column
        return success();
    const auto& names = formula->parameters();
    for (const auto& [name, value] : *fields.parameters) {
        if (std::ranges::find(names, name) != names.end())
            continue;
        Diagnostic error;
        error.path = fields.path + '.' + name;
        error.what = "the formula has no parameter \"" + name + '"';
        for (const auto& known : names)
            error.advice += (error.advice.empty() ? "It has " : ", ") + known;
        error.advice += error.advice.empty() ? "" : ".";
        return error;
    }
    return success();
}

} // namespace fplab
