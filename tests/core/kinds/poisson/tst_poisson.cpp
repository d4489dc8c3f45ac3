#include "core/analysis/run_analysis.h"
#include "core/experiment/spec.h"
#include "core/files/experiment_file.h"
#include "core/files/result_writer.h"
#include "core/kinds/poisson/kind.h"
#include "core/kinds/poisson/poisson.h"
#include "core/kinds/poisson/solve_summary.h"
#include "core/pde/grid_solver.h"
#include "core/pde/jacobi_forecast.h"
#include "core/poisson_data.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <numbers>

using namespace fplab;

class TstPoisson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recordsMatchChannels();
    void jacobiAloneIsTheSolver();
    void handOverTakesTheSpline();
    void modesDecayInTheRecords();
    void sameBitsHoweverItIsRunOrRecorded();
    void stateRestoresInEveryPhase();
    void everySolverReachesTheTolerance_data();
    void everySolverReachesTheTolerance();
    void liveHandOverStep();
    void liveSolverAndOmega();
    void capturedHandsOverEarlier();
    void alternatingLearnsTheRest();
    void solverAloneDoesNotAlternate();
    void endsAtTheFloorInsteadOfForEver();
    void floors();
    void otherSourceHasAReference();
    void badInput_data();
    void badInput();
    void fileRoundTrip();
    void resultFiles();
    void estimate();
};

void TstPoisson::recordsMatchChannels()
{
    for (const std::int64_t step : {-1, 0, 20}) {
        const auto run = runAll(smallSpec(step));
        QVERIFY(run.records.size() > 10);
        for (const auto& record : run.records) {
            QCOMPARE(record->samples.size(), run.channels.size());
            for (std::size_t c = 0; c < run.channels.size(); ++c) {
                QCOMPARE(record->samples[c].size(), run.channels[c].sampleSize());
                for (const double value : record->samples[c])
                    QVERIFY(std::isfinite(value));
            }
        }
    }
}

void TstPoisson::jacobiAloneIsTheSolver()
{
    auto spec = smallSpec(0);
    const auto experiment = make(spec);
    QVERIFY(experiment);
    while (experiment->stepIndex() < 300)
        experiment->advance(300 - experiment->stepIndex());
    const auto solver = findGridSolver("jacobi")->make(experiment->setting().problem, std::vector<double>(65, 0.0), 1);
    solver->iterate(300);
    QVERIFY(std::ranges::equal(solver->solution(), experiment->solution()));
}

/// After the hand-over the solver starts from the spline through the network's values without the boundary line.
void TstPoisson::handOverTakesTheSpline()
{
    for (const bool remove : {true, false}) {
        auto spec = smallSpec(25);
        pde(spec).removeBoundaryLine = remove;
        const auto experiment = make(spec);
        for (int i = 0; i < 25; ++i)
            experiment->step();
        QVERIFY(experiment->notable()); // the last state of the network is recorded
        const Record record = experiment->observe();
        const auto output = std::ranges::find(experiment->channels(), Role::Output, &Channel::role);
        auto values = record.samples[static_cast<std::size_t>(output - experiment->channels().begin())];
        experiment->step();
        if (remove)
            removeBoundaryLine(values);
        auto expected = interpolate(values, experiment->setting().problem.grid);
        expected.front() = expected.back() = 0;
        QVERIFY(largestDifference(experiment->handedOver(), expected) < 1e-14);
        const auto solver = findGridSolver("jacobi")->make(experiment->setting().problem, expected, 1);
        solver->iterate(1);
        QVERIFY(largestDifference(solver->solution(), experiment->solution()) < 1e-14);
        // and the branch from here is known in closed form
        JacobiForecast forecast(experiment->setting().problem, expected, experiment->setting().reference.u);
        for (int i = 0; i < 199; ++i)
            experiment->step();
        QVERIFY(largestDifference(forecast.solution(200), experiment->solution()) < 1e-12);
    }
}

