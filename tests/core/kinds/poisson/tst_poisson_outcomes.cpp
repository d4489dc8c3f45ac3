#include "core/files/experiment_file.h"
#include "core/kinds/poisson/kind.h"
#include "core/kinds/poisson/poisson_end.h"
#include "core/pde/grid_solver.h"
#include "core/poisson_data.h"

#include <QTest>

#include <cmath>

using namespace fplab;

namespace {

const Remark* findRemark(std::span<const Remark> remarks, std::string_view id)
{
    const auto found = std::ranges::find(remarks, id, &Remark::id);
    return found == remarks.end() ? nullptr : &*found;
}

ExperimentSpec with(ExperimentSpec spec, const Fix& fix)
{
    for (const auto& [path, value] : fix.settings)
        if (const auto status = setByPath(spec, path, value); !status)
            qFatal("%s", status.error().text().c_str());
    return spec;
}

/// A network alone for -u'' = 1 on few points.
ExperimentSpec runaway(std::int64_t steps)
{
    ExperimentSpec spec;
    PoissonSpec poisson;
    poisson.pde.formula = "1";
    poisson.pde.trainingPoints = 51;
    poisson.pde.handoffStep = -1;
    poisson.pde.tolerance = 0.06;
    poisson.network.hidden = {40, 40};
    poisson.stop.steps = steps;
    spec.problem = poisson;
    return spec;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

} // namespace

class TstPoissonOutcomes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aToleranceBelowTheGridsOwnError();
    void everyWayOutOfTheFloorLeadsThere();
    void theMostSweepsAndHowManyMore_data();
    void theMostSweepsAndHowManyMore();
    void modeFactorsAreThoseOfTheSolvers_data();
    void modeFactorsAreThoseOfTheSolvers();
    void roundingEndsItInTheEnd();
    void aNetworkAboveTheTolerance();
    void theTimeLimitSaysHowFarItGot();
    void theLeastEnergyIsThatOfTheBestCurve();
    void energyBelowTheLeastIsFound();
    void redrawnPointsHoldTheNetwork();
    void redrawnEnergyIsUnbiased();
    void redrawnIsTheSameForThreadsAndAfterRestoring();
    void aHandOverWorseThanNothing();
    void aSolverMendsWhatTheNetworkRuined();
    void nothingToSayOfTheUsual();
};

void TstPoissonOutcomes::aToleranceBelowTheGridsOwnError()
{
    auto spec = smallSpec(0);
    pde(spec).formula = "pi^2*sin(pi*x)";
    pde(spec).grid = 50;
    pde(spec).tolerance = 1e-6;
    const auto experiment = make(spec);
    const Remark* known = findRemark(experiment->remarks(), "tolerance_below_floor"); // before a step is done
    QVERIFY(known);
    QVERIFY2(contains(known->text, "The tolerance 1e-06 cannot be reached: with 50 intervals"), known->text.c_str());
    QVERIFY(!known->fixes.empty());
    const auto run = runAll(spec);
    QCOMPARE(run.result.outcome, Outcome::Ended);
    QVERIFY2(contains(run.result.reason, "is above the tolerance 1e-06 after "), run.result.reason.c_str());
    QVERIFY2(contains(run.result.reason, "with 50 intervals the difference equations themselves are 0.00131 off"),
        run.result.reason.c_str());
    QVERIFY(run.result.fixes == known->fixes);
}

void TstPoissonOutcomes::everyWayOutOfTheFloorLeadsThere()
{
    for (const char* formula : {"pi^2*sin(pi*x)", "sin(x)+4*sin(4*x)-8*sin(8*x)+16*sin(24*x)", "step(x)"}) {
        auto spec = smallSpec(0);
        pde(spec).formula = formula;
        pde(spec).grid = 41;
        pde(spec).tolerance = 1e-5;
        const auto fixes = make(spec)->remarks().front().fixes;
        QCOMPARE(
            fixes.size(), formula == QByteArray("step(x)") ? 1U : 2U); // only a smooth g has an error that falls by n^2
        for (const Fix& fix : fixes)
            QCOMPARE(runAll(with(spec, fix)).result.outcome, Outcome::Finished);
    }
}

void TstPoissonOutcomes::theMostSweepsAndHowManyMore_data()
{
    QTest::addColumn<QString>("solver");
    for (const char* solver : {"jacobi", "damped_jacobi", "gauss_seidel", "sor"})
        QTest::newRow(solver) << QString::fromLatin1(solver);
}

