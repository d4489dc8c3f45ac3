#pragma once

#include "core/util/number_text.h"
#include "core/util/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// JSON with what QJsonDocument does not keep: the order of keys, positions for error messages, whole 64-bit integers
/// and the detection of duplicate keys.
namespace fplab {

/// One parsed value. Plain data: members and items keep the order of the text.
struct JsonValue {
    enum class Type { Null, Bool, Number, String, Array, Object };
    Type type = Type::Null;
    bool boolean = false;
    double number = 0; ///< finite
    std::string text; ///< String: its value; Number: as written
    std::vector<JsonValue> items;
    std::vector<std::pair<std::string, JsonValue>> members;
    int line = 0, column = 0; ///< where it starts, 1-based, columns in code points; 0 = not from a file

    [[nodiscard]] const JsonValue* find(std::string_view key) const; ///< nullptr if not an object or not there
    [[nodiscard]] JsonValue* find(std::string_view key);
    /// For messages: "the text \"abc\"", "the number 3", "a list", ...
    [[nodiscard]] std::string describe() const;
};

/// Strict RFC 8259, UTF-8 (a byte order mark is skipped), nested at most 32 deep. Errors have line and column.
[[nodiscard]] Result<JsonValue> parseJson(std::string_view utf8);

/// Shortest text that reads back as the same number.
[[nodiscard]] std::string formatNumber(double value);

/// Builds JSON text piece by piece. The caller keeps begin and end paired and gives a key to each member of an object.
class JsonWriter {
public:
    /// `indent` spaces for each level; 0 writes everything on one line.
    explicit JsonWriter(int indent = 2)
        : m_indent(indent)
    {
    }
    JsonWriter& beginObject();
    JsonWriter& endObject();
    /// `inLine`: the whole list on one line.
    JsonWriter& beginArray(bool inLine = false);
    JsonWriter& endArray();
    JsonWriter& key(std::string_view name);
    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(double number); ///< null if not finite
    JsonWriter& value(std::int64_t number);
    JsonWriter& value(std::uint64_t number);
    JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
    JsonWriter& value(bool flag);
    JsonWriter& null();
    template <class T> JsonWriter& member(std::string_view name, const T& v) { return key(name).value(v); }

    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    void beforeItem();
    void newLine();
    JsonWriter& raw(std::string_view text);
    void close(char bracket);

    struct Level {
        bool empty = true;
        bool inLine = false;
    };
    int m_indent;
    std::string m_text;
    std::vector<Level> m_levels;
    bool m_afterKey = false;
};

} // namespace fplab
