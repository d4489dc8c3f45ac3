#include "ui/shell/menu_actions.h"

#include <QMenu>
#include <QMenuBar>

namespace fplab {
namespace {

void collect(const QList<QAction*>& actions, const QString& path, QList<MenuAction>& found)
{
    for (QAction* action : actions) {
        if (const QMenu* menu = action->menu()) {
            const QString title = plainText(action->text());
            collect(menu->actions(), path.isEmpty() ? title : path + QStringLiteral(" › ") + title, found);
        } else if (!action->isSeparator()) {
            found.append({action, path});
        }
    }
}

} // namespace

QList<MenuAction> menuActions(const QMenuBar& bar)
{
    QList<MenuAction> found;
    collect(bar.actions(), {}, found);
    return found;
}

QString plainText(const QString& text)
{
    QString plain = text;
    plain.replace(QLatin1String("&&"), QString(QChar(1))).remove(u'&').replace(QChar(1), u'&');
    return plain;
}

QString keyText(const QList<QKeySequence>& keys)
{
    QStringList texts;
    for (const QKeySequence& sequence : keys)
        texts.append(sequence.toString(QKeySequence::NativeText));
    return texts.join(QStringLiteral(", "));
}

} // namespace fplab
