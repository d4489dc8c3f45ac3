#include "core/datasets/csv_column_reader.h"

#include "core/datasets/csv_scanner.h"

#include <array>
#include <charconv>

namespace fplab {

namespace {

char markOf(std::string_view id) { return id == "auto" ? '\0' : id == "none" ? 'n' : id == "space" ? ' ' : id.front(); }

std::string plainNumber(double value)
{
    std::array<char, 32> digits {};
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr};
}

} // namespace

CsvColumnReader::CsvColumnReader(std::string label, const CsvFormat& format, const CsvLayout& layout, bool times)
    : m_label(std::move(label))
    , m_format(format)
    , m_layout(layout)
    , m_times(times)
{
    m_order = format.dateOrder == "day_first" ? DateOrder::DayFirst
        : format.dateOrder == "month_first"   ? DateOrder::MonthFirst
                                              : DateOrder::Found;
}

void CsvColumnReader::look(std::string_view cell)
{
    m_evidence.add(cell);
    if (!m_times)
        return;
    if (readNumber(cell, {}).state == NumberState::Number) {
        ++m_numbers;
        return;
    }
    const auto time = readTime(cell, DateOrder::Found);
    if (!time)
        return;
    ++m_timeCells;
    m_clocks += !time->date && !time->minutes;
    m_days += time->date && !time->clock;
    if (!time->slashed)
        return;
    if (m_slashed.empty()) {
        m_slashed = cell;
        m_slashedTime = *time;
    }
    m_dayFirst = m_dayFirst || time->first > 12;
    m_monthFirst = m_monthFirst || time->second > 12;
    m_datesDiffer = m_datesDiffer || time->first != m_slashedTime.first || time->second != m_slashedTime.second;
}

Status CsvColumnReader::decide(const MarkEvidence& table)
{
    m_isTime = m_timeCells > m_numbers;
    if (m_isTime) {
        if (m_order == DateOrder::Found && !m_slashed.empty()) {
            if (m_dayFirst == m_monthFirst && m_datesDiffer && m_slashedTime.first != m_slashedTime.second)
                return twoDates();
            m_order = m_monthFirst ? DateOrder::MonthFirst : DateOrder::DayFirst;
        }
        return success();
    }
    const auto choice
        = chooseFormat(m_evidence, table, m_layout.separator, markOf(m_format.decimal), markOf(m_format.thousands));
    if (choice.ambiguous != 0)
        return twoReadings(choice.ambiguous);
    m_number = choice.format;
    return success();
}

Diagnostic CsvColumnReader::twoReadings(char mark) const
{
    const char other = mark == ',' ? '.' : ',';
    const std::string& cell = m_evidence.of(mark).example;
    const std::string large = plainNumber(readNumber(cell, {other, mark}).value),
                      small = plainNumber(readNumber(cell, {mark, 0}).value);
    const std::string name = mark == ',' ? "comma" : "point";
    Diagnostic error;
    error.what = quotedField(cell) + " in " + m_label + " can be " + large + " (the " + name + " parts thousands) or "
        + small + " (the " + name + " is the decimal mark): all of its kind have exactly three digits " + "behind it";
    error.advice = "Say which it is.";
    error.fixes = {{"Read " + cell + " as " + large, {{"data.thousands", std::string(1, mark)}}},
        {"Read " + cell + " as " + small, {{"data.decimal", std::string(1, mark)}}}};
    return error;
}

Diagnostic CsvColumnReader::twoDates() const
{
    const auto named = [](int day, int month) {
        constexpr std::array<const char*, 12> names {"January", "February", "March", "April", "May", "June", "July",
            "August", "September", "October", "November", "December"};
        return std::to_string(day) + ' ' + names[static_cast<std::size_t>(month - 1)];
    };
    const int first = m_slashedTime.first, second = m_slashedTime.second;
    Diagnostic error;
    if (m_dayFirst) {
        error.what = "the dates in " + m_label + " have days above 12 in both places";
    } else {
        error.what = quotedField(m_slashed) + " in " + m_label + " can be the " + named(first, second) + " or the "
            + named(second, first);
    }
    error.advice = "Say which comes first.";
    error.fixes
        = {{"Day first", {{"data.date_order", "day_first"}}}, {"Month first", {{"data.date_order", "month_first"}}}};
    return error;
}

CellNumber CsvColumnReader::value(std::string_view cell)
{
    if (!m_isTime)
        return readNumber(cell, m_number);
    const auto time = readTime(cell, m_order);
    if (!time)
        return {};
    m_latest = *time;
    if (m_firstTime.empty())
        m_latestCell = cell;
    return {NumberState::Number, 0};
}

void CsvColumnReader::joinDay(const CsvColumnReader& days)
{
    m_latest.seconds += days.m_latest.seconds;
    m_latest.date = true;
    if (!m_firstTime.empty())
        return;
    m_latestCell = days.m_latestCell + ' ' + m_latestCell;
    m_dayLabel = days.m_label;
    m_slashed = days.m_slashed;
    m_order = days.m_order;
}

void CsvColumnReader::accept()
{
    if (!m_isTime)
        return;
    m_elapsed.add(m_latest);
    if (m_firstTime.empty())
        m_firstTime = m_latestCell;
}

std::string CsvColumnReader::complaint(NumberState state, std::string_view cell) const
{
    std::string text = m_isTime ? (cell.empty() ? "an empty cell is not a time" : quotedField(cell) + " is not a time")
                                : complaintOf(state, cell);
    if (!m_isTime && state == NumberState::NotANumber && readTime(cell, DateOrder::Found))
        text += m_times ? ", as the other cells are" : "; only x can be a time";
    return text + " (" + m_label + ')';
}

std::vector<std::string> CsvColumnReader::notes() const
{
    std::vector<std::string> notes;
    if (m_isTime) {
        std::string note = "x is seconds since " + m_firstTime + " (";
        if (!m_dayLabel.empty())
            note += m_dayLabel + " holds dates and ";
        note += m_label + " holds times";
        if (m_elapsed.minutes())
            note += ", minutes and seconds";
        if (!m_slashed.empty())
            note += m_order == DateOrder::MonthFirst ? ", month before day" : ", day before month";
        note += ").";
        notes.push_back(std::move(note));
        if (m_elapsed.turns() > 0)
            notes.push_back(m_elapsed.minutes()
                    ? "The full hour is passed " + std::to_string(m_elapsed.turns()) + " times."
                    : m_elapsed.turns() == 1 ? std::string("Midnight is passed once.")
                                             : "Midnight is passed " + std::to_string(m_elapsed.turns()) + " times.");
        return notes;
    }
    if (m_number.decimal == ',' && m_evidence.comma.decimal + m_evidence.comma.either > 0 && m_format.decimal == "auto")
        notes.emplace_back("A comma is read as the decimal mark.");
    const auto& groups = m_evidence;
    const std::size_t grouped = m_number.thousands == ',' ? groups.comma.thousands + groups.comma.either
        : m_number.thousands == '.'                       ? groups.point.thousands + groups.point.either
        : m_number.thousands == '\''                      ? groups.apostrophes
        : m_number.thousands == ' '                       ? groups.spaces
                                                          : 0;
    if (grouped > 0 && m_format.thousands == "auto") {
        const auto& of = m_evidence.of(m_number.thousands == '.' ? '.' : ',');
        const std::string& cell = m_evidence.grouped.empty() ? of.example : m_evidence.grouped;
        notes.push_back(quotedField(cell) + " in " + m_label + " is read as "
            + plainNumber(readNumber(cell, m_number).value) + ": its marks part thousands.");
    }
    return notes;
}

} // namespace fplab
