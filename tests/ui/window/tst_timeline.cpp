#include "core/kinds/fit_curve/kind.h"
#include "ui/text/passage_words.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/toast.h"
#include "ui/window/timeline_strip.h"
#include "ui/window/transport_bar.h"

#include "ui/lab_fixture.h"

#include <QAccessibleInterface>
#include <QButtonGroup>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QToolButton>
#include <QWheelEvent>

using namespace fplab;
using namespace fplab::test;

namespace {

QString q(const char* text) { return QString::fromUtf8(text); }

ExperimentSpec smallSpec()
{
    ExperimentSpec spec;
    auto& fit = specOf<FitCurveSpec>(spec.problem);
    fit.target.formula = "sin(x)+0.5*sin(3*x)";
    fit.sampling.count = 41;
    fit.network.hidden = {30};
    fit.network.init.std = 0.5;
    fit.optimizer.learningRate = 0.02;
    fit.stop.steps = 300;
    return spec;
}

} // namespace

class TstTimeline : public QObject {
    Q_OBJECT

    std::unique_ptr<LabFixture> f;
    std::unique_ptr<TimelineStrip> strip;

    TimelineTrack& track() const { return strip->track(); }
    void finish() const
    {
        f->run.resume();
        QVERIFY(QTest::qWaitFor([this] { return f->run.state() == RunState::Finished; }, 20000));
    }

private Q_SLOTS:
    void initTestCase() { loadFonts(); }
    void init()
    {
        f = std::make_unique<LabFixture>();
        strip = std::make_unique<TimelineStrip>(f->lab);
        strip->resize(1100, 64);
        strip->show();
    }
    void cleanup()
    {
        strip.reset();
        f.reset();
    }

    void emptyAndReady()
    {
        QCOMPARE(track().valueText(), q("nothing recorded"));
        QVERIFY(!strip->findChild<QPushButton*>(q("timeline.bookmark"))->isEnabled());
        QTest::keyClick(&track(), Qt::Key_B); // nothing to mark, no crash
        QVERIFY(f->timeline.bookmarks().empty());
        f->open(smallSpec());
        QCOMPARE(track().valueText(), q("live, step 0"));
        QVERIFY(strip->findChild<QPushButton*>(q("timeline.bookmark"))->isEnabled());
    }

    void axisGoesBothWays()
    {
        f->open(smallSpec());
        QCOMPARE(track().lastStep(), std::int64_t(300));
        for (const std::int64_t step : {0, 1, 2, 7, 33, 150, 300})
            QCOMPARE(track().stepAt(track().xOf(step)), step);
        QVERIFY(track().xOf(10) > track().xOf(1));
        QVERIFY(track().xOf(300) <= track().width());
        QCOMPARE(track().stepAt(-100), std::int64_t(0));
        QCOMPARE(track().stepAt(1e6), std::int64_t(300));
    }

    void keysMoveThePlayhead()
    {
        f->open(smallSpec());
        finish();
        QVERIFY(f->timeline.followsLive());
        const auto& history = f->run.history();
        QTest::keyClick(&track(), Qt::Key_Left);
        QCOMPARE(f->timeline.step(), history.at(history.size() - 2).step);
        QVERIFY(!f->timeline.followsLive());
        QTest::keyClick(&track(), Qt::Key_Left);
        QTest::keyClick(&track(), Qt::Key_Right);
        QCOMPARE(f->timeline.step(), history.at(history.size() - 2).step);
        QTest::keyClick(&track(), Qt::Key_Home);
        QCOMPARE(f->timeline.step(), std::int64_t(0));
        QVERIFY(track().valueText().startsWith(q("step 0, training is at 300")));
        QTest::keyClick(&track(), Qt::Key_End);
        QVERIFY(f->timeline.followsLive());
    }

