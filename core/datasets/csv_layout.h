#pragma once

#include "core/base/result.h"
#include "core/datasets/csv_number.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// How a CSV file is to be read: the keys of `data` in an experiment file. What is "auto" (or -1) is found from the
/// file.
struct CsvFormat {
    int skipRows = -1; ///< lines above the table
    std::string header = "auto"; ///< yes, no
    std::string separator = "auto"; ///< "," ";" "tab" "space" "|"
    std::string decimal = "auto"; ///< "." or ","
    std::string thousands = "auto"; ///< none "," "." "'" "space"
    std::string encoding = "auto"; ///< see decodeText
    std::string dateOrder = "auto"; ///< day_first, month_first
    bool operator==(const CsvFormat&) const = default;
};

struct CsvColumn {
    std::string name; ///< of the header; empty without one
    std::string unit; ///< of a row of units; empty without one
    bool operator==(const CsvColumn&) const = default;
};

/// Where the table of a text is and how it is cut into cells.
struct CsvLayout {
    char separator = ',';
    char decimal = '.'; ///< what explains the first rows best; each column decides for itself (see chooseFormat)
    std::vector<std::string> comments; ///< marks: lines that begin with one are left out
    int skippedRows = 0; ///< lines above the table; as CsvFormat::skipRows
    bool header = false;
    int headerLine = 0; ///< 0 without one
    std::size_t dataStart = 0; ///< byte where the rows of numbers begin
    int dataLine = 1; ///< its line
    std::vector<CsvColumn> columns; ///< at least one unless the file has no cells at all
    MarkEvidence evidence; ///< of all cells of the first rows
    std::vector<std::string> notes; ///< sentences: what was skipped and decided
    /// Why the table can not be read as it stands: the rows hold more cells than the line above them has names, and it
    /// is not certain which are whose. Its fixes name the readings.
    std::optional<Diagnostic> doubt;
};

/// Finds the layout from the first rows of the text. It never fails: what cannot be explained becomes cells of text.
///
/// The numbers are the longest run of rows of one length that hold values (numbers, dates, times) in the same columns.
/// The header is the last line before them whose number of fields fits, also behind a comment mark; a line between the
/// two that holds units is kept as such.
[[nodiscard]] CsvLayout findLayout(std::string_view text, const CsvFormat& format);

/// For people: "semicolon".
[[nodiscard]] std::string separatorName(char separator);

} // namespace fplab
