#include "core/experiment/experiment_file.h"

#include "core/fields/json_fields.h"
#include "core/fields/spec_fields.h"
#include "core/parts/formula_parameters.h"
#include "core/pde/grid_solver.h"

#include <algorithm>
#include <charconv>
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

template <std::size_t Index = 0> bool chooseKind(ExperimentSpec& spec, std::string_view id)
{
    using Kinds = decltype(spec.problem);
    if constexpr (Index < std::variant_size_v<Kinds>) {
        if (id == kindId<std::variant_alternative_t<Index, Kinds>>) {
            spec.problem.template emplace<Index>();
            return true;
        }
        return chooseKind<Index + 1>(spec, id);
    }
    return false;
}

template <std::size_t... Index> std::string kindList(std::index_sequence<Index...>)
{
    using Kinds = decltype(ExperimentSpec::problem);
    std::string out;
    ((out += (out.empty() ? "" : ", ") + std::string(kindId<std::variant_alternative_t<Index, Kinds>>)), ...);
    return out;
}

Status check(const FitCurveSpec& spec)
{
    const auto& sampling = spec.sampling;
    if (!(sampling.from < sampling.to))
        return problem("sampling.to",
            "must be greater than sampling.from (" + formatNumber(sampling.from) + "), found "
                + formatNumber(sampling.to));
    std::size_t samples = static_cast<std::size_t>(sampling.count);
    if (spec.data) {
        const auto& data = *spec.data;
        const bool inputs = data.inputs->count > 0, targets = data.targets->count > 0;
        if (!data.csv.empty() && (inputs || targets))
            return problem("data", "has both \"csv\" and inline values", "Keep one of them.");
        if (data.csv.empty() && (!inputs || !targets))
            return problem("data", "must have \"inputs\" and \"targets\", or \"csv\"");
        if (data.inputs->count != data.targets->count)
            return problem("data.targets",
                "must have as many rows as data.inputs (" + std::to_string(data.inputs->count) + "), found "
                    + std::to_string(data.targets->count));
        if (data.xScale == 0 || data.yScale == 0)
            return problem(data.xScale == 0 ? "data.x_scale" : "data.y_scale", "must not be 0");
        if (data.decimal != "auto" && data.decimal == data.thousands)
            return problem("data.thousands", "must not be the same as data.decimal, found \"" + data.thousands + '"');
        samples = data.inputs->count; // 0 for a CSV file: not known yet
    }
    if (spec.network.init.kind == "explicit" && spec.network.init.params->empty())
        return problem("network.init.params", "is missing, and network.init.kind is \"explicit\"");
    if (spec.loss.kind == "weighted_fourier") {
        const auto& weights = spec.loss.weights;
        if ((weights.kind == "values" || weights.kind == "points") && weights.values.empty())
            return problem("loss.weights.values", "is missing, and loss.weights.kind is \"" + weights.kind + '"');
        if (weights.kind == "values" && samples > 0 && weights.values.size() != samples)
            return problem("loss.weights",
                "must have one weight for each of the " + std::to_string(samples) + " samples, found "
                    + std::to_string(weights.values.size()));
        if (weights.kind == "band" && weights.from > weights.to)
            return problem("loss.weights.to",
                "must not be less than loss.weights.from (" + std::to_string(weights.from) + "), found "
                    + std::to_string(weights.to));
        if (spec.batch != 0)
            return problem(
                "batch", "must be 0 (all samples) with the loss weighted_fourier, found " + std::to_string(spec.batch));
    }
    return success();
}

Status check(const PoissonSpec& spec)
{
    const auto& pde = spec.pde;
    if (!(pde.from < pde.to))
        return problem(
            "pde.to", "must be greater than pde.from (" + formatNumber(pde.from) + "), found " + formatNumber(pde.to));
    if (spec.network.init.kind == "explicit" && spec.network.init.params->empty())
        return problem("network.init.params", "is missing, and network.init.kind is \"explicit\"");
    if (spec.stop.loss != 0)
        return problem("stop.loss",
            "must be 0 for the kind poisson, whose energy is negative, found " + formatNumber(spec.stop.loss),
            "Use pde.tolerance.");
    const auto* solver = findGridSolver(pde.then);
    if (solver->largestOmega == 1 && pde.omega > 1)
        return problem("pde.omega", "must be at most 1 for damped_jacobi, found " + formatNumber(pde.omega),
            "Above 1 the high modes grow. 2/3 damps them best; sor takes values up to 2.");
    if (pde.then == "multigrid" && !canCoarsen(static_cast<std::size_t>(pde.grid)))
        return problem("pde.grid",
            "must be an even number, at least 4, for multigrid, found " + std::to_string(pde.grid),
            "Multigrid halves the grid while it can; a power of two is best.");
    return success();
}

