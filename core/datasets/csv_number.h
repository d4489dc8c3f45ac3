#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace fplab {

/// How the numbers of a column are written.
struct NumberFormat {
    char decimal = '.'; ///< '.' or ','
    char thousands = 0; ///< what parts groups of three digits: ',' '.' '\'' ' ' (any kind of space) or 0: nothing
    bool operator==(const NumberFormat&) const = default;
};

enum class NumberState { Number, NotANumber, NotFinite, OutOfRange };

struct CellNumber {
    NumberState state = NumberState::NotANumber;
    double value = 0;
};

/// The whole cell must be one number, whatever the locale: signs (also U+2212 and other dashes), spaces around (also
/// no-break ones), exponents with e or Fortran's d.
[[nodiscard]] CellNumber readNumber(std::string_view cell, const NumberFormat& format);

/// `"n/a" is not a number`, without a stop.
[[nodiscard]] std::string complaintOf(NumberState state, std::string_view cell);

/// Whether a cell stands for a missing value: empty, NA, n/a, nan, null, -, ? and the like.
[[nodiscard]] bool isMissing(std::string_view cell);

/// What the cells of a table tell about its decimal and thousands marks.
struct MarkEvidence {
    struct Mark {
        std::size_t decimal = 0; ///< cells where it can only be a decimal mark: "0,5", "1,2345"
        std::size_t thousands = 0; ///< ... a thousands mark: "1,234,567", "1,234.5"
        std::size_t either = 0; ///< "1,234"
        std::string example; ///< the first of `either`
    };
    Mark point, comma;
    std::size_t apostrophes = 0, spaces = 0; ///< cells with groups parted by them
    std::string grouped; ///< the first cell with groups that are certain
    std::size_t smallIntegers = 0; ///< whole numbers below 1000
    std::size_t longIntegers = 0; ///< of four and more digits without any mark: groups are not marked in this table

    /// Cells that are no numbers tell nothing.
    void add(std::string_view cell);
    MarkEvidence& operator+=(const MarkEvidence& other);
    [[nodiscard]] const Mark& of(char mark) const { return mark == ',' ? comma : point; }

private:
    bool addPlain(std::string_view cell);
};

/// The format of a column, or the mark that can be read in two ways.
struct FormatChoice {
    NumberFormat format;
    char ambiguous = 0; ///< 0, ',' or '.'
};

/// `column`: the cells of one column; `table`: of all that are looked at. `decimal` and `thousands` are what was set
/// (0: to be found; thousands 'n': none). With ';' as separator a comma is rather a decimal mark than with others.
[[nodiscard]] FormatChoice chooseFormat(
    const MarkEvidence& column, const MarkEvidence& table, char separator, char decimal, char thousands);

} // namespace fplab
