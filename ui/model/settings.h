#pragma once

#include "core/base/result.h"
#include "core/run/run_control.h"
#include "ui/look/theme.h"

#include <QDateTime>
#include <QJsonObject>
#include <QKeySequence>
#include <QMap>
#include <QObject>
#include <QString>
#include <QTimer>

namespace fplab {

/// A file that was opened or saved.
struct RecentFile {
    QString path; ///< absolute
    QDateTime used;
    bool operator==(const RecentFile&) const = default;
};

/// What the program remembers between starts. One small JSON file in the user's configuration folder, written
/// atomically; a damaged file gives the defaults and is kept beside as `.bad`.
struct Settings {
    static constexpr int leastMegabytes = 64, mostMegabytes = 4096;
    static constexpr qsizetype mostRecent = 12;

    ThemeKind theme = ThemeKind::Light;
    double textScale = 1;
    Pace::Kind pace = Pace::Kind::Demo; ///< at start
    QString folder; ///< where file dialogs begin; empty = where the last one ended
    QString lastFolder; ///< of open and save dialogs
    bool rememberRecent = true;
    QList<RecentFile> recent; ///< newest first
    int historyMegabytes = 256;
    bool reduceMotion = false;
    bool singleKeys = true; ///< keys without Ctrl, Alt or Meta act on the window
    QMap<QString, QList<QKeySequence>> keys; ///< the user's own, by action; an empty list = none
    bool rememberLayout = true;
    QJsonObject layout; ///< of panels and views; as the window writes it

    bool operator==(const Settings&) const = default;
    [[nodiscard]] QString dialogFolder() const; ///< that folder, or the user's documents if it is not there
    /// Puts a file at the front of `recent`, if recent files are remembered.
    void addRecent(const QString& path);
    void removeRecent(const QString& path);
};

/// Path of the settings file.
[[nodiscard]] QString settingsPath();
[[nodiscard]] Settings loadSettings(const QString& path = settingsPath());
Status saveSettings(const Settings& settings, const QString& path = settingsPath());

/// The settings of the running program, and word of their change. Written a moment after a change, and at the end;
/// nothing of the user's work is in them, so a full disk is no reason to complain.
class SettingsStore : public QObject {
    Q_OBJECT
public:
    explicit SettingsStore(QObject* parent = nullptr);
    ~SettingsStore() override;

    [[nodiscard]] const Settings& values() const { return m_values; }
    void set(const Settings& values);
    template <class T> void set(T Settings::*member, const T& value)
    {
        Settings changed = m_values;
        changed.*member = value;
        set(changed);
    }
    void save();

Q_SIGNALS:
    void changed();

private:
    Settings m_values, m_saved;
    QTimer m_timer;
};

} // namespace fplab