    void controlArrowsVisitTheFlags()
    {
        f->open(smallSpec());
        finish();
        std::vector<std::int64_t> captures;
        for (const Passage& passage : f->analysis.passages())
            if (passage.firstBelow)
                captures.push_back(*passage.firstBelow);
        QVERIFY(!captures.empty()); // the run is made so that peaks are captured
        QTest::keyClick(&track(), Qt::Key_Left, Qt::ControlModifier);
        const std::int64_t flag = track().flags().back();
        QCOMPARE(f->timeline.step(), flag);
        QVERIFY2(track().valueText().contains(q("captured at step ")), qPrintable(track().valueText()));
        const auto& history = f->run.history();
        std::int64_t between = 2;
        while (history.at(history.indexAt(between)).step == between)
            ++between;
        QVERIFY(between < 300);
        f->timeline.setBookmark(between, q("between two records"));
        std::vector<std::int64_t> shown;
        for (const std::int64_t step : track().flags())
            shown.push_back(history.at(history.indexAt(step)).step);
        QTest::keyClick(&track(), Qt::Key_Home);
        std::vector<std::int64_t> visited;
        for (std::size_t i = 0; i < 20 && !f->timeline.followsLive(); ++i) {
            QTest::keyClick(&track(), Qt::Key_Right, Qt::ControlModifier);
            if (!f->timeline.followsLive())
                visited.push_back(f->timeline.step());
        }
        QVERIFY(f->timeline.followsLive());
        QCOMPARE(visited, shown);
    }

    void bookmarkWithANote()
    {
        f->open(smallSpec());
        finish();
        f->timeline.setStep(20);
        const std::int64_t step = f->timeline.step();
        QTest::keyClick(&track(), Qt::Key_B);
        auto* note = strip->findChild<QLineEdit*>(q("timeline.note"));
        QVERIFY(note->isVisible());
        QCOMPARE(f->timeline.bookmarks().size(), std::size_t(1)); // there at once, also without a note
        QTest::keyClicks(note, q("k=1 is done"));
        QTest::keyClick(note, Qt::Key_Return);
        QVERIFY(!note->isVisible());
        QCOMPARE(f->timeline.bookmarks().front(), (Bookmark {step, q("k=1 is done")}));
        QVERIFY2(track().valueText().contains(q("k=1 is done")), qPrintable(track().valueText()));

        // The walk-through: B, type, End. End goes on to live and keeps the note.
        f->timeline.setStep(100);
        strip->findChild<QPushButton*>(q("timeline.bookmark"))->click();
        QTest::keyClicks(note, q("late"));
        QTest::keyClick(note, Qt::Key_End);
        QVERIFY(f->timeline.followsLive());
        QCOMPARE(f->timeline.bookmarks().back().note, q("late"));

        f->timeline.setStep(step);
        QTest::keyClick(&track(), Qt::Key_Delete);
        QCOMPARE(f->timeline.bookmarks().size(), std::size_t(1));
    }

    void mouseAndWheel()
    {
        f->open(smallSpec());
        finish();
        QTest::mouseClick(&track(), Qt::LeftButton, {}, QPoint(qRound(track().xOf(30)), 43));
        QVERIFY(std::abs(f->timeline.step() - 30) <= 2);
        const int before = f->timeline.index();
        const auto turn = [this](int delta) {
            QWheelEvent wheel(
                QPointF(5, 5), track().mapToGlobal(QPointF(5, 5)), {}, {0, delta}, {}, {}, Qt::NoScrollPhase, false);
            QApplication::sendEvent(&track(), &wheel);
        };
        turn(120);
        QCOMPARE(f->timeline.index(), before - 1);
        turn(-120);
        QCOMPARE(f->timeline.index(), before);
        QTest::mousePress(&track(), Qt::LeftButton, {}, QPoint(qRound(track().xOf(30)), 43));
        QTest::mouseMove(&track(), QPoint(track().width() - 1, 43));
        QTest::mouseRelease(&track(), Qt::LeftButton, {}, QPoint(track().width() - 1, 43));
        QVERIFY(f->timeline.followsLive());
    }

