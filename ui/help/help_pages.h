#pragma once

#include "ui/look/theme.h"

#include <QString>

namespace fplab {

class KeyMap;

/// The HTML of a help page ("idea", "keys", "licence" ...); empty if there is none. Texts are in resources/help/; keys
/// and facts about this build are put in.
[[nodiscard]] QString helpPage(const QString& id, const KeyMap& keys);
/// Looks for the elements that the pages use, for QTextDocument::setDefaultStyleSheet().
[[nodiscard]] QString helpStyle(const Theme& theme);

} // namespace fplab
