#include "core/datasets/csv_layout.h"

#include "core/datasets/csv_sample.h"
#include "core/datasets/csv_scanner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>

namespace fplab {

namespace {

constexpr std::size_t farthestHeader = 10; ///< lines that may stand between the header and the numbers

char separatorOf(std::string_view id) { return id == "tab" ? '\t' : id == "space" ? ' ' : id.front(); }

/// How well a separator and a decimal mark explain the sample: characters that become values, separators between values
/// included. A lone column explains a decimal comma no better than two columns would, so it is not read that way unless
/// somebody says so.
std::tuple<std::size_t, std::size_t> fit(const std::vector<SampleRow>& rows, char separator, bool lonelyComma)
{
    struct Width {
        std::size_t covered = 0, rows = 0;
    };
    std::map<std::size_t, Width> widths;
    for (const auto& row : rows) {
        if (row.mark == "#")
            continue;
        auto& width = widths[row.width()];
        ++width.rows;
        for (std::size_t i = 0; i < row.width(); ++i) {
            if (!row.values[i])
                continue;
            width.covered += row.cells[i].size() - static_cast<std::size_t>(std::ranges::count(row.cells[i], ' '));
            width.covered += i > 0 && row.values[i - 1] && separator != ' ';
        }
    }
    std::tuple<std::size_t, std::size_t> best;
    for (const auto& [count, width] : widths)
        if (count > 1 || !lonelyComma)
            best = std::max(best, {width.covered, count > 1 ? width.rows : 0});
    return best;
}

/// Consecutive rows of one width with values in common columns.
struct Run {
    std::size_t first = 0, last = 0; ///< indices of rows; last is not in it
    std::size_t width = 0, values = 0;
    std::vector<std::size_t> columns; ///< those that hold values in most of its rows
};

std::optional<Run> longestRun(const std::vector<SampleRow>& rows)
{
    std::map<std::size_t, std::size_t> valuesOfWidth;
    for (const SampleRow& row : rows)
        if (row.mark != "#")
            valuesOfWidth[row.width()] += static_cast<std::size_t>(std::ranges::count(row.values, true));
    std::optional<Run> best, run;
    std::vector<bool> common;
    const auto close = [&] {
        const auto worth = [&](const Run& r) { return std::pair(valuesOfWidth[r.width], r.values); };
        if (run && (!best || worth(*run) >= worth(*best)))
            best = run;
        run.reset();
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const SampleRow& row = rows[i];
        if (row.mark == "#")
            continue;
        bool shared = run && run->width == row.width();
        if (shared) {
            shared = false;
            for (std::size_t c = 0; c < common.size(); ++c)
                shared = (common[c] = common[c] && row.values[c]) || shared;
        }
        if (!shared) {
            close();
            if (std::ranges::count(row.values, true) == 0)
                continue;
            run = Run {i, i, row.width(), 0, {}};
            common = row.values;
        }
        run->last = i + 1;
        run->values += static_cast<std::size_t>(std::ranges::count(row.values, true));
    }
    close();
    if (!best)
        return best;
    for (std::size_t c = 0; c < best->width; ++c) {
        std::size_t values = 0, filled = 0;
        for (std::size_t i = best->first; i < best->last; ++i) {
            values += rows[i].isValue(c);
            filled += rows[i].mark.empty() && !isMissing(rows[i].cell(c));
        }
        if (values > 0 && values * 2 >= filled)
            best->columns.push_back(c);
    }
    return best;
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isWholeNumber(std::string_view cell) { return !cell.empty() && std::ranges::all_of(cell, isDigit); }

/// Whether a cell begins as numbers and dates do, whatever it goes on with: "1.2.3", "2024-13-01", "-5 s".
bool beginsAsNumber(std::string_view cell)
{
    if (cell.starts_with('-') || cell.starts_with('+'))
        cell.remove_prefix(1);
    if (cell.starts_with('.') || cell.starts_with(','))
        cell.remove_prefix(1);
    return !cell.empty() && isDigit(cell.front());
}

/// Whether two neighbouring cells can be one number that the separator cuts: "1,5" and "1.234,5" at a comma, "1 234" at
/// a space.
bool canBeOneNumber(std::string_view left, std::string_view right, char separator)
{
    if (left.starts_with('-') || left.starts_with('+'))
        left.remove_prefix(1);
    const auto whole = right.substr(0, right.find('.'));
    const bool group = isWholeNumber(left) && left.size() <= 3 && whole.size() == 3 && isWholeNumber(whole);
    const bool decimals = isWholeNumber(right) && readNumber(left, {',', '.'}).state == NumberState::Number;
    return (separator == ',' && decimals) || ((separator == ',' || separator == ' ') && group);
}

class Finder {
public:
    Finder(std::string_view text, const CsvFormat& format)
        : m_text(text)
        , m_format(format)
    {
    }

    CsvLayout find();

private:
    void skipAbove();
    void chooseSeparator();
    void findTable();
    [[nodiscard]] std::size_t firstDataRow(const Run& run) const;
    [[nodiscard]] bool canBeData(const SampleRow& row, const Run& run) const;
    [[nodiscard]] bool holdsNoValues(const SampleRow& row, const Run& run) const;
    [[nodiscard]] bool namesByNumbers(std::size_t row, const Run& run) const;
    [[nodiscard]] bool continuesUpwards(std::size_t row, const Run& run) const;
    [[nodiscard]] std::vector<std::string> namesIn(
        const SampleRow& row, const Run& run, std::size_t widest, bool aboveUnits = false) const;
    [[nodiscard]] bool namesWithNumbers(
        const SampleRow& row, const std::vector<std::string>& cells, const Run& run) const;
    [[nodiscard]] bool firstColumnNamesRows(const Run& run, std::size_t data) const;
    [[nodiscard]] bool numbersMayBeCut(std::size_t names, std::size_t data) const;
    void doubtNames(const SampleRow& names, const Run& run, std::size_t data);
    void findHeader(const Run& run, std::size_t data);
    bool useLinesAbove(const Run& run, std::size_t data, std::size_t widest);
    void useHeader(const SampleRow& row, std::vector<std::string> names);
    void findComments(std::size_t data, const Run& run);
    void sayWhatWasSkipped(std::size_t data);
    void note(std::string sentence) { m_layout.notes.push_back(std::move(sentence)); }

    std::string_view m_text;
    const CsvFormat& m_format;
    CsvLayout m_layout;
    std::size_t m_offset = 0; ///< bytes that were set aside: the line of sep=, skipped rows
    int m_firstLine = 1;
    std::vector<SampleRow> m_rows;
    std::size_t m_width = 0;
};

void Finder::skipAbove()
{
    CsvScanner lines(m_text, ',');
    std::string_view first = lines.nextLine();
    while (first.ends_with(',') || first.ends_with(' ') || first.ends_with('"') || first.starts_with('"')) { // "sep=;",
        if (first.size() > 5 && first.starts_with('"'))
            first.remove_prefix(1);
        else if (first.size() > 5)
            first.remove_suffix(1);
        else
            break;
    }
    if (first.size() == 5 && (first.starts_with("sep=") || first.starts_with("SEP=") || first.starts_with("Sep="))
        && m_format.skipRows <= 1) {
        lines.skipLine();
        m_layout.separator = first[4];
        m_layout.skippedRows = 1;
        if (m_format.separator == "auto")
            note("The first line sets the separator: " + separatorName(first[4]) + ".");
        m_offset = lines.position();
        m_firstLine = lines.nextLineNumber();
    } else {
        m_layout.separator = '\0';
    }
    while (lines.nextLineNumber() <= m_format.skipRows && !lines.atEnd())
        lines.skipLine();
    if (m_format.skipRows > 0) {
        m_offset = lines.position();
        m_firstLine = lines.nextLineNumber();
    }
    if (m_format.separator != "auto")
        m_layout.separator = separatorOf(m_format.separator);
}

void Finder::chooseSeparator()
{
    const std::string_view sample = sampleOf(m_text.substr(m_offset));
    constexpr std::array<char, 5> all {',', ';', '\t', '|', ' '};
    std::vector<char> separators(all.begin(), all.end()), decimals {'.', ','};
    if (m_layout.separator != '\0')
        separators = {m_layout.separator};
    if (m_format.decimal != "auto")
        decimals = {m_format.decimal.front()};
    const bool askedForComma = decimals.front() == ',';
    std::optional<std::tuple<std::size_t, std::size_t>> best;
    for (const char decimal : decimals) {
        for (const char separator : separators) {
            auto rows = cutSample(sample, separator, decimal, m_firstLine);
            const auto quality = fit(rows, separator, decimal == ',' && !askedForComma);
            if (!best || quality > *best) {
                best = quality;
                m_layout.separator = separator;
                m_layout.decimal = decimal;
                m_rows = std::move(rows);
            }
        }
    }
}

bool Finder::canBeData(const SampleRow& row, const Run& run) const
{
    if (run.columns.empty() || row.mark == "#")
        return false;
    return std::ranges::all_of(run.columns, [&](std::size_t c) { return row.isValue(c) || isMissing(row.cell(c)); })
        || (row.isValue(run.columns.front()) && row.width() == run.width
            && std::ranges::count_if(run.columns, [&](std::size_t c) { return row.isValue(c); }) * 2
                >= static_cast<std::ptrdiff_t>(run.columns.size()));
}

bool Finder::holdsNoValues(const SampleRow& row, const Run& run) const
{
    return row.mark != "#" && row.width() >= run.width
        && std::ranges::none_of(run.columns, [&](std::size_t c) { return row.isValue(c) || isMissing(row.cell(c)); });
}

/// Names that are numbers: in quotes, behind an empty first name, or 0 1 2 ... above numbers with decimals.
bool Finder::namesByNumbers(std::size_t index, const Run& run) const
{
    const SampleRow& row = m_rows[index];
    if (index + 1 >= run.last || row.width() != run.width || !row.mark.empty())
        return false;
    const SampleRow& next = m_rows[index + 1];
    if (row.raw.starts_with('"') && next.raw.find('"') == next.raw.npos && !row.cells.front().empty())
        return true;
    std::size_t from = row.cells.front().empty() && !next.cell(0).empty() ? 1 : 0;
    if (run.width < from + 2)
        return false;
    for (std::size_t c = from; c < run.width; ++c) {
        int number = 0;
        const auto& cell = row.cells[c];
        std::from_chars(cell.data(), cell.data() + cell.size(), number);
        if (!isWholeNumber(cell) || std::ranges::count(row.cells, cell) > 1)
            return false;
        if (from == 0 && (number != static_cast<int>(c) + (row.cells.front() == "1")))
            return false;
    }
    if (from == 1)
        return true;
    for (std::size_t i = index + 1; i < run.last; ++i)
        for (const auto& cell : m_rows[i].cells)
            if (isWholeNumber(cell))
                return false;
    return run.last - index > 2 && !continuesUpwards(index, run);
}

/// Whether a row of numbers goes on with what stands below it: its first cell rises or falls as the first column does,
/// and no cell is farther from its column than the largest step in there.
bool Finder::continuesUpwards(std::size_t index, const Run& run) const
{
    const auto valueOf = [&](std::size_t row, std::size_t c) {
        return readNumber(m_rows[row].cell(c), {m_layout.decimal, 0}).value;
    };
    for (std::size_t c = 0; c < run.width; ++c) {
        double low = valueOf(index + 1, c), high = low, largest = 0, least = 0;
        for (std::size_t i = index + 2; i < run.last; ++i) {
            const double value = valueOf(i, c), step = value - valueOf(i - 1, c);
            low = std::min(low, value);
            high = std::max(high, value);
            largest = std::max(largest, std::abs(step));
            least = i == index + 2 ? step : least * step > 0 ? least : 0;
        }
        const double name = valueOf(index, c), margin = largest * (1 + 1e-9);
        if (name < low - margin || name > high + margin || (c == 0 && least * (valueOf(index + 1, c) - name) <= 0))
            return false;
    }
    return true;
}

/// The first row of numbers: the run's, or an earlier one if the rows between are mostly numbers or names stand above
/// it.
std::size_t Finder::firstDataRow(const Run& run) const
{
    const auto isFull = [&](const SampleRow& row) {
        return row.mark != "#" && std::ranges::all_of(run.columns, [&](std::size_t c) { return row.isValue(c); });
    };
    std::size_t first = run.first;
    while (first + 1 < run.last && !isFull(m_rows[first]))
        ++first; // lines of the instrument with a number in a column that holds numbers
    for (std::size_t early = 0; early < first; ++early) {
        if (!isFull(m_rows[early]))
            continue;
        std::size_t numbers = 0, texts = 0;
        for (std::size_t i = early; i < first; ++i) {
            numbers += isFull(m_rows[i]);
            texts += holdsNoValues(m_rows[i], run);
        }
        const bool named
            = early > 0 && m_rows[early - 1].mark.empty() && !namesIn(m_rows[early - 1], run, run.width).empty();
        if (named || numbers >= 3 * texts) {
            first = early;
            break;
        }
    }
    while (first > 0 && canBeData(m_rows[first - 1], run) && m_rows[first - 1].mark.empty())
        --first;
    std::size_t damaged = first; // rows with a bad cell between the names and the first that is whole
    const auto isOneWordBeforeValues = [&](const SampleRow& row) {
        return row.mark.empty() && row.width() == run.width && run.columns.size() > 1
            && row.cell(run.columns.front()).find(' ') == std::string_view::npos
            && std::ranges::all_of(
                run.columns.begin() + 1, run.columns.end(), [&](std::size_t c) { return row.isValue(c); });
    };
    if (first == 2 && isOneWordBeforeValues(m_rows[1])) // right below the first line
        damaged = 1;
    while (damaged > 0 && m_rows[damaged - 1].mark.empty() && m_rows[damaged - 1].width() == run.width
        && beginsAsNumber(m_rows[damaged - 1].cell(run.columns.front())))
        --damaged;
    const bool named = damaged > 0 && m_rows[damaged - 1].width() == run.width
        && holdsNoValues(m_rows[damaged - 1], run) && m_rows[damaged - 1].mark.empty()
        && !namesIn(m_rows[damaged - 1], run, run.width).empty();
    return named ? damaged : first;
}

/// Names of which some are whole numbers: "t,1,2,3". A line "Record length,12" of an instrument is none, unless it is
/// the first.
bool Finder::namesWithNumbers(const SampleRow& row, const std::vector<std::string>& cells, const Run& run) const
{
    std::size_t numbers = 0;
    for (const auto& cell : cells) {
        const bool number = looksLikeValue(cell, m_layout.decimal);
        numbers += number;
        if (cell.empty() || (number && !isWholeNumber(cell)) || std::ranges::count(cells, cell) > 1)
            return false;
    }
    return cells.size() == run.width && !looksLikeValue(cells.front(), m_layout.decimal)
        && (numbers > 1 || row.line == m_firstLine);
}

/// The cells of a line as names of the columns; empty if their number does not fit, or if they are rather values. Above
/// units some names may be numbers.
std::vector<std::string> Finder::namesIn(
    const SampleRow& row, const Run& run, std::size_t widest, bool aboveUnits) const
{
    const auto fits = [&](const std::vector<std::string>& cells) {
        if (cells.size() < run.width || cells.size() > widest)
            return false;
        const auto values = std::ranges::count_if(
            run.columns, [&](std::size_t c) { return c < cells.size() && looksLikeValue(cells[c], m_layout.decimal); });
        const bool numbered
            = (!row.mark.empty() && std::ranges::all_of(cells, isWholeNumber)) || namesWithNumbers(row, cells, run);
        return (values * (aboveUnits ? 1 : 2) < static_cast<std::ptrdiff_t>(run.columns.size()) || numbered)
            && std::ranges::none_of(cells, [&](const std::string& cell) {
                   return !row.mark.empty() && !cell.empty()
                       && std::string_view(":=,;").find(cell.back()) != std::string_view::npos;
               });
    };
    if (row.mark.empty()) {
        auto cells = row.cells;
        if (cells.size() < run.width && row.fields >= run.width && run.columns.back() < cells.size())
            cells.resize(run.width); // the last columns, of text, have no name or unit
        if (fits(cells))
            return cells;
    }
    std::string_view line = row.raw;
    if (!row.mark.empty()) {
        line.remove_prefix(line.find(row.mark) + row.mark.size());
        while (line.starts_with(row.mark))
            line.remove_prefix(row.mark.size());
    }
    for (const char separator : {m_layout.separator, '2', '\t', ',', ';', ' '}) {
        const bool other = separator != m_layout.separator;
        if (other && row.mark.empty() && (separator != '2' || m_layout.separator != ' '))
            continue;
        auto cells = cutLine(line, separator);
        if (fits(cells))
            return cells;
    }
    return {};
}

void Finder::useHeader(const SampleRow& row, std::vector<std::string> names)
{
    m_layout.header = true;
    m_layout.headerLine = row.line;
    m_width = std::max(m_width, names.size());
    m_layout.columns.resize(m_width);
    for (std::size_t i = 0; i < names.size(); ++i)
        m_layout.columns[i].name = std::move(names[i]);
}

/// Whether all columns of values have units in this line.
bool isUnitsRow(const std::vector<std::string>& cells, const Run& run)
{
    const auto unitIn = [&](std::size_t c) { return c < cells.size() && looksLikeUnit(cells[c]); };
    return std::ranges::all_of(run.columns, [&](std::size_t c) {
        return c >= cells.size() || isMissing(cells[c]) || unitIn(c);
    }) && std::ranges::any_of(run.columns, unitIn);
}

/// Names, and perhaps units and comments below them, in the lines right above the numbers.
bool Finder::useLinesAbove(const Run& run, std::size_t data, std::size_t widest)
{
    std::vector<std::vector<std::string>> above; // upwards
    while (above.size() < 4 && above.size() < data) {
        auto names
            = namesIn(m_rows[data - 1 - above.size()], run, widest, !above.empty() && isUnitsRow(above.back(), run));
        if (names.empty())
            break;
        above.push_back(std::move(names));
    }
    if (above.empty())
        return false;
    for (std::size_t i = 0; i + 1 < above.size(); ++i) { // units below names
        const auto& cells = above[i];
        if (!isUnitsRow(cells, run))
            continue;
        useHeader(m_rows[data - 2 - i], above[i + 1]);
        std::string units;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            std::string unit = looksLikeUnit(cells[c]) ? cells[c] : std::string();
            if (unit.size() > 2 && (unit.front() == '(' || unit.front() == '['))
                unit = unit.substr(1, unit.size() - 2);
            if (!cells[c].empty())
                units += (units.empty() ? "" : ", ") + shownField(cells[c]);
            m_layout.columns[c].unit = std::move(unit);
        }
        note("Line " + std::to_string(m_rows[data - 1 - i].line) + " is read as units: " + units + ".");
        return true;
    }
    useHeader(m_rows[data - 1], std::move(above.front()));
    return true;
}

/// Whether the first cells, which have no name above them, are names of rows: text, all in quotes, or counted from 0 or
/// 1 where no number can be cut by the separator.
bool Finder::firstColumnNamesRows(const Run& run, std::size_t data) const
{
    const auto rows = std::span(m_rows).subspan(data, std::max(run.last, data) - data);
    if (run.columns.front() > 0
        || std::ranges::all_of(rows, [](const SampleRow& row) { return row.raw.starts_with('"'); }))
        return true;
    if (numbersMayBeCut(run.width - 1, data))
        return false;
    const std::string_view first = m_rows[data].cell(0);
    std::size_t number = first == "1" ? 1 : 0;
    return std::ranges::all_of(rows, [&](const SampleRow& row) { return row.cell(0) == std::to_string(number++); });
}

/// Whether every row has so many cells for its `names` only because the separator may stand in its numbers, too.
bool Finder::numbersMayBeCut(std::size_t names, std::size_t data) const
{
    return std::ranges::all_of(std::span(m_rows).subspan(data), [&](const SampleRow& row) {
        std::size_t pairs = 0;
        for (std::size_t c = 1; c < row.width(); ++c)
            pairs += canBeOneNumber(row.cells[c - 1], row.cells[c], m_layout.separator);
        return !row.mark.empty() || row.width() <= names || pairs + names >= row.width();
    });
}

void Finder::doubtNames(const SampleRow& names, const Run& run, std::size_t data)
{
    const std::size_t count = names.width();
    Diagnostic& doubt = m_layout.doubt.emplace();
    doubt.line = m_rows[data].line;
    doubt.what = "this row has " + std::to_string(run.width) + " cells below " + std::to_string(count) + " names: ";
    if (numbersMayBeCut(count, data))
        doubt.what += std::string("a ") + separatorName(m_layout.separator) + " may stand inside the numbers, or "
            + (run.width - count == 1 ? "a column has" : "columns have") + " no name";
    else
        doubt.what += run.width - count == 1 ? "a column has no name" : "columns have no names";
    doubt.advice = "Say which columns are x and y, or mend the file: a name for each column, and numbers "
                   "in quotes if the separator stands in them.";
    const auto columns = [](std::size_t x) {
        const std::string first = std::to_string(x), second = std::to_string(x + 1);
        return Fix {"Take columns " + first + " and " + second,
            {{"data.header", "no"}, {"data.x", '#' + first}, {"data.y", '#' + second}}};
    };
    doubt.fixes = {columns(1), columns(run.width - count + 1)};
}

void Finder::findHeader(const Run& run, std::size_t data)
{
    std::size_t widest = run.width;
    for (std::size_t i = data; i < m_rows.size(); ++i)
        if (m_rows[i].mark.empty() && canBeData(m_rows[i], run))
            widest = std::max(widest, m_rows[i].width());
    m_width = widest;
    m_layout.columns.resize(m_width);
    if (m_format.header == "no" || data == 0)
        return;
    if (useLinesAbove(run, data, widest))
        return;
    const SampleRow& last = m_rows[data - 1];
    if (last.mark.empty() && std::ranges::count(last.values, true) == 0) {
        if (last.width() > 0 && last.width() + 1 == run.width && firstColumnNamesRows(run, data)) {
            auto names = last.cells;
            names.insert(names.begin(), std::string());
            useHeader(last, std::move(names));
            return note("The first column has no name: it is taken for names of rows.");
        }
        if (last.fields == run.width)
            return useHeader(last, last.cells); // the last column has no name
        const bool isFirst = std::ranges::all_of(
            std::span(m_rows).first(data - 1), [](const SampleRow& row) { return !row.mark.empty(); });
        if (last.width() > 1 && last.width() < run.width && (isFirst || last.width() + 1 == run.width))
            return doubtNames(last, run, data);
    }
    if (last.mark.empty() && run.width > 1 && useLinesAbove(run, data, 2 * run.width)) // columns that are empty below
        return;
    for (std::size_t back = 1; back < std::min(data, farthestHeader); ++back) {
        const SampleRow& row = m_rows[data - 1 - back];
        if (m_rows[data - back].width() == run.width || !row.mark.empty())
            return; // a line of the instrument would be as good
        if (auto names = namesIn(row, run, widest); !names.empty())
            return useHeader(row, std::move(names));
    }
}

/// Marks that lines above or among the numbers begin with, but no row of numbers.
void Finder::findComments(std::size_t data, const Run& run)
{
    m_layout.comments = {"#"};
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const auto& row = m_rows[i];
        const bool isData = i >= data && canBeData(row, run);
        if (!row.mark.empty() && !isData && std::ranges::find(m_layout.comments, row.mark) == m_layout.comments.end())
            m_layout.comments.push_back(row.mark);
    }
    for (std::size_t i = data; i < m_rows.size(); ++i)
        if (const auto& mark = m_rows[i].mark; mark != "#" && !mark.empty() && canBeData(m_rows[i], run))
            std::erase(m_layout.comments, mark);
}

void Finder::sayWhatWasSkipped(std::size_t data)
{
    int skipped = 0;
    for (std::size_t i = 0; i < data; ++i)
        skipped += m_rows[i].mark.empty() && (!m_layout.header || m_rows[i].line < m_layout.headerLine);
    const int set = std::max(0, m_format.skipRows);
    if (set > 0)
        note(set == 1 ? "The first line is skipped." : "The first " + std::to_string(set) + " lines are skipped.");
    if (skipped > 0)
        note((skipped == 1 ? "1 line above the " : std::to_string(skipped) + " lines above the ")
            + (m_layout.header ? "names of the columns " : "numbers ") + (skipped == 1 ? "is" : "are") + " skipped.");
}

void Finder::findTable()
{
    const auto run = longestRun(m_rows);
    if (!run) { // no numbers: the first row may hold names, all below is text
        if (m_rows.empty())
            return;
        auto first = std::ranges::find_if(m_rows, [](const SampleRow& row) { return row.mark.empty(); });
        if (first == m_rows.end())
            return;
        m_width = first->width();
        if (m_format.header != "no")
            useHeader(*first, first->cells);
        m_layout.columns.resize(m_width);
        CsvScanner below(m_text.substr(m_offset + first->start), m_layout.separator, first->line);
        if (m_format.header != "no")
            below.step();
        m_layout.dataStart = m_offset + first->start + below.position();
        m_layout.dataLine = below.nextLineNumber();
        m_layout.comments = {"#"};
        return;
    }
    std::size_t data = firstDataRow(*run);
    findHeader(*run, data);
    const bool nameless = !m_layout.header && !m_layout.doubt;
    if (nameless && m_format.header == "auto" && namesByNumbers(data, *run)) {
        useHeader(m_rows[data], m_rows[data].cells);
        ++data;
        note("Line " + std::to_string(m_layout.headerLine) + " is read as names of the columns.");
    } else if (nameless && m_format.header == "yes" && data + 1 < m_rows.size()) {
        useHeader(m_rows[data], m_rows[data].cells);
        ++data;
    }
    while (m_width > 1 && m_layout.columns[m_width - 1].name.empty() && m_width > run->width)
        m_layout.columns.resize(--m_width);
    findComments(data, *run);
    m_layout.dataStart = m_offset + m_rows[data].start;
    m_layout.dataLine = m_rows[data].line;
    m_layout.skippedRows = (m_layout.header ? m_layout.headerLine : m_rows[data].line) - 1;
    sayWhatWasSkipped(data);
    for (std::size_t i = data; i < m_rows.size(); ++i)
        for (const auto& cell : m_rows[i].cells)
            m_layout.evidence.add(cell);
}

CsvLayout Finder::find()
{
    skipAbove();
    chooseSeparator();
    findTable();
    return std::move(m_layout);
}

} // namespace

std::string separatorName(char separator)
{
    switch (separator) {
    case ',':
        return "comma";
    case ';':
        return "semicolon";
    case '\t':
        return "tab";
    case ' ':
        return "space";
    default:
        return std::string(1, separator);
    }
}

CsvLayout findLayout(std::string_view text, const CsvFormat& format) { return Finder(text, format).find(); }

} // namespace fplab
