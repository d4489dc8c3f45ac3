#include "ui/widgets/menu_actions.h"

#include <QMenu>
#include <QRegularExpression>
#include <QWidget>

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

QList<MenuAction> menuActions(const QWidget& menu)
{
    QList<MenuAction> found;
    collect(menu.actions(), {}, found);
    return found;
}

QString plainText(const QString& text)
{
    QString plain = text.section(u'\t', 0, 0);
    plain.replace(QLatin1String("&&"), QString(QChar(1))).remove(u'&').replace(QChar(1), u'&');
    return plain;
}

QString keyText(const QList<QKeySequence>& keys)
{
    static const QRegularExpression enter(QStringLiteral("\\bReturn\\b"));
    QStringList texts;
    for (const QKeySequence& sequence : keys)
        texts.append(sequence.toString(QKeySequence::NativeText).replace(enter, QStringLiteral("Enter")));
    texts.removeDuplicates();
    return texts.join(QStringLiteral(", "));
}

QString keyText(const QAction& action)
{
    QStringList texts {action.text().section(u'\t', 1), keyText(action.shortcuts())};
    texts.removeAll(QString());
    return texts.join(QStringLiteral(", "));
}

} // namespace fplab
