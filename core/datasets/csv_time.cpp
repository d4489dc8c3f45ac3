#include "core/datasets/csv_time.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace fplab {

namespace {

constexpr std::int64_t minute = 60, hour = 3600, day = 86400;

/// Takes what it knows off the front of a text.
class Reader {
public:
    explicit Reader(std::string_view text)
        : m_rest(text)
    {
        skipSpaces();
    }

    [[nodiscard]] bool done() const { return m_rest.empty(); }
    [[nodiscard]] char front() const { return m_rest.empty() ? '\0' : m_rest.front(); }
    [[nodiscard]] std::size_t digits() const
    {
        const auto end = m_rest.find_first_not_of("0123456789");
        return end == m_rest.npos ? m_rest.size() : end;
    }
    [[nodiscard]] char after(std::size_t count) const { return count < m_rest.size() ? m_rest[count] : '\0'; }
    bool take(char c)
    {
        if (front() != c)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }
    /// A word of letters that the text starts with, whatever its case.
    bool takeWord(std::string_view lower)
    {
        if (m_rest.size() < lower.size()
            || !std::ranges::equal(
                m_rest.substr(0, lower.size()), lower, [](char a, char b) { return (a | 0x20) == b; }))
            return false;
        m_rest.remove_prefix(lower.size());
        return true;
    }
    std::optional<int> number(std::size_t fewest, std::size_t most)
    {
        const std::size_t count = digits();
        if (count < fewest || count > most)
            return {};
        int value = 0;
        std::from_chars(m_rest.data(), m_rest.data() + count, value);
        m_rest.remove_prefix(count);
        return value;
    }
    /// ".25" or ",25", if there is one.
    std::optional<double> fraction()
    {
        if ((front() != '.' && front() != ',') || after(1) < '0' || after(1) > '9')
            return {};
        m_rest.remove_prefix(1);
        double value = 0, unit = 1;
        for (const char c : m_rest.substr(0, digits())) {
            value = 10 * value + (c - '0');
            unit *= 10;
        }
        m_rest.remove_prefix(digits());
        return value / unit;
    }
    void skipSpaces()
    {
        for (;;) {
            if (m_rest.starts_with(' '))
                m_rest.remove_prefix(1);
            else if (m_rest.starts_with("\xC2\xA0")) // a no-break space
                m_rest.remove_prefix(2);
            else if (m_rest.starts_with("\xE2\x80\xAF")) // a narrow one
                m_rest.remove_prefix(3);
            else
                return;
        }
    }

private:
    std::string_view m_rest;
};

bool setDate(CellTime& time, int year, int month, int dayOfMonth)
{
    using namespace std::chrono;
    const year_month_day date {std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
        std::chrono::day(static_cast<unsigned>(dayOfMonth))};
    if (!date.ok())
        return false;
    time.seconds = static_cast<std::int64_t>(sys_days(date).time_since_epoch().count()) * day;
    time.date = true;
    return true;
}

std::optional<int> monthByName(Reader& in)
{
    constexpr std::array<std::string_view, 12> names {
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    if ((in.front() | 0x20) < 'a')
        return {};
    for (std::size_t i = 0; i < names.size(); ++i)
        if (in.takeWord(names[i]))
            return static_cast<int>(i + 1);
    return {};
}

/// 1999 from 99, 2024 from 24.
int fullYear(int year, bool twoDigits) { return !twoDigits ? year : year < 70 ? 2000 + year : 1900 + year; }

bool readDate(Reader& in, CellTime& time, DateOrder order)
{
    const std::size_t digits = in.digits();
    const char mark = in.after(digits);
    if (digits == 4) { // 2024-03-01
        const auto year = in.number(4, 4);
        if ((mark != '-' && mark != '/' && mark != '.') || !in.take(mark))
            return false;
        const auto month = in.number(1, 2);
        if (!month || !in.take(mark))
            return false;
        const auto dayOfMonth = in.number(1, 2);
        return dayOfMonth && setDate(time, *year, *month, *dayOfMonth);
    }
    if (digits != 1 && digits != 2)
        return false;
    const auto first = in.number(1, 2);
    if ((mark != '.' && mark != '/' && mark != '-' && mark != ' ') || !in.take(mark))
        return false;
    auto second = mark == '-' || mark == ' ' ? monthByName(in) : std::optional<int>();
    const bool named = second.has_value();
    if (!named)
        second = mark == ' ' ? std::nullopt : in.number(1, 2);
    if (!second || !in.take(mark))
        return false;
    const bool twoDigits = in.digits() == 2;
    const auto year = in.number(2, 4);
    if (!year || (!twoDigits && *year < 1000))
        return false;
    int dayOfMonth = *first, month = *second;
    if (mark != '.' && !named) {
        time.slashed = true;
        time.first = dayOfMonth;
        time.second = month;
        if (order == DateOrder::MonthFirst || (order == DateOrder::Found && month > 12))
            std::swap(dayOfMonth, month);
    }
    return setDate(time, fullYear(*year, twoDigits), month, dayOfMonth);
}

bool readClock(Reader& in, CellTime& time)
{
    const auto first = in.number(1, 4);
    if (!first || !in.take(':'))
        return false;
    const auto second = in.number(2, 2);
    if (!second || *second > 59)
        return false;
    time.clock = true;
    if (in.take(':')) {
        const auto third = in.number(2, 2);
        if (!third || *third > 60) // a leap second
            return false;
        time.seconds += *first * hour + *second * minute + *third;
        if (in.take(':')) { // milliseconds behind a colon, as loggers write them
            const auto milliseconds = in.number(3, 3);
            if (!milliseconds)
                return false;
            time.fraction = *milliseconds / 1000.0;
        } else {
            time.fraction = in.fraction().value_or(0);
        }
    } else if (const auto fraction = in.fraction()) { // 12:34.5 is minutes and seconds
        time.minutes = true;
        time.seconds += *first * minute + *second;
        time.fraction = *fraction;
    } else {
        time.shortClock = true;
        time.seconds += *first * hour + *second * minute;
    }
    in.skipSpaces();
    const bool afternoon = in.takeWord("pm");
    if (afternoon || in.takeWord("am")) {
        if (*first < 1 || *first > 12 || time.minutes)
            return false;
        time.seconds += (afternoon && *first < 12 ? 12 * hour : !afternoon && *first == 12 ? -12 * hour : 0);
    }
    return !time.date || *first <= 24;
}

bool readZone(Reader& in, CellTime& time)
{
    if (in.takeWord("z") || in.takeWord("utc") || in.takeWord("gmt"))
        return true;
    const bool west = in.take('-');
    if (!west && !in.take('+'))
        return true;
    const bool together = in.digits() == 4;
    const auto hours = in.number(2, together ? 4 : 2);
    if (!hours)
        return false;
    std::int64_t offset = together ? *hours / 100 * hour + *hours % 100 * minute : *hours * hour;
    if (!together && in.take(':')) {
        const auto minutes = in.number(2, 2);
        if (!minutes)
            return false;
        offset += *minutes * minute;
    }
    time.seconds -= west ? -offset : offset;
    return true;
}

/// 20240301T120000.5: the form of ISO 8601 without marks.
bool readBasic(Reader& in, CellTime& time)
{
    const int date = in.number(8, 8).value_or(0);
    if (!in.takeWord("t") || !setDate(time, date / 10000, date / 100 % 100, date % 100))
        return false;
    const bool seconds = in.digits() == 6;
    const auto digits = in.number(seconds ? 6 : 4, seconds ? 6 : 4);
    const int clock = digits.value_or(0) * (seconds ? 1 : 100);
    if (!digits || clock / 10000 > 24 || clock / 100 % 100 > 59 || clock % 100 > 60)
        return false;
    time.clock = true;
    time.seconds += clock / 10000 * hour + clock / 100 % 100 * minute + clock % 100;
    time.fraction = in.fraction().value_or(0);
    return true;
}

} // namespace

std::optional<CellTime> readTime(std::string_view cell, DateOrder order)
{
    if (cell.size() < 4 || cell.size() > 48)
        return {};
    CellTime time;
    Reader in(cell);
    const bool clockFirst = in.after(in.digits()) == ':', basic = in.digits() == 8;
    if (clockFirst ? !readClock(in, time) : basic ? !readBasic(in, time) : !readDate(in, time, order))
        return {};
    if (!clockFirst && !basic) {
        if (in.done())
            return time;
        if (!in.takeWord("t") && !in.take(',') && in.front() != ' ' && static_cast<signed char>(in.front()) > 0)
            return {};
        in.skipSpaces();
        if (in.done())
            return time;
        if (!readClock(in, time))
            return {};
    }
    in.skipSpaces();
    if (!readZone(in, time) || !in.done())
        return {};
    return time;
}

void ElapsedTime::add(const CellTime& time) { m_times.push_back(time); }

std::vector<double> ElapsedTime::take()
{
    std::vector<double> elapsed;
    elapsed.reserve(m_times.size());
    std::size_t ups = 0, downs = 0;
    const bool dated = std::ranges::any_of(m_times, &CellTime::date);
    const bool allShort = std::ranges::all_of(m_times, &CellTime::shortClock);
    m_minutes = !dated
        && (std::ranges::any_of(m_times, &CellTime::minutes)
            || (allShort && std::ranges::any_of(m_times, [](const CellTime& time) { return time.seconds >= day; })));
    if (m_minutes) {
        for (CellTime& time : m_times)
            time.seconds /= time.shortClock ? minute : 1;
    }
    const std::int64_t turn = m_minutes ? hour : day, fall = m_minutes ? minute : hour;
    const auto step = [this](std::size_t i) {
        return static_cast<double>(m_times[i].seconds - m_times[i - 1].seconds)
            + (m_times[i].fraction - m_times[i - 1].fraction);
    };
    std::int64_t largest = m_times.front().seconds;
    for (std::size_t i = 1; i < m_times.size(); ++i) {
        largest = std::max(largest, m_times[i].seconds);
        const double rise = step(i), half = 0.5 * static_cast<double>(turn);
        const bool up = (rise > 0 && rise <= half) || rise < -half;
        ups += up;
        downs += !up && rise != 0;
    }
    const bool wraps = !dated && ups > downs && largest < turn;
    for (std::size_t i = 0; i < m_times.size(); ++i) {
        if (wraps && i > 0 && step(i) < -static_cast<double>(fall))
            ++m_turns;
        elapsed.push_back(static_cast<double>(m_times[i].seconds - m_times.front().seconds + m_turns * turn)
            + (m_times[i].fraction - m_times.front().fraction));
    }
    m_times.clear();
    return elapsed;
}

} // namespace fplab
