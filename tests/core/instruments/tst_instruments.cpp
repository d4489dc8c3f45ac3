#include "core/experiment/spec.h"
#include "core/files/experiment_file.h"
#include "core/instruments/instrument.h"
#include "core/kinds/fit_curve/kind.h"
#include "core/kinds/poisson/kind.h"
#include "core/run/run.h"

#include <QTest>

using namespace fplab;

namespace {

ExperimentSpec curve()
{
    ExperimentSpec spec;
    auto& fit = specOf<FitCurveSpec>(spec.problem);
    fit.network.hidden = {12};
    fit.sampling.count = 41;
    fit.stop.steps = 120;
    return spec;
}

ExperimentSpec equation()
{
    ExperimentSpec spec {.problem = PoissonSpec {}};
    auto& poisson = specOf<PoissonSpec>(spec.problem);
    poisson.network.hidden = {12};
    poisson.pde.grid = 64;
    poisson.pde.trainingPoints = 33;
    poisson.pde.handoffStep = 40;
    poisson.pde.maxSweeps = 80;
    return spec;
}

struct Ran {
    std::vector<Channel> channels;
    std::vector<RecordPtr> records;
};

Ran runOf(const ExperimentSpec& spec)
{
    Ran ran;
    auto experiment = makeExperiment(spec);
    if (!experiment)
        qFatal("%s", experiment.error().text().c_str());
    ran.channels.assign((*experiment)->channels().begin(), (*experiment)->channels().end());
    RunControl control;
    const RunSink sink {
        .record = [&](RecordPtr record) { ran.records.push_back(std::move(record)); }, .change = {}, .paused = {}};
    (void)run(**experiment, scheduleOf(spec), stopRuleOf(spec), sink, control);
    return ran;
}

ExperimentSpec measuring(ExperimentSpec spec, const char* perDecade = "10")
{
    std::string all;
    for (const Instrument& instrument : instruments())
        all += (all.empty() ? "\"" : ",\"") + std::string(instrument.id) + '"';
    if (!setByPath(spec, "analysis.measure", '[' + all + ']')
        || !setByPath(spec, "analysis.measure_per_decade", perDecade))
        qFatal("cannot be switched on");
    return spec;
}

} // namespace

class TstInstruments : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Whatever is measured, what was there before stays the same, bit for bit.
    void measuringChangesNoBit()
    {
        for (const ExperimentSpec& spec : {curve(), equation()}) {
            const Ran plain = runOf(spec), measured = runOf(measuring(spec));
            QVERIFY(measured.channels.size() > plain.channels.size());
            QCOMPARE(measured.records.size(), plain.records.size());
            for (std::size_t i = 0; i < plain.records.size(); ++i)
                for (std::size_t c = 0; c < plain.channels.size(); ++c)
                    QVERIFY(measured.records[i]->samples[c] == plain.records[i]->samples[c]);
        }
    }

    void theyMeasureBySchedule()
    {
        const auto measurements = [](const Ran& ran) {
            return std::ranges::count_if(
                ran.records, [](const RecordPtr& record) { return !record->samples.back().empty(); });
        };
        const Ran rarely = runOf(measuring(curve(), "3")), often = runOf(measuring(curve(), "60"));
        QVERIFY(!rarely.records.front()->samples.back().empty());
        QVERIFY(measurements(rarely) >= 5 && measurements(rarely) < 12);
        QVERIFY(measurements(often) >= std::ptrdiff_t(often.records.size()) - 1); // the last may be between two
        for (const RecordPtr& record : often.records)
            for (std::size_t c = 0; c < often.channels.size(); ++c)
                QVERIFY(record->samples[c].empty() || record->samples[c].size() == often.channels[c].sampleSize());
    }

    void nothingIsMeasuredWhereNoNetworkTrains()
    {
        const Ran ran = runOf(measuring(equation(), "60"));
        const auto phase = static_cast<std::size_t>(findChannel(ran.channels, Role::Phase) - ran.channels.data());
        for (const RecordPtr& record : ran.records)
            if (record->samples[phase].front() == 1)
                QVERIFY(record->samples.back().empty());
        ExperimentSpec alone = equation();
        specOf<PoissonSpec>(alone.problem).pde.handoffStep = 0;
        QCOMPARE(runOf(measuring(alone)).channels.size(), runOf(alone).channels.size());
    }

    void distanceOfTheWeights()
    {
        const Ran ran = runOf(measuring(curve(), "60"));
        const auto found = std::ranges::find(ran.channels, "weight_distance", &Channel::id);
        const auto channel = static_cast<std::size_t>(found - ran.channels.begin());
        QCOMPARE(ran.records.front()->samples[channel].front(), 0.0);
        QVERIFY(ran.records[1]->samples[channel].front() > 0);
        QVERIFY(ran.records[20]->samples[channel].front() > ran.records[1]->samples[channel].front());
    }

    /// The parts of all frequencies sum up to the gradient of the mean squared error: with one frequency in the
    /// residual at the start (the network's output is nearly 0), its part is all of it.
    void gradientOfTheOnlyFrequency()
    {
        ExperimentSpec spec = curve();
        auto& fit = specOf<FitCurveSpec>(spec.problem);
        fit.target.formula = "1000*sin(3*x)"; // the output of the start is nothing beside it
        fit.sampling.from = 0;
        fit.sampling.to = 2 * 3.14159265358979323846;
        fit.sampling.endpoint = false;
        spec.precision = "double";
        const Ran ran = runOf(measuring(spec, "60"));
        const auto found = std::ranges::find(ran.channels, "gradient_spectrum", &Channel::id);
        QVERIFY(found != ran.channels.end());
        const auto& lengths = ran.records.front()->samples[static_cast<std::size_t>(found - ran.channels.begin())];
        for (std::size_t k = 0; k < lengths.size(); ++k)
            if (k != 3)
                QVERIFY2(lengths[k] < 1e-2 * lengths[3], qPrintable(QString::number(k)));
        const auto& last = ran.records.back()->samples[static_cast<std::size_t>(found - ran.channels.begin())];
        QVERIFY(last.empty() || std::ranges::all_of(last, [](double length) { return std::isfinite(length); }));
    }

    void unknownOnesAreRefused()
    {
        ExperimentSpec spec = curve();
        QVERIFY(!setByPath(spec, "analysis.measure", R"(["thermometer"])"));
        QVERIFY(!setByPath(spec, "analysis.measure", R"(["weight_distance","weight_distance"])"));
        QVERIFY(setByPath(spec, "analysis.measure", R"(["weight_distance"])"));
        QVERIFY(*parseExperiment(formatExperiment(spec)) == spec);
        QVERIFY(setByPath(spec, "analysis.measure", "[]"));
        QVERIFY(spec == curve());
    }
};

QTEST_GUILESS_MAIN(TstInstruments)
#include "tst_instruments.moc"
