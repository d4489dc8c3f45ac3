#include "core/fields/field_list.h"

#include "core/fields/json_fields.h"

#include <algorithm>

namespace fplab {

bool FieldRef::operator==(const FieldRef& other) const
{
    if (path != other.path || value.index() != other.value.index())
        return false;
    return std::visit(
        [&]<class T>(const T& mine) {
            const T& theirs = std::get<T>(other.value);
            if constexpr (std::is_same_v<T, CustomField>)
                return mine.type == theirs.type && mine.type->equal(mine.value, theirs.value);
            else
                return *mine == *theirs;
        },
        value);
}

std::string FieldRef::json() const { return fieldJson(value); }

std::string fieldJson(const FieldValue& value)
{
    JsonWriter out(0);
    out.beginObject();
    writeField(out, {}, value);
    out.endObject();
    constexpr std::size_t before = std::string_view("{\"\": ").size();
    return out.text().size() > before ? out.text().substr(before, out.text().size() - before - 1) : std::string();
}

/// A part that is switched off comes before what a field says of itself.
Hint FieldLister::inherited(std::string_view id, const Hint& hint) const
{
    Hint out = hint;
    if (out.panel.empty())
        out.panel = m_around.panel;
    if (!m_around.idle.empty() && !out.independent) {
        out.idle = m_around.idle;
        out.idlePart = m_around.idlePart;
    } else if (const auto found = std::ranges::find(m_around.inside, id, &Hint::Inside::id);
               found != m_around.inside.end()) {
        out.idle = found->reason;
        out.idlePart = found->part;
    }
    return out;
}

void FieldLister::field(std::string_view id, FieldValue value, const Hint& hint)
{
    fields.push_back({m_prefix + std::string(id), inherited(id, hint), value});
}

void FieldLister::part(std::string_view id, const PartRef& part, const Hint& hint)
{
    const Hint around = m_around;
    const auto length = m_prefix.size();
    m_around = inherited(id, hint);
    m_prefix.append(id);
    groups.push_back({m_prefix, part, m_around});
    m_prefix += '.';
    part.visit(part.value, *this);
    m_prefix.resize(length);
    m_around = around;
}

std::vector<FieldRef> singleFields(std::vector<FieldRef> fields)
{
    std::vector<FieldRef> out;
    for (auto& field : fields) {
        if (auto* const* parameters = std::get_if<std::map<std::string, double>*>(&field.value)) {
            for (auto& [name, value] : **parameters)
                out.push_back({field.path + '.' + name, field.hint, &value});
        } else {
            out.push_back(std::move(field));
        }
    }
    return out;
}

std::string jsonOf(const std::vector<FieldRef>& singleFields, std::string_view path)
{
    const auto found = std::ranges::find(singleFields, path, &FieldRef::path);
    return found == singleFields.end() ? std::string() : found->json();
}

Hint hintAt(const FieldLister& all, std::string_view path)
{
    const std::string_view whole = path.substr(0, path.find('['));
    if (const auto field = std::ranges::find(all.fields, whole, &FieldRef::path); field != all.fields.end())
        return field->hint;
    if (const auto group = std::ranges::find(all.groups, whole, &FieldLister::Group::path); group != all.groups.end())
        return group->hint;
    for (const FieldRef& field : all.fields) {
        if (!whole.starts_with(field.path + '.'))
            continue;
        const auto* custom = std::get_if<CustomField>(&field.value);
        if (!custom) // an entry of a map
            return field.hint;
        FieldLister inner;
        custom->type->visit(custom->value, inner);
        return hintAt(inner, whole.substr(field.path.size() + 1));
    }
    return Hint {.label = {}};
}

std::string pathOf(const FieldLister& all, Meaning meaning)
{
    for (const FieldRef& field : all.fields)
        if (field.hint.meaning == meaning)
            return field.path;
    for (const auto& group : all.groups)
        if (group.hint.meaning == meaning)
            return group.path;
    return {};
}

} // namespace fplab
