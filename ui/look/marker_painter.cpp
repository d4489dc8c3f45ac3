#include "ui/look/marker_painter.h"

#include <QPolygonF>

namespace fplab {

void paintMarker(QPainter& painter, const PeakStyle& style, QPointF center, double size, bool filled)
{
    const double r = size / 2 - (filled ? 0 : size * 0.07);
    const auto at = [&](double x, double y) { return center + QPointF(x * r, y * r); };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(filled ? QPen(Qt::NoPen) : QPen(style.color, size * 0.2, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.setBrush(filled ? QBrush(style.color) : QBrush(Qt::NoBrush));
    switch (style.marker) {
    case Marker::Circle:
        painter.drawEllipse(center, r, r);
        break;
    case Marker::Triangle:
        painter.drawPolygon(QPolygonF {at(0, -1.1), at(1.05, 0.85), at(-1.05, 0.85)});
        break;
    case Marker::Square:
        painter.drawRect(QRectF(at(-0.9, -0.9), at(0.9, 0.9)));
        break;
    case Marker::Diamond:
        painter.drawPolygon(QPolygonF {at(0, -1.2), at(1.1, 0), at(0, 1.2), at(-1.1, 0)});
        break;
    case Marker::Plus:
    case Marker::Cross:
        painter.setPen(QPen(style.color, size * (filled ? 0.3 : 0.15), Qt::SolidLine, Qt::FlatCap));
        if (style.marker == Marker::Plus) {
            painter.drawLine(at(-1, 0), at(1, 0));
            painter.drawLine(at(0, -1), at(0, 1));
        } else {
            painter.drawLine(at(-0.85, -0.85), at(0.85, 0.85));
            painter.drawLine(at(-0.85, 0.85), at(0.85, -0.85));
        }
        break;
    }
    painter.restore();
}

} // namespace fplab
