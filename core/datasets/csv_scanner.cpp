#include "core/datasets/csv_scanner.h"

#include "core/util/utf8.h"

#include <algorithm>

namespace fplab {

namespace {

enum class Encoding { Utf8, LittleEndian, BigEndian };

struct Start {
    Encoding encoding;
    std::size_t mark; ///< bytes of the byte order mark
};

Start startOf(std::string_view bytes)
{
    if (bytes.starts_with("\xEF\xBB\xBF"))
        return {Encoding::Utf8, 3};
    if (bytes.starts_with("\xFF\xFE"))
        return {Encoding::LittleEndian, 2};
    if (bytes.starts_with("\xFE\xFF"))
        return {Encoding::BigEndian, 2};
    if (bytes.size() >= 4 && bytes.size() % 2 == 0) {
        if (bytes[0] && !bytes[1] && bytes[2] && !bytes[3])
            return {Encoding::LittleEndian, 0};
        if (!bytes[0] && bytes[1] && !bytes[2] && bytes[3])
            return {Encoding::BigEndian, 0};
    }
    return {Encoding::Utf8, 0};
}

Result<std::string> decodeUtf16(std::string_view bytes, bool bigEndian)
{
    std::string text;
    text.reserve(bytes.size() / 2);
    int line = 1;
    const auto unit = [&](std::size_t i) -> char32_t {
        const auto first = static_cast<unsigned char>(bytes[i]), second = static_cast<unsigned char>(bytes[i + 1]);
        return bigEndian ? first << 8 | second : second << 8 | first;
    };
    const auto broken = [&] {
        Diagnostic error;
        error.what = "the file ends within a character or holds a broken one (UTF-16)";
        error.line = line;
        return error;
    };
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        if (i + 1 >= bytes.size())
            return broken();
        char32_t codePoint = unit(i);
        if (codePoint >= 0xD800 && codePoint <= 0xDFFF) {
            const char32_t low = i + 3 < bytes.size() ? unit(i + 2) : 0;
            if (codePoint >= 0xDC00 || low < 0xDC00 || low > 0xDFFF)
                return broken();
            codePoint = 0x10000 + ((codePoint - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        line += codePoint == '\n';
        appendUtf8(text, codePoint);
    }
    return text;
}

} // namespace

Result<std::string> decodeText(std::string_view bytes)
{
    const auto [encoding, mark] = startOf(bytes);
    bytes.remove_prefix(mark);
    if (encoding == Encoding::Utf8)
        return std::string(bytes);
    return decodeUtf16(bytes, encoding == Encoding::BigEndian);
}

std::string quotedField(std::string_view field)
{
    constexpr int longest = 40;
    std::string text = "\"";
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
    return text + '"';
}

CsvScanner::CsvScanner(std::string_view text, char separator)
    : m_text(text)
    , m_separator(separator)
{
}

bool CsvScanner::next()
{
    while (m_at < m_text.size() && !m_error) {
        m_rowLine = m_line;
        if (m_text[m_at] == '#') {
            while (!atLineEnd())
                ++m_at;
            skipLineEnd();
            continue;
        }
        readRow();
        const auto row = fields();
        if (!m_error && std::any_of(row.begin(), row.end(), [](const std::string& field) { return !field.empty(); }))
            return true;
    }
    m_count = 0;
    return false;
}

bool CsvScanner::atLineEnd() const { return m_at >= m_text.size() || m_text[m_at] == '\n' || m_text[m_at] == '\r'; }

bool CsvScanner::isBlank(char c) const { return c == ' ' || (c == '\t' && m_separator != '\t'); }

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
    m_count = 0;
    for (;;) {
        skipBlanks();
        if (m_separator == ' ' && atLineEnd())
            break;
        if (m_count == maxFields)
            return fail("a row has more than 256 fields", m_line);
        if (m_count == m_fields.size())
            m_fields.emplace_back();
        m_fields[m_count].clear();
        readField(m_fields[m_count++]);
        if (m_error)
            return;
        if (atLineEnd())
            break;
        if (m_separator != ' ')
            ++m_at; // readField stops at a separator or a line end
    }
    skipLineEnd();
}

void CsvScanner::readField(std::string& field)
{
    if (m_at < m_text.size() && m_text[m_at] == '"')
        return readQuoted(field);
    const std::size_t start = m_at;
    const auto atSeparator
        = [this] { return m_separator == ' ' ? isBlank(m_text[m_at]) : m_text[m_at] == m_separator; };
    for (; !atLineEnd() && !atSeparator(); ++m_at) {
        if (m_text[m_at] == '\0')
            return fail("a zero byte; this is not a text file", m_line);
    }
    std::size_t end = m_at;
    while (end > start && isBlank(m_text[end - 1]))
        --end;
    if (end - start > maxFieldBytes)
        return fail("a field is longer than 1 MB", m_line);
    field.assign(m_text.substr(start, end - start));
}

void CsvScanner::readQuoted(std::string& field)
{
    const int start = m_line;
    for (++m_at;;) {
        if (m_at >= m_text.size())
            return fail("a quote is opened and never closed", start);
        const char c = m_text[m_at++];
        if (c == '\0')
            return fail("a zero byte; this is not a text file", m_line);
        if (c == '"') {
            if (m_at >= m_text.size() || m_text[m_at] != '"')
                break;
            ++m_at; // "" is a quote
        }
        m_line += c == '\n' || (c == '\r' && (m_at >= m_text.size() || m_text[m_at] != '\n'));
        if (field.size() == maxFieldBytes)
            return fail("a field is longer than 1 MB", start);
        field += c;
    }
    const bool separated = m_separator == ' ' && m_at < m_text.size() && isBlank(m_text[m_at]);
    skipBlanks();
    if (!separated && !atLineEnd() && m_text[m_at] != m_separator)
        fail("text follows a closing quote", m_line);
}

void CsvScanner::fail(std::string what, int line)
{
    m_error.emplace();
    m_error->what = std::move(what);
    m_error->line = line;
    m_error->column = static_cast<int>(m_count);
}

} // namespace fplab
