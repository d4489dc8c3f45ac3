#include "core/run/schedule.h"

#include <algorithm>
#include <cmath>

namespace fplab {

namespace {
/// Number of the logarithmic slot that a step falls in; the small shift keeps exact powers of ten in their own slot.
double slotOf(std::int64_t step, int perDecade)
{
    return std::floor(perDecade * std::log10(static_cast<double>(step)) + 1e-9);
}
}

Schedule Schedule::every(std::int64_t n)
{
    Schedule schedule;
    schedule.m_every = std::max<std::int64_t>(n, 1);
    return schedule;
}

Schedule Schedule::logarithmic(int perDecade)
{
    Schedule schedule;
    schedule.m_perDecade = std::max(perDecade, 1);
    return schedule;
}

Schedule scheduleOf(const RecordSpec& record)
{
    return record.kind == "every" ? Schedule::every(record.every) : Schedule::logarithmic(record.perDecade);
}

bool Schedule::wants(std::int64_t step) const
{
    if (m_perDecade == 0)
        return step % m_every == 0;
    return step <= 1 || slotOf(step, m_perDecade) > slotOf(step - 1, m_perDecade);
}

std::int64_t Schedule::next(std::int64_t step) const
{
    if (m_perDecade == 0)
        return (step / m_every + 1) * m_every;
    if (step < 1)
        return step + 1;
    const double edge = std::pow(10.0, (slotOf(step, m_perDecade) + 1) / m_perDecade);
    auto candidate = std::max(step + 1, static_cast<std::int64_t>(edge) - 1);
    while (!wants(candidate))
        ++candidate;
    return candidate;
}

} // namespace fplab
