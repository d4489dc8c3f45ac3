#include "core/base/random.h"
#include "core/fourier/dst.h"
#include "core/pde/grid_solver.h"
#include "core/pde/jacobi_forecast.h"
#include "core/pde/poisson.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace fplab;

namespace {

std::vector<double> numbers(const QJsonValue& value)
{
    std::vector<double> out;
    for (const auto& entry : value.toArray())
        out.push_back(entry.toDouble());
    return out;
}

double largestDifference(std::span<const double> a, std::span<const double> b)
{
    if (a.size() != b.size())
        return INFINITY;
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::isnan(a[i] - b[i]) ? INFINITY : std::abs(a[i] - b[i]));
    return largest;
}

PoissonProblem paperProblem(std::size_t n)
{
    PoissonProblem problem {{-1, 1, n}, {}};
    for (double x : problem.grid.points())
        problem.g.push_back(paperSource(x));
    return problem;
}

std::vector<double> randomValues(std::size_t count, std::uint64_t seed)
{
    Random random(seed, RandomStream::sampling);
    std::vector<double> out(count);
    for (double& value : out)
        value = 2 * random.uniform() - 1;
    return out;
}

std::unique_ptr<GridSolver> makeSolver(
    std::string_view id, const PoissonProblem& problem, std::vector<double> initial, double omega = 1)
{
    return findGridSolver(id)->make(problem, std::move(initial), omega);
}

