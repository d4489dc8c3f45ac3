#include "ui/views/delta_image.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fplab {
namespace {

constexpr int shades = 256;

} // namespace

void DeltaImage::setColors(const ColorMap& map)
{
    m_colors.resize(shades);
    for (int i = 0; i < shades; ++i)
        m_colors[i] = map.color(static_cast<double>(i) / (shades - 1));
    m_stale = true;
}

int DeltaImage::column(double coordinate) const
{
    return static_cast<int>(
        std::floor((coordinate - m_layout.low) / (m_layout.high - m_layout.low) * m_layout.columns));
}

void DeltaImage::setColumns(int from, int to, const std::vector<double>& errors)
{
    from = std::max(from, 0);
    to = std::min(to, m_layout.columns - 1);
    if (from > to)
        return;
    const auto count = static_cast<int>(m_layout.rows.size());
    for (int row = 0; row < count; ++row) {
        const std::size_t bin = m_layout.rows[row];
        const double error = bin < errors.size() ? errors[bin] : std::nan("");
        const QRgb color = std::isnan(error)
            ? qRgba(0, 0, 0, 0)
            : m_colors[static_cast<std::size_t>(std::lround(std::clamp(error, 0.0, 1.0) * (shades - 1)))];
        auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(count - 1 - row));
        std::fill(line + from, line + to + 1, color);
        std::fill_n(m_values.begin() + static_cast<std::ptrdiff_t>(row) * m_layout.columns + from, to - from + 1,
            static_cast<float>(error));
    }
    m_filled = std::max(m_filled, to + 1);
}

void DeltaImage::update(const Layout& layout, std::size_t records, std::uint64_t revision,
    const std::function<double(std::size_t)>& coordinate, const std::function<std::vector<double>(std::size_t)>& errors)
{
    if (m_stale || layout != m_layout || revision != m_revision || records < m_taken) {
        m_stale = false;
        m_layout = layout;
        m_revision = revision;
        m_filled = 0;
        m_taken = 0;
        m_image = QImage(layout.columns, static_cast<int>(layout.rows.size()), QImage::Format_ARGB32_Premultiplied);
        m_image.fill(Qt::transparent);
        m_values.assign(
            layout.rows.size() * static_cast<std::size_t>(layout.columns), std::numeric_limits<float>::quiet_NaN());
    }
    if (m_taken == records)
        return;
    // Where several share a column the last one counts, and only that is computed.
    for (std::size_t i = m_taken > 0 ? m_taken - 1 : 0; i < records; ++i) {
        const int from = column(coordinate(i));
        const bool newest = i + 1 == records;
        const int to = newest ? from : column(coordinate(i + 1)) - 1;
        if (to < from || to < 0 || from >= m_layout.columns)
            continue;
        setColumns(from, to, errors(i));
    }
    m_taken = records;
}

QImage DeltaImage::part(double top, double height, int lines) const
{
    const int rows = m_image.height();
    lines = std::max(lines, rows);
    QImage out(m_filled, lines, m_image.format());
    for (int line = 0; line < lines; ++line) {
        const int row = std::clamp(static_cast<int>(std::floor(top + (line + 0.5) / lines * height)), 0, rows - 1);
        std::copy_n(reinterpret_cast<const QRgb*>(m_image.constScanLine(row)), m_filled,
            reinterpret_cast<QRgb*>(out.scanLine(line)));
    }
    return out;
}

std::vector<int> DeltaImage::crossings(std::size_t row, double threshold) const
{
    std::vector<int> out;
    const float* values = m_values.data() + row * static_cast<std::size_t>(m_layout.columns);
    for (int c = 1; c < m_filled; ++c)
        if ((values[c] < static_cast<float>(threshold)) != (values[c - 1] < static_cast<float>(threshold)))
            out.push_back(c);
    return out;
}

QImage DeltaImage::scale() const
{
    QImage image(1, shades, QImage::Format_RGB32);
    for (int i = 0; i < shades; ++i)
        image.setPixel(0, i, m_colors[shades - 1 - i]);
    return image;
}

} // namespace fplab
