#include "ui/window/screen_awake.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>

#include <utility>

namespace fplab {
namespace {

QDBusMessage message(const QString& method, const QVariantList& arguments)
{
    QDBusMessage call = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.ScreenSaver"),
        QStringLiteral("/org/freedesktop/ScreenSaver"), QStringLiteral("org.freedesktop.ScreenSaver"), method);
    call.setArguments(arguments);
    return call;
}

} // namespace

ScreenAwake::ScreenAwake(const std::optional<QDBusConnection>& bus, QObject* parent)
    : QObject(parent)
    , m_bus(bus)
{
}

ScreenAwake::~ScreenAwake() { setOn(false); }

void ScreenAwake::setOn(bool on)
{
    if (on == m_on)
        return;
    m_on = on;
    if (!m_bus)
        m_bus = QDBusConnection::sessionBus();
    if (!m_bus->isConnected())
        return;
    if (on)
        ask();
    else if (const auto cookie = std::exchange(m_cookie, {}))
        release(*cookie);
}

void ScreenAwake::ask()
{
    const auto call = m_bus->asyncCall(
        message(QStringLiteral("Inhibit"), {QGuiApplication::applicationDisplayName(), tr("Presentation")}));
    connect(new QDBusPendingCallWatcher(call, this), &QDBusPendingCallWatcher::finished, this,
        [this, request = ++m_request](QDBusPendingCallWatcher* done) {
            done->deleteLater();
            const QDBusPendingReply<uint> reply = *done;
            if (reply.isError())
                return;
            if (m_on && request == m_request)
                m_cookie = reply.value();
            else
                release(reply.value());
        });
}

void ScreenAwake::release(uint cookie) { m_bus->send(message(QStringLiteral("UnInhibit"), {cookie})); }

} // namespace fplab
