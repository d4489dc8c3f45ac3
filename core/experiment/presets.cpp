#include "core/experiment/presets.h"

#include "core/io/experiment_file.h"
#include "core/io/json_fields.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <array>

namespace fplab {
namespace {

using Type = JsonValue::Type;

/// Reads the members of a preset file; the first problem is kept.
class PresetReader {
public:
    PresetReader(const JsonValue& object, std::string_view text)
        : m_object(object)
        , m_text(text)
    {
    }
    Status status = success();

    const JsonValue* need(std::string_view key, Type type, std::string_view expected)
    {
        const auto* json = m_object.find(key);
        if (!status || (json && json->type == type))
            return status ? json : nullptr;
        Diagnostic error;
        error.path = key;
        error.what = "must be " + std::string(expected) + (json ? ", found " + json->describe() : ", but is missing");
        error.line = positionOf(m_text, json ? json->offset : m_object.offset).line;
        status = std::move(error);
        return nullptr;
    }
    std::string text(std::string_view key)
    {
        const auto* json = need(key, Type::String, "text");
        return json ? json->text : std::string();
    }
    double number(std::string_view key)
    {
        const auto* json = need(key, Type::Number, "a number");
        return json ? json->number : 0;
    }
    std::optional<double> optionalNumber(std::string_view key)
    {
        return m_object.find(key) ? std::optional(number(key)) : std::nullopt;
    }