/// The solver is given the sweeps it is said to need, and gets there; before and at the end.
void TstPoissonOutcomes::theMostSweepsAndHowManyMore()
{
    QFETCH(QString, solver);
    auto spec = smallSpec(0, solver.toStdString());
    pde(spec).omega = solver == QLatin1String("sor") ? 1.5 : 0.7;
    pde(spec).tolerance = 2e-3;
    pde(spec).maxSweeps = 50;
    const auto run = runAll(spec);
    QCOMPARE(run.result.outcome, Outcome::Ended);
    QCOMPARE(run.result.step, std::int64_t(50));
    QVERIFY2(contains(run.result.reason, " after 50 sweeps, the most allowed; "), run.result.reason.c_str());
    QVERIFY2(contains(run.result.reason, " needs about "), run.result.reason.c_str());
    const auto experiment = make(spec);
    const Remark* known = findRemark(experiment->remarks(), "too_few_sweeps");
    QVERIFY(known);
    for (const Fix& fix : {run.result.fixes.front(), known->fixes.front()}) {
        QCOMPARE(fix.settings.front().first, std::string("pde.max_sweeps"));
        const auto enough = runAll(with(spec, fix));
        QCOMPARE(enough.result.outcome, Outcome::Finished);
        const auto allowed = QString::fromStdString(fix.settings.front().second).toLongLong();
        QVERIFY2(enough.result.step > allowed / 2, qPrintable(QString::number(enough.result.step)));
    }
    pde(spec).maxSweeps = 100'000;
    QVERIFY(!findRemark(make(spec)->remarks(), "too_few_sweeps"));
}

void TstPoissonOutcomes::modeFactorsAreThoseOfTheSolvers_data()
{
    QTest::addColumn<QString>("solver");
    QTest::addColumn<double>("omega");
    QTest::newRow("jacobi") << QStringLiteral("jacobi") << 1.0;
    QTest::newRow("damped") << QStringLiteral("damped_jacobi") << 0.6;
    QTest::newRow("gauss_seidel") << QStringLiteral("gauss_seidel") << 1.0;
    QTest::newRow("sor") << QStringLiteral("sor") << 1.4;
    QTest::newRow("sor beyond the best") << QStringLiteral("sor") << 1.95;
}

/// The error of g = 0 falls in the long run by the factor of mode 1.
void TstPoissonOutcomes::modeFactorsAreThoseOfTheSolvers()
{
    QFETCH(QString, solver);
    QFETCH(double, omega);
    constexpr std::size_t n = 32;
    std::vector<double> start(n + 1, 0.0);
    for (std::size_t i = 1; i < n; ++i)
        start[i] = 1 + 0.1 * std::sin(double(i * i));
    const auto* kind = findGridSolver(solver.toStdString());
    const auto method = kind->make({{0, 1, n}, std::vector<double>(n + 1, 0.0)}, start, omega);
    const auto size = [&] {
        double largest = 0;
        for (const double u : method->solution())
            largest = std::max(largest, std::abs(u));
        return largest;
    };
    method->iterate(400);
    const double before = size();
    constexpr int sweeps = 1000;
    method->iterate(sweeps);
    const double measured = std::pow(size() / before, 1.0 / sweeps), expected = kind->modeFactor(1, n, omega);
    QVERIFY2(std::abs(std::log(measured) / std::log(expected) - 1) < 0.03,
        qPrintable(QStringLiteral("%1 %2").arg(measured).arg(expected)));
}

void TstPoissonOutcomes::roundingEndsItInTheEnd()
{
    for (const char* solver : {"jacobi", "sor", "multigrid"}) {
        auto spec = smallSpec(0, solver);
        pde(spec).formula = "1e6"; // differences are exact for a parabola: only rounding is left
        pde(spec).tolerance = 1e-12;
        pde(spec).omega = 1.5;
        pde(spec).maxSweeps = 10'000'000;
        const auto run = runAll(spec);
        QVERIFY2(run.result.outcome == Outcome::Ended, solver);
        QVERIFY2(run.result.step < 1'000'000, solver);
        QVERIFY2(contains(run.result.reason, "rounding leaves no more digits"), run.result.reason.c_str());
        QCOMPARE(runAll(with(spec, run.result.fixes.front())).result.outcome, Outcome::Finished);
    }
}

