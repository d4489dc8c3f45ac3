#include "core/fields/json.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <unordered_set>

namespace fplab {
namespace {

constexpr int maxDepth = 32;
constexpr std::size_t maxDigits = 100;
constexpr std::size_t maxValues = 1'000'000; ///< each takes a hundred times the memory of a number in a flat list
constexpr std::string_view byteOrderMark = "\xef\xbb\xbf";

std::string quoted(std::string_view text)
{
    static constexpr char hex[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\r':
            out += "\\r";
            break;
        default:
            if (byte < 0x20 || byte == 0x7f)
                out += {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
            else
                out += c;
        }
    }
    return out + '"';
}

/// Length of the well-formed UTF-8 sequence at the start of `text`; 0 if there is none.
std::size_t sequenceLength(std::string_view text)
{
    auto rest = text;
    return takeCodePoint(rest) ? text.size() - rest.size() : 0;
}

bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Where entry `index` of the list that starts at `offset` of a well-formed text does; no strings in the list.
std::size_t entryOffset(std::string_view text, std::size_t offset, std::size_t index)
{
    int depth = 0;
    for (++offset; index > 0; ++offset) {
        const char c = text[offset];
        depth += (c == '[') - (c == ']');
        index -= c == ',' && depth == 0;
    }
    while (isSpace(text[offset]))
        ++offset;
    return offset;
}

class Parser {
public:
    explicit Parser(std::string_view text)
        : m_text(text)
    {
    }

    Result<JsonValue> document()
    {
        if (m_text.starts_with(byteOrderMark))
            m_pos = byteOrderMark.size();
        JsonValue root;
        skipSpace();
        if (!readValue(root, 0))
            return m_error;
        skipSpace();
        if (m_pos < m_text.size())
            return unexpected("the end of the file"), m_error;
        return root;
    }

private:
    [[nodiscard]] bool atEnd() const { return m_pos >= m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_pos]; }

    bool fail(std::string what, std::size_t pos)
    {
        const auto position = positionOf(m_text, pos);
        m_error.what = std::move(what);
        m_error.line = position.line;
        m_error.column = position.column;
        return false;
    }

    bool unexpected(std::string_view expected)
    {
        std::string found = "the end of the file";
        if (!atEnd()) {
            const auto rest = m_text.substr(m_pos);
            const auto length = sequenceLength(rest);
            const auto c = static_cast<unsigned char>(rest[0]);
            if (c == '\n' || c == '\r')
                found = "the end of the line";
            else if (length == 0 || c < 0x20)
                found = "a byte that is not text";
            else
                found = std::string(1, '\'').append(rest.substr(0, length)) + '\'';
        }
        return fail("not valid JSON: expected " + std::string(expected) + ", found " + found, m_pos);
    }

    void skipSpace()
    {
        while (!atEnd() && isSpace(m_text[m_pos]))
            ++m_pos;
    }

    bool word(std::string_view expected)
    {
        if (!m_text.substr(m_pos).starts_with(expected))
            return unexpected("a value");
        m_pos += expected.size();
        return true;
    }

    bool readValue(JsonValue& out, int depth)
    {
        out.offset = m_pos;
        if (++m_values > maxValues)
            return fail("has more than " + std::to_string(maxValues) + " values besides lists of numbers", m_pos);
        switch (peek()) {
        case '{':
            return readObject(out, depth);
        case '[':
            return readArray(out, depth);
        case '"':
            out.type = JsonValue::Type::String;
            return readString(out.text);
        case 't':
            out.type = JsonValue::Type::Bool;
            out.boolean = true;
            return word("true");
        case 'f':
            out.type = JsonValue::Type::Bool;
            return word("false");
        case 'n':
            return word("null");
        default:
            return readNumber(out);
        }
    }

    bool enter(int depth)
    {
        ++m_pos;
        return depth < maxDepth || fail("nested more than " + std::to_string(maxDepth) + " deep", m_pos - 1);
    }

