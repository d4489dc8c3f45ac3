#include "core/pde/poisson.h"

#include <boost/math/interpolators/cardinal_cubic_b_spline.hpp>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace fplab {

namespace {

/// -g0'' = paperSource
double paperParticular(double x)
{
    return std::sin(x) + std::sin(4 * x) / 4 - std::sin(8 * x) / 8 + std::sin(24 * x) / 36;
}

bool isPaperSource(const std::function<double(double)>& g, const PoissonGrid& grid)
{
    constexpr int probes = 97;
    for (int i = 0; i <= probes; ++i) {
        const double x = grid.from + (grid.to - grid.from) * i / probes;
        if (!(std::abs(g(x) - paperSource(x)) < 1e-10))
            return false;
    }
    return true;
}

/// u(x) = ((to - x) / L) int_from^x (s - from) g + ((x - from) / L) int_x^to (to - s) g, L = to - from.
std::vector<double> byGreensFunction(const std::function<double(double)>& g, const PoissonGrid& grid)
{
    constexpr std::array nodes {-0.9061798459386640, -0.5384693101056831, 0.0, 0.5384693101056831, 0.9061798459386640};
    constexpr std::array weights {
        0.2369268850561891, 0.4786286704993665, 0.5688888888888889, 0.4786286704993665, 0.2369268850561891};
    constexpr std::size_t enough = 4096; // pieces
    const std::size_t pieces = std::max<std::size_t>(1, enough / grid.n);
    std::vector<double> lower(grid.n + 1, 0.0), upper(grid.n + 1, 0.0); // the two integrals
    std::vector<double> ownUpper(grid.n, 0.0); // of one interval
    for (std::size_t i = 0; i < grid.n; ++i) {
        const double width = (grid.x(i + 1) - grid.x(i)) / static_cast<double>(pieces);
        double low = 0, high = 0;
        for (std::size_t p = 0; p < pieces; ++p) {
            const double middle = grid.x(i) + (static_cast<double>(p) + 0.5) * width;
            for (std::size_t q = 0; q < nodes.size(); ++q) {
                const double s = middle + nodes[q] * width / 2;
                const double part = weights[q] * width / 2 * g(s);
                low += part * (s - grid.from);
                high += part * (grid.to - s);
            }
        }
        lower[i + 1] = lower[i] + low;
        ownUpper[i] = high;
    }
    for (std::size_t i = grid.n; i-- > 0;)
        upper[i] = upper[i + 1] + ownUpper[i];
    const double length = grid.to - grid.from;
    std::vector<double> u(grid.n + 1, 0.0);
    for (std::size_t i = 1; i < grid.n; ++i)
        u[i] = ((grid.to - grid.x(i)) * lower[i] + (grid.x(i) - grid.from) * upper[i]) / length;
    return u;
}

/// Of the fourth order, from five even values.
double slopeAtFirst(const std::array<double, 5>& f, double step)
{
    return (-25 * f[0] + 48 * f[1] - 36 * f[2] + 16 * f[3] - 3 * f[4]) / (12 * step);
}

} // namespace

std::vector<double> PoissonGrid::points() const
{
    std::vector<double> out(n + 1);
    for (std::size_t i = 0; i <= n; ++i)
        out[i] = x(i);
    return out;
}

/// Thomas's algorithm; the factors of the matrix (-1, 2, -1) are known: pivots (i + 1) / i.
std::vector<double> solveDirect(const PoissonProblem& problem, double left, double right)
{
    const std::size_t n = problem.grid.n;
    assert(problem.g.size() == n + 1);
    const double square = problem.grid.dx() * problem.grid.dx();
    std::vector<double> u(n + 1);
    u[0] = left;
    u[n] = right;
    for (std::size_t i = 1; i < n; ++i) { // forward: u_i holds the reduced right-hand side
        const double above = i == 1 ? left : u[i - 1] * (static_cast<double>(i - 1) / static_cast<double>(i));
        u[i] = square * problem.g[i] + above;
    }
    for (std::size_t i = n - 1; i >= 1; --i)
        u[i] = (u[i] + u[i + 1]) * (static_cast<double>(i) / static_cast<double>(i + 1));
    return u;
}

double largestResidual(const PoissonProblem& problem, std::span<const double> u)
{
    const double perSquare = 1 / (problem.grid.dx() * problem.grid.dx());
    double largest = 0;
    for (std::size_t i = 1; i < problem.grid.n; ++i)
        largest = std::max(largest, std::abs(problem.g[i] - (2 * u[i] - u[i - 1] - u[i + 1]) * perSquare));
    return largest;
}

double paperSource(double x) { return std::sin(x) + 4 * std::sin(4 * x) - 8 * std::sin(8 * x) + 16 * std::sin(24 * x); }

ReferenceSolution referenceSolution(const std::function<double(double)>& g, const PoissonGrid& grid)
{
    if (!isPaperSource(g, grid))
        return {byGreensFunction(g, grid), false};
    const double a = paperParticular(grid.from), b = paperParticular(grid.to);
    ReferenceSolution out {std::vector<double>(grid.n + 1, 0.0), true};
    for (std::size_t i = 1; i < grid.n; ++i) {
        const double t = (grid.x(i) - grid.from) / (grid.to - grid.from);
        out.u[i] = paperParticular(grid.x(i)) - (a + (b - a) * t);
    }
    return out;
}

void removeBoundaryLine(std::span<double> u)
{
    const double first = u.front(), last = u.back();
    const double steps = static_cast<double>(u.size() - 1);
    for (std::size_t i = 0; i < u.size(); ++i)
        u[i] -= first + (last - first) * static_cast<double>(i) / steps;
    u.front() = u.back() = 0;
}

std::vector<double> interpolate(std::span<const double> values, const PoissonGrid& grid)
{
    assert(values.size() >= 5);
    const double step = (grid.to - grid.from) / static_cast<double>(values.size() - 1);
    const std::size_t last = values.size() - 1;
    const double leftSlope = slopeAtFirst({values[0], values[1], values[2], values[3], values[4]}, step);
    const double rightSlope
        = -slopeAtFirst({values[last], values[last - 1], values[last - 2], values[last - 3], values[last - 4]}, step);
    const boost::math::interpolators::cardinal_cubic_b_spline<double> spline(
        values.begin(), values.end(), grid.from, step, leftSlope, rightSlope);
    std::vector<double> out(grid.n + 1);
    for (std::size_t i = 0; i <= grid.n; ++i)
        out[i] = spline(grid.x(i));
    return out;
}

} // namespace fplab
