#include "core/files/experiment_file.h"

#include "core/experiment/formula_parameters.h"
#include "core/fields/set_field.h"
#include "core/kinds/registry.h"

#include <cassert>
#include <span>

namespace fplab {
namespace {

constexpr int formatVersion = 1;

Diagnostic problem(std::string path, std::string what, std::string advice = {})
{
    Diagnostic error;
    error.path = std::move(path);
    error.what = std::move(what);
    error.advice = std::move(advice);
    return error;
}

std::string limitText() { return std::to_string(experimentFileLimit / 1'000'000) + " MB"; }

std::string kindList()
{
    std::string out;
    for (const Kind* kind : kinds())
        out += (out.empty() ? "" : ", ") + std::string(kind->id);
    return out;
}

/// "fplab" and "kind" are what the file is; they can only be set to what they are.
Status setHeader(
    const ExperimentSpec& spec, std::span<const std::string> parts, std::string_view path, std::string_view valueText)
{
    JsonWriter header;
    header.beginObject().member("fplab", formatVersion).member("kind", kindOf(spec)).endObject();
    auto root = parseJson(header.text()).value();
    const auto place = descend(root, parts, path);
    if (!place)
        return place.error();
    *place.value() = valueFromText(valueText);
    const auto read = experimentFromJson(root, {});
    if (!read)
        return read.error();
    if (&read->problem.kind() != &spec.problem.kind())
        return problem("kind", "cannot be changed: an experiment of another kind has other settings",
            "Start from a preset or a file of that kind.");
    return success();
}

} // namespace

Result<ExperimentSpec> experimentFromJson(const JsonValue& root, std::string_view text, const std::string& path)
{
    const auto problemAt = [&](const JsonValue& json, std::string where, std::string what) {
        auto error = problem(std::move(where), std::move(what));
        const auto position = text.empty() ? TextPosition {} : positionOf(text, json.offset);
        error.line = position.line;
        error.column = position.column;
        return error;
    };
    const auto at = [&](std::string_view id) { return path.empty() ? std::string(id) : path + '.' + std::string(id); };
    if (root.type != JsonValue::Type::Object)
        return problemAt(root, path, "an experiment must be an object { ... }, found " + root.describe());
    const auto* version = root.find("fplab");
    if (!version)
        return problemAt(root, path, "this is not an experiment file: it has no \"fplab\": 1");
    if (version->type != JsonValue::Type::Number || version->number != formatVersion) {
        const bool newer = version->type == JsonValue::Type::Number && version->number > formatVersion;
        return problemAt(*version, at("fplab"),
            newer ? "the file is of format " + version->text + ", newer than this version of the program reads (1)"
                  : "must be 1, found " + version->describe());
    }
    ExperimentSpec spec;
    if (const auto* kind = root.find("kind")) {
        const Kind* found = kind->type == JsonValue::Type::String ? findKind(kind->text) : nullptr;
        if (!found)
            return problemAt(*kind, at("kind"),
                "must be one of the kinds this version knows (" + kindList() + "), found " + kind->describe());
        spec.problem = found->prototype();
    }
    FieldReader reader(root, path, text, {"fplab", "kind"});
    visitFields(spec, reader);
    if (const auto status = reader.finish(); !status)
        return status.error();
    completeParameters(spec);
    return spec;
}

void writeExperiment(JsonWriter& out, const ExperimentSpec& spec)
{
    out.beginObject().member("fplab", formatVersion).member("kind", kindOf(spec));
    FieldWriter writer(out);
    lookAtFields(spec, writer);
    out.endObject();
}

Result<ExperimentSpec> parseExperiment(std::string_view utf8)
{
    if (utf8.size() > experimentFileLimit)
        return problem(
            {}, "an experiment file has at most " + limitText() + ", found " + std::to_string(utf8.size()) + " bytes");
    const auto json = parseJson(utf8);
    if (!json)
        return json.error();
    auto spec = experimentFromJson(*json, utf8);
    if (spec)
        if (const auto status = checkExperiment(*spec); !status)
            return status.error();
    return spec;
}

std::string formatExperiment(const ExperimentSpec& spec)
{
    JsonWriter out;
    writeExperiment(out, spec);
    return out.text() + '\n';
}

Result<std::string> experimentFileText(const ExperimentSpec& spec)
{
    const auto refused = [](Diagnostic error) {
        error.line = error.column = 0; // positions in a text that nobody sees
        error.kept = "Nothing was written.";
        return error;
    };
    auto text = formatExperiment(spec);
    if (text.size() > experimentFileLimit)
        return refused(problem({},
            "the experiment would take " + std::to_string(text.size() / 1'000'000)
                + " MB, and an experiment file has at most " + limitText(),
            "Keep its samples in a CSV file."));
    const auto read = parseExperiment(text);
    if (!read)
        return refused(read.error());
    assert(*read == spec);
    return text;
}

Result<ExperimentSpec> withFix(ExperimentSpec spec, const Fix& fix)
{
    for (const auto& [path, value] : fix.settings)
        if (auto status = setByPath(spec, path, value); !status)
            return status.error();
    if (auto status = checkExperiment(spec); !status)
        return status.error();
    return spec;
}

Result<SaveOutcome> saveExperiment(const std::string& path, const ExperimentSpec& spec, Vfs& vfs)
{
    const auto text = experimentFileText(spec);
    if (text)
        return saveFile(path, *text, vfs);
    auto error = text.error();
    error.file = path;
    return error;
}

Status setByPath(ExperimentSpec& spec, std::string_view path, std::string_view valueText)
{
    const auto parts = splitPath(path);
    if (!parts.empty() && (parts.front() == "fplab" || parts.front() == "kind"))
        return setHeader(spec, parts, path, valueText);
    auto changed = spec;
    if (auto status = setField(changed, path, valueText); !status)
        return status;
    completeParameters(changed);
    dropFormerParameters(spec, changed);
    spec = std::move(changed);
    return success();
}

} // namespace fplab
