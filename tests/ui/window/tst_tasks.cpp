#include "ui/gallery/gallery_card.h"
#include "ui/hand.h"
#include "ui/handoff_fixture.h"
#include "ui/model/divergence.h"
#include "ui/views/plot_header.h"
#include "ui/walk_fixture.h"
#include "ui/widgets/banner.h"
#include "ui/window/timeline_strip.h"
#include "ui/window/transport_bar.h"

using namespace fplab;
using namespace fplab::test;

/// The tasks of a teacher, a student and a researcher, by mouse and by keyboard, in the window of a small laptop: each
/// is done within the clicks and keys that it is allowed. Typing and the Enter that ends it are not counted.
class TstTasks : public QObject {
    Q_OBJECT

    /// What a person sees as a button with that text.
    static QAbstractButton* button(QWidget& window, const QString& text)
    {
        for (auto* found : window.findChildren<QAbstractButton*>())
            if (found->isVisible()
                && (QString(found->text()).remove(u'&').startsWith(text) || found->accessibleName().startsWith(text)))
                return found;
        return nullptr;
    }
    static std::int64_t captured(Walk& walk, std::size_t peak)
    {
        return *walk.experiment().analysis.passages()[peak].firstBelow;
    }
    static void learnThreeSines(Walk& walk)
    {
        walk.open("three-sines");
        walk.finish();
    }

    static void checkCaptures(Walk& walk)
    {
        QCOMPARE(walk.experiment().editor.presetId(), QStringLiteral("three-sines"));
        QVERIFY(walk.awaitFinished());
        QCOMPARE(walk.experiment().analysis.passages().size(), std::size_t(3));
        QVERIFY(captured(walk, 0) < captured(walk, 1) && captured(walk, 1) < captured(walk, 2));
        QVERIFY(walk.experiment().analysis.verdict().holds());
    }
    static void checkNinth(Walk& walk)
    {
        QVERIFY(Walk::await([&] {
            return walk.experiment().editor.pending().empty() && walk.experiment().run.state() == RunState::Finished;
        }));
        QCOMPARE(walk.experiment().analysis.peaks(), (std::vector<std::size_t> {1, 9}));
        QVERIFY(walk.experiment().analysis.passages()[1].staysBelow); // k = 9 is learnt
        QVERIFY(walk.window().findChild<StateChip*>()->text().startsWith(QStringLiteral("Finished")));
    }
    static void checkBookmark(Walk& walk)
    {
        QCOMPARE(walk.experiment().timeline.bookmarks(),
            (std::vector<Bookmark> {{captured(walk, 1), QStringLiteral("now k = 3")}}));
        QVERIFY(walk.experiment().timeline.followsLive());
    }

private Q_SLOTS:
    void initTestCase() { prepareWindows(); }

    void t1ByMouse()
    {
        Walk walk;
        Hand hand(walk.window());
        hand.click(walk.window().findChild<QWidget*>(QStringLiteral("run.three-sines")));
        checkCaptures(walk);
        QVERIFY(hand.count() <= 2);
    }
    void t1ByKeyboard()
    {
        Walk walk;
        Hand hand(walk.window());
        if (!qobject_cast<GalleryCard*>(walk.window().focusWidget()))
            hand.press(Qt::Key_Tab);
        QVERIFY(qobject_cast<GalleryCard*>(walk.window().focusWidget()));
        hand.press(Qt::Key_Return, Qt::ControlModifier);
        checkCaptures(walk);
        QVERIFY2(hand.count() <= 2, qPrintable(QString::number(hand.count())));
    }

    void t2ByMouse()
    {
        Walk walk;
        learnThreeSines(walk);
        Hand hand(walk.window());
        auto* formula = walk.window().findChild<QWidget*>(QStringLiteral("target.formula"))->findChild<QLineEdit*>();
        QVERIFY(formula);
        hand.click(formula);
        formula->selectAll();
        hand.type(QStringLiteral("sin(x)+0.5*sin(9x)"));
        hand.click(walk.runButton());
        checkNinth(walk);
        QVERIFY(hand.count() <= 3);
    }
    void t2ByKeyboard()
    {
        Walk walk;
        learnThreeSines(walk);
        Hand hand(walk.window());
        hand.press(Qt::Key_L, Qt::ControlModifier);
        auto* formula = qobject_cast<QLineEdit*>(walk.window().focusWidget());
        QVERIFY(formula);
        formula->selectAll();
        hand.type(QStringLiteral("sin(x)+0.5*sin(9x)"));
        hand.press(Qt::Key_Space);
        checkNinth(walk);
        QVERIFY(hand.count() <= 3);
    }

