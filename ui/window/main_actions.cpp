#include "core/engine/trainer.h"
#include "ui/gallery/gallery_page.h"
#include "ui/panels/spec_form.h"
#include "ui/views/plot_view.h"
#include "ui/window/main_window.h"
#include "ui/window/presenter.h"
#include "ui/window/timeline_strip.h"
#include "ui/window/view_grid.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QActionGroup>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenuBar>
#include <QStackedWidget>

#include <algorithm>
#include <tuple>

namespace fplab {

namespace {

/// Text fields keep the space bar; buttons and lists only while the keyboard put the focus there.
bool wantsSpace(const QWidget* widget, Qt::FocusReason reason)
{
    if (!widget || qobject_cast<const QLineEdit*>(widget))
        return widget != nullptr;
    const bool acts = qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget);
    return acts
        && (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason);
}

QString u(const char* id) { return QString::fromLatin1(id); }

} // namespace

QAction* MainWindow::makeAction(QMenu& menu, const QString& id, const QString& text, const QList<QKeySequence>& keys,
    const QString& tip, std::function<void()> run)
{
    QAction* action = menu.addAction(text);
    action->setObjectName(id);
    action->setShortcuts(keys);
    action->setToolTip(tip);
    action->setStatusTip(tip);
    connect(action, &QAction::triggered, this, std::move(run));
    return action;
}

void MainWindow::buildActions()
{
    const std::pair<QString, void (MainWindow::*)(QMenu&)> menus[] = {{tr("&File"), &MainWindow::fillFileMenu},
        {tr("&Edit"), &MainWindow::fillEditMenu}, {tr("&Run"), &MainWindow::fillRunMenu},
        {tr("&View"), &MainWindow::fillViewMenu}, {tr("&Help"), &MainWindow::fillHelpMenu}};
    for (const auto& [title, fill] : menus) {
        QMenu* menu = menuBar()->addMenu(title);
        menu->setToolTipsVisible(true);
        (this->*fill)(*menu);
    }
    const auto actions = menuActions(*menuBar());
    m_keys.add(actions);
    for (const MenuAction& entry : actions)
        addAction(entry.action); // keys go on working while the menu bar is hidden

    const auto enable = [this] {
        const bool on = m_experiment.isOpen() && m_pages->currentWidget() == m_laboratory;
        for (QAction* action : std::as_const(m_needRun))
            action->setEnabled(on);
    };
    connect(m_pages, &QStackedWidget::currentChanged, this, enable);
    connect(&m_experiment.run, &RunController::loaded, this, enable);
    enable();
}

