#include "core/datasets/csv_table.h"

#include "core/datasets/csv_column_reader.h"
#include "core/datasets/csv_encoding.h"
#include "core/datasets/csv_sample.h"
#include "core/datasets/csv_scanner.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <limits>

namespace fplab {

namespace {

constexpr std::size_t listedBad = 1000, listedColumns = 20;

Diagnostic trouble(std::string what, int line, std::size_t column)
{
    Diagnostic error;
    error.what = std::move(what);
    error.line = line;
    error.column = static_cast<int>(column);
    return error;
}

std::string counted(std::size_t count, const char* one, const char* many)
{
    return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

CsvScanner scannerOf(std::string_view text, const CsvLayout& layout)
{
    return {text.substr(layout.dataStart), layout.separator, layout.dataLine};
}

std::string_view cellOf(const CsvScanner& row, std::size_t column)
{
    return column < row.fields().size() ? row.fields()[column] : std::string_view();
}

/// "#3" or "column 3" as an index; none if it is not of this form.
std::size_t numbered(std::string_view name)
{
    for (const std::string_view prefix : {"#", "column "}) {
        std::size_t number = 0;
        if (!name.starts_with(prefix))
            continue;
        const auto digits = name.substr(prefix.size());
        const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (code == std::errc() && end == digits.data() + digits.size() && number > 0)
            return number - 1;
    }
    return std::string_view::npos;
}

/// The x that have more digits than a double: whether two neighbours cannot be told apart, and the way out for whole
/// numbers.
class LongNumbers {
public:
    void add(std::string_view cell, double value, int line)
    {
        if (!m_cell.empty() && value == m_value && cell != m_cell && m_line == 0 && (isLong(cell) || isLong(m_cell))) {
            m_line = line;
            m_same = quotedField(m_cell) + " and " + quotedField(cell);
        }
        if (m_areWhole) {
            std::int64_t whole = 0;
            const auto [end, code] = std::from_chars(cell.data(), cell.data() + cell.size(), whole);
            m_areWhole = code == std::errc() && end == cell.data() + cell.size() && std::abs(whole / 2) < farthest / 2;
            m_whole.push_back(whole);
        }
        m_cell = cell;
        m_value = value;
    }

    [[nodiscard]] int mergedLine() const
    {
        return m_line;
    } ///< where the first x cannot be told from the one before; or 0
    [[nodiscard]] const std::string& merged() const { return m_same; } ///< both, for people
    [[nodiscard]] bool areWhole() const { return m_areWhole; }
    [[nodiscard]] std::string first() const { return std::to_string(m_whole.front()); }
    /// Exact differences to the first. Precondition: areWhole().
    [[nodiscard]] std::vector<double> sinceFirst() const
    {
        std::vector<double> differences;
        differences.reserve(m_whole.size());
        for (const auto whole : m_whole)
            differences.push_back(static_cast<double>(whole - m_whole.front()));
        return differences;
    }

private:
    static constexpr std::int64_t farthest = std::int64_t(1) << 62; ///< differences do not overflow

    /// Whether it has more significant digits than whole doubles hold, or than it takes to write any double.
    static bool isLong(std::string_view cell)
    {
        cell = cell.substr(0, cell.find_first_of("eEdD"));
        const bool whole = cell.find_first_of(".,") == cell.npos;
        while (!whole && cell.ends_with('0'))
            cell.remove_suffix(1);
        const auto first = cell.find_first_of("123456789");
        if (first == cell.npos)
            return false;
        const auto digits = std::ranges::count_if(cell.substr(first), [](char c) { return c >= '0' && c <= '9'; });
        return digits > (whole ? std::numeric_limits<double>::digits10 : std::numeric_limits<double>::max_digits10);
    }

    std::string m_cell, m_same; // the cell is copied: the text of a row in quotes does not last
    double m_value = 0;
    int m_line = 0;
    bool m_areWhole = true;
    std::vector<std::int64_t> m_whole;
};

} // namespace

Result<CsvTable> CsvTable::open(std::string bytes, const CsvFormat& format)
{
    if (bytes.size() > maxBytes)
        return trouble("the file is larger than 256 MB", 0, 0);
    auto decoded = decodeText(std::move(bytes), format.encoding);
    if (!decoded)
        return decoded.error();
    CsvTable table;
    table.m_text = std::move(decoded->text);
    table.m_encoding = std::move(decoded->encoding);
    table.m_format = format;
    table.m_layout = findLayout(table.m_text, format);
    if (table.m_encoding != "utf-8" && format.encoding == "auto")
        table.m_layout.notes.insert(
            table.m_layout.notes.begin(), "The file is read as " + std::string(encodingName(table.m_encoding)) + ".");
    return table;
}

std::string CsvTable::columnName(std::size_t column) const
{
    const auto& name = m_layout.columns[column].name;
    return name.empty() ? "column " + std::to_string(column + 1) : name;
}

std::string CsvTable::columnTitle(std::size_t column) const
{
    std::string title = columnName(column);
    std::ranges::replace_if(
        title, [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; }, ' ');
    const auto& unit = m_layout.columns[column].unit;
    return unit.empty() ? title : title + " (" + unit + ')';
}

std::string CsvTable::columnKey(std::size_t column) const
{
    const auto& name = m_layout.columns[column].name;
    const auto same = std::ranges::count(m_layout.columns, name, &CsvColumn::name);
    return name.empty() || same > 1 ? '#' + std::to_string(column + 1) : name;
}

Result<std::size_t> CsvTable::findColumn(std::string_view name, std::string_view path) const
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < columnCount(); ++i)
        if (m_layout.columns[i].name == name && !name.empty())
            found.push_back(i);
    if (found.size() == 1)
        return found.front();
    if (const auto index = numbered(name); found.empty() && index < columnCount())
        return index;
    if (m_layout.doubt)
        return *m_layout.doubt;
    Diagnostic error;
    error.path = path;
    if (!found.empty()) {
        error.line = m_layout.headerLine;
        error.what = std::to_string(found.size()) + " columns are called " + quotedField(name) + ':';
        for (const auto i : found) {
            const auto key = '#' + std::to_string(i + 1);
            error.what += (i == found.front() ? " " : i == found.back() ? " and " : ", ") + key;
            error.fixes.push_back({"Take column " + std::to_string(i + 1), {{std::string(path), key}}});
        }
        error.advice = "Say which by its number, such as " + error.fixes.front().settings.front().second + '.';
        return error;
    }
    error.what = "there is no column " + quotedField(name);
    std::string known;
    for (std::size_t i = 0; i < std::min(columnCount(), listedColumns); ++i)
        known += (known.empty() ? "" : ", ") + shownField(columnName(i));
    if (columnCount() > listedColumns)
        known += ", ... (" + std::to_string(columnCount()) + " in all)";
    error.advice
        = known.empty() ? "The file holds no table." : "The file has " + known + ". The second column is also #2.";
    return error;
}

