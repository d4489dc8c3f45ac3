#include "core/io/spec_fields.h"

#include <algorithm>

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

std::string jsonByPath(const ExperimentSpec& spec, std::string_view path)
{
    const auto fields = fieldsOf(spec);
    const auto found = std::ranges::find(fields, path, &FieldRef::path);
    return found == fields.end() ? std::string() : found->json();
}

} // namespace fplab
