#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fplab {

enum class DateOrder { Found, DayFirst, MonthFirst };

/// A date, a time of day or both, as a cell has it.
struct CellTime {
    std::int64_t seconds = 0; ///< since 1970-01-01 UTC with a date, else since midnight
    double fraction = 0; ///< of a second
    bool date = false, clock = false;
    bool shortClock = false; ///< "12:34", without seconds
    bool slashed = false; ///< the order of day and month is not certain from the form alone: 3/4/2024
    int first = 0, second = 0; ///< of a slashed date: 3 and 4
    bool minutes = false; ///< "12:34.5": minutes and seconds
};

/// ISO 8601 with or without T, zone and fraction, also as 20240301T120000; 2024/03/01; dd.mm.yyyy; 3/4/2024 in `order`
/// (Found: as day first where both are possible); 01-Mar-2024; hh:mm[:ss[.f]] with AM/PM; mm:ss.f. Without a zone a
/// time is taken as UTC.
[[nodiscard]] std::optional<CellTime> readTime(std::string_view cell, DateOrder order);

/// The times of a column on their way to elapsed seconds since the first of them.
class ElapsedTime {
public:
    void add(const CellTime& time);
    [[nodiscard]] std::size_t count() const { return m_times.size(); }
    /// What is since the first; a time of day that falls back by more than an hour is one of the next day if the column
    /// rises otherwise. Empties the object.
    [[nodiscard]] std::vector<double> take();
    [[nodiscard]] int turns() const { return m_turns; } ///< days (or hours of mm:ss) that were added; after take()
    /// "12:34" is read as hours and minutes, but as minutes and seconds beside "12:34.5" or if it goes beyond 24.
    [[nodiscard]] bool minutes() const { return m_minutes; } ///< after take()

private:
    std::vector<CellTime> m_times;
    int m_turns = 0;
    bool m_minutes = false;
};

} // namespace fplab
