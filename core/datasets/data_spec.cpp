#include "core/datasets/data_spec.h"

#include "core/fields/field_list.h"
#include "core/fields/json_fields.h"

namespace fplab {
namespace {

using Data = std::optional<DataSpec>;

/// Where the samples stand.
void visitPlace(DataSpec& data, FieldVisitor& v)
{
    constexpr std::string_view given = "the data do not come from a CSV file";
    v("csv", data.csv, Hint {.label = "CSV file", .max = 4096});
    v("x", data.x, Hint {.label = "Column of x", .max = 1000}.when(!data.csv.empty(), given));
    v("y", data.y, Hint {.label = "Column of y", .max = 1000}.when(!data.csv.empty(), given));
}

bool equal(const void* a, const void* b) { return *static_cast<const Data*>(a) == *static_cast<const Data*>(b); }

void read(FieldReader& reader, std::string_view id, void* value)
{
    const JsonValue* json = reader.member(id);
    if (!json)
        return;
    if (json->type == JsonValue::Type::Null)
        return static_cast<Data*>(value)->reset();
    DataSpec data;
    FieldReader inner = reader.inner(*json, id);
    inner.readSamples("inputs", data.inputs);
    inner.readSamples("targets", data.targets);
    visitPlace(data, inner);
    visitFields(data, inner);
    if (reader.close(inner))
        *static_cast<Data*>(value) = std::move(data);
}

void write(JsonWriter& out, std::string_view id, const void* value)
{
    const Data& data = *static_cast<const Data*>(value);
    if (!data)
        return;
    const DataSpec defaults;
    out.key(id).beginObject();
    if (data->inputs->count > 0)
        writeSamples(out, "inputs", data->inputs);
    if (data->targets->count > 0)
        writeSamples(out, "targets", data->targets);
    if (!data->csv.empty())
        out.member("csv", data->csv);
    if (!data->csv.empty() || data->x != defaults.x || data->y != defaults.y)
        out.member("x", data->x).member("y", data->y);
    const auto fields = fieldsOf(*data), usual = fieldsOf(defaults);
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (fields[i] != usual[i])
            writeField(out, fields[i].path, fields[i].value);
    out.endObject();
}

void visit(void* value, FieldVisitor& visitor)
{
    Data& data = *static_cast<Data*>(value);
    if (!data)
        return;
    visitPlace(*data, visitor);
    visitFields(*data, visitor);
}

} // namespace

const CustomFieldType dataFieldType {equal, read, write, visit};

} // namespace fplab
