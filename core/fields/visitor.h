#pragma once

#include "core/base/samples.h"
#include "core/base/shared.h"
#include "core/fields/hint.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace fplab {

class FieldReader;
class FieldVisitor;
class JsonWriter;

/// What can be done with a field of a type that only a part of the program knows, e.g. samples given in a file.
struct CustomFieldType {
    bool (*equal)(const void* a, const void* b);
    /// Reads it as the member `id` of what `reader` reads.
    void (*read)(FieldReader& reader, std::string_view id, void* value);
    void (*write)(JsonWriter& out, std::string_view id, const void* value); ///< nothing where it is absent
    /// Goes through the fields in it, so that their hints are known.
    void (*visit)(void* value, FieldVisitor& visitor);
};
/// To be specialised beside the type.
template <class T> inline constexpr const CustomFieldType* customFieldType = nullptr;

struct CustomField {
    void* value;
    const CustomFieldType* type;
    bool operator==(const CustomField&) const = default;
};

/// A field of any type, by where its value stands.
using FieldValue = std::variant<bool*, int*, std::int64_t*, std::uint64_t*, double*, std::string*, std::vector<int>*,
    std::vector<double>*, std::vector<std::string>*, std::optional<double>*, std::optional<int>*,
    std::optional<std::vector<int>>*, Shared<NetworkParams>*, std::map<std::string, double>*, CustomField>;

/// Stands for a type. Equal only for the same one.
using TypeMark = const void*;
namespace detail {
template <class T> inline constexpr char mark = 0;
}
template <class T> [[nodiscard]] TypeMark typeMark() { return &detail::mark<T>; }

/// A nested object of any type: a struct with a visitFields().
struct PartRef {
    void* value;
    TypeMark type;
    void (*visit)(void* value, FieldVisitor& visitor);
    void (*reset)(void* value); ///< to the defaults
    /// A list that may stand for the whole part in a file; resets the part for it. Null where there is none.
    std::vector<double>& (*shortForm)(void* value);
};

/// Goes through the fields of a spec, whatever it is. Made from the list of fields of each part, so that a visitor is
/// compiled once and not once for each part.
///
/// A spec that is const is visited through the same pointers: a visitor that writes is given specs that are not.
class FieldVisitor {
public:
    virtual ~FieldVisitor() = default;

    template <class T> void operator()(std::string_view id, T& value, const Hint& hint)
    {
        using Value = std::remove_const_t<T>;
        if constexpr (customFieldType<Value> != nullptr)
            field(id, CustomField {const_cast<Value*>(&value), customFieldType<Value>}, hint);
        else
            field(id, const_cast<Value*>(&value), hint);
    }

    /// `hint`: the label of the group; its panel, and why it is idle, hold for the fields in it.
    template <class T> void group(std::string_view id, T& value, const Hint& hint)
    {
        part(id, partRef(const_cast<std::remove_const_t<T>&>(value)), hint);
    }

protected:
    virtual void field(std::string_view id, FieldValue value, const Hint& hint) = 0;
    virtual void part(std::string_view id, const PartRef& part, const Hint& hint) = 0;

private:
    template <class T> static PartRef partRef(T& part)
    {
        PartRef ref {&part, typeMark<T>(),
            [](void* value, FieldVisitor& visitor) { visitFields(*static_cast<T*>(value), visitor); },
            [](void* value) { *static_cast<T*>(value) = T {}; }, nullptr};
        if constexpr (requires { part.shortForm(); })
            ref.shortForm = [](void* value) -> std::vector<double>& { return static_cast<T*>(value)->shortForm(); };
        return ref;
    }
};

} // namespace fplab
