#pragma once

#include <QList>

class QWidget;

namespace fplab {

/// The widgets of `root` that Tab visits now, in the order in which they are laid out (Qt's own order is the one in
/// which they were made, which a panel that rebuilds its rows loses).
[[nodiscard]] QList<QWidget*> tabOrder(QWidget& root);

/// For an override of focusNextPrevChild() of a window: moves on from the widget in focus, round and round.
bool moveFocusInOrder(QWidget& window, bool next);

/// Focuses as Tab does, with the ring, and scrolls there.
void enterByKeyboard(QWidget& widget, bool forward = true);

} // namespace fplab
