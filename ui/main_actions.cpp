#include "core/nn/trainer.h"
#include "ui/controls/spec_form.h"
#include "ui/controls/timeline_strip.h"
#include "ui/gallery/gallery_page.h"
#include "ui/main_window.h"
#include "ui/plots/plot_view.h"
#include "ui/view_grid.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QActionGroup>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>

namespace fplab {

namespace {

/// Text fields keep the space bar; buttons and lists only while the keyboard put the focus there.
bool wantsSpace(const QWidget* widget, Qt::FocusReason reason)
{
    if (!widget || qobject_cast<const QLineEdit*>(widget))
        return widget != nullptr;
    const bool acts = qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget);
    return acts && (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason);
}

} // namespace

void MainWindow::buildActions()
{
    const auto add = [this](QMenu* menu, const QString& text, const QList<QKeySequence>& keys, const QString& tip, auto&& slot) {
        QAction* action = menu->addAction(text);
        action->setShortcuts(keys);
        action->setToolTip(tip);
        action->setStatusTip(tip);
        connect(action, &QAction::triggered, this, std::forward<decltype(slot)>(slot));
        return action;
    };
    const auto key = [](auto k) { return QKeySequence(k); };
    QList<QAction*> needRun;

    auto* file = menuBar()->addMenu(tr("&File"));
    add(file, tr("&New from the gallery"), {key(QKeySequence::New)}, tr("Choose another experiment"), [this] { showGallery(); });
    add(file, tr("&Open…"), {key(QKeySequence::Open)}, tr("An experiment or a CSV file of samples"), [this] { openDialog(); });
    needRun << add(file, tr("&Save experiment…"), {key(QKeySequence::Save)}, tr("All settings as a file that repeats the run"),
        [this] { saveDialog(); });
    needRun << add(file, tr("&Export figures and data…"), {key(Qt::CTRL | Qt::Key_E)}, tr("PNG, SVG, PDF, CSV"), [this] { exportView(nullptr); });
    needRun << add(file, tr("Export a&gain"), {key(Qt::CTRL | Qt::SHIFT | Qt::Key_E)}, tr("With the settings of the last export"),
        [this] { exportAgain(); });
    file->addSeparator();
    add(file, tr("&Quit"), {key(Qt::CTRL | Qt::Key_Q)}, tr("Leave the program"), [this] { close(); });

    auto* edit = menuBar()->addMenu(tr("&Edit"));
    QAction* undo = m_session.editor.undoStack().createUndoAction(this, tr("Undo"));
    undo->setShortcut(QKeySequence::Undo);
    QAction* redo = m_session.editor.undoStack().createRedoAction(this, tr("Redo"));
    redo->setShortcuts({key(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), key(Qt::CTRL | Qt::Key_Y)});
    edit->addActions({undo, redo});
    needRun << add(edit, tr("&Formula"), {key(Qt::CTRL | Qt::Key_L)}, tr("Type another target function"), [this] {
        if (m_presenting)
            present(false);
        m_form->show();
        m_form->focusFormula();
    });
    needRun << add(edit, tr("Follow the &largest 3 peaks"), {key(Qt::SHIFT | Qt::Key_F)}, tr("Chooses the peaks to follow"),
        [this] { m_session.followLargest(3); });

    auto* run = menuBar()->addMenu(tr("&Run"));
    needRun << add(run, tr("&Run / pause"), {key(Qt::Key_F8)}, tr("Also the space bar"), [this] { m_session.toggle(); });
    needRun << add(run, tr("&Step"), {key(Qt::Key_N)}, tr("One step"), [this] { m_session.stepBy(1); });
    needRun << add(run, tr("&10 steps"), {key(Qt::SHIFT | Qt::Key_N)}, tr("Ten steps"), [this] { m_session.stepBy(10); });
    needRun << add(run, tr("To the next re&cord"), {key(Qt::CTRL | Qt::SHIFT | Qt::Key_N)}, tr("As far as the next recorded step"),
        [this] { m_session.run.stepToRecord(); });
    needRun << add(run, tr("R&eset"), {key(Qt::Key_R)}, tr("Back to the same start"), [this] { report(m_session.reset()); });
    needRun << add(run, tr("New s&tart"), {key(Qt::SHIFT | Qt::Key_R)}, tr("Other initial weights, by the next seed"),
        [this] { report(m_session.newStart()); });
    needRun << add(run, tr("Restart with &changes"), {key(Qt::CTRL | Qt::Key_Return), key(Qt::CTRL | Qt::Key_Enter)},
        tr("Applies what waits for a new run, and runs"), [this] { report(m_session.restart(true)); });
    run->addSeparator();
    needRun << add(run, tr("Pre&vious record"), {key(Qt::Key_Left)}, tr("One recorded step back"), [this] { m_session.timeline.moveBy(-1); });
    needRun << add(run, tr("Ne&xt record"), {key(Qt::Key_Right)}, tr("One recorded step on"), [this] { m_session.timeline.moveBy(1); });
    needRun << add(run, tr("Previous &flag"), {key(Qt::CTRL | Qt::Key_Left)}, tr("Capture, change or bookmark before"),
        [this] { m_timeline->track().goToFlag(-1); });
    needRun << add(run, tr("Next fla&g"), {key(Qt::CTRL | Qt::Key_Right)}, tr("Capture, change or bookmark after"),
        [this] { m_timeline->track().goToFlag(1); });
    needRun << add(run, tr("First record"), {key(Qt::Key_Home)}, tr("Before training"), [this] { m_session.timeline.setStep(0); });
    needRun << add(run, tr("&Live"), {key(Qt::Key_End)}, tr("Follow the training again"), [this] { m_session.timeline.goLive(); });
    needRun << add(run, tr("&Bookmark…"), {key(Qt::Key_B)}, tr("Marks this step, with a note"), [this] { m_timeline->track().bookmark(); });

    auto* view = menuBar()->addMenu(tr("&View"));
    fillViewMenu(*view);

    auto* help = menuBar()->addMenu(tr("&Help"));
    add(help, tr("&Keys"), {key(Qt::Key_F1)}, tr("All keys"), [this] { showKeys(); });
    add(help, tr("&About F-Principle Lab"), {}, tr("Version, licence, libraries"), [this] { showAbout(); });

    const auto enable = [needRun, this] {
        const bool on = m_session.isOpen() && m_pages->currentWidget() == m_laboratory;
        for (QAction* action : needRun)
            action->setEnabled(on);
    };
    connect(m_pages, &QStackedWidget::currentChanged, this, enable);
    connect(&m_session.run, &RunController::loaded, this, enable);
    enable();
}

