#pragma once

#include "core/base/result.h"
#include "core/datasets/csv_layout.h"
#include "core/datasets/csv_number.h"
#include "core/datasets/csv_time.h"

#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// The cells of one column on their way to numbers: looks at all of them first, decides how they are to be read, reads
/// them.
class CsvColumnReader {
public:
    /// `label` is what messages call it: `column "y"`. `times`: dates and times of day are values, too. `format` and
    /// `layout` must outlive the reader.
    CsvColumnReader(std::string label, const CsvFormat& format, const CsvLayout& layout, bool times);

    void look(std::string_view cell);
    [[nodiscard]] const MarkEvidence& evidence() const { return m_evidence; }
    /// After all cells were looked at. An error if they can be read in two ways; its fixes name both.
    [[nodiscard]] Status decide(const MarkEvidence& table);

    /// A time is a Number, too; its value is known from elapsed() only.
    [[nodiscard]] CellNumber value(std::string_view cell);
    void accept(); ///< the time of the latest value() counts
    [[nodiscard]] std::string complaint(NumberState state, std::string_view cell) const;

    [[nodiscard]] bool isTime() const { return m_isTime; }
    /// Times of day without a date; after decide().
    [[nodiscard]] bool isClock() const { return m_isTime && m_clocks == m_timeCells; }
    [[nodiscard]] std::size_t days() const { return m_days; } ///< cells with a date and no time of day
    /// Puts the time of the latest value() on the day of the latest value() of `days`, a column of dates.
    void joinDay(const CsvColumnReader& days);
    /// Of the accepted times: seconds since the first. Once.
    [[nodiscard]] std::vector<double> elapsed() { return m_elapsed.take(); }
    [[nodiscard]] const std::string& firstTime() const { return m_firstTime; } ///< as the cell has it
    [[nodiscard]] std::vector<std::string> notes() const; ///< sentences: how the column was read

private:
    [[nodiscard]] Diagnostic twoReadings(char mark) const;
    [[nodiscard]] Diagnostic twoDates() const;

    std::string m_label;
    const CsvFormat& m_format;
    const CsvLayout& m_layout;
    bool m_times, m_isTime = false;
    MarkEvidence m_evidence;
    NumberFormat m_number;
    std::size_t m_numbers = 0, m_timeCells = 0, m_clocks = 0, m_days = 0;
    std::string m_dayLabel; ///< of the column of dates that is joined
    std::string m_slashed; ///< the first date whose day and month could be exchanged
    CellTime m_slashedTime;
    bool m_dayFirst = false, m_monthFirst = false, m_datesDiffer = false;
    DateOrder m_order = DateOrder::Found;
    CellTime m_latest;
    std::string m_latestCell, m_firstTime;
    ElapsedTime m_elapsed;
};

} // namespace fplab