    bool readArray(JsonValue& out, int depth)
    {
        out.type = JsonValue::Type::Array;
        if (!enter(depth))
            return false;
        skipSpace();
        if (peek() == ']')
            return ++m_pos, true;
        if (readFlat(out, depth))
            return true;
        for (;;) {
            skipSpace();
            if (!readValue(out.items.emplace_back(), depth + 1))
                return false;
            skipSpace();
            if (peek() == ']')
                return ++m_pos, true;
            if (peek() != ',')
                return unexpected("',' or ']'");
            ++m_pos;
        }
    }

    /// The rest of a list of numbers, or of lists of numbers. False, at the same place, if it is or has anything else:
    /// read in general, that is told apart and reported. A text is looked at no more than three times in this way.
    bool readFlat(JsonValue& out, int depth)
    {
        const auto start = m_pos;
        const bool rows = peek() == '[';
        bool flat = rows ? depth + 1 < maxDepth : true;
        for (bool more = flat; more; more = flat && takeComma()) {
            skipSpace();
            if (rows) {
                flat = peek() == '[' && (++m_pos, takeNumbers(out.numbers));
                out.rowEnds.push_back(out.numbers.size());
                skipSpace();
            } else {
                flat = takeNumber(out.numbers);
            }
        }
        if (flat && peek() == ']')
            return ++m_pos, true;
        m_pos = start;
        out.numbers = {};
        out.rowEnds = {};
        return false;
    }

    /// The numbers of a list up to its end.
    bool takeNumbers(std::vector<double>& out)
    {
        skipSpace();
        if (peek() == ']')
            return ++m_pos, true;
        do {
            skipSpace();
            if (!takeNumber(out))
                return false;
        } while (takeComma());
        return peek() == ']' && (++m_pos, true);
    }

    bool takeNumber(std::vector<double>& out)
    {
        const char c = peek();
        double value = 0;
        if ((c != '-' && !isDigit(c)) || !scanNumber(value))
            return false;
        out.push_back(value);
        skipSpace();
        return true;
    }

    bool takeComma() { return peek() == ',' && (++m_pos, true); }

    bool readObject(JsonValue& out, int depth)
    {
        out.type = JsonValue::Type::Object;
        if (!enter(depth))
            return false;
        skipSpace();
        if (peek() == '}')
            return ++m_pos, true;
        std::unordered_set<std::string> seen;
        for (;;) {
            skipSpace();
            const auto start = m_pos;
            if (peek() != '"')
                return unexpected("a key in quotes");
            std::string key;
            if (!readString(key))
                return false;
            if (!seen.insert(key).second)
                return fail("the key " + quoted(key) + " stands there twice", start);
            skipSpace();
            if (peek() != ':')
                return unexpected("':'");
            ++m_pos;
            skipSpace();
            if (!readValue(out.members.emplace_back(std::move(key), JsonValue {}).second, depth + 1))
                return false;
            skipSpace();
            if (peek() == '}')
                return ++m_pos, true;
            if (peek() != ',')
                return unexpected("',' or '}'");
            ++m_pos;
        }
    }

    bool readHex(char32_t& code)
    {
        code = 0;
        for (int i = 0; i < 4; ++i, ++m_pos) {
            const char c = peek();
            if (c >= '0' && c <= '9')
                code = code * 16 + static_cast<char32_t>(c - '0');
            else if ((c | 32) >= 'a' && (c | 32) <= 'f')
                code = code * 16 + static_cast<char32_t>((c | 32) - 'a' + 10);
            else
                return unexpected("four hexadecimal digits");
        }
        return true;
    }

