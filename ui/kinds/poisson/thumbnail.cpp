#include "ui/kinds/poisson/thumbnail.h"

#include "core/experiment/formula_parameters.h"
#include "core/kinds/poisson/kind.h"
#include "core/pde/poisson.h"
#include "ui/look/sketch.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <utility>

namespace fplab {
namespace {

/// The solution, and the network's after the low frequencies.
Sketch sketchOf(const PoissonSpec& spec, const Theme& theme)
{
    Sketch s;
    s.from = spec.pde.from;
    s.to = spec.pde.to;
    const auto formula = parseFormulaOf(spec.pde);
    if (!formula || !(s.from < s.to))
        return s;
    const PoissonGrid grid {s.from, s.to, Sketch::points - 1};
    const auto solution = referenceSolution([&](double x) { return (*formula)(x); }, grid).u;
    if (!std::ranges::all_of(solution, [](double u) { return std::isfinite(u); }))
        return s;
    s.x = grid.points();
    s.target = solution;
    if (hasNetwork(spec.pde))
        s.output = earlyOutput(solution);
    for (std::size_t i = 0;
         const double low : smoothed(solution, 12)) // high frequencies first: what smoothing takes away
        s.solver.push_back(solution[i++] - low);
    s.solverColor = theme.solver(spec.pde.then).color;
    return s;
}

/// How the error falls over what it costs, from (0, 1) to the tolerance at 0; both in parts of the picture.
void drawFalls(QPainter& painter, QSizeF size, const PdeSpec& pde, const Theme& theme)
{
    const PictureScale scale = pictureScale(size);
    const QRectF area = scale.area;
    const double thickness = scale.thickness;
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

} // namespace

bool drawPoissonThumbnail(QPainter& painter, QSizeF size, const ExperimentSpec& spec, const Theme& theme)
{
    const auto& poisson = specOf<PoissonSpec>(spec.problem);
    const Sketch sketch = sketchOf(poisson, theme);
    if (sketch.x.empty())
        return false;
    if (isAboutCost(poisson.pde))
        drawFalls(painter, size, poisson.pde, theme);
    else
        drawSketch(painter, size, sketch, theme);
    return true;
}

} // namespace fplab
