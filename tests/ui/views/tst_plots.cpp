#include "core/kinds/fit_curve/kind.h"
#include "support/small_lab.h"
#include "ui/views/delta_view.h"
#include "ui/views/line_series.h"
#include "ui/views/name_places.h"
#include "ui/views/output_view.h"
#include "ui/views/paint.h"
#include "ui/views/plot_header.h"
#include "ui/views/qcp.h"
#include "ui/views/scales.h"
#include "ui/views/spectrum_view.h"
#include "ui/views/view_table.h"
#include "ui/views/views.h"

#include <QAccessible>
#include <QClipboard>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

using namespace fplab;

namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

/// Shown offscreen and up to date.
void open(PlotView& view, QSize size = {539, 272})
{
    view.resize(size);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.refreshNow();
}

QPoint pixelOf(const PlotView& view, double x, double y)
{
    return QPointF(view.plot().xAxis->coordToPixel(x), view.plot().yAxis->coordToPixel(y)).toPoint();
}

} // namespace

class TstPlots : public QObject {
    Q_OBJECT

    static void eachKind()
    {
        QTest::addColumn<bool>("equation");
        QTest::newRow("fit") << false;
        QTest::newRow("equation") << true;
    }

private Q_SLOTS:
    void initTestCase() { loadFonts(); }

    void reducedCurveKeepsExtremesAndGaps()
    {
        LineSeries series;
        for (int i = 0; i < 10000; ++i)
            series.append(i, i == 5003 ? 1e6 : std::sin(i * 0.7));
        const auto reduced = series.reduced(0, 9999, 100);
        QVERIFY(reduced.size() <= 202);
        QVERIFY(std::ranges::any_of(reduced, [](QPointF p) { return p == QPointF(5003, 1e6); }));
        QVERIFY(std::ranges::is_sorted(reduced, {}, &QPointF::x));

        LineSeries gaps;
        for (const double y : {1.0, gap, 2.0})
            gaps.append(static_cast<double>(gaps.size()), y);
        const auto whole = gaps.reduced(-1, 3, 1); // all in one column: the gap must survive
        QCOMPARE(whole.size(), 3);
        QVERIFY(std::isnan(whole[1].y()));
    }

    void reducedCurveGrowsAsIfMadeAtOnce()
    {
        LineSeries grown, once;
        for (int i = 0; i < 500; ++i) {
            grown.append(i * 0.01, std::cos(i * 1.3));
            once.append(i * 0.01, std::cos(i * 1.3));
            (void)grown.reduced(1, 4, 40);
        }
        QCOMPARE(grown.reduced(1, 4, 40), once.reduced(1, 4, 40));
        QVERIFY(once.reduced(1, 4, 40).front().x() < 1); // one point beyond each end, so that the line goes on
        QVERIFY(once.reduced(1, 4, 40).back().x() > 4);
    }

    void stepAxisHasZeroAndKeepsSteps()
    {
        for (const bool logarithmic : {true, false}) {
            const StepScale scale {logarithmic};
            for (const std::int64_t step : {0, 1, 2, 3, 10, 999, 123456})
                QCOMPARE(scale.step(scale.coordinate(static_cast<double>(step))), step);
            QVERIFY(scale.coordinate(0) < scale.coordinate(1));
        }
    }

    void ticksOfPi()
    {
        QVERIFY(isPiRange(-3.14, 3.14));
        QVERIFY(isPiRange(0, 2 * std::numbers::pi));
        QVERIFY(!isPiRange(-1, 1));
        PiTicker ticker;
        QVector<double> ticks;
        QVector<QString> labels;
        ticker.generate(QCPRange(-3.14, 3.14), QLocale::c(), QLatin1Char('g'), 6, ticks, nullptr, &labels);
        const QVector<QString> wanted {QStringLiteral("−π"), QStringLiteral("−π/2"), QStringLiteral("0"),
            QStringLiteral("π/2"), QStringLiteral("π")};
        QCOMPARE(labels, wanted);
    }

    void numbersArePlain()
    {
        QCOMPARE(formatNumber(200, 2), QStringLiteral("200")); // not 2e+02
        QCOMPARE(formatNumber(130.4, 2), QStringLiteral("130"));
        QCOMPARE(formatNumber(-123456, 3), QStringLiteral("−123000"));
        QCOMPARE(formatNumber(3.4e9, 3), QStringLiteral("3.4·10⁹"));
        QCOMPARE(formatNumber(1e-6, 3), QStringLiteral("10⁻⁶"));
        QCOMPARE(formatNumber(0.25, 3), QStringLiteral("0.25"));
        LogTicker ticker;
        QVector<double> ticks;
        QVector<QString> labels;
        ticker.setWanted(12);
        ticker.generate(QCPRange(-0.1, 3.05), QLocale::c(), QLatin1Char('g'), 6, ticks, nullptr, &labels);
        QVERIFY(labels.contains(QStringLiteral("200")) && labels.contains(QStringLiteral("1000")));
    }

