#include "core/kinds/poisson/solve_summary.h"

#include <algorithm>
#include <cmath>

namespace fplab {

double milestoneBelow(double error)
{
    if (!(error > 0) || !std::isfinite(error))
        return 0;
    const double exponent = std::floor(std::log10(error));
    for (const double digit : {5.0, 3.0, 2.0, 1.0}) {
        // divided, for 1 / 10 and not 0.1 is what a person types
        const double level = exponent < 0 ? digit / std::pow(10.0, -exponent) : digit * std::pow(10.0, exponent);
        if (level <= error)
            return level;
    }
    return exponent < 1 ? 5 / std::pow(10.0, 1 - exponent) : 5 * std::pow(10.0, exponent - 1);
}

SolveSummary::SolveSummary(std::span<const Channel> channels, const SolveClock& clock)
    : m_channels(channels)
    , m_error(findChannel(channels, Role::MaxError))
    , m_phase(findChannel(channels, Role::Phase))
    , m_work(findChannel(channels, Role::Work))
    , m_clock(clock)
{
}

void SolveSummary::add(const Record& record)
{
    const auto value = [&](const Channel* channel) {
        return channel ? record.samples[static_cast<std::size_t>(channel - m_channels.data())].front() : 0.0;
    };
    const bool first = m_lower.empty();
    const Point before = m_latest;
    m_latest = {.step = record.step, .work = value(m_work), .error = value(m_error), .solver = value(m_phase) != 0};
    if (m_latest.solver) {
        if (m_trained && !before.solver) {
            m_networkSteps = before.step - before.sweeps;
            if (!m_handOver)
                m_handOver = before;
        }
        m_latest.sweeps = m_latest.step - m_networkSteps;
    } else {
        m_trained = true;
        m_latest.sweeps = before.sweeps;
    }
    const double unit = m_latest.solver ? m_clock.sweep.median : m_clock.step.median;
    m_latest.seconds = before.seconds
        + (unit > 0 ? unit * static_cast<double>(record.step - before.step) : record.seconds - m_recorded);
    m_recorded = record.seconds;
    if (first)
        m_next = milestoneBelow(std::nextafter(m_latest.error, 0.0));
    if (first || m_latest.error < m_lower.back().error)
        m_lower.push_back(m_latest);
    while (m_next > 0 && m_latest.error <= m_next) {
        m_reached.push_back({m_next, m_latest});
        m_next = milestoneBelow(std::nextafter(m_next, 0.0));
    }
}

std::optional<SolveSummary::Point> SolveSummary::firstBelow(double error) const
{
    const auto found = std::ranges::find_if(m_lower, [error](const Point& point) { return point.error <= error; });
    return found == m_lower.end() ? std::nullopt : std::optional(*found);
}

} // namespace fplab
