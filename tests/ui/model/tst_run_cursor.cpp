#include "support/small_lab.h"
#include "ui/views/series_view.h"

#include <QTest>

using namespace fplab;

/// Views of runs that are not the one on screen.
class TstRunCursor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { loadFonts(); }

    void runsOfTwoKindsStandSideBySideInOneView()
    {
        SmallLab lab;
        lab.load();
        ExperimentSpec equation = SmallLab::equation();
        equation.problem.stop().steps = 200;
        const auto beside = lab.runs.runner().begin(documentOf(equation), ExecutionOptions {});
        ShownRun shown(lab.runs);
        TimelineModel timeline(shown);
        AnalysisModel analysis(shown);
        shown.show(beside.get());
        SeriesView view(lab.lab, Role::TrainLoss,
            {{lab.lab.cursor(), QStringLiteral("A curve")}, {{shown, timeline, analysis}, QStringLiteral("Equation")}});
        view.resize(500, 300);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));

        lab.run.resume(); // both train at the same time
        beside->resume();
        QTRY_COMPARE_WITH_TIMEOUT(lab.run.state(), RunState::Finished, 20000);
        QTRY_COMPARE_WITH_TIMEOUT(shown.state(), RunState::Finished, 20000);
        QVERIFY(lab.run.document().spec.problem != shown.document().spec.problem);
        QVERIFY(view.accepts(lab.run.document()) && view.accepts(shown.document()));
        view.refreshNow();
        const ViewTable table = view.table();
        QCOMPARE(table.columns.size(), 4);
        QCOMPARE(table.rows.size(), qsizetype(std::max(lab.run.history().size(), shown.history().size())));
        const auto last = [](const ShownRun& run) {
            return run.history().back().samples[static_cast<std::size_t>(run.channelIndex(Role::TrainLoss))][0];
        };
        QCOMPARE(table.rows[qsizetype(lab.run.history().size()) - 1][1], last(lab.run));
        QCOMPARE(table.rows[qsizetype(shown.history().size()) - 1][3], last(shown));
        QVERIFY(view.summary().contains(QStringLiteral("A curve")));
        QVERIFY(view.summary().contains(QStringLiteral("Equation")));

        // each cursor is moved for itself, and has its own analysis
        timeline.setStep(10);
        QVERIFY(timeline.step() <= 10 && lab.timeline.followsLive());
        QVERIFY(analysis.available() && lab.analysis.available());
        QVERIFY(analysis.peaks() != lab.analysis.peaks());
        QCOMPARE(analysis.series(0).size(), shown.history().size());
        shown.show(nullptr); // gone; the other one stays
        view.refreshNow();
        QCOMPARE(view.table().columns.size(), 2);
    }
};

QTEST_MAIN(TstRunCursor)
#include "tst_run_cursor.moc"
