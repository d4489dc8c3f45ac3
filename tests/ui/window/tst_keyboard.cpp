#include "core/engine/trainer.h"
#include "ui/gallery/gallery_page.h"
#include "ui/panels/csv_import_dialog.h"
#include "ui/panels/spec_form.h"
#include "ui/views/plot_view.h"
#include "ui/views/qcp.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/menu_actions.h"
#include "ui/widgets/mnemonics.h"
#include "ui/widgets/tab_order.h"
#include "ui/widgets/toast.h"
#include "ui/window/bookmark_list.h"
#include "ui/window/pending_bar.h"
#include "ui/window/timeline_strip.h"
#include "ui/window/transport_bar.h"
#include "ui/window/view_grid.h"

#include "ui/lab_fixture.h"
#include "ui/window_fixture.h"

#include <QAccessible>
#include <QMenuBar>
#include <QRadioButton>
#include <QScrollArea>
#include <QTableWidget>
#include <QToolButton>

using namespace fplab;
using namespace fplab::test;

/// The window without a mouse.
class TstKeyboard : public QObject {
    Q_OBJECT

    std::unique_ptr<MainWindow> window;

    template <class T> [[nodiscard]] QWidget* part() const { return window->findChild<T*>(); }
    [[nodiscard]] static bool isIn(const QWidget* region) { return region->isAncestorOf(QApplication::focusWidget()); }

    /// Something is drawn at the crosshair that is not there without.
    [[nodiscard]] static bool hasCrosshair(PlotView& view)
    {
        const QImage with = view.plot().grab().toImage();
        view.clearFocus();
        QTest::qWait(20);
        const QImage without = view.plot().grab().toImage();
        return with != without;
    }
    /// What a screen reader would stumble over below a node: no name where one can act, the same name twice side by
    /// side, a focus in what is not shown.
    static void collectProblems(QAccessibleInterface* node, const QString& path, QStringList& problems)
    {
        QSet<std::pair<int, QString>> names;
        for (int i = 0; i < std::min(node->childCount(), 60); ++i) {
            QAccessibleInterface* child = node->child(i);
            if (!child || !child->isValid())
                continue;
            const auto state = child->state();
            const QString name = child->text(QAccessible::Name);
            const QString here = path + u'/' + QString::number(child->role(), 16) + u':' + name;
            if (state.invisible) {
                if (state.focused)
                    problems.append(QStringLiteral("hidden, with the focus: ") + here);
                collectHiddenFocus(child, here, problems);
                continue;
            }
            const bool cell = child->role() == QAccessible::Cell || child->role() == QAccessible::ListItem
                || child->role() == QAccessible::TreeItem;
            if (state.focusable && !cell && name.trimmed().isEmpty() && child->role() != QAccessible::Window
                && child->role() != QAccessible::Client)
                problems.append(QStringLiteral("no name: ") + here);
            const bool value
                = child->role() == QAccessible::ComboBox; // its name is its value there, the label is a relation
            if (state.focusable && !cell && !value && !name.isEmpty()) {
                if (names.contains({child->role(), name}))
                    problems.append(QStringLiteral("twice: ") + here);
                names.insert({child->role(), name});
            }
            collectProblems(child, here, problems);
        }
    }
    static void collectHiddenFocus(QAccessibleInterface* node, const QString& path, QStringList& problems)
    {
        for (int i = 0; i < std::min(node->childCount(), 60); ++i) {
            QAccessibleInterface* child = node->child(i);
            if (!child || !child->isValid())
                continue;
            const QString here = path + u'/' + child->text(QAccessible::Name);
            if (child->state().focused)
                problems.append(QStringLiteral("hidden, with the focus: ") + here);
            collectHiddenFocus(child, here, problems);
        }
    }
    static QString accessibleProblems(QWidget& widget)
    {
        QStringList problems;
        collectProblems(QAccessible::queryAccessibleInterface(&widget), {}, problems);
        return problems.join(u'\n');
    }
    static void report(const Status& status) { QVERIFY2(status, status ? "" : status.error().text().c_str()); }

