#pragma once

#include "core/util/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// How a CSV file is written; detected, and changeable in the import preview.
struct CsvDialect {
    char separator = ','; ///< one of , ; tab space |
    bool decimalComma = false;
    bool header = false;
    bool operator==(const CsvDialect&) const = default;
};

enum class BadRows { Refuse, Skip };

struct CsvTable {
    CsvDialect dialect;
    std::vector<std::string> names; ///< from the header, or "column 1", ...
    std::vector<std::vector<double>> columns; ///< same length each
    std::vector<Diagnostic> skipped; ///< bad rows left out (BadRows::Skip), each with line and column
    [[nodiscard]] std::size_t rows() const { return columns.empty() ? 0 : columns.front().size(); }
};

/// UTF-8 (with or without BOM) or UTF-16 text; comment lines start with '#'. Limits: 256 MB, 10^6 rows, 256 columns.
[[nodiscard]] CsvDialect detectDialect(std::string_view text);
/// Errors carry line and column (1-based; column = the field's number) and what was found: `"n/a" is not a number`.
[[nodiscard]] Result<CsvTable> parseCsv(std::string_view bytes, BadRows badRows = BadRows::Refuse,
    const CsvDialect* dialect = nullptr);

} // namespace fplab
