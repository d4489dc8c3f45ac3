#include "ui/widgets/window_place.h"

#include <QEvent>
#include <QScreen>
#include <QStyle>
#include <QTimer>
#include <QWidget>
#include <QWindow>

#include <algorithm>

namespace fplab {

QRect fittedInto(const QRect& wanted, const QRect& room, const QMargins& frame)
{
    const QRect inner = room.marginsRemoved(frame);
    const QSize size = wanted.size().boundedTo(inner.size());
    const auto place = [](int at, int length, int from, int end) { return std::max(from, std::min(at, end - length)); };
    return {QPoint(place(wanted.x(), size.width(), inner.x(), inner.x() + inner.width()),
                place(wanted.y(), size.height(), inner.y(), inner.y() + inner.height())),
        size};
}

WindowPlace::WindowPlace(QWidget& window, QSize least)
    : QObject(&window)
    , m_window(window)
    , m_least(least)
{
    window.installEventFilter(this);
}

QMargins WindowPlace::frame() const
{
    constexpr int border = 2;
    const QWindow* handle = m_window.windowHandle();
    if (m_window.isVisible() && handle && !handle->frameMargins().isNull())
        return handle->frameMargins();
    return {border, m_window.style()->pixelMetric(QStyle::PM_TitleBarHeight, nullptr, &m_window), border, border};
}

void WindowPlace::fit()
{
    const QRect room = m_window.screen()->availableGeometry();
    if (m_least.isValid())
        m_window.setMinimumSize(m_least.boundedTo(room.marginsRemoved(frame()).size()));
    if (m_window.isMaximized() || m_window.isFullScreen() || m_window.isMinimized())
        return;
    const QRect now = m_window.geometry(), fitted = fittedInto(now, room, frame());
    if (fitted != now)
        m_window.setGeometry(fitted);
}

bool WindowPlace::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Show && !event->spontaneous()) {
        QScreen* screen = m_window.screen();
        connect(screen, &QScreen::availableGeometryChanged, this, &WindowPlace::fit, Qt::UniqueConnection);
        constexpr int framed = 150; // ms after which a window manager has put its frame around the window
        QTimer::singleShot(framed, this, [this] {
            if (!m_window.windowHandle()->frameMargins().isNull()) // else nothing is known that was not before
                fit();
        });
    }
    return QObject::eventFilter(watched, event);
}

} // namespace fplab