    void namesStandOffTheLines()
    {
        NamePlaces places(QRectF(0, 0, 400, 300));
        const QVector<QPointF> falling {{0, 10}, {150, 40}, {200, 250}}, later {{0, 10}, {250, 40}, {300, 250}};
        places.addLine(falling);
        places.addLine(later);
        places.addLevel(250);
        const auto touches = [](const QVector<QPointF>& line, const QRectF& box) {
            for (qsizetype i = 1; i < line.size(); ++i)
                for (int part = 0; part <= 500; ++part)
                    if (box.contains(line[i - 1] + (line[i] - line[i - 1]) * part / 500.0))
                        return true;
            return false;
        };
        const auto first = places.beside(0, {70, 14}, 6), second = places.beside(1, {70, 14}, 6),
                   level = places.along(250, {90, 14}, true, true);
        QVERIFY(first && second && level);
        QVERIFY(!first->intersects(*second) && !first->intersects(*level) && !second->intersects(*level));
        for (const QRectF& box : {*first, *second, *level})
            QVERIFY(!touches(falling, box) && !touches(later, box) && !(box.top() < 250 && 250 < box.bottom()));
        NamePlaces full(QRectF(0, 0, 50, 10));
        full.addLine({{0, 5}, {50, 5}});
        QVERIFY(!full.beside(0, {70, 14}, 6)); // no room is said, not taken
    }