    bool readEscape(std::string& out)
    {
        static constexpr std::string_view names = "\"\\/bfnrt", values = "\"\\/\b\f\n\r\t";
        if (const auto i = names.find(peek()); !atEnd() && i != names.npos) {
            out += values[i];
            ++m_pos;
            return true;
        }
        if (peek() != 'u')
            return unexpected("an escape such as \\n");
        ++m_pos;
        char32_t code = 0;
        if (!readHex(code))
            return false;
        if (code >= 0xd800 && code < 0xdc00) {
            char32_t low = 0;
            if (!m_text.substr(m_pos).starts_with("\\u"))
                return unexpected("the second half of a surrogate pair");
            m_pos += 2;
            if (!readHex(low))
                return false;
            if (low < 0xdc00 || low > 0xdfff)
                return fail("not valid JSON: half a surrogate pair", m_pos);
            code = 0x10000 + (code - 0xd800) * 0x400 + (low - 0xdc00);
        } else if (code >= 0xdc00 && code <= 0xdfff) {
            return fail("not valid JSON: half a surrogate pair", m_pos);
        }
        appendUtf8(out, code);
        return true;
    }

    bool readString(std::string& out)
    {
        for (++m_pos;;) {
            if (atEnd())
                return unexpected("the closing '\"'");
            const char c = m_text[m_pos];
            if (c == '"')
                return ++m_pos, true;
            if (c == '\\') {
                ++m_pos;
                if (!readEscape(out))
                    return false;
                continue;
            }
            const auto length = sequenceLength(m_text.substr(m_pos));
            if (length == 0 || static_cast<unsigned char>(c) < 0x20)
                return unexpected("the closing '\"'");
            out += m_text.substr(m_pos, length);
            m_pos += length;
        }
    }

    bool digits()
    {
        if (!isDigit(peek()))
            return unexpected("a digit");
        while (isDigit(peek()))
            ++m_pos;
        return true;
    }

    bool readNumber(JsonValue& out)
    {
        const auto start = m_pos;
        out.type = JsonValue::Type::Number;
        if (!scanNumber(out.number))
            return false;
        out.text = m_text.substr(start, m_pos - start);
        return true;
    }

    bool scanNumber(double& value)
    {
        const auto start = m_pos;
        if (peek() != '-' && !isDigit(peek()))
            return unexpected("a value");
        if (peek() == '-')
            ++m_pos;
        if (peek() == '0')
            ++m_pos;
        else if (!digits())
            return false;
        if (peek() == '.' && (++m_pos, !digits()))
            return false;
        if ((peek() | 32) == 'e') {
            ++m_pos;
            if (peek() == '+' || peek() == '-')
                ++m_pos;
            if (!digits())
                return false;
        }
        const auto text = m_text.substr(start, m_pos - start);
        if (text.size() > maxDigits)
            return fail("the number " + std::string(text.substr(0, 40)) + "... is too long", start);
        if (std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc::result_out_of_range) {
            // With so few digits the exponent decides: too small for a double is zero, too large has no finite value.
            if (text.find("e-") == text.npos && text.find("E-") == text.npos)
                return fail("the number " + std::string(text.substr(0, 40)) + " is too large", start);
            value = 0;
        }
        return true;
    }

    std::string_view m_text;
    std::size_t m_pos = 0, m_values = 0;
    Diagnostic m_error;
};

} // namespace

const JsonValue* JsonValue::find(std::string_view key) const
{
    for (const auto& [name, value] : members)
        if (name == key)
            return &value;
    return nullptr;
}

std::size_t JsonValue::size() const
{
    return !rowEnds.empty() ? rowEnds.size() : !numbers.empty() ? numbers.size() : items.size();
}

void JsonValue::unfold()
{
    if (!isFlat())
        return;
    for (std::size_t i = 0; i < size(); ++i)
        items.push_back(entryOf(*this, i, {}));
    numbers.clear();
    rowEnds.clear();
}

JsonValue* JsonValue::find(std::string_view key) { return const_cast<JsonValue*>(std::as_const(*this).find(key)); }

std::string JsonValue::describe() const
{
    switch (type) {
    case Type::Null:
        return "null";
    case Type::Bool:
        return boolean ? "true" : "false";
    case Type::Number:
        return "the number " + text.substr(0, 40);
    case Type::String:
        return "the text " + quoted(text.size() > 60 ? text.substr(0, 60) + "..." : text);
    case Type::Array:
        return "a list";
    case Type::Object:
        return "an object";
    }
    return {};
}