void MainWindow::fillFileMenu(QMenu& menu)
{
    makeAction(menu, u("file.new"), tr("&New from the gallery"), {QKeySequence::New}, tr("Choose another experiment"),
        [this] { showGallery(); });
    makeAction(menu, u("file.open"), tr("&Open…"), {QKeySequence::Open}, tr("An experiment or a CSV file of samples"),
        [this] { openDialog(); });
    m_recentMenu = menu.addMenu(tr("Open &recent"));
    m_recentMenu->setToolTipsVisible(true);
    connect(&menu, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    fillRecentMenu();
    m_needRun << makeAction(menu, u("file.save"), tr("&Save experiment…"), {QKeySequence::Save},
        tr("All settings as a file that repeats the run"), [this] { saveDialog(); });
    m_needRun << makeAction(menu, u("file.export"), tr("&Export figures and data…"), {Qt::CTRL | Qt::Key_E},
        tr("PNG, SVG, PDF, CSV"), [this] { exportView(nullptr); });
    m_needRun << makeAction(menu, u("file.export_again"), tr("Export a&gain"), {Qt::CTRL | Qt::SHIFT | Qt::Key_E},
        tr("With the settings of the last export"), [this] { exportAgain(); });
    menu.addSeparator();
    makeAction(menu, u("file.quit"), tr("&Quit"), {Qt::CTRL | Qt::Key_Q}, tr("Leave the program"), [this] { close(); });
}

void MainWindow::fillEditMenu(QMenu& menu)
{
    QAction* undo = m_experiment.editor.undoStack().createUndoAction(this, tr("Undo"));
    undo->setObjectName(u("edit.undo"));
    undo->setShortcut(QKeySequence::Undo);
    undo->setToolTip(tr("Takes the last edit back"));
    undo->setStatusTip(undo->toolTip());
    QAction* redo = m_experiment.editor.undoStack().createRedoAction(this, tr("Redo"));
    redo->setObjectName(u("edit.redo"));
    redo->setShortcuts({Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y});
    redo->setToolTip(tr("Makes the edit again that was taken back"));
    redo->setStatusTip(redo->toolTip());
    menu.addActions({undo, redo});
    m_needRun << makeAction(
        menu, u("edit.formula"), tr("&Formula"), {Qt::CTRL | Qt::Key_L}, tr("Type another target function"), [this] {
            present(false);
            m_form->show();
            m_form->focusFormula();
        });
    m_needRun << makeAction(menu, u("edit.follow_largest"), tr("Follow the &largest 3 peaks"), {Qt::SHIFT | Qt::Key_F},
        tr("Chooses the peaks to follow"), [this] { m_experiment.followLargest(3); });
    menu.addSeparator();
    makeAction(menu, u("edit.settings"), tr("Se&ttings…"), {Qt::CTRL | Qt::Key_Comma},
        tr("Theme, text size, memory, keys"), [this] { showSettings(); });
}

void MainWindow::fillRunMenu(QMenu& menu)
{
    const auto add
        = [&](const char* id, const QString& text, const QList<QKeySequence>& keys, const QString& tip,
              std::function<void()> run) { m_needRun << makeAction(menu, u(id), text, keys, tip, std::move(run)); };
    add("run.toggle", tr("&Run / pause"), {Qt::Key_F8}, tr("Trains, or stops where it is; F8 wherever the keyboard is"),
        [this] { m_experiment.toggle(); });
    m_needRun.last()->setProperty("fixedKey", tr("Space")); // eventFilter() has it: some controls want it themselves
    add("run.step", tr("&Step"), {Qt::Key_N}, tr("One step"), [this] { m_experiment.stepBy(1); });
    add("run.ten_steps", tr("&10 steps"), {Qt::SHIFT | Qt::Key_N}, tr("Ten steps"),
        [this] { m_experiment.stepBy(10); });
    add("run.to_record", tr("To the next re&cord"), {Qt::CTRL | Qt::SHIFT | Qt::Key_N},
        tr("As far as the next recorded step"), [this] { m_experiment.run.stepToRecord(); });
    add("run.reset", tr("R&eset"), {Qt::Key_R}, tr("Back to the same start"), [this] { report(m_experiment.reset()); });
    add("run.new_start", tr("New s&tart"), {Qt::SHIFT | Qt::Key_R}, tr("Other initial weights, by the next seed"),
        [this] { report(m_experiment.newStart()); });
    add("run.restart", tr("Restart with &changes"), {Qt::CTRL | Qt::Key_Enter, Qt::CTRL | Qt::Key_Return},
        tr("Applies what waits for a new run, and runs"), [this] { report(m_experiment.restart(true)); });
    QMenu* earlier = menu.addMenu(tr("Earl&ier runs"));
    connect(earlier, &QMenu::aboutToShow, this, [this, earlier] { fillEarlierMenu(*earlier); });
    QAction* back = makeAction(menu, u("run.back"), tr("&Back to the run before"), {Qt::CTRL | Qt::Key_Backspace},
        tr("As it was; the run of now is kept in its place"), [this] {
            if (m_experiment.earlier.size() > 0)
                m_experiment.goBackTo(0);
        });
    const auto offerEarlier = [this, earlier, back] {
        earlier->setEnabled(m_experiment.earlier.size() > 0);
        back->setEnabled(m_experiment.earlier.size() > 0);
    };
    connect(&m_experiment.earlier, &EarlierRuns::changed, back, offerEarlier);
    offerEarlier();
    for (PlotView* view : m_grid->views())
        if (const ViewCommand* command = viewKindOf(*view).command) {
            const auto words = [](const char* text) { return QCoreApplication::translate("ViewKind", text); };
            add(command->id, words(command->text), {QKeySequence(command->key)}, words(command->tip), [this, view] {
                if (!m_grid->maximised() && !m_grid->isShown(view))
                    m_grid->setShown(view, true);
                view->act();
            });
            const auto offer = [this, view, act = m_needRun.last()] { act->setVisible(m_grid->isOffered(view)); };
            connect(m_grid, &ViewGrid::layoutChanged, this, offer);
            offer();
        }
    add("run.notes", tr("N&otes on this run…"), {}, tr("What to know to read its results rightly"),
        [this] { showNotes(); });
    menu.addSeparator();
    add("run.previous_record", tr("Pre&vious record"), {Qt::Key_Left}, tr("One recorded step back"),
        [this] { m_experiment.timeline.moveBy(-1); });
    add("run.next_record", tr("Ne&xt record"), {Qt::Key_Right}, tr("One recorded step on"),
        [this] { m_experiment.timeline.moveBy(1); });
    add("run.previous_flag", tr("Previous &flag"), {Qt::CTRL | Qt::Key_Left}, tr("Capture, change or bookmark before"),
        [this] { m_timeline->track().goToFlag(-1); });
    add("run.next_flag", tr("Next fla&g"), {Qt::CTRL | Qt::Key_Right}, tr("Capture, change or bookmark after"),
        [this] { m_timeline->track().goToFlag(1); });
    add("run.first", tr("First record"), {Qt::Key_Home}, tr("Before training"),
        [this] { m_experiment.timeline.setStep(0); });
    add("run.live", tr("&Live"), {Qt::Key_End}, tr("Follow the training again"),
        [this] { m_experiment.timeline.goLive(); });
    add("run.bookmark", tr("&Bookmark…"), {Qt::Key_B}, tr("Marks this step, with a note"),
        [this] { m_timeline->track().bookmark(); });
}

void MainWindow::fillViewMenu(QMenu& menu)
{
    const auto& views = m_grid->views();
    for (int i = 0; i < static_cast<int>(views.size()); ++i) {
        PlotView* view = views[static_cast<std::size_t>(i)];
        const QList<QKeySequence> keys = i < 9 ? QList<QKeySequence> {Qt::Key_1 + i} : QList<QKeySequence> {};
        QAction* alone = makeAction(menu, u("view.alone.") + view->id(), tr("%1 alone").arg(view->title()), keys,
            tr("Maximises this view; again for all tiles"), [this, view] { showAlone(*view); });
        connect(m_grid, &ViewGrid::layoutChanged, alone,
            [this, alone, view] { alone->setVisible(m_grid->isOffered(view)); });
        alone->setVisible(m_grid->isOffered(view));
        m_needRun << alone;
    }
    m_needRun << makeAction(menu, u("view.tiles"), tr("All tiles"), {Qt::Key_0}, tr("All shown views side by side"),
        [this] { m_grid->maximise(nullptr); });
    m_needRun << makeAction(menu, u("view.hero"), tr("One large view"), {Qt::Key_G},
        tr("The first view large, two beside it; again for tiles"), [this] {
            m_grid->setLayout(
                m_grid->layout() == ViewGrid::Layout::Hero ? ViewGrid::Layout::Tiles : ViewGrid::Layout::Hero);
        });
    menu.addSeparator();
    for (PlotView* view : views) {
        QAction* shown = makeAction(menu, u("view.show.") + view->id(), tr("Show %1").arg(view->title()), {},
            tr("Gives this view a tile, or takes it away"),
            [this, view] { m_grid->setShown(view, !m_grid->isShown(view)); });
        shown->setCheckable(true);
        const auto mark = [this, shown, view] {
            shown->setChecked(m_grid->isShown(view));
            shown->setVisible(m_grid->isOffered(view));
        };
        connect(m_grid, &ViewGrid::layoutChanged, shown, mark);
        mark();
        m_needRun << shown;
    }
    menu.addSeparator();
    m_needRun << makeAction(menu, u("view.bookmarks"), tr("Bookmarks…"), {Qt::CTRL | Qt::Key_B},
        tr("All bookmarks of the run: go there, edit notes, delete, export"), [this] { showBookmarks(); });
    m_needRun << makeAction(menu, u("view.panel"), tr("Panels"), {Qt::CTRL | Qt::Key_1},
        tr("Shows or hides the panels at the left"), [this] {
            m_form->setVisible(m_form->isHidden());
            rememberLayout();
        });
    makeAction(menu, u("view.next_region"), tr("Next region"), {Qt::Key_F6},
        tr("Moves the keyboard to transport, panels, messages, views, timeline"), [this] { m_regions.move(1); });
    makeAction(menu, u("view.previous_region"), tr("Previous region"), {Qt::SHIFT | Qt::Key_F6},
        tr("Moves the keyboard to timeline, views, messages, panels, transport"), [this] { m_regions.move(-1); });
    fillThemeMenu(*menu.addMenu(tr("Theme")));
    makeAction(menu, u("view.larger_text"), tr("Larger text"), {Qt::CTRL | Qt::Key_Plus, Qt::CTRL | Qt::Key_Equal},
        tr("In steps of 10 %, up to 200 %"), [this] { setTextScale(m_settings.values().textScale + 0.1); });
    makeAction(menu, u("view.smaller_text"), tr("Smaller text"), {Qt::CTRL | Qt::Key_Minus},
        tr("In steps of 10 %, down to 100 %"), [this] { setTextScale(m_settings.values().textScale - 0.1); });
    makeAction(menu, u("view.normal_text"), tr("Normal text"), {Qt::CTRL | Qt::Key_0}, tr("Text at 100 %"),
        [this] { setTextScale(1); });
    menu.addSeparator();
    fillPresentMenu(*menu.addMenu(tr("Presentation")));
    makeAction(menu, u("view.full_screen"), tr("Full screen"), {Qt::Key_F11},
        tr("The window without its frame, and back"), [this] { isFullScreen() ? showNormal() : showFullScreen(); });
}

void MainWindow::fillThemeMenu(QMenu& menu)
{
    menu.setToolTipsVisible(true);
    auto* group = new QActionGroup(this);
    const std::tuple<ThemeKind, const char*, QString, QString> kinds[]
        = {{ThemeKind::Light, "view.theme.light", tr("Light"), tr("Dark text on light ground")},
            {ThemeKind::Dark, "view.theme.dark", tr("Dark"), tr("Light text on dark ground")},
            {ThemeKind::System, "view.theme.system", tr("As the system"), tr("Light or dark, as the desktop is")},
            {ThemeKind::Projector, "view.theme.projector", tr("Projector"), tr("Black on white, thicker lines")},
            {ThemeKind::HighContrast, "view.theme.contrast", tr("High contrast"), tr("White on black, thicker lines")}};
    for (const auto& [kind, id, name, tip] : kinds) {
        QAction* action
            = makeAction(menu, u(id), name, {}, tip, [this, kind = kind] { m_settings.set(&Settings::theme, kind); });
        action->setCheckable(true);
        group->addAction(action);
        const auto mark = [this, action, kind = kind] { action->setChecked(m_settings.values().theme == kind); };
        connect(&m_settings, &SettingsStore::changed, action, mark);
        mark();
    }
}

void MainWindow::fillPresentMenu(QMenu& menu)
{
    menu.setToolTipsVisible(true);
    m_needRun << makeAction(menu, u("view.present"), tr("Present"), {Qt::Key_F5},
        tr("Full screen, black on white, large text; again to end"), [this] { present(!isPresenting()); });
    m_needRun << makeAction(menu, u("view.present_here"), tr("Present from here"), {Qt::SHIFT | Qt::Key_F5},
        tr("Begins with the view that is alone or has the keyboard"), [this] { presentFromHere(); });
    const QList<QAction*> during {
        makeAction(menu, u("present.next"), tr("Next flag, by the clicker"), {Qt::Key_PageDown},
            tr("To the next capture, change or bookmark; after the last one live"),
            [this] { m_timeline->track().goToFlag(1); }),
        makeAction(menu, u("present.previous"), tr("Previous flag, by the clicker"), {Qt::Key_PageUp},
            tr("To the capture, change or bookmark before"), [this] { m_timeline->track().goToFlag(-1); }),
        makeAction(menu, u("present.blank"), tr("Black screen"), {Qt::Key_Period}, tr("Until the next key"),
            [this] { m_presenter->blank(); })};
    const auto enable = [during](bool on) {
        for (QAction* action : during)
            action->setEnabled(on);
    };
    connect(m_presenter, &Presenter::toggled, this, enable);
    enable(false);
}

void MainWindow::fillHelpMenu(QMenu& menu)
{
    makeAction(menu, u("help.commands"), tr("Find a &command…"), {Qt::CTRL | Qt::Key_K},
        tr("Commands, settings and experiments by name; settings with a value, too"), [this] { searchCommands(); });
    menu.addSeparator();
    const std::tuple<const char*, const char*, QString, QString, QList<QKeySequence>> pages[]
        = {{"help.idea", "idea", tr("&The idea"), tr("The principle, and how to read the views"), {Qt::Key_F1}},
            {"help.panels", "panels", tr("&Panels and marks"), tr("What acts live, and what needs a new run"), {}},
            {"help.keys", "keys", tr("&Keys"), tr("All keys, as they are now"), {Qt::SHIFT | Qt::Key_F1}},
            {"help.formulas", "formulas", tr("&Formulas"), tr("What the target's line understands"), {}},
            {"help.files", "files", tr("Files and command &line"), tr("What is saved, and fplab-cli"), {}},
            {"help.definitions", "definitions", tr("&Definitions"), tr("Every symbol, with its formula"), {}}};
    for (const auto& [id, page, title, tip, keys] : pages)
        makeAction(menu, u(id), title, keys, tip, [this, page = u(page)] { showHelp(page); });
    menu.addSeparator();
    makeAction(menu, u("help.about"), tr("&About F-Principle Lab"), {}, tr("Version, licences, libraries"),
        [this] { showHelp(u("about")); });
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn)
        m_focusReason = static_cast<QFocusEvent*>(event)->reason();
    if (event->type() != QEvent::KeyPress || !isActiveWindow() || QApplication::activePopupWidget()
        || QApplication::activeModalWidget())
        return QMainWindow::eventFilter(watched, event);
    auto* widget = qobject_cast<QWidget*>(watched);
    if (!widget || widget->window() != this || m_pages->currentWidget() != m_laboratory)
        return QMainWindow::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (m_settings.values().singleKeys && key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier
        && !key->isAutoRepeat() && !wantsSpace(focusWidget(), m_focusReason)) {
        m_experiment.toggle();
        return true;
    }
    if (key->key() == Qt::Key_Escape && !qobject_cast<QLineEdit*>(focusWidget())) {
        if (isPresenting()) {
            present(false);
            return true;
        }
        if (m_grid->maximised()) {
            m_grid->maximise(nullptr);
            return true;
        }
        if (!m_experiment.editor.pending().empty()) {
            m_experiment.editor.undoPending();
            return true;
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

} // namespace fplab
