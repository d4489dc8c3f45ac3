#include "core/kinds/fit_curve/kind.h"
#include "support/counting_malloc.h"
#include "ui/model/experiment_editor.h"
#include "ui/model/form_fields.h"

#include <QTest>

using namespace fplab;

namespace {

ExperimentSpec withSamples(std::size_t count)
{
    ExperimentSpec spec;
    auto& fit = specOf<FitCurveSpec>(spec.problem);
    fit.data = DataSpec {};
    SampleMatrix x {count, 1, std::vector<double>(count)};
    for (std::size_t i = 0; i < count; ++i)
        x.values[i] = static_cast<double>(i) / 3;
    fit.data->inputs = x;
    fit.data->targets = std::move(x);
    fit.network.init.params = NetworkParams {{{std::vector<double>(count, 0.1)}, {0}}};
    return spec;
}

/// All that is done with fields while somebody edits: changes of each kind, their undo, what waits, what the panels
/// show.
void editALot(ExperimentEditor& editor)
{
    for (const auto& [path, value] : {std::pair("network.init.std", "0.7"), {"optimizer.learning_rate", "0.01"},
             {"analysis.threshold", "0.2"}, {"title", "\"Other\""}, {"network.hidden", "[20,30]"}}) {
        QVERIFY(editor.edit(QLatin1String(path), QLatin1String(value)).ok());
        QCOMPARE(fieldTexts(editor.spec()).value(QLatin1String(path)).remove(u' '), QLatin1String(value));
        (void)editor.valueOf(QLatin1String(path));
    }
    QVERIFY(editor.isPending(QStringLiteral("network.hidden")));
    while (editor.undoStack().canUndo())
        editor.undoStack().undo();
    while (editor.undoStack().canRedo())
        editor.undoStack().redo();
    editor.undoPending();
    editor.markApplied();
}

} // namespace

class TstEditor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anotherTargetHasAnotherTitle()
    {
        ExperimentSpec spec;
        spec.title = "Three sines";
        ExperimentEditor editor;
        editor.open(spec);
        QCOMPARE(editor.titleOf(editor.spec()), QStringLiteral("Three sines"));
        QVERIFY(editor.edit(QStringLiteral("target.formula"), QStringLiteral("\"sin(9*x)\"")).ok());
        QCOMPARE(editor.titleOf(editor.spec()), QStringLiteral("sin(9*x)"));
        QCOMPARE(editor.titleOf(editor.runSpec()), QStringLiteral("Three sines")); // that still runs
        QVERIFY(editor.edit(QStringLiteral("title"), QStringLiteral("\"Mine\"")).ok());
        QCOMPARE(editor.titleOf(editor.spec()), QStringLiteral("Mine"));
        editor.undoStack().undo();
        editor.undoStack().undo();
        QCOMPARE(editor.titleOf(editor.spec()), QStringLiteral("Three sines"));
    }
    void editsDoNotTakeLongerTheMoreSamplesThereAre()
    {
        if (!counting_malloc::works)
            QSKIP("malloc cannot be replaced here");
        long calls[2] {}, bytes[2] {};
        for (int i = 0; i < 2; ++i) {
            ExperimentEditor editor;
            editor.open(withSamples(i == 0 ? 30 : 30'000));
            editALot(editor); // what is made once
            editor.undoStack().clear();
            editor.open(withSamples(i == 0 ? 30 : 30'000));
            const long callsBefore = counting_malloc::calls, bytesBefore = counting_malloc::bytes;
            editALot(editor);
            calls[i] = counting_malloc::calls - callsBefore;
            bytes[i] = counting_malloc::bytes - bytesBefore;
        }
        QCOMPARE(calls[1], calls[0]);
        // One copy of the samples, or their text, would be more than that.
        QVERIFY2(std::abs(bytes[1] - bytes[0]) < 10'000, qPrintable(QString::number(bytes[1] - bytes[0])));
    }

    void samplesThatWaitAreToldInFewWords()
    {
        ExperimentEditor editor;
        editor.open(withSamples(30'000));
        auto spec = editor.spec();
        specOf<FitCurveSpec>(spec.problem).data.reset();
        editor.replace(spec, QStringLiteral("a formula"));
        QCOMPARE(editor.pending().size(), std::size_t(1));
        QCOMPARE(editor.pending()[0].path, QStringLiteral("data"));
        QCOMPARE(editor.pending()[0].was, QStringLiteral("30000 given samples"));
        QCOMPARE(editor.pending()[0].now, QStringLiteral("none"));
    }

    void theIdOfTheRunCoversTheSamplesOfAFile()
    {
        ExperimentEditor editor;
        ExperimentSpec spec;
        specOf<FitCurveSpec>(spec.problem).data.emplace().csv = "t.csv";
        editor.open(spec);
        editor.setRunSamples("a");
        const QString a = editor.runId();
        editor.setRunSamples("b");
        QVERIFY(editor.runId() != a);
        QCOMPARE(editor.runId().size(), 16);
    }
};

QTEST_GUILESS_MAIN(TstEditor)
#include "tst_editor.moc"
