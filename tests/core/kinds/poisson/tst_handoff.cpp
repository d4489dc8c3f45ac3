#include "core/analysis/followed_bins.h"
#include "core/base/number_text.h"
#include "core/kinds/poisson/handoff_branch.h"
#include "core/kinds/poisson/handoff_sweep.h"
#include "core/kinds/poisson/handoff_verdict.h"
#include "core/kinds/poisson/kind.h"
#include "core/kinds/poisson/solve_clock.h"
#include "core/kinds/poisson/solve_summary.h"
#include "core/pde/grid_solver.h"
#include "core/poisson_data.h"

#include <QTest>

#include <algorithm>

using namespace fplab;

class TstHandoff : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void summaryFindsTheHandOver();
    void verdictSaysWhoWins();
    void aloneIsAlone();
    void verdictOnGivenCosts();
    void oneClockForAll();
    void clockIsMeasured();
    void secondsInWords();
    void milestones();
    void branchIsTheRunWithThatStep();
    void branchIsRefused();
    void forecastIsTheRun_data();
    void forecastIsTheRun();
    void stepsToTry();
    void sweepFindsWhatRunsFind();
    void sweepStops();
    void sweepOfADivergingNetwork();
    void continuedRunsKeepTheClock();
};

void TstHandoff::summaryFindsTheHandOver()
{
    const auto spec = smallSpec(25);
    const auto experiment = make(spec);
    SolveSummary solve(experiment->channels());
    const auto run = runAll(*experiment, spec, scheduleOf(spec));
    for (const auto& record : run.records)
        solve.add(*record);
    QVERIFY(solve.handOver());
    QCOMPARE(solve.handOver()->step, std::int64_t(25));
    QCOMPARE(solve.latest().sweeps, run.result.step - 25);
    const auto at = solve.firstBelow(0.02);
    QVERIFY(at && at->step == run.result.step && at->solver);
    double before = INFINITY;
    for (const auto& milestone : solve.reached()) {
        QVERIFY(milestone.error < before);
        QVERIFY(milestone.point.error <= milestone.error);
        before = milestone.error;
    }
    QCOMPARE(before, 0.02);
}

void TstHandoff::verdictSaysWhoWins()
{
    const auto summaryOf = [](const ExperimentSpec& spec) {
        const auto experiment = make(spec);
        static std::vector<std::vector<Channel>> kept; // a summary refers to its channels
        auto run = runAll(*experiment, spec, scheduleOf(spec));
        kept.push_back(run.channels);
        SolveSummary summary(kept.back());
        for (const auto& record : run.records)
            summary.add(*record);
        return summary;
    };
    auto spec = smallSpec(400);
    const auto hybrid = summaryOf(spec);
    const auto aloneSpec = withHandoffStep(spec, 0);
    QCOMPARE(specOf<PoissonSpec>(aloneSpec.problem).pde.handoffStep, std::int64_t(0));
    const auto alone = summaryOf(aloneSpec);
    const auto setting = makePoissonSetting(pde(spec)).value();
    const auto verdict = judgeHandoff(pde(spec), setting, hybrid, alone);
    QVERIFY(verdict.time && verdict.sweeps && verdict.work);
    QVERIFY(*verdict.sweeps < 1); // fewer sweeps ...
    QVERIFY(*verdict.work > 1 && *verdict.time > 1); // ... but on so small a grid the network is a waste
    const QString text = QString::fromStdString(verdict.text);
    QVERIFY2(text.contains(QStringLiteral("loses on time")) && text.contains(QStringLiteral("wins in sweeps")),
        qPrintable(text));
    QVERIFY(QString::fromStdString(verdict.brief).startsWith(QStringLiteral("Jacobi alone wins: ")));
    pde(spec).tolerance = 1e-7; // nobody gets there
    QVERIFY(QString::fromStdString(judgeHandoff(pde(spec), setting, hybrid, alone).text)
                .contains(QStringLiteral("neither")));
}