void TstPoissonOutcomes::aNetworkAboveTheTolerance()
{
    auto spec = smallSpec(-1);
    pde(spec).tolerance = 1e-3;
    const auto run = runAll(spec);
    QCOMPARE(run.result.outcome, Outcome::Ended);
    QCOMPARE(run.result.step, std::int64_t(60));
    QVERIFY2(
        contains(run.result.reason, "is above the tolerance 0.001 after 60 network steps"), run.result.reason.c_str());
    const auto experiment = make(spec);
    const Remark* known = findRemark(experiment->remarks(), "tolerance_below_penalty");
    QVERIFY(known);
    for (const Fix& fix : known->fixes)
        QVERIFY(!findRemark(make(with(spec, fix))->remarks(), "tolerance_below_penalty"));
    pde(spec).tolerance = 10; // reached from the start
    QCOMPARE(runAll(spec).result.outcome, Outcome::Finished);
}

void TstPoissonOutcomes::theTimeLimitSaysHowFarItGot()
{
    auto spec = smallSpec(1'000'000);
    specOf<PoissonSpec>(spec.problem).stop.seconds = 0.01;
    const auto run = runAll(spec);
    QCOMPARE(run.result.outcome, Outcome::Ended);
    QVERIFY2(run.result.reason.starts_with("the time limit of 0.01 s was reached: the largest error "),
        run.result.reason.c_str());
}

/// By hand for g = 1 on [0, 1]: h = x (1 - x) / 2 + 1 / (4 beta), energy -(1/2) int h; the sum leaves out half a cell
/// twice.
void TstPoissonOutcomes::theLeastEnergyIsThatOfTheBestCurve()
{
    PdeSpec spec {.formula = "1", .from = 0, .to = 1, .trainingPoints = 101, .beta = 5};
    auto setting = makePoissonSetting(spec).value();
    const auto expected = [](double beta) {
        const double end = 1 / (4 * beta), density = 0.125 - end;
        return -(1.0 / 12 + end) / 2 - density * 0.01;
    };
    QVERIFY(std::abs(setting.leastEnergy - expected(5)) < 1e-6);
    measurePenalty(setting, 20);
    QVERIFY(std::abs(setting.leastEnergy - expected(20)) < 1e-6);
    QVERIFY(std::abs(setting.penaltyFloor - 1.0 / 80) < 1e-6);
    QVERIFY(!isBelowLeast(1.05 * setting.leastEnergy, setting));
    QVERIFY(isBelowLeast(1.2 * setting.leastEnergy, setting));
}