    void t4ByMouse()
    {
        Walk walk;
        walk.open("large-init");
        walk.experiment().toggleFollow(7); // as found: not followed
        walk.settle();
        const auto before = walk.experiment().analysis.peaks();
        QVERIFY(std::ranges::find(before, 7U) == before.end());
        Hand hand(walk.window());
        QCustomPlot& plot = walk.view("spectrum")->plot();
        const double height = walk.experiment().analysis.targetAmplitudes()[7] / 2;
        hand.clickAt(&plot, {qRound(plot.xAxis->coordToPixel(7)), qRound(plot.yAxis->coordToPixel(height))});
        QCOMPARE(walk.experiment().analysis.peaks(), (std::vector<std::size_t> {1, 3, 5, 7, 9, 11}));
        QCOMPARE(hand.count(), 1);
    }
    void t4ByKeyboard()
    {
        Walk walk;
        walk.open("large-init");
        walk.experiment().toggleFollow(7);
        Hand hand(walk.window());
        hand.press(Qt::Key_2);
        for (int i = 0; i < 4; ++i)
            hand.press(Qt::Key_Right, Qt::ControlModifier);
        QVERIFY2(walk.view("spectrum")->crosshairText().startsWith(QStringLiteral("k = 7 ")),
            qPrintable(walk.view("spectrum")->crosshairText()));
        hand.press(Qt::Key_Return);
        QCOMPARE(walk.experiment().analysis.peaks(), (std::vector<std::size_t> {1, 3, 5, 7, 9, 11}));
        QVERIFY(hand.count() <= 6);
    }

