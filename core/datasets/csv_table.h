#pragma once

#include "core/base/result.h"
#include "core/datasets/csv_layout.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fplab {

class CsvColumnReader;

/// A CSV file as text that is cut into cells, and two of its columns as numbers. Only cells that are asked for become
/// numbers; all others may hold anything. Limits: 256 MB, 10^6 rows, 100 000 columns, cells of 1 MB.
class CsvTable {
public:
    static constexpr std::size_t maxBytes = 256u << 20, maxRows = 1'000'000;

    /// Finds the encoding and the layout. An error if the bytes are no text in a given encoding or are too many.
    [[nodiscard]] static Result<CsvTable> open(std::string bytes, const CsvFormat& format = {});

    [[nodiscard]] const CsvLayout& layout() const { return m_layout; }
    [[nodiscard]] const std::string& encoding() const { return m_encoding; } ///< as found; see decodeText
    [[nodiscard]] std::size_t columnCount() const { return m_layout.columns.size(); }
    /// The name, or "column 3" without one.
    [[nodiscard]] std::string columnName(std::size_t column) const;
    /// For an axis: "Voltage (V)".
    [[nodiscard]] std::string columnTitle(std::size_t column) const;
    /// What names this column and no other: its name, or "#3" where two have the same or it has none.
    [[nodiscard]] std::string columnKey(std::size_t column) const;
    /// The column of a name; "#3" and "column 3" are the third where none is called so. `path` is the key that names
    /// it, for errors: an unknown name lists those there are, a name of several columns their numbers.
    [[nodiscard]] Result<std::size_t> findColumn(std::string_view name, std::string_view path) const;

    struct Counts {
        std::size_t numbers = 0, times = 0, empty = 0, others = 0; ///< cells
        std::size_t days = 0; ///< of the times: dates without a time of day
        bool constant = true; ///< all cells that are not empty have the same text
        [[nodiscard]] std::size_t values() const { return numbers + times; }
    };
    /// What the cells of each column are. Reads the whole file once.
    [[nodiscard]] std::vector<Counts> count() const;

    /// Whether the text can be cut into rows and holds any: an error for a quote that is never closed, an empty file,
    /// names without rows and the like.
    [[nodiscard]] Status check() const;

    struct Row {
        int line = 0;
        std::vector<std::string> cells; ///< columnCount(), or as many as were asked for
    };
    /// The first rows of the table, and of the row at `line` and its neighbours if that is not among them.
    [[nodiscard]] std::vector<Row> preview(std::size_t rows, std::size_t columns, int line = 0) const;

    /// Two columns as numbers, without the rows where one of them is none.
    struct Samples {
        std::vector<double> x, y; ///< of one length
        std::string xTitle, yTitle; ///< for axes
        std::vector<std::string> notes; ///< sentences, those of the layout first
        std::size_t badRows = 0; ///< rows left out
        std::vector<Diagnostic> bad; ///< the first of them, each with its line and column
    };
    /// Dates and times in x become seconds since its first row; times of day beside a column of dates are joined to
    /// these. Whole numbers in x with more digits than a double has are counted from the first of them where they could
    /// not be told apart. Errors: a number or date that can be read in two ways (with a fix for each), twice the same
    /// column, other x with too many digits, names that do not fit the cells below, no numbers in a column, too many
    /// rows. Bad rows are no error here; see refusal().
    [[nodiscard]] Result<Samples> read(std::size_t x, std::size_t y) const;
    /// Why samples with bad rows are not taken, with the way out to skip them. Precondition: there are some.
    [[nodiscard]] static Diagnostic refusal(const Samples& samples);
    /// A sentence that names the lines of the bad rows, for those who leave them out. Precondition: there are some.
    [[nodiscard]] static std::string omission(const Samples& samples);

private:
    [[nodiscard]] Status checkWidth(std::span<const std::string_view> cells, int line) const;
    /// The column of dates beside one of times of day.
    [[nodiscard]] std::optional<std::size_t> dayColumn(
        const CsvColumnReader& x, std::size_t xColumn, std::size_t yColumn) const;
    [[nodiscard]] std::string labelOf(std::size_t column) const;
    void describe(Samples& samples, const CsvColumnReader& x, const CsvColumnReader& y) const;

    std::string m_text, m_encoding;
    CsvFormat m_format;
    CsvLayout m_layout;
};

} // namespace fplab
