#pragma once

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>

#include <optional>

namespace fplab {

/// Whether the desktop prefers dark windows, and word of its change: asked of the portal over D-Bus, without waiting.
/// Until an answer comes, or where none does, the palette the program was started with tells.
class ColorScheme : public QObject {
    Q_OBJECT
public:
    /// Without a bus, that of the session.
    explicit ColorScheme(std::optional<QDBusConnection> bus = {}, QObject* parent = nullptr);
    [[nodiscard]] bool isDark() const { return m_dark; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void ask();
    void take(const QVariant& value);

    std::optional<QDBusConnection> m_bus;
    const bool m_paletteIsDark;
    bool m_dark;
};

} // namespace fplab
