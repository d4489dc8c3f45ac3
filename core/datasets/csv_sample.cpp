#include "core/datasets/csv_sample.h"

#include "core/datasets/csv_number.h"
#include "core/datasets/csv_scanner.h"
#include "core/datasets/csv_time.h"

#include <algorithm>
#include <array>

namespace fplab {

namespace {

constexpr std::size_t usualBytes = 64u << 10, mostBytes = 8u << 20, fewestLines = 30, mostLines = 400;

std::string_view withoutBlanks(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

} // namespace

std::string_view sampleOf(std::string_view text)
{
    std::size_t at = 0;
    for (std::size_t lines = 0; at < text.size() && lines < mostLines;) {
        const auto end = text.find_first_of("\r\n", at);
        const auto next = end == text.npos ? text.size() : end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
        if (at > 0 && (next > mostBytes || (next > usualBytes && lines >= fewestLines)))
            break;
        lines += text.compare(at, 1, "#") != 0; // long comments leave room for the numbers
        at = next;
    }
    return text.substr(0, at);
}

std::string_view commentMark(std::string_view line, char separator)
{
    constexpr std::array<std::string_view, 7> marks {"#", "%", "//", ";", "!", "@", "*"};
    line = withoutBlanks(line);
    for (const auto mark : marks)
        if (line.starts_with(mark) && mark[0] != separator)
            return mark;
    return {};
}

std::vector<std::string> cutLine(std::string_view line, char separator)
{
    std::vector<std::string> cells;
    if (separator == '2') {
        line = withoutBlanks(line);
        while (!line.empty()) {
            auto end = line.find("  ");
            end = std::min(end, line.find('\t'));
            cells.emplace_back(withoutBlanks(line.substr(0, end)));
            line = end == line.npos ? std::string_view() : withoutBlanks(line.substr(end));
        }
        return cells;
    }
    CsvScanner scanner(line, separator);
    if (scanner.next())
        cells.assign(scanner.trimmedFields().begin(), scanner.trimmedFields().end());
    return cells;
}

bool looksLikeValue(std::string_view cell, char decimal)
{
    if (cell.empty())
        return false;
    const char other = decimal == '.' ? ',' : '.';
    for (const char thousands : {'\0', other, '\'', ' '}) {
        if (readNumber(cell, {decimal, thousands}).state == NumberState::Number)
            return true;
    }
    return readTime(cell, DateOrder::Found).has_value();
}

bool looksLikeUnit(std::string_view cell)
{
    constexpr std::array<std::string_view, 61> units {"s", "sec", "ms", "us", "µs", "μs", "ns", "min", "h", "hr", "d",
        "V", "mV", "uV", "µV", "kV", "A", "mA", "uA", "µA", "nA", "W", "mW", "kW", "Hz", "kHz", "MHz", "GHz", "K", "°C",
        "degC", "C", "°F", "F", "m", "mm", "cm", "km", "nm", "um", "µm", "kg", "g", "mg", "N", "kN", "Pa", "kPa", "hPa",
        "bar", "mbar", "J", "Ohm", "Ω", "%", "dB", "rad", "deg", "°", "a.u.", "1"};
    constexpr std::array<std::string_view, 5> words {"volts", "seconds", "second", "volt", "sequence"};
    cell = withoutBlanks(cell);
    const bool bracketed = cell.size() >= 2
        && ((cell.front() == '(' && cell.back() == ')') || (cell.front() == '[' && cell.back() == ']'));
    if (bracketed)
        return cell.size() <= 24;
    std::string lower(cell);
    std::ranges::transform(
        lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    if (std::ranges::find(words, std::string_view(lower)) != words.end())
        return true;
    if (cell.empty())
        return false;
    for (;;) { // factors: m/s, V^2, kg*m
        const auto end = cell.find_first_of("/*^");
        auto factor = cell.substr(0, end);
        while (factor.size() > 1 && (factor.back() == '2' || factor.back() == '3' || factor.back() == '-'))
            factor.remove_suffix(1);
        if (std::ranges::find(units, factor) == units.end() && factor != "2" && factor != "3")
            return false;
        if (end == cell.npos)
            return true;
        cell = cell.substr(end + 1);
    }
}

std::vector<SampleRow> cutSample(std::string_view sample, char separator, char decimal, int firstLine)
{
    std::vector<SampleRow> rows;
    CsvScanner scanner(sample, separator, firstLine);
    while (!scanner.atEnd() && !scanner.error()) {
        SampleRow row;
        row.raw = scanner.nextLine();
        row.line = scanner.nextLineNumber();
        row.start = scanner.position();
        if (withoutBlanks(row.raw).empty()) {
            scanner.skipLine();
            continue;
        }
        row.mark = commentMark(row.raw, separator);
        if (row.raw.find_first_not_of("-=_*+#%/;!| \t") == row.raw.npos
            && row.raw.find_first_of("-=_") != row.raw.npos) {
            scanner.skipLine();
            continue;
        }
        if (!row.mark.empty()) {
            scanner.skipLine();
            if (row.mark != "#")
                row.cells = cutLine(row.raw, separator);
        } else {
            if (!scanner.step())
                break;
            const auto fields = scanner.trimmedFields();
            if (fields.empty())
                continue;
            row.cells.assign(fields.begin(), fields.end());
            row.fields = scanner.fields().size();
        }
        for (const auto& cell : row.cells)
            row.values.push_back(looksLikeValue(cell, decimal));
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace fplab