Status CsvTable::check() const
{
    auto rows = scannerOf(m_text, m_layout);
    std::size_t count = 0;
    while (rows.next(m_layout.comments))
        ++count;
    if (rows.error())
        return *rows.error();
    if (m_layout.doubt)
        return *m_layout.doubt;
    if (m_text.find_first_not_of(" \t\r\n") == m_text.npos)
        return trouble("the file is empty", 0, 0);
    if (columnCount() == 0)
        return trouble("the file holds comments only and no rows of numbers", 0, 0);
    if (count == 0)
        return trouble("there is only a row of names, and no rows of numbers", m_layout.headerLine, 0);
    return success();
}

std::vector<CsvTable::Counts> CsvTable::count() const
{
    std::vector<Counts> counts(columnCount());
    std::vector<std::string> first(columnCount());
    auto rows = scannerOf(m_text, m_layout);
    while (rows.next(m_layout.comments)) {
        const auto cells = rows.fields();
        for (std::size_t i = 0; i < counts.size(); ++i) {
            auto& column = counts[i];
            if (i >= cells.size() || cells[i].empty()) {
                ++column.empty;
                continue;
            }
            if (first[i].empty())
                first[i] = cells[i];
            column.constant = column.constant && cells[i] == first[i];
            if (readNumber(cells[i], {m_layout.decimal, 0}).state == NumberState::Number) {
                ++column.numbers;
            } else if (const auto time = readTime(cells[i], DateOrder::Found)) {
                ++column.times;
                column.days += !time->clock;
            } else {
                ++(looksLikeValue(cells[i], '.') || looksLikeValue(cells[i], ',') ? column.numbers : column.others);
            }
        }
    }
    return counts;
}