    /// The lists of three numbers under `key`, of which `expected` tells the meaning; none without the key.
    std::vector<std::array<double, 3>> triples(std::string_view key, std::string_view expected)
    {
        std::vector<std::array<double, 3>> out;
        const auto* list = m_object.find(key) ? need(key, Type::Array, "a list") : nullptr;
        for (std::size_t i = 0; list && i < list->size(); ++i) {
            if (list->rowEnds.size() != list->size() || list->rowEnds[i] != 3 * (i + 1))
                return need(key, Type::Null, expected), out;
            out.push_back({list->numbers[3 * i], list->numbers[3 * i + 1], list->numbers[3 * i + 2]});
        }
        return out;
    }

private:
    const JsonValue& m_object;
    std::string_view m_text;
};

Result<Expectation> parseExpectation(const JsonValue& json, std::string_view text)
{
    PresetReader in(json, text);
    Expectation out;
    out.verdict = in.text("verdict");
    out.maxTrainLoss = in.optionalNumber("max_train_loss");
    out.minTestLoss = in.optionalNumber("min_test_loss");
    out.maxTestLoss = in.optionalNumber("max_test_loss");
    out.maxTimeRatio = in.optionalNumber("max_time_ratio");
    for (const auto& [error, fewest, most] : in.triples("reaches", "a list of [error, fewest sweeps, most sweeps]"))
        out.reaches.push_back({error, static_cast<std::int64_t>(fewest), static_cast<std::int64_t>(most)});
    for (const auto& [k, first, last] : in.triples("captures", "a list of [k, first step, last step]"))
        out.captures.push_back(
            {static_cast<std::size_t>(k), static_cast<std::int64_t>(first), static_cast<std::int64_t>(last)});
    if (!in.status)
        return in.status.error();
    return out;
}

struct OrderedPreset {
    double order = 0;
    Preset preset;
};

Result<OrderedPreset> parseOrdered(std::string_view text)
{
    const auto json = parseJson(text);
    if (!json)
        return json.error();
    PresetReader in(*json, text);
    OrderedPreset out;
    auto& preset = out.preset;
    out.order = in.number("order");
    for (auto [key, member] : {std::pair("id", &preset.id), {"question", &preset.question},
             {"summary", &preset.summary}, {"look_at", &preset.lookAt}, {"figure", &preset.figure},
             {"variant", &preset.variant}, {"group", &preset.group}, {"notes", &preset.notes}})
        *member = in.text(key);
    const auto* expected = in.need("expected", Type::Object, "an object");
    const auto* experiment = in.need("experiment", Type::Object, "an experiment");
    if (!in.status)
        return in.status.error();
    auto expectation = parseExpectation(*expected, text);
    if (!expectation)
        return expectation.error();
    preset.expected = std::move(expectation.value());
    auto spec = experimentFromJson(*experiment, text, "experiment");
    if (!spec)
        return spec.error();
    if (const auto status = checkExperiment(*spec); !status)
        return status.error();
    preset.spec = std::move(spec.value());
    return out;
}

std::vector<Preset> loadPresets()
{
    const QDir folder(QStringLiteral(":/presets"));
    std::vector<OrderedPreset> ordered;
    for (const auto& name : folder.entryList({QStringLiteral("*.json")})) {
        QFile file(folder.filePath(name));
        const bool open = file.open(QIODevice::ReadOnly);
        auto preset = parseOrdered(open ? file.readAll().toStdString() : std::string());
        if (!preset) // compiled in, and tested: this program is broken
            qFatal("preset %s: %s", qPrintable(name), preset.error().text().c_str());
        ordered.push_back(std::move(preset.value()));
    }
    std::ranges::stable_sort(ordered, {}, &OrderedPreset::order);
    std::vector<Preset> out;
    for (auto& entry : ordered)
        out.push_back(std::move(entry.preset));
    return out;
}

} // namespace

Result<Preset> parsePreset(std::string_view json)
{
    auto ordered = parseOrdered(json);
    if (!ordered)
        return ordered.error();
    return std::move(ordered.value().preset);
}

std::span<const Preset> presets()
{
    static const std::vector<Preset> all = loadPresets();
    return all;
}

const Preset* findPreset(std::string_view id)
{
    const auto all = presets();
    const auto found = std::ranges::find(all, id, &Preset::id);
    return found == all.end() ? nullptr : &*found;
}

CheckResult checkPreset(const Preset& preset, const CheckFacts& facts)
{
    CheckResult result {.reproduced = true, .text = {}};
    const auto state = [&](bool right, const std::string& line) {
        result.reproduced = result.reproduced && right;
        result.text += (right ? "  ok   " : "  FAIL ") + line + '\n';
    };
    const auto& expected = preset.expected;
    if (expected.verdict != "none") {
        const bool holds = expected.verdict == "holds";
        state(facts.verdict.state == (holds ? Verdict::State::Holds : Verdict::State::Fails),
            "the Frequency Principle " + std::string(holds ? "holds" : "fails") + ": " + facts.verdict.text);
    }
    for (const auto& window : expected.captures) {
        const auto found = std::ranges::find(facts.passages, window.k, &Passage::k);
        const auto step = found == facts.passages.end() ? -1 : found->firstBelow.value_or(-1);
        state(step >= window.minStep && step <= window.maxStep,
            "k = " + std::to_string(window.k) + " captured at step " + (step < 0 ? "(never)" : std::to_string(step))
                + ", expected " + std::to_string(window.minStep) + " to " + std::to_string(window.maxStep));
    }
    if (expected.maxTrainLoss)
        state(facts.trainLoss <= *expected.maxTrainLoss,
            "training loss " + formatRounded(facts.trainLoss, 3) + ", expected at most "
                + formatRounded(*expected.maxTrainLoss, 3));
    if (expected.maxTestLoss)
        state(facts.testLoss <= *expected.maxTestLoss,
            "test loss " + formatRounded(facts.testLoss, 3) + ", expected at most "
                + formatRounded(*expected.maxTestLoss, 3));
    if (expected.minTestLoss)
        state(facts.testLoss >= *expected.minTestLoss,
            "test loss " + formatRounded(facts.testLoss, 3) + ", expected at least "
                + formatRounded(*expected.minTestLoss, 3));
    for (const auto& reach : expected.reaches) {
        const auto found = facts.solve ? facts.solve->firstBelow(reach.error) : std::nullopt;
        const std::int64_t sweeps = found ? found->sweeps : -1;
        state(sweeps >= reach.minSweeps && sweeps <= reach.maxSweeps,
            "error " + formatNumber(reach.error) + " after " + (sweeps < 0 ? "(never)" : std::to_string(sweeps))
                + " sweeps, expected " + std::to_string(reach.minSweeps) + " to " + std::to_string(reach.maxSweeps));
    }
    if (expected.maxTimeRatio) {
        const bool known = facts.handoff && facts.handoff->time;
        state(known && *facts.handoff->time <= *expected.maxTimeRatio,
            "time of the hand-off to that of the solver alone " + (known ? formatRounded(*facts.handoff->time, 2) : "(unknown)")
                + ", expected at most " + formatRounded(*expected.maxTimeRatio, 2)
                + (facts.handoff ? ". " + facts.handoff->text : ""));
    }
    if (result.text.empty())
        state(false, "this preset states nothing that could be checked");
    return result;
}

} // namespace fplab
