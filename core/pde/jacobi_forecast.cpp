#include "core/pde/jacobi_forecast.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace fplab {

namespace {
constexpr double gone = -80; ///< logarithm of a factor that leaves nothing of a mode: 1e-35
constexpr double settled = 1e-9; ///< of the solution's size: modes of the error below it change nothing to be seen
}

JacobiForecast::JacobiForecast(
    const PoissonProblem& problem, std::span<const double> initial, std::span<const double> reference, double omega)
    : m_dst(problem.grid.n)
    , m_limit(solveDirect(problem, initial.front(), initial.back()))
    , m_reference(reference.begin(), reference.end())
    , m_factors(m_dst.modes())
    , m_logs(m_dst.modes())
    , m_start(m_dst.modes())
    , m_modes(m_dst.modes())
    , m_inner(m_dst.modes())
    , m_solution(initial.size())
{
    assert(initial.size() == problem.grid.n + 1 && reference.size() == initial.size());
    const double n = static_cast<double>(problem.grid.n);
    for (std::size_t j = 0; j < m_factors.size(); ++j) {
        m_factors[j] = 1 - omega + omega * std::cos(static_cast<double>(j + 1) * std::numbers::pi / n);
        m_logs[j] = std::log(std::abs(m_factors[j]));
        m_inner[j] = initial[j + 1] - m_limit[j + 1];
    }
    m_dst.forward(m_inner, m_start);
    for (const double u : m_limit)
        m_size = std::max(m_size, std::abs(u));
}

std::span<const double> JacobiForecast::modes(std::int64_t sweeps)
{
    const double t = static_cast<double>(sweeps);
    for (std::size_t j = 0; j < m_modes.size(); ++j)
        m_modes[j] = sweeps == 0 || t * m_logs[j] > gone ? m_start[j] * std::pow(m_factors[j], t) : 0;
    return m_modes;
}

std::span<const double> JacobiForecast::solution(std::int64_t sweeps)
{
    m_dst.inverse(modes(sweeps), m_inner);
    m_solution = m_limit;
    for (std::size_t i = 0; i < m_inner.size(); ++i)
        m_solution[i + 1] += m_inner[i];
    return m_solution;
}

double JacobiForecast::largestError(std::int64_t sweeps)
{
    const auto u = solution(sweeps);
    double largest = 0;
    for (std::size_t i = 0; i < u.size(); ++i)
        largest = std::max(largest, std::abs(u[i] - m_reference[i]));
    return largest;
}

std::vector<JacobiForecast::Point> JacobiForecast::errorCurve(double tolerance, std::int64_t most)
{
    std::vector<Point> curve {{0, largestError(0)}};
    while (curve.back().error > tolerance && curve.back().sweeps < most) {
        const std::int64_t last = curve.back().sweeps;
        const Point next {std::min(most, std::max(last + 1, last + last / 4)), 0};
        curve.push_back({next.sweeps, largestError(next.sweeps)});
        if (std::ranges::all_of(m_modes, [this](double mode) { return std::abs(mode) < settled * m_size; }))
            break;
    }
    if (curve.size() < 2 || curve.back().error > tolerance)
        return curve;
    std::int64_t above = curve[curve.size() - 2].sweeps; // the error passes the tolerance between these two
    while (curve.back().sweeps - above > std::max<std::int64_t>(1, above / 1000)) {
        const std::int64_t middle = above + (curve.back().sweeps - above) / 2;
        if (const double error = largestError(middle); error <= tolerance)
            curve.back() = {middle, error};
        else
            above = middle;
    }
    return curve;
}

} // namespace fplab
