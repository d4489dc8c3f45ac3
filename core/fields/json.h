#pragma once

#include "core/base/number_text.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// JSON with what QJsonDocument does not keep: the order of keys, positions for error messages, whole 64-bit integers
/// and the detection of duplicate keys. Reading takes time and memory in proportion to the text.
namespace fplab {

/// One parsed value. Plain data: members and entries keep the order of the text.
///
/// Samples and weights are lists of many numbers, so a list of numbers, or of such lists, is kept flat: `numbers` holds
/// all of them, and `rowEnds`, of a list of lists, where in `numbers` each row ends. Any other list has `items`.
struct JsonValue {
    enum class Type { Null, Bool, Number, String, Array, Object };
    static constexpr std::size_t nowhere = ~std::size_t(0);
    Type type = Type::Null;
    bool boolean = false;
    double number = 0; ///< finite
    std::string text; ///< String: its value; Number: as written
    std::vector<JsonValue> items;
    std::vector<double> numbers;
    std::vector<std::size_t> rowEnds;
    std::vector<std::pair<std::string, JsonValue>> members;
    std::size_t offset = nowhere; ///< byte of the text where it starts

    [[nodiscard]] const JsonValue* find(std::string_view key) const; ///< nullptr if not an object or not there
    [[nodiscard]] JsonValue* find(std::string_view key);
    /// Entries of a list, however it is kept.
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool isFlat() const { return !numbers.empty() || !rowEnds.empty(); }
    /// Keeps the entries of a flat list as items, without a place in the text.
    void unfold();
    /// For messages: "the text \"abc\"", "the number 3", "a list", ...
    [[nodiscard]] std::string describe() const;
};

/// Strict RFC 8259, UTF-8 (a byte order mark is skipped), nested at most 32 deep, at most a million values, for which a
/// flat list is one. Errors have line and column.
[[nodiscard]] Result<JsonValue> parseJson(std::string_view utf8);

/// A place in a text, 1-based, columns in code points; 0 = unknown.
struct TextPosition {
    int line = 0, column = 0;
};
/// Unknown for an offset outside `text`.
[[nodiscard]] TextPosition positionOf(std::string_view text, std::size_t offset);
/// Entry `index` of a flat list that was parsed from `text`, with its place and number as written; without a text
/// (empty) both are left out.
[[nodiscard]] JsonValue entryOf(const JsonValue& list, std::size_t index, std::string_view text);

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
