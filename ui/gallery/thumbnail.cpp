#include "ui/gallery/thumbnail.h"

#include "core/engine/network_spec.h"
#include "core/experiment/formula_parameters.h"
#include "core/experiment/given_data.h"
#include "core/signal/sampling.h"
#include "core/signal/target.h"
#include "ui/look/sketch.h"
#include "ui/model/kind_window.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

/// Narrows a range with very many oscillations to its middle, where a small picture can show them.
void narrow(Sketch& s, const Formula& formula)
{
    constexpr int most = 12;
    int crossings = 0;
    for (int i = 1; i < Sketch::points; ++i) {
        const auto at = [&](int j) { return formula(s.from + (s.to - s.from) * j / (Sketch::points - 1)); };
        crossings += (at(i - 1) < 0) != (at(i) < 0);
    }
    if (crossings > most) {
        const double middle = (s.from + s.to) / 2, half = (s.to - s.from) / 2 * most / crossings;
        s.from = middle - half;
        s.to = middle + half;
    }
}

std::vector<double> brokenLine(const std::vector<double>& values, int pieces)
{
    std::vector<double> result(values.size());
    const double last = static_cast<double>(values.size() - 1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double place = static_cast<double>(i) / last * pieces;
        const double left = std::min(std::floor(place), pieces - 1.0);
        const auto at = [&](double knot) { return values[static_cast<std::size_t>(knot / pieces * last)]; };
        result[i] = at(left) + (place - left) * (at(left + 1) - at(left));
    }
    return result;
}

void sketchOutput(Sketch& s, const NetworkSpec& network)
{
    const auto first = static_cast<std::size_t>(std::ranges::lower_bound(s.x, s.from - 1e-9) - s.x.begin());
    const auto end = static_cast<std::size_t>(std::ranges::upper_bound(s.x, s.to + 1e-9) - s.x.begin());
    const std::vector<double> inside(
        s.target.begin() + static_cast<std::ptrdiff_t>(first), s.target.begin() + static_cast<std::ptrdiff_t>(end));
    std::vector<double> output = earlyOutput(inside);
    if (network.activation == "relu")
        output = brokenLine(output, 9);
    if (network.init.kind == "normal" && network.init.std >= 0.45) {
        const auto [low, high] = std::ranges::minmax(inside);
        for (std::size_t i = 0; i < output.size(); ++i) {
            const double t = static_cast<double>(i) / static_cast<double>(output.size());
            const double wiggle = std::sin(173 * t) + 0.7 * std::sin(311 * t + 1) + 0.5 * std::sin(97 * t + 2);
            output[i] = inside[i] + 0.11 * (high - low) * wiggle;
        }
    } else if (s.outside) {
        output = inside; // shown late: what matters lies beyond the ends
    }
    s.output.assign(s.x.size(), output.front());
    std::ranges::copy(output, s.output.begin() + static_cast<std::ptrdiff_t>(first));
    std::fill(s.output.begin() + static_cast<std::ptrdiff_t>(end), s.output.end(), output.back());
}

/// The target, and what a network has learnt of it early, if there is one. Without samples, from -1 to 1.
Sketch sketchOf(const ExperimentSpec& spec)
{
    Sketch s;
    const auto* sampling = findPart<const SamplingSpec>(spec);
    s.from = sampling ? sampling->from : -1;
    s.to = sampling ? sampling->to : 1;
    s.outside = sampling && sampling->showOutside >= 0.3;
    s.scattered = sampling && (sampling->kind == "random" || sampling->kind == "random_subset");
    const auto formula = Formula::parse(formulaOf(spec), formulaOptions(formulaParameters(spec)));
    const auto* data = dataOf(spec);
    if (!formula || (data && *data) || !(s.from < s.to))
        return s;
    narrow(s, *formula);
    const double margin = s.outside ? std::min(0.6, sampling->showOutside) * (s.to - s.from) : 0;
    const auto* target = findPart<const TargetSpec>(spec);
    const double step = target ? target->quantise : 0;
    for (int i = 0; i < Sketch::points; ++i) {
        const double x = s.from - margin + (s.to - s.from + 2 * margin) * i / (Sketch::points - 1);
        double y = (*formula)(x);
        if (step > 0)
            y = std::nearbyint(y / step) * step;
        if (!std::isfinite(y))
            return s;
        s.x.push_back(x);
        s.target.push_back(y);
    }
    if (const auto* network = findPart<const NetworkSpec>(spec))
        sketchOutput(s, *network);
    return s;
}

QPixmap blankPixmap(QSize size, qreal scale)
{
    QPixmap pixmap(size * scale);
    pixmap.setDevicePixelRatio(scale);
    pixmap.fill(Qt::transparent);
    return pixmap;
}

bool drawCurve(QPainter& painter, QSizeF size, const ExperimentSpec& spec, const Theme& theme)
{
    const Sketch sketch = sketchOf(spec);
    if (sketch.x.empty())
        return false;
    drawSketch(painter, size, sketch, theme);
    return true;
}

} // namespace

QPixmap experimentThumbnail(const ExperimentSpec& spec, const Theme& theme, QSize size, qreal scale)
{
    QPixmap pixmap = blankPixmap(size, scale);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto own = kindWindowOf(spec).drawThumbnail;
    const bool drawn = (own ? own : drawCurve)(painter, size, spec, theme);
    painter.end();
    return drawn ? pixmap : QPixmap();
}

QPixmap ownThumbnail(OwnStart start, const Theme& theme, QSize size, qreal scale)
{
    QPixmap pixmap = blankPixmap(size, scale);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.accent);
    const QRectF area(0, 0, size.width(), size.height());
    QFont face = theme.uiFont();
    switch (start) {
    case OwnStart::Formula:
        face.setItalic(true);
        face.setPixelSize(size.height() / 4);
        painter.setFont(face);
        painter.drawText(area, Qt::AlignCenter, QStringLiteral("f(x) = …"));
        break;
    case OwnStart::Csv:
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.accent);
        for (int i = 0; i < 21; ++i) {
            const double t = i / 20.0, wave = std::sin(9 * t) * 0.22 + std::sin(31 * t) * 0.09;
            painter.drawEllipse(QPointF(area.width() * (0.1 + 0.8 * t), area.height() * (0.5 - wave)), 2.6, 2.6);
        }
        break;
    case OwnStart::Blank:
        painter.setPen(QPen(theme.accent, 2.4, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(area.center() - QPointF(10, 0), area.center() + QPointF(10, 0));
        painter.drawLine(area.center() - QPointF(0, 10), area.center() + QPointF(0, 10));
        break;
    }
    return pixmap;
}

} // namespace fplab
