#include "ui/look/sketch.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace fplab {
namespace {

double spread(const std::vector<double>& values)
{
    double sum = 0, squares = 0;
    for (const double value : values) {
        sum += value;
        squares += value * value;
    }
    const double n = static_cast<double>(values.size());
    return std::sqrt(std::max(0.0, squares / n - sum * sum / (n * n)));
}

} // namespace

std::vector<double> smoothed(const std::vector<double>& values, double width)
{
    std::vector<double> result(values.size());
    const int reach = std::max(1, static_cast<int>(3 * width));
    for (int i = 0; i < static_cast<int>(values.size()); ++i) {
        double sum = 0, weights = 0;
        for (int j = std::max(0, i - reach); j <= std::min(static_cast<int>(values.size()) - 1, i + reach); ++j) {
            const double weight = std::exp(-0.5 * (i - j) * (i - j) / (width * width));
            sum += weight * values[static_cast<std::size_t>(j)];
            weights += weight;
        }
        result[static_cast<std::size_t>(i)] = sum / weights;
    }
    return result;
}

std::vector<double> earlyOutput(const std::vector<double>& target)
{
    std::vector<double> output;
    for (double width = 0.09 * static_cast<double>(target.size()); width > 1; width *= 0.85) {
        output = smoothed(target, width);
        if (spread(output) >= 0.78 * spread(target))
            break;
    }
    return output;
}

PictureScale pictureScale(QSizeF size)
{
    const double share = std::min(1.0, size.height() / 100.0);
    return {QRectF(QPointF(), size).adjusted(8 * share, 14 * share, -8 * share, -14 * share), std::max(0.6, share)};
}

void drawSketch(QPainter& painter, QSizeF size, const Sketch& s, const Theme& theme)
{
    const PictureScale scale = pictureScale(size);
    const QRectF area = scale.area;
    const double thickness = scale.thickness;
    auto [low, high] = std::ranges::minmax(s.target);
    for (const double y : s.output) {
        low = std::min(low, y);
        high = std::max(high, y);
    }
    const double span = high > low ? high - low : 1;
    const auto place = [&](double x, double y) {
        return QPointF(area.left() + (x - s.x.front()) / (s.x.back() - s.x.front()) * area.width(),
            area.bottom() - (y - low) / span * area.height());
    };
    if (s.outside)
        painter.fillRect(QRectF(QPointF(place(s.from, 0).x(), 4), QPointF(place(s.to, 0).x(), size.height() - 4)),
            theme.accentGround);
    const auto curve = [&](const std::vector<double>& y) {
        QPainterPath path(place(s.x[0], y[0]));
        for (std::size_t i = 1; i < y.size(); ++i)
            path.lineTo(place(s.x[i], y[i]));
        return path;
    };
    painter.setPen(QPen(theme.target, 1.4 * thickness));
    painter.drawPath(curve(s.target));
    if (!s.solver.empty()) {
        painter.setPen(QPen(s.solverColor, 2.2 * thickness, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(curve(s.solver));
    }
    if (!s.output.empty()) {
        painter.setPen(QPen(theme.network, 2.2 * thickness, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(curve(s.output));
    }
    if (s.scattered) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.target);
        for (int i = 0; i < 22; ++i) { // golden ratio: uneven, but no two pictures differ
            const double part = std::fmod(i * std::numbers::phi, 1.0);
            const auto at = static_cast<std::size_t>(part * part * (Sketch::points - 1));
            painter.drawEllipse(place(s.x[at], s.target[at]), 2.3 * thickness, 2.3 * thickness);
        }
    }
}

} // namespace fplab
