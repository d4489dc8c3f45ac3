#include "core/fields/set_field.h"

#include "core/fields/field_list.h"
#include "core/fields/json_fields.h"

#include <algorithm>
#include <charconv>

namespace fplab {
namespace {

Diagnostic problem(std::string path, std::string what)
{
    Diagnostic error;
    error.path = std::move(path);
    error.what = std::move(what);
    return error;
}

/// Finds where a path leads in a spec. A group at its end goes back to the defaults: what is set replaces it whole.
class Locator : public FieldVisitor {
public:
    explicit Locator(std::span<const std::string> theParts)
        : parts(theParts)
    {
    }

    std::span<const std::string> parts; ///< not empty
    /// Of a field that the path goes on into: the JSON of its value, and how many parts lead to it.
    std::string inside;
    std::size_t insideDepth = 0;

protected:
    void field(std::string_view id, FieldValue value, const Hint&) override
    {
        if (id != parts[m_depth] || m_depth + 1 == parts.size())
            return;
        inside = fieldJson(value);
        insideDepth = m_depth + 1;
    }
    void part(std::string_view id, const PartRef& part, const Hint&) override
    {
        if (id != parts[m_depth])
            return;
        if (m_depth + 1 == parts.size())
            return part.reset(part.value);
        ++m_depth;
        part.visit(part.value, *this);
        --m_depth;
    }

private:
    std::size_t m_depth = 0;
};

JsonValue textValue(std::string_view text)
{
    JsonValue json;
    json.type = JsonValue::Type::String;
    json.text = text;
    return json;
}

/// An object with nothing but the value at `path`, and what stands beside it within its field.
Result<JsonValue> objectWith(const Locator& found, std::string_view path, JsonValue value)
{
    JsonValue root;
    root.type = JsonValue::Type::Object;
    if (!found.inside.empty())
        *descend(root, found.parts.first(found.insideDepth), path).value() = parseJson(found.inside).value();
    const auto place = descend(root, found.parts, path);
    if (!place)
        return place.error();
    *place.value() = std::move(value);
    return root;
}

Status setValue(const PartRef& spec, std::span<const std::string> parts, std::string_view path, JsonValue value)
{
    Locator locator(parts);
    spec.visit(spec.value, locator);
    const auto root = objectWith(locator, path, std::move(value));
    if (!root)
        return root.error();
    FieldReader reader(*root, {}, {}, {"fplab", "kind"});
    spec.visit(spec.value, reader); // members that are not there stay as they are
    return reader.finish();
}

} // namespace

std::vector<std::string> splitPath(std::string_view path)
{
    std::vector<std::string> parts;
    while (!path.empty()) {
        if (path.front() == '[') {
            const auto close = path.find(']');
            const auto digits = path.substr(1, close == path.npos ? 0 : close - 1);
            if (digits.empty() || digits.size() > 6 || digits.find_first_not_of("0123456789") != digits.npos)
                return {};
            parts.emplace_back(path.substr(0, close));
            path.remove_prefix(close + 1);
        } else {
            if (!parts.empty()) {
                if (path.front() != '.')
                    return {};
                path.remove_prefix(1);
            }
            const auto end = std::min(path.find_first_of(".["), path.size());
            if (end == 0)
                return {};
            parts.emplace_back(path.substr(0, end));
            path.remove_prefix(end);
        }
    }
    return parts;
}

Result<JsonValue*> descend(JsonValue& root, std::span<const std::string> parts, std::string_view path)
{
    auto* place = &root;
    for (const auto& part : parts) {
        if (part.front() == '[') {
            std::size_t index = 0;
            std::from_chars(part.data() + 1, part.data() + part.size(), index);
            if (place->type != JsonValue::Type::Array || index >= place->size())
                return problem(std::string(path),
                    "there is no entry " + part + "]: the list has " + std::to_string(place->size()) + " entries");
            place->unfold();
            place = &place->items[index];
        } else {
            if (place->type == JsonValue::Type::Null)
                place->type = JsonValue::Type::Object;
            if (place->type != JsonValue::Type::Object)
                return problem(
                    std::string(path), "there is no such path: before \"" + part + "\" stands " + place->describe());
            auto* next = place->find(part);
            place = next ? next : &place->members.emplace_back(part, JsonValue {}).second;
        }
    }
    return place;
}

JsonValue valueFromText(std::string_view text)
{
    auto parsed = parseJson(text);
    return parsed ? std::move(parsed.value()) : textValue(text);
}

Status detail::setPart(const PartRef& spec, std::string_view path, std::string_view valueText)
{
    const auto parts = splitPath(path);
    if (parts.empty())
        return problem(std::string(path.substr(0, 200)), "is not a path such as network.init.std or network.hidden[0]");
    auto value = valueFromText(valueText);
    const bool number = value.type == JsonValue::Type::Number;
    auto status = setValue(spec, parts, path, std::move(value));
    if (!status && number && setValue(spec, parts, path, textValue(valueText))) // a column may be called 2024
        return success();
    return status;
}

} // namespace fplab
