#include "ui/gallery/gallery_page.h"
#include "ui/help/help_window.h"
#include "ui/panels/spec_form.h"
#include "ui/settings/settings_dialog.h"
#include "ui/views/plot_view.h"
#include "ui/window/main_window.h"
#include "ui/window/transport_bar.h"
#include "ui/window/view_grid.h"

#include <QApplication>

#include <algorithm>

namespace fplab {

void MainWindow::startSettings()
{
    connect(&m_settings, &SettingsStore::changed, this, &MainWindow::applySettings);
    setPace({.kind = m_settings.values().pace});
    m_gallery->setRecent(m_settings.values().recent);
    restoreLayout();
    connect(m_grid, &ViewGrid::layoutChanged, this, &MainWindow::rememberLayout);
    for (const PlotView* view : m_grid->views())
        connect(view, &PlotView::viewStateChanged, this, &MainWindow::rememberLayout);
    m_applied = m_settings.values();
    applySettings();
}

void MainWindow::applySettings()
{
    const Settings& now = m_settings.values();
    const bool look = now.theme != m_applied.theme || now.textScale != m_applied.textScale;
    if (look && !isPresenting())
        m_experiment.themes.setTheme(now.theme, now.textScale);
    if (now.pace != m_applied.pace)
        setPace({.kind = now.pace});
    if (now.folder != m_applied.folder)
        m_export.folder = now.folder;
    m_experiment.run.setHistoryBudget(static_cast<std::size_t>(now.historyMegabytes) << 20);
    m_experiment.earlier.setBudget(static_cast<std::size_t>(now.historyMegabytes) << 20);
    m_keys.apply(now);
    QApplication::setEffectEnabled(Qt::UI_General, !now.reduceMotion);
    if (now.recent != m_applied.recent) // queued: a button or entry of the old list may be at work
        QMetaObject::invokeMethod(
            this, [this] { m_gallery->setRecent(m_settings.values().recent); }, Qt::QueuedConnection);
    adaptFrames();
    const bool layout = now.rememberLayout != m_applied.rememberLayout;
    m_applied = now;
    if (layout)
        rememberLayout();
}

void MainWindow::rememberLayout()
{
    if (isPresenting()) // that has an arrangement of its own
        return;
    QJsonObject layout;
    if (m_settings.values().rememberLayout) {
        QJsonObject views;
        for (const PlotView* view : m_grid->views())
            views.insert(view->id(), view->viewState());
        layout = {{QStringLiteral("panel"), !m_form->isHidden()}, {QStringLiteral("tiles"), m_grid->choices()},
            {QStringLiteral("views"), views}};
    }
    m_settings.set(&Settings::layout, layout);
}

void MainWindow::restoreLayout()
{
    const QJsonObject layout = m_settings.values().layout;
    if (!m_settings.values().rememberLayout || layout.isEmpty())
        return;
    m_form->setVisible(layout.value(QLatin1String("panel")).toBool(true));
    m_grid->restoreChoices(layout.value(QLatin1String("tiles")).toObject());
    const QJsonObject views = layout.value(QLatin1String("views")).toObject();
    for (PlotView* view : m_grid->views())
        view->restoreViewState(views.value(view->id()).toObject());
}

void MainWindow::setTextScale(double scale) { m_settings.set(&Settings::textScale, std::clamp(scale, 1.0, 2.0)); }

void MainWindow::setPace(const Pace& pace)
{
    m_experiment.run.setPace(pace);
    m_transport->setPace(pace);
}

SettingsDialog& MainWindow::settingsDialog()
{
    if (!m_settingsDialog)
        m_settingsDialog = new SettingsDialog(m_settings, m_keys, this);
    return *m_settingsDialog;
}

void MainWindow::showSettings() { settingsDialog().bringUp(); }

void MainWindow::showHelp(const QString& topic)
{
    if (!m_help)
        m_help = new HelpWindow(m_experiment.themes, m_keys, this);
    m_help->showTopic(topic);
    m_help->show();
    m_help->raise();
    m_help->activateWindow();
}

} // namespace fplab