    void t5ByMouse()
    {
        Walk walk;
        learnThreeSines(walk);
        walk.settle();
        Hand hand(walk.window());
        auto& track = walk.window().findChild<TimelineStrip*>()->track();
        const int line = qRound(track.xOf(captured(walk, 1)));
        for (const int beside : {-5, 0, 5}) { // the flag is meant, not the step under the pointer
            walk.experiment().timeline.goLive();
            hand.startCounting();
            hand.clickAt(&track, {line + beside, track.height() / 3});
            QCOMPARE(walk.experiment().timeline.step(), captured(walk, 1));
        }
        hand.click(walk.window().findChild<QWidget*>(QStringLiteral("timeline.bookmark")));
        hand.type(QStringLiteral("now k = 3"));
        hand.click(walk.window().findChild<QWidget*>(QStringLiteral("transport.live")));
        checkBookmark(walk);
        QVERIFY(hand.count() <= 4);
    }
    void t5ByKeyboard()
    {
        Walk walk;
        learnThreeSines(walk);
        Hand hand(walk.window());
        hand.press(Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(walk.experiment().timeline.step(), captured(walk, 2));
        hand.press(Qt::Key_Left, Qt::ControlModifier);
        hand.press(Qt::Key_B);
        QVERIFY(qobject_cast<QLineEdit*>(walk.window().focusWidget()));
        hand.type(QStringLiteral("now k = 3"));
        hand.press(Qt::Key_End);
        checkBookmark(walk);
        QVERIFY(hand.count() <= 4);
    }

    void t6ByMouse()
    {
        Walk walk;
        learnThreeSines(walk);
        Hand hand(walk.window());
        PlotView* map = walk.view("heatmap");
        hand.click(&map->findChild<PlotHeader*>()->maximiseButton());
        hand.click(walk.window().findChild<QWidget*>(QStringLiteral("transport.present")));
        checkOnlyTheMap(walk);
        auto& track = walk.window().findChild<TimelineStrip*>()->track();
        hand.clickAt(&track, {qRound(track.xOf(captured(walk, 0))), track.height() / 3});
        QCOMPARE(walk.experiment().timeline.step(), captured(walk, 0));
        hand.click(walk.window().findChild<QWidget*>(QStringLiteral("transport.present")));
        QVERIFY(!walk.window().isPresenting());
        QVERIFY(hand.count() <= 4);
    }
    void t6ByKeyboard()
    {
        Walk walk;
        learnThreeSines(walk);
        walk.experiment().timeline.setStep(0);
        Hand hand(walk.window());
        hand.press(Qt::Key_F5);
        hand.press(Qt::Key_4);
        checkOnlyTheMap(walk);
        hand.press(Qt::Key_PageDown);
        QCOMPARE(walk.experiment().timeline.step(), captured(walk, 0));
        hand.press(Qt::Key_Escape);
        QVERIFY(!walk.window().isPresenting());
        QVERIFY(hand.count() <= 4);
    }

    void t8ByMouse()
    {
        Walk walk;
        diverge(walk);
        Hand hand(walk.window());
        hand.click(button(walk.window(), QStringLiteral("Retry with rate 1")));
        QCOMPARE(*learningRate(walk.experiment()), 1.0);
        checkFinite(walk);
        QVERIFY(hand.count() <= 2);
    }
    void t8ByKeyboard()
    {
        Walk walk;
        diverge(walk);
        Hand hand(walk.window());
        auto* banner = walk.window().findChild<Banner*>();
        hand.press(Qt::Key_F6);
        QVERIFY2(
            banner->isAncestorOf(walk.window().focusWidget()), qPrintable(walk.window().focusWidget()->objectName()));
        hand.press(Qt::Key_Space); // the first way out: back, without the change
        QVERIFY(*learningRate(walk.experiment()) < 1);
        checkFinite(walk);
        QVERIFY(hand.count() <= 2);
    }

    void t9ByMouse()
    {
        HandoffWindow opened(300);
        MainWindow& window = opened.window;
        QVERIFY(opened.finish());
        auto* handoff = opened.view("handoff");
        handoff->restoreViewState({{QStringLiteral("cost"), QStringLiteral("sweeps")}}); // the repeatable cost
        QTRY_VERIFY(HandoffWindow::action(handoff));
        Hand hand(window);
        hand.click(HandoffWindow::action(handoff));
        QVERIFY(handoffOf(window.experiment().lab()).isSweeping());
        QVERIFY(Walk::await([&] { return !handoffOf(window.experiment().lab()).isSweeping(); }));
        const auto trials = handoffOf(window.experiment().lab()).trials();
        QCOMPARE(trials.size(), handoffOf(window.experiment().lab()).sweepSteps().size());
        const auto best
            = std::ranges::min_element(trials, {}, [](const HandoffTrial& trial) { return trial.reached->sweeps; });
        QVERIFY(best->step > 0 && best->reached->sweeps < trials.front().reached->sweeps / 2);
        QTRY_VERIFY(HandoffWindow::action(handoff)->text().startsWith(QStringLiteral("Use M = ")));
        hand.click(HandoffWindow::action(handoff));
        QTRY_COMPARE_WITH_TIMEOUT(window.experiment().run.state(), RunState::Finished, 30000);
        QCOMPARE(opened.pde().handoffStep, best->step);
        QCOMPARE(window.experiment().run.liveStep(), best->reached->step); // what the sweep promised
        QVERIFY(hand.count() + 1 <= 4); // and the card's own button
    }
    void t9ByKeyboard()
    {
        HandoffWindow opened(100);
        MainWindow& window = opened.window;
        QVERIFY(opened.finish());
        opened.view("handoff")->restoreViewState({{QStringLiteral("cost"), QStringLiteral("sweeps")}});
        Hand hand(window);
        hand.press(Qt::Key_M);
        QVERIFY(handoffOf(window.experiment().lab()).isSweeping());
        QVERIFY(Walk::await([&] { return !handoffOf(window.experiment().lab()).isSweeping(); }));
        hand.press(Qt::Key_M);
        QTRY_VERIFY(opened.pde().handoffStep != 100);
        QTRY_COMPARE_WITH_TIMEOUT(window.experiment().run.state(), RunState::Finished, 30000);
        QVERIFY(hand.count() + 2 <= 4); // the card, and its run
    }

private:
    static void checkOnlyTheMap(Walk& walk)
    {
        QVERIFY(walk.window().isPresenting());
        walk.window().setWindowState(Qt::WindowNoState); // a projector's size on any test screen
        walk.window().resize(1280, 720);
        walk.settle();
        QCOMPARE(walk.window().findChild<ViewGrid*>()->shown(), std::vector<PlotView*> {walk.view("heatmap")});
    }
    static void diverge(Walk& walk)
    {
        walk.open("three-sines");
        walk.trainTo(300);
        auto* rate = walk.window().findChild<QLineEdit*>(QStringLiteral("optimizer.learning_rate"));
        QVERIFY(rate);
        rate->setFocus();
        rate->selectAll();
        QTest::keyClicks(rate, QStringLiteral("10"));
        QTest::keyClick(rate, Qt::Key_Return);
        walk.experiment().run.resume();
        QVERIFY(Walk::await([&] { return walk.experiment().run.state() == RunState::Diverged; }));
        const auto* banner = walk.window().findChild<Banner*>();
        QVERIFY2(banner->isVisible()
                && banner->text().startsWith(QLatin1String("Learning rate was changed from 0.001 to 10 at step")),
            qPrintable(banner->text()));
    }
    static void checkFinite(Walk& walk)
    {
        QVERIFY(Walk::await([&] {
            return walk.experiment().run.state() != RunState::Running
                && walk.experiment().run.state() != RunState::Diverged;
        }));
        for (const auto& channel : walk.experiment().run.history().back().samples)
            for (const double value : channel)
                QVERIFY(std::isfinite(value));
    }
};

QTEST_MAIN(TstTasks)
#include "tst_tasks.moc"