/// The recorded amplitudes of mode j fall by cos(j pi / n) a sweep.
void TstPoisson::modesDecayInTheRecords()
{
    auto spec = smallSpec(0);
    pde(spec).tolerance = 1e-12;
    pde(spec).maxSweeps = 500;
    specOf<PoissonSpec>(spec.problem).record = {.kind = "every", .every = 50};
    const auto run = runAll(spec);
    const auto modes = std::ranges::find(run.channels, Role::ModeErrors, &Channel::role);
    const auto index = static_cast<std::size_t>(modes - run.channels.begin());
    QCOMPARE(modes->x.values.front(), 1.0);
    QCOMPARE(modes->x.values.back(), 63.0);
    const auto& first = run.records.front()->samples[index];
    for (std::size_t j = 0; j < first.size(); ++j)
        QVERIFY(std::abs(first[j] + modes->reference[j]) < 1e-14); // from zero the error is minus the solution
    for (const auto& record : run.records)
        for (std::size_t j = 0; j < first.size(); ++j) {
            const double factor = std::cos(modes->x.values[j] * std::numbers::pi / 64);
            QVERIFY(std::abs(record->samples[index][j] - first[j] * std::pow(factor, double(record->step))) < 1e-10);
        }
}

void TstPoisson::sameBitsHoweverItIsRunOrRecorded()
{
    const auto spec = smallSpec(30);
    const auto once = runAll(spec);
    QCOMPARE(once.result.outcome, Outcome::Finished);
    for (const int threads : {2, 4})
        QVERIFY(runAll(spec, threads).solution == once.solution);
    auto often = spec;
    specOf<PoissonSpec>(often.problem).record = {.kind = "every", .every = 1};
    QVERIFY(runAll(often).solution == once.solution);
    auto rarely = spec;
    specOf<PoissonSpec>(rarely.problem).record = {.kind = "every", .every = 1'000'000};
    QVERIFY(runAll(rarely).solution == once.solution);
    // one step at a time
    const auto experiment = make(spec);
    while (!experiment->end())
        experiment->step();
    QCOMPARE(experiment->stepIndex(), once.result.step);
    QVERIFY(experiment->solution() == once.solution);
}

void TstPoisson::stateRestoresInEveryPhase()
{
    auto spec = smallSpec(20);
    pde(spec).alternateEvery = 37;
    pde(spec).tolerance = 1e-9;
    for (const int at :
        {0, 7, 20, 21, 40, 57, 60, 78}) { // in the network, at hand-overs, in the solver, in a second network
        const auto one = make(spec), other = make(spec);
        for (int i = 0; i < at; ++i)
            one->step();
        QVERIFY(other->restore(one->state()).ok());
        QCOMPARE(other->stepIndex(), one->stepIndex());
        for (int i = 0; i < 90; ++i) {
            one->step();
            other->step();
        }
        QVERIFY(one->solution() == other->solution());
        QCOMPARE(one->observe().samples.front(), other->observe().samples.front());
    }
}

void TstPoisson::everySolverReachesTheTolerance_data()
{
    QTest::addColumn<QString>("solver");
    QTest::addColumn<int>("most");
    const std::pair<const char*, int> most[] {{"jacobi", 4000}, {"damped_jacobi", 6000}, {"gauss_seidel", 2000},
        {"sor", 150}, {"conjugate_gradient", 64}, {"multigrid", 4}, {"direct", 1}};
    QCOMPARE(std::size(most), gridSolvers().size());
    for (const auto& [id, sweeps] : most)
        QTest::newRow(id) << QString::fromLatin1(id) << sweeps;
}

void TstPoisson::everySolverReachesTheTolerance()
{
    QFETCH(QString, solver);
    QFETCH(int, most);
    auto spec = smallSpec(0, solver.toStdString());
    pde(spec).omega = solver == QLatin1String("sor") ? 1.85 : 2.0 / 3;
    const auto run = runAll(spec);
    QCOMPARE(run.result.outcome, Outcome::Finished);
    QVERIFY2(run.result.reason.ends_with(" is within the tolerance 0.02"), run.result.reason.c_str());
    QVERIFY2(run.result.step <= most, qPrintable(QString::number(run.result.step)));
    const auto last = run.records.size() - 1;
    QVERIFY(run.scalar(last, Role::MaxError) <= 0.02);
    QVERIFY(run.scalar(last, Role::L2Error) <= run.scalar(last, Role::MaxError));
    QVERIFY(run.scalar(last, Role::Work) > 0);
    QVERIFY(run.scalar(0, Role::MaxError) > 0.02);
}