QJsonObject golden()
{
    QFile file(QStringLiteral(FPLAB_TEST_DIR "/golden/jacobi.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

} // namespace

class TstPoissonSolvers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jacobiGolden_data();
    void jacobiGolden();
    void directAndReference();
    void greensFunctionMatchesTheClosedForm();
    void sineModes();
    void modesDecayByTheirFactors_data();
    void modesDecayByTheirFactors();
    void groupingChangesNoBit_data();
    void groupingChangesNoBit();
    void allConvergeToTheDirectSolution_data();
    void allConvergeToTheDirectSolution();
    void sorSweepsTogetherAreSor();
    void conjugateGradientsEnd();
    void multigridDoesNotDependOnTheGrid();
    void splineIsExactForCubics();
    void boundaryLine();
    void forecastFindsTheSweep();
};

void TstPoissonSolvers::jacobiGolden_data()
{
    QTest::addColumn<QString>("initial");
    QTest::addColumn<QString>("iterates");
    QTest::newRow("zero") << QString() << QStringLiteral("from_zero");
    QTest::newRow("guess") << QStringLiteral("init_b") << QStringLiteral("from_b");
    QTest::newRow("other ends") << QStringLiteral("init_c_nonzero_ends") << QStringLiteral("from_c");
}

void TstPoissonSolvers::jacobiGolden()
{
    QFETCH(QString, initial);
    QFETCH(QString, iterates);
    const auto json = golden();
    const PoissonProblem problem {{-1, 1, 32}, numbers(json[u"g"])};
    QCOMPARE(problem.g.size(), std::size_t(33));
    const auto start = initial.isEmpty() ? std::vector<double>(33, 0.0) : numbers(json[initial]);
    const auto expected = json[iterates].toObject();
    const auto solver = makeSolver("jacobi", problem, start);
    JacobiForecast forecast(problem, start, start);
    for (int sweeps : {1, 10, 1000}) {
        const auto now = numbers(expected[QString::number(sweeps)]);
        solver->iterate(sweeps - solver->iterations());
        QVERIFY(largestDifference(solver->solution(), now) < 1e-13);
        QVERIFY(largestDifference(forecast.solution(sweeps), now) < 1e-13);
    }
}

void TstPoissonSolvers::directAndReference()
{
    const auto json = golden();
    const PoissonProblem problem {{-1, 1, 32}, numbers(json[u"g"])};
    const auto direct = solveDirect(problem);
    QVERIFY(largestDifference(direct, numbers(json[u"direct_solution"])) < 1e-13);
    QVERIFY(largestResidual(problem, direct) < 1e-10);
    const auto reference = referenceSolution(paperSource, problem.grid);
    QVERIFY(reference.closedForm);
    QVERIFY(largestDifference(reference.u, numbers(json[u"u_ref"])) < 1e-14);
    QVERIFY(std::abs(largestDifference(direct, reference.u) - json[u"max_discretisation_error"].toDouble()) < 1e-13);
    // discretisation floors of the paper's problem, to the digits that are known
    const std::pair<std::size_t, double> floors[] {{100, 1.4e-3}, {200, 3.5e-4}, {1000, 1.40e-5}, {4000, 8.7e-7}};
    for (const auto& [n, floor] : floors) {
        const auto fine = paperProblem(n);
        const double found = largestDifference(solveDirect(fine), referenceSolution(paperSource, fine.grid).u);
        QVERIFY2(std::abs(found / floor - 1) < 0.02, qPrintable(QString::number(found)));
    }
    // other ends: a line more
    const auto shifted = solveDirect(problem, 1, 3);
    for (std::size_t i = 0; i <= 32; ++i)
        QVERIFY(std::abs(shifted[i] - direct[i] - (1 + 2 * double(i) / 32)) < 1e-13);
}

void TstPoissonSolvers::greensFunctionMatchesTheClosedForm()
{
    const auto notQuite = [](double x) { return paperSource(x) + 1e-8; }; // no longer recognised
    for (std::size_t n : {7, 100, 1001, 5000}) {
        const PoissonGrid grid {-1, 1.5, n};
        const auto closed = referenceSolution(paperSource, grid), integrated = referenceSolution(notQuite, grid);
        QVERIFY(closed.closedForm && !integrated.closedForm);
        // the constant 1e-8 adds 1e-8 (x - from)(to - x) / 2
        double largest = 0;
        for (std::size_t i = 0; i <= n; ++i) {
            const double x = grid.x(i);
            largest = std::max(largest, std::abs(integrated.u[i] - closed.u[i] - 0.5e-8 * (x + 1) * (1.5 - x)));
        }
        QVERIFY2(largest < 1e-13, qPrintable(QString::number(largest)));
    }
}

void TstPoissonSolvers::sineModes()
{
    for (std::size_t n : {2, 3, 32, 101}) {
        const auto e = randomValues(n - 1, n);
        Dst dst(n);
        std::vector<double> c(n - 1), back(n - 1);
        dst.forward(e, c);
        for (std::size_t j = 1; j < n; ++j) {
            double expected = 0;
            for (std::size_t i = 1; i < n; ++i)
                expected += 2 / double(n) * e[i - 1] * std::sin(double(i * j) * std::numbers::pi / double(n));
            QVERIFY(std::abs(c[j - 1] - expected) < 1e-14);
        }
        dst.inverse(c, back);
        QVERIFY(largestDifference(back, e) < 1e-14);
    }
}

void TstPoissonSolvers::modesDecayByTheirFactors_data()
{
    QTest::addColumn<QString>("solver");
    QTest::addColumn<double>("omega");
    QTest::addColumn<int>("n");
    for (int n : {10, 33, 200, 1000}) {
        QTest::addRow("jacobi %d", n) << QStringLiteral("jacobi") << 1.0 << n;
        QTest::addRow("damped %d", n) << QStringLiteral("damped_jacobi") << 2.0 / 3 << n;
    }
}

/// Mode j is multiplied by 1 - omega + omega cos(j pi / n) in each sweep.
void TstPoissonSolvers::modesDecayByTheirFactors()
{
    QFETCH(QString, solver);
    QFETCH(double, omega);
    QFETCH(int, n);
    const auto size = std::size_t(n);
    const auto problem = paperProblem(size);
    auto initial = randomValues(size + 1, 7);
    const auto running = makeSolver(solver.toStdString(), problem, initial, omega);
    const auto limit = solveDirect(problem, initial.front(), initial.back());
    Dst dst(size);
    const auto modesOf = [&](std::span<const double> u) {
        std::vector<double> error(size - 1), c(size - 1);
        for (std::size_t i = 1; i < size; ++i)
            error[i - 1] = u[i] - limit[i];
        dst.forward(error, c);
        return c;
    };
    const auto first = modesOf(initial);
    for (int sweeps : {1, 7, 100, 517}) {
        running->iterate(sweeps - running->iterations());
        const auto now = modesOf(running->solution());
        for (std::size_t j = 1; j < size; ++j) {
            const double factor = 1 - omega + omega * std::cos(double(j) * std::numbers::pi / double(size));
            QVERIFY(std::abs(now[j - 1] - first[j - 1] * std::pow(factor, sweeps)) < 1e-10);
        }
    }
}

void TstPoissonSolvers::groupingChangesNoBit_data()
{
    QTest::addColumn<QString>("solver");
    for (const auto& kind : gridSolvers())
        QTest::newRow(kind.id.data()) << QString::fromLatin1(kind.id.data(), qsizetype(kind.id.size()));
}

void TstPoissonSolvers::groupingChangesNoBit()
{
    QFETCH(QString, solver);
    for (std::size_t n : {20, 64, 150}) {
        const auto problem = paperProblem(n);
        const auto initial = randomValues(n + 1, 3);
        const auto id = solver.toStdString();
        const auto single = makeSolver(id, problem, initial, 0.6), grouped = makeSolver(id, problem, initial, 0.6),
                   resumed = makeSolver(id, problem, initial, 0.6);
        for (int count : {1, 2, 3, 16, 5, 40, 7, 8, 33}) {
            for (int i = 0; i < count; ++i)
                single->iterate(1);
            grouped->iterate(count);
            const auto other = makeSolver(id, problem, initial, 0.6);
            other->restore(resumed->state());
            other->iterate(count);
            resumed->restore(other->state());
            QCOMPARE(single->iterations(), grouped->iterations());
            QCOMPARE(resumed->iterations(), grouped->iterations());
            QVERIFY(std::ranges::equal(single->solution(), grouped->solution()));
            QVERIFY(std::ranges::equal(resumed->solution(), grouped->solution()));
        }
    }
}

void TstPoissonSolvers::allConvergeToTheDirectSolution_data()
{
    QTest::addColumn<QString>("solver");
    QTest::addColumn<double>("omega");
    QTest::addColumn<int>("iterations");
    QTest::newRow("jacobi") << QStringLiteral("jacobi") << 1.0 << 30000; // cos(pi / 64)^30000 = 2e-16
    QTest::newRow("damped") << QStringLiteral("damped_jacobi") << 0.8 << 37500;
    QTest::newRow("gauss_seidel") << QStringLiteral("gauss_seidel") << 1.0 << 15000;
    QTest::newRow("sor") << QStringLiteral("sor") << 2 / (1 + std::sin(std::numbers::pi / 64)) << 500;
    QTest::newRow("conjugate_gradient") << QStringLiteral("conjugate_gradient") << 1.0 << 63;
    QTest::newRow("multigrid") << QStringLiteral("multigrid") << 1.0 << 16;
    QTest::newRow("direct") << QStringLiteral("direct") << 1.0 << 1;
}

void TstPoissonSolvers::allConvergeToTheDirectSolution()
{
    QFETCH(QString, solver);
    QFETCH(double, omega);
    QFETCH(int, iterations);
    const auto problem = paperProblem(64);
    const auto initial = randomValues(65, 5);
    const auto running = makeSolver(solver.toStdString(), problem, initial, omega);
    QVERIFY(running->workPerIteration() > 0);
    running->iterate(iterations);
    QCOMPARE(running->solution().front(), initial.front());
    QCOMPARE(running->solution().back(), initial.back());
    const double error = largestDifference(running->solution(), solveDirect(problem, initial.front(), initial.back()));
    QVERIFY2(error < 1e-12, qPrintable(QString::number(error)));
}

void TstPoissonSolvers::sorSweepsTogetherAreSor()
{
    for (std::size_t n : {2, 3, 5, 9, 40}) {
        const auto problem = paperProblem(n);
        auto u = randomValues(n + 1, 9);
        const auto running = makeSolver("sor", problem, u, 1.4);
        const double square = problem.grid.dx() * problem.grid.dx();
        for (int sweep = 0; sweep < 11; ++sweep)
            for (std::size_t i = 1; i < n; ++i)
                u[i] += 1.4 * ((u[i - 1] + u[i + 1] + square * problem.g[i]) / 2 - u[i]);
        running->iterate(11);
        QVERIFY(largestDifference(running->solution(), u) < 1e-14);
    }
}

/// At most n - 1 iterations, and no division by zero afterwards.
void TstPoissonSolvers::conjugateGradientsEnd()
{
    const auto problem = paperProblem(16);
    const auto running = makeSolver("conjugate_gradient", problem, solveDirect(problem));
    running->iterate(1000);
    QVERIFY(largestDifference(running->solution(), solveDirect(problem)) < 1e-13);
}

void TstPoissonSolvers::multigridDoesNotDependOnTheGrid()
{
    for (std::size_t n : {64, 1000, 4096}) {
        const auto problem = paperProblem(n);
        const auto direct = solveDirect(problem);
        const auto running = makeSolver("multigrid", problem, std::vector<double>(n + 1, 0.0));
        double before = largestDifference(running->solution(), direct);
        for (int cycle = 0; cycle < 5; ++cycle) {
            running->iterate(1);
            const double now = largestDifference(running->solution(), direct);
            QVERIFY2(now < 0.15 * before, qPrintable(QStringLiteral("%1 -> %2").arg(before).arg(now)));
            before = now;
        }
    }
}

void TstPoissonSolvers::splineIsExactForCubics()
{
    const auto cubic = [](double x) { return 0.3 - x + 2 * x * x - 0.7 * x * x * x; };
    const PoissonGrid coarse {-1, 2, 12}, fine {-1, 2, 101};
    std::vector<double> values;
    for (double x : coarse.points())
        values.push_back(cubic(x));
    const auto found = interpolate(values, fine);
    for (std::size_t i = 0; i <= fine.n; ++i)
        QVERIFY(std::abs(found[i] - cubic(fine.x(i))) < 1e-12);
    // fourth order on the paper's solution
    double errors[2];
    for (int k = 0; k < 2; ++k) {
        const PoissonGrid points {-1, 1, std::size_t(k == 0 ? 200 : 400)}, dense {-1, 1, 4000};
        errors[k] = largestDifference(
            interpolate(referenceSolution(paperSource, points).u, dense), referenceSolution(paperSource, dense).u);
    }
    QVERIFY2(errors[0] < 2e-5 && errors[0] / errors[1] > 12, qPrintable(QString::number(errors[0])));
}

void TstPoissonSolvers::boundaryLine()
{
    std::vector<double> u {1, 5, 2, 3};
    removeBoundaryLine(u);
    QCOMPARE(u.front(), 0.0);
    QCOMPARE(u.back(), 0.0);
    QVERIFY(std::abs(u[1] - (5 - 1 - 2.0 / 3)) < 1e-15);
    QVERIFY(std::abs(u[2] - (2 - 1 - 4.0 / 3)) < 1e-15);
}

void TstPoissonSolvers::forecastFindsTheSweep()
{
    const auto problem = paperProblem(100);
    const auto reference = referenceSolution(paperSource, problem.grid).u;
    const std::vector<double> zero(101, 0.0);
    JacobiForecast forecast(problem, zero, reference);
    const auto curve = forecast.errorCurve(0.01, 1'000'000);
    QVERIFY(curve.back().error <= 0.01);
    QVERIFY(std::ranges::is_sorted(curve, {}, &JacobiForecast::Point::sweeps));
    for (const auto& [at, error] : curve)
        QCOMPARE(error, forecast.largestError(at));
    const auto running = makeSolver("jacobi", problem, zero);
    std::int64_t sweeps = 0;
    while (largestDifference(running->solution(), reference) > 0.01) {
        running->iterate(1);
        ++sweeps;
    }
    QVERIFY2(std::abs(double(curve.back().sweeps) / double(sweeps) - 1) < 2e-3,
        qPrintable(QStringLiteral("%1 %2").arg(curve.back().sweeps).arg(sweeps)));
    const auto floored = forecast.errorCurve(1e-4, 1'000'000'000); // below the floor of this grid
    QVERIFY(floored.back().error > 1e-4 && floored.back().sweeps < 10'000'000);
    QCOMPARE(JacobiForecast(problem, reference, reference).errorCurve(0.01, 10).size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TstPoissonSolvers)
#include "tst_poisson_solvers.moc"
