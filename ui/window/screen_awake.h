#pragma once

#include <QDBusConnection>
#include <QObject>

#include <optional>

namespace fplab {

/// Asks the desktop not to blank or lock the screen (Inhibit of org.freedesktop.ScreenSaver). Never waits for an
/// answer; does nothing without such a service. The desktop ends it by itself when the program ends.
class ScreenAwake : public QObject {
    Q_OBJECT
public:
    /// On the session's bus unless on another; it is looked for when first needed.
    explicit ScreenAwake(const std::optional<QDBusConnection>& bus = {}, QObject* parent = nullptr);
    ~ScreenAwake() override;

    void setOn(bool on);

private:
    void ask();
    void release(uint cookie);

    std::optional<QDBusConnection> m_bus;
    bool m_on = false;
    int m_request = 0; ///< of the latest ask(): the answer to an earlier one is given back
    std::optional<uint> m_cookie; ///< what the desktop gave for it
};

} // namespace fplab
