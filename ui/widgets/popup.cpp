#include "ui/widgets/popup.h"

#include <QScreen>
#include <QWidget>

#include <algorithm>

namespace fplab {

void popUpBelow(QWidget& popup, const QWidget& anchor)
{
    popup.adjustSize();
    const QRect room = anchor.screen()->availableGeometry();
    QPoint at = anchor.mapToGlobal(QPoint(anchor.width() - popup.width(), anchor.height() + 4));
    at.setX(std::clamp(at.x(), room.left() + 4, std::max(room.left() + 4, room.right() - popup.width() - 4)));
    if (at.y() + popup.height() > room.bottom())
        at.setY(std::max(room.top(), anchor.mapToGlobal(QPoint(0, 0)).y() - popup.height() - 4));
    popup.move(at);
    popup.show();
}

} // namespace fplab
