#pragma once

#include "core/fields/visitor.h"

#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// One field of a spec, which must outlive it. Looking at it costs nothing, however many samples the spec holds.
struct FieldRef {
    std::string path; ///< JSON path
    Hint hint; ///< with the panel of its group, and idle where that is
    FieldValue value;

    /// Null if the field is of another type.
    template <class T> [[nodiscard]] const T* as() const
    {
        if constexpr (customFieldType<T> != nullptr) {
            const auto* custom = std::get_if<CustomField>(&value);
            return custom && custom->type == customFieldType<T> ? static_cast<const T*>(custom->value) : nullptr;
        } else {
            const auto* pointer = std::get_if<T*>(&value);
            return pointer ? *pointer : nullptr;
        }
    }
    /// The same field with the same value.
    [[nodiscard]] bool operator==(const FieldRef& other) const;
    /// As in the file, on one line; empty if the field is absent there.
    [[nodiscard]] std::string json() const;
};

/// A value as in the file, on one line; empty if it is absent there.
[[nodiscard]] std::string fieldJson(const FieldValue& value);

/// Gathers fields and, for findPart(), the parts they stand in.
class FieldLister : public FieldVisitor {
public:
    std::vector<FieldRef> fields;
    /// A part, and its JSON path.
    struct Group {
        std::string path;
        PartRef part;
        Hint hint;
    };
    std::vector<Group> groups;

protected:
    void field(std::string_view id, FieldValue value, const Hint& hint) override;
    void part(std::string_view id, const PartRef& part, const Hint& hint) override;

private:
    [[nodiscard]] Hint inherited(std::string_view id, const Hint& hint) const;

    std::string m_prefix;
    Hint m_around; ///< of the group
};

/// Visits a spec that is not changed.
template <class Spec> void lookAtFields(const Spec& spec, FieldVisitor& visitor)
{
    visitFields(const_cast<Spec&>(spec), visitor);
}

/// All fields of a spec, in the order of the file.
template <class Spec> [[nodiscard]] std::vector<FieldRef> fieldsOf(const Spec& spec)
{
    FieldLister lister;
    lookAtFields(spec, lister);
    return std::move(lister.fields);
}
/// The same with a field for each parameter of a formula, at target.parameters.NAME, instead of all in one.
[[nodiscard]] std::vector<FieldRef> singleFields(std::vector<FieldRef> fields);
template <class Spec> [[nodiscard]] std::vector<FieldRef> singleFieldsOf(const Spec& spec)
{
    return singleFields(fieldsOf(spec));
}
/// The JSON of the single field at `path`; empty if it is absent or there is no such field.
[[nodiscard]] std::string jsonOf(const std::vector<FieldRef>& singleFields, std::string_view path);
template <class Spec> [[nodiscard]] std::string jsonByPath(const Spec& spec, std::string_view path)
{
    return jsonOf(singleFieldsOf(spec), path);
}

/// Label, limits and the rest of one field, by its JSON path: "pde.tolerance". An entry of a list ("network.hidden[1]")
/// has the hint of the list, a group ("loss.weights") its own. An empty label where there is no such field.
[[nodiscard]] Hint hintAt(const FieldLister& all, std::string_view path);
template <class Spec> [[nodiscard]] Hint hintOf(const Spec& spec, std::string_view path)
{
    FieldLister lister;
    lookAtFields(spec, lister);
    return hintAt(lister, path);
}

/// The path of the field or part with that meaning; empty if there is none.
[[nodiscard]] std::string pathOf(const FieldLister& all, Meaning meaning);
template <class Spec> [[nodiscard]] std::string pathOf(const Spec& spec, Meaning meaning)
{
    FieldLister lister;
    lookAtFields(spec, lister);
    return pathOf(lister, meaning);
}

/// The first part of that type that a spec is composed of; null if it has none.
template <class Part, class Spec> [[nodiscard]] Part* findPart(Spec& spec)
{
    FieldLister lister;
    lookAtFields(spec, lister);
    for (const auto& group : lister.groups)
        if (group.part.type == typeMark<std::remove_const_t<Part>>())
            return static_cast<Part*>(group.part.value);
    return nullptr;
}

} // namespace fplab