    /// What is clicked is what is meant: a flag's words and 8 pixels beside its line go to the flag.
    void clicksOnFlagsGoToTheirSteps()
    {
        f->open(smallSpec());
        finish();
        f->timeline.setBookmark(f->run.history().at(6).step, q("early"));
        const auto flags = track().placedFlags();
        QVERIFY(flags.size() >= 2);
        const auto click = [this](QPointF at) {
            f->timeline.setStep(0);
            QTest::mouseClick(&track(), Qt::LeftButton, {}, at.toPoint());
            return f->timeline.step();
        };
        for (const TimelineFlag& flag : flags) {
            if (!flag.label.isNull()) {
                QCOMPARE(click(flag.label.center()), flag.step);
                QCOMPARE(click(QPointF(flag.label.left() + 2, flag.label.center().y())), flag.step);
            }
            for (const double dx : {-7.0, 0.0, 7.0}) {
                const auto nearer = [&](const TimelineFlag& other) {
                    return other.step != flag.step
                        && (std::abs(other.x - flag.x - dx) <= std::abs(dx) || other.label.contains(flag.x + dx, 40));
                };
                if (std::ranges::none_of(flags, nearer))
                    QCOMPARE(click({flag.x + dx, 40}), flag.step);
            }
        }
        // Anywhere else the step under the pointer, also below the track beside a line.
        const std::int64_t between = f->run.history().at(2).step;
        QVERIFY(!track().flagAt({track().xOf(between), 43}));
        QCOMPARE(click({track().xOf(between), 43}), between);
        QCOMPARE(click({flags.back().x + 5, 60}),
            f->run.history().at(f->run.history().indexAt(track().stepAt(flags.back().x + 5))).step);
    }

    void theHandShowsAFlagAndADragLeavesIt()
    {
        f->open(smallSpec());
        finish();
        const auto flags = track().placedFlags();
        const auto flag = std::ranges::find_if(flags, [](const TimelineFlag& other) { return !other.label.isNull(); });
        QVERIFY(flag != flags.end());
        const std::int64_t early = f->run.history().at(2).step;
        const QPointF label = flag->label.center(), away(track().xOf(early), 43);
        const auto move = [this](QPointF to, Qt::MouseButtons buttons) {
            QMouseEvent event(QEvent::MouseMove, to, track().mapToGlobal(to), Qt::NoButton, buttons, {});
            QApplication::sendEvent(&track(), &event);
        };
        move(label, {});
        QCOMPARE(track().cursor().shape(), Qt::PointingHandCursor);
        QTest::mousePress(&track(), Qt::LeftButton, {}, label.toPoint());
        move(label + QPointF(2, 1), Qt::LeftButton); // a hand that trembles
        QCOMPARE(f->timeline.step(), flag->step);
        QCOMPARE(track().cursor().shape(), Qt::PointingHandCursor);
        move(away, Qt::LeftButton);
        QCOMPARE(f->timeline.step(), early);
        QTest::mouseRelease(&track(), Qt::LeftButton, {}, away.toPoint());
        move(away, {});
        QCOMPARE(track().cursor().shape(), Qt::ArrowCursor);
    }

