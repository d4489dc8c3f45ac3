#include "core/engine/trainer.h"
#include "ui/gallery/gallery_page.h"
#include "ui/gallery/recent_row.h"
#include "ui/model/form_fields.h"
#include "ui/panels/spec_form.h"
#include "ui/search/command_search.h"
#include "ui/views/plot_view.h"
#include "ui/widgets/toast.h"
#include "ui/window/view_grid.h"

#include "ui/lab_fixture.h"
#include "ui/window_fixture.h"

#include <QDialog>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QTableView>
#include <QTemporaryDir>

using namespace fplab;
using namespace fplab::test;

namespace {

QString q(const char* text) { return QString::fromUtf8(text); }

/// Whether there is more on it than empty room.
bool isDrawn(const QIcon& icon)
{
    const QImage image = icon.pixmap(200).toImage();
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (qAlpha(image.pixel(x, y)) > 100)
                return true;
    return false;
}

} // namespace

/// Finding things by name: commands, cards, files.
class TstCommands : public QObject {
    Q_OBJECT

    std::unique_ptr<MainWindow> window;

    [[nodiscard]] QLineEdit* line() const { return window->findChild<QLineEdit*>(q("commands.line")); }
    [[nodiscard]] QListWidget* list() const { return window->findChild<QListWidget*>(q("commands.list")); }
    [[nodiscard]] QString chosen() const { return list()->currentItem() ? list()->currentItem()->text() : QString(); }
    [[nodiscard]] QAction* action(const char* id) const { return window->findChild<QAction*>(q(id)); }
    void search(const char* words)
    {
        pressKey(*window, Qt::Key_K, Qt::ControlModifier);
        QVERIFY(line()->hasFocus());
        QTest::keyClicks(line(), q(words));
    }
    static void write(const QString& path, const QByteArray& bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

private Q_SLOTS:
    void initTestCase() { prepareWindows(); }
    void init() { window = freshWindow(); }
    void cleanup() { window.reset(); }

    void scores()
    {
        const QString theme = q("View › Theme");
        const QString exports = q("Export figures and data…");
        QCOMPARE(matchScore({}, q("Dark"), theme), 0);
        QCOMPARE(matchScore(q("dark"), q("Dark"), theme), 0);
        QCOMPARE(matchScore(q("data figures"), exports, q("File")), 1);
        QCOMPARE(matchScore(q("da"), q("Dark"), theme), 2);
        QCOMPARE(matchScore(q("fig exp"), exports, q("File")), 3);
        QCOMPARE(matchScore(q("gures"), exports, q("File")), 4);
        QCOMPARE(matchScore(q("theme dark"), q("Dark"), theme), 5);
        QCOMPARE(matchScore(q("efd"), exports, q("File")), lettersInOrder);
        QCOMPARE(matchScore(q("xyz"), q("Dark"), theme), -1);
        QCOMPARE(wordFit(q("f(x) ="), q("f(x)")), WordFit::Whole);
        QCOMPARE(wordFit(q("table, tables"), q("table")), WordFit::Whole);
        QCOMPARE(wordFit(q("tables"), q("table")), WordFit::Start);
        QCOMPARE(wordFit(q("stable"), q("table")), WordFit::Inside);
    }
    void runsACommand()
    {
        search("dark");
        QCOMPARE(chosen(), q("Dark"));
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_COMPARE(window->experiment().themes.theme().kind, ThemeKind::Dark);
        QVERIFY(!line()->isVisible());
    }
    void opensAnExperiment()
    {
        search("open: three");
        QCOMPARE(chosen(), q("Open: Three sines"));
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_COMPARE(window->experiment().editor.presetId(), q("three-sines"));
        QCOMPARE(window->experiment().run.state(), RunState::Ready);
    }
    void disabledCommandsDoNothing()
    {
        search("10 steps");
        QCOMPARE(chosen(), q("10 steps"));
        QTest::keyClick(line(), Qt::Key_Return);
        QTest::qWait(20);
        QVERIFY(line()->isVisible()); // tells so, and stays
        QTest::keyClick(line(), Qt::Key_Escape);
        QVERIFY(!line()->isVisible());
    }
    void escapeGivesTheFocusBack()
    {
        window->openCard(q("three-sines"), false);
        auto* view = window->findChild<ViewGrid*>()->views().front();
        view->setFocus();
        const QWidget* before = QApplication::focusWidget();
        search("res");
        QTest::keyClick(line(), Qt::Key_Down);
        QTest::keyClick(line(), Qt::Key_Escape); // once, whatever is typed
        QCOMPARE(QApplication::focusWidget(), before);
        QCOMPARE(window->experiment().run.state(), RunState::Ready);
    }
    void aClickElsewhereClosesAndAClickRuns()
    {
        window->openCard(q("three-sines"), false);
        search("all tiles");
        auto* strip = window->findChild<QPushButton*>(q("transport.run"));
        strip->setFocus(Qt::MouseFocusReason);
        QVERIFY(!line()->isVisible());
        search("settings");
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, list()->visualItemRect(list()->item(0)).center());
        QTRY_VERIFY(window->findChild<QWidget*>(q("settings")));
    }
    void everyActionIsFound()
    {
        window->openCard(q("three-sines"), false);
        search("");
        QStringList names;
        for (int i = 0; i < list()->count(); ++i)
            names.append(list()->item(i)->text());
        for (const auto& [action, path] : menuActions(*window->menuBar()))
            if (action->isVisible() && action->objectName() != q("help.commands"))
                QVERIFY2(names.contains(plainText(action->text())), qPrintable(action->text()));
        QTest::keyClicks(line(), q("qqq"));
        QCOMPARE(chosen(), q("Nothing is called “qqq”"));
        QTest::keyClick(line(), Qt::Key_Return);
        QVERIFY(line()->isVisible());
    }
    void settingsAreFoundWithTheirValues()
    {
        window->openCard(q("three-sines"), false);
        search("learning");
        QCOMPARE(chosen(), q("Learning rate 0.001"));
        const QString spoken = list()->currentItem()->data(Qt::AccessibleTextRole).toString();
        QCOMPARE(spoken, q("Learning rate 0.001, 3 Training, live"));
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_COMPARE(QApplication::focusWidget()->objectName(), q("optimizer.learning_rate"));
        QVERIFY(!line()->isVisible());
    }
    void aSettingBehindMoreIsShown()
    {
        window->openCard(q("three-sines"), false);
        auto* form = window->findChild<SpecForm*>();
        form->hide();
        const auto* eps = form->findChild<QLineEdit*>(q("optimizer.eps"));
        QVERIFY(eps && eps->isHidden() == false && !eps->isVisible());
        search("epsilon");
        QCOMPARE(chosen(), q("epsilon 1e-8"));
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_VERIFY(eps->hasFocus() && eps->isVisible());
        const QRect place(eps->mapTo(form->viewport(), QPoint()), eps->size());
        QVERIFY2(form->viewport()->rect().contains(place),
            qPrintable(QStringLiteral("%1 of %2").arg(place.bottom()).arg(form->viewport()->height())));
    }
    void aValueAfterASettingSetsIt()
    {
        window->openCard(q("three-sines"), false);
        auto& editor = window->experiment().editor;
        const auto type = [&](const char* words, const char* expected) {
            search(words);
            QCOMPARE(chosen(), q(expected));
            QTest::keyClick(line(), Qt::Key_Return);
            QTRY_VERIFY(!line()->isVisible());
            QTest::qWait(1);
        };
        type("learning rate 0.01", "Set Learning rate to 0.01");
        QCOMPARE(editor.valueOf(q("optimizer.learning_rate")), q("0.01"));
        QCOMPARE(window->findChild<Toast*>()->text(), q("Learning rate is now 0.01"));
        type("set learning rate = 0,02", "Set Learning rate to 0.02");
        QCOMPARE(editor.valueOf(q("optimizer.learning_rate")), q("0.02"));
        pressKey(*window, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(editor.valueOf(q("optimizer.learning_rate")) != q("0.02"));
        type("relu", "Activation: ReLU");
        QCOMPARE(editor.valueOf(q("network.activation")), q("\"relu\""));
        type("hidden layers 30x2", "Set Hidden layers to 30-30");
        QCOMPARE(editor.valueOf(q("network.hidden")), q("[30, 30]"));
        type("formula sin(x) + sin(2x)", "Set f(x) to sin(x) + sin(2x)");
        QCOMPARE(editor.valueOf(q("target.formula")), q("\"sin(x) + sin(2x)\""));
        type("right end off", "Include the right end: off");
        QCOMPARE(editor.valueOf(q("sampling.endpoint")), q("false"));
        type("followed peaks 3 1", "Set Followed peaks to 1 3");
        QCOMPARE(editor.valueOf(q("analysis.peaks")), q("[1, 3]"));
        type("title Two tones", "Set Title to Two tones");
        QCOMPARE(window->windowTitle(), q("Two tones – F-Principle Lab"));
        search("title two");
        QTest::keyClick(line(), Qt::Key_Down);
        QCOMPARE(chosen(), q("Title Two tones"));
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_COMPARE(line()->text(), q("Title "));
    }
    void valuesThatCannotBeSaySo()
    {
        window->openCard(q("three-sines"), false);
        const QString before = window->experiment().editor.valueOf(q("optimizer.learning_rate"));
        search("learning rate 1000");
        QCOMPARE(chosen(), q("Set Learning rate to 1000"));
        QVERIFY(list()->currentItem()->data(Qt::AccessibleTextRole).toString().contains(q("100")));
        QTest::keyClick(line(), Qt::Key_Return);
        QTest::qWait(1);
        QVERIFY(line()->isVisible());
        QCOMPARE(window->experiment().editor.valueOf(q("optimizer.learning_rate")), before);
        QTest::keyClick(line(), Qt::Key_Escape);
        search("momentum 0.5");
        QCOMPARE(chosen(), q("Set Momentum to 0.5"));
        QVERIFY(list()
                    ->currentItem()
                    ->data(Qt::AccessibleTextRole)
                    .toString()
                    .contains(q("only the optimizer momentum uses it")));
        QTest::keyClick(line(), Qt::Key_Escape);
        window->showGallery();
        search("learning rate");
        QVERIFY(list()->currentItem()->data(Qt::AccessibleTextRole).toString().contains(q("open an experiment first")));
    }
    /// Nothing is told by name alone: the lists of fields of both kinds are found as a whole.
    void everySettingIsFound()
    {
        for (const char* id : {"three-sines", "poisson-handoff"}) {
            window->openCard(q(id), false);
            for (const FormField& field : formFields(window->experiment().editor.spec())) {
                if (field.type == FieldType::Given || field.type == FieldType::Parameters)
                    continue;
                const QString label = textOf(field.hint.label);
                search("");
                line()->setText(label);
                bool found = false;
                for (int i = 0; i < list()->count(); ++i)
                    found |= list()->item(i)->text().startsWith(label);
                QVERIFY2(found, qPrintable(field.path));
                QTest::keyClick(line(), Qt::Key_Escape);
            }
        }
    }
    void theParametersOfAFormulaAreSettings()
    {
        window->openCard(q("three-sines"), false);
        QVERIFY(window->experiment().editor.edit(q("target.formula"), q("\"a*sin(k*x)\"")));
        search("k 4");
        QCOMPARE(chosen(), q("Set k to 4"));
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_COMPARE(window->experiment().editor.valueOf(q("target.parameters.k")), q("4"));
    }
    void everyViewHasItsCommands()
    {
        window->openCard(q("three-sines"), false);
        search("table");
        QStringList names;
        for (int i = 0; i < list()->count(); ++i)
            names.append(list()->item(i)->text());
        for (const PlotView* view : window->findChild<ViewGrid*>()->shown())
            QVERIFY2(names.contains(view->title() + q(": as a table")), qPrintable(names.join(u'\n')));
        QTest::keyClick(line(), Qt::Key_Escape);
        for (const char* words :
            {"spectrum describe", "spectrum copy", "spectrum export", "spectrum maximise", "spectrum equation"}) {
            search(words);
            QVERIFY2(chosen().startsWith(q("Spectrum")), words);
            QVERIFY(list()->currentItem()->flags() & Qt::ItemIsEnabled);
            QTest::keyClick(line(), Qt::Key_Escape);
        }
        search("spectrum: as a table");
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_VERIFY(!window->findChildren<QTableView*>().isEmpty());
    }
    void theProgramsOwnSettingsAreFound()
    {
        search("text size 150");
        QCOMPARE(chosen(), q("Text size: 150 %"));
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_COMPARE(window->settings().values().textScale, 1.5);
        search("reduce motion");
        QCOMPARE(chosen(), q("Reduce motion off"));
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_VERIFY(
            QApplication::focusWidget() && QApplication::focusWidget()->objectName() == q("settings.reduce_motion"));
        window->findChild<QDialog*>(q("settings"))->close();
    }
    void aHiddenListHasNothingInFocus()
    {
        search("run");
        QVERIFY(list()->currentItem());
        QTest::keyClick(line(), Qt::Key_Escape);
        QVERIFY(!list()->currentItem());
        QCOMPARE(QAccessible::queryAccessibleInterface(list())->childCount(), 0);
    }
    void theGalleryFilters()
    {
        auto* page = window->findChild<GalleryPage*>();
        pressKey(*window, Qt::Key_F, Qt::ControlModifier);
        auto* field = page->findChild<QLineEdit*>(q("gallery.search"));
        QVERIFY(field->hasFocus());
        const auto shown = [&] {
            QStringList ids;
            for (const GalleryCard* card : page->cards())
                if (card->isVisible())
                    ids.append(card->content().id);
            return ids;
        };
        const auto all = shown();
        QTest::keyClicks(field, q("ReLU"));
        QVERIFY(shown().contains(q("relu")) && shown().size() < all.size());
        QTest::keyClicks(field, q(" stairs qqq"));
        QVERIFY(shown().isEmpty());
        QVERIFY(page->findChild<QLabel*>(q("gallery.nothing"))->isVisible());
        QTest::keyClick(field, Qt::Key_Escape);
        QCOMPARE(shown(), all);
        QTest::keyClicks(field, q("loudest"));
        QCOMPARE(shown(), QStringList {q("loudest-not-first")});
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(QApplication::focusWidget()->objectName(), q("card.loudest-not-first"));
        for (const Qt::Key key : {Qt::Key_Right, Qt::Key_Left, Qt::Key_Down})
            QTest::keyClick(QApplication::focusWidget(), key);
        QCOMPARE(QApplication::focusWidget()->objectName(), q("card.loudest-not-first"));
    }
    void recentFilesContinue()
    {
        const QTemporaryDir folder;
        auto* row = window->findChild<RecentRow*>();
        QVERIFY(!row->isVisible());
        const QString path = folder.filePath(q("Drei Töne.fplab.json"));
        write(path, QByteArrayLiteral("{\"fplab\":1,\"kind\":\"fit_curve\",\"title\":\"Drei Töne\"}"));
        window->openPath(path);
        QCOMPARE(window->windowTitle(), q("Drei Töne – F-Principle Lab"));
        window->openPath(folder.filePath(q("none.fplab.json"))); // cannot be opened: not remembered
        QCOMPARE(window->settings().values().recent.size(), qsizetype(1));
        window->showGallery();
        QTRY_VERIFY(row->isVisible());
        auto* button = row->findChild<QPushButton*>(q("recent.Drei Töne"));
        QVERIFY(button && button->text().startsWith(q("Drei Töne")) && button->text().endsWith(q("just now")));
        QTRY_VERIFY(isDrawn(button->icon()));
        window->openCard(q("three-sines"), false);
        window->showGallery();
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(window->windowTitle(), q("Drei Töne – F-Principle Lab"));
        QTest::qWait(1);

        QVERIFY(QFile::remove(path));
        window->showGallery();
        button = row->findChild<QPushButton*>(q("recent.Drei Töne"));
        QTest::mouseClick(button, Qt::LeftButton);
        auto* menu = row->findChild<QMenu*>(q("recent.menu"));
        QVERIFY(menu && !menu->actions().first()->isEnabled());
        menu->actions().last()->trigger();
        menu->close();
        QVERIFY(window->settings().values().recent.isEmpty());
        QTRY_VERIFY(!row->isVisible());
    }
    void recentFilesWithoutAPicture()
    {
        const QTemporaryDir folder;
        write(folder.filePath(q("samples.csv")), QByteArrayLiteral("0,1\n1,2\n"));
        write(folder.filePath(q("broken.fplab.json")), QByteArrayLiteral("{\"fplab\":1,"));
        Settings s = window->settings().values();
        for (const auto& name : {q("samples.csv"), q("broken.fplab.json"), q("gone.fplab.json")})
            s.addRecent(folder.filePath(name));
        window->settings().set(s);
        auto* row = window->findChild<RecentRow*>();
        QTRY_COMPARE(
            row->findChildren<QPushButton*>(QRegularExpression(q("^recent\\.(samples|broken|gone)"))).size(), 3);
        for (const QPushButton* button : row->findChildren<QPushButton*>())
            QTRY_VERIFY2(button->icon().isNull(), qPrintable(button->objectName()));
    }
    void recentFilesStandInTheMenu()
    {
        const QTemporaryDir folder;
        write(folder.filePath(q("a & b.fplab.json")),
            QByteArrayLiteral("{\"fplab\":1,\"kind\":\"fit_curve\",\"title\":\"AB\"}"));
        Settings s = window->settings().values();
        for (int i = 0; i < 14; ++i)
            s.addRecent(folder.filePath(q("gone-with-a-long-name-%1.csv").arg(i)));
        s.addRecent(folder.filePath(q("a & b.fplab.json")));
        window->settings().set(s);
        QTRY_VERIFY(window->findChild<RecentRow*>()->isVisible());
        QVERIFY(window->findChild<QPushButton*>(q("recent.more"))->isVisible());
        QTest::qWait(1);
        QCOMPARE(clippedTexts(*window->findChild<RecentRow*>()).join(u'\n'), QString());
        search("a & b");
        QCOMPARE(chosen(), q("a & b.fplab.json"));
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_COMPARE(window->windowTitle(), q("AB – F-Principle Lab"));
        search("remove missing");
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_COMPARE(window->settings().values().recent.size(), qsizetype(1));
    }
    void times_data()
    {
        QTest::addColumn<QString>("then");
        QTest::addColumn<QString>("words");
        QTest::newRow("now") << q("2024-05-10T12:00:00") << q("just now");
        QTest::newRow("future") << q("2024-05-10T18:00:00") << q("just now");
        QTest::newRow("minutes") << q("2024-05-10T11:50:30") << q("9 min ago");
        QTest::newRow("hours") << q("2024-05-10T09:10:00") << q("2 h ago");
        QTest::newRow("yesterday") << q("2024-05-09T09:00:00") << q("yesterday");
        QTest::newRow("days") << q("2024-05-01T09:00:00") << q("9 days ago");
        QTest::newRow("never") << QString() << QString();
    }
    void times()
    {
        QFETCH(QString, then);
        QFETCH(QString, words);
        const auto now = QDateTime::fromString(q("2024-05-10T12:00:00"), Qt::ISODate);
        QCOMPARE(timeAgo(QDateTime::fromString(then, Qt::ISODate), now), words);
    }
};

QTEST_MAIN(TstCommands)
#include "tst_commands.moc"