std::vector<CsvTable::Row> CsvTable::preview(std::size_t rows, std::size_t columns, int line) const
{
    constexpr std::size_t neighbours = 2;
    std::vector<Row> shown, before;
    columns = std::min(columns, columnCount());
    auto scanner = scannerOf(m_text, m_layout);
    std::size_t after = 0;
    bool reached = line <= 0;
    while ((shown.size() < rows || !reached || after > 0) && scanner.next(m_layout.comments)) {
        Row row {scanner.line(), {}};
        for (std::size_t i = 0; i < columns; ++i)
            row.cells.emplace_back(i < scanner.fields().size() ? scanner.fields()[i] : std::string_view());
        const bool wanted = row.line == line;
        reached = reached || row.line >= line;
        if (shown.size() < rows || after > 0) {
            after -= after > 0;
            shown.push_back(std::move(row));
        } else if (wanted) {
            std::ranges::move(before, std::back_inserter(shown));
            shown.push_back(std::move(row));
            after = neighbours;
        } else if (!reached) {
            before.push_back(std::move(row));
            if (before.size() > neighbours)
                before.erase(before.begin());
        }
    }
    return shown;
}

Status CsvTable::checkWidth(std::span<const std::string_view> cells, int line) const
{
    if (cells.size() <= columnCount())
        return success();
    return trouble(
        "this row has " + std::to_string(cells.size()) + " cells instead of " + std::to_string(columnCount()), line,
        columnCount() + 1);
}

std::string CsvTable::labelOf(std::size_t column) const
{
    const auto& name = m_layout.columns[column].name;
    return name.empty() ? columnName(column) : "column " + quotedField(name);
}

std::optional<std::size_t> CsvTable::dayColumn(const CsvColumnReader& x, std::size_t xColumn, std::size_t yColumn) const
{
    if (!x.isClock())
        return {};
    for (const std::size_t column : {xColumn - 1, xColumn + 1}) { // before the first is beyond the last
        if (column >= columnCount() || column == yColumn)
            continue;
        CsvColumnReader days({}, m_format, m_layout, true);
        std::size_t filled = 0;
        for (auto rows = scannerOf(m_text, m_layout); rows.next(m_layout.comments);) {
            const auto cell = cellOf(rows, column);
            days.look(cell);
            filled += !cell.empty();
        }
        if (days.days() * 2 > filled)
            return column;
    }
    return {};
}

