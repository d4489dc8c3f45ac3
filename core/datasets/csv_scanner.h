#pragma once

#include "core/util/result.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// Text of a file as UTF-8 without a byte order mark. UTF-16 is known by its mark or by its zero bytes.
/// What is not UTF-16 is passed on as it is. An error names the line of a broken UTF-16 character.
[[nodiscard]] Result<std::string> decodeText(std::string_view bytes);

/// A field as it may stand in a message: in quotes, at most 40 characters, nothing invisible.
[[nodiscard]] std::string quotedField(std::string_view field);

/// Cuts separated text into rows of fields: quotes, all line ends, no comment lines ('#') and no rows without any text.
/// With a space as separator, any run of spaces and tabs separates.
class CsvScanner {
public:
    static constexpr std::size_t maxFields = 256, maxFieldBytes = 1 << 20;

    /// `text` must outlive the scanner.
    CsvScanner(std::string_view text, char separator);

    /// Goes to the next row; false at the end and at an error.
    bool next();
    /// Of the current row, without the quotes and the spaces around; valid until next().
    [[nodiscard]] std::span<const std::string> fields() const { return {m_fields.data(), m_count}; }
    [[nodiscard]] int line() const { return m_rowLine; } ///< where the row starts, from 1
    [[nodiscard]] const std::optional<Diagnostic>& error() const { return m_error; }

private:
    [[nodiscard]] bool atLineEnd() const;
    [[nodiscard]] bool isBlank(char c) const;
    void skipLineEnd();
    void skipBlanks();
    void readRow();
    void readField(std::string& field);
    void readQuoted(std::string& field);
    void fail(std::string what, int line);

    std::string_view m_text;
    char m_separator;
    std::size_t m_at = 0;
    int m_line = 1, m_rowLine = 0;
    std::vector<std::string> m_fields; ///< the first m_count are of this row; the rest keeps its memory
    std::size_t m_count = 0;
    std::optional<Diagnostic> m_error;
};

} // namespace fplab
