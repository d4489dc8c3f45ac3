#pragma once

#include "core/experiment/fields.h"
#include "core/fields/json_fields.h"

#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// What can be done with a field whatever its type; one for each type of field.
struct FieldOps {
    bool (*equal)(const void* a, const void* b);
    std::string (*json)(const void* value);
};

template <class T> std::string fieldJson(const T& value)
{
    JsonWriter out(0);
    out.beginObject();
    FieldWriter {out}({}, value, Hint {.label = {}});
    out.endObject();
    constexpr std::size_t before = std::string_view("{\"\": ").size();
    return out.text().size() > before ? out.text().substr(before, out.text().size() - before - 1) : std::string();
}

template <class T>
inline constexpr FieldOps fieldOps {
    [](const void* a, const void* b) { return *static_cast<const T*>(a) == *static_cast<const T*>(b); },
    [](const void* value) { return fieldJson(*static_cast<const T*>(value)); }};

/// One field of a spec, which must outlive it. Looking at it costs nothing, however many samples the spec holds.
struct FieldRef {
    std::string path; ///< JSON path
    Hint hint;
    const void* value;
    const FieldOps* ops;

    /// Null if the field is of another type.
    template <class T> [[nodiscard]] const T* as() const
    {
        return ops == &fieldOps<T> ? static_cast<const T*>(value) : nullptr;
    }
    /// The same field with the same value.
    [[nodiscard]] bool operator==(const FieldRef& other) const
    {
        return path == other.path && ops == other.ops && ops->equal(value, other.value);
    }
    /// As in the file, on one line; empty if the field is absent there.
    [[nodiscard]] std::string json() const { return ops->json(value); }
};

/// All fields of the spec's kind, in the order of the file.
[[nodiscard]] std::vector<FieldRef> fieldsOf(const ExperimentSpec& spec);
/// The same with a field for each parameter of the formula, at target.parameters.NAME, instead of all in one.
[[nodiscard]] std::vector<FieldRef> singleFieldsOf(const ExperimentSpec& spec);
/// The JSON of the single field at `path`; empty if it is absent or there is no such field.
[[nodiscard]] std::string jsonByPath(const ExperimentSpec& spec, std::string_view path);

} // namespace fplab
