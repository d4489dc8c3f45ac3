#pragma once

#include "ui/model/settings.h"

#include <functional>

class QWidget;

namespace fplab {

class KeyMap;

/// One page of the settings dialog.
struct SettingsPage {
    QString title;
    QWidget* widget = nullptr;
    std::function<void(const Settings&)> show; ///< puts values into the controls, without a change
    std::function<void(Settings&)> reset; ///< gives what the page holds its default
};

[[nodiscard]] SettingsPage generalPage(SettingsStore& store, QWidget* parent);
[[nodiscard]] SettingsPage recordingPage(SettingsStore& store, QWidget* parent);
[[nodiscard]] SettingsPage accessibilityPage(SettingsStore& store, QWidget* parent);
[[nodiscard]] SettingsPage keyboardPage(SettingsStore& store, const KeyMap& keys, QWidget* parent);

} // namespace fplab
