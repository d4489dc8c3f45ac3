#include "support/small_lab.h"
#include "ui/views/output_view.h"
#include "ui/views/paint.h"
#include "ui/views/plot_header.h"
#include "ui/views/qcp.h"
#include "ui/window/presenter.h"
#include "ui/window/view_grid.h"
#include "ui/window_fixture.h"

#include <QDBusServer>
#include <QMenuBar>
#include <QSet>
#include <QVBoxLayout>

using namespace fplab;
using namespace fplab::test;

/// The part of a desktop that keeps the screen on.
class FakeScreenSaver : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.ScreenSaver")
public:
    std::optional<QDBusConnection> peer; ///< once somebody is connected
    uint given = 0;
    QSet<uint> held;

public Q_SLOTS:
    uint Inhibit(const QString& application, const QString& reason)
    {
        if (application.isEmpty() || reason.isEmpty())
            return 0;
        held.insert(++given);
        return given;
    }
    void UnInhibit(uint cookie) { held.remove(cookie); }
};

class TstPresenter : public QObject {
    Q_OBJECT

    static void openRun(MainWindow& window)
    {
        showWindow(window);
        window.experiment().run.setPace({.kind = Pace::Kind::Max});
        window.openCard(QStringLiteral("three-sines"), true);
        QVERIFY(QTest::qWaitFor([&] { return window.experiment().run.state() == RunState::Finished; }, 30000));
    }

private Q_SLOTS:
    void initTestCase() { prepareWindows(); }

    void windowComesBackAsItWas()
    {
        MainWindow window;
        openRun(window);
        pressKey(window, Qt::Key_1, Qt::ControlModifier); // panels off before: they stay off
        window.showMaximized();
        QTRY_COMPARE(window.width(), window.screen()->availableGeometry().width());
        auto* grid = window.findChild<ViewGrid*>();
        const auto shown = grid->shown();
        const Theme before = window.experiment().themes.theme();
        pressKey(window, Qt::Key_F5);
        QVERIFY(window.isPresenting());
        QVERIFY(window.isFullScreen());
        QVERIFY(window.menuBar()->isHidden());
        QCOMPARE(window.experiment().themes.theme().kind, ThemeKind::Projector);
        QCOMPARE(grid->shown().size(), std::size_t(3));
        pressKey(window, Qt::Key_G);
        QCOMPARE(grid->layout(), ViewGrid::Layout::Tiles);
        pressKey(window, Qt::Key_Escape);
        QVERIFY(!window.isPresenting());
        QVERIFY(window.isMaximized() && !window.isFullScreen());
        QVERIFY(!window.menuBar()->isHidden());
        QVERIFY(window.findChild<QWidget*>(QStringLiteral("panels"))->isHidden());
        QCOMPARE(window.experiment().themes.theme().kind, before.kind);
        QCOMPARE(window.experiment().themes.theme().fontScale, before.fontScale);
        QTRY_COMPARE(grid->shown(), shown);
    }

    void beginsWithTheViewInUse()
    {
        MainWindow window;
        showWindow(window);
        window.openCard(QStringLiteral("three-sines"), false);
        auto* grid = window.findChild<ViewGrid*>();
        const auto from = [&] {
            pressKey(window, Qt::Key_F5, Qt::ShiftModifier);
            const bool presents = window.isPresenting();
            const auto shown = grid->shown();
            pressKey(window, Qt::Key_Escape);
            return presents ? shown : std::vector<PlotView*> {};
        };
        window.findChild<QWidget*>(QStringLiteral("timeline"))->setFocus();
        QCOMPARE(from().size(), std::size_t(3)); // no view in use: as by F5
        pressKey(window, Qt::Key_4); // alone, though the keyboard goes elsewhere
        PlotView* alone = grid->maximised();
        window.findChild<QWidget*>(QStringLiteral("timeline"))->setFocus();
        QCOMPARE(from(), std::vector<PlotView*> {alone});
        grid->views()[1]->setFocus();
        QCOMPARE(from(), std::vector<PlotView*> {grid->views()[1]});
    }

    void screenStaysAwake()
    {
        QDBusServer server;
        if (!server.isConnected())
            QSKIP("no D-Bus here");
        FakeScreenSaver desktop;
        connect(&server, &QDBusServer::newConnection, &desktop, [&](QDBusConnection peer) {
            peer.registerObject(
                QStringLiteral("/org/freedesktop/ScreenSaver"), &desktop, QDBusConnection::ExportAllSlots);
            desktop.peer = peer;
        });
        const auto bus = QDBusConnection::connectToPeer(server.address(), QStringLiteral("presenter"));
        QTRY_VERIFY(desktop.peer);
        {
            ScreenAwake awake(bus);
            awake.setOn(true);
            QTRY_COMPARE(desktop.held, (QSet<uint> {1}));
            awake.setOn(true);
            awake.setOn(false);
            QTRY_VERIFY(desktop.held.isEmpty());
            for (const bool on : {true, false, true}) // faster than the desktop answers
                awake.setOn(on);
            QTRY_COMPARE(desktop.held, (QSet<uint> {3}));
        }
        QTRY_VERIFY(desktop.held.isEmpty());
        QCOMPARE(desktop.given, 3U);
        QDBusConnection::disconnectFromPeer(QStringLiteral("presenter"));
    }

