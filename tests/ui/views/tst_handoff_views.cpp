#include "core/kinds/poisson/kind.h"
#include "ui/handoff_fixture.h"
#include "ui/kinds/poisson/error_view.h"
#include "ui/kinds/poisson/handoff_view.h"
#include "ui/views/qcp.h"
#include "ui/window/main_window.h"
#include "ui/window/view_grid.h"

#include <QAction>
#include <QPushButton>
#include <QTest>

#include <algorithm>

using namespace fplab;

/// The views of an equation, on the real window: what the hand-off costs, where it is best, and going there.
class TstHandoffViews : public QObject {
    Q_OBJECT

    static ExperimentSpec spec(std::int64_t step) { return test::handoffSpec(step); }
    struct Opened {
        explicit Opened(std::int64_t step)
        {
            test::showWindow(window);
            window.openCard(QStringLiteral("blank"), false); // shows the laboratory
            QVERIFY(window.experiment().open(spec(step)));
            window.experiment().run.setPace({.kind = Pace::Kind::Max});
        }
        MainWindow window;
    };
    static PlotView* view(MainWindow& window, const char* id)
    {
        for (PlotView* view : window.findChild<ViewGrid*>()->views())
            if (view->id() == QLatin1String(id))
                return view;
        return nullptr;
    }
    static QStringList shown(MainWindow& window)
    {
        QStringList ids;
        for (const PlotView* view : window.findChild<ViewGrid*>()->shown())
            ids.append(view->id());
        return ids;
    }
    static bool finish(MainWindow& window)
    {
        window.experiment().run.resume();
        return QTest::qWaitFor([&] { return window.experiment().run.state() == RunState::Finished; }, 30000);
    }
    static QPushButton* action(PlotView* view)
    {
        for (auto* button : view->findChildren<QPushButton*>())
            if (button->isVisible())
                return button;
        return nullptr;
    }
    static const PdeSpec& pde(MainWindow& window)
    {
        return specOf<PoissonSpec>(window.experiment().editor.spec().problem).pde;
    }

private Q_SLOTS:
    void initTestCase() { test::prepareWindows(); }
    void init() { QFile::remove(settingsPath()); }

    void eachOccasionHasItsViews()
    {
        MainWindow window;
        test::showWindow(window);
        const auto visible = [&](const char* id) {
            return window.findChild<QAction*>(QStringLiteral("view.alone.") + QLatin1String(id))->isVisible();
        };
        window.openCard(QStringLiteral("three-sines"), false);
        const auto fit = shown(window);
        QVERIFY(fit.contains(QStringLiteral("spectrum")) && !fit.contains(QStringLiteral("error")));
        QVERIFY(visible("spectrum") && !visible("error") && !visible("handoff"));
        window.openCard(QStringLiteral("poisson-handoff"), false);
        QCOMPARE(shown(window),
            (QStringList {QStringLiteral("output"), QStringLiteral("modes"), QStringLiteral("error"),
                QStringLiteral("handoff")}));
        QVERIFY(visible("error") && visible("alone_map"));
        // a choice belongs to its occasion
        auto* grid = window.findChild<ViewGrid*>();
        grid->setShown(view(window, "modes"), false);
        grid->setShown(view(window, "spectrum"), true);
        const auto own = shown(window);
        window.openCard(QStringLiteral("three-sines"), false);
        QCOMPARE(shown(window), fit);
        window.openCard(QStringLiteral("poisson-handoff"), false);
        QCOMPARE(shown(window), own);
        window.openCard(QStringLiteral("poisson-jacobi"), false);
        QVERIFY(!visible("handoff") && visible("error"));
        window.openCard(QStringLiteral("poisson-network"), false);
        QVERIFY(shown(window).contains(QStringLiteral("delta")));
    }