    void labelsOfAnAxisAreDifferentAndShort_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<QString>("note");
        const auto row = [](const char* name, double low, double high, const QString& note = {}) {
            QTest::newRow(name) << low << high << note;
        };
        row("one", -1, 1);
        row("small", -0.08, 0.09);
        row("thousands", 0, 25000);
        row("millions", 0, 2.5e6, QStringLiteral("×10⁶"));
        row("thousandths", -2e-5, 3e-5, QStringLiteral("×10⁻⁶"));
        row("seconds since 1970", 1.6e9, 1.6e9 + 8, QStringLiteral("+1600000000"));
        row("just below", 1.6e9 - 4, 1.6e9 + 43, QStringLiteral("+1600000000"));
        row("before that", -1.6e9 - 8, -1.6e9, QStringLiteral("−1600000000"));
        row("their parts", 1.6e9 + 2, 1.6e9 + 2.002, QStringLiteral("+1600000002"));
        row("about 5", 5 - 1e-6, 5 + 1e-6, QStringLiteral("×10⁻⁶ +5"));
        row("a zoom", 3.14159, 3.14161, QStringLiteral("×10⁻⁶ +3.1416"));
        row("at the end of what doubles tell apart", 1e15, 1e15 + 4, QStringLiteral("+1000000000000000"));
        row("the same", 1.6e9, 1.6e9 + 1e-6);
        row("huge", 1e300, 1e300 + 1e290);
    }
    void labelsOfAnAxisAreDifferentAndShort()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(QString, note);
        NumberTicker numbers;
        const StepScale linear {false}, logarithmic {true};
        StepTicker steps(linear), logSteps(logarithmic);
        LogTicker log;
        PiTicker pi;
        numbers.setLongest(6);
        const auto check = [](Ticker& ticker, const QCPRange& range) {
            QVector<double> ticks;
            QVector<QString> labels;
            ticker.generate(range, QLocale::c(), QLatin1Char('g'), 6, ticks, nullptr, &labels);
            QCOMPARE(ticks.size(), labels.size());
            const std::set<QString> different(labels.begin(), labels.end());
            QVERIFY2(different.size() == std::size_t(labels.size()),
                qPrintable(QStringList(labels.begin(), labels.end()).join(QLatin1Char(' '))));
            for (const QString& label : labels)
                QVERIFY2(label.size() <= 9, qPrintable(label));
        };
        check(numbers, {low, high});
        check(pi, {low, high});
        if (!note.isEmpty() || std::max(-low, high) < 1e5)
            QCOMPARE(numbers.note({low, high}).remove(QChar(0x202F)), note);
        if (low > 0) {
            check(log, {std::log10(low), std::log10(high)});
            if (high < 1e12) {
                check(steps, {low, high});
                check(logSteps, {std::log10(low), std::log10(high)});
            }
        }
    }

    void aReadoutTellsPointsOfItsRangeApart()
    {
        const QCPRange seconds(1.6e9, 1.6e9 + 10);
        QCOMPARE(formatWithin(1.6e9 + 3.25, seconds), QStringLiteral("1600000003.25"));
        QVERIFY(formatWithin(1.6e9 + 3.25, seconds) != formatWithin(1.6e9 + 3.26, seconds));
        QCOMPARE(formatWithin(0.123456, {-1, 1}), QStringLiteral("0.1235"));
        QCOMPARE(formatWithin(0, {-1, 1}), QStringLiteral("0"));
    }

    void aLargeOffsetStandsAtItsAxis()
    {
        SmallLab lab;
        ExperimentSpec spec = SmallLab::spec();
        DataSpec data;
        SampleMatrix inputs {40, 1, {}}, targets {40, 1, {}};
        for (int i = 0; i < 40; ++i) {
            inputs.values.push_back(1.6e9 + i);
            targets.values.push_back(2e9 + std::sin(0.3 * i));
        }
        data.inputs = inputs;
        data.targets = targets;
        specOf<FitCurveSpec>(spec.problem).data = data;
        lab.load(spec);
        OutputView view(lab.lab);
        open(view);
        QVERIFY2(view.plot().xAxis->label().contains(QStringLiteral("(+1\u202F600\u202F000\u202F000)")),
            qPrintable(view.plot().xAxis->label()));
        const int top = view.plot().axisRect()->margins().top();
        lab.load(); // no offset: no line for it
        view.refreshNow();
        QCOMPARE(view.plot().xAxis->label(), QStringLiteral("x"));
        QVERIFY(view.plot().axisRect()->margins().top() < top);
    }

    void viewsWithoutRunSayWhatToDo()
    {
        SmallLab lab;
        for (PlotView* view : makeViews(lab.lab, nullptr)) {
            const std::unique_ptr<PlotView> owner(view);
            open(*view);
            QVERIFY(!view->summary().isEmpty());
            QVERIFY(view->table().rows.isEmpty());
            QVERIFY(!view->plot().axisRect()->visible());
        }
    }

    void viewsFollowTheRun_data() { eachKind(); }
    void viewsFollowTheRun()
    {
        QFETCH(bool, equation);
        SmallLab lab;
        lab.load(equation ? SmallLab::equation() : SmallLab::spec());
        std::set<QString> ids;
        const auto views = lab.views();
        std::map<QString, QString> before;
        for (const auto& view : views) {
            open(*view);
            ids.insert(view->id());
            before[view->id()] = view->summary();
            QVERIFY(view->plot().axisRect()->visible());
            QVERIFY(!view->equation().isEmpty());
        }
        QCOMPARE(ids.size(), views.size());
        lab.trainTo(200);
        for (const auto& view : views) {
            view->refreshNow();
            QVERIFY2(view->summary() != before[view->id()], qPrintable(view->id()));
            const ViewTable table = view->table();
            QVERIFY(!table.rows.isEmpty());
            for (const auto& row : table.rows)
                QCOMPARE(row.size(), table.columns.size());
            QVERIFY(view->lastFrameMs() > 0);
        }
    }

    void tablesHoldTheRecordedNumbers()
    {
        SmallLab lab;
        lab.load();
        lab.trainTo(100);
        const History& history = lab.run.history();
        OutputView output(lab.lab);
        const auto& sample = history.back().samples[lab.run.channelIndex(Role::Output)];
        const ViewTable outputs = output.table();
        for (std::size_t i = 0; i < sample.size(); ++i)
            QCOMPARE(outputs.rows[i][2], sample[i]);
        DeltaView delta(lab.lab);
        const ViewTable errors = delta.table();
        QCOMPARE(errors.rows.size(), history.size());
        QCOMPARE(errors.columns.size(), 1 + static_cast<qsizetype>(lab.analysis.peaks().size()));
        for (std::size_t i = 0; i < history.size(); ++i) {
            QCOMPARE(errors.rows[i][0], static_cast<double>(history.at(i).step));
            QCOMPARE(errors.rows[i][1], lab.analysis.series(0)[i]);
        }
        // The playhead decides what the spectrum shows.
        SpectrumView spectrum(lab.lab);
        lab.timeline.setStep(0);
        QCOMPARE(spectrum.table().rows[3][3], lab.analysis.amplitudesAt(0)[3]);
        lab.timeline.goLive();
        QCOMPARE(spectrum.table().rows[3][3], lab.analysis.amplitudesAt(history.size() - 1)[3]);
    }

    void clickOnAPeakAsksToFollowIt()
    {
        SmallLab lab;
        ExperimentSpec spec = SmallLab::spec();
        specOf<FitCurveSpec>(spec.problem).analysis.peaks = std::vector<int> {1};
        lab.load(spec);
        SpectrumView view(lab.lab);
        open(view);
        QSignalSpy asked(&view, &PlotView::peakToggleRequested);
        view.setActive(false); // one click always
        const double top = lab.analysis.targetAmplitudes()[5];
        QTest::mouseClick(&view.plot(), Qt::LeftButton, {}, pixelOf(view, 5, top / 2) + QPoint(5, 0));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.takeFirst().at(0).toInt(), 5);
        // A drag is no click.
        QTest::mousePress(&view.plot(), Qt::LeftButton, {}, pixelOf(view, 5, top / 2));
        QTest::mouseMove(&view.plot(), pixelOf(view, 6, top / 2) + QPoint(30, 0));
        QTest::mouseRelease(&view.plot(), Qt::LeftButton, {}, pixelOf(view, 6, top / 2) + QPoint(30, 0));
        QCOMPARE(asked.size(), 0);
        // By keyboard: to the bin, then Enter.
        view.fit();
        view.refreshNow();
        QTest::keyClick(&view, Qt::Key_Right);
        for (int i = 0; i < 100 && !view.crosshairText().startsWith(QStringLiteral("k = 3 ")); ++i)
            QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.takeFirst().at(0).toInt(), 3);
    }

    void clickOnTheMapMovesThePlayhead()
    {
        SmallLab lab;
        lab.load();
        lab.trainTo(200);
        const std::unique_ptr<PlotView> view(viewKinds()[3].make(lab.lab, nullptr));
        open(*view);
        QSignalSpy step(view.get(), &PlotView::stepRequested), peak(view.get(), &PlotView::peakToggleRequested);
        view->setActive(false);
        QTest::mouseClick(&view->plot(), Qt::LeftButton, {}, pixelOf(*view, std::log10(50), 0));
        QCOMPARE(step.size(), 0); // chooses the view, no more
        QVERIFY(view->isActive());
        QTest::mouseClick(&view->plot(), Qt::LeftButton, {}, pixelOf(*view, std::log10(50), 0));
        QCOMPARE(step.size(), 1);
        const auto asked = step.at(0).at(0).toLongLong();
        QVERIFY(asked >= 48 && asked <= 52);
        QTest::mouseClick(&view->plot(), Qt::LeftButton, {},
            QPoint(view->plot().axisRect()->left() - 12, pixelOf(*view, 0, 1).y())); // name of the second row
        QCOMPARE(peak.size(), 1);
        QCOMPARE(peak.at(0).at(0).toInt(), static_cast<int>(lab.analysis.peaks()[1]));
        QCOMPARE(step.size(), 1);
    }

    void headerAndKeyboardMakeAViewActive()
    {
        SmallLab lab;
        lab.load();
        DeltaView view(lab.lab);
        open(view);
        QSignalSpy activated(&view, &PlotView::activated);
        view.setActive(false);
        QTest::mouseClick(view.findChild<PlotHeader*>(), Qt::LeftButton, {}, QPoint(20, 10));
        QVERIFY(view.isActive());
        view.setActive(false);
        QFocusEvent focus(QEvent::FocusIn, Qt::TabFocusReason);
        QApplication::sendEvent(&view, &focus);
        QVERIFY(view.isActive());
        QCOMPARE(activated.size(), 2);
    }

    /// A peak keeps its colour and marker while others come and go.
    void peaksKeepTheirStyles()
    {
        SmallLab lab;
        lab.load();
        const auto follow = [&](std::vector<int> peaks) {
            AnalysisSpec settings;
            settings.peaks = std::move(peaks);
            lab.analysis.setSettings(settings);
        };
        const auto style = [&](std::size_t bin) {
            return lab.analysis.style(static_cast<std::size_t>(lab.analysis.peakIndex(bin)));
        };
        follow({1, 9});
        QCOMPARE(style(1), std::size_t(0));
        QCOMPARE(style(9), std::size_t(1));
        follow({1, 5, 9});
        QCOMPARE(style(9), std::size_t(1));
        QCOMPARE(style(5), std::size_t(2));
        follow({5, 9});
        QCOMPARE(style(9), std::size_t(1));
        QCOMPARE(style(5), std::size_t(2));
        follow({3, 5, 9});
        QCOMPARE(style(3), std::size_t(0)); // what was freed
        QCOMPARE(style(5), std::size_t(2));
    }

    /// A frequency of which the target has nothing is followed, but does not count.
    void nothingToFollowIsMarked()
    {
        SmallLab lab;
        lab.load();
        lab.trainTo(50);
        SpectrumView spectrum(lab.lab);
        open(spectrum);
        QSignalSpy nothing(&lab.analysis, &AnalysisModel::followedNothing);
        const auto& target = lab.analysis.targetAmplitudes();
        const auto least = std::min_element(target.begin() + 6, target.end()) - target.begin();
        AnalysisSpec settings;
        settings.peaks = std::vector<int> {1, 3, 5, static_cast<int>(least)};
        lab.analysis.setSettings(settings);
        QCOMPARE(nothing.size(), 1);
        QCOMPARE(nothing.at(0).at(0).toString(), QString::number(least));
        QCOMPARE(lab.analysis.verdict().followed, std::size_t(3));
        QVERIFY2(spectrum.summary().contains(QStringLiteral("not in the target")), qPrintable(spectrum.summary()));
        lab.analysis.setSettings(settings); // known already
        QCOMPARE(nothing.size(), 1);
    }

    void anotherExperimentClearsTheCrosshair()
    {
        SmallLab lab;
        lab.load();
        lab.trainTo(50);
        DeltaView view(lab.lab);
        open(view);
        QSignalSpy readout(&view, &PlotView::readout);
        QTest::keyClick(&view, Qt::Key_Right);
        QVERIFY(!view.crosshairText().isEmpty());
        lab.load();
        QVERIFY(view.crosshairText().isEmpty());
        QVERIFY(readout.last().at(0).toString().isEmpty());
    }

    void mapGrowsAsIfDrawnAtOnce()
    {
        SmallLab lab;
        lab.load();
        const std::unique_ptr<PlotView> grown(viewKinds()[3].make(lab.lab, nullptr));
        open(*grown);
        for (const int step : {1, 2, 7, 30, 111, 200}) {
            lab.trainTo(step);
            grown->refreshNow();
        }
        const std::unique_ptr<PlotView> once(viewKinds()[3].make(lab.lab, nullptr));
        open(*once);
        QCOMPARE(grown->plot().grab().toImage(), once->plot().grab().toImage());
    }

    void zoomSurvivesNewDataAndFitEndsIt()
    {
        SmallLab lab;
        lab.load();
        lab.trainTo(50);
        DeltaView view(lab.lab);
        open(view);
        const QCPRange whole = view.plot().xAxis->range();
        QWheelEvent wheel(QPointF(200, 100), view.plot().mapToGlobal(QPointF(200, 100)), {}, {0, 240}, Qt::NoButton, {},
            Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view.plot(), &wheel);
        const QCPRange zoomed = view.plot().xAxis->range();
        QVERIFY(zoomed.size() < whole.size());
        lab.trainTo(200);
        view.refreshNow();
        QCOMPARE(view.plot().xAxis->range(), zoomed);
        view.fit();
        view.refreshNow();
        QCOMPARE(view.plot().xAxis->range(), whole);
    }

    void backspaceGoesBackThroughTheZooms()
    {
        SmallLab lab;
        lab.load();
        lab.trainTo(50);
        DeltaView view(lab.lab);
        open(view);
        const auto range = [&] {
            view.refreshNow();
            return std::pair(view.plot().xAxis->range(), view.plot().yAxis->range());
        };
        const auto drag = [&](QPoint by) {
            const QPoint from = view.plot().axisRect()->rect().center() + QPoint(0, 30);
            QTest::mousePress(&view.plot(), Qt::LeftButton, {}, from);
            for (const int part : {1, 2})
                QTest::mouseMove(&view.plot(), from + by * part / 2);
            QTest::mouseRelease(&view.plot(), Qt::LeftButton, {}, from + by);
        };
        const auto turn = [&] {
            QWheelEvent wheel(QPointF(200, 100), view.plot().mapToGlobal(QPointF(200, 100)), {}, {0, 120}, Qt::NoButton,
                {}, Qt::NoScrollPhase, false);
            QApplication::sendEvent(&view.plot(), &wheel);
        };
        const auto whole = range();
        QTest::keyClick(&view, Qt::Key_Backspace); // no history: nothing
        QCOMPARE(range(), whole);
        QTest::keyClick(&view, Qt::Key_Plus);
        const auto zoomed = range();
        QVERIFY(zoomed != whole);
        drag({60, 8});
        const auto panned = range();
        QVERIFY(panned != zoomed);
        turn();
        turn(); // one gesture
        QVERIFY(range() != panned);
        const auto turned = range();
        QTest::keyClick(&view, Qt::Key_Home);
        QCOMPARE(range(), whole);
        for (const auto& before : {turned, panned, zoomed, whole}) {
            QTest::keyClick(&view, Qt::Key_Backspace);
            QCOMPARE(range(), before);
        }
        // Back at the whole it grows with the data again.
        lab.trainTo(200);
        QVERIFY(range() != zoomed);
        // Another scale has a place for the old ranges.
        const auto all = range();
        QTest::keyClick(&view, Qt::Key_Plus);
        view.restoreViewState({{QStringLiteral("log_step"), false}});
        (void)range();
        view.restoreViewState({{QStringLiteral("log_step"), true}});
        QTest::keyClick(&view, Qt::Key_Backspace);
        QCOMPARE(range(), all);
    }

    void switchesKeepTheValuesInSight()
    {
        SmallLab lab;
        lab.load();
        lab.trainTo(100);
        DeltaView view(lab.lab);
        open(view);
        const auto turn = [&](double x, double y) {
            const QPointF at = pixelOf(view, x, y);
            QWheelEvent wheel(
                at, view.plot().mapToGlobal(at), {}, {0, 240}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
            QApplication::sendEvent(&view.plot(), &wheel);
        };
        const auto set = [&](const char* option, bool on) {
            view.restoreViewState({{QLatin1String(option), on}});
            view.refreshNow();
        };
        QVERIFY(!view.isZoomed());
        turn(1.5, -0.5); // step 32, error 0.3
        QVERIFY(view.isZoomed());
        const QCPRange x = view.plot().xAxis->range(), y = view.plot().yAxis->range();
        set("log_step", false);
        QVERIFY(view.isZoomed());
        QVERIFY(std::abs(view.plot().xAxis->range().upper - std::pow(10, x.upper)) < 1e-6);
        QVERIFY(std::abs(view.plot().xAxis->range().lower - std::pow(10, x.lower)) < 1e-6);
        QCOMPARE(view.plot().yAxis->range(), y);
        set("log_step", true);
        set("log_error", false);
        QVERIFY(std::abs(view.plot().yAxis->range().upper - std::pow(10, y.upper)) < 1e-6);
        QVERIFY(std::abs(view.plot().xAxis->range().lower - x.lower) < 1e-9);
        // The lower part of a linear axis has no place on a logarithmic one: its end stands there.
        view.plot().yAxis->setRange(-0.3, 0.5);
        set("log_error", true);
        QVERIFY(std::abs(view.plot().yAxis->range().upper - std::log10(0.5)) < 1e-9);
        QVERIFY(view.plot().yAxis->range().lower < -1 && view.plot().yAxis->range().lower > -9);
        // Nothing of it has: this axis shows everything, the other stays.
        set("log_error", false);
        view.plot().yAxis->setRange(-0.3, -0.1);
        set("log_error", true);
        QVERIFY(view.plot().yAxis->range().contains(0) && view.plot().yAxis->range().contains(-2));
        QVERIFY(std::abs(view.plot().xAxis->range().lower - x.lower) < 1e-9);
        // Nor does a theme or a metric change it.
        const QCPRange kept = view.plot().xAxis->range();
        lab.themes.setTheme(ThemeKind::Dark);
        AnalysisSpec analysis = lab.analysis.settings();
        analysis.metric = "amplitude";
        lab.analysis.setSettings(analysis);
        view.refreshNow();
        QCOMPARE(view.plot().xAxis->range(), kept);
        QVERIFY(view.isZoomed());
    }

    void unitsOfFrequencyKeepTheBinsInSight()
    {
        SmallLab lab;
        lab.load();
        SpectrumView view(lab.lab);
        open(view);
        QTest::keyClick(&view, Qt::Key_Plus);
        const QCPRange bins = view.plot().xAxis->range();
        view.restoreViewState({{QStringLiteral("physical_frequency"), true}});
        view.refreshNow();
        const double unit = lab.analysis.frequencies()[1];
        QVERIFY(std::abs(view.plot().xAxis->range().lower - bins.lower * unit) < 1e-9);
        QVERIFY(std::abs(view.plot().xAxis->range().upper - bins.upper * unit) < 1e-9);
    }

    void aNewRunKeepsTheZoomAndAnotherExperimentEndsIt()
    {
        SmallLab lab;
        lab.load();
        lab.trainTo(50);
        OutputView view(lab.lab);
        open(view);
        const auto range = [&] {
            view.refreshNow();
            return view.plot().xAxis->range();
        };
        const QCPRange whole = range();
        QTest::keyClick(&view, Qt::Key_Plus);
        const QCPRange zoomed = range();
        const auto load = [&](const ExperimentSpec& spec) { // as a restart does: the editor keeps its experiment
            auto made = makeExperiment(spec);
            QVERIFY(made.ok());
            lab.run.load(std::move(made).value(), documentOf(spec));
        };
        load(SmallLab::spec());
        QCOMPARE(range(), zoomed);
        ExperimentSpec louder = SmallLab::spec();
        specOf<FitCurveSpec>(louder.problem).target.formula = "9*sin(x)";
        load(louder);
        QCOMPARE(range(), zoomed);
        ExperimentSpec elsewhere = SmallLab::spec();
        specOf<FitCurveSpec>(elsewhere.problem).sampling.from = -1;
        load(elsewhere); // another axis of x
        QVERIFY(range() != zoomed);
        QTest::keyClick(&view, Qt::Key_Plus);
        lab.load();
        QCOMPARE(range(), whole);
    }

    void visibleRowsAreThoseInSight()
    {
        ViewTable table {
            .columns = {QStringLiteral("x"), QStringLiteral("y"), QStringLiteral("test_x"), QStringLiteral("test_y")},
            .rows = {{1, 10, 5, 50}, {2, 20, 6, 60}, {3, 30, gap, gap}},
            .blocks = {{0, 2, 0}, {2, 2, 2}}};
        const ViewTable part = table.where([](double key) { return key >= 2 && key <= 5; });
        QCOMPARE(part.rows.size(), 2);
        QCOMPARE(part.rows[0], (QVector<double> {2, 20, 5, 50}));
        QCOMPARE(part.rows[1][1], 30.0);
        QVERIFY(std::isnan(part.rows[1][2]));
        table.blocks.clear();
        QCOMPARE(table.where([](double key) { return key > 2; }).rows.size(), 1);

        SmallLab lab;
        lab.load();
        lab.trainTo(100);
        for (const auto& view : lab.views()) {
            open(*view);
            const auto all = view->visibleTable().rows.size();
            QVERIFY(all == view->table().rows.size()
                || view->id() == QLatin1String("spectrum")); // which begins with the low k
            for (int i = 0; i < 4; ++i)
                QTest::keyClick(view.get(), Qt::Key_Plus);
            const auto rows = view->visibleTable().rows.size();
            QVERIFY2(rows > 0 && rows < all, qPrintable(view->id()));
        }
    }

    void crosshairIsPaintedAloneAndLeavesNoTrace()
    {
        SmallLab lab;
        lab.load();
        lab.trainTo(20);
        OutputView view(lab.lab);
        open(view);
        QSignalSpy replotted(&view.plot(), &QCustomPlot::afterReplot);
        const QImage without = view.plot().grab().toImage();
        QTest::keyClick(&view, Qt::Key_Right);
        const QImage first = view.plot().grab().toImage();
        QVERIFY(first != without);
        const auto replots = replotted.size();
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(replotted.size(), replots); // only the crosshair
        const QImage second = view.plot().grab().toImage();
        QVERIFY(second != first && second != without);
        QFocusEvent away(QEvent::FocusOut, Qt::OtherFocusReason);
        QApplication::sendEvent(&view, &away);
        QVERIFY(view.crosshairText().isEmpty());
        QVERIFY(view.plot().grab().toImage() == without);
    }

    void valueAtTheCrosshairIsCopied()
    {
        SmallLab lab;
        lab.load();
        lab.trainTo(20);
        OutputView view(lab.lab);
        open(view);
        QSignalSpy said(&view, &PlotView::message);
        QApplication::clipboard()->setText(QStringLiteral("before"));
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier); // nothing there
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("before"));
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!view.crosshairText().isEmpty());
        QCOMPARE(QApplication::clipboard()->text(), view.crosshairText());
        QCOMPARE(said.size(), 1);
    }

    void axesStayInPlaceWhileDataGrow_data() { eachKind(); }
    void axesStayInPlaceWhileDataGrow()
    {
        SmallLab lab;
        QFETCH(bool, equation);
        lab.load(equation ? SmallLab::equation() : SmallLab::spec());
        const auto views = lab.views();
        std::vector<QRect> before;
        for (const auto& view : views) {
            open(*view);
            before.push_back(view->plot().axisRect()->rect());
        }
        for (const int step : {1, 10, 100, 290}) {
            lab.trainTo(step);
            for (std::size_t i = 0; i < views.size(); ++i) {
                const QCPRange y = views[i]->plot().yAxis->range();
                views[i]->refreshNow();
                QCOMPARE(views[i]->plot().axisRect()->rect(), before[i]);
                const QCPRange now = views[i]->plot().yAxis->range();
                QVERIFY2(now.lower <= y.lower && now.upper >= y.upper, qPrintable(views[i]->id())); // never inwards
            }
        }
    }

    void everyFollowedPeakIsNamedInALowView()
    {
        SmallLab lab;
        lab.themes.setTheme(ThemeKind::Projector, presenterScale);
        ExperimentSpec spec = SmallLab::spec();
        specOf<FitCurveSpec>(spec.problem).target.formula = "sin(x)+sin(2*x)+sin(3*x)+sin(4*x)+sin(5*x)+sin(6*x)";
        specOf<FitCurveSpec>(spec.problem).analysis.peaks = std::vector<int> {1, 2, 3, 4, 5, 6};
        lab.load(spec);
        lab.trainTo(300); // the end of the axis
        DeltaView view(lab.lab);
        open(view, {535, 242});
        const QImage image = view.plot().grab().toImage();
        for (std::size_t peak = 0; peak < 6; ++peak) {
            const QRgb color = lab.themes.theme().peak(peak).color.rgb();
            int names = 0; // pixels of that colour right of the axes, where only names are
            for (int y = 0; y < image.height(); ++y)
                for (int x = view.plot().axisRect()->right() + 4; x < image.width(); ++x)
                    names += image.pixel(x, y) == color;
            QVERIFY2(names > 10, qPrintable(QString::number(peak)));
        }
        lab.themes.setTheme(ThemeKind::Light);
    }

    void axesFollowTheSizeOfTheView()
    {
        SmallLab lab;
        lab.load();
        OutputView view(lab.lab);
        open(view, {700, 500});
        view.resize(700, 130); // nothing else happens
        QTRY_VERIFY(view.plot().xAxis->label().isEmpty());
        view.resize(700, 500);
        QTRY_VERIFY(!view.plot().xAxis->label().isEmpty());
    }

    void buttonsMakeRoomForTheKey()
    {
        SmallLab lab;
        ExperimentSpec spec = SmallLab::spec();
        specOf<FitCurveSpec>(spec.problem).sampling.count = 201; // too many for dots: target and network only
        specOf<FitCurveSpec>(spec.problem).sampling.testCount = 0;
        lab.load(spec);
        for (const double scale : {1.0, 1.5}) {
            lab.themes.setTheme(ThemeKind::Light, scale);
            OutputView view(lab.lab);
            open(view, {445, 252});
            QCoreApplication::processEvents();
            const auto* header = view.findChild<PlotHeader*>();
            for (const QToolButton* button :
                {&header->equationButton(), &header->maximiseButton(), &header->moreButton()})
                QVERIFY(button->isVisible() && button->width() >= 24 && header->rect().contains(button->geometry()));
            QVERIFY2(header->note().width() >= header->note().keyWidth(), qPrintable(QString::number(scale)));
        }
        lab.themes.setTheme(ThemeKind::Light);
    }

    void thresholdCanBeDragged()
    {
        SmallLab lab;
        lab.load();
        lab.trainTo(100);
        DeltaView view(lab.lab);
        open(view);
        QSignalSpy edited(&view, &PlotView::editRequested);
        const QPoint line = pixelOf(view, 1, -1);
        QTest::mousePress(&view.plot(), Qt::LeftButton, {}, line);
        const QPoint to = pixelOf(view, 1, std::log10(0.3));
        QTest::mouseMove(&view.plot(), to);
        QTest::mouseRelease(&view.plot(), Qt::LeftButton, {}, to);
        QVERIFY(!edited.isEmpty());
        QCOMPARE(edited.last().at(0).toString(), QStringLiteral("analysis.threshold"));
        const double value = edited.last().at(1).toDouble();
        QVERIFY2(std::abs(value - 0.3) < 0.02, qPrintable(QString::number(value)));
    }

    void weightsCanBeDragged()
    {
        SmallLab lab;
        lab.load();
        SpectrumView view(lab.lab);
        view.setWeights({1, 1, 1, 1, 1}, true);
        open(view);
        QSignalSpy edited(&view, &PlotView::editRequested);
        const QRect area = view.plot().axisRect()->rect();
        const auto pixel = [&](int k, double share) { // the scale ends at 2
            return QPoint(pixelOf(view, k, 0).x(), qRound(area.bottom() + 1 - share * area.height()));
        };
        QTest::mousePress(&view.plot(), Qt::LeftButton, {}, pixel(3, 0.5));
        QTest::mouseMove(&view.plot(), pixel(3, 0.25));
        QTest::mouseRelease(&view.plot(), Qt::LeftButton, {}, pixel(3, 0.25));
        QVERIFY(!edited.isEmpty());
        QVERIFY(lab.editor.edit(edited.last().at(0).toString(), edited.last().at(1).toString()));
        const auto& w = specOf<FitCurveSpec>(lab.editor.spec().problem).loss.weights.values;
        QCOMPARE(w.size(), std::size_t(5));
        QVERIFY2(std::abs(w[3] - 0.5) < 0.05, qPrintable(QString::number(w[3])));
        QCOMPARE(w[2], 1.0);
    }

    void aPressBeforeTheNextFrameCounts()
    {
        SmallLab lab;
        lab.load();
        SpectrumView view(lab.lab);
        view.setWeights({1, 1, 1, 1, 1}, true);
        open(view);
        QSignalSpy asked(&view, &PlotView::peakToggleRequested);
        AnalysisSpec other = lab.analysis.settings();
        other.threshold = 0.2;
        lab.analysis.setSettings(other); // views are out of date until their next frame
        QTest::mouseClick(&view.plot(), Qt::LeftButton, {}, pixelOf(view, 5, 0.1));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.takeFirst().at(0).toInt(), 5);
    }

    void divergedRunKeepsItsViews()
    {
        SmallLab lab;
        ExperimentSpec spec = SmallLab::spec();
        specOf<FitCurveSpec>(spec.problem).optimizer.kind = "gd";
        specOf<FitCurveSpec>(spec.problem).optimizer.learningRate = 50;
        lab.load(spec);
        lab.run.resume();
        QTRY_COMPARE_WITH_TIMEOUT(lab.run.state(), RunState::Diverged, 20000);
        for (const auto& view : lab.views()) {
            open(*view);
            for (const QCPAxis* axis : {view->plot().xAxis, view->plot().yAxis})
                QVERIFY2(std::isfinite(axis->range().size()) && axis->range().size() < 1e13, qPrintable(view->id()));
        }
    }

    void anotherRunWhileShown_data() { eachKind(); }
    void anotherRunWhileShown()
    {
        QFETCH(bool, equation);
        SmallLab lab;
        lab.load(equation ? SmallLab::equation() : SmallLab::spec());
        lab.trainTo(200);
        const auto views = lab.views();
        for (const auto& view : views) {
            open(*view);
            QTest::mouseMove(&view->plot(), view->plot().rect().center());
        }
        ExperimentSpec other = SmallLab::spec();
        specOf<FitCurveSpec>(other.problem).target.formula = "sin(2*x)";
        specOf<FitCurveSpec>(other.problem).sampling.count = 16;
        lab.load(other);
        for (const auto& view : views) { // before the next frame: nothing of the old run may be read
            view->plot().replot();
            QTest::mouseMove(&view->plot(), view->plot().rect().center() + QPoint(20, 5));
            QTest::keyClick(view.get(), Qt::Key_Right);
            view->refreshNow();
        }
        QCOMPARE(views[0]->table().rows.size() >= 16, true);
        lab.run.clear();
        for (const auto& view : views) {
            view->plot().replot();
            view->refreshNow();
            QVERIFY(view->table().rows.isEmpty());
        }
    }

    void optionsAreKeptButNotTheZoom()
    {
        SmallLab lab;
        lab.load();
        lab.trainTo(20);
        for (const ViewKind& kind : viewKinds()) {
            const std::unique_ptr<PlotView> view(kind.make(lab.lab, nullptr)), other(kind.make(lab.lab, nullptr));
            QSignalSpy changed(view.get(), &PlotView::viewStateChanged),
                restored(other.get(), &PlotView::viewStateChanged);
            open(*view);
            open(*other);
            const QJsonObject before = view->viewState();
            auto* menu = view->findChild<QMenu*>();
            Q_EMIT menu->aboutToShow();
            int options = 0;
            for (QAction* action : menu->actions())
                if (action->isCheckable()) {
                    action->toggle();
                    QCOMPARE(changed.size(), ++options);
                } else if (action->menu()) {
                    action->menu()->actions().last()->trigger();
                    QCOMPARE(changed.size(), ++options);
                }
            const QJsonObject after = view->viewState();
            QCOMPARE(after.size(), options);
            QVERIFY2(options > 0, kind.id);
            for (const QString& key : after.keys())
                QVERIFY2(after[key] != before[key], qPrintable(key));

            QTest::keyClick(other.get(), Qt::Key_Plus);
            const QCPRange zoomed = other->plot().xAxis->range();
            other->restoreViewState({{QStringLiteral("unknown"), 1}, {after.keys().first(), 12}}); // of another version
            QCOMPARE(other->viewState(), before);
            QCOMPARE(other->plot().xAxis->range(), zoomed);
            other->restoreViewState(after);
            other->fit();
            QCOMPARE(other->viewState(), after);
            QCOMPARE(restored.size(), 1);
            view->refreshNow();
            other->refreshNow();
            QCOMPARE(other->plot().grab().toImage(), view->plot().grab().toImage());
        }
    }

    void screenReaderSeesAChart()
    {
        SmallLab lab;
        lab.load();
        DeltaView view(lab.lab);
        open(view);
        QAccessibleInterface* chart = QAccessible::queryAccessibleInterface(&view);
        QVERIFY(chart);
        QCOMPARE(chart->role(), QAccessible::Chart);
        QCOMPARE(chart->text(QAccessible::Name), view.title());
        QCOMPARE(chart->text(QAccessible::Description), view.summary());
        QTest::keyClick(&view, Qt::Key_Right);
        QVERIFY(!chart->text(QAccessible::Value).isEmpty());
        QSet<QString> names;
        for (const QToolButton* button : view.findChildren<QToolButton*>()) {
            QVERIFY(!button->accessibleName().isEmpty());
            names.insert(button->accessibleName());
        }
        QCOMPARE(names.size(), 3);
    }

    void copyHasPictureDrawingAndNumbers()
    {
        SmallLab lab;
        lab.load();
        lab.trainTo(20);
        OutputView view(lab.lab);
        open(view);
        QSignalSpy said(&view, &PlotView::message);
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        const QMimeData* mime = QApplication::clipboard()->mimeData();
        QVERIFY(mime->hasImage());
        QVERIFY(mime->data(QStringLiteral("image/svg+xml")).contains("<svg"));
        QCOMPARE(mime->text(), tableText(view.table(), QLatin1Char('\t')));
        QCOMPARE(said.size(), 1);
    }
};

QTEST_MAIN(TstPlots)
#include "tst_plots.moc"