/// "a.b[2].c" -> "a", "b", "2", "c"; empty if it is not of that form.
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

/// Finds where a path leads in a spec. A group at its end goes back to the defaults: what is set replaces it whole.
struct Locator {
    std::span<const std::string> parts; ///< not empty
    std::size_t depth = 0;
    /// Of a field that the path goes on into: the JSON of its value, and how many parts lead to it.
    std::string inside = {};
    std::size_t insideDepth = 0;

    template <class T> void operator()(std::string_view id, const T& value, const Hint& /*hint*/)
    {
        if (id != parts[depth] || depth + 1 == parts.size())
            return;
        inside = fieldJson(value);
        insideDepth = depth + 1;
    }
    template <class Part> void group(std::string_view id, Part& part, std::string_view /*label*/)
    {
        if (id != parts[depth])
            return;
        if (depth + 1 == parts.size()) {
            part = {};
            return;
        }
        ++depth;
        visitFields(part, *this);
        --depth;
    }
};

/// The place that the parts lead to; objects that are missing on the way are made. Null on an index outside its list.
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

JsonValue textValue(std::string_view text)
{
    JsonValue json;
    json.type = JsonValue::Type::String;
    json.text = text;
    return json;
}

/// JSON if it parses, else a string.
JsonValue valueFrom(std::string_view text)
{
    auto parsed = parseJson(text);
    return parsed ? std::move(parsed.value()) : textValue(text);
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

/// Sets what stands at the place that the parts lead to.
Status setValue(ExperimentSpec& spec, std::span<const std::string> parts, std::string_view path, JsonValue value)
{
    auto changed = spec;
    Locator locator {parts};
    visitFields(changed, locator);
    const auto root = objectWith(locator, path, std::move(value));
    if (!root)
        return root.error();
    FieldReader reader(*root, {}, {}, {"fplab", "kind"});
    visitFields(changed, reader); // members that are not there stay as they are
    if (auto status = reader.finish(); !status)
        return status;
    completeParameters(changed);
    dropFormerParameters(spec, changed);
    spec = std::move(changed);
    return success();
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
    *place.value() = valueFrom(valueText);
    const auto read = experimentFromJson(root, {});
    if (!read)
        return read.error();
    if (read->problem.index() != spec.problem.index())
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
        if (kind->type != JsonValue::Type::String || !chooseKind(spec, kind->text)) {
            constexpr auto count = std::variant_size_v<decltype(spec.problem)>;
            return problemAt(*kind, at("kind"),
                "must be one of the kinds this version knows (" + kindList(std::make_index_sequence<count> {})
                    + "), found " + kind->describe());
        }
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
    visitFields(spec, writer);
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

Status checkExperiment(const ExperimentSpec& spec)
{
    if (auto status = checkParameters(spec); !status)
        return status;
    return std::visit([](const auto& part) { return check(part); }, spec.problem);
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
    if (parts.empty())
        return problem(std::string(path.substr(0, 200)), "is not a path such as network.init.std or network.hidden[0]");
    if (parts.front() == "fplab" || parts.front() == "kind")
        return setHeader(spec, parts, path, valueText);
    auto value = valueFrom(valueText);
    const bool number = value.type == JsonValue::Type::Number;
    auto status = setValue(spec, parts, path, std::move(value));
    if (!status && number && setValue(spec, parts, path, textValue(valueText))) // a column may be called 2024
        return success();
    return status;
}

std::string_view kindOf(const ExperimentSpec& spec)
{
    return std::visit([]<class P>(const P&) { return kindId<P>; }, spec.problem);
}

} // namespace fplab
