#include "ui/views/plot_zoom.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace fplab {
namespace {

constexpr int wheelPause = 700; ///< ms without a turn end the gesture
constexpr std::size_t depth = 100;

/// The same values on another scale; none if it shows nothing of them.
std::optional<QCPRange> converted(
    const QCPRange& range, const AxisScale& from, const AxisScale& to, const QCPRange& whole)
{
    if (from.quantity != to.quantity)
        return std::nullopt;
    double lower = to.coordinate(from.value(range.lower));
    const double upper = to.coordinate(from.value(range.upper));
    if (lower == -std::numeric_limits<double>::infinity())
        lower = whole.lower;
    if (!(lower < upper) || !std::isfinite(lower) || !std::isfinite(upper))
        return std::nullopt;
    return QCPRange(lower, upper);
}

} // namespace

PlotZoom::PlotZoom(QCPAxis& x, QCPAxis& y, QObject* parent)
    : QObject(parent)
    , m_x {.axis = x, .part = &Part::x}
    , m_y {.axis = y, .part = &Part::y}
{
    connect(&x, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this] { clamp(m_x); });
    connect(&y, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this] { clamp(m_y); });
}

void PlotZoom::setScales(const AxisScale& x, const AxisScale& y)
{
    m_x.next = x;
    m_y.next = y;
}

void PlotZoom::setWhole(const QCPRange& x, const QCPRange& y)
{
    adopt(m_x, x);
    adopt(m_y, y);
}

void PlotZoom::adopt(Side& side, const QCPRange& whole)
{
    side.whole = whole;
    if (side.next != side.scale) {
        const AxisScale before = std::exchange(side.scale, side.next);
        const auto convert = [&](const QCPRange& range) { return converted(range, before, side.scale, whole); };
        if (const auto range = side.zoomed ? convert(side.axis.range()) : std::nullopt)
            show(side, *range);
        else
            side.zoomed = false;
        for (Part& part : m_history)
            if (auto& range = part.*side.part)
                range = convert(*range);
    }
    const QCPRange shown = side.axis.range();
    if (shown.upper < whole.lower || shown.lower > whole.upper)
        side.zoomed = false;
    if (!side.zoomed)
        show(side, whole);
}

void PlotZoom::show(Side& side, const QCPRange& range)
{
    m_clamping = true;
    side.axis.setRange(range);
    m_clamping = false;
}

void PlotZoom::remember()
{
    if (m_history.size() == depth)
        m_history.erase(m_history.begin());
    const auto part = [](const Side& side) { return side.zoomed ? std::optional(side.axis.range()) : std::nullopt; };
    m_history.push_back({part(m_x), part(m_y)});
}

bool PlotZoom::showsX(double value) const
{
    const QCPRange range = m_x.axis.range();
    if (m_x.scale.logarithmic && value <= m_x.scale.zero) // it stands at the end of the axis, if anywhere
        return m_x.scale.zero > 0 && range.lower <= std::log10(m_x.scale.zero);
    return range.contains(m_x.scale.coordinate(value));
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
    m_x.zoomed = m_y.zoomed = true;
}

void PlotZoom::fit()
{
    m_sinceWheel.invalidate();
    if (isZoomed())
        remember();
    m_x.zoomed = m_y.zoomed = false;
}

bool PlotZoom::back()
{
    m_sinceWheel.invalidate();
    if (m_history.empty())
        return false;
    const Part part = m_history.back();
    m_history.pop_back();
    for (Side* side : {&m_x, &m_y}) {
        const auto& range = part.*side->part;
        side->zoomed = range.has_value();
        show(*side, range.value_or(side->whole));
    }
    return true;
}

void PlotZoom::forget()
{
    m_sinceWheel.invalidate();
    m_history.clear();
    m_x.zoomed = m_y.zoomed = false;
}

/// Zooming ends where nothing can be seen any more.
void PlotZoom::clamp(const Side& side)
{
    const QCPRange& whole = side.whole;
    if (m_clamping || whole.size() <= 0)
        return;
    const QCPRange range = side.axis.range();
    const double size = std::clamp(range.size(), whole.size() * 1e-5, whole.size() * 8);
    const double centre = std::clamp(range.center(), whole.lower - size / 2, whole.upper + size / 2);
    const QCPRange wanted(centre - size / 2, centre + size / 2);
    if (std::abs(wanted.lower - range.lower) + std::abs(wanted.upper - range.upper) < 1e-9 * size)
        return;
    m_clamping = true;
    side.axis.setRange(wanted);
    m_clamping = false;
}

} // namespace fplab
