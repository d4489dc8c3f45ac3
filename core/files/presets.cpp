#include "core/files/presets.h"

#include "core/base/number_text.h"
#include "core/files/experiment_file.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <array>
#include <cmath>

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

std::vector<Expectation::Window> windows(PresetReader& in, std::string_view key)
{
    std::vector<Expectation::Window> out;
    for (const auto& [k, first, last] : in.triples(key, "a list of [k, first step, last step]"))
        out.push_back({static_cast<std::size_t>(k), static_cast<std::int64_t>(first), static_cast<std::int64_t>(last)});
    return out;
}

Result<Expectation> parseExpectation(const JsonValue& json, std::string_view text)
{
    PresetReader in(json, text);
    Expectation out;
    out.verdict = in.text("verdict");
    out.often = in.optionalNumber("often");
    if (const auto* order = json.find("order") ? in.need("order", Type::Array, "a list") : nullptr)
        for (const double k : order->numbers)
            out.order.push_back(static_cast<std::size_t>(k));
    out.captures = windows(in, "captures");
    out.capturesForGood = windows(in, "captures_for_good");
    out.maxTrainLoss = in.optionalNumber("max_train_loss");
    out.minTestLoss = in.optionalNumber("min_test_loss");
    out.maxTestLoss = in.optionalNumber("max_test_loss");
    out.json = json;
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

namespace {

using Step = std::optional<std::int64_t> Passage::*;

std::optional<std::int64_t> stepOf(std::span<const Passage> passages, std::size_t k, Step step)
{
    const auto found = std::ranges::find(passages, k, &Passage::k);
    return found == passages.end() ? std::nullopt : (*found).*step;
}

void checkOrder(Statements& out, const std::vector<std::size_t>& order, std::span<const Passage> passages)
{
    if (order.empty())
        return;
    bool right = true;
    std::string bins, steps;
    std::int64_t before = -1;
    for (const auto k : order) {
        const auto step = stepOf(passages, k, &Passage::staysBelow);
        right = right && step && *step > before;
        before = step.value_or(before);
        bins += (bins.empty() ? "" : ", ") + std::to_string(k);
        steps += (steps.empty() ? "" : ", ") + (step ? std::to_string(*step) : "(never)");
    }
    out.state(right, "k = " + bins + " captured for good at steps " + steps + ", expected one after the other");
}

} // namespace

Statements checkPreset(const Preset& preset, const CheckFacts& facts)
{
    Statements out;
    const auto& expected = preset.expected;
    if (expected.verdict != "none") {
        const bool holds = expected.verdict == "holds";
        out.state(facts.verdict.state == (holds ? Verdict::State::Holds : Verdict::State::Fails),
            "the Frequency Principle " + std::string(holds ? "holds" : "fails") + ": " + facts.verdict.text);
    }
    checkOrder(out, expected.order, facts.passages);
    for (const auto& [k, first, last] : expected.captures)
        out.within("k = " + std::to_string(k) + " touched first at step ",
            stepOf(facts.passages, k, &Passage::firstBelow), "", first, last);
    for (const auto& [k, first, last] : expected.capturesForGood)
        out.within("k = " + std::to_string(k) + " captured for good at step ",
            stepOf(facts.passages, k, &Passage::staysBelow), "", first, last);
    out.atMost("training loss", facts.trainLoss, expected.maxTrainLoss);
    out.atMost("test loss", facts.testLoss, expected.maxTestLoss);
    out.atLeast("test loss", facts.testLoss, expected.minTestLoss);
    if (facts.report)
        facts.report->check(expected.json, out, facts.threads, facts.stop);
    if (out.text.empty())
        out.state(false, "this preset states nothing that could be checked");
    if (expected.often)
        out.note("Chance has a part in it: about " + std::to_string(std::lround(100 * *expected.often))
            + " of 100 seeds show this.");
    return out;
}

} // namespace fplab
