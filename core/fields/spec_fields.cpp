#include "core/fields/spec_fields.h"

#include <algorithm>
#include <map>

namespace fplab {
namespace {

class Lister {
public:
    template <class T> void operator()(std::string_view id, const T& value, const Hint& hint)
    {
        fields.push_back({prefix + std::string(id), hint, &value, &fieldOps<T>});
    }
    template <class Part> void group(std::string_view id, const Part& part, std::string_view /*label*/)
    {
        const auto length = prefix.size();
        prefix.append(id) += '.';
        visitFields(part, *this);
        prefix.resize(length);
    }

    std::string prefix;
    std::vector<FieldRef> fields;
};

} // namespace

std::vector<FieldRef> fieldsOf(const ExperimentSpec& spec)
{
    Lister lister;
    visitFields(spec, lister);
    return std::move(lister.fields);
}

std::vector<FieldRef> singleFieldsOf(const ExperimentSpec& spec)
{
    std::vector<FieldRef> out;
    for (auto& field : fieldsOf(spec)) {
        if (const auto* parameters = field.as<std::map<std::string, double>>()) {
            for (const auto& [name, value] : *parameters)
                out.push_back({field.path + '.' + name, field.hint, &value, &fieldOps<double>});
        } else {
            out.push_back(std::move(field));
        }
    }
    return out;
}

std::string jsonByPath(const ExperimentSpec& spec, std::string_view path)
{
    const auto fields = singleFieldsOf(spec);
    const auto found = std::ranges::find(fields, path, &FieldRef::path);
    return found == fields.end() ? std::string() : found->json();
}

} // namespace fplab
