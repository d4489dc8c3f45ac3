#include "ui/kinds/poisson/error_trace.h"

#include <algorithm>
#include <utility>

namespace fplab {

void ErrorTrace::setRun(std::shared_ptr<const RunDocument> run)
{
    m_run = std::move(run);
    beginAnew();
    update();
}

void ErrorTrace::beginAnew()
{
    m_summary.reset();
    m_points.clear();
    m_network = 0;
    m_channels.clear();
    if (!m_run)
        return;
    for (const Channel& channel : m_run->channels) // without their data, which a summary does not need
        m_channels.push_back({.id = channel.id, .label = {}, .shape = channel.shape, .role = channel.role});
    m_revision = m_run->history.revision();
}

void ErrorTrace::setClock(const SolveClock& clock)
{
    m_clock = clock;
    if (m_points.empty())
        return;
    beginAnew();
    update();
}

void ErrorTrace::update()
{
    if (!m_run)
        return;
    const History& history = m_run->history;
    if (history.revision() != m_revision) {
        if (history.empty() || m_points.empty() || history.back().step < m_points.back().step)
            beginAnew();
        else
            dropThinned();
    }
    if (m_run->channelIndex(Role::MaxError) < 0)
        return;
    if (!m_summary)
        m_summary.emplace(m_channels, m_clock);
    for (std::size_t i = m_points.size(); i < history.size(); ++i) {
        m_summary->add(history.at(i));
        m_points.push_back(m_summary->latest());
        if (!m_points.back().solver && m_network == m_points.size() - 1)
            ++m_network;
    }
}

void ErrorTrace::dropThinned()
{
    const History& history = m_run->history;
    std::size_t kept = 0, next = 0;
    const std::size_t network = m_network;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        while (next < history.size() && history.at(next).step < m_points[i].step)
            ++next;
        if (next == history.size() || history.at(next).step != m_points[i].step) {
            m_network -= i < network ? 1 : 0;
            continue;
        }
        m_points[kept++] = m_points[i];
    }
    m_points.resize(kept);
    m_revision = history.revision();
}

std::optional<std::size_t> ErrorTrace::networkAt(std::int64_t step) const
{
    const auto end = m_points.begin() + static_cast<std::ptrdiff_t>(m_network);
    const auto after = std::upper_bound(m_points.begin(), end, step,
        [](std::int64_t wanted, const SolveSummary::Point& point) { return wanted < point.step; });
    if (after == m_points.begin())
        return std::nullopt;
    return static_cast<std::size_t>(after - m_points.begin()) - 1;
}

} // namespace fplab
