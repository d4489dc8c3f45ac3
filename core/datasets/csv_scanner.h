#pragma once

#include "core/base/result.h"

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// A text of a file as it may stand in a message: at most 40 characters, nothing invisible.
[[nodiscard]] std::string shownField(std::string_view field);
/// The same in quotes.
[[nodiscard]] std::string quotedField(std::string_view field);

/// Cuts separated text into rows of cells: quotes, all line ends, no rows without any text.
/// With a space as separator, any run of spaces and tabs separates.
class CsvScanner {
public:
    static constexpr std::size_t maxFields = 100'000, maxFieldBytes = 1 << 20;

    /// `text` must outlive the scanner; its first line is counted as `firstLine`.
    CsvScanner(std::string_view text, char separator, int firstLine = 1);

    /// Goes to the next row that does not begin with one of `comments`; false at the end and at an error.
    bool next(std::span<const std::string> comments = {});
    /// Goes to the next row whatever it holds; false at the end and at an error.
    bool step();
    /// Of the current row, without the quotes and the spaces around; valid until the next row.
    [[nodiscard]] std::span<const std::string_view> fields() const { return {m_fields.data(), m_fields.size()}; }
    /// Fields up to the last that is not empty.
    [[nodiscard]] std::span<const std::string_view> trimmedFields() const;
    [[nodiscard]] int line() const { return m_rowLine; } ///< where the row starts
    /// All of the line at which the next row starts, without its end.
    [[nodiscard]] std::string_view nextLine() const;
    [[nodiscard]] std::size_t position() const { return m_at; } ///< of the next row, in bytes
    [[nodiscard]] int nextLineNumber() const { return m_line; }
    void skipLine();
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] const std::optional<Diagnostic>& error() const { return m_error; }

private:
    [[nodiscard]] bool atLineEnd() const;
    [[nodiscard]] bool isBlank(char c) const { return c == ' ' || (c == '\t' && m_separator != '\t'); }
    [[nodiscard]] bool startsWithAny(std::span<const std::string> comments) const;
    void skipLineEnd();
    void skipBlanks();
    void readRow();
    [[nodiscard]] std::string_view readField();
    [[nodiscard]] std::string_view readQuoted();
    void fail(std::string what, int line);

    std::string_view m_text;
    char m_separator;
    std::size_t m_at = 0;
    int m_line, m_rowLine = 0;
    std::vector<std::string_view> m_fields; ///< into the text or m_unquoted
    std::deque<std::string> m_unquoted; ///< the first m_used are of this row; the rest keeps its memory
    std::size_t m_used = 0;
    std::optional<Diagnostic> m_error;
};

} // namespace fplab
