#include "core/datasets/csv_scanner.h"

#include "core/base/utf8.h"

#include <algorithm>

namespace fplab {

std::string shownField(std::string_view field)
{
    constexpr int longest = 40;
    std::string text;
    for (int count = 0; !field.empty(); ++count) {
        if (count == longest) {
            text += "...";
            break;
        }
        const auto c = takeCodePoint(field);
        if (!c)
            field.remove_prefix(1);
        if (!c || *c < ' ' || (*c >= 0x7F && *c < 0xA0))
            text += '?';
        else
            appendUtf8(text, *c);
    }
    return text;
}

std::string quotedField(std::string_view field) { return '"' + shownField(field) + '"'; }

CsvScanner::CsvScanner(std::string_view text, char separator, int firstLine)
    : m_text(text)
    , m_separator(separator)
    , m_line(firstLine)
{
}

bool CsvScanner::step()
{
    if (m_at >= m_text.size() || m_error) {
        m_fields.clear();
        return false;
    }
    m_rowLine = m_line;
    readRow();
    return !m_error;
}

bool CsvScanner::next(std::span<const std::string> comments)
{
    for (;;) {
        if (!comments.empty() && !m_error && startsWithAny(comments)) {
            skipLine();
            continue;
        }
        if (!step())
            return false;
        if (std::ranges::any_of(m_fields, [](std::string_view field) { return !field.empty(); }))
            return true;
    }
}

std::span<const std::string_view> CsvScanner::trimmedFields() const
{
    std::size_t width = m_fields.size();
    while (width > 0 && m_fields[width - 1].empty())
        --width;
    return {m_fields.data(), width};
}

bool CsvScanner::startsWithAny(std::span<const std::string> comments) const
{
    std::string_view rest = m_text.substr(std::min(m_at, m_text.size()));
    while (!rest.empty() && isBlank(rest.front()))
        rest.remove_prefix(1);
    return std::ranges::any_of(comments, [rest](const std::string& mark) { return rest.starts_with(mark); });
}

std::string_view CsvScanner::nextLine() const
{
    const std::string_view rest = m_text.substr(std::min(m_at, m_text.size()));
    return rest.substr(0, rest.find_first_of("\r\n"));
}

void CsvScanner::skipLine()
{
    m_at += nextLine().size();
    skipLineEnd();
}

bool CsvScanner::atLineEnd() const { return m_at >= m_text.size() || m_text[m_at] == '\n' || m_text[m_at] == '\r'; }

void CsvScanner::skipLineEnd()
{
    if (m_at >= m_text.size())
        return;
    m_at += m_text.substr(m_at).starts_with("\r\n") ? 2 : 1;
    ++m_line;
}

void CsvScanner::skipBlanks()
{
    while (m_at < m_text.size() && isBlank(m_text[m_at]))
        ++m_at;
}

void CsvScanner::readRow()
{
    m_fields.clear();
    m_used = 0;
    for (;;) {
        skipBlanks();
        if (m_separator == ' ' && atLineEnd())
            break;
        if (m_fields.size() == maxFields)
            return fail("a row has more than " + std::to_string(maxFields) + " cells", m_line);
        const auto field = readField();
        m_fields.push_back(field);
        if (m_error)
            return;
        if (atLineEnd())
            break;
        if (m_separator != ' ')
            ++m_at; // readField stops at a separator or a line end
    }
    skipLineEnd();
}

std::string_view CsvScanner::readField()
{
    if (m_at < m_text.size() && m_text[m_at] == '"')
        return readQuoted();
    const std::size_t start = m_at;
    const auto atSeparator
        = [this] { return m_separator == ' ' ? isBlank(m_text[m_at]) : m_text[m_at] == m_separator; };
    for (; !atLineEnd() && !atSeparator(); ++m_at) {
        if (m_text[m_at] == '\0') {
            fail("a zero byte; this is not a text file", m_line);
            return {};
        }
    }
    std::size_t end = m_at;
    while (end > start && isBlank(m_text[end - 1]))
        --end;
    if (end - start > maxFieldBytes)
        fail("a cell is longer than 1 MB", m_line);
    return m_text.substr(start, end - start);
}

std::string_view CsvScanner::readQuoted()
{
    const int startLine = m_line;
    const std::size_t start = m_at;
    bool doubled = false;
    std::size_t end = 0;
    for (++m_at;;) {
        if (m_at >= m_text.size()) {
            fail("a quote is opened and never closed", startLine);
            return {};
        }
        const char c = m_text[m_at++];
        if (c == '\0') {
            fail("a zero byte; this is not a text file", m_line);
            return {};
        }
        if (c == '"') {
            if (m_at >= m_text.size() || m_text[m_at] != '"') {
                end = m_at - 1;
                break;
            }
            ++m_at; // "" is a quote
            doubled = true;
        }
        m_line += c == '\n' || (c == '\r' && (m_at >= m_text.size() || m_text[m_at] != '\n'));
        if (m_at - start > maxFieldBytes) {
            fail("a cell is longer than 1 MB", startLine);
            return {};
        }
    }
    const bool separated = m_separator == ' ' && m_at < m_text.size() && isBlank(m_text[m_at]);
    skipBlanks();
    if (!separated && !atLineEnd() && m_text[m_at] != m_separator) { // more text: then the quotes are part of it
        m_at = end + 1;
        (void)readField();
        return m_text.substr(start, m_at - start);
    }
    const std::string_view inside = m_text.substr(start + 1, end - start - 1);
    if (!doubled)
        return inside;
    if (m_used == m_unquoted.size())
        m_unquoted.emplace_back();
    std::string& plain = m_unquoted[m_used++];
    plain.clear();
    for (std::size_t i = 0; i < inside.size(); ++i) {
        plain += inside[i];
        i += inside[i] == '"';
    }
    return plain;
}

void CsvScanner::fail(std::string what, int line)
{
    m_error.emplace();
    m_error->what = std::move(what);
    m_error->line = line;
    m_error->column = static_cast<int>(m_fields.size() + 1);
}

} // namespace fplab
