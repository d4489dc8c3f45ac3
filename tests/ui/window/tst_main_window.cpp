#include "core/kinds/poisson/kind.h"
#include "support/heartbeat.h"
#include "ui/export/export_dialog.h"
#include "ui/views/plot_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/toast.h"
#include "ui/window/main_window.h"
#include "ui/window/transport_bar.h"
#include "ui/window/view_grid.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include "ui/views/qcp.h"
#include "ui/window_fixture.h"

using namespace fplab;

/// The walk-through tasks of a user, done on the real window by mouse and keyboard.
class TstMainWindow : public QObject {
    Q_OBJECT

    static bool awaitState(MainWindow& window, RunState state, int milliseconds = 30000)
    {
        return QTest::qWaitFor([&] { return window.experiment().run.state() == state; }, milliseconds);
    }
    static PlotView* view(MainWindow& window, const QString& id)
    {
        for (PlotView* view : window.findChild<ViewGrid*>()->views())
            if (view->id() == id)
                return view;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() { test::prepareWindows(); }
    void init() { QFile::remove(settingsPath()); }
    void aRunThatGivesUpSaysSoWithWaysOut()
    {
        MainWindow window;
        test::showWindow(window);
        ExperimentSpec spec;
        PoissonSpec poisson;
        poisson.pde.formula = "pi^2*sin(pi*x)";
        poisson.pde.grid = 50;
        poisson.pde.handoffStep = 0;
        poisson.pde.tolerance = 1e-6;
        spec.problem = poisson;
        OpenExperiment& experiment = window.experiment();
        window.openCard(QStringLiteral("poisson-jacobi"), false);
        QVERIFY(experiment.open(spec).ok());
        experiment.run.setPace({.kind = Pace::Kind::Max});
        experiment.toggle();
        QVERIFY(awaitState(window, RunState::Finished));
        QVERIFY(experiment.run.gaveUp());
        const auto* chip = window.findChild<StateChip*>();
        QVERIFY2(chip->text().startsWith(QStringLiteral("Ended · step ")), qPrintable(chip->text()));
        const QString reason = QString::fromStdString(experiment.run.result().reason);
        QVERIFY2(chip->toolTip().contains(reason), qPrintable(chip->toolTip()));
        auto* banner = window.findChild<Banner*>();
        QVERIFY(banner->isVisible());
        QVERIFY2(banner->title().startsWith(QLatin1String("Ended at step ")), qPrintable(banner->title()));
        QVERIFY2(banner->text().contains(reason.mid(1)), qPrintable(banner->text())); // the same words

        QTest::mouseClick(banner->findChild<QAbstractButton*>(QStringLiteral("banner.0")), Qt::LeftButton);
        QCOMPARE(specOf<PoissonSpec>(experiment.editor.spec().problem).pde.tolerance, 0.002);
        QVERIFY(awaitState(window, RunState::Finished));
        QTRY_VERIFY(!experiment.run.gaveUp());
        QVERIFY(!banner->isVisible());
        QVERIFY(chip->text().startsWith(QStringLiteral("Finished · step ")));
        QVERIFY(experiment.editor.undoStack().canUndo()); // one edit like any other
    }
    void anEnergyBelowTheLeastIsSaidWhileItRuns()
    {
        MainWindow window;
        test::showWindow(window);
        ExperimentSpec spec;
        PoissonSpec poisson;
        poisson.pde.formula = "1";
        poisson.pde.trainingPoints = 51;
        poisson.pde.handoffStep = -1;
        poisson.network.hidden = {40, 40};
        poisson.stop.steps = 1'000'000;
        spec.problem = poisson;
        OpenExperiment& experiment = window.experiment();
        window.openCard(QStringLiteral("poisson-jacobi"), false);
        QVERIFY(experiment.open(spec).ok());
        experiment.run.setPace({.kind = Pace::Kind::Max});
        experiment.toggle();
        auto* banner = window.findChild<Banner*>();
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), 60000);
        QCOMPARE(experiment.run.state(), RunState::Running);
        QVERIFY2(banner->text().contains(QLatin1String("below the least possible")), qPrintable(banner->text()));
        QTest::mouseClick(banner->findChild<QAbstractButton*>(QStringLiteral("banner.0")), Qt::LeftButton);
        QCOMPARE(specOf<PoissonSpec>(experiment.editor.spec().problem).pde.trainingSampling, std::string("redrawn"));
        QVERIFY(awaitState(window, RunState::Running)); // from the start
        QVERIFY(experiment.run.findings().empty());
        QVERIFY(!banner->isVisible());
        experiment.run.pause();
    }
    void aViewAloneTakesTheKeys() // T4 by keys: arrows, then Enter
    {
        MainWindow window;
        test::showWindow(window);
        window.openCard(QStringLiteral("large-init"), false);
        PlotView* spectrum = view(window, QStringLiteral("spectrum"));
        test::pressKey(window, Qt::Key_2);
        QTRY_VERIFY(spectrum->plot().width() > 600);
        // as soon as it has been drawn in its new size
        QTRY_VERIFY(
            (test::pressKey(window, Qt::Key_Right), spectrum->crosshairText().startsWith(QStringLiteral("k = "))));
        const auto before = window.experiment().analysis.peaks().size();
        test::pressKey(window, Qt::Key_Return);
        QCOMPARE(window.experiment().analysis.peaks().size(), before + 1);
    }
    void afterAClickCtrlArrowsGoToFlags() // T5 after T4
    {
        MainWindow window;
        test::showWindow(window);
        window.experiment().run.setPace({.kind = Pace::Kind::Max});
        window.openCard(QStringLiteral("three-sines"), true);
        QVERIFY(awaitState(window, RunState::Finished));
        PlotView* spectrum = view(window, QStringLiteral("spectrum"));
        QTest::mouseClick(&spectrum->plot(), Qt::LeftButton, {}, {2, 2}); // beside the peaks
        QVERIFY(spectrum->hasFocus());
        test::pressKey(window, Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(window.experiment().timeline.step(), *window.experiment().analysis.passages()[2].firstBelow);
        test::pressKey(window, Qt::Key_2); // now the keyboard is there
        test::pressKey(window, Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(spectrum->crosshairText().startsWith(QStringLiteral("k = 1 ")));
        QVERIFY(!window.experiment().timeline.followsLive());
    }
    void clicksChooseAViewBeforeTheyMoveTime() // and export takes what was chosen
    {
        MainWindow window;
        test::showWindow(window);
        window.experiment().run.setPace({.kind = Pace::Kind::Max});
        window.openCard(QStringLiteral("three-sines"), true);
        QVERIFY(awaitState(window, RunState::Finished));
        PlotView *delta = view(window, QStringLiteral("delta")), *spectrum = view(window, QStringLiteral("spectrum"));
        const auto* grid = window.findChild<ViewGrid*>();
        QTest::mouseClick(&spectrum->plot(), Qt::LeftButton, {}, {2, 2});
        QVERIFY(grid->active() == spectrum);
        QTest::mouseClick(&delta->plot(), Qt::LeftButton, {}, delta->plot().rect().center());
        QVERIFY(grid->active() == delta && !spectrum->isActive());
        QVERIFY(window.experiment().timeline.followsLive());

        QStringList targets;
        bool live = false;
        QTimer::singleShot(0, &window, [&] {
            auto* dialog = qobject_cast<ExportDialog*>(QApplication::activeModalWidget());
            if (!dialog)
                return;
            targets = dialog->targets();
            live = window.experiment().timeline.followsLive();
            dialog->reject();
        });
        test::pressKey(window, Qt::Key_E, Qt::ControlModifier);
        QCOMPARE(targets.size(), 1);
        QVERIFY2(targets.front().contains(QStringLiteral("delta")), qPrintable(targets.front()));
        QVERIFY(live); // the dialog leaves the viewed step alone

        QTest::mouseClick(&delta->plot(), Qt::LeftButton, {}, delta->plot().rect().center() + QPoint(-40, 20));
        QVERIFY(!window.experiment().timeline.followsLive());
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        test::pressKey(window, Qt::Key_2); // by keyboard
        QVERIFY(grid->active() == spectrum);
    }
    void aChangeAfterTheEndIsSaidTruly()
    {
        MainWindow window;
        test::showWindow(window);
        window.experiment().run.setPace({.kind = Pace::Kind::Max});
        window.openCard(QStringLiteral("three-sines"), true);
        QVERIFY(awaitState(window, RunState::Finished));
        const auto* toast = window.findChild<Toast*>();
        QVERIFY(
            window.experiment().editor.edit(QStringLiteral("optimizer.learning_rate"), QStringLiteral("0.01")).ok());
        QTRY_VERIFY(toast->isVisible());
        QCOMPARE(toast->text(), QStringLiteral("Learning rate changed: holds when the training goes on"));
        window.experiment().editor.undoStack().undo();
        QTRY_VERIFY(!toast->isVisible());
    }
    void everyControlHasAName()
    {
        MainWindow window;
        test::showWindow(window);
        const auto check = [&] {
            for (auto* widget : window.findChildren<QWidget*>()) {
                const bool interactive = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QLineEdit*>(widget)
                    || qobject_cast<QComboBox*>(widget) || qobject_cast<QAbstractSlider*>(widget)
                    || qobject_cast<PlotView*>(widget);
                if (!interactive || !widget->isVisible() || qobject_cast<QScrollBar*>(widget))
                    continue;
                if (qobject_cast<QLineEdit*>(widget) && qobject_cast<QAbstractSpinBox*>(widget->parentWidget()))
                    continue;
                const auto* node = QAccessible::queryAccessibleInterface(widget);
                QVERIFY2(node && !node->text(QAccessible::Name).isEmpty(),
                    qPrintable(QStringLiteral("%1 \"%2\"")
                                   .arg(QLatin1String(widget->metaObject()->className()), widget->objectName())));
            }
        };
        check();
        window.openCard(QStringLiteral("three-sines"), false);
        check();
        // Summaries for screen readers follow the run.
        window.experiment().run.setPace({.kind = Pace::Kind::Max});
        QStringList before;
        const auto* grid = window.findChild<ViewGrid*>();
        for (PlotView* view : grid->views())
            before.append(view->summary());
        window.experiment().run.resume();
        QVERIFY(awaitState(window, RunState::Finished));
        int i = 0;
        for (PlotView* view : grid->views()) {
            QVERIFY2(view->summary() != before[i] || !grid->isOffered(view), qPrintable(view->id()));
            ++i;
        }
    }
    void stillAnswersAtFullSpeed()
    {
        MainWindow window;
        test::showWindow(window);
        window.openCard(QStringLiteral("three-sines"), false);
        QVERIFY(window.experiment().editor.edit(QStringLiteral("stop.steps"), QStringLiteral("1000000000")).ok());
        window.experiment().run.setPace({.kind = Pace::Kind::Max});
        window.experiment().run.resume();
        Heartbeat heart;
        QTest::qWait(1500);
        window.experiment().run.pause();
        QVERIFY(awaitState(window, RunState::Paused));
        QVERIFY(heart.beats() > 10);
        // A lax bound for busy machines; the promise itself is measured by bench_window.
        QVERIFY2(heart.gap(0.9) < 1000, qPrintable(QString::number(heart.gap(0.9))));
    }
    void aBrokenFileChangesNothing()
    {
        MainWindow window;
        test::showWindow(window);
        window.openCard(QStringLiteral("three-sines"), false);
        const auto spec = window.experiment().editor.spec();
        window.openPath(QStringLiteral(FPLAB_TEST_DIR "/CMakeLists.txt.json"));
        QVERIFY(window.experiment().editor.spec() == spec);
    }
};

QTEST_MAIN(TstMainWindow)
#include "tst_main_window.moc"
