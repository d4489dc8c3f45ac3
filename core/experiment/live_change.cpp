#include "core/experiment/live_change.h"

#include "core/fields/set_field.h"

namespace fplab {
namespace {

std::string textOf(const std::string& value) { return value; }
std::string textOf(double value) { return formatNumber(value); }
std::string textOf(const std::vector<double>& values)
{
    std::string list = "[";
    for (const double number : values)
        list += (list.size() > 1 ? "," : "") + formatNumber(number);
    return list + "]";
}

} // namespace

Result<ExperimentSpec> withChange(const ExperimentSpec& spec, const LiveChange& change)
{
    const std::string text = std::visit([](const auto& value) { return textOf(value); }, change.value);
    ExperimentSpec changed = spec;
    if (auto status = setField(changed, change.path, text); !status)
        return status.error();
    return changed;
}

} // namespace fplab
