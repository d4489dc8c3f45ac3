#include "ui/gallery/thumbnail.h"

#include "core/experiment/formula_parameters.h"
#include "core/kinds/fit_curve/kind.h"
#include "core/kinds/poisson/kind.h"
#include "core/pde/poisson.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace fplab {
namespace {

constexpr int points = 400;

struct Sketch {
    std::vector<double> x, target, output;
    std::vector<double> solver; ///< what a grid solver has at the same time; may be empty
    double from = 0, to = 1; ///< training range
    bool outside = false; ///< the sketch reaches beyond it
    bool scattered = false;
};

/// A Gaussian mean that needs nothing beyond the ends.
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

/// The smoothest curve that has still 78 % of the target's spread: what a network has learnt early.
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

/// Narrows a range with very many oscillations to its middle, where a small picture can show them.
void narrow(Sketch& s, const Formula& formula)
{
    constexpr int most = 12;
    int crossings = 0;
    for (int i = 1; i < points; ++i) {
        const auto at = [&](int j) { return formula(s.from + (s.to - s.from) * j / (points - 1)); };
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

void sketchOutput(Sketch& s, const FitCurveSpec& spec)
{
    const auto first = static_cast<std::size_t>(std::ranges::lower_bound(s.x, s.from - 1e-9) - s.x.begin());
    const auto end = static_cast<std::size_t>(std::ranges::upper_bound(s.x, s.to + 1e-9) - s.x.begin());
    const std::vector<double> inside(
        s.target.begin() + static_cast<std::ptrdiff_t>(first), s.target.begin() + static_cast<std::ptrdiff_t>(end));
    std::vector<double> output = earlyOutput(inside);
    if (spec.network.activation == "relu")
        output = brokenLine(output, 9);
    if (spec.network.init.kind == "normal" && spec.network.init.std >= 0.45) {
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

Sketch sketchOf(const FitCurveSpec& spec)
{
    Sketch s;
    s.from = spec.sampling.from;
    s.to = spec.sampling.to;
    s.outside = spec.sampling.showOutside >= 0.3;
    s.scattered = spec.sampling.kind == "random" || spec.sampling.kind == "random_subset";
    const auto formula = parseFormulaOf(spec.target);
    if (!formula || spec.data || !(s.from < s.to))
        return s;
    narrow(s, *formula);
    const double margin = s.outside ? std::min(0.6, spec.sampling.showOutside) * (s.to - s.from) : 0;
    for (int i = 0; i < points; ++i) {
        const double x = s.from - margin + (s.to - s.from + 2 * margin) * i / (points - 1);
        double y = (*formula)(x);
        if (spec.target.quantise > 0)
            y = std::nearbyint(y / spec.target.quantise) * spec.target.quantise;
        if (!std::isfinite(y))
            return s;
        s.x.push_back(x);
        s.target.push_back(y);
    }
    sketchOutput(s, spec);
    return s;
}

/// The solution, and the network's after the low frequencies.
Sketch sketchOf(const PoissonSpec& spec)
{
    Sketch s;
    s.from = spec.pde.from;
    s.to = spec.pde.to;
    const auto formula = parseFormulaOf(spec.pde);
    if (!formula || !(s.from < s.to))
        return s;
    const PoissonGrid grid {s.from, s.to, points - 1};
    const auto solution = referenceSolution([&](double x) { return (*formula)(x); }, grid).u;
    if (!std::ranges::all_of(solution, [](double u) { return std::isfinite(u); }))
        return s;
    s.x = grid.points();
    s.target = solution;
    if (spec.pde.handoffStep != 0)
        s.output = earlyOutput(solution);
    for (std::size_t i = 0;
         const double low : smoothed(solution, 12)) // high frequencies first: what smoothing takes away
        s.solver.push_back(solution[i++] - low);
    return s;
}

/// How the error falls over what it costs, from (0, 1) to the tolerance at 0; both in parts of the picture.
void drawFalls(QPainter& painter, const QRectF& area, const PdeSpec& pde, const Theme& theme, double thickness)
{
    const auto fall = [&](double from, double height, double to, double bend, const SolverStyle& style, double width) {
        QPainterPath path;
        for (int i = 0; i <= 40; ++i) {
            const double t = i / 40.0, y = height * (1 - std::pow(t, bend));
            const QPointF at(area.left() + (from + (to - from) * t) * area.width(), area.bottom() - y * area.height());
            i == 0 ? path.moveTo(at) : path.lineTo(at);
        }
        painter.setPen(QPen(style.color, width * thickness, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(path);
        painter.setBrush(style.color);
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(path.currentPosition(), 1.6 * width * thickness, 1.6 * width * thickness);
        painter.setBrush(Qt::NoBrush);
    };
    painter.setPen(QPen(theme.muted, thickness, Qt::DashLine));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    if (pde.handoffStep == 0) {
        constexpr std::pair<const char*, double> ends[] {{"direct", 0.14}, {"multigrid", 0.26},
            {"conjugate_gradient", 0.42}, {"sor", 0.58}, {"gauss_seidel", 0.8}, {"jacobi", 0.97}};
        for (const auto& [id, end] : ends)
            fall(0.02, 0.95, end, 4, theme.solver(id), id == pde.then ? 2.4 : 1.4);
        return;
    }
    constexpr double handOver = 0.34, left = 0.38;
    const SolverStyle solver = theme.solver(pde.then);
    fall(0.02, 0.95, 0.97, 1.6, solver, 1.2);
    QPainterPath network;
    for (int i = 0; i <= 40; ++i) {
        const double t = i / 40.0;
        const QPointF at(area.left() + (0.02 + (handOver - 0.02) * t) * area.width(),
            area.bottom() - (left + (0.95 - left) * std::exp(-3.5 * t)) * area.height());
        i == 0 ? network.moveTo(at) : network.lineTo(at);
    }
    painter.setPen(QPen(theme.network, 2.2 * thickness, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(network);
    fall(handOver, left + 0.02, 0.5, 1.3, solver, 2.4);
}

/// What such an experiment is about is what a solution costs, not how it looks.
bool isAboutCost(const PdeSpec& pde)
{
    return pde.handoffStep > 0 || (pde.handoffStep == 0 && pde.then != "jacobi" && pde.then != "damped_jacobi");
}

QPixmap blankPixmap(QSize size, qreal scale)
{
    QPixmap pixmap(size * scale);
    pixmap.setDevicePixelRatio(scale);
    pixmap.fill(Qt::transparent);
    return pixmap;
}

} // namespace

QPixmap experimentThumbnail(const ExperimentSpec& spec, const Theme& theme, QSize size, qreal scale)
{
    const Sketch s = spec.problem.as<PoissonSpec>() ? sketchOf(specOf<PoissonSpec>(spec.problem))
                                                    : sketchOf(specOf<FitCurveSpec>(spec.problem));
    if (s.x.empty())
        return {};
    QPixmap pixmap = blankPixmap(size, scale);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const double share = std::min(1.0, size.height() / 100.0), thickness = std::max(0.6, share);
    const QRectF area = QRectF(QPointF(), QSizeF(size)).adjusted(8 * share, 14 * share, -8 * share, -14 * share);
    const auto* poisson = spec.problem.as<PoissonSpec>();
    if (poisson && isAboutCost(poisson->pde)) {
        drawFalls(painter, area, poisson->pde, theme, thickness);
        return pixmap;
    }
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
        painter.setPen(
            QPen(theme.solver(poisson->pde.then).color, 2.2 * thickness, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
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
            const auto at = static_cast<std::size_t>(part * part * (points - 1));
            painter.drawEllipse(place(s.x[at], s.target[at]), 2.3 * thickness, 2.3 * thickness);
        }
    }
    return pixmap;
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
