#include "core/files/presets.h"
#include "ui/panels/spec_form.h"
#include "ui/search/command_search.h"
#include "ui/search/preference_commands.h"
#include "ui/search/setting_commands.h"
#include "ui/views/plot_view.h"
#include "ui/widgets/toast.h"
#include "ui/window/main_window.h"
#include "ui/window/view_grid.h"

#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QStackedWidget>

namespace fplab {
namespace {

Command commandOf(const MenuAction& entry)
{
    return {.name = plainText(entry.action->text()),
        .place = entry.path,
        .keys = keyText(*entry.action),
        .enabled = entry.action->isEnabled(),
        .run =
            [which = QPointer(entry.action)] {
                if (which)
                    which->trigger();
            },
        .words = entry.action->toolTip()};
}

} // namespace

void MainWindow::searchCommands(const QString& typed)
{
    fillRecentMenu();
    QList<Command> commands;
    for (const MenuAction& entry : menuActions(*menuBar()))
        if (entry.action->isVisible() && entry.action->objectName() != QLatin1String("help.commands"))
            commands.append(commandOf(entry));
    const bool open = m_experiment.isOpen() && m_pages->currentWidget() == m_laboratory;
    if (open)
        for (PlotView* view : m_grid->shown())
            for (const MenuAction& entry : menuActions(view->menu())) {
                Command command = commandOf(entry);
                command.name = tr("%1: %2").arg(view->title(), command.name.left(1).toLower() + command.name.mid(1));
                command.place
                    = entry.path.isEmpty() ? tr("Menu of the view") : tr("Menu of the view › %1").arg(entry.path);
                commands.append(command);
            }
    QList<Command> cards;
    for (const Preset& preset : presets())
        cards.append({.name = tr("Open: %1").arg(QString::fromStdString(preset.spec.title)),
            .place = QString::fromStdString(preset.question),
            .keys = {},
            .run = [this, id = QString::fromStdString(preset.id)] { openCard(id, false); }});
    const SettingCommands settings(m_experiment.editor, open,
        {.goTo =
                [this](const QString& path) {
                    present(false);
                    m_form->show();
                    m_form->focusField(path);
                },
            .edit =
                [this](const QString& path, const QString& json) {
                    const Status status = m_experiment.editor.edit(path, json);
                    report(status);
                    if (status && !m_experiment.editor.isPending(path)) // else the bar tells
                        m_toast->show(
                            tr("%1 is now %2").arg(m_experiment.editor.labelOf(path), QString(json).remove(u'"')));
                },
            .type = [this](const QString& words) { searchCommands(words); }});
    m_search->open(
        commands,
        [this, settings, cards](const QString& words) {
            return settings.find(words) + preferenceCommands(settingsDialog(), words) + cards;
        },
        typed);
}

} // namespace fplab