    void labelsKeepApartAndSayTheirStep_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<double>("text");
        QTest::addColumn<bool>("projector");
        QTest::newRow("normal") << 900 << 1.0 << false;
        QTest::newRow("large text") << 900 << 1.5 << false;
        QTest::newRow("low window") << 560 << 1.0 << false;
        QTest::newRow("presented") << 500 << 1.8 << true;
    }
    void labelsKeepApartAndSayTheirStep()
    {
        QFETCH(const int, width);
        QFETCH(const double, text);
        QFETCH(const bool, projector);
        const Theme theme = makeTheme(projector ? ThemeKind::Projector : ThemeKind::Light, text);
        const double height = (projector ? 70 : 64) * text, scale = height / 64;
        QFont font = theme.smallFont(0.82);
        font.setWeight(QFont::DemiBold);
        const auto flag = [](TimelineFlag::Kind kind, std::int64_t step, std::vector<TimelineFlag::Peak> peaks) {
            return TimelineFlag {
                .kind = kind, .step = step, .peaks = std::move(peaks), .text = {}, .label = {}, .pieces = {}};
        };
        using Kind = TimelineFlag::Kind;
        const FlagRoom room {.width = static_cast<double>(width),
            .top = 2,
            .bottom = 34 * scale,
            .marker = 7 * scale,
            .markTop = 25 * scale,
            .markWidth = 10 * scale,
            .font = font,
            .xOf = [&](std::int64_t step) {
                return 18 + std::log1p(static_cast<double>(step)) / std::log1p(2000.0) * (width - 36);
            }};
        std::vector<std::vector<TimelineFlag>> cases {
            {flag(Kind::Below, 8, {{1, 0}}), flag(Kind::Below, 1080, {{3, 1}}), flag(Kind::Below, 1647, {{5, 2}})},
            {flag(Kind::Below, 80, {{1, 0}}), flag(Kind::Below, 1080, {{3, 1}}), flag(Kind::Below, 1647, {{5, 2}}),
                flag(Kind::Touched, 8, {{1, 0}})},
            {flag(Kind::Below, 1, {{1, 0}, {3, 1}, {8, 2}})},
            {flag(Kind::Below, 1900, {{1, 0}}), flag(Kind::Below, 2000, {{3, 1}})}};
        for (auto& flags : cases) {
            layOutFlags(flags, room);
            for (const TimelineFlag& one : flags) {
                const QString name = QString::number(one.step);
                QVERIFY2(!one.label.isNull(), qPrintable(name));
                const QString words = QString(one.pieces.back().text).remove(QChar(0x202f));
                QVERIFY2(words.endsWith(name), qPrintable(words));
                QVERIFY(one.label.top() >= 2 && one.label.left() >= 0 && one.label.right() <= width
                    && one.label.bottom() <= 36 * scale);
                for (const TimelineFlag& other : flags)
                    if (&other != &one) {
                        QVERIFY2(!other.label.intersects(one.label), qPrintable(name));
                        QVERIFY2(other.x < one.label.left() || other.x > one.label.right()
                                || other.top >= one.label.bottom(),
                            qPrintable(name));
                    }
            }
        }
    }

    /// A dip that does not last is touched, and nothing is captured before the end.
    void aPassingDipIsTouched()
    {
        f->open(smallSpec());
        const PassageWords during {0.1, false}, after {0.1, true};
        const Passage dip {1, 1, 8, std::nullopt}, late {3, 3, 20, 1080}, never {5, 5, std::nullopt, std::nullopt};
        QCOMPARE(during.of(dip), q("touched at 8"));
        QCOMPARE(during.of(late), q("below 0.1 since 1\u202F080"));
        QCOMPARE(after.of(late), q("captured at 1\u202F080"));
        QCOMPARE(during.of(never), q("not yet"));
        QCOMPARE(
            after.of({dip, late, never}), q("k = 3 captured at 1\u202F080; k = 1 touched at 8; k = 5 not captured"));
        QCOMPARE(after.of({{1, 1, 1, 1}, {3, 3, 1, 1}}), q("k = 1, 3 captured at 1"));
        QVERIFY(!ascendingSoFar({dip, late, never})); // one shows no order
        QVERIFY(!ascendingSoFar({{1, 1, 1, 1}, {3, 3, 1, 1}})); // nor do two at once
        QVERIFY(ascendingSoFar({{1, 1, 1, 1}, {3, 3, 2, 2}, never}));
        QCOMPARE(orderInWords({{1, 1, 5, 5}, {3, 3, 2, 2}}), q("in reverse order"));
    }

    void allAtOnceIsSaid()
    {
        f->open(smallSpec());
        auto* verdict = strip->findChild<VerdictLine*>();
        AnalysisSpec settings;
        settings.threshold = 5; // all are below it at once
        f->analysis.setSettings(settings);
        finish();
        QCOMPARE(verdict->title(), q("All at once"));
        QVERIFY2(verdict->detail().startsWith(q("k = 1, 3 captured at 0")), qPrintable(verdict->detail()));
        QCOMPARE(track().flags(), std::vector<std::int64_t> {0});
    }

    void theRingIsForTheKeyboard()
    {
        f->open(smallSpec());
        finish();
        strip->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(strip.get()));
        const auto edge = [this] { return track().grab().toImage().pixelColor(track().width() / 2, 1).rgb(); };
        const QRgb ring = f->themes.theme().accent.rgb();
        strip->findChild<QPushButton*>(q("timeline.bookmark"))->setFocus();
        QTest::mouseClick(&track(), Qt::LeftButton, {}, QPoint(300, 60));
        QVERIFY(track().hasFocus());
        QVERIFY(edge() != ring);
        QTest::keyClick(&track(), Qt::Key_Left);
        QCOMPARE(edge(), ring);
    }

    void isASliderForAssistivePrograms()
    {
        f->open(smallSpec());
        finish();
        auto* face = QAccessible::queryAccessibleInterface(&track());
        QVERIFY(face);
        QCOMPARE(face->role(), QAccessible::Slider);
        QCOMPARE(face->text(QAccessible::Name), q("Timeline"));
        QCOMPARE(face->text(QAccessible::Value), track().valueText());
        QVERIFY(face->valueInterface());
        QCOMPARE(face->valueInterface()->maximumValue().toLongLong(), 300LL);
        face->valueInterface()->setCurrentValue(0);
        QCOMPARE(f->timeline.step(), std::int64_t(0));
        QCOMPARE(namelessWidgets(*strip).join(u'\n'), QString());
    }

    void verdictInWords()
    {
        auto* verdict = strip->findChild<VerdictLine*>();
        f->open(smallSpec());
        QCOMPARE(verdict->title(), q("Ready to train"));
        QCOMPARE(verdict->detail(), q("k = 1, 3 not yet"));
        finish();
        QVERIFY(verdict->detail().contains(q("captured at")));
        AnalysisSpec none;
        none.peaks = std::vector<int> {};
        f->analysis.setSettings(none);
        QCOMPARE(verdict->title(), q("No peaks are followed"));
    }

    void itIsPaintedAtEveryStage()
    {
        const QImage empty = strip->grab().toImage();
        f->open(smallSpec());
        finish();
        const QImage done = strip->grab().toImage();
        QVERIFY(empty != done);
        f->timeline.setStep(10);
        QVERIFY(strip->grab().toImage() != done);
        f->themes.setTheme(ThemeKind::Dark);
        QVERIFY(strip->grab().toImage().pixelColor(2, 60) != done.pixelColor(2, 60));
    }

    void transportButtonsAsk()
    {
        TransportBar bar(f->lab);
        bar.resize(1366, 44);
        bar.show();
        QVERIFY(!bar.findChild<QPushButton*>(q("transport.run"))->isEnabled());
        f->open(smallSpec());
        QSignalSpy runs(&bar, &TransportBar::runRequested), steps(&bar, &TransportBar::stepRequested),
            starts(&bar, &TransportBar::newStartRequested), presents(&bar, &TransportBar::presentRequested),
            exports(&bar, &TransportBar::exportRequested), lives(&bar, &TransportBar::liveRequested),
            resets(&bar, &TransportBar::resetRequested);
        const auto press = [&bar](const char* name) {
            auto* button = bar.findChild<QPushButton*>(q(name));
            QVERIFY2(button && button->isVisible(), name);
            button->click();
        };
        press("transport.run");
        press("transport.step");
        press("transport.new");
        press("transport.present");
        press("transport.export");
        QVERIFY(!bar.findChild<QPushButton*>(q("transport.live"))->isVisible());
        finish();
        f->timeline.setStep(0);
        press("transport.live");
        press("transport.reset");
        for (const QSignalSpy* spy : {&runs, &steps, &starts, &presents, &exports, &lives, &resets})
            QCOMPARE(spy->count(), 1);
        QCOMPARE(steps.first().first().toLongLong(), 1LL);
        QCOMPARE(namelessWidgets(bar).join(u'\n'), QString());
        QCOMPARE(clippedTexts(bar).join(u'\n'), QString());
    }

    void paces()
    {
        TransportBar bar(f->lab);
        bar.resize(1366, 44);
        f->open(smallSpec());
        Pace asked;
        connect(&bar, &TransportBar::paceRequested, this, [&asked](const Pace& pace) { asked = pace; });
        bar.findChild<QPushButton*>(q("transport.pace.2"))->click();
        QCOMPARE(asked.kind, Pace::Kind::Max);
        bar.setPace(Pace {Pace::Kind::Steady, 10, 1000});
        QVERIFY(bar.findChild<QPushButton*>(q("transport.pace.1"))->isChecked());
        QVERIFY(bar.findChild<QPushButton*>(q("transport.pace.1"))->text().contains(q("1\u202F000")));
    }

    void nothingMovesWhileTheRunGoesOn()
    {
        TransportBar bar(f->lab);
        bar.resize(1366, 44);
        bar.show();
        f->open(smallSpec());
        QTest::qWait(1);
        const auto places = [&bar] {
            QList<QRect> rects;
            for (const char* name : {"transport.reset", "transport.run", "transport.step", "transport.pace.0",
                     "transport.new", "transport.present", "transport.export"})
                rects.append(bar.findChild<QWidget*>(q(name))->geometry());
            return rects;
        };
        const auto before = places();
        auto* chip = bar.findChild<StateChip*>();
        QCOMPARE(chip->text(), q("Ready"));
        f->run.setPace(Pace {Pace::Kind::Steady, 10, 100});
        f->run.resume();
        QTRY_VERIFY(f->run.state() == RunState::Running && f->run.liveStep() > 3);
        QCOMPARE(bar.findChild<QPushButton*>(q("transport.run"))->text(), q("Pause"));
        QVERIFY(chip->text().startsWith(q("Running · step ")));
        QCOMPARE(places(), before);
        f->timeline.setStep(0);
        QTest::qWait(1);
        QVERIFY2(chip->text().startsWith(q("Viewing 0 of ")), qPrintable(chip->text()));
        QCOMPARE(places(), before);
        f->run.setPace(Pace {Pace::Kind::Max});
        finish();
        f->timeline.goLive();
        QTest::qWait(1);
        QCOMPARE(chip->text(), q("Stopped at 300 steps, k = 3 not captured"));
        QCOMPARE(places(), before);
        QCOMPARE(bar.findChild<QPushButton*>(q("transport.run"))->text(), q("Train on"));
        QVERIFY(bar.findChild<QPushButton*>(q("transport.again"))->isVisible());
        QVERIFY(!bar.findChild<QPushButton*>(q("transport.step"))->isVisible());
        QCOMPARE(clippedTexts(bar).join(u'\n'), QString());
    }

    void wordsGiveWayWhereThereIsNoRoom_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<double>("scale");
        for (const int width : {1024, 1280, 1366, 1920})
            for (const double scale : {1.0, 1.5, 1.8, 2.0})
                QTest::addRow("%d at %.1f", width, scale) << width << scale;
    }
    void wordsGiveWayWhereThereIsNoRoom()
    {
        QFETCH(int, width);
        QFETCH(double, scale);
        f->themes.setTheme(ThemeKind::Light, scale);
        const auto normal = qScopeGuard([this] { f->themes.setTheme(ThemeKind::Light); });
        TransportBar bar(f->lab);
        bar.setEarlier(2);
        bar.resize(width, bar.height());
        bar.show();
        f->open(smallSpec());
        f->run.setPace(Pace {Pace::Kind::Max});
        f->run.resume();
        finish();
        f->timeline.setStep(100);
        QTest::qWait(1);
        const auto* chip = bar.findChild<StateChip*>();
        QCOMPARE(clippedTexts(bar).join(u'\n'), QString());
        QCOMPARE(namelessWidgets(bar).join(u'\n'), QString());
        for (const auto* button : bar.findChildren<QPushButton*>()) {
            if (!button->isVisible())
                continue;
            QVERIFY2(bar.rect().contains(QRect(button->mapTo(&bar, QPoint()), button->size())),
                qPrintable(button->objectName()));
            QVERIFY2(!button->text().isEmpty() || !button->icon().isNull(), qPrintable(button->objectName()));
        }
        if (width >= 1280 || scale == 1) // the state is told in whole, also to an audience
            QVERIFY2(chip->width() >= chip->sizeHint().width(), qPrintable(chip->text()));
        if (width == 1024 || scale == 1)
            QCOMPARE(bar.findChild<QPushButton*>(q("transport.export"))->text().isEmpty(), width == 1024);
    }

    void bannerRunsItsActions()
    {
        Banner banner(f->themes);
        int retried = 0;
        banner.show(q("Training diverged"), q("Everything up to step 212 is kept."),
            {{q("Retry"), [&retried] { ++retried; }}, {q("Back"), [] {}}});
        QVERIFY(banner.isVisible());
        QCOMPARE(banner.title(), q("Training diverged"));
        QCOMPARE(namelessWidgets(banner).join(u'\n'), QString());
        banner.findChild<QPushButton*>(q("banner.0"))->click();
        QCOMPARE(retried, 1);
        QVERIFY(!banner.isVisible());
    }

    /// What is kept from frame to frame must not outlive the records it came from.
    void showsTheSameAsOneThatIsNew()
    {
        const auto same = [this](const char* when) {
            TimelineStrip fresh(f->lab);
            fresh.resize(strip->size());
            fresh.show();
            QVERIFY2(strip->track().grab().toImage() == fresh.track().grab().toImage(), when);
        };
        f->open(smallSpec());
        same("at the start");
        finish();
        const QImage whole = track().grab().toImage();
        same("at the end");
        f->run.setHistoryBudget(f->run.history().bytes() / 8);
        QVERIFY(f->run.history().stride() > 1);
        same("thinned");
        const_cast<History&>(f->run.history()).truncateAfter(20); // as its runner does
        same("cut");
        QVERIFY(track().grab().toImage() != whole);
        ExperimentSpec other = smallSpec();
        other.seed = 7;
        f->open(other);
        same("another run at its start");
        finish();
        same("another run");
    }

    void aToastIsWithdrawnOnlyIfItIsStillThere()
    {
        QWidget window;
        window.resize(800, 600);
        Toast toast(f->themes, &window);
        window.show();
        toast.show(q("Changed"));
        toast.show(q("Copied"));
        toast.withdraw(q("Changed"));
        QVERIFY(toast.isVisible());
        toast.withdraw(q("Copied"));
        QVERIFY(!toast.isVisible());
    }

    void toastStaysSixSeconds()
    {
        QWidget window;
        window.resize(800, 600);
        Toast toast(f->themes, &window);
        window.show();
        toast.show(q("Copied"));
        QVERIFY(toast.isVisible());
        QVERIFY(toast.remaining() > 5500);
        QVERIFY(window.rect().contains(toast.geometry()));
        QVERIFY(toast.y() > 400);
        toast.findChild<QToolButton*>(q("toast.close"))->click();
        QVERIFY(!toast.isVisible());
    }
};

QTEST_MAIN(TstTimeline)
#include "tst_timeline.moc"
