#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// A line at the beginning of a CSV file, cut into cells in one way.
struct SampleRow {
    int line = 0;
    std::size_t start = 0; ///< byte of the text
    std::string_view raw; ///< its first line as it stands
    std::string mark; ///< "#", "%" and the like if it begins with one; else empty
    std::vector<std::string>
        cells; ///< up to the last that is not empty; of a line with a mark: as it stands, mark included
    std::vector<bool> values; ///< whether the cell is a number or a time
    std::size_t fields = 0; ///< cells with the empty ones at the end
    [[nodiscard]] std::size_t width() const { return cells.size(); }
    [[nodiscard]] bool isValue(std::size_t column) const { return column < values.size() && values[column]; }
    [[nodiscard]] std::string_view cell(std::size_t column) const
    {
        return column < cells.size() ? std::string_view(cells[column]) : std::string_view();
    }
};

/// The beginning of a text by which its layout is judged: some hundred lines, at least thirty where they are long.
[[nodiscard]] std::string_view sampleOf(std::string_view text);

/// All rows of `sample` that are not blank and no ruled lines ("-----"). "#" lines are not cut.
[[nodiscard]] std::vector<SampleRow> cutSample(std::string_view sample, char separator, char decimal, int firstLine);

/// The mark of a comment that a line begins with: # % // ; ! @ *, or none. A ';' is none where it separates.
[[nodiscard]] std::string_view commentMark(std::string_view line, char separator);

/// Cells of one line without a comment mark, cut at `separator`; '2' cuts at two and more blanks or a tab.
[[nodiscard]] std::vector<std::string> cutLine(std::string_view line, char separator);

/// Whether a cell is a number in any reading that `decimal` allows, or a time.
[[nodiscard]] bool looksLikeValue(std::string_view cell, char decimal);

/// Whether a cell is a unit: "[s]", "(mV)", "m/s", "°C", "%".
[[nodiscard]] bool looksLikeUnit(std::string_view cell);

} // namespace fplab