    /// Tab visits everything and comes back; what has a text has a key, and no two the same; everything has a name.
    static void walkDialog(QWidget& dialog)
    {
        QCOMPARE(namelessWidgets(dialog).join(u'\n'), QString());
        QCOMPARE(accessibleProblems(dialog), QString());
        QSet<QWidget*> reached;
        QWidget* first = nullptr;
        for (int i = 0; i < 200; ++i) {
            QTest::keyClick(dialog.focusWidget() ? dialog.focusWidget() : &dialog, Qt::Key_Tab);
            QWidget* now = dialog.focusWidget();
            if (now == first)
                break;
            first = first ? first : now;
            reached.insert(now);
        }
        QCOMPARE(dialog.focusWidget(), first);
        for (QWidget* widget : tabOrder(dialog))
            if (!qobject_cast<QRadioButton*>(widget)
                && !qobject_cast<QScrollArea*>(widget)) // arrows go through those of a group
                QVERIFY2(reached.contains(widget),
                    qPrintable(dialog.windowTitle() + u' ' + widget->objectName()
                        + QLatin1String(widget->metaObject()->className())));
        QMap<QChar, QString> keys;
        const auto take = [&](const QString& text) {
            const QChar key = mnemonicOf(text);
            QVERIFY2(!key.isNull(), qPrintable(dialog.windowTitle() + u' ' + text));
            QVERIFY2(!keys.contains(key), qPrintable(text + u' ' + keys.value(key)));
            keys.insert(key, text);
        };
        for (const auto* button : dialog.findChildren<QAbstractButton*>())
            if (button->isVisible() && !button->text().isEmpty() && !qobject_cast<const QToolButton*>(button))
                take(button->text());
        for (const auto* label : dialog.findChildren<QLabel*>())
            if (label->isVisible() && label->buddy())
                take(label->text());
    }

private Q_SLOTS:
    void initTestCase() { prepareWindows(); }
    void init() { window = freshWindow(); }
    void cleanup() { window.reset(); }

