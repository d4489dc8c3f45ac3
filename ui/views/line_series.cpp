#include "ui/views/line_series.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fplab {

void LineSeries::clear() { *this = LineSeries(); }

void LineSeries::append(double x, double y)
{
    m_points.append({x, std::isfinite(y) ? y : std::numeric_limits<double>::quiet_NaN()});
}

void LineSeries::flush(QVector<QPointF>& to) const
{
    if (m_lowest >= 0) {
        to.append(m_points[std::min(m_lowest, m_highest)]);
        if (m_lowest != m_highest)
            to.append(m_points[std::max(m_lowest, m_highest)]);
    }
}

void LineSeries::take(qsizetype index)
{
    const QPointF p = m_points[index];
    if (p.x() > m_high) {
        flush(m_reduced);
        m_reduced.append(p);
        m_lowest = m_highest = -1;
        m_done = true;
        return;
    }
    const qsizetype column
        = p.x() < m_low ? -1 : static_cast<qsizetype>((p.x() - m_low) / (m_high - m_low) * m_columns);
    if (column < 0) { // only the last one before the range counts
        m_reduced = {p};
        return;
    }
    if (column != m_column) {
        flush(m_reduced);
        m_column = column;
        m_lowest = m_highest = -1;
    }
    if (std::isnan(p.y())) {
        flush(m_reduced);
        m_lowest = m_highest = -1;
        if (m_reduced.isEmpty() || !std::isnan(m_reduced.back().y()))
            m_reduced.append(p);
        return;
    }
    if (m_lowest < 0 || p.y() < m_points[m_lowest].y())
        m_lowest = index;
    if (m_highest < 0 || p.y() > m_points[m_highest].y())
        m_highest = index;
}

QVector<QPointF> LineSeries::reduced(double low, double high, int columns)
{
    if (!(low < high) || columns < 1)
        return {};
    if (low != m_low || high != m_high || columns != m_columns) {
        m_reduced.clear();
        m_low = low;
        m_high = high;
        m_columns = columns;
        m_next = 0;
        m_column = m_lowest = m_highest = -1;
        m_done = false;
    }
    while (m_next < m_points.size() && !m_done)
        take(m_next++);
    QVector<QPointF> all = m_reduced;
    flush(all);
    return all;
}

QVector<QPointF> reduceCurve(std::span<const double> x, std::span<const double> y, double low, double high, int columns)
{
    LineSeries series;
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i)
        series.append(x[i], y[i]);
    return series.reduced(low, high, columns);
}

} // namespace fplab
