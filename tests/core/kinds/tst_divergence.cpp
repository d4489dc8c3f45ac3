#include "core/experiment/spec.h"
#include "core/files/experiment_file.h"
#include "core/run/run.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace fplab;

namespace {

enum class Expected {
    Refused,
    Diverges, ///< and goes on with a smaller rate
    DivergesAtOnce, ///< the initial weights are to blame: no rate helps, smaller ones do
    Finishes,
};

struct Field {
    const char *path, *value;
};

struct Scenario {
    const char* name;
    std::vector<Field> fields; ///< set in the experiment below
    std::vector<Field> live; ///< changed at step 30
    Expected expected;
    const char* clue; ///< Refused: part of the message; Diverges: part of the reason
};

constexpr std::int64_t changeStep = 30, lastStep = 300;

/// Small and quick: 21 points, one hidden layer.
constexpr std::initializer_list<Field> common {
    {"network.hidden", "[20]"}, {"sampling.count", "21"}, {"stop.steps", "300"}};

const Scenario scenarios[] {
    {"rate 10, SGD", {{"optimizer.kind", "sgd"}, {"optimizer.learning_rate", "10"}, {"batch", "5"}}, {},
        Expected::Diverges, "loss"},
    {"rate 10, Adam", {{"optimizer.learning_rate", "10"}}, {}, Expected::Diverges, "exploded"},
    {"rate 100, gradient descent, double",
        {{"optimizer.kind", "gd"}, {"optimizer.learning_rate", "100"}, {"precision", "double"}}, {}, Expected::Diverges,
        "exploded"},
    {"batch 1, huge rate", {{"optimizer.kind", "sgd"}, {"optimizer.learning_rate", "100"}, {"batch", "1"}}, {},
        Expected::Diverges, "loss"},
    {"initial weights of size 1000",
        {{"network.init.std", "1000"}, {"optimizer.kind", "gd"}, {"optimizer.learning_rate", "1"}}, {},
        Expected::Diverges, "exploded"},
    {"initial weights of size 1000, Adam", {{"network.init.std", "1000"}}, {}, Expected::Finishes, ""},
    {"deep ReLU of 20 layers",
        {{"network.hidden", "[9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9]"}, {"network.activation", "relu"}}, {},
        Expected::Refused, "16"},
    {"deep ReLU of 16 layers",
        {{"network.hidden", "[20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20]"}, {"network.activation", "relu"},
            {"network.init.std", "5"}, {"optimizer.kind", "gd"}},
        {}, Expected::DivergesAtOnce, "weight"},
    {"overflow of single precision in the first step",
        {{"network.activation", "relu"}, {"network.init.std", "1000"},
            {"network.hidden", "[20,20,20,20,20,20,20,20,20,20,20,20,20]"}, {"optimizer.learning_rate", "1e-12"}},
        {}, Expected::DivergesAtOnce, "not a number"},
    {"a change to another optimizer and rate 100", {{"network.init.std", "0.5"}},
        {{"optimizer.kind", "gd"}, {"optimizer.learning_rate", "100"}}, Expected::Diverges, "loss"},
    {"a change to rate 10", {}, {{"optimizer.learning_rate", "10"}}, Expected::Diverges, "exploded"},
    {"a change to a loss of another size", {},
        {{"loss.kind", "weighted_fourier"}, {"loss.weights", R"({"kind":"points","values":[1e9]})"}},
        Expected::Finishes, ""},
    {"loss weight 1e300",
        {{"loss.kind", "weighted_fourier"}, {"loss.weights", R"({"kind":"points","values":[1,1e300]})"}}, {},
        Expected::Refused, "loss.weights"},
    {"the largest loss weight",
        {{"loss.kind", "weighted_fourier"}, {"loss.weights", R"({"kind":"points","values":[1,1e12]})"}}, {},
        Expected::Finishes, ""},
    {"one of two outputs overflows",
        {{"data", R"({"inputs":[[0],[1],[2]],"targets":[[0,1e17],[1,-1e17],[0,1e17]]})"}, {"optimizer.kind", "gd"}}, {},
        Expected::Diverges, "weight"},
    {"one of two outputs beyond single precision",
        {{"data", R"({"inputs":[[0],[1],[2]],"targets":[[0,1e30],[1,-1e30],[0,1e30]]})"}}, {}, Expected::Refused,
        "beyond single precision"},
    {"1/x at 0", {{"target.formula", "1/x"}, {"sampling.from", "-1"}, {"sampling.to", "1"}}, {}, Expected::Refused,
        "x = 0"},
    {"log of a negative number", {{"target.formula", "log(-1)"}}, {}, Expected::Refused, "not defined"},
    {"inf in a CSV file", {{"data", R"({"csv":"inf.csv"})"}}, {}, Expected::Refused, "line 3"},
    {"constant target", {{"target.formula", "\"0.5\""}}, {}, Expected::Finishes, ""},
    {"zero target", {{"target.formula", "\"0\""}}, {}, Expected::Finishes, ""},
};

/// The experiment of a scenario, or why there is none.
Result<ExperimentSpec> specOf(const Scenario& scenario)
{
    ExperimentSpec spec;
    for (const auto& fields : {std::vector<Field>(common), scenario.fields})
        for (const auto& [path, value] : fields)
            if (const auto status = setByPath(spec, path, value); !status)
                return status.error();
    if (const auto status = checkExperiment(spec); !status)
        return status.error();
    return spec;
}

bool allFinite(const Record& record)
{
    return std::ranges::all_of(record.samples,
        [](const auto& sample) { return std::ranges::all_of(sample, [](double v) { return std::isfinite(v); }); });
}

} // namespace

