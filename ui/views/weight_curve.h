#pragma once

#include "ui/views/paint.h"

#include <cstddef>
#include <vector>

namespace fplab {

/// Loss weights w(k) as a curve over a spectrum, on a scale of its own that begins at 0; with handles if they can be
/// dragged. Pixels: `area` are the axes, `x` the places of k = 0, 1, ... (as many as are shown).
class WeightCurve {
public:
    /// Ignored while a handle is dragged: the drag is the newer one.
    void set(const std::vector<double>& w, bool editable);
    [[nodiscard]] bool empty() const { return m_values.empty(); }
    [[nodiscard]] bool editable() const { return m_editable && !empty(); }
    [[nodiscard]] const std::vector<double>& values() const { return m_values; }

    /// The handle at a pixel; -1 = none.
    [[nodiscard]] int handleAt(QPointF pixel, const QRectF& area, const QVector<double>& x) const;
    /// Moves handle k to the height of `pixel`, in hundredths of the scale.
    void drag(int k, QPointF pixel, const QRectF& area);
    [[nodiscard]] int dragged() const { return m_dragged; }
    void drop() { m_dragged = -1; }

    void draw(QCPPainter& p, const Theme& theme, const QRectF& area, const QVector<double>& x) const;

private:
    [[nodiscard]] QPointF place(std::size_t k, const QRectF& area, const QVector<double>& x) const;

    std::vector<double> m_values;
    double m_top = 1; ///< upper end of the scale
    bool m_editable = false;
    int m_dragged = -1;
};

} // namespace fplab
