#include "ui/look/color_scheme.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QPalette>
#include <QTimer>

namespace fplab {
namespace {

const QString service = QStringLiteral("org.freedesktop.portal.Desktop"),
              path = QStringLiteral("/org/freedesktop/portal/desktop"),
              face = QStringLiteral("org.freedesktop.portal.Settings"),
              group = QStringLiteral("org.freedesktop.appearance"), key = QStringLiteral("color-scheme");

/// Of the desktop: later palettes are the program's own.
bool startPaletteIsDark()
{
    static const bool dark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    return dark;
}

} // namespace

ColorScheme::ColorScheme(std::optional<QDBusConnection> bus, QObject* parent)
    : QObject(parent)
    , m_bus(std::move(bus))
    , m_paletteIsDark(startPaletteIsDark())
    , m_dark(m_paletteIsDark)
{
    QTimer::singleShot(0, this, &ColorScheme::ask); // the window comes first
}

void ColorScheme::ask()
{
    if (!m_bus)
        m_bus = QDBusConnection::sessionBus();
    if (!m_bus->isConnected())
        return;
    const bool isPeer = m_bus->baseService().isEmpty(); // then there are no names of services
    const QString to = isPeer ? QString() : service;
    m_bus->connect(
        to, path, face, QStringLiteral("SettingChanged"), this, SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage call = QDBusMessage::createMethodCall(to, path, face, QStringLiteral("Read"));
    call.setArguments({group, key});
    connect(new QDBusPendingCallWatcher(m_bus->asyncCall(call), this), &QDBusPendingCallWatcher::finished, this,
        [this](QDBusPendingCallWatcher* done) {
            done->deleteLater();
            const QDBusPendingReply<QDBusVariant> reply = *done;
            if (!reply.isError())
                take(reply.value().variant());
        });
}

void ColorScheme::onSettingChanged(const QString& group_, const QString& key_, const QDBusVariant& value)
{
    if (group_ == group && key_ == key)
        take(value.variant());
}

void ColorScheme::take(const QVariant& value)
{
    QVariant inner = value;
    while (inner.canConvert<QDBusVariant>()) // "Read" wraps it once more
        inner = inner.value<QDBusVariant>().variant();
    const uint preference = inner.toUInt(); // 0: none, 1: dark, 2: light
    const bool dark = preference == 0 ? m_paletteIsDark : preference == 1;
    if (dark == m_dark)
        return;
    m_dark = dark;
    Q_EMIT changed();
}

} // namespace fplab
