#include "ui/views/plot_view_p.h"

#include <QAccessible>
#include <QKeyEvent>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fplab {

QString PlotView::crosshairText() const { return d->probe ? d->probe->text : QString(); }

void PlotView::setCrosshair(std::optional<Probe> probe)
{
    if (!probe && !d->probe)
        return;
    d->probe = std::move(probe);
    if (d->probe) // off at the next refresh: now it would repaint the whole plot, which may be outdated
        d->frame.setOverlay(true);
    d->plot->layer(QStringLiteral("overlay"))->replot();
    tellReadout();
}

/// What stands at the crosshair and, for the mouse, what a click does.
void PlotView::tellReadout()
{
    const bool hinted = d->probe && !d->byKeyboard && !d->hint.isEmpty();
    Q_EMIT readout(hinted ? crosshairText() + QStringLiteral("   ") + d->hint : crosshairText());
}

/// The value under the crosshair changes with the data.
void PlotView::refreshCrosshair()
{
    if (!d->probe) {
        d->frame.setOverlay(false);
        return;
    }
    const int curve = d->probe->curve, index = d->probe->index;
    if (d->frame.empty.isEmpty() && curve < curveCount() && index < pointCount(curve))
        d->probe = probe(curve, index);
    else
        d->probe.reset();
    d->frame.setOverlay(d->probe.has_value());
    tellReadout();
}

/// By keys: `right` points further on a curve, `down` curves further.
void PlotView::moveCrosshair(int right, int down)
{
    if (d->outdated)
        refreshNow(); // no press may be lost
    if (!d->frame.empty.isEmpty() || curveCount() == 0)
        return;
    const int curve = std::clamp((d->probe ? d->probe->curve : 0) + down, 0, curveCount() - 1);
    const int points = pointCount(curve);
    if (points == 0)
        return;
    const int index = d->probe ? d->probe->index + right : firstInSight(curve, right < 0);
    placeCrosshair(curve, std::clamp(index, 0, points - 1));
}

bool PlotView::isInSight(int curve, int index) const
{
    const QPointF at = probe(curve, index).at;
    return xAxis()->range().contains(at.x()) && std::isfinite(at.y());
}

/// From the left or the right edge: the first landmark in sight, else the first point.
int PlotView::firstInSight(int curve, bool fromRight) const
{
    std::vector<int> candidates = landmarks(curve);
    if (std::ranges::none_of(candidates, [&](int index) { return isInSight(curve, index); })) {
        candidates.resize(static_cast<std::size_t>(pointCount(curve)));
        std::iota(candidates.begin(), candidates.end(), 0);
    }
    if (fromRight)
        std::ranges::reverse(candidates);
    const auto first = std::ranges::find_if(candidates, [&](int index) { return isInSight(curve, index); });
    return first == candidates.end() ? 0 : *first;
}

/// So that the crosshair stays in sight: along y only where the user has chosen a part.
void PlotView::scrollTo(QPointF at)
{
    const auto outside
        = [](const QCPAxis& axis, double value) { return std::isfinite(value) && !axis.range().contains(value); };
    const bool across = outside(*xAxis(), at.x()), along = isZoomed() && outside(*yAxis(), at.y());
    if (!across && !along)
        return;
    d->zoom.begin(PlotZoom::Gesture::Wheel); // several in a row are one step back
    const auto move = [](QCPAxis& axis, double value) {
        const QCPRange range = axis.range();
        const double margin = 0.1 * range.size();
        axis.moveRange(value < range.lower ? value - margin - range.lower : value + margin - range.upper);
        if (QCPRange wider = axis.range(); !wider.contains(value)) { // some of what fit() shows stays in sight
            wider.expand(value + (value > wider.upper ? margin : -margin));
            axis.setRange(wider);
        }
    };
    if (across)
        move(*xAxis(), at.x());
    if (along)
        move(*yAxis(), at.y());
    d->plot->replot(QCustomPlot::rpQueuedRefresh);
}

bool PlotView::jumps(const QKeyEvent& key) const
{
    return (key.key() == Qt::Key_Left || key.key() == Qt::Key_Right)
        && (key.modifiers() & ~Qt::KeypadModifier) == Qt::ControlModifier && (d->ring || (d->probe && d->byKeyboard))
        && !landmarks(d->probe ? d->probe->curve : 0).empty();
}

/// By keys: to the next landmark in a direction; without a crosshair to the first from the other end.
void PlotView::jumpCrosshair(bool right)
{
    if (d->outdated)
        refreshNow();
    const int curve = d->probe ? d->probe->curve : 0;
    if (!d->frame.empty.isEmpty() || curve >= curveCount())
        return;
    const std::vector<int> marks = landmarks(curve);
    if (!d->probe && std::ranges::any_of(marks, [&](int index) { return isInSight(curve, index); })) {
        placeCrosshair(curve, firstInSight(curve, !right));
        return;
    }
    if (right) {
        const auto next = d->probe ? std::ranges::upper_bound(marks, d->probe->index) : marks.begin();
        if (next != marks.end())
            placeCrosshair(curve, *next);
    } else {
        const auto next = d->probe ? std::ranges::lower_bound(marks, d->probe->index) : marks.end();
        if (next != marks.begin())
            placeCrosshair(curve, *std::prev(next));
    }
}

void PlotView::placeCrosshair(int curve, int index)
{
    d->byKeyboard = true;
    const Probe target = probe(curve, index);
    scrollTo(target.at);
    setCrosshair(target);
    QAccessibleValueChangeEvent changed(this, crosshairText());
    QAccessible::updateAccessibility(&changed);
}

void PlotView::drawCrosshair(QCPPainter& p) const
{
    if (!d->probe || d->frame.exporting || !d->frame.empty.isEmpty())
        return;
    const QRectF area = axisArea();
    const QPointF at = toPixel(d->probe->at);
    QColor line = look().muted;
    line.setAlphaF(0.55F);
    p.setPen(QPen(line, 1));
    p.drawLine(QPointF(at.x(), area.top()), QPointF(at.x(), area.bottom()));
    if (!std::isfinite(at.y()))
        return;
    p.setAntialiasing(true);
    p.setPen(QPen(look().accent, 2));
    p.setBrush(look().card);
    p.drawEllipse(at, 4.5, 4.5);
}

std::optional<PlotView::Probe> PlotView::probeAt(QPointF pixel) const
{
    const double x = fromPixel(pixel).x();
    std::optional<Probe> best;
    double bestDistance = 0;
    for (int curve = 0; curve < curveCount(); ++curve) {
        int low = 0, high = pointCount(curve); // first point with x >= the pointer's
        if (high == 0)
            continue;
        const int count = high;
        while (low < high) {
            const int middle = (low + high) / 2;
            if (probe(curve, middle).at.x() < x)
                low = middle + 1;
            else
                high = middle;
        }
        for (const int index : {low - 1, low}) {
            if (index < 0 || index >= count)
                continue;
            const Probe candidate = probe(curve, index);
            const QPointF at = toPixel(candidate.at);
            // Along x first: the sample under the pointer; then the curve that is nearest.
            const double distance
                = 8 * std::abs(at.x() - pixel.x()) + (std::isfinite(at.y()) ? std::abs(at.y() - pixel.y()) : 1e4);
            if (!best || distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
    }
    return best;
}

} // namespace fplab