void TstPoisson::liveHandOverStep()
{
    auto spec = smallSpec(40);
    const auto experiment = make(spec);
    for (int i = 0; i < 10; ++i)
        experiment->step();
    QVERIFY(!experiment->apply({"pde.handoff_step", 5.0})); // past
    QVERIFY(experiment->apply({"pde.handoff_step", 15.0}));
    const auto phase = [&] {
        const auto record = experiment->observe();
        const auto channel = std::ranges::find(experiment->channels(), Role::Phase, &Channel::role);
        return record.samples[static_cast<std::size_t>(channel - experiment->channels().begin())].front();
    };
    for (int i = 0; i < 5; ++i)
        experiment->step();
    QCOMPARE(phase(), 0.0);
    experiment->step();
    QCOMPARE(phase(), 1.0);
    const auto late = experiment->apply({"pde.handoff_step", 100.0});
    QVERIFY(!late);
    QCOMPARE(QString::fromStdString(late.error().path), QStringLiteral("pde.handoff_step"));
    // the same as if it had been 15 from the beginning
    const auto straight = make(smallSpec(15));
    for (int i = 0; i < 16; ++i)
        straight->step();
    QVERIFY(straight->solution() == experiment->solution());
}

void TstPoisson::liveSolverAndOmega()
{
    const auto experiment = make(smallSpec(0));
    for (int i = 0; i < 10; ++i)
        experiment->step();
    const auto before = experiment->solution();
    QVERIFY(experiment->apply({"pde.then", std::string("sor")}));
    QVERIFY(experiment->apply({"pde.omega", 1.5}));
    QVERIFY(experiment->solution() == before);
    experiment->step();
    const auto solver = findGridSolver("sor")->make(experiment->setting().problem, before, 1.5);
    solver->iterate(1);
    QVERIFY(std::ranges::equal(solver->solution(), experiment->solution()));
    const auto refused = experiment->apply({"pde.omega", 3.0});
    QVERIFY(!refused);
    QCOMPARE(QString::fromStdString(refused.error().path), QStringLiteral("pde.omega"));
    QVERIFY(!experiment->apply({"pde.grid", 3.5}));
}

void TstPoisson::capturedHandsOverEarlier()
{
    auto spec = smallSpec(5000);
    pde(spec).handoffWhen = "captured";
    pde(spec).lowUpTo = 1;
    const auto experiment = make(spec);
    RunAnalysis summary(experiment->channels(), analysisOf(spec));
    const auto run = runAll(*experiment, spec, scheduleOf(spec));
    SolveSummary solve(experiment->channels());
    for (const auto& record : run.records) {
        summary.add(*record);
        solve.add(*record);
    }
    const auto& handOver = solve.handOver();
    QVERIFY(handOver);
    QVERIFY2(handOver->step < 4000 && handOver->step % 10 == 0, qPrintable(QString::number(handOver->step)));
    const auto& first = summary.passages().front();
    QCOMPARE(first.k, std::size_t(1));
    QVERIFY(first.firstBelow && *first.firstBelow <= handOver->step
        && handOver->step - *first.firstBelow <= 10 + handOver->step / 20);
}

/// A fresh network after some sweeps: its phase is recorded as such and the error goes on falling.
void TstPoisson::alternatingLearnsTheRest()
{
    auto spec = smallSpec(300);
    pde(spec).alternateEvery = 20;
    pde(spec).tolerance = 1e-9;
    pde(spec).maxSweeps = 60;
    const auto run = runAll(spec);
    int networks = 0;
    double before = 1;
    for (std::size_t i = 0; i < run.records.size(); ++i) {
        const double phase = run.scalar(i, Role::Phase);
        networks += i > 0 && phase == 0 && before == 1;
        before = phase;
    }
    QCOMPARE(networks, 2);
    QCOMPARE(run.result.step, std::int64_t(300 + 20 + 300 + 20 + 300 + 20));
    QCOMPARE(run.result.outcome, Outcome::Ended);
    QVERIFY2(
        run.result.reason.find(" after 60 sweeps, the most allowed") != std::string::npos, run.result.reason.c_str());
    const auto plain = smallSpec(300);
    const auto after20 = make(plain);
    for (int i = 0; i < 320; ++i)
        after20->step();
    const double once = largestDifference(after20->solution(), after20->setting().reference.u);
    QVERIFY(run.scalar(run.records.size() - 1, Role::MaxError) < once);
}

