#include "core/datasets/csv_number.h"

#include "core/base/utf8.h"
#include "core/datasets/csv_scanner.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace fplab {

namespace {

constexpr std::size_t longestNumber = 400; ///< characters; the longest doubles printed in full have about 330

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// A cell in ASCII: all minus signs '-', all spaces ' ', all apostrophes '\''. False if it holds anything else.
struct PlainCell {
    std::array<char, longestNumber> characters;
    std::size_t size = 0;
    [[nodiscard]] std::string_view text() const { return {characters.data(), size}; }
};

char plainCharacter(char32_t c)
{
    switch (c) {
    case 0x2212:
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0xFE63:
    case 0xFF0D:
        return '-';
    case 0xA0:
    case 0x202F:
    case 0x2007:
    case 0x2009:
    case 0x200A:
    case 0x3000:
    case '\t':
        return ' ';
    case 0x2019:
    case 0x02BC:
    case 0xB4:
        return '\'';
    default:
        return c == ' ' ? ' ' : '\0';
    }
}

bool makePlain(std::string_view cell, PlainCell& plain)
{
    while (!cell.empty()) {
        char ascii = cell.front();
        if (ascii > ' ') {
            cell.remove_prefix(1);
        } else {
            const auto c = takeCodePoint(cell);
            ascii = c ? plainCharacter(*c) : '\0';
        }
        if (ascii == '\0' || plain.size == longestNumber)
            return false;
        if (ascii != ' ' || plain.size > 0)
            plain.characters[plain.size++] = ascii;
    }
    while (plain.size > 0 && plain.characters[plain.size - 1] == ' ')
        --plain.size;
    return plain.size > 0;
}

CellNumber fromCharacters(std::string_view text)
{
    CellNumber number;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number.value);
    if (code == std::errc::invalid_argument || end != text.data() + text.size())
        return {};
    if (code == std::errc::result_out_of_range)
        number.state = NumberState::OutOfRange;
    else
        number.state = std::isfinite(number.value) ? NumberState::Number : NumberState::NotFinite;
    return number;
}

/// Digits before the decimal mark with groups of three: "1,234,567". `text` holds digits and marks only.
bool isGrouped(std::string_view text, char mark)
{
    const auto first = text.find(mark);
    if (first == 0 || first > 3 || text[0] == '0')
        return false;
    for (std::size_t at = first; at < text.size(); at += 4) {
        if (text[at] != mark || text.size() - at < 4 || !isDigit(text[at + 1]) || !isDigit(text[at + 2])
            || !isDigit(text[at + 3]))
            return false;
    }
    return true;
}

/// Where the digits and marks of a number end and its exponent begins, after the sign.
std::size_t mantissaEnd(std::string_view text)
{
    const auto end = text.find_first_of("eEdD");
    return end == text.npos ? text.size() : end;
}

} // namespace

CellNumber readNumber(std::string_view cell, const NumberFormat& format)
{
    if (format.decimal == '.') {
        const auto number = fromCharacters(cell.starts_with('+') && !cell.starts_with("+-") ? cell.substr(1) : cell);
        if (number.state != NumberState::NotANumber)
            return number;
    }
    PlainCell plain;
    if (!makePlain(cell, plain))
        return {};
    std::string_view text = plain.text();
    std::array<char, longestNumber> out;
    std::size_t size = 0;
    if (text.front() == '+' || text.front() == '-') {
        if (text.front() == '-')
            out[size++] = '-';
        text.remove_prefix(1);
        if (text.starts_with(' ')) // "- 5"
            text.remove_prefix(1);
        if (text.empty() || text.front() == '-' || text.front() == '+')
            return {};
    }
    if (!isDigit(text.front()) && text.front() != format.decimal) { // "inf", "nan", or no number
        std::ranges::copy(text, out.begin() + size);
        return fromCharacters({out.data(), size + text.size()});
    }
    const std::size_t end = mantissaEnd(text);
    const std::string_view mantissa = text.substr(0, end);
    const std::string_view whole = mantissa.substr(0, mantissa.find(format.decimal));
    const bool grouped = format.thousands != 0 && whole.find(format.thousands) != whole.npos;
    if (grouped && !isGrouped(whole, format.thousands))
        return {};
    for (const char c : whole) {
        if (!isDigit(c) && !(grouped && c == format.thousands))
            return {};
        if (isDigit(c))
            out[size++] = c;
    }
    const std::string_view decimals = mantissa.substr(whole.size());
    if (format.decimal == ',' && decimals.size() == 1) // "5," is a typing error, "5." is not
        return {};
    for (std::size_t i = 0; i < decimals.size(); ++i) {
        if (i > 0 && !isDigit(decimals[i]))
            return {};
        out[size++] = i == 0 ? '.' : decimals[i];
    }
    for (std::size_t i = end; i < text.size(); ++i) {
        if (i == end)
            out[size++] = 'e';
        else if (!(i == end + 1 && text[i] == '+'))
            out[size++] = text[i];
    }
    return fromCharacters({out.data(), size});
}

std::string complaintOf(NumberState state, std::string_view cell)
{
    if (cell.empty())
        return "an empty cell is not a number";
    switch (state) {
    case NumberState::NotFinite:
        return quotedField(cell) + " is not a finite number";
    case NumberState::OutOfRange:
        return quotedField(cell) + " is too large or too small";
    default:
        return quotedField(cell) + " is not a number";
    }
}

