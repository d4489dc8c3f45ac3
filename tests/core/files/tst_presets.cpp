#include "core/analysis/followed_bins.h"
#include "core/experiment/spec.h"
#include "core/files/experiment_file.h"
#include "core/files/presets.h"

#include "core/kinds/poisson/report.h"

#include <QTest>

#include <set>

using namespace fplab;

namespace {

std::vector<Passage> passagesAt(const Preset& preset, double position)
{
    std::vector<Passage> passages;
    for (const auto& window : preset.expected.captures) {
        const auto step = window.minStep
            + static_cast<std::int64_t>(position * static_cast<double>(window.maxStep - window.minStep));
        passages.push_back({window.k, static_cast<double>(window.k), step, step});
    }
    return passages;
}

Statements check(const Expectation& expected, const CheckFacts& facts)
{
    Preset preset;
    preset.expected = expected;
    return checkPreset(preset, facts);
}

} // namespace

class TstPresets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPresetIsComplete()
    {
        std::set<std::string> ids;
        for (const auto& preset : presets()) {
            QVERIFY2(ids.insert(preset.id).second, preset.id.c_str());
            for (const auto* text :
                {&preset.question, &preset.summary, &preset.lookAt, &preset.figure, &preset.group, &preset.notes})
                QVERIFY2(!text->empty(), preset.id.c_str());
            QVERIFY2(preset.question.ends_with('?'), preset.id.c_str());
            QVERIFY2(preset.variant == (preset.id.ends_with("-paper") ? "paper" : "classroom"), preset.id.c_str());
            QVERIFY(checkExperiment(preset.spec).ok());
            const auto& expected = preset.expected;
            QVERIFY((std::set<std::string> {"holds", "fails", "none"}).contains(expected.verdict));
            QVERIFY(!expected.often || (*expected.often > 0.5 && *expected.often < 1));
            const auto ofKind = expected.json.find("reaches") || expected.json.find("handoff");
            QVERIFY2(ofKind || checkPreset(preset, {}).text.find("nothing that could be checked") == std::string::npos,
                preset.id.c_str());
            const StopRule stop = stopRuleOf(preset.spec);
            for (const auto* windows : {&expected.captures, &expected.capturesForGood})
                for (const auto& window : *windows)
                    QVERIFY2(window.minStep < window.maxStep && window.maxStep <= stop.steps, preset.id.c_str());
        }
    }

    void stableIds()
    {
        for (const char* id : {"three-sines", "three-sines-paper", "staircase", "staircase-paper", "loudest-not-first",
                 "loudest-not-first-paper", "relu", "relu-paper", "nonuniform", "nonuniform-paper", "outside-range",
                 "outside-range-paper", "large-init", "large-init-paper", "good-init", "poisson-network",
                 "poisson-network-paper", "poisson-jacobi", "poisson-handoff", "poisson-handoff-paper"})
            QVERIFY2(findPreset(id) && findPreset(id)->id == id, id);
        QVERIFY(!findPreset("three"));
        QVERIFY(!findPreset(""));
        QVERIFY(presets().front().id == "three-sines");
        QVERIFY(presets()[1].id == "three-sines-paper");
    }

    void everyPresetCanBeMade()
    {
        for (const auto& preset : presets()) {
            const auto experiment = makeExperiment(preset.spec);
            QVERIFY2(experiment.ok(), experiment ? "" : experiment.error().text().c_str());
            const auto channels = (*experiment)->channels();
            const auto record = (*experiment)->observe();
            QCOMPARE(record.samples.size(), channels.size());
            for (std::size_t i = 0; i < channels.size(); ++i)
                QCOMPARE(record.samples[i].size(), channels[i].sampleSize());
            const auto* spectrum = findChannel(channels, Role::OutputSpectrum);
            QVERIFY(spectrum);
            const auto followed = followedBins(*spectrum, analysisOf(preset.spec));
            auto named = preset.expected.order;
            for (const auto* windows : {&preset.expected.captures, &preset.expected.capturesForGood})
                for (const auto& window : *windows)
                    named.push_back(window.k);
            for (const auto k : named)
                QVERIFY2(std::ranges::find(followed, k) != followed.end(),
                    qPrintable(QString::fromStdString(preset.id) + QString::number(k)));
        }
    }

    void staircaseFollowsThePapersPeaks()
    {
        const auto experiment = makeExperiment(findPreset("staircase")->spec);
        const auto* spectrum = findChannel((*experiment)->channels(), Role::OutputSpectrum);
        QVERIFY((followedBins(*spectrum, analysisOf(findPreset("staircase")->spec))
            == std::vector<std::size_t> {1, 4, 12, 20, 28, 36}));
    }

    void checkKnowsRightFromWrong()
    {
        const auto& preset = *findPreset("three-sines");
        const auto right = passagesAt(preset, 0.5);
        const auto good = checkPreset(preset, {right, judge(right, true)});
        QVERIFY2(good.right, good.text.c_str());
        QVERIFY2(good.text.find("k = 3 touched first at step 1025, expected 330 to 1720") != std::string::npos,
            good.text.c_str());

        auto late = right;
        late[1].firstBelow = preset.expected.captures[1].maxStep + 1;
        QVERIFY(!checkPreset(preset, {late, judge(late, true)}).right);
        auto never = right;
        never[2].firstBelow = never[2].staysBelow = std::nullopt;
        const auto missing = checkPreset(preset, {never, judge(never, true)});
        QVERIFY(!missing.right);
        QVERIFY2(
            missing.text.find("FAIL k = 5 touched first at step (never)") != std::string::npos, missing.text.c_str());
        QVERIFY(!checkPreset(preset, {}).right);
    }

    void checkOfTheOrder()
    {
        const Expectation expected {.order = {3, 10, 16}};
        const auto reproduced = [&](std::vector<Passage> passages) { return check(expected, {.passages = passages}); };
        const Passage other {93, 93, 5, 5}; // not a part of the statement
        const auto good = reproduced({{3, 3, 1, 40}, {10, 10, 2, 41}, {16, 16, 3, 42}, other});
        QVERIFY2(good.right, good.text.c_str());
        QVERIFY2(good.text.find("k = 3, 10, 16 captured for good at steps 40, 41, 42, expected one after the other")
                != std::string::npos,
            good.text.c_str());
        QVERIFY(!reproduced({{3, 3, 1, 41}, {10, 10, 2, 41}, {16, 16, 3, 42}}).right); // at once
        QVERIFY(!reproduced({{3, 3, 1, 42}, {10, 10, 2, 41}, {16, 16, 3, 43}}).right);
        QVERIFY(!reproduced({{3, 3, 1, 40}, {10, 10, 2, 41}, {16, 16, 3, {}}}).right); // lost again
        QVERIFY(!reproduced({{3, 3, 1, 40}, {10, 10, 2, 41}}).right); // not followed
    }

    void checkOfStepsForGood()
    {
        const Expectation expected {.capturesForGood = {{8, 2000, 9000}}};
        const std::vector<Passage> chance {{8, 8, 3, 4000}}; // near the start by chance, for good much later
        QVERIFY(check(expected, {.passages = chance}).right);
        const std::vector<Passage> early {{8, 8, 3, 3}}, lost {{8, 8, 4000, {}}};
        QVERIFY(!check(expected, {.passages = early}).right);
        const auto never = check(expected, {.passages = lost});
        QVERIFY(!never.right);
        QVERIFY2(
            never.text.find("FAIL k = 8 captured for good at step (never), expected 2000 to 9000") != std::string::npos,
            never.text.c_str());
    }

    void checkOfTheHandoff()
    {
        const JsonValue limits = parseJson(R"({"time": 0.8, "work": 0.5})").value();
        const auto check = [&](const std::optional<HandoffVerdict>& found) {
            Statements out;
            checkCosts(limits, found, out);
            return out;
        };
        HandoffVerdict handoff;
        handoff.time = 0.3, handoff.sweeps = 2, handoff.work = 0.2, handoff.text = "The hand-off wins.";
        const auto good = check(handoff);
        QVERIFY2(good.right, good.text.c_str());
        QVERIFY2(good.text.ends_with("The hand-off wins.\n"), good.text.c_str());
        handoff.work = 0.6;
        const auto much = check(handoff);
        QVERIFY(!much.right);
        QVERIFY2(
            much.text.find("FAIL arithmetic work of the hand-off to that of the solver alone 0.6, expected at most 0.5")
                != std::string::npos,
            much.text.c_str());
        handoff.work = std::nullopt; // the tolerance was not reached
        QVERIFY(!check(handoff).right);
        QVERIFY(!check(std::nullopt).right);
    }

    void anEmptyCheckIsNotAReproduction()
    {
        const auto empty = check({}, {});
        QVERIFY(!empty.right);
        QVERIFY(!empty.text.empty());
    }

    void checkOfTheFailure()
    {
        const auto& preset = *findPreset("large-init");
        const std::vector<Passage> reversed {{1, 1, 30, 30}, {3, 3, 20, 20}, {5, 5, 10, 10}};
        const auto verdict = judge(reversed, true);
        QVERIFY(checkPreset(preset, {reversed, verdict, 1e-6, 4}).right);
        QVERIFY(!checkPreset(preset, {reversed, verdict, 1e-6, 0.001}).right); // generalises: not what is shown
        QVERIFY(!checkPreset(preset, {reversed, verdict, 1e-6}).right); // no test loss at all
        const auto text = checkPreset(preset, {reversed, verdict, 1e-6, 4}).text; // says how often
        QVERIFY2(text.ends_with("Chance has a part in it: about 94 of 100 seeds show this.\n"), text.c_str());
        const std::vector<Passage> ordered {{1, 1, 10, 10}, {3, 3, 20, 20}, {5, 5, 30, 30}};
        QVERIFY(!checkPreset(preset, {ordered, judge(ordered, true), 1e-6, 4}).right);
    }

    void badPresetFiles()
    {
        QVERIFY(!parsePreset("").ok());
        QVERIFY(!parsePreset("{}").ok());
        const auto error
            = parsePreset(R"({"id": "a", "order": 1, "group": "", "question": "", "summary": "", "look_at": "",
            "figure": "", "variant": "", "notes": "", "expected": {"verdict": "holds"},
            "experiment": {"fplab": 1, "stop": {"step": 4}}})");
        QVERIFY(!error.ok());
        QVERIFY2(error.error().text().find("experiment.stop.step") != std::string::npos, error.error().text().c_str());
    }
};

QTEST_GUILESS_MAIN(TstPresets)
#include "tst_presets.moc"
