#include "ui/widgets/elided_entry.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionFrame>
#include <QToolTip>

namespace fplab {

QRect ElidedEntry::textRect() const
{
    constexpr int own = 2; // of QLineEdit, beside its text
    QStyleOptionFrame option;
    initStyleOption(&option);
    return style()
        ->subElementRect(QStyle::SE_LineEditContents, &option, this)
        .marginsRemoved(textMargins())
        .adjusted(own, 0, -own, 0);
}

QString ElidedEntry::shownText() const
{
    return hasFocus() || property("wrong").toBool()
        ? text()
        : fontMetrics().elidedText(text(), Qt::ElideRight, textRect().width());
}

bool ElidedEntry::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && shownText() != text()) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(),
            text() + (toolTip().isEmpty() ? QString() : u'\n' + toolTip()), this);
        return true;
    }
    return QLineEdit::event(event);
}

void ElidedEntry::paintEvent(QPaintEvent* event)
{
    const QString shown = shownText();
    if (shown == text()) {
        QLineEdit::paintEvent(event);
        return;
    }
    QPainter painter(this);
    QStyleOptionFrame option;
    initStyleOption(&option);
    style()->drawPrimitive(QStyle::PE_PanelLineEdit, &option, &painter, this);
    style()->drawItemText(&painter, textRect(),
        static_cast<int>(alignment() & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter, palette(), isEnabled(), shown,
        QPalette::Text);
}

} // namespace fplab
