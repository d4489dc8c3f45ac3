#pragma once

#include "core/base/result.h"
#include "core/fields/json.h"
#include "core/fields/visitor.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Setting a field of any spec by its JSON path.
namespace fplab {

/// "a.b[2].c" -> "a", "b", "[2", "c"; empty if it is not of that form.
[[nodiscard]] std::vector<std::string> splitPath(std::string_view path);

/// The place in `root` that the parts lead to; objects that are missing on the way are made. Errors: an index outside
/// its list, a way through what is no object.
[[nodiscard]] Result<JsonValue*> descend(JsonValue& root, std::span<const std::string> parts, std::string_view path);

/// JSON if it parses, else a string.
[[nodiscard]] JsonValue valueFromText(std::string_view text);

namespace detail {
Status setPart(const PartRef& spec, std::string_view path, std::string_view valueText);
}

/// Sets one field, a whole object or an entry of a list: "network.init.std", "network", "network.hidden[1]".
/// `valueText` is JSON if it parses, else a string. On errors, which name the path and say what is allowed, `spec`
/// stays as it was. What is not on the path is not looked at, so the time does not grow with samples or weights that
/// stay.
template <class Spec> Status setField(Spec& spec, std::string_view path, std::string_view valueText)
{
    Spec changed = spec;
    const PartRef part {&changed, typeMark<Spec>(),
        [](void* value, FieldVisitor& visitor) { visitFields(*static_cast<Spec*>(value), visitor); },
        [](void* value) { *static_cast<Spec*>(value) = Spec {}; }, nullptr};
    if (auto status = detail::setPart(part, path, valueText); !status)
        return status;
    spec = std::move(changed);
    return success();
}

} // namespace fplab
