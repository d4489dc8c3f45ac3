#include "ui/views/name_places.h"

#include <QLineF>

#include <algorithm>
#include <cmath>
#include <limits>

namespace fplab {
namespace {

constexpr int places = 24; ///< tried along a line or a level
constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

bool crosses(const QVector<QPointF>& line, const QRectF& box)
{
    const QLineF diagonals[] {{box.topLeft(), box.bottomRight()}, {box.bottomLeft(), box.topRight()}};
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (box.contains(line[i]))
            return true;
        if (i == 0 || std::max(line[i - 1].x(), line[i].x()) < box.left()
            || std::min(line[i - 1].x(), line[i].x()) > box.right()
            || std::max(line[i - 1].y(), line[i].y()) < box.top()
            || std::min(line[i - 1].y(), line[i].y()) > box.bottom())
            continue;
        for (const QLineF& diagonal : diagonals)
            if (QLineF(line[i - 1], line[i]).intersects(diagonal) == QLineF::BoundedIntersection)
                return true;
    }
    return false;
}

/// Points of the visible part of a line, at even distances, from its end on.
std::vector<QPointF> anchors(const QVector<QPointF>& line, const QRectF& area)
{
    double length = 0;
    for (qsizetype i = 1; i < line.size(); ++i)
        length += QLineF(line[i - 1], line[i]).length();
    const double step = std::max(4.0, length / places);
    std::vector<QPointF> found;
    double next = 0, done = 0;
    for (qsizetype i = line.size() - 1; i >= 0; --i) {
        if (i == line.size() - 1) {
            if (area.contains(line[i]))
                found.push_back(line[i]);
            next = step;
            continue;
        }
        const QLineF piece(line[i + 1], line[i]);
        for (; next <= done + piece.length() && piece.length() > 0; next += step)
            if (const QPointF at = piece.pointAt((next - done) / piece.length()); area.contains(at))
                found.push_back(at);
        done += piece.length();
    }
    return found;
}

} // namespace

bool NamePlaces::isFree(const QRectF& box) const
{
    return m_area.contains(box)
        && std::ranges::none_of(m_taken, [&](const QRectF& other) { return other.intersects(box); })
        && std::ranges::none_of(m_levels, [&](double y) { return box.top() < y && y < box.bottom(); });
}

bool NamePlaces::isOffLines(const QRectF& box, double room, std::size_t own) const
{
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        if (const double r = i == own ? 1 : room; crosses(m_lines[i], box.adjusted(-r, -r, r, r)))
            return false;
    return true;
}

std::optional<QRectF> NamePlaces::beside(std::size_t line, QSizeF size, double gap)
{
    const auto at = anchors(m_lines[line], m_area.adjusted(-1, -1, 1, 1));
    for (const double room : {3 * gap, 1.5 * gap})
        for (const QPointF& anchor : at) {
            const double right = anchor.x() + gap, left = anchor.x() - gap - size.width(),
                         middle = anchor.y() - size.height() / 2;
            const double above = anchor.y() - gap - size.height(), below = anchor.y() + gap,
                         centre = anchor.x() - size.width() / 2;
            for (const QPointF& corner :
                {QPointF(right, middle), QPointF(right, above), QPointF(right, below), QPointF(left, middle),
                    QPointF(left, below), QPointF(left, above), QPointF(centre, above), QPointF(centre, below)})
                if (const QRectF box(corner, size); isFree(box) && isOffLines(box, room, line)) {
                    m_taken.push_back(box);
                    return box;
                }
        }
    return std::nullopt;
}

std::optional<QRectF> NamePlaces::along(double level, QSizeF size, bool above, bool fromRight)
{
    constexpr double side = 6, off = 1;
    const double width = m_area.width() - size.width() - 2 * side;
    for (const bool over : {above, !above})
        for (int i = 0; i <= places; ++i) {
            const double share = double(fromRight ? places - i : i) / places;
            const QRectF box(
                QPointF(m_area.left() + side + width * share, over ? level - off - size.height() : level + off), size);
            if (isFree(box) && isOffLines(box, 2, none)) {
                m_taken.push_back(box);
                return box;
            }
        }
    return std::nullopt;
}

} // namespace fplab