/// One of the two alone stays alone, whatever rule the hand-over follows.
void TstHandoff::aloneIsAlone()
{
    auto spec = smallSpec(50);
    pde(spec).handoffWhen = "captured";
    pde(spec).alternateEvery = 20;
    const auto solverRecords = [](const ExperimentSpec& one) {
        const auto run = runAll(*make(one), one, Schedule::every(10));
        std::size_t count = 0;
        for (std::size_t i = 0; i < run.records.size(); ++i)
            count += run.scalar(i, Role::Phase) > 0 ? 1 : 0;
        return std::pair(count, run.records.size());
    };
    const auto [both, all] = solverRecords(spec);
    QVERIFY(both > 0 && both < all);
    const auto [ofNetwork, networkRecords] = solverRecords(withHandoffStep(spec, -1));
    QVERIFY(networkRecords > 2);
    QCOMPARE(ofNetwork, std::size_t(0));
    const auto [ofSolver, solverRecordsAll] = solverRecords(withHandoffStep(spec, 0));
    QVERIFY(solverRecordsAll > 2);
    QCOMPARE(ofSolver, solverRecordsAll);
}

/// With costs that do not depend on the computer.
void TstHandoff::verdictOnGivenCosts()
{
    static const std::vector<Channel> channels {{.id = "e", .label = {}, .role = Role::MaxError},
        {.id = "p", .label = {}, .role = Role::Phase}, {.id = "w", .label = {}, .role = Role::Work}};
    struct Given {
        std::int64_t step;
        double seconds, error, phase;
    };
    const auto summaryOf = [](std::initializer_list<Given> points) {
        SolveSummary summary(channels);
        for (const Given& given : points) {
            Record record;
            record.step = given.step;
            record.seconds = given.seconds;
            record.samples = {{given.error}, {given.phase}, {100.0 * static_cast<double>(given.step)}};
            summary.add(record);
        }
        return summary;
    };
    auto spec = smallSpec(10);
    pde(spec).tolerance = 0.1;
    const auto setting = makePoissonSetting(pde(spec)).value();
    const auto judged = [&](const SolveSummary& hybrid, const SolveSummary& alone) {
        return judgeHandoff(pde(spec), setting, hybrid, alone);
    };
    const auto brief = [](const HandoffVerdict& verdict) { return QString::fromStdString(verdict.brief); };
    const auto alone = summaryOf({{0, 0, 1, 1}, {1000, 4, 0.1, 1}}),
               cutOff = summaryOf({{0, 0, 1, 1}, {500, 2, 0.5, 1}});
    const auto hybrid = summaryOf({{0, 0, 1, 0}, {10, 0.5, 0.3, 0}, {110, 1, 0.1, 1}});

    auto verdict = judged(hybrid, alone);
    QCOMPARE(brief(verdict), QStringLiteral("The hand-off wins: 4 times less time"));
    QCOMPARE(verdict.time.value(), 0.25);
    QCOMPARE(verdict.sweeps.value(), 0.1);
    // who was stopped first has not lost
    verdict = judged(hybrid, cutOff);
    QCOMPARE(brief(verdict), QStringLiteral("The hand-off wins: Jacobi alone was not there after 2 s"));
    const auto slow = summaryOf({{0, 0, 1, 0}, {10, 2.5, 0.3, 0}, {110, 3, 0.1, 1}});
    QCOMPARE(brief(judged(slow, cutOff)), QStringLiteral("Not decided: Jacobi alone was not there after 2 s"));
    const auto stopped = summaryOf({{0, 0, 1, 0}, {10, 0.5, 0.3, 0}, {60, 0.7, 0.2, 1}});
    QCOMPARE(brief(judged(stopped, alone)), QStringLiteral("Not decided: the hand-off was not there after 0.7 s"));
    QCOMPARE(brief(judged(stopped, cutOff)), QStringLiteral("Neither got there"));
    // a network alone does no sweeps
    pde(spec).handoffStep = -1;
    verdict = judged(summaryOf({{0, 0, 1, 0}, {50, 6, 0.1, 0}}), alone);
    QCOMPARE(brief(verdict), QStringLiteral("Jacobi alone wins: 1.5 times less time"));
    QVERIFY(!verdict.sweeps);
    QVERIFY(!QString::fromStdString(verdict.text).contains(QStringLiteral("in sweeps")));
    QVERIFY(
        QString::fromStdString(verdict.text).contains(QStringLiteral("The network loses on time (1.5 times more)")));
    // nothing to do
    verdict = judged(summaryOf({{0, 0, 0.05, 0}}), summaryOf({{0, 0, 0.05, 1}}));
    QVERIFY(!verdict.time && !verdict.sweeps && !verdict.work);
}

