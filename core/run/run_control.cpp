#include "core/run/run_control.h"

#include <algorithm>
#include <cmath>

namespace fplab {

double dueTime(const Pace& pace, std::int64_t step, std::int64_t lastStep)
{
    switch (pace.kind) {
    case Pace::Kind::Demo:
        return pace.seconds * std::log1p(static_cast<double>(step))
            / std::log1p(static_cast<double>(std::max<std::int64_t>(lastStep, 1)));
    case Pace::Kind::Steady:
        return static_cast<double>(step) / pace.stepsPerSecond;
    case Pace::Kind::Max:
        break;
    }
    return 0;
}

void RunControl::touch()
{
    m_attention.store(true, std::memory_order_release);
    m_changed.notify_all();
}

void RunControl::pause()
{
    const std::scoped_lock lock(m_mutex);
    m_paused = true;
    m_allowance = 0;
    m_toRecord = false;
    touch();
}

void RunControl::resume()
{
    const std::scoped_lock lock(m_mutex);
    m_paused = false;
    touch();
}

bool RunControl::paused() const
{
    const std::scoped_lock lock(m_mutex);
    return m_paused;
}

void RunControl::stepBy(std::int64_t count)
{
    const std::scoped_lock lock(m_mutex);
    m_paused = true;
    m_allowance += count;
    touch();
}

void RunControl::stepToRecord()
{
    const std::scoped_lock lock(m_mutex);
    m_paused = true;
    m_toRecord = true;
    touch();
}

void RunControl::setPace(const Pace& pace)
{
    const std::scoped_lock lock(m_mutex);
    m_pace = pace;
    touch();
}

void RunControl::setStopRule(const StopRule& rule)
{
    const std::scoped_lock lock(m_mutex);
    m_rule = rule;
    touch();
}

void RunControl::post(const std::vector<LiveChange>& changes)
{
    const std::scoped_lock lock(m_mutex);
    m_changes.insert(m_changes.end(), changes.begin(), changes.end());
    touch();
}

void RunControl::hold(bool on)
{
    const std::scoped_lock lock(m_mutex);
    m_held = on;
    touch();
}

void RunControl::waitForAttention(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, stop, [this] { return m_attention.load(); });
}

} // namespace fplab
