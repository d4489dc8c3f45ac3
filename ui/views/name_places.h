#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QVector>

#include <cstddef>
#include <optional>
#include <vector>

namespace fplab {

/// Finds places for names beside the lines of a plot: off all lines, off each other, and nearer to their own line than
/// to another. All in pixels.
class NamePlaces {
public:
    explicit NamePlaces(const QRectF& area)
        : m_area(area)
    {
    }
    void addLine(const QVector<QPointF>& points) { m_lines.push_back(points); }
    void addLevel(double y) { m_levels.push_back(y); } ///< a horizontal line right across
    void keepClear(const QRectF& box) { m_taken.push_back(box); }

    /// Beside a line, `gap` off it, as near to its visible end as can be; what is found is taken. None if there is no
    /// such place.
    [[nodiscard]] std::optional<QRectF> beside(std::size_t line, QSizeF size, double gap);
    /// Just above or below a level; `above` and `fromRight` are tried first.
    [[nodiscard]] std::optional<QRectF> along(double level, QSizeF size, bool above, bool fromRight);
    /// Whether a box lies in the area, off all that is taken and off the levels; lines may cross it.
    [[nodiscard]] bool isFree(const QRectF& box) const;

private:
    /// Whether no line but `own` comes within `room` of the box, and that one not into it.
    [[nodiscard]] bool isOffLines(const QRectF& box, double room, std::size_t own) const;

    QRectF m_area;
    std::vector<QVector<QPointF>> m_lines;
    std::vector<double> m_levels;
    std::vector<QRectF> m_taken;
};

} // namespace fplab
