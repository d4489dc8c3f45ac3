#pragma once

#include "ui/look/color_maps.h"

#include <QImage>
#include <QVector>

#include <cstddef>
#include <functional>
#include <vector>

namespace fplab {

/// Relative errors of some bins over steps as an image that grows with the recording: a record fills its columns up
/// to those of the next one, the newest its own column only.
class DeltaImage {
public:
    /// What the image shows; another one draws it anew.
    struct Layout {
        std::vector<std::size_t> rows; ///< bins, lowest first
        double low = 0, high = 1; ///< coordinates of the left and right end
        int columns = 0;
        bool operator==(const Layout&) const = default;
    };

    void setColors(const ColorMap& map);
    void invalidate() { m_stale = true; }
    /// Takes the records that are new: `coordinate(i)` and, only where it is seen, `errors(i)` by bin. `revision`
    /// changes when earlier records did.
    void update(const Layout& layout, std::size_t records, std::uint64_t revision,
        const std::function<double(std::size_t)>& coordinate,
        const std::function<std::vector<double>(std::size_t)>& errors);

    [[nodiscard]] std::size_t taken() const { return m_taken; } ///< records
    [[nodiscard]] int columns() const { return m_layout.columns; }
    [[nodiscard]] int filled() const { return m_filled; } ///< columns up to the newest record
    [[nodiscard]] const QImage& image() const { return m_image; } ///< highest row on top, filled() columns count
    /// A copy of the filled columns for paper: `height` rows from `top` on (both may be fractions) in at least `lines`
    /// sharp lines. Readers of PDF and SVG blur small images, and SVG knows no part of one.
    [[nodiscard]] QImage part(double top, double height, int lines) const;
    /// Columns where a row is on the other side of `threshold` than its left neighbour.
    [[nodiscard]] std::vector<int> crossings(std::size_t row, double threshold) const;
    /// From 1 (top) to 0, one pixel wide.
    [[nodiscard]] QImage scale() const;

private:
    [[nodiscard]] int column(double coordinate) const;
    void setColumns(int from, int to, const std::vector<double>& errors);

    Layout m_layout;
    std::vector<float> m_values; ///< (rows, columns), NaN = nothing
    QImage m_image;
    int m_filled = 0;
    std::size_t m_taken = 0;
    std::uint64_t m_revision = 0;
    bool m_stale = true;
    std::vector<QRgb> m_colors;
};

} // namespace fplab