    void sweepCanBeCancelled()
    {
        Opened opened(100);
        MainWindow& window = opened.window;
        handoffOf(window.experiment().lab()).startSweep();
        QVERIFY(QTest::qWaitFor([&] { return handoffOf(window.experiment().lab()).trials().size() >= 2; }, 30000));
        handoffOf(window.experiment().lab()).cancelSweep();
        const auto kept = handoffOf(window.experiment().lab()).trials().size();
        QVERIFY(!handoffOf(window.experiment().lab()).isSweeping());
        QTest::qWait(200);
        QCOMPARE(handoffOf(window.experiment().lab()).trials().size(), kept); // nothing comes late
        handoffOf(window.experiment().lab()).startSweep();
        QVERIFY(handoffOf(window.experiment().lab()).isSweeping());
        window.experiment().run.resume(); // a run has the computer for itself
        QVERIFY(!handoffOf(window.experiment().lab()).isSweeping());
        QTRY_COMPARE_WITH_TIMEOUT(window.experiment().run.state(), RunState::Finished, 30000);
        handoffOf(window.experiment().lab()).startSweep();
        window.openCard(QStringLiteral("three-sines"), false); // and another experiment needs none
        QVERIFY(!handoffOf(window.experiment().lab()).isSweeping()
            && handoffOf(window.experiment().lab()).trials().empty());
        QVERIFY(!window.findChild<QAction*>(QStringLiteral("run.sweep_handoff"))->isVisible());
    }

    void whatWaitsIsNotComparedWith()
    {
        Opened opened(60);
        auto& experiment = opened.window.experiment();
        QVERIFY(finish(opened.window));
        QVERIFY(QTest::qWaitFor([&] { return handoffOf(experiment.lab()).verdict().has_value(); }, 30000));
        QVERIFY(experiment.editor.edit(QStringLiteral("pde.grid"), QStringLiteral("200"))); // waits
        QVERIFY(experiment.editor.edit(QStringLiteral("pde.tolerance"), QStringLiteral("0.02"))); // acts
        QCOMPARE(handoffOf(experiment.lab()).pde().grid, 400);
        QCOMPARE(handoffOf(experiment.lab()).setting().problem.grid.n, std::size_t(400));
        QVERIFY(QTest::qWaitFor(
            [&] { return handoffOf(experiment.lab()).verdict().has_value(); }, 30000)); // run again, by itself
        QCOMPARE(handoffOf(experiment.lab()).verdict()->error, 0.02);
        QVERIFY(experiment.restart(false));
        QCOMPARE(handoffOf(experiment.lab()).setting().problem.grid.n, std::size_t(200));
        QVERIFY(handoffOf(experiment.lab()).trace().points().size() == 1);
    }

    void withAndWithoutANetworkAreTwoExperiments()
    {
        Opened opened(60);
        auto& experiment = opened.window.experiment();
        QVERIFY(experiment.editor.edit(
            QStringLiteral("pde.handoff_step"), QStringLiteral("0"))); // nothing has run: at once
        QVERIFY(experiment.editor.pending().empty());
        QCOMPARE(experiment.run.channelIndex(Role::NetworkOutput), -1);
        QCOMPARE(experiment.run.history()
                     .back()
                     .samples[static_cast<std::size_t>(experiment.run.channelIndex(Role::Phase))]
                     .front(),
            1.0);
        QVERIFY(finish(opened.window));
        QVERIFY(experiment.editor.edit(QStringLiteral("pde.handoff_step"), QStringLiteral("50")));
        QCOMPARE(experiment.editor.pending().size(), std::size_t(1));
        QCOMPARE(handoffOf(experiment.lab()).pde().handoffStep, std::int64_t(0));
    }

    void otherChangesGoOnWaiting()
    {
        Opened opened(120);
        auto& experiment = opened.window.experiment();
        QVERIFY(finish(opened.window));
        QVERIFY(experiment.editor.edit(QStringLiteral("network.hidden"), QStringLiteral("[20]")));
        const auto record = *handoffOf(experiment.lab()).recordFor(60);
        const RecordPtr kept = experiment.run.history().share(record);
        QVERIFY(test::handOverAt(experiment, 60));
        QTRY_COMPARE_WITH_TIMEOUT(experiment.run.state(), RunState::Finished, 30000);
        QCOMPARE(experiment.run.history().share(record), kept);
        QCOMPARE(experiment.editor.pending().size(), std::size_t(1));
        QCOMPARE(experiment.editor.pending().front().path, QStringLiteral("network.hidden"));
    }