void TstPoisson::solverAloneDoesNotAlternate()
{
    auto spec = smallSpec(0);
    pde(spec).alternateEvery = 20;
    const auto experiment = make(spec);
    while (experiment->stepIndex() < 50)
        QVERIFY(experiment->advance(7) > 0);
    const auto plain = make(smallSpec(0));
    while (plain->stepIndex() < experiment->stepIndex())
        plain->step();
    QVERIFY(plain->solution() == experiment->solution());
}

void TstPoisson::endsAtTheFloorInsteadOfForEver()
{
    auto spec = smallSpec(0, "multigrid");
    pde(spec).tolerance = 1e-9;
    const auto run = runAll(spec);
    QVERIFY(run.result.step < 30);
    QCOMPARE(run.result.outcome, Outcome::Ended);
    QVERIFY2(run.result.reason.find("64 intervals the difference equations themselves are") != std::string::npos,
        run.result.reason.c_str());
}

void TstPoisson::floors()
{
    ExperimentSpec spec;
    spec.problem = PoissonSpec {};
    const auto at = [&](double beta, int grid) {
        pde(spec).beta = beta;
        pde(spec).grid = grid;
        return makePoissonSetting(pde(spec)).value();
    };
    const auto paper = at(10, 1000);
    QVERIFY(paper.reference.closedForm);
    QVERIFY(std::abs(paper.penaltyFloor - 0.00898) < 1e-5);
    QVERIFY(std::abs(at(100, 1000).penaltyFloor - 9.4e-4) < 5e-6);
    QVERIFY(std::abs(at(1000, 1000).penaltyFloor - 9.4e-5) < 5e-7);
    QVERIFY(std::abs(paper.discretisationFloor - 1.40e-5) < 1e-7);
}

void TstPoisson::otherSourceHasAReference()
{
    auto spec = smallSpec(0);
    pde(spec).formula = "pi^2*sin(pi*x)";
    const auto setting = makePoissonSetting(pde(spec)).value();
    QVERIFY(!setting.reference.closedForm);
    for (std::size_t i = 0; i <= 64; ++i)
        QVERIFY(std::abs(setting.reference.u[i] - std::sin(std::numbers::pi * setting.problem.grid.x(i))) < 1e-13);
}

void TstPoisson::badInput_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("words");
    const auto add = [](const char* path, const char* value, const char* words) {
        QTest::addRow("%s=%s", path, value)
            << QString::fromLatin1(path) << QString::fromLatin1(value) << QString::fromLatin1(words);
    };
    add("pde.grid", "1", "between 2 and");
    add("pde.grid", "100000000", "between 2 and 1000000");
    add("pde.omega", "3", "between 0.01 and");
    add("pde.handoff_step", "-5", "between -1 and");
    add("pde.formula", "1/x", "not defined at x = 0");
    add("pde.formula", "sin(x", "column");
    add("pde.formula", "y+1", "column");
    add("pde.then", "jacoby", "Did you mean \"jacobi\"?");
    add("pde.to", "-2", "greater than pde.from (-1)");
    add("pde.training_points", "4", "between 5 and");
    add("pde.tolerance", "0", "between 1e-12 and 10");
    add("pde.beta", "-1", "between 0 and");
    add("stop.loss", "0.1", "Use pde.tolerance");
    add("pde.m", "3", "pde.m");
}

void TstPoisson::badInput()
{
    QFETCH(QString, path);
    QFETCH(QString, value);
    QFETCH(QString, words);
    auto spec = smallSpec(10);
    std::string text;
    if (const auto status = setByPath(spec, path.toStdString(), value.toStdString()); !status)
        text = status.error().text();
    else
        text = errorOf(spec).toStdString();
    QVERIFY2(QString::fromStdString(text).contains(words), text.c_str());
    QVERIFY2(QString::fromStdString(text).contains(path.section(u'.', 0, 1)), text.c_str());
}