/// The same work takes the same time, whatever the records of two runs say.
void TstHandoff::oneClockForAll()
{
    const SolveClock clock {.step = {.median = 2e-3, .spread = 1e-4}, .sweep = {.median = 1e-3, .spread = 2e-4}};
    auto spec = smallSpec(25);
    const auto setting = makePoissonSetting(pde(spec)).value();
    const auto clocked = [&](const ExperimentSpec& one) {
        const auto experiment = make(one);
        static std::vector<std::vector<Channel>> kept; // a summary refers to its channels
        auto run = runAll(*experiment, one, scheduleOf(one));
        kept.push_back(run.channels);
        SolveSummary summary(kept.back(), clock);
        for (const auto& record : run.records)
            summary.add(*record);
        return summary;
    };
    const auto hybrid = clocked(spec), alone = clocked(withHandoffStep(spec, 0));
    const auto& end = hybrid.latest();
    QVERIFY(end.solver && end.sweeps > 0);
    QVERIFY(std::abs(end.seconds - clock.seconds(25, end.sweeps)) < 1e-9);
    QVERIFY(std::abs(hybrid.handOver()->seconds - clock.seconds(25, 0)) < 1e-12);
    QVERIFY(std::abs(alone.latest().seconds - clock.seconds(0, alone.latest().sweeps)) < 1e-9);
    const auto verdict = judgeHandoff(pde(spec), setting, hybrid, alone, clock);
    const std::string text = secondsText(verdict.alone->seconds, clock.spread(0, verdict.alone->sweeps));
    QVERIFY(text.find(" ± ") != std::string::npos);
    QVERIFY2(verdict.text.find(text) != std::string::npos, verdict.text.c_str());
    // what is not measured is by the records
    SolveSummary plain(make(spec)->channels());
    Record record;
    record.seconds = 7;
    record.samples.assign(make(spec)->channels().size(), {0.5});
    plain.add(record);
    QCOMPARE(plain.latest().seconds, 7.0);
    // an advantage within the spread is none
    const SolveClock vague {.step = {}, .sweep = {.median = 1e-3, .spread = 1e-3}};
    QCOMPARE(judgeHandoff(pde(spec), setting, alone, alone, vague).brief, std::string("A draw on time"));
}

void TstHandoff::clockIsMeasured()
{
    for (const GridSolverKind& kind : gridSolvers()) {
        auto spec = smallSpec(10, std::string(kind.id));
        if (kind.largestOmega > 0)
            pde(spec).omega = 0.5 * kind.largestOmega;
        const auto unit = measureSweep(pde(spec), makePoissonSetting(pde(spec)).value());
        QVERIFY2(unit.median > 0 && unit.median < 1 && unit.spread >= 0, kind.id.data());
    }
    auto spec = smallSpec(10);
    const ExecutionOptions one {.threads = 1, .baseFolder = {}};
    QVERIFY(measureStep(spec, one).median > 0);
    specOf<PoissonSpec>(spec.problem).network.hidden = {4000, 4000}; // nobody waits for that
    QCOMPARE(measureStep(spec, one).median, 0.0);
}

void TstHandoff::secondsInWords()
{
    QCOMPARE(secondsText(0.412, 0.031), std::string("0.41 ± 0.03 s"));
    QCOMPARE(secondsText(0.4, 0.03), std::string("0.40 ± 0.03 s"));
    QCOMPARE(secondsText(0.4121, 0.0021), std::string("0.412 ± 0.002 s"));
    QCOMPARE(secondsText(0.4121, 1e-5), std::string("0.41 s"));
    QCOMPARE(secondsText(0.41), std::string("0.41 s"));
    QCOMPARE(secondsText(0.0042, 0.0003), std::string("4.2 ± 0.3 ms"));
    QCOMPARE(secondsText(3.1e-6), std::string("3.1 µs"));
    QCOMPARE(secondsText(123, 20), std::string("120 ± 20 s"));
    QCOMPARE(secondsText(0), std::string("0 s"));
    QCOMPARE(formatRounded(130.4, 2), std::string("130")); // not 1.3e+02
    QCOMPARE(formatRounded(-99.6, 2), std::string("-100"));
    QCOMPARE(formatRounded(9.96, 2), std::string("10"));
    QCOMPARE(formatRounded(12345678, 3), std::string("12300000"));
    QCOMPARE(formatRounded(0.00331, 2), std::string("0.0033"));
    QCOMPARE(formatFixed(0.4, 2), std::string("0.40"));
}

