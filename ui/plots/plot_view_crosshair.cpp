#include "ui/plots/plot_view_p.h"

#include <QAccessible>
#include <QKeyEvent>

#include <algorithm>
#include <cmath>

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
    const int index = d->probe ? d->probe->index + right : down != 0 ? 0 : points / 2;
    placeCrosshair(curve, std::clamp(index, 0, points - 1));
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
    const std::vector<int> marks = landmarks(curve);
    if (!d->frame.empty.isEmpty() || curve >= curveCount())
        return;
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
    setCrosshair(probe(curve, index));
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
            const double distance = 8 * std::abs(at.x() - pixel.x())
                + (std::isfinite(at.y()) ? std::abs(at.y() - pixel.y()) : 1e4);
            if (!best || distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
    }
    return best;
}

} // namespace fplab
