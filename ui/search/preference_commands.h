#pragma once

#include "ui/search/command_search.h"
#include "ui/settings/settings_dialog.h"

namespace fplab {

/// The program's own settings as commands: "Text size 100 %" goes there, "Text size: 150 %" sets it when the words mean
/// that value. The dialog outlives them.
[[nodiscard]] QList<Command> preferenceCommands(SettingsDialog& dialog, const QString& typed);

} // namespace fplab