    void aNetworkTrainedOtherwiseIsNotBranchedFrom()
    {
        Opened opened(200);
        auto& experiment = opened.window.experiment();
        experiment.stepBy(100);
        QTRY_COMPARE(experiment.run.liveStep(), std::int64_t(100));
        QTRY_COMPARE(experiment.run.state(), RunState::Paused);
        QVERIFY(experiment.editor.edit(QStringLiteral("optimizer.learning_rate"), QStringLiteral("0.001")));
        QVERIFY(finish(opened.window));
        const RecordPtr before = experiment.run.history().share(5);
        QVERIFY(test::handOverAt(experiment, 60)); // the rate of now was not in force there: trained anew with it
        QTRY_COMPARE_WITH_TIMEOUT(experiment.run.state(), RunState::Finished, 30000);
        QVERIFY(experiment.run.history().share(5) != before);
        QVERIFY(experiment.editor.pending().empty());
    }

    void aRefusedChangeIsNotSaid()
    {
        Opened opened(60);
        auto& experiment = opened.window.experiment();
        experiment.stepBy(30);
        QTRY_COMPARE(experiment.run.state(), RunState::Paused);
        experiment.run.post({{"pde.handoff_step", std::string("20")}}); // as if the window had known less
        QTRY_VERIFY(!experiment.run.changes().empty());
        QVERIFY(!experiment.run.changes().back().refused.empty());
        QCOMPARE(specOf<PoissonSpec>(experiment.editor.runSpec().problem).pde.handoffStep, std::int64_t(60));
        QVERIFY(experiment.editor.pending().empty());
    }

    void draggingTheLineBranches()
    {
        Opened opened(600);
        MainWindow& window = opened.window;
        QVERIFY(finish(window));
        auto* error = view(window, "error");
        window.findChild<ViewGrid*>()->maximise(error);
        error->restoreViewState({{QStringLiteral("cost"), QStringLiteral("work")}});
        QTest::qWait(150);
        const auto& trace = handoffOf(window.experiment().lab()).trace();
        QVERIFY(trace.networkPoints() > 10 && trace.networkPoints() < trace.points().size());
        QCustomPlot& plot = error->plot();
        const auto pixel = [&](std::size_t point) {
            return QPoint(qRound(plot.xAxis->coordToPixel(trace.points()[point].work)), plot.axisRect()->center().y());
        };
        const std::size_t handOver = trace.networkPoints() - 1;
        const auto earlier = static_cast<std::size_t>(*trace.networkAt(300));
        const RecordPtr kept = window.experiment().run.history().share(earlier / 2);
        QTest::mousePress(&plot, Qt::LeftButton, {}, pixel(handOver));
        QTest::mouseMove(&plot, (pixel(handOver) + pixel(earlier)) / 2);
        QTest::mouseMove(&plot, pixel(earlier));
        auto& handoff = handoffOf(window.experiment().lab());
        QVERIFY(handoff.considered());
        QVERIFY(std::abs(*handoff.considered() - 300) <= 30);
        QVERIFY(!handoff.consideredBranch().empty()); // seen before it is run
        QCOMPARE(
            handoff.consideredBranch().front().work, trace.points()[*handoff.recordFor(*handoff.considered())].work);
        const auto forecast = handoff.consideredBranch().back();
        QTest::mouseRelease(&plot, Qt::LeftButton, {}, pixel(earlier));
        QTRY_COMPARE_WITH_TIMEOUT(window.experiment().run.state(), RunState::Finished, 30000);
        const std::int64_t step = pde(window).handoffStep;
        QVERIFY(step < 350 && window.experiment().editor.pending().empty());
        QCOMPARE(window.experiment().run.history().share(earlier / 2), kept); // the network was not trained again
        const auto sweeps = window.experiment().run.liveStep() - step;
        QVERIFY(std::abs(double(sweeps - forecast.sweeps)) <= 16 + 0.01 * double(sweeps));
        QCOMPARE(specOf<PoissonSpec>(window.experiment().editor.runSpec().problem).pde.handoffStep,
            step); // what files will say
    }

