#include "core/run/history.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <utility>

namespace fplab {

namespace {
constexpr std::size_t alwaysKept = 1024;

/// Far from those of all other histories.
std::uint64_t firstRevision()
{
    static std::atomic<std::uint64_t> histories {0};
    return ++histories << 32;
}

}

History::History(std::size_t byteBudget)
    : m_budget(byteBudget)
    , m_revision(firstRevision())
{
}

void History::append(RecordPtr record)
{
    assert(m_records.empty() || record->step > m_records.back()->step);
    const std::size_t bytes = record->bytes();
    m_ordinals.push_back(m_appended);
    try {
        m_records.push_back(std::move(record));
    } catch (...) {
        m_ordinals.pop_back();
        throw;
    }
    ++m_appended;
    m_bytes += bytes;
    if (m_bytes > m_budget)
        thin();
}

void History::setBudget(std::size_t bytes)
{
    m_budget = bytes;
    if (m_bytes > m_budget)
        thin();
}

void History::clear()
{
    m_records.clear();
    m_ordinals.clear();
    m_pinned.clear();
    m_appended = 0;
    m_bytes = 0;
    m_stride = 1;
    ++m_revision;
}

void History::truncateAfter(std::int64_t step)
{
    while (!m_records.empty() && m_records.back()->step > step) {
        m_bytes -= m_records.back()->bytes();
        m_records.pop_back();
        m_ordinals.pop_back();
    }
    ++m_revision;
}

std::size_t History::indexAt(std::int64_t step) const
{
    const auto after
        = std::ranges::upper_bound(m_records, step, {}, [](const RecordPtr& record) { return record->step; });
    return after == m_records.begin() ? 0 : static_cast<std::size_t>(after - m_records.begin()) - 1;
}

void History::pin(std::int64_t step) { m_pinned.insert(step); }
void History::unpin(std::int64_t step)
{
    if (const auto found = m_pinned.find(step); found != m_pinned.end())
        m_pinned.erase(found);
}

void History::thin()
{
    const std::size_t target = m_budget / 4 * 3; // some room, so that this is rare and its cost spread
    const std::size_t recent = std::min(alwaysKept, m_records.size() / 2);
    while (m_bytes > target && static_cast<std::uint64_t>(m_stride) < m_appended) {
        const std::size_t old = m_records.size() - std::min(recent, m_records.size());
        std::size_t kept = 0;
        for (std::size_t i = 0; i < m_records.size(); ++i) {
            const bool stays = i == 0 || i >= old || m_ordinals[i] % static_cast<std::uint64_t>(m_stride) == 0
                || m_pinned.contains(m_records[i]->step);
            if (!stays) {
                m_bytes -= m_records[i]->bytes();
                continue;
            }
            if (kept != i) {
                m_records[kept] = std::move(m_records[i]);
                m_ordinals[kept] = m_ordinals[i];
            }
            ++kept;
        }
        m_records.resize(kept);
        m_ordinals.resize(kept);
        ++m_revision;
        if (m_bytes > target)
            m_stride *= 2;
    }
}

} // namespace fplab