void TstPoisson::fileRoundTrip()
{
    auto spec = smallSpec(12, "sor");
    pde(spec).omega = 1.7;
    const auto text = formatExperiment(spec);
    QVERIFY(text.find("\"kind\": \"poisson\"") != std::string::npos);
    QVERIFY(text.find("\"remove_boundary_line\": true") != std::string::npos);
    const auto back = parseExperiment(text);
    QVERIFY2(back.ok(), back.ok() ? "" : back.error().text().c_str());
    QVERIFY(*back == spec);
    // damped Jacobi above 1, multigrid on an odd grid
    auto damped = smallSpec(0, "damped_jacobi");
    pde(damped).omega = 1.2;
    QVERIFY(errorOf(damped).contains(QStringLiteral("at most 1")));
    auto odd = smallSpec(0, "multigrid");
    pde(odd).grid = 65;
    QVERIFY(errorOf(odd).contains(QStringLiteral("even")));
}

void TstPoisson::resultFiles()
{
    QTemporaryDir folder;
    const auto spec = smallSpec(25);
    const auto experiment = make(spec);
    RunAnalysis summary(experiment->channels(), analysisOf(spec));
    const auto kind = spec.problem.kind().report(spec, *experiment);
    auto writer = ResultWriter::create(folder.path().toStdString(), spec, experiment->channels(), summary, *kind, 1);
    QVERIFY(writer);
    RunControl control;
    const RunSink sink {.record =
                            [&](const RecordPtr& record) {
                                summary.add(*record);
                                kind->add(*record);
                                QVERIFY((*writer)->add(record));
                            },
        .change = {},
        .paused = {}};
    RunReport report {.spec = spec, .summary = summary, .kind = *kind, .result = {}, .weightsSha256 = {}, .threads = 1};
    report.result = run(*experiment, scheduleOf(spec), stopRuleOf(spec), sink, control);
    QVERIFY((*writer)->finish(report));
    const auto lines = [&](const char* name) {
        QFile file(folder.filePath(QString::fromLatin1(name)));
        QStringList out;
        if (file.open(QIODevice::ReadOnly))
            for (const auto& line : QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts))
                if (!line.startsWith(u'#'))
                    out << line;
        return out;
    };
    const auto errors = lines("error.csv");
    QCOMPARE(errors.first(), QStringLiteral("iteration,phase,seconds,work,max_error,l2_error,residual"));
    QVERIFY(errors[1].startsWith(QStringLiteral("0,network,")));
    QVERIFY(errors.last().startsWith(QStringLiteral("%1,jacobi,").arg(report.result.step)));
    QCOMPARE(errors.filter(QStringLiteral(",network,")).last().section(u',', 0, 0), QStringLiteral("25"));
    QVERIFY(errors.last().section(u',', 4, 4).toDouble() <= 0.02);
    const auto modes = lines("modes.csv");
    QVERIFY(modes.first().startsWith(QStringLiteral("iteration,phase,j=1,j=2,")));
    QCOMPARE(modes.size(), errors.size());
    const auto solution = lines("solution.csv");
    QCOMPARE(solution.first(), QStringLiteral("x,u_ref,u_network,u"));
    QCOMPARE(solution.size(), 66);
    QVERIFY(solution[1].startsWith(QStringLiteral("-1,0,0,0")));
    const auto loss = lines("loss.csv");
    QCOMPARE(loss.size(), errors.size());
    QFile json(folder.filePath(QStringLiteral("summary.json")));
    QVERIFY(json.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(json.readAll());
    QVERIFY(text.contains(QStringLiteral("\"hand_over\": {")));
    QVERIFY(text.contains(QStringLiteral("\"penalty_floor\"")));
    QVERIFY(text.contains(QStringLiteral("\"error\": 0.02")));
}

void TstPoisson::estimate()
{
    for (const std::int64_t step : {-1, 0, 20}) {
        const double seconds = estimateSeconds(smallSpec(step));
        QVERIFY(seconds > 0 && seconds < 60);
    }
}

QTEST_GUILESS_MAIN(TstPoisson)
#include "tst_poisson.moc"
