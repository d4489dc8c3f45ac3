#pragma once

#include <QAction>
#include <QList>
#include <QString>

class QWidget;

namespace fplab {

/// An action and where it stands in the menus.
struct MenuAction {
    QAction* action = nullptr;
    QString path; ///< "View › Theme"
};

/// Every action of a menu bar or menu, submenus included, in their order.
[[nodiscard]] QList<MenuAction> menuActions(const QWidget& menu);
/// The text without mnemonics, and without the key that a menu shows behind it.
[[nodiscard]] QString plainText(const QString& text);
/// "Ctrl+Shift+Z, Ctrl+Y"; the two Enter keys have one name.
[[nodiscard]] QString keyText(const QList<QKeySequence>& keys);
/// The key that a menu shows behind the text, if any, then the shortcuts.
[[nodiscard]] QString keyText(const QAction& action);

} // namespace fplab