bool isMissing(std::string_view cell)
{
    constexpr std::array<std::string_view, 20> words {"", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--",
        "---", "?", ".", "..", "*", "inf", "-inf", "-nan", "missing", "#value!"};
    if (cell.size() > 8)
        return false;
    std::string lower(cell);
    std::ranges::transform(
        lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return std::ranges::find(words, lower) != words.end();
}

/// The usual cells: digits with at most one mark. False if it is another.
bool MarkEvidence::addPlain(std::string_view cell)
{
    if (!cell.empty() && (cell.front() == '-' || cell.front() == '+'))
        cell.remove_prefix(1);
    std::size_t at = cell.npos;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        if (isDigit(cell[i]))
            continue;
        if ((cell[i] != '.' && cell[i] != ',') || at != cell.npos)
            return false;
        at = i;
    }
    if (at == cell.npos) {
        (cell.size() <= 3 ? smallIntegers : longIntegers) += !cell.empty();
        return true;
    }
    Mark& mark = cell[at] == '.' ? point : comma;
    if (isGrouped(cell, cell[at])) {
        if (mark.either++ == 0)
            mark.example = cell;
    } else {
        ++mark.decimal;
    }
    return true;
}

void MarkEvidence::add(std::string_view cell)
{
    if (addPlain(cell))
        return;
    PlainCell plain;
    if (!makePlain(cell, plain))
        return;
    std::string_view text = plain.text();
    if (text.front() == '-' || text.front() == '+')
        text.remove_prefix(1);
    const std::size_t end = mantissaEnd(text);
    const std::string_view mantissa = text.substr(0, end);
    std::size_t points = 0, commas = 0, blanks = 0, quotes = 0;
    for (const char c : mantissa) {
        points += c == '.';
        commas += c == ',';
        blanks += c == ' ';
        quotes += c == '\'';
        if (!isDigit(c) && c != '.' && c != ',' && c != ' ' && c != '\'')
            return;
    }
    if (mantissa.empty() || (blanks > 0 && quotes > 0))
        return;
    if (points + commas + blanks + quotes == 0) {
        (mantissa.size() <= 3 ? smallIntegers : longIntegers) += end == text.size();
        return;
    }
    const auto certain = [&](std::size_t& count) {
        if (count++ == 0 && grouped.empty())
            grouped = cell;
    };
    const char last = commas == 0 ? '.' : points == 0 ? ',' : mantissa.rfind('.') > mantissa.rfind(',') ? '.' : ',';
    const std::size_t ofLast = last == '.' ? points : commas, ofOther = last == '.' ? commas : points;
    Mark& mark = last == '.' ? point : comma;
    const std::string_view whole = mantissa.substr(0, mantissa.find(last));
    if (blanks + quotes + ofOther > 0) { // groups, and perhaps decimals
        const char group = blanks > 0 ? ' ' : quotes > 0 ? '\'' : last == '.' ? ',' : '.';
        if (ofLast > 1 || (ofOther > 0 && blanks + quotes > 0) || whole.find(group) == whole.npos
            || !isGrouped(whole, group))
            return;
        certain(blanks > 0 ? spaces : quotes > 0 ? apostrophes : last == '.' ? comma.thousands : point.thousands);
        mark.decimal += ofLast;
        return;
    }
    if (ofLast == 1 && end == text.size())
        addPlain(text); // something stood around it
    else if (ofLast == 1)
        ++mark.decimal;
    else if (isGrouped(mantissa, last))
        certain(mark.thousands);
}

MarkEvidence& MarkEvidence::operator+=(const MarkEvidence& other)
{
    for (const auto& [mine, its] : {std::pair(&point, &other.point), {&comma, &other.comma}}) {
        mine->decimal += its->decimal;
        mine->thousands += its->thousands;
        mine->either += its->either;
    }
    apostrophes += other.apostrophes;
    spaces += other.spaces;
    smallIntegers += other.smallIntegers;
    longIntegers += other.longIntegers;
    return *this;
}

FormatChoice chooseFormat(
    const MarkEvidence& column, const MarkEvidence& table, char separator, char decimal, char thousands)
{
    FormatChoice choice;
    NumberFormat& format = choice.format;
    const auto groups = [&](char mark) { return column.of(mark).thousands + column.of(mark).either > 0; };
    const auto certainDecimal = [](const MarkEvidence& evidence) {
        return evidence.point.decimal == evidence.comma.decimal ? '\0'
            : evidence.point.decimal > evidence.comma.decimal   ? '.'
                                                                : ',';
    };
    const auto certainGroups = [](const MarkEvidence& evidence) {
        return evidence.comma.thousands > evidence.point.thousands ? '.' : evidence.point.thousands > 0 ? ',' : '\0';
    };
    if (decimal == 0 && (thousands == ',' || thousands == '.'))
        decimal = thousands == ',' ? '.' : ',';
    for (const char found :
        {decimal, certainDecimal(column), certainGroups(column), certainDecimal(table), certainGroups(table)}) {
        if (decimal == 0)
            decimal = found;
    }
    if (decimal == 0) { // all marks of the column have exactly three digits behind them
        const bool both = column.point.either > 0 && column.comma.either > 0;
        decimal = column.comma.either > 0 ? ',' : '.';
        const bool beside = column.smallIntegers > 0 || (decimal == ',' && separator != ';' && table.smallIntegers > 0);
        if (column.of(decimal).either > 0 && thousands != 'n' && (both || (beside && column.longIntegers == 0)))
            choice.ambiguous = decimal;
    }
    format.decimal = decimal;
    const char other = decimal == '.' ? ',' : '.';
    if (thousands == 'n')
        format.thousands = 0;
    else if (thousands != 0)
        format.thousands = thousands;
    else
        format.thousands = groups(other) ? other : column.apostrophes > 0 ? '\'' : column.spaces > 0 ? ' ' : '\0';
    return choice;
}

} // namespace fplab
