#pragma once

#include "core/run/record.h"

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

namespace fplab {

/// All records of a run that are kept, in order of step, within a byte budget. Lives on the reader's thread.
///
/// When the budget is exceeded, records older than the newest 1024 are thinned to strides of powers of two; step 0,
/// the newest record and pinned steps (bookmarks, captures, parameter changes) always stay.
class History {
public:
    static constexpr std::size_t defaultBudget = 256u << 20;

    explicit History(std::size_t byteBudget = defaultBudget);

    /// Precondition: record->step is greater than that of the last record.
    void append(RecordPtr record);
    void clear();
    /// Forgets everything after `step` (a run that went back).
    void truncateAfter(std::int64_t step);

    [[nodiscard]] bool empty() const { return m_records.empty(); }
    [[nodiscard]] std::size_t size() const { return m_records.size(); }
    [[nodiscard]] const Record& at(std::size_t index) const { return *m_records[index]; }
    [[nodiscard]] RecordPtr share(std::size_t index) const { return m_records[index]; }
    [[nodiscard]] const Record& back() const { return *m_records.back(); }
    /// Index of the last record with step <= `step`; 0 if there is none. Precondition: not empty.
    [[nodiscard]] std::size_t indexAt(std::int64_t step) const;

    /// Keeps this step's record until as many unpin(); takes effect also for a step that is not recorded yet.
    void pin(std::int64_t step);
    void unpin(std::int64_t step);

    [[nodiscard]] std::size_t bytes() const { return m_bytes; }
    [[nodiscard]] std::size_t budget() const { return m_budget; }
    /// Thins at once if more is held; what was thinned before does not come back.
    void setBudget(std::size_t bytes);
    /// Grows by one whenever records were removed; then indices seen before are no longer valid. No two histories that
    /// were made have the same one: what is kept of the records of one is not taken for that of another.
    [[nodiscard]] std::uint64_t revision() const { return m_revision; }
    /// Older records are kept every `stride()`-th; 1 while nothing was thinned.
    [[nodiscard]] std::int64_t stride() const { return m_stride; }

private:
    void thin();

    std::vector<RecordPtr> m_records;
    std::vector<std::uint64_t> m_ordinals; ///< how many records had been appended before each
    std::multiset<std::int64_t> m_pinned;
    std::uint64_t m_appended = 0;
    std::size_t m_bytes = 0;
    std::size_t m_budget;
    std::uint64_t m_revision;
    std::int64_t m_stride = 1;
};

} // namespace fplab
