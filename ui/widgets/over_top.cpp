#include "ui/widgets/over_top.h"

#include <QEvent>
#include <QWidget>

namespace fplab {

OverTop::OverTop(QWidget& under, const QWidgetList& messages)
    : QObject(&under)
    , m_under(under)
    , m_messages(messages)
{
    under.installEventFilter(this);
    for (QWidget* message : m_messages)
        message->installEventFilter(this);
}

bool OverTop::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::Resize:
    case QEvent::Move:
        if (watched == &m_under)
            place();
        break;
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::LayoutRequest:
        if (watched != &m_under)
            place();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void OverTop::place()
{
    constexpr int gap = 6;
    int y = m_under.y();
    for (QWidget* message : m_messages) {
        if (message->isHidden())
            continue;
        const int width = m_under.width();
        const int height = message->hasHeightForWidth() ? message->heightForWidth(width) : message->sizeHint().height();
        message->setGeometry(m_under.x(), y, width, height);
        message->raise();
        y += height + gap;
    }
}

} // namespace fplab
