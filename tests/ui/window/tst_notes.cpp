#include "core/kinds/fit_curve/kind.h"
#include "support/remarked.h"
#include "ui/gallery/gallery_page.h"
#include "ui/lab_fixture.h"
#include "ui/widgets/banner.h"
#include "ui/window/notes.h"
#include "ui/window/status_line.h"
#include "ui/window/timeline_strip.h"
#include "ui/window/transport_bar.h"
#include "ui/window/view_grid.h"
#include "ui/window_fixture.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace fplab;

namespace {

const Remark looksLikeTen {.id = "aliased",
    .text = "60 cycles cannot be seen on 50 samples: they look like 10. The peak at k = 10 is not in the formula.",
    .path = "sampling.count",
    .fixes = {{.label = "Take 301 samples", .settings = {{"sampling.count", "301"}, {"analysis.max_k", "80"}}},
        {.label = "Take 131 samples", .settings = {{"sampling.count", "131"}}}}};
const Remark uneven {.id = "uneven_samples", .text = "The samples are uneven.", .path = {}, .fixes = {}};

/// Opens an experiment of which these things must be known.
void openWith(
    MainWindow& window, const std::vector<Remark>& remarks, const QString& preset = QStringLiteral("three-sines"))
{
    window.openCard(preset, false);
    const ExperimentSpec& spec = window.experiment().editor.spec();
    auto made = makeExperiment(spec);
    QVERIFY(made.ok());
    window.experiment().run.load(std::make_unique<Remarked>(std::move(made).value(), remarks), documentOf(spec));
    QTest::qWait(50);
}

NotesCard* openCardOf(MainWindow& window)
{
    QTest::mouseClick(window.findChild<NotesButton*>(), Qt::LeftButton);
    return window.findChild<NotesCard*>();
}

} // namespace

