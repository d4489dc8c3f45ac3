#include "core/fields/field_hints.h"

namespace fplab {
namespace {

/// Follows a path through the groups; `rest` is what is left of it.
struct HintFinder {
    std::string_view rest;
    Hint& found;

    template <class T> void operator()(std::string_view id, const T&, const Hint& hint)
    {
        if (rest == id)
            found = hint;
    }
    template <class Part> void group(std::string_view id, const Part& part, std::string_view label)
    {
        if (rest == id)
            found.label = label;
        else if (rest.starts_with(id) && rest.substr(id.size()).starts_with('.'))
            visitFields(part, HintFinder {rest.substr(id.size() + 1), found});
    }
};

} // namespace

Hint hintOf(const ExperimentSpec& spec, std::string_view path)
{
    Hint found;
    visitFields(spec, HintFinder {path.substr(0, path.find('[')), found});
    return found;
}

} // namespace fplab
