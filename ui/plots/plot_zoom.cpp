#include "ui/plots/plot_zoom.h"

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

    constexpr int wheelPause = 700; ///< ms without a turn end the gesture
    constexpr std::size_t depth = 100;

} // namespace

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
        show(x, y);
}

void PlotZoom::show(const QCPRange& x, const QCPRange& y)
{
    m_clamping = true;
    m_x.setRange(x);
    m_y.setRange(y);
    m_clamping = false;
}

std::optional<PlotZoom::Part> PlotZoom::part() const
{
    return m_zoomed ? std::optional(Part {m_x.range(), m_y.range()}) : std::nullopt;
}

void PlotZoom::remember()
{
    if (m_history.size() == depth)
        m_history.erase(m_history.begin());
    m_history.push_back(part());
}

void PlotZoom::begin(Gesture gesture)
{
    const bool goesOn = gesture == Gesture::Wheel && m_sinceWheel.isValid() && m_sinceWheel.elapsed() < wheelPause;
    if (gesture == Gesture::Wheel)
        m_sinceWheel.start();
    else
        m_sinceWheel.invalidate();
    if (!goesOn)
        remember();
    m_zoomed = true;
}

void PlotZoom::fit()
{
    m_sinceWheel.invalidate();
    if (m_zoomed)
        remember();
    m_zoomed = false;
}

bool PlotZoom::back()
{
    m_sinceWheel.invalidate();
    if (m_history.empty())
        return false;
    const std::optional<Part> part = m_history.back();
    m_history.pop_back();
    m_zoomed = part.has_value();
    if (part)
        show(part->x, part->y);
    else
        show(m_wholeX, m_wholeY);
    return true;
}

void PlotZoom::forget()
{
    m_sinceWheel.invalidate();
    m_history.clear();
    m_zoomed = false;
}

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