void TstHandoff::milestones()
{
    QCOMPARE(milestoneBelow(0.59), 0.5);
    QCOMPARE(milestoneBelow(0.5), 0.5);
    QCOMPARE(milestoneBelow(std::nextafter(0.5, 0)), 0.3);
    QCOMPARE(milestoneBelow(std::nextafter(0.1, 0)), 0.05);
    QCOMPARE(milestoneBelow(0.01), 0.01);
    QCOMPARE(milestoneBelow(std::nextafter(0.01, 0)), 0.005);
    QCOMPARE(milestoneBelow(37), 30.0);
    QCOMPARE(milestoneBelow(std::nextafter(10, 0)), 5.0);
    QCOMPARE(milestoneBelow(0), 0.0);
    QCOMPARE(milestoneBelow(NAN), 0.0);
    double level = 1e6; // always lower, never stuck
    for (int i = 0; i < 100; ++i) {
        const double next = milestoneBelow(std::nextafter(level, 0.0));
        QVERIFY(next > 0 && next < level);
        level = next;
    }
}

/// A run to the end, then back to a record of its network: the same bits as a run that handed over there.
void TstHandoff::branchIsTheRunWithThatStep()
{
    const auto spec = smallSpec(50);
    const auto experiment = make(spec);
    const auto first = runAll(*experiment, spec, Schedule::every(1));
    const auto& record = *first.records[20];
    QCOMPARE(record.step, std::int64_t(20));
    QVERIFY(experiment->branchFrom(record));
    QCOMPARE(experiment->stepIndex(), std::int64_t(20));
    QVERIFY(std::isfinite(experiment->lastLoss()));
    const auto branch = runAll(*experiment, spec, Schedule::every(1));
    const auto direct = runAll(*make(smallSpec(20)), smallSpec(20), Schedule::every(1));
    QCOMPARE(branch.solution, direct.solution);
    QCOMPARE(branch.result.step, direct.result.step);
    for (std::size_t i = 1; i < branch.records.size(); ++i) {
        QCOMPARE(branch.records[i]->step, direct.records[20 + i]->step);
        QCOMPARE(branch.records[i]->samples, direct.records[20 + i]->samples);
    }
    // and on, as after any other hand-over
    const auto state = experiment->state();
    const auto twin = make(smallSpec(20));
    QVERIFY(twin->restore(state).ok());
    QCOMPARE(twin->solution(), experiment->solution());
}

void TstHandoff::branchIsRefused()
{
    const auto spec = smallSpec(30);
    const auto experiment = make(spec);
    const auto run = runAll(*experiment, spec, Schedule::every(1));
    const auto before = experiment->solution();
    const auto status = experiment->branchFrom(*run.records.back()); // a solver's
    QVERIFY(!status);
    QVERIFY(QString::fromStdString(status.error().text()).contains(QStringLiteral("no network trained at step")));
    QCOMPARE(experiment->solution(), before);
    auto alternating = smallSpec(10);
    pde(alternating).alternateEvery = 20;
    const auto several = make(alternating);
    const auto records = runAll(*several, alternating, Schedule::every(1)).records;
    QVERIFY(!several->branchFrom(*records[5]));
    const auto fit = makeExperiment(ExperimentSpec {});
    const auto first = (*fit)->observe();
    QVERIFY(!(*fit)->branchFrom(first));
}

void TstHandoff::forecastIsTheRun_data()
{
    QTest::addColumn<QString>("solver");
    QTest::addColumn<int>("step");
    QTest::newRow("jacobi from zero") << QStringLiteral("jacobi") << 0;
    QTest::newRow("jacobi from a network") << QStringLiteral("jacobi") << 40;
    QTest::newRow("damped from a network") << QStringLiteral("damped_jacobi") << 40;
}

void TstHandoff::forecastIsTheRun()
{
    QFETCH(QString, solver);
    QFETCH(int, step);
    auto spec = smallSpec(step, solver.toStdString());
    if (solver == QStringLiteral("damped_jacobi"))
        pde(spec).omega = 2.0 / 3;
    const auto run = runAll(*make(spec), spec, Schedule::every(1));
    const auto setting = makePoissonSetting(pde(spec)).value();
    std::vector<double> output;
    if (step > 0)
        output = run.records[static_cast<std::size_t>(step)]->samples[1];
    QCOMPARE(run.channels[1].role, Role::Output);
    auto forecast = forecastBranch(pde(spec), setting, output);
    for (const auto& [sweeps, error] : forecast.errorCurve(pde(spec).tolerance, 1'000'000))
        if (const auto at = static_cast<std::size_t>(step + sweeps); sweeps > 0 && at < run.records.size())
            QVERIFY(std::abs(error / run.scalar(at, Role::MaxError) - 1) < 1e-9);
    const auto last = forecast.errorCurve(pde(spec).tolerance, 1'000'000).back();
    // to one part in 1000; a run looks at its error after every 16 sweeps, later after every 250th part of them
    const double later = double(run.result.step - step - last.sweeps), sweeps = double(last.sweeps);
    QVERIFY2(later >= -1 - sweeps / 1000 && later <= 16 + sweeps / 250, qPrintable(QString::number(later)));
}

