#include "core/engine/trainer.h"
#include "ui/panels/spec_form.h"
#include "ui/settings/key_edit.h"
#include "ui/settings/settings_dialog.h"
#include "ui/views/plot_view.h"
#include "ui/window/view_grid.h"

#include "ui/lab_fixture.h"
#include "ui/window_fixture.h"

#include <QCheckBox>
#include <QDir>
#include <QListWidget>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTreeWidget>

using namespace fplab;
using namespace fplab::test;

namespace {

QString q(const char* text) { return QString::fromUtf8(text); }

} // namespace

class TstSettings : public QObject {
    Q_OBJECT

    std::unique_ptr<MainWindow> window;
    SettingsDialog* dialog = nullptr;

    template <class T> [[nodiscard]] T* control(const char* name) const
    {
        auto* found = dialog->findChild<T*>(q(name));
        if (!found)
            qFatal("no control %s", name);
        return found;
    }
    void open(int page)
    {
        pressKey(*window, Qt::Key_Comma, Qt::ControlModifier);
        dialog = window->findChild<SettingsDialog*>();
        QVERIFY(dialog && QTest::qWaitForWindowActive(dialog));
        control<QListWidget>("settings.pages")->setCurrentRow(page);
    }
    void choose(const char* name, const QString& text)
    {
        auto* box = control<QComboBox>(name);
        box->setFocus();
        for (int i = 0; i < box->count() && box->currentText() != text; ++i)
            QTest::keyClick(
                box, i < box->findText(text) || box->currentIndex() < box->findText(text) ? Qt::Key_Down : Qt::Key_Up);
        QCOMPARE(box->currentText(), text);
    }
    /// Chooses the action whose row begins with this text.
    void chooseAction(const char* text)
    {
        auto* tree = control<QTreeWidget>("settings.keys");
        const auto found = tree->findItems(q(text), Qt::MatchExactly);
        QCOMPARE(found.size(), qsizetype(1));
        tree->setCurrentItem(found.first());
    }
    [[nodiscard]] QAction* action(const char* id) const { return window->findChild<QAction*>(q(id)); }
    [[nodiscard]] const Settings& now() const { return window->settings().values(); }

private Q_SLOTS:
    void initTestCase() { prepareWindows(); }
    void init() { window = freshWindow(); }
    void cleanup() { window.reset(); }

