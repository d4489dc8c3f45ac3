#include "core/experiment/spec.h"
#include "core/files/presets.h"
#include "core/kinds/poisson/kind.h"
#include "support/random_stops.h"

#include <QTest>

#include <algorithm>

using namespace fplab;

/// Pause and stop obey within one step, wherever they come, and leave a run that goes on as if nothing had happened.
class TstStops : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPresetStopsAtAnyMoment_data()
    {
        QTest::addColumn<QString>("id");
        for (const auto& preset : presets()) {
            const bool slow = preset.spec.problem.as<PoissonSpec>() && preset.variant == "paper";
            if (!slow || qEnvironmentVariableIntValue("FPLAB_DEEP") > 0)
                QTest::newRow(preset.id.c_str()) << QString::fromStdString(preset.id);
        }
    }
    void everyPresetStopsAtAnyMoment()
    {
        QFETCH(QString, id);
        const bool deep = qEnvironmentVariableIntValue("FPLAB_DEEP") > 0;
        ExperimentSpec spec = findPreset(id.toStdString())->spec;
        auto* poisson = spec.problem.as<PoissonSpec>();
        if (poisson) { // must not end by itself
            poisson->pde.grid = 20000;
            poisson->pde.then = "jacobi";
            poisson->pde.tolerance = 1e-6;
            poisson->pde.maxSweeps = 1'000'000'000;
        }
        const Schedule schedule = scheduleOf(spec);
        auto made = makeExperiment(spec, {.threads = 2}), undisturbed = makeExperiment(spec);
        QVERIFY(made.ok() && undisturbed.ok());

        const auto seen = stopAtRandom(**made, schedule, deep ? 50 : 5, deep ? 60 : 15, spec.seed);
        QVERIFY(seen.onlyStopped);
        QVERIFY(std::ranges::is_sorted(seen.ends));
        QVERIFY2(
            std::ranges::max(seen.latencies) < 1000, qPrintable(QString::number(std::ranges::max(seen.latencies))));

        // Every scheduled step and every stop is recorded, once and in order.
        std::vector<std::int64_t> expected {0};
        for (auto step = schedule.next(0); step <= seen.ends.back(); step = schedule.next(step))
            expected.push_back(step);
        expected.insert(expected.end(), seen.ends.begin(), seen.ends.end());
        std::ranges::sort(expected);
        expected.erase(std::ranges::unique(expected).begin(), expected.end());
        std::vector<std::int64_t> recorded;
        for (const auto& record : seen.records)
            recorded.push_back(record->step);
        if (poisson) { // and its milestones
            QVERIFY(std::ranges::includes(recorded, expected));
            QVERIFY(std::ranges::adjacent_find(recorded, std::greater_equal {}) == recorded.end());
        } else {
            QCOMPARE(recorded, expected);
        }

        // It goes on to the same numbers as a run that was never stopped.
        const std::int64_t last = seen.ends.back() + 3;
        RunControl control;
        RecordPtr end, wanted;
        const RunSink sink {.record = [&](RecordPtr record) { end = std::move(record); }, .change = {}, .paused = {}};
        QCOMPARE(
            run(**made, schedule, {.steps = last}, sink, control, {}, {.observe = false, .seconds = 0}).step, last);
        const RunSink other {
            .record = [&](RecordPtr record) { wanted = std::move(record); }, .change = {}, .paused = {}};
        QCOMPARE(run(**undisturbed, schedule, {.steps = last}, other, control).step, last);
        QCOMPARE(end->step, wanted->step);
        QVERIFY(end->samples == wanted->samples);
        QVERIFY((*made)->largestParameter() == (*undisturbed)->largestParameter());
    }
};

QTEST_GUILESS_MAIN(TstStops)
#include "tst_stops.moc"
