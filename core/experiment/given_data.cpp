#include "core/experiment/given_data.h"

namespace fplab {

const std::optional<DataSpec>* dataOf(const ExperimentSpec& spec)
{
    for (const FieldRef& field : fieldsOf(spec))
        if (const auto* data = field.as<std::optional<DataSpec>>())
            return data;
    return nullptr;
}

std::optional<DataSpec>* dataOf(ExperimentSpec& spec)
{
    return const_cast<std::optional<DataSpec>*>(dataOf(std::as_const(spec)));
}

const std::string* csvPathOf(const ExperimentSpec& spec)
{
    const auto* data = dataOf(spec);
    return data && *data && !(*data)->csv.empty() ? &(*data)->csv : nullptr;
}

std::string* csvPathOf(ExperimentSpec& spec) { return const_cast<std::string*>(csvPathOf(std::as_const(spec))); }

} // namespace fplab
