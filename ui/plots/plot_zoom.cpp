#include "ui/plots/plot_zoom.h"

#include <algorithm>
#include <cmath>

namespace fplab {

PlotZoom::PlotZoom(QCPAxis& x, QCPAxis& y, QObject* parent)
    : QObject(parent)
    , m_x(x)
    , m_y(y)
{
    connect(&x, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this] { clamp(m_x, m_wholeX); });
    connect(&y, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this] { clamp(m_y, m_wholeY); });
}

void PlotZoom::setWhole(const QCPRange& x, const QCPRange& y)
{
    m_wholeX = x;
    m_wholeY = y;
    if (!m_zoomed)
        showWhole();
}

void PlotZoom::showWhole()
{
    m_clamping = true;
    m_x.setRange(m_wholeX);
    m_y.setRange(m_wholeY);
    m_clamping = false;
}

void PlotZoom::begin() { m_zoomed = true; }

void PlotZoom::fit() { m_zoomed = false; }

/// Zooming ends where nothing can be seen any more.
void PlotZoom::clamp(QCPAxis& axis, const QCPRange& whole)
{
    if (m_clamping || whole.size() <= 0)
        return;
    const QCPRange range = axis.range();
    const double size = std::clamp(range.size(), whole.size() * 1e-5, whole.size() * 8);
    const double centre = std::clamp(range.center(), whole.lower - size / 2, whole.upper + size / 2);
    const QCPRange wanted(centre - size / 2, centre + size / 2);
    if (std::abs(wanted.lower - range.lower) + std::abs(wanted.upper - range.upper) < 1e-9 * size)
        return;
    m_clamping = true;
    axis.setRange(wanted);
    m_clamping = false;
}

} // namespace fplab