void TstHandoff::stepsToTry()
{
    auto spec = smallSpec(900);
    specOf<PoissonSpec>(spec.problem).record.kind = "log";
    specOf<PoissonSpec>(spec.problem).record.perDecade = 60;
    const auto steps = handoffSteps(spec, 1800, 12);
    QCOMPARE(steps.front(), std::int64_t(0));
    QVERIFY(steps.size() >= 10 && steps.size() <= 12);
    QVERIFY(steps.back() <= 1800 && steps.back() > 1600);
    QVERIFY(std::ranges::adjacent_find(steps, std::greater_equal()) == steps.end());
    const auto schedule = scheduleOf(spec);
    QVERIFY(std::ranges::all_of(steps, [&](std::int64_t step) { return schedule.wants(step); }));
    QCOMPARE(handoffSteps(spec, 1, 12), (std::vector<std::int64_t> {0, 1}));
}

void TstHandoff::sweepFindsWhatRunsFind()
{
    const auto spec = smallSpec(50);
    const std::vector<std::int64_t> steps {0, 15, 60};
    std::vector<HandoffTrial> trials;
    QVERIFY(sweepHandoff(spec, {.threads = 1, .baseFolder = {}}, steps,
        [&](const HandoffTrial& trial) { trials.push_back(trial); }, {}));
    QCOMPARE(trials.size(), steps.size());
    double seconds = -1;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto direct = smallSpec(steps[i]);
        const auto run = runAll(*make(direct), direct, Schedule::every(1));
        QCOMPARE(trials[i].step, steps[i]);
        QVERIFY(trials[i].reached);
        QCOMPARE(trials[i].reached->step, run.result.step);
        QCOMPARE(trials[i].reached->sweeps, run.result.step - steps[i]);
        QCOMPARE(trials[i].reached->error, run.scalar(run.records.size() - 1, Role::MaxError));
        QCOMPARE(trials[i].reached->work, run.scalar(run.records.size() - 1, Role::Work));
        QVERIFY(trials[i].reached->seconds > trials[i].handOver.seconds); // the network's time counts
        QVERIFY(trials[i].handOver.seconds > seconds);
        seconds = trials[i].handOver.seconds;
        if (i == 0)
            seconds = 0;
    }
}

void TstHandoff::sweepStops()
{
    std::stop_source source;
    int tried = 0;
    const std::vector<std::int64_t> steps {0, 10, 20, 30};
    QVERIFY(sweepHandoff(
        smallSpec(50), {.threads = 1, .baseFolder = {}}, steps,
        [&](const HandoffTrial&) {
            if (++tried == 2)
                source.request_stop();
        },
        source.get_token()));
    QCOMPARE(tried, 2);
}

void TstHandoff::sweepOfADivergingNetwork()
{
    auto spec = smallSpec(50);
    specOf<PoissonSpec>(spec.problem).optimizer.learningRate = 90; // exceeds all bounds in the first steps
    const std::vector<std::int64_t> steps {0, 1, 10, 100};
    int tried = 0;
    const auto status
        = sweepHandoff(spec, {.threads = 1, .baseFolder = {}}, steps, [&](const HandoffTrial&) { ++tried; }, {});
    QVERIFY(!status);
    QVERIFY(QString::fromStdString(status.error().text()).contains(QStringLiteral("the network diverged after step")));
    QVERIFY(tried >= 1 && tried < 4);
}

void TstHandoff::continuedRunsKeepTheClock()
{
    auto spec = smallSpec(-1);
    const auto experiment = make(spec);
    RunControl control;
    std::vector<RecordPtr> records;
    const RunSink sink {
        .record = [&](const RecordPtr& record) { records.push_back(record); }, .change = {}, .paused = {}};
    StopRule rule;
    rule.steps = 5;
    const auto result
        = run(*experiment, Schedule::every(1), rule, sink, control, {}, {.observe = false, .seconds = 100});
    QCOMPARE(records.front()->step, std::int64_t(1));
    QVERIFY(records.front()->seconds > 100 && result.seconds > 100);
}

QTEST_GUILESS_MAIN(TstHandoff)
#include "tst_handoff.moc"
