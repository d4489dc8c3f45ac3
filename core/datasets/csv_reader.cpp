#include "core/datasets/csv_reader.h"

#include "core/datasets/csv_scanner.h"
#include "core/util/utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <tuple>

namespace fplab {

namespace {

constexpr std::size_t maxBytes = 256u << 20, maxRows = 1'000'000, maxSkipped = 10'000;
constexpr std::size_t sampleBytes = 64u << 10, sampleRows = 100; ///< what the dialect is judged by

enum class NumberState { Number, NotANumber, NotFinite, OutOfRange };

struct Number {
    NumberState state = NumberState::NotANumber;
    double value = 0;
};

/// Independent of the locale; the whole field must be one number.
Number readNumber(std::string_view field, bool decimalComma)
{
    std::string pointed;
    if (decimalComma) {
        const auto comma = field.find(',');
        const auto digitAt = [&](std::size_t i) { return i < field.size() && field[i] >= '0' && field[i] <= '9'; };
        if (field.find('.') != std::string_view::npos
            || (comma != std::string_view::npos && !(digitAt(comma - 1) && digitAt(comma + 1))))
            return {};
        pointed = field;
        if (comma != std::string_view::npos)
            pointed[comma] = '.';
        field = pointed;
    }
    if (field.starts_with('+') && !field.starts_with("+-"))
        field.remove_prefix(1);
    Number number;
    const auto [end, code] = std::from_chars(field.data(), field.data() + field.size(), number.value);
    if (code == std::errc::invalid_argument || end != field.data() + field.size())
        return {};
    if (code == std::errc::result_out_of_range)
        number.state = NumberState::OutOfRange;
    else
        number.state = std::isfinite(number.value) ? NumberState::Number : NumberState::NotFinite;
    return number;
}

std::string complaint(NumberState state, std::string_view field)
{
    if (field.empty())
        return "an empty field is not a number";
    switch (state) {
    case NumberState::NotFinite:
        return quotedField(field) + " is not a finite number";
    case NumberState::OutOfRange:
        return quotedField(field) + " is too large or too small";
    default:
        return quotedField(field) + " is not a number";
    }
}

Diagnostic trouble(std::string what, int line, std::size_t field)
{
    Diagnostic error;
    error.what = std::move(what);
    error.line = line;
    error.column = static_cast<int>(field);
    return error;
}

bool isHeader(std::span<const std::string> fields, bool decimalComma)
{
    return std::none_of(fields.begin(), fields.end(),
        [&](const std::string& field) { return readNumber(field, decimalComma).state != NumberState::NotANumber; });
}

/// How well a separator and a decimal sign explain the sample: rows of one length that are all numbers, then rows of
/// that length at all, then the length. A lone column explains a decimal comma no better than two columns would, so it
/// is not read that way unless somebody says so.
std::tuple<std::size_t, std::size_t, std::size_t> fit(std::string_view sample, const CsvDialect& dialect)
{
    struct Rows {
        std::size_t all = 0, numeric = 0;
    };
    std::map<std::size_t, Rows> byLength;
    CsvScanner scanner(sample, dialect.separator);
    for (std::size_t row = 0; row < sampleRows && scanner.next(); ++row) {
        const auto fields = scanner.fields();
        auto& rows = byLength[fields.size()];
        ++rows.all;
        rows.numeric += std::all_of(fields.begin(), fields.end(), [&](const std::string& field) {
            return readNumber(field, dialect.decimalComma).state == NumberState::Number;
        });
    }
    std::tuple<std::size_t, std::size_t, std::size_t> best {0, scanner.error() ? 1 : 0, 0}; // too many fields, say
    for (const auto& [length, rows] : byLength) {
        if (length > 1)
            best = std::max(best, {rows.numeric, rows.all, length});
        else if (!dialect.decimalComma)
            best = std::max(best, {rows.numeric, 0, 0});
    }
    return best;
}

CsvDialect detectInText(std::string_view text)
{
    std::string_view sample = text.substr(0, sampleBytes);
    if (sample.size() < text.size())
        sample = sample.substr(0, sample.find_last_of("\r\n") + 1); // npos + 1 == 0: one endless line tells nothing
    CsvDialect best;
    auto bestFit = fit(sample, best);
    for (const bool decimalComma : {false, true}) {
        for (const char separator : {',', ';', '\t', '|', ' '}) {
            const CsvDialect dialect {separator, decimalComma, false};
            if (auto quality = fit(sample, dialect); quality > bestFit) {
                best = dialect;
                bestFit = quality;
            }
        }
    }
    CsvScanner scanner(text, best.separator);
    best.header = scanner.next() && isHeader(scanner.fields(), best.decimalComma);
    return best;
}

bool isUtf8(std::string_view text)
{
    while (!text.empty()) {
        if (!takeCodePoint(text))
            return false;
    }
    return true;
}

class Reader {
public:
    Reader(std::string_view text, const CsvDialect& dialect, BadRows badRows)
        : m_scanner(text, dialect.separator)
        , m_badRows(badRows)
    {
        m_table.dialect = dialect;
    }

