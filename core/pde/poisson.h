#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace fplab {

/// n equal intervals between two ends: x_i = from + (to - from) i / n, i = 0 .. n.
struct PoissonGrid {
    double from = -1, to = 1; ///< from < to
    std::size_t n = 1000; ///< >= 2

    [[nodiscard]] double dx() const { return (to - from) / static_cast<double>(n); }
    [[nodiscard]] double x(std::size_t i) const
    {
        return i == n ? to : from + (to - from) * static_cast<double>(i) / static_cast<double>(n);
    }
    [[nodiscard]] std::vector<double> points() const; ///< n + 1
};

/// -u'' = g on (from, to), u(from) = left, u(to) = right (S1 Eq. 10, 11), by central differences
/// (2 u_i - u_{i-1} - u_{i+1}) / dx^2 = g_i at i = 1 .. n-1 (S1 Eq. 12).
struct PoissonProblem {
    PoissonGrid grid;
    std::vector<double> g; ///< n + 1
};

/// The solution of the difference equations (n + 1 values, ends included), by elimination.
[[nodiscard]] std::vector<double> solveDirect(const PoissonProblem& problem, double left = 0, double right = 0);

/// max_i |g_i - (2 u_i - u_{i-1} - u_{i+1}) / dx^2| over the inner points. u: n + 1 values.
[[nodiscard]] double largestResidual(const PoissonProblem& problem, std::span<const double> u);

/// The paper's g = sin x + 4 sin 4x - 8 sin 8x + 16 sin 24x (S1, section 5).
[[nodiscard]] double paperSource(double x);

/// The solution of the differential equation with u = 0 at both ends, at the points of `grid`.
struct ReferenceSolution {
    std::vector<double> u; ///< n + 1
    bool closedForm = false; ///< the paper's g: u = g0 + c1 x + c0. Else Green's function, integrated by Gauss's rule
};
/// `g` is recognised as the paper's by its values.
[[nodiscard]] ReferenceSolution referenceSolution(const std::function<double(double)>& g, const PoissonGrid& grid);

/// Takes the straight line through the first and the last value away from all, which removes what the boundary penalty
/// of Deep Ritz leaves.
void removeBoundaryLine(std::span<double> u);

/// Cubic spline through values at even points of [grid.from, grid.to], evaluated at the points of `grid`.
/// values: at least 5.
[[nodiscard]] std::vector<double> interpolate(std::span<const double> values, const PoissonGrid& grid);

} // namespace fplab
