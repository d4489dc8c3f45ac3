#pragma once

#include "core/run/run_control.h"
#include "core/util/result.h"
#include "ui/theme.h"

#include <QString>

namespace fplab {

/// What the program remembers between starts. One small JSON file in the user's configuration folder, written
/// atomically; a damaged file gives the defaults and is kept beside as `.bad`.
struct Settings {
    ThemeKind theme = ThemeKind::Light;
    Pace::Kind pace = Pace::Kind::Demo;
    double textScale = 1;
    QString lastFolder; ///< of open and save dialogs
    bool operator==(const Settings&) const = default;
};

/// Path of the settings file.
[[nodiscard]] QString settingsPath();
[[nodiscard]] Settings loadSettings(const QString& path = settingsPath());
Status saveSettings(const Settings& settings, const QString& path = settingsPath());

} // namespace fplab