    void aStepThatIsPastWaits()
    {
        Opened opened(60);
        MainWindow& window = opened.window;
        auto& experiment = window.experiment();
        QVERIFY(finish(window));
        const auto step = experiment.run.liveStep();
        QVERIFY(experiment.editor.edit(QStringLiteral("pde.handoff_step"), QStringLiteral("31")));
        QCOMPARE(experiment.editor.undoStack().undoText(), QStringLiteral("change of Hand-off step M"));
        QCOMPARE(experiment.editor.pending().size(), std::size_t(1));
        QCOMPARE(experiment.run.liveStep(), step);
        QVERIFY(handoffOf(experiment.lab()).considered() && !handoffOf(experiment.lab()).consideredBranch().empty());
        // what acts at once acts on the branch that is shown, too
        const double tolerance = pde(window).tolerance;
        const auto promised = handoffOf(experiment.lab()).consideredBranch().back();
        QVERIFY(experiment.editor.edit(QStringLiteral("pde.tolerance"), QString::number(2 * tolerance)));
        QTRY_COMPARE(handoffOf(experiment.lab()).pde().tolerance, 2 * tolerance);
        QCOMPARE(handoffOf(experiment.lab()).considered(), std::optional<std::int64_t>(31));
        QVERIFY(handoffOf(experiment.lab()).consideredBranch().back().sweeps < promised.sweeps);
        QVERIFY(handoffOf(experiment.lab()).consideredBranch().back().error <= 2 * tolerance);
        experiment.editor.undoPending();
        QVERIFY(experiment.editor.pending().empty() && !handoffOf(experiment.lab()).considered());
        QCOMPARE(pde(window).handoffStep, std::int64_t(60));
        // beyond what the network has done it must be trained anew
        QVERIFY(test::handOverAt(experiment, 150));
        QTRY_COMPARE_WITH_TIMEOUT(experiment.run.state(), RunState::Finished, 30000);
        QCOMPARE(pde(window).handoffStep, std::int64_t(150));
        QVERIFY(
            handoffOf(experiment.lab()).trace().points()[handoffOf(experiment.lab()).trace().networkPoints() - 1].step
            == 150);
    }

    void aStepAheadIsLive()
    {
        Opened opened(200);
        auto& experiment = opened.window.experiment();
        experiment.stepBy(20);
        QTRY_COMPARE(experiment.run.liveStep(), std::int64_t(20));
        QTRY_COMPARE(experiment.run.state(), RunState::Paused);
        QVERIFY(experiment.editor.edit(QStringLiteral("pde.handoff_step"), QStringLiteral("40")));
        QVERIFY(experiment.editor.pending().empty());
        QVERIFY(finish(opened.window));
        const auto& trace = handoffOf(experiment.lab()).trace();
        QCOMPARE(trace.points()[trace.networkPoints() - 1].step, std::int64_t(40));
    }

    void verdictAndReferences()
    {
        Opened opened(600);
        auto& experiment = opened.window.experiment();
        QVERIFY(!handoffOf(experiment.lab()).alone().empty()); // in closed form, before anything has run
        const auto promised = handoffOf(experiment.lab()).alone().back();
        QVERIFY(finish(opened.window));
        QVERIFY(QTest::qWaitFor([&] { return handoffOf(experiment.lab()).verdict().has_value(); }, 30000));
        const auto& verdict = *handoffOf(experiment.lab()).verdict();
        QVERIFY(verdict.sweeps && *verdict.sweeps < 1);
        const QString text = QString::fromStdString(verdict.text);
        QVERIFY2(text.contains(QStringLiteral("wins in sweeps")), qPrintable(text));
        QVERIFY(std::abs(double(verdict.alone->sweeps - promised.sweeps)) <= 16 + 0.01 * double(promised.sweeps));
        auto* error = view(opened.window, "error");
        QVERIFY(QTest::qWaitFor(
            [&] { return !handoffOf(experiment.lab()).others().front()->trace.points().empty(); }, 30000));
        QTRY_VERIFY(error->table().columns.contains(QStringLiteral("Network_alone_error")));
        QCOMPARE(error->summary(), text);
        // one number for one thing, on the screen and before the run
        const QString seconds = handoffOf(experiment.lab()).secondsText(*verdict.alone);
        QVERIFY2(text.contains(seconds), qPrintable(text + QStringLiteral(" / ") + seconds));
        QVERIFY(std::abs(handoffOf(experiment.lab()).alone().back().seconds / promised.seconds - 1) < 0.02);
        QVERIFY(!text.contains(QStringLiteral("e+0")));
        QVERIFY(error->table().columns.contains(QStringLiteral("Jacobi_alone_seconds")));
        auto* map = view(opened.window, "alone_map");
        opened.window.findChild<ViewGrid*>()->setShown(map, true);
        QVERIFY(!map->table().rows.isEmpty());
    }