/// What can go wrong with the numbers of a training: it is refused with a reason or noticed, and can go on afterwards.
class TstDivergence : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_folder.filePath(QStringLiteral("inf.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("x,y\n0,1\n1,inf\n2,3\n");
    }
    void scenario_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(std::size(scenarios)); ++i)
            QTest::newRow(scenarios[i].name) << i;
    }
    void scenario()
    {
        QFETCH(int, index);
        const Scenario& scenario = scenarios[index];
        const auto spec = specOf(scenario);
        auto made = spec ? makeExperiment(*spec, {.baseFolder = m_folder.path().toStdString()}) : spec.error();
        if (scenario.expected == Expected::Refused) {
            QVERIFY(!made.ok());
            QVERIFY2(made.error().text().find(scenario.clue) != std::string::npos, made.error().text().c_str());
            return;
        }
        QVERIFY2(made.ok(), made.ok() ? "" : made.error().text().c_str());
        Experiment& experiment = **made;

        RunControl control;
        std::vector<RecordPtr> records;
        std::vector<LoggedChange> refused;
        const RunSink sink {.record =
                                [&](RecordPtr record) {
                                    if (record->step == changeStep)
                                        for (const auto& [path, value] : scenario.live)
                                            control.post({{path, std::string(value)}});
                                    records.push_back(std::move(record));
                                },
            .change =
                [&](const LoggedChange& change) {
                    if (!change.refused.empty())
                        refused.push_back(change);
                },
            .paused = {}};
        const auto result = run(experiment, Schedule::every(10), stopRuleOf(*spec), sink, control);
        QVERIFY2(refused.empty(), refused.empty() ? "" : refused.front().refused.c_str());
        if (scenario.expected == Expected::Finishes) {
            QCOMPARE(result.outcome, Outcome::Finished);
            QCOMPARE(result.step, lastStep);
        } else {
            QCOMPARE(result.outcome, Outcome::Diverged);
            QVERIFY2(result.reason.find(scenario.clue) != std::string::npos, result.reason.c_str());
            QVERIFY(result.step < lastStep);
            QCOMPARE(result.step, std::max<std::int64_t>(result.divergedAt - 1, 0));
            QCOMPARE(result.suspect.has_value(), !scenario.live.empty());
        }
        QCOMPARE(experiment.stepIndex(), result.step);
        QCOMPARE(records.back()->step, result.step);
        for (const auto& record : records)
            QVERIFY(allFinite(*record) || record->step == 0);

        // Training works afterwards.
        if (scenario.expected == Expected::DivergesAtOnce) {
            auto smaller = *spec;
            QVERIFY(setByPath(smaller, "network.init.std", "0.1").ok());
            made = makeExperiment(smaller);
            QCOMPARE(run(**made, Schedule::every(10), stopRuleOf(smaller), sink, control).outcome, Outcome::Finished);
            return;
        }
        QVERIFY(experiment.apply({"optimizer.kind", std::string("adam")}).ok());
        QVERIFY(experiment.apply({"optimizer.learning_rate", std::string("1e-6")}).ok());
        const auto goesOn = run(experiment, Schedule::every(10), {.steps = result.step + 20}, sink, control, {},
            {.observe = false, .seconds = 0});
        QCOMPARE(goesOn.step, result.step + 20);
        QCOMPARE(records.back()->step, result.step + 20);
        QVERIFY(allFinite(*records.back()));
    }
};

QTEST_GUILESS_MAIN(TstDivergence)
#include "tst_divergence.moc"
