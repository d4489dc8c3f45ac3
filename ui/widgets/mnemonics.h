#pragma once

#include <QString>

class QWidget;

namespace fplab {

/// The letter that Alt goes with, small; null without one.
[[nodiscard]] QChar mnemonicOf(const QString& text);
/// The label with a mnemonic that is not in `taken`, where its own goes too: the first letter of a word if that is
/// free.
[[nodiscard]] QString withMnemonic(const QString& label, QString& taken);
/// Gives each button and each label of a control below `root` one, where they have none; different ones. What has one
/// keeps it, so it can be done again when texts have changed.
void giveMnemonics(const QWidget& root, QString taken = {});
/// Those of the menu bar of the window that a widget is in.
[[nodiscard]] QString menuMnemonics(const QWidget& widget);

} // namespace fplab
