#pragma once

#include <QPointF>
#include <QVector>

#include <span>

namespace fplab {

/// A curve that grows at its end, reduced to at most two points (the lowest and the highest) per column of the visible
/// range. Appending costs as much as the new points; another range or number of columns goes through all of them.
class LineSeries {
public:
    void clear();
    /// x must not be smaller than that of the last point; y may be NaN (a gap).
    void append(double x, double y);
    [[nodiscard]] qsizetype size() const { return m_points.size(); }
    [[nodiscard]] const QVector<QPointF>& points() const { return m_points; }
    /// What lies in [low, high], and one point beyond at each side so that the line goes on.
    [[nodiscard]] QVector<QPointF> reduced(double low, double high, int columns);

private:
    void take(qsizetype index);
    void flush(QVector<QPointF>& to) const;

    QVector<QPointF> m_points;
    // Reduction of m_points[0 .. m_next), without the open column
    QVector<QPointF> m_reduced;
    double m_low = 0, m_high = 0;
    int m_columns = 0;
    qsizetype m_next = 0;
    qsizetype m_column = -1; ///< open column
    qsizetype m_lowest = -1, m_highest = -1; ///< its points; -1 = none yet
    bool m_done = false;
};

/// The same for a whole curve at once.
[[nodiscard]] QVector<QPointF> reduceCurve(
    std::span<const double> x, std::span<const double> y, double low, double high, int columns);

} // namespace fplab