/// What must be known about a run, and ways out of problems, in the window.
class TstNotes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::prepareWindows(); }

    void firstSentences()
    {
        QCOMPARE(firstSentence(QStringLiteral("They look like 10. The peak is not there.")),
            QStringLiteral("They look like 10."));
        QCOMPARE(firstSentence(QStringLiteral("Only 0.5 of it. 3 are left.")), QStringLiteral("Only 0.5 of it."));
        QCOMPARE(firstSentence(QStringLiteral("No stop")), QStringLiteral("No stop"));
    }

    void theFirstNoteIsReadWithoutAPress()
    {
        auto window = test::freshWindow();
        window->openCard(QStringLiteral("three-sines"), false);
        QTest::qWait(50);
        auto* button = window->findChild<NotesButton*>();
        auto* line = window->findChild<FirstNote*>();
        QVERIFY(!button->isVisible() && !line->isVisible());
        const QRect views = window->findChild<ViewGrid*>()->geometry();

        openWith(*window, {looksLikeTen});
        QVERIFY(button->isVisible());
        QCOMPARE(button->text(), QStringLiteral("1 note"));
        QVERIFY(button->accessibleName().contains(QString::fromStdString(looksLikeTen.text)));
        QCOMPARE(line->text(), QStringLiteral("Note: 60 cycles cannot be seen on 50 samples: they look like 10."));
        QCOMPARE(window->findChild<ViewGrid*>()->geometry(), views); // the plots stay where they are

        openWith(*window, {uneven, looksLikeTen});
        QCOMPARE(button->text(), QStringLiteral("2 notes"));
        QCOMPARE(line->text(), QStringLiteral("Note: The samples are uneven. (and 1 more)"));
        QCOMPARE(window->experiment().run.remarks().size(), std::size_t(2));
        window->openCard(QStringLiteral("three-sines"), false);
        QVERIFY(!button->isVisible() && !line->isVisible());
    }

    void aNoteFitsWithLargeTextToo()
    {
        auto window = test::freshWindow();
        window->experiment().themes.setTheme(ThemeKind::Dark, 1.5);
        openWith(*window, {looksLikeTen});
        auto* line = window->findChild<FirstNote*>();
        QVERIFY2(line->text() == line->whole(),
            qPrintable(QString::number(line->width()) + u' ' + QString::number(line->wholeWidth()) + u' '
                + window->findChild<StatusLine*>()->toolTip() + QString::number(window->width()))); // others made room
        auto* status = window->findChild<StatusLine*>();
        for (const QLabel* label : status->findChildren<QLabel*>())
            QVERIFY2(!label->isVisible() || label->width() >= label->fontMetrics().horizontalAdvance(label->text()),
                qPrintable(label->text()));
        QCOMPARE(test::clippedTexts(*window->findChild<TransportBar*>()), QStringList());
    }

    void theCardTellsAllAndTakesAFixAsOneStep()
    {
        auto window = test::freshWindow();
        openWith(*window, {looksLikeTen, uneven});
        auto* card = openCardOf(*window);
        QVERIFY(card && card->isVisible());
        QStringList texts;
        for (const auto* label : card->findChildren<QLabel*>(QStringLiteral("notes.text")))
            texts.append(label->text());
        QCOMPARE(texts, (QStringList {QString::fromStdString(looksLikeTen.text), QString::fromStdString(uneven.text)}));
        QCOMPARE(test::namelessWidgets(*card), QStringList());
        QCOMPARE(test::clippedTexts(*card), QStringList());
        const auto fixes = card->findChildren<QPushButton*>(QStringLiteral("notes.fix"));
        QCOMPARE(fixes.size(), 2);

        auto& editor = window->experiment().editor;
        const ExperimentSpec before = editor.spec();
        QTest::mouseClick(fixes[0], Qt::LeftButton);
        const auto& fit = specOf<FitCurveSpec>(editor.spec().problem);
        QCOMPARE(fit.sampling.count, 301);
        QCOMPARE(fit.analysis.maxK, 80);
        QCOMPARE(editor.undoStack().count(), 1);
        QCOMPARE(editor.undoStack().undoText(), QStringLiteral("Take 301 samples"));
        QVERIFY(editor.pending().empty()); // nothing was trained: it is in force at once
        QVERIFY(!window->findChild<NotesButton*>()->isVisible());
        editor.undoStack().undo();
        QVERIFY(editor.spec() == before);
    }

    void afterTrainingAFixWaitsForANewRun()
    {
        auto window = test::freshWindow();
        openWith(*window, {looksLikeTen});
        window->experiment().stepBy(3);
        QTRY_COMPARE(window->experiment().run.state(), RunState::Paused);
        QTest::mouseClick(
            openCardOf(*window)->findChildren<QPushButton*>(QStringLiteral("notes.fix")).last(), Qt::LeftButton);
        QCOMPARE(window->experiment().editor.pending().size(), std::size_t(1));
        QCOMPARE(window->experiment().run.liveStep(), 3);
        QVERIFY(window->experiment().run.remarks().size() == 1); // of the run on screen
    }

    void notesAreReachedByKeys()
    {
        auto window = test::freshWindow();
        openWith(*window, {looksLikeTen});
        auto* button = window->findChild<NotesButton*>();
        test::pressKey(*window, Qt::Key_F6);
        for (int i = 0; i < 8 && !window->findChild<TransportBar*>()->isAncestorOf(window->focusWidget()); ++i)
            test::pressKey(*window, Qt::Key_F6);
        for (int i = 0; i < 20 && window->focusWidget() != button; ++i)
            test::pressKey(*window, Qt::Key_Tab);
        QCOMPARE(window->focusWidget(), button);
        test::pressKey(*window, Qt::Key_Space);
        auto* card = window->findChild<NotesCard*>();
        QVERIFY(card && card->isVisible());
        QCOMPARE(card->focusWidget()->objectName(), QStringLiteral("notes.fix"));
        QTest::keyClick(card, Qt::Key_Escape);
        QTRY_VERIFY(!window->findChild<NotesCard*>());
        QVERIFY(window->findChild<QAction*>(QStringLiteral("run.notes"))->isEnabled());
    }

    void labelsOfAllKindsReachUndoToastAndPendingBar()
    {
        auto window = test::freshWindow();
        window->openCard(QStringLiteral("poisson-handoff"), false);
        auto& editor = window->experiment().editor;
        QVERIFY(editor.edit(QStringLiteral("pde.tolerance"), QStringLiteral("0.002")).ok());
        QCOMPARE(editor.undoStack().undoText(), QStringLiteral("change of Tolerance"));
        QVERIFY(editor.edit(QStringLiteral("network.hidden[0]"), QStringLiteral("37")).ok());
        QCOMPARE(editor.undoStack().undoText(), QStringLiteral("change of Hidden layers"));
        QCOMPARE(editor.labelOf(QStringLiteral("no.such")), QStringLiteral("no.such"));
    }

    void anUnknownNameIsToldInTheGallery()
    {
        auto window = test::freshWindow();
        const auto problem = [&] { return window->findChild<QLabel*>(QStringLiteral("gallery.problem")); };
        const auto status = window->openNamed(QStringLiteral("tree-sines"), true);
        QVERIFY(!status.ok());
        QVERIFY(problem()->isVisible());
        QVERIFY2(problem()->text().contains(QStringLiteral("three-sines")), qPrintable(problem()->text()));
        QVERIFY(!window->experiment().isOpen());
        QVERIFY(!window->openNamed(QStringLiteral("quite-another-thing"), false).ok());
        QVERIFY(problem()->text().contains(QStringLiteral("quite-another-thing")));
        QVERIFY(!problem()->text().contains(QStringLiteral("mean")));

        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("mine.fplab.json")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"fplab\": 1}") > 0);
        file.close();
        const auto missing = window->openNamed(folder.filePath(QStringLiteral("mime.fplab.json")), false);
        QVERIFY(!missing.ok());
        QVERIFY2(
            problem()->text().contains(QStringLiteral("Did you mean mine.fplab.json?")), qPrintable(problem()->text()));
        QVERIFY(window->openNamed(file.fileName(), false).ok());
        QVERIFY(window->experiment().isOpen());
        QVERIFY(window->openNamed(QStringLiteral("formula"), false).ok());
    }

    void aProblemOffersItsWaysOut()
    {
        auto window = test::freshWindow();
        window->openCard(QStringLiteral("three-sines"), false);
        Diagnostic problem {.what = "the range is too narrow", .path = "sampling.from"};
        problem.fixes = {{.label = "From 1 to 2", .settings = {{"sampling.to", "2"}, {"sampling.from", "1"}}}};
        Q_EMIT window->experiment().problem(problem);
        auto* banner = window->findChild<Banner*>();
        QVERIFY(banner->isVisible());
        auto* way = banner->findChild<QPushButton*>(QStringLiteral("banner.0"));
        QVERIFY(way);
        QCOMPARE(way->accessibleName(), QStringLiteral("From 1 to 2"));
        QTest::mouseClick(way, Qt::LeftButton);
        QVERIFY(!banner->isVisible());
        QCOMPARE(specOf<FitCurveSpec>(window->experiment().editor.spec().problem).sampling.to, 2.0);
        QCOMPARE(window->experiment().editor.undoStack().count(), 1);
    }

    void theGalleryOffersWaysOutToo()
    {
        const ThemeManager themes;
        GalleryPage page(themes);
        bool taken = false;
        page.showProblem(QStringLiteral("The third column is text."),
            {{QStringLiteral("Leave it out"), [&taken] { taken = true; }}});
        page.show();
        auto* way = page.findChild<QPushButton*>(QStringLiteral("gallery.way"));
        QVERIFY(way && way->isVisible());
        QTest::mouseClick(way, Qt::LeftButton);
        QVERIFY(taken);
        QVERIFY(!page.findChild<QLabel*>(QStringLiteral("gallery.problem"))->isVisible());
    }
};

QTEST_MAIN(TstNotes)
#include "tst_notes.moc"