TextPosition positionOf(std::string_view text, std::size_t offset)
{
    if (offset > text.size())
        return {};
    const auto before = text.substr(0, offset);
    const auto lineBreak = before.rfind('\n');
    const auto start = lineBreak != before.npos ? lineBreak + 1
        : before.starts_with(byteOrderMark)     ? byteOrderMark.size()
                                                : 0;
    const auto isStart = [](char c) { return (c & 0xc0) != 0x80; }; // of a code point
    return {.line = 1 + static_cast<int>(std::ranges::count(before, '\n')),
        .column = 1 + static_cast<int>(std::ranges::count_if(before.substr(start), isStart))};
}

JsonValue entryOf(const JsonValue& list, std::size_t index, std::string_view text)
{
    JsonValue entry;
    if (!text.empty())
        entry.offset = entryOffset(text, list.offset, index);
    if (list.rowEnds.empty()) {
        entry.type = JsonValue::Type::Number;
        entry.number = list.numbers[index];
        if (text.empty())
            entry.text = formatNumber(entry.number);
        else
            entry.text = text.substr(entry.offset, text.find_first_of(",] \t\r\n", entry.offset) - entry.offset);
    } else {
        const auto at = [&](std::size_t i) { return list.numbers.begin() + static_cast<std::ptrdiff_t>(i); };
        entry.type = JsonValue::Type::Array;
        entry.numbers.assign(at(index == 0 ? 0 : list.rowEnds[index - 1]), at(list.rowEnds[index]));
    }
    return entry;
}

Result<JsonValue> parseJson(std::string_view utf8) { return Parser(utf8).document(); }

std::string formatNumber(double value)
{
    std::array<char, 32> buffer {};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), result.ptr};
}

void JsonWriter::newLine()
{
    if (m_indent == 0)
        return;
    m_text += '\n';
    m_text.append(m_levels.size() * static_cast<std::size_t>(m_indent), ' ');
}

void JsonWriter::beforeItem()
{
    if (m_afterKey) {
        m_afterKey = false;
        return;
    }
    if (m_levels.empty())
        return;
    auto& level = m_levels.back();
    if (!level.empty)
        m_text += level.inLine || m_indent == 0 ? ", " : ",";
    level.empty = false;
    if (!level.inLine)
        newLine();
}

JsonWriter& JsonWriter::raw(std::string_view text)
{
    beforeItem();
    m_text += text;
    return *this;
}

void JsonWriter::close(char bracket)
{
    const auto level = m_levels.back();
    m_levels.pop_back();
    if (!level.empty && !level.inLine)
        newLine();
    m_text += bracket;
}

JsonWriter& JsonWriter::beginObject()
{
    raw("{");
    m_levels.push_back({true, !m_levels.empty() && m_levels.back().inLine});
    return *this;
}

JsonWriter& JsonWriter::endObject()
{
    close('}');
    return *this;
}

JsonWriter& JsonWriter::beginArray(bool inLine)
{
    raw("[");
    m_levels.push_back({true, inLine || (!m_levels.empty() && m_levels.back().inLine)});
    return *this;
}

JsonWriter& JsonWriter::endArray()
{
    close(']');
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name)
{
    beforeItem();
    m_text += quoted(name) + ": ";
    m_afterKey = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) { return raw(quoted(text)); }

JsonWriter& JsonWriter::value(double number)
{
    if (!std::isfinite(number))
        return null();
    std::array<char, 32> buffer {};
    return raw({buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr});
}

JsonWriter& JsonWriter::value(std::int64_t number) { return raw(std::to_string(number)); }

JsonWriter& JsonWriter::value(std::uint64_t number) { return raw(std::to_string(number)); }

JsonWriter& JsonWriter::value(bool flag) { return raw(flag ? "true" : "false"); }

JsonWriter& JsonWriter::null() { return raw("null"); }

} // namespace fplab
