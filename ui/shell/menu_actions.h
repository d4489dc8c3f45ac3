#pragma once

#include <QAction>
#include <QList>
#include <QString>

class QMenuBar;

namespace fplab {

/// An action and where it stands in the menus.
struct MenuAction {
    QAction* action = nullptr;
    QString path; ///< "View › Theme"
};

/// Every action of the menus, submenus included, in their order.
[[nodiscard]] QList<MenuAction> menuActions(const QMenuBar& bar);
/// The text without mnemonics.
[[nodiscard]] QString plainText(const QString& text);
/// "Ctrl+Shift+Z, Ctrl+Y"
[[nodiscard]] QString keyText(const QList<QKeySequence>& keys);

} // namespace fplab