void TstPoissonOutcomes::energyBelowTheLeastIsFound()
{
    const auto spec = runaway(12'000);
    const auto experiment = make(spec);
    RunControl control;
    std::vector<Remark> found;
    std::vector<std::int64_t> recorded;
    const RunSink sink {.record = [&](const RecordPtr& record) { recorded.push_back(record->step); },
        .change = {},
        .paused = {},
        .found = [&](const Remark& remark) { found.push_back(remark); }};
    const auto result = run(*experiment, Schedule::every(1'000'000), stopRuleOf(spec), sink, control);
    QCOMPARE(result.outcome, Outcome::Ended);
    QCOMPARE(result.step, std::int64_t(12'000)); // it goes on, but says so
    QVERIFY2(contains(result.reason, "worse than no solution at all: u = 0 is 0.5 off"), result.reason.c_str());
    QCOMPARE(found.size(), std::size_t(1)); // once, while it runs
    QCOMPARE(recorded.size(), std::size_t(3)); // start, where it fell below, end
    QCOMPARE(result.findings.size(), std::size_t(1));
    QCOMPARE(result.findings.front().id, std::string("energy_below_least"));
    QVERIFY2(contains(result.findings.front().text,
                 "first at step " + QString::number(recorded[1] - 1).toStdString().insert(1, " ")),
        result.findings.front().text.c_str());
}

void TstPoissonOutcomes::redrawnPointsHoldTheNetwork()
{
    auto spec = runaway(12'000);
    pde(spec).trainingSampling = "redrawn";
    const auto run = runAll(spec);
    QVERIFY2(run.result.outcome == Outcome::Finished, run.result.reason.c_str());
    QVERIFY(run.result.findings.empty());
    QVERIFY(run.scalar(run.records.size() - 1, Role::MaxError) < 0.06); // the penalty alone leaves 0.05
    // what is shown stays where it was
    const auto even = make(runaway(1)), redrawn = make(spec);
    for (std::size_t i = 0; i < even->channels().size(); ++i)
        QVERIFY(even->channels()[i].x.values == redrawn->channels()[i].x.values);
    const auto first = even->observe(), other = redrawn->observe();
    QVERIFY(first.samples == other.samples);
}

/// The mean of the energies of many draws is that on very many even points, for one and the same network.
void TstPoissonOutcomes::redrawnEnergyIsUnbiased()
{
    auto spec = smallSpec(-1);
    pde(spec).trainingSampling = "redrawn";
    specOf<PoissonSpec>(spec.problem).optimizer = {.kind = "gd", .learningRate = 1e-12}; // stays where it is
    const auto experiment = make(spec);
    constexpr int draws = 4000;
    double sum = 0, squares = 0;
    for (int i = 0; i < draws; ++i) {
        experiment->step();
        sum += experiment->lastLoss();
        squares += experiment->lastLoss() * experiment->lastLoss();
    }
    const double mean = sum / draws, deviation = std::sqrt(squares / draws - mean * mean);
    QVERIFY(deviation > 0);
    auto fine = smallSpec(-1);
    pde(fine).trainingPoints = 20001; // of which the ends count for nothing
    const double exact = make(fine)->observe().samples.front().front();
    QVERIFY2(std::abs(mean - exact) < 5 * deviation / std::sqrt(draws) + 1e-4 * std::abs(exact),
        qPrintable(QStringLiteral("%1 %2 %3").arg(mean).arg(exact).arg(deviation)));
    auto even = smallSpec(-1);
    const double coarse = make(even)->observe().samples.front().front();
    QVERIFY(std::abs(mean - exact) < std::abs(coarse - exact)); // the sum over 33 even points is not
}

void TstPoissonOutcomes::redrawnIsTheSameForThreadsAndAfterRestoring()
{
    for (const char* precision : {"float", "double"}) {
        auto spec = smallSpec(40);
        spec.precision = precision;
        pde(spec).trainingSampling = "redrawn";
        pde(spec).alternateEvery = 10; // later networks learn what is left
        pde(spec).tolerance = 1e-9;
        pde(spec).maxSweeps = 30;
        specOf<PoissonSpec>(spec.problem).network.hidden = {60, 60}; // enough work for several threads
        pde(spec).trainingPoints = 301;
        const auto once = runAll(spec);
        for (const int threads : {2, 4})
            QVERIFY(runAll(spec, threads).solution == once.solution);
        auto often = spec;
        specOf<PoissonSpec>(often.problem).record = {.kind = "every", .every = 1};
        QVERIFY(runAll(often).solution == once.solution);
        for (const int at :
            {13, 40, 45, 63}) { // in the first network, at its end, in the solver, in the second network
            const auto one = make(spec), other = make(spec);
            for (int i = 0; i < at; ++i)
                one->step();
            QVERIFY(other->restore(one->state()).ok());
            while (!one->end() && one->stepIndex() < 120) {
                one->step();
                other->step();
            }
            QVERIFY(one->solution() == other->solution());
            QCOMPARE(one->lastLoss(), other->lastLoss());
        }
        auto even = spec;
        pde(even).trainingSampling = "even";
        QVERIFY(runAll(even).solution != once.solution);
    }
}

void TstPoissonOutcomes::aHandOverWorseThanNothing()
{
    auto spec = smallSpec(1);
    specOf<PoissonSpec>(spec.problem).network.init.std = 3; // wild at the start
    const auto run = runAll(spec);
    QCOMPARE(run.result.findings.size(), std::size_t(1));
    QCOMPARE(run.result.findings.front().id, std::string("handed_over_worse_than_zero"));
    QVERIFY(contains(run.result.findings.front().text, "after step 1 "));
}

/// The energy leaps when a network that ran away is handed over, which is no divergence: its own was negative.
void TstPoissonOutcomes::aSolverMendsWhatTheNetworkRuined()
{
    auto spec = runaway(1);
    pde(spec).handoffStep = 12'000;
    pde(spec).grid = 100;
    const auto run = runAll(spec);
    QVERIFY2(run.result.outcome == Outcome::Finished, run.result.reason.c_str());
    QCOMPARE(run.result.findings.size(), std::size_t(2));
}

void TstPoissonOutcomes::nothingToSayOfTheUsual()
{
    for (const int step : {0, 600}) {
        const auto run = runAll(smallSpec(step));
        QCOMPARE(run.result.outcome, Outcome::Finished);
        QVERIFY(run.result.findings.empty());
        QVERIFY(run.result.fixes.empty());
        QVERIFY(make(smallSpec(step))->remarks().empty());
    }
}

QTEST_GUILESS_MAIN(TstPoissonOutcomes)
#include "tst_poisson_outcomes.moc"