void MainWindow::fillViewMenu(QMenu& menu)
{
    const auto& views = m_grid->views();
    for (int i = 0; i < static_cast<int>(views.size()); ++i) {
        PlotView* view = views[static_cast<std::size_t>(i)];
        QAction* alone = menu.addAction(tr("%1 alone").arg(view->title()));
        alone->setShortcut(QKeySequence(Qt::Key_1 + i));
        connect(alone, &QAction::triggered, this, [this, view] { m_grid->maximise(view); });
    }
    QAction* tiles = menu.addAction(tr("All tiles"));
    tiles->setShortcut(QKeySequence(Qt::Key_0));
    connect(tiles, &QAction::triggered, this, [this] { m_grid->maximise(nullptr); });
    menu.addSeparator();
    for (PlotView* view : views) {
        QAction* shown = menu.addAction(tr("Show %1").arg(view->title()));
        shown->setCheckable(true);
        connect(&menu, &QMenu::aboutToShow, shown, [this, shown, view] { shown->setChecked(m_grid->isShown(view)); });
        connect(shown, &QAction::triggered, this, [this, view](bool on) { m_grid->setShown(view, on); });
    }
    menu.addSeparator();
    QAction* panels = menu.addAction(tr("Panels"));
    panels->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_1));
    connect(panels, &QAction::triggered, this, [this] { m_form->setVisible(!m_form->isVisible()); });
    auto* themes = menu.addMenu(tr("Theme"));
    auto* group = new QActionGroup(this);
    const std::pair<ThemeKind, QString> kinds[] = {
        {ThemeKind::Light, tr("Light")}, {ThemeKind::Dark, tr("Dark")}, {ThemeKind::Projector, tr("Projector")}};
    for (const auto& [kind, name] : kinds) {
        QAction* action = themes->addAction(name);
        action->setCheckable(true);
        action->setChecked(kind == m_settings.theme);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, kind = kind] { setTheme(kind); });
    }
    const auto scale = [&](const QString& name, const QKeySequence& key, auto&& change) {
        QAction* action = menu.addAction(name);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, change);
    };
    scale(tr("Larger text"), QKeySequence(Qt::CTRL | Qt::Key_Plus), [this] { setTextScale(m_settings.textScale + 0.1); });
    scale(tr("Smaller text"), QKeySequence(Qt::CTRL | Qt::Key_Minus), [this] { setTextScale(m_settings.textScale - 0.1); });
    scale(tr("Normal text"), QKeySequence(Qt::CTRL | Qt::Key_0), [this] { setTextScale(1); });
    menu.addSeparator();
    QAction* presenting = menu.addAction(tr("Present"));
    presenting->setShortcut(QKeySequence(Qt::Key_F5));
    connect(presenting, &QAction::triggered, this, [this] { present(!m_presenting); });
    QAction* full = menu.addAction(tr("Full screen"));
    full->setShortcut(QKeySequence(Qt::Key_F11));
    connect(full, &QAction::triggered, this, [this] { isFullScreen() ? showNormal() : showFullScreen(); });
    addActions(menu.actions()); // shortcuts go on working while the menu bar is hidden
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn)
        m_focusReason = static_cast<QFocusEvent*>(event)->reason();
    if (event->type() != QEvent::KeyPress || !isActiveWindow() || QApplication::activePopupWidget() || QApplication::activeModalWidget())
        return QMainWindow::eventFilter(watched, event);
    auto* widget = qobject_cast<QWidget*>(watched);
    if (!widget || widget->window() != this || m_pages->currentWidget() != m_laboratory)
        return QMainWindow::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier && !key->isAutoRepeat()
        && !wantsSpace(focusWidget(), m_focusReason)) {
        m_session.toggle();
        return true;
    }
    if (key->key() == Qt::Key_Escape && !qobject_cast<QLineEdit*>(focusWidget())) {
        if (m_presenting) {
            present(false);
            return true;
        }
        if (m_grid->maximised()) {
            m_grid->maximise(nullptr);
            return true;
        }
        if (!m_session.editor.pending().empty()) {
            m_session.editor.undoPending();
            return true;
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::showKeys()
{
    QString rows;
    const auto list = [&](const QList<QAction*>& actions) {
        for (const QAction* action : actions) {
            QStringList keys;
            for (const QKeySequence& sequence : action->shortcuts())
                keys << sequence.toString(QKeySequence::NativeText).toHtmlEscaped();
            if (!keys.isEmpty())
                rows += QStringLiteral("<tr><td style='padding-right:24px'>%1</td><td><b>%2</b></td></tr>")
                            .arg(action->text().remove(QLatin1Char('&')).toHtmlEscaped(), keys.join(QStringLiteral(", ")));
        }
    };
    for (const QAction* menu : menuBar()->actions())
        list(menu->menu()->actions());
    QMessageBox box(QMessageBox::NoIcon, tr("Keys"),
        tr("<p>Space runs and pauses. In a plot: arrows move the crosshair, Ctrl+Shift+C copies its value, + and − zoom, Backspace goes back, Home shows all, T shows the numbers, D describes.</p>")
            + QStringLiteral("<table>%1</table>").arg(rows),
        QMessageBox::Close, this);
    box.exec();
}

void MainWindow::showAbout()
{
    QMessageBox::about(this, tr("About F-Principle Lab"),
        tr("<h3>F-Principle Lab %1</h3><p>See, live, how a neural network learns a function from low frequencies to high.</p>"
           "<p>Engine: %2. Built with Qt %3, QCustomPlot, Eigen, FFTW and muParser. No network access.</p>"
           "<p>Free software under the GNU General Public License, version 3 or later. "
           "Noto Sans: SIL Open Font License. Icons: Lucide, ISC licence.</p>")
            .arg(QStringLiteral(FPLAB_VERSION), QLatin1String(instructionLevel()), QLatin1String(qVersion())));
}

} // namespace fplab