    Result<CsvTable> run()
    {
        for (bool first = true; m_scanner.next(); first = false) {
            if (first) {
                if (const auto status = start(); !status)
                    return status.error();
                if (m_table.dialect.header)
                    continue;
            }
            if (m_table.rows() + m_table.skipped.size() == maxRows)
                return trouble("the file has more than 1000000 rows", m_scanner.line(), 0);
            if (const auto status = addRow(); !status) {
                if (m_badRows == BadRows::Refuse)
                    return status.error();
                if (m_table.skipped.size() == maxSkipped)
                    return trouble(
                        "more than 10000 rows cannot be read; this is not a table of numbers", m_scanner.line(), 0);
                m_table.skipped.push_back(status.error());
            }
        }
        if (m_scanner.error())
            return *m_scanner.error();
        if (m_table.rows() == 0)
            return m_table.skipped.empty() ? trouble("the file holds no rows of numbers", 0, 0)
                                           : m_table.skipped.front();
        return std::move(m_table);
    }

private:
    /// Names and number of the columns, from the first row.
    Status start()
    {
        const auto fields = m_scanner.fields();
        m_table.columns.resize(fields.size());
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const bool named = m_table.dialect.header && !fields[i].empty();
            if (named && !isUtf8(fields[i])) {
                auto error = trouble("the name of a column is not UTF-8 text", m_scanner.line(), i + 1);
                error.advice = "Save the file with the encoding UTF-8.";
                return error;
            }
            m_table.names.push_back(named ? fields[i] : "column " + std::to_string(i + 1));
        }
        return success();
    }

    /// Adds the row entirely or not at all.
    Status addRow()
    {
        const auto fields = m_scanner.fields();
        const std::size_t width = m_table.columns.size();
        if (fields.size() != width)
            return trouble(
                "this row has " + std::to_string(fields.size()) + " fields instead of " + std::to_string(width),
                m_scanner.line(), std::min(fields.size(), width) + 1);
        m_row.clear();
        for (std::size_t i = 0; i < width; ++i) {
            const auto number = readNumber(fields[i], m_table.dialect.decimalComma);
            if (number.state != NumberState::Number)
                return trouble(complaint(number.state, fields[i]), m_scanner.line(), i + 1);
            m_row.push_back(number.value);
        }
        for (std::size_t i = 0; i < width; ++i)
            m_table.columns[i].push_back(m_row[i]);
        return success();
    }

    CsvScanner m_scanner;
    BadRows m_badRows;
    CsvTable m_table;
    std::vector<double> m_row;
};

} // namespace

CsvDialect detectDialect(std::string_view text)
{
    const auto decoded = decodeText(text);
    return decoded ? detectInText(*decoded) : CsvDialect {};
}

Result<CsvTable> parseCsv(std::string_view bytes, BadRows badRows, const CsvDialect* dialect)
{
    if (bytes.size() > maxBytes)
        return trouble("the file is larger than 256 MB", 0, 0);
    const auto text = decodeText(bytes);
    if (!text)
        return text.error();
    return Reader(*text, dialect ? *dialect : detectInText(*text), badRows).run();
}

} // namespace fplab