    void textReachesTheLastRow()
    {
        const Theme theme = makeTheme(ThemeKind::Projector, presenterScale);
        QVERIFY(theme.uiFont().pointSizeF() >= 18);
        QVERIFY(theme.smallFont(0.8).pointSizeF() >= 18);
        QVERIFY(theme.plotFont().pixelSize() >= 24); // 18 pt at 96 dpi
    }

    void keysOfTheViewsAreWhole()
    {
        MainWindow window;
        openRun(window);
        pressKey(window, Qt::Key_F5);
        window.setWindowState(Qt::WindowNoState); // a projector's size on any test screen
        window.resize(1280, 720);
        auto* grid = window.findChild<ViewGrid*>();
        for (const auto layout : {ViewGrid::Layout::Hero, ViewGrid::Layout::Tiles}) {
            grid->setLayout(layout);
            QCoreApplication::processEvents();
            for (PlotView* view : grid->shown()) {
                view->refreshNow();
                const NoteLine& note = view->findChild<PlotHeader*>()->note();
                QVERIFY2(note.width() >= note.keyWidth(), qPrintable(view->id()));
                QVERIFY2(view->plot().axisRect()->height() >= 3 * note.fontMetrics().height(), qPrintable(view->id()));
            }
        }
        const auto* chip = window.findChild<QWidget*>(QStringLiteral("state"));
        QVERIFY(chip && chip->isVisible());
    }

    void clickerWalksThroughTheFlags()
    {
        MainWindow window;
        openRun(window);
        const TimelineModel& timeline = window.experiment().timeline;
        const auto captured = *window.experiment().analysis.passages()[0].firstBelow;
        pressKey(window, Qt::Key_PageUp); // not presenting: not the window's key
        QVERIFY(timeline.followsLive());
        pressKey(window, Qt::Key_F5);
        window.experiment().timeline.setStep(0);
        for (QWidget* focus : {static_cast<QWidget*>(window.findChild<ViewGrid*>()->shown().front()),
                 window.findChild<QWidget*>(QStringLiteral("timeline"))}) {
            QVERIFY(focus);
            focus->setFocus();
            pressKey(window, Qt::Key_PageDown);
            QCOMPARE(timeline.step(), captured);
            pressKey(window, Qt::Key_PageUp);
            QCOMPARE(timeline.step(), 0);
        }
        for (int i = 0; i < 10 && !timeline.followsLive(); ++i)
            pressKey(window, Qt::Key_PageDown);
        QVERIFY(timeline.followsLive());
    }

    void anyKeyEndsTheBlackScreenAndDoesNoMore()
    {
        MainWindow window;
        openRun(window);
        auto* presenter = window.findChild<Presenter*>();
        pressKey(window, Qt::Key_Period);
        QVERIFY(!presenter->isBlank()); // only while presenting
        pressKey(window, Qt::Key_F5);
        for (const Qt::Key key : {Qt::Key_Period, Qt::Key_R, Qt::Key_Space, Qt::Key_Escape}) {
            pressKey(window, Qt::Key_Period);
            QVERIFY(presenter->isBlank());
            pressKey(window, key);
            QVERIFY(!presenter->isBlank());
            QVERIFY(window.isPresenting());
            QCOMPARE(window.experiment().run.state(), RunState::Finished);
        }
    }

    void pointerHidesOverViewsOnly()
    {
        SmallLab lab;
        QWidget window;
        auto* label = new QWidget(&window);
        auto* view = new OutputView(lab.lab);
        auto* grid = new ViewGrid({view}, &window);
        grid->setOccasion(viewOccasion(lab.lab));
        auto* column = new QVBoxLayout(&window);
        column->addWidget(label, 1);
        column->addWidget(grid, 4);
        Presenter presenter(window, *grid, {}, {label}, 1);
        window.resize(500, 400);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTest::mouseMove(&view->plot(), {100, 60});
        QTest::qWait(20);
        QVERIFY(!QApplication::overrideCursor()); // not presenting
        presenter.setOn(true);
        label->show();
        QTRY_VERIFY(window.width() > 500); // full screen: from here on the views stay where they are
        QTest::qWait(20);
        for (const QPoint at : {QPoint(100, 60), QPoint(120, 60)}) {
            QTest::mouseMove(&view->plot(), at);
            QTRY_VERIFY(QApplication::overrideCursor());
            QCOMPARE(QApplication::overrideCursor()->shape(), Qt::BlankCursor);
        }
        QTest::mouseMove(label, {5, 5});
        QVERIFY(!QApplication::overrideCursor());
        QTest::qWait(20);
        QVERIFY(!QApplication::overrideCursor());
        QTest::mouseMove(&view->plot(), {100, 60});
        QTRY_VERIFY(QApplication::overrideCursor());
        presenter.setOn(false);
        QVERIFY(!QApplication::overrideCursor());
    }
};

QTEST_MAIN(TstPresenter)
#include "tst_presenter.moc"