Result<CsvTable::Samples> CsvTable::read(std::size_t xColumn, std::size_t yColumn) const
{
    if (m_layout.doubt)
        return *m_layout.doubt;
    if (xColumn == yColumn) {
        auto error = trouble("x and y are the same column: " + quotedField(columnName(xColumn)), 0, 0);
        error.advice = columnCount() > 1 ? "Choose another column for one of them." : "The file has no other column.";
        return error;
    }
    CsvColumnReader x(labelOf(xColumn), m_format, m_layout, true), y(labelOf(yColumn), m_format, m_layout, false);
    auto rows = scannerOf(m_text, m_layout);
    std::size_t count = 0;
    for (; rows.next(m_layout.comments); ++count) {
        if (count == maxRows)
            return trouble("the file has more than 1000000 rows", rows.line(), 0);
        x.look(cellOf(rows, xColumn));
        y.look(cellOf(rows, yColumn));
    }
    if (rows.error())
        return *rows.error();
    if (count == 0)
        return check().error();
    MarkEvidence both = m_layout.evidence;
    for (const auto* reader : {&x, &y})
        both += reader->evidence();
    for (auto* reader : {&x, &y})
        if (const auto status = reader->decide(both); !status)
            return status.error();
    const auto dayAt = dayColumn(x, xColumn, yColumn);
    CsvColumnReader day(dayAt ? labelOf(*dayAt) : std::string(), m_format, m_layout, true);
    if (dayAt) {
        for (rows = scannerOf(m_text, m_layout); rows.next(m_layout.comments);)
            day.look(cellOf(rows, *dayAt));
        if (const auto status = day.decide(both); !status)
            return status.error();
    }
    const auto joinDay = [&]() -> Status {
        const auto cell = cellOf(rows, *dayAt);
        if (const auto date = day.value(cell); date.state != NumberState::Number)
            return trouble(day.complaint(date.state, cell), rows.line(), *dayAt + 1);
        x.joinDay(day);
        return success();
    };

    Samples samples;
    samples.x.reserve(count);
    samples.y.reserve(count);
    LongNumbers longNumbers;
    rows = scannerOf(m_text, m_layout);
    while (rows.next(m_layout.comments)) {
        Status status = checkWidth(rows.trimmedFields(), rows.line());
        const auto xCell = cellOf(rows, xColumn), yCell = cellOf(rows, yColumn);
        CellNumber xValue, yValue;
        if (status) {
            xValue = x.value(xCell);
            yValue = y.value(yCell);
            if (xValue.state != NumberState::Number)
                status = trouble(x.complaint(xValue.state, xCell), rows.line(), xColumn + 1);
            else if (yValue.state != NumberState::Number)
                status = trouble(y.complaint(yValue.state, yCell), rows.line(), yColumn + 1);
            else if (dayAt)
                status = joinDay();
        }
        if (status) {
            x.accept();
            if (!x.isTime())
                longNumbers.add(xCell, xValue.value, rows.line());
            samples.x.push_back(xValue.value);
            samples.y.push_back(yValue.value);
        } else if (++samples.badRows <= listedBad) {
            samples.bad.push_back(status.error());
        }
    }
    if (samples.y.empty()) {
        Diagnostic error = samples.bad.front();
        error.advice = "No row has numbers in both columns.";
        return error;
    }
    if (x.isTime())
        samples.x = x.elapsed();
    samples.xTitle = x.isTime() ? columnName(xColumn) + " (s since " + x.firstTime() + ')' : columnTitle(xColumn);
    samples.yTitle = columnTitle(yColumn);
    describe(samples, x, y);
    if (longNumbers.mergedLine() > 0 && !longNumbers.areWhole()) {
        auto error
            = trouble("x has more digits than can be told apart: " + longNumbers.merged() + " are the same number",
                longNumbers.mergedLine(), xColumn + 1);
        error.advice = "Subtract the first x from all of them in the file.";
        return error;
    }
    if (longNumbers.mergedLine() > 0) {
        samples.x = longNumbers.sinceFirst();
        samples.xTitle += " (since " + longNumbers.first() + ')';
        samples.notes.push_back("x is counted from its first, " + longNumbers.first() + ": with so many digits "
            + longNumbers.merged() + " could not be told apart.");
    }
    return samples;
}

void CsvTable::describe(Samples& samples, const CsvColumnReader& x, const CsvColumnReader& y) const
{
    samples.notes = m_layout.notes;
    for (const auto* reader : {&x, &y})
        for (auto& note : reader->notes())
            if (std::ranges::find(samples.notes, note) == samples.notes.end())
                samples.notes.push_back(std::move(note));
}

std::string CsvTable::omission(const Samples& samples)
{
    constexpr std::size_t named = 5;
    std::string lines;
    for (std::size_t i = 0; i < std::min(samples.bad.size(), named); ++i)
        lines += (i > 0 ? ", " : "") + std::to_string(samples.bad[i].line);
    return counted(samples.badRows, "row is", "rows are") + " left out, without a number in x or y: "
        + (samples.badRows == 1 ? "line " : "lines ") + lines + (samples.badRows > named ? ", ..." : "") + '.';
}

Diagnostic CsvTable::refusal(const Samples& samples)
{
    Diagnostic error = samples.bad.front();
    if (samples.badRows > 1)
        error.advice = counted(samples.badRows, "row", "rows") + " of "
            + std::to_string(samples.y.size() + samples.badRows) + " are like this.";
    error.fixes.push_back({"Skip " + counted(samples.badRows, "row", "rows"), {{"data.bad_rows", "skip"}}});
    return error;
}

} // namespace fplab