    void f6GoesThroughTheRegions()
    {
        window->openCard(QStringLiteral("three-sines"), false);
        const QList<QWidget*> regions {part<TransportBar>(), part<SpecForm>(), part<ViewGrid>(), part<TimelineStrip>()};
        regions[3]->setFocus();
        static_cast<TimelineStrip*>(regions[3])->track().setFocus();
        for (int round = 0; round < 2; ++round)
            for (QWidget* region : regions) {
                pressKey(*window, Qt::Key_F6);
                QVERIFY2(isIn(region), region->metaObject()->className());
            }
        for (const int i : {2, 1, 0, 3}) {
            pressKey(*window, Qt::Key_F6, Qt::ShiftModifier);
            QVERIFY2(isIn(regions[i]), regions[i]->metaObject()->className());
        }
        // Hidden ones are left out, and a region is entered where one was.
        pressKey(*window, Qt::Key_1, Qt::ControlModifier);
        pressKey(*window, Qt::Key_F6);
        QVERIFY(isIn(regions[0]));
        pressKey(*window, Qt::Key_Tab);
        const QWidget* there = QApplication::focusWidget();
        QVERIFY(isIn(regions[0]));
        pressKey(*window, Qt::Key_F6);
        QVERIFY(isIn(regions[2]));
        pressKey(*window, Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget(), there);
    }
    void f6ReachesMessagesAndTheirButtonsHaveKeys()
    {
        window->openCard(QStringLiteral("three-sines"), false);
        window->experiment().stepBy(1);
        QTRY_VERIFY(window->experiment().run.history().size() > 1);
        QVERIFY(window->experiment().editor.edit(QStringLiteral("network.activation"), QStringLiteral("\"relu\"")));
        int pressed = 0;
        auto* banner = window->findChild<Banner*>();
        banner->show(QStringLiteral("Training diverged"), QStringLiteral("Why"),
            {{QStringLiteral("Retry with rate 0.1"), [&] { ++pressed; }},
                {QStringLiteral("Back to step 3"), [&] { ++pressed; }}});
        auto* toast = window->findChild<Toast*>();
        toast->show(QStringLiteral("Something is said"));
        const QList<QWidget*> regions {part<TransportBar>(), part<SpecForm>(), part<PendingBar>(), banner,
            part<ViewGrid>(), part<TimelineStrip>(), toast};
        QTRY_VERIFY(part<PendingBar>()->isVisible());
        static_cast<TimelineStrip*>(regions[5])->track().setFocus();
        pressKey(*window, Qt::Key_F6);
        QVERIFY(isIn(toast));
        QCOMPARE(toast->remaining(), -1); // it does not go while the keyboard is in it
        for (QWidget* region : regions) {
            pressKey(*window, Qt::Key_F6);
            QVERIFY2(isIn(region), region->metaObject()->className());
        }
        for (const QWidget* region : {part<PendingBar>(), static_cast<QWidget*>(banner)})
            for (const auto* button : region->findChildren<QPushButton*>()) {
                const QString key = button->toolTip().section(u'(', -1).chopped(1);
                QVERIFY2(!QKeySequence::fromString(key).isEmpty(), qPrintable(button->toolTip()));
                QVERIFY(button->accessibleName() == plainText(button->text()));
            }
        QSet<QString> keys;
        for (const QAction* menu : window->menuBar()->actions())
            keys.insert(QKeySequence::mnemonic(menu->text()).toString());
        for (const auto* button : banner->findChildren<QPushButton*>()) {
            QVERIFY2(!keys.contains(button->shortcut().toString()), qPrintable(button->text()));
            keys.insert(button->shortcut().toString());
        }
        pressKey(*window, Qt::Key_B, Qt::AltModifier);
        QTRY_COMPARE(pressed, 1);
        QVERIFY(!banner->isVisible());
    }
    void theFirstArrowStartsInSight()
    {
        window->openCard(QStringLiteral("three-sines"), false);
        auto* grid = window->findChild<ViewGrid*>();
        PlotView* spectrum = grid->views()[1];
        QCOMPARE(spectrum->id(), QStringLiteral("spectrum"));
        const auto k = [&] { return spectrum->crosshairText().section(u' ', 2, 2).toInt(); };
        const auto range = [&] { return spectrum->plot().xAxis->range(); };
        enterByKeyboard(*spectrum);
        pressKey(*window, Qt::Key_Right);
        QCOMPARE(k(), 1); // the first peak
        for (int i = 0; i < 3; ++i)
            pressKey(*window, Qt::Key_Plus);
        const auto before = range();
        for (int i = 0; i < 40; ++i) {
            pressKey(*window, Qt::Key_Right);
            QVERIFY2(range().contains(k()), qPrintable(spectrum->crosshairText()));
        }
        QVERIFY(range().lower > before.lower);
        pressKey(*window, Qt::Key_Backspace); // one step back, however many scrolls
        QCOMPARE(range().lower, before.lower);
        for (int i = 0; i < 3; ++i) {
            pressKey(*window, Qt::Key_Left, Qt::ControlModifier);
            QVERIFY2(range().contains(k()), qPrintable(spectrum->crosshairText()));
        }
    }
    void everyPlotStartsInSight()
    {
        for (const char* id : {"three-sines", "poisson-jacobi"}) {
            window->openCard(QString::fromLatin1(id), false);
            window->experiment().stepBy(20);
            QTRY_VERIFY(window->experiment().run.history().size() > 2);
            auto* grid = window->findChild<ViewGrid*>();
            for (PlotView* view : grid->shown()) {
                enterByKeyboard(*view);
                for (int i = 0; i < 5; ++i)
                    pressKey(*window, Qt::Key_Plus);
                pressKey(*window, Qt::Key_Left);
                for (int i = 0; i < 3; ++i)
                    pressKey(*window, Qt::Key_Left);
                if (view->crosshairText().isEmpty())
                    continue; // it has no points
                QTest::qWait(50);
                QVERIFY2(hasCrosshair(*view), qPrintable(view->id()));
            }
        }
    }
    void bookmarksAreListed()
    {
        window->openCard(QStringLiteral("three-sines"), false);
        pressKey(*window, Qt::Key_B, Qt::ControlModifier);
        auto* list = window->findChild<BookmarkList*>();
        QVERIFY(list && list->isVisible() && !list->isModal());
        QVERIFY(QTest::qWaitForWindowActive(list));
        QVERIFY(list->findChild<QLabel*>(QStringLiteral("bookmarks.empty"))->isVisible());
        QVERIFY(list->width() <= 1000 && list->height() <= 580);
        list->close();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        auto& experiment = window->experiment();
        experiment.stepBy(40);
        QTRY_COMPARE(experiment.run.history().size() > 20, true);
        experiment.timeline.setStep(3);
        experiment.timeline.setBookmark(3, QStringLiteral("early"));
        experiment.timeline.setBookmark(20, QStringLiteral("later, \"quoted\""));
        QTest::mouseClick(window->findChild<QToolButton*>(QStringLiteral("timeline.bookmarks")), Qt::LeftButton);
        QVERIFY(QTest::qWaitForWindowActive(list));
        auto* table = list->findChild<QTableWidget*>(QStringLiteral("bookmarks.table"));
        QTRY_VERIFY(table->hasFocus());
        QCOMPARE(table->rowCount(), 2);
        QCOMPARE(table->currentRow(), 0); // of the step in view
        QTest::keyClick(table, Qt::Key_Down);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(experiment.timeline.step(), std::int64_t(20));
        QTest::keyClick(table, Qt::Key_F2);
        auto* line = table->findChild<QLineEdit*>();
        QVERIFY(line);
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("k = 3"));
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE(experiment.timeline.bookmarks().back().note, QStringLiteral("k = 3"));
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Delete);
        QCOMPARE(experiment.timeline.bookmarks().size(), std::size_t(1));
        QVERIFY(list->findChild<QPushButton*>(QStringLiteral("bookmarks.undo"))->isVisible());
        QTest::keyClick(table, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(experiment.timeline.bookmarks().back(), (Bookmark {20, QStringLiteral("k = 3")}));
        experiment.timeline.setBookmark(3, QStringLiteral("a \"b\", c"));
        const QByteArray csv = bookmarksCsv(experiment.lab());
        QVERIFY2(csv.endsWith("\nstep,note\n3,\"a \"\"b\"\", c\"\n20,\"k = 3\"\n"), csv.constData());
        QCOMPARE(namelessWidgets(*list).join(u'\n'), QString());
        experiment.stepBy(1); // goes on while the list is open
        QTRY_COMPARE(experiment.run.liveStep(), std::int64_t(41));
        report(experiment.reset());
        QTRY_COMPARE(table->rowCount(), 0);
        QVERIFY(!list->findChild<QPushButton*>(QStringLiteral("bookmarks.undo"))->isVisible());
    }
    void dialogsHaveKeysAndNoTraps()
    {
        window->openCard(QStringLiteral("three-sines"), false);
        for (const char* command : {"edit.settings", "view.bookmarks", "help.keys"}) {
            window->findChild<QAction*>(QString::fromLatin1(command))->trigger();
            QTRY_VERIFY(QApplication::activeWindow() && QApplication::activeWindow() != window.get());
            walkDialog(*QApplication::activeWindow());
            QApplication::activeWindow()->close();
            window->activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(window.get()));
        }
        window->findChild<ViewGrid*>()->views()[0]->showTable();
        QTRY_VERIFY(QApplication::activeWindow() && QApplication::activeWindow() != window.get());
        walkDialog(*QApplication::activeWindow());
        QApplication::activeWindow()->close();
        QTimer::singleShot(300, this, [&] {
            walkDialog(*QApplication::activeModalWidget());
            QApplication::activeModalWidget()->close();
        });
        window->findChild<QAction*>(QStringLiteral("file.export"))->trigger();
        CsvImportDialog import(
            QStringLiteral("a.csv"), "x,y\n0,1\n1,n/a\n2,3\n", window->experiment().themes, window.get());
        import.show();
        QVERIFY(QTest::qWaitForWindowActive(&import));
        walkDialog(import);
    }
    void assistiveProgramsFindTheirWay()
    {
        QCOMPARE(accessibleProblems(*window), QString());
        for (const char* id : {"three-sines", "poisson-handoff"}) {
            window->openCard(QString::fromLatin1(id), false);
            window->experiment().stepBy(3);
            QTRY_VERIFY(window->experiment().run.history().size() > 1);
            QCOMPARE(accessibleProblems(*window), QString());
            pressKey(*window, Qt::Key_K, Qt::ControlModifier);
            QTest::keyClicks(window->focusWidget(), QStringLiteral("rate"));
            pressKey(*window, Qt::Key_Escape);
            QCOMPARE(accessibleProblems(*window), QString());
        }
        window->findChild<QAction*>(QStringLiteral("edit.settings"))->trigger();
        QTRY_VERIFY(QApplication::activeWindow() != window.get());
        QApplication::activeWindow()->close();
        QCOMPARE(accessibleProblems(*window), QString());
    }
    void oneKeyHasOneName()
    {
        const auto* restart = window->findChild<QAction*>(QStringLiteral("run.restart"));
        QCOMPARE(restart->shortcut().toString(QKeySequence::NativeText), QStringLiteral("Ctrl+Enter"));
        QCOMPARE(keyText(*restart), QStringLiteral("Ctrl+Enter"));
        const auto* run = window->findChild<QAction*>(QStringLiteral("run.toggle"));
        QCOMPARE(run->text(), QStringLiteral("&Run / pause\tSpace"));
        QCOMPARE(keyText(*run), QStringLiteral("Space, F8"));
        window->settings().set(&Settings::singleKeys, false);
        QCOMPARE(run->text(), QStringLiteral("&Run / pause"));
    }
    void theFocusIsSeen()
    {
        window->openCard(QStringLiteral("three-sines"), false);
        for (int i = 0; i < 4; ++i) {
            pressKey(*window, Qt::Key_F6);
            QWidget* focus = QApplication::focusWidget();
            const QRect place = QRect(focus->mapTo(window.get(), QPoint()), focus->size()).adjusted(-4, -4, 4, 4);
            const QImage with = window->grab(place).toImage();
            focus->clearFocus();
            const QImage without = window->grab(place).toImage();
            focus->setFocus(Qt::TabFocusReason);
            QVERIFY2(with != without, focus->metaObject()->className());
        }
    }
    void tabReachesEverythingAndComesBack()
    {
        const auto walk = [&] {
            QSet<QWidget*> reached;
            QWidget* first = QApplication::focusWidget();
            for (int i = 0; i < 400; ++i) {
                QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
                reached.insert(QApplication::focusWidget());
                if (QApplication::focusWidget() == first)
                    break;
            }
            QCOMPARE(QApplication::focusWidget(), first);
            for (QWidget* widget : window->findChildren<QWidget*>())
                if ((widget->focusPolicy() & Qt::TabFocus) && widget->isVisible() && widget->isEnabled()
                    && !widget->focusProxy() && widget->window() == window.get())
                    QVERIFY2(reached.contains(widget),
                        qPrintable(QLatin1String(widget->metaObject()->className()) + u' ' + widget->objectName()));
        };
        walk();
        window->openCard(QStringLiteral("three-sines"), false);
        pressKey(*window, Qt::Key_F6);
        walk();
    }
    void tabGoesInReadingOrder()
    {
        window->openCard(QStringLiteral("three-sines"), false);
        const QList<QWidget*> regions {part<TransportBar>(), part<SpecForm>(), part<ViewGrid>(), part<TimelineStrip>()};
        static_cast<TimelineStrip*>(regions[3])->track().setFocus();
        pressKey(*window, Qt::Key_F6);
        qsizetype at = 0;
        for (int i = 0; i < 400 && at < 3; ++i) {
            pressKey(*window, Qt::Key_Tab);
            const auto now
                = std::ranges::find_if(regions, [](const QWidget* region) { return isIn(region); }) - regions.begin();
            QVERIFY2(now == at || now == at + 1, qPrintable(QStringLiteral("from %1 to %2").arg(at).arg(now)));
            at = now;
        }
        QCOMPARE(at, qsizetype(3));
    }
    void everyActionIsExplainedAndKnown()
    {
        QSet<QString> ids;
        QMap<QString, QString> keys;
        for (const auto& [action, path] : menuActions(*window->menuBar())) {
            const QString name = action->text();
            QVERIFY2(!action->statusTip().isEmpty() && action->toolTip() != plainText(name), qPrintable(name));
            QVERIFY2(!action->objectName().isEmpty() && !ids.contains(action->objectName()), qPrintable(name));
            ids.insert(action->objectName());
            for (const QKeySequence& key : action->shortcuts()) {
                QVERIFY2(!keys.contains(key.toString()), qPrintable(name + u' ' + keys.value(key.toString())));
                keys.insert(key.toString(), name);
            }
        }
        QVERIFY(ids.size() > 35);
    }
};

QTEST_MAIN(TstKeyboard)
#include "tst_keyboard.moc"