    /// Nothing is known of how long the network alone is worth until the solver alone, which no formula tells, has run.
    void theNetworkAloneHasALimit()
    {
        Opened opened(100);
        ExperimentSpec other = spec(100);
        specOf<PoissonSpec>(other.problem).pde.then = "sor";
        specOf<PoissonSpec>(other.problem).pde.omega = 1.5;
        auto& experiment = opened.window.experiment();
        QVERIFY(experiment.open(other));
        const auto& handoff = handoffOf(experiment.lab());
        const auto network = [&]() -> const HandoffReference& { return *handoff.others().front(); };
        QVERIFY(network().done && network().trace.points().empty()); // not before that
        QVERIFY(QTest::qWaitFor(
            [&] { return network().run && (*network().run)->state == RunState::Finished && network().done; }, 20000));
        QVERIFY(!handoffOf(experiment.lab()).alone().empty());
        QVERIFY(std::abs(network().rule.seconds - 1.5 * handoffOf(experiment.lab()).alone().back().seconds) < 1e-9);
        QVERIFY((*network().run)->history.back().seconds >= network().rule.seconds);
    }

    /// Edits faster than references are made: one is made at a time, and in the end that of the last edit.
    void oneReferenceIsMadeAtATime()
    {
        Opened opened(100);
        ExperimentSpec large = spec(100);
        specOf<PoissonSpec>(large.problem).network.hidden = {1200, 1200};
        auto& experiment = opened.window.experiment();
        QVERIFY(experiment.open(large));
        const auto threads = [] {
            return QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size();
        };
        QTest::qWait(400);
        const auto few = threads();
        for (int i = 1; i <= 6; ++i) {
            QVERIFY(experiment.editor.edit(QStringLiteral("pde.tolerance"), QString::number(0.01 + 0.001 * i)));
            QTest::qWait(320);
            if (few > 0)
                QVERIFY2(
                    threads() <= few + 6, qPrintable(QString::number(threads()))); // a maker, a worker and its pool
        }
        QVERIFY(QTest::qWaitFor(
            [&] {
                return handoffOf(experiment.lab()).alone().size() > 1 && !handoffOf(experiment.lab()).aloneIsComputed();
            },
            30000));
        QVERIFY(handoffOf(experiment.lab()).alone().back().error <= 0.016);
    }

    void otherSolversBesideOne()
    {
        Opened opened(0);
        auto& experiment = opened.window.experiment();
        QVERIFY(finish(opened.window));
        QCOMPARE(handoffOf(experiment.lab()).others().size(), std::size_t(6));
        QVERIFY(QTest::qWaitFor(
            [&] {
                return std::ranges::all_of(
                    handoffOf(experiment.lab()).others(), [](const auto& other) { return other->done; });
            },
            60000));
        for (const auto& other : handoffOf(experiment.lab()).others())
            QVERIFY2(other->trace.points().back().error <= 0.01, qPrintable(other->label));
        QVERIFY(!handoffOf(experiment.lab()).verdict()); // nobody hands over
    }

    void modesOfNetworkAndSolver()
    {
        Opened opened(100);
        auto& experiment = opened.window.experiment();
        auto* modes = view(opened.window, "modes");
        QVERIFY(finish(opened.window));
        QVERIFY(view(opened.window, "output")->equation().contains(QStringLiteral("closed form")));
        modes->refreshNow();
        auto table = modes->table();
        QCOMPARE(table.columns.at(2), QStringLiteral("error_of_network"));
        const auto sum = [&](int column, double from, double to) {
            double total = 0;
            for (const auto& row : std::as_const(table.rows))
                if (row[0] >= from && row[0] <= to)
                    total += row[column] * row[column];
            return total;
        };
        QVERIFY(sum(1, 10, 40) < 1e-4 * sum(2, 10, 40)); // Jacobi has removed what the network left there
        experiment.timeline.setStep(50);
        modes->refreshNow();
        table = modes->table();
        QCOMPARE(table.columns.at(2), QStringLiteral("error_at_first"));
        QVERIFY(modes->summary().contains(QStringLiteral("At step ")));
    }
};

QTEST_MAIN(TstHandoffViews)
#include "tst_handoff_views.moc"