    void whatIsSavedIsRead()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(q("a/settings.json"));
        Settings s;
        s.theme = ThemeKind::Dark;
        s.textScale = 1.3;
        s.pace = Pace::Kind::Max;
        s.folder = q("/tmp");
        s.addRecent(q("/tmp/ä.csv"));
        s.recent.first().used = QDateTime::fromString(q("2024-02-03T04:05:06Z"), Qt::ISODate);
        s.historyMegabytes = 1024;
        s.reduceMotion = true;
        s.singleKeys = false;
        s.keys = {{q("run.step"), {QKeySequence(Qt::Key_M)}}, {q("run.reset"), {}}};
        s.rememberLayout = false;
        s.layout = {{q("panel"), false}};
        QVERIFY(saveSettings(s, path).ok());
        QVERIFY(loadSettings(path) == s);
    }
    void badValuesGiveDefaults_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArrayLiteral("{}");
        QTest::newRow("unknown") << QByteArrayLiteral(R"({"theme":"pink","pace":"later","from":"the future"})");
        QTest::newRow("types") << QByteArrayLiteral(
            R"({"theme":1,"text_scale":"big","folder":[],"remember_recent":"x","recent":{"a":1},"history_mb":"much",
                "reduce_motion":2,"single_keys":null,"keys":[1],"remember_layout":[],"layout":7})");
        QTest::newRow("entries") << QByteArrayLiteral(
            R"({"recent":[1,{"path":"relative"},{"used":"x"}],"keys":{"run.step":5}})");
        QTest::newRow("broken") << QByteArrayLiteral("{\"theme\":");
    }
    void badValuesGiveDefaults()
    {
        QFETCH(QByteArray, text);
        const QTemporaryDir folder;
        QFile file(folder.filePath(q("settings.json")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
        file.close();
        QVERIFY(loadSettings(file.fileName()) == Settings());
    }
    void limitsHold()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(q("settings.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"text_scale":9,"history_mb":1})");
        file.close();
        QCOMPARE(loadSettings(file.fileName()).textScale, 2.0);
        QCOMPARE(loadSettings(file.fileName()).historyMegabytes, Settings::leastMegabytes);
        Settings s;
        for (int i = 0; i < 20; ++i)
            s.addRecent(q("/tmp/%1.csv").arg(i % 15));
        QCOMPARE(s.recent.size(), Settings::mostRecent);
        QCOMPARE(s.recent.first().path, q("/tmp/4.csv"));
        s.removeRecent(q("/tmp/4.csv"));
        QCOMPARE(s.recent.first().path, q("/tmp/3.csv"));
        s.rememberRecent = false;
        s.addRecent(q("/tmp/new.csv"));
        QCOMPARE(s.recent.first().path, q("/tmp/3.csv"));
    }
    void appliesAtOnceAndIsKept()
    {
        open(0);
        choose("settings.theme", q("Dark"));
        QCOMPARE(window->experiment().themes.theme().kind, ThemeKind::Dark);
        QVERIFY(action("view.theme.dark")->isChecked());
        choose("settings.text_scale", q("150 %"));
        QCOMPARE(window->experiment().themes.theme().fontScale, 1.5);
        choose("settings.pace", q("Max"));
        QCOMPARE(window->experiment().run.pace().kind, Pace::Kind::Max);
        control<QListWidget>("settings.pages")->setCurrentRow(1);
        choose("settings.history", q("64 MB"));
        QCOMPARE(window->experiment().run.historyBudget(), std::size_t(64) << 20);
        window->openCard(q("three-sines"), false);
        QCOMPARE(window->experiment().run.history().budget(), std::size_t(64) << 20);
        window.reset();
        window = std::make_unique<MainWindow>();
        QCOMPARE(window->experiment().themes.theme().kind, ThemeKind::Dark);
        QCOMPARE(window->experiment().run.pace().kind, Pace::Kind::Max);
        QCOMPARE(window->experiment().run.historyBudget(), std::size_t(64) << 20);
    }
    void followsChangesMadeElsewhere()
    {
        open(0);
        action("view.theme.projector")->trigger();
        QCOMPARE(control<QComboBox>("settings.theme")->currentText(), q("Projector"));
        action("view.larger_text")->trigger();
        QCOMPARE(control<QComboBox>("settings.text_scale")->currentText(), q("110 %"));
    }
    void resetTouchesItsPageOnly()
    {
        open(0);
        choose("settings.theme", q("Dark"));
        control<QListWidget>("settings.pages")->setCurrentRow(2);
        QTest::mouseClick(control<QCheckBox>("settings.reduce_motion"), Qt::LeftButton, {}, QPoint(8, 14));
        QVERIFY(now().reduceMotion);
        QTest::mouseClick(control<QPushButton>("settings.reset"), Qt::LeftButton);
        QVERIFY(!now().reduceMotion);
        QVERIFY(!control<QCheckBox>("settings.reduce_motion")->isChecked());
        QCOMPARE(now().theme, ThemeKind::Dark);
        control<QListWidget>("settings.pages")->setCurrentRow(0);
        QTest::mouseClick(control<QPushButton>("settings.reset"), Qt::LeftButton);
        QCOMPARE(now().theme, ThemeKind::Light);
    }
    void notRememberingClearsTheList()
    {
        Settings s = now();
        s.addRecent(q("/tmp/a.csv"));
        window->settings().set(s);
        open(0);
        QTest::mouseClick(control<QCheckBox>("settings.remember_recent"), Qt::LeftButton, {}, QPoint(8, 14));
        QVERIFY(!now().rememberRecent && now().recent.isEmpty());
    }
    void singleKeysCanBeSwitchedOff()
    {
        window->openCard(q("three-sines"), false);
        open(2);
        QTest::mouseClick(control<QCheckBox>("settings.single_keys"), Qt::LeftButton, {}, QPoint(8, 14));
        dialog->close();
        window->activateWindow();
        QTRY_COMPARE(QApplication::activeWindow(), static_cast<QWidget*>(window.get()));
        auto& run = window->experiment().run;
        for (const Qt::Key key : {Qt::Key_N, Qt::Key_Space, Qt::Key_R, Qt::Key_B, Qt::Key_2, Qt::Key_Left})
            pressKey(*window, key);
        QTest::qWait(50);
        QCOMPARE(run.state(), RunState::Ready);
        QCOMPARE(run.liveStep(), std::int64_t(0));
        QVERIFY(window->experiment().timeline.bookmarks().empty());
        QVERIFY(!window->findChild<ViewGrid*>()->maximised());
        pressKey(*window, Qt::Key_F8);
        QCOMPARE(run.state(), RunState::Running);
        run.pause();
        QTRY_COMPARE(run.state(), RunState::Paused);
        window->settings().set(&Settings::singleKeys, true);
        const auto before = run.liveStep();
        pressKey(*window, Qt::Key_N, Qt::ShiftModifier);
        QTRY_VERIFY(run.liveStep() > before);
    }
    void reducedMotionCalmsTheFrames()
    {
        window->settings().set(&Settings::reduceMotion, true);
        window->openCard(q("three-sines"), false);
        window->experiment().run.setPace({.kind = Pace::Kind::Steady, .stepsPerSecond = 200});
        QSignalSpy frames(&window->experiment().run, &RunController::advanced);
        window->experiment().run.resume();
        QTest::qWait(1500);
        window->experiment().run.pause();
        QVERIFY2(frames.count() >= 1 && frames.count() <= 8, qPrintable(QString::number(frames.count())));
    }
    void anotherKey()
    {
        window->openCard(q("three-sines"), false);
        open(3);
        chooseAction("Step");
        auto* edit = control<KeyEdit>("settings.key.edit");
        QTest::keyClick(edit, Qt::Key_J);
        QCOMPARE(action("run.step")->shortcut(), QKeySequence(Qt::Key_J));
        QCOMPARE(now().keys.value(q("run.step")), (QList<QKeySequence> {Qt::Key_J}));
        QTest::mouseClick(control<QPushButton>("settings.key.default"), Qt::LeftButton);
        QCOMPARE(action("run.step")->shortcut(), QKeySequence(Qt::Key_N));
        QVERIFY(now().keys.isEmpty());
        QTest::mouseClick(control<QPushButton>("settings.key.none"), Qt::LeftButton);
        QVERIFY(action("run.step")->shortcuts().isEmpty());
        QTest::mouseClick(control<QPushButton>("settings.reset"), Qt::LeftButton);
        QCOMPARE(action("run.step")->shortcut(), QKeySequence(Qt::Key_N));
    }
    void aConflictIsShownFirst()
    {
        open(3);
        chooseAction("Step");
        auto* edit = control<KeyEdit>("settings.key.edit");
        QTest::keyClick(edit, Qt::Key_R);
        QCOMPARE(control<QLabel>("settings.key.conflict")->text(), q("R belongs to “Reset”."));
        QCOMPARE(action("run.step")->shortcut(), QKeySequence(Qt::Key_N));
        QTest::mouseClick(control<QPushButton>("settings.key.take"), Qt::LeftButton);
        QCOMPARE(action("run.step")->shortcut(), QKeySequence(Qt::Key_R));
        QVERIFY(action("run.reset")->shortcuts().isEmpty());
        QTest::keyClick(edit, Qt::Key_Space);
        QVERIFY(control<QLabel>("settings.key.conflict")->text().startsWith(q("Space")));
        QCOMPARE(action("run.step")->shortcut(), QKeySequence(Qt::Key_R));
        // The keyboard gets out of the field.
        edit->setFocus();
        QTest::keyClick(edit, Qt::Key_Tab);
        QVERIFY(!edit->hasFocus());
    }
    void theArrangementIsRemembered()
    {
        const auto grid = [&] { return window->findChild<ViewGrid*>(); };
        const auto shown = [&] {
            QStringList ids;
            for (const PlotView* view : grid()->shown())
                ids.append(view->id());
            return ids;
        };
        window->openCard(q("three-sines"), false);
        const auto usual = shown();
        QVERIFY(usual.contains(q("spectrum")) && !usual.contains(q("loss")));
        action("view.show.spectrum")->trigger();
        action("view.show.loss")->trigger();
        pressKey(*window, Qt::Key_1, Qt::ControlModifier);
        PlotView* first = grid()->views().front();
        QJsonObject state = first->viewState();
        QVERIFY(!state.isEmpty());
        QString option;
        for (const QString& key : state.keys())
            if (state.value(key).isBool())
                option = key;
        const bool before = state.value(option).toBool();
        state.insert(option, !before);
        first->restoreViewState(state);
        const auto own = shown();
        QVERIFY(!own.contains(q("spectrum")) && own.contains(q("loss")));

        const auto again = [&] {
            window.reset();
            window = std::make_unique<MainWindow>();
            showWindow(*window);
            window->openCard(q("three-sines"), false);
        };
        window->close(); // as a person ends it
        again();
        QCOMPARE(shown(), own);
        QVERIFY(window->findChild<SpecForm*>()->isHidden());
        QCOMPARE(grid()->views().front()->viewState().value(option).toBool(), !before);
        QVERIFY(!action("view.show.spectrum")->isChecked() && action("view.show.loss")->isChecked());

        window->settings().set(&Settings::rememberLayout, false);
        again();
        QCOMPARE(shown(), usual);
        QVERIFY(!window->findChild<SpecForm*>()->isHidden());
    }
    void aStrangeArrangementIsSurvived()
    {
        QVERIFY(QFile::exists(settingsPath()) || QDir().mkpath(QFileInfo(settingsPath()).absolutePath()));
        QFile file(settingsPath());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            R"({"layout":{"panel":"x","tiles":{"shown":7,"nonsense":{},"fit":{"shown":["nonsense",3],"hidden":["output","spectrum","delta","heatmap","loss"]}},
                       "views":{"output":7,"nonsense":{"a":1}}}})");
        file.close();
        window = std::make_unique<MainWindow>();
        showWindow(*window);
        window->openCard(q("three-sines"), false);
        QCOMPARE(window->findChild<ViewGrid*>()->shown().size(), std::size_t(1)); // one stays
        QVERIFY(!window->findChild<SpecForm*>()->isHidden());
    }
    void theListOfPagesIsEven()
    {
        open(0);
        auto* list = control<QListWidget>("settings.pages");
        const std::pair<ThemeKind, double> looks[] {
            {ThemeKind::Light, 1}, {ThemeKind::Dark, 2}, {ThemeKind::Projector, 1.5}};
        for (const auto& [theme, scale] : looks) {
            window->settings().set(&Settings::theme, theme);
            window->settings().set(&Settings::textScale, scale);
            QTest::qWait(10);
            for (int row = 0; row < list->count(); ++row) {
                list->setCurrentRow(row);
                QCOMPARE(brokenRows(*list).join(u'\n'), QString());
            }
        }
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(2)).center());
        QCOMPARE(list->currentRow(), 2);
        QTest::keyClick(list, Qt::Key_Up);
        QCOMPARE(list->currentRow(), 1);
    }
    void fitsTheScreen()
    {
        open(0);
        const auto check = [&](QSize limit) {
            for (int page = 0; page < 4; ++page) {
                control<QListWidget>("settings.pages")->setCurrentRow(page);
                QTest::qWait(10);
                QCOMPARE(clippedTexts(*dialog).join(u'\n'), QString());
                QVERIFY2(dialog->width() <= limit.width() && dialog->height() <= limit.height(),
                    qPrintable(q("%1 x %2").arg(dialog->width()).arg(dialog->height())));
                QVERIFY(dialog->minimumSizeHint().width() <= limit.width());
            }
        };
        check({1000, 580});
        window->settings().set(&Settings::textScale, 1.5);
        check({1000, 580});
        QCOMPARE(namelessWidgets(*dialog).join(u'\n'), QString());
    }
};

QTEST_MAIN(TstSettings)
#include "tst_settings.moc"
