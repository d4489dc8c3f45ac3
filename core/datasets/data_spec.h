#pragma once

#include "core/base/samples.h"
#include "core/base/shared.h"
#include "core/fields/visitor.h"

#include <optional>
#include <string>

namespace fplab {

namespace choices {
inline constexpr Choice header[] {{"auto", "found"}, {"yes", "yes"}, {"no", "no"}};
inline constexpr Choice separator[] {
    {"auto", "found"}, {",", "comma"}, {";", "semicolon"}, {"tab", "tab"}, {"space", "space"}, {"|", "bar |"}};
inline constexpr Choice decimal[] {{"auto", "found"}, {".", "point 0.5"}, {",", "comma 0,5"}};
inline constexpr Choice thousands[] {{"auto", "found"}, {"none", "none"}, {",", "comma 1,000"}, {".", "point 1.000"},
    {"'", "apostrophe 1'000"}, {"space", "space 1 000"}};
inline constexpr Choice encoding[] {{"auto", "found"}, {"utf-8", "UTF-8"}, {"utf-16le", "UTF-16 LE"},
    {"utf-16be", "UTF-16 BE"}, {"windows-1252", "Windows-1252"}, {"gb18030", "GB18030"}};
inline constexpr Choice dateOrder[] {{"auto", "found"}, {"day_first", "day first"}, {"month_first", "month first"}};
inline constexpr Choice duplicates[] {{"keep", "keep all"}, {"mean", "average them"}};
inline constexpr Choice badRows[] {{"refuse", "refuse the file"}, {"skip", "skip them"}};
}

/// Samples given in the file or in a CSV file beside it; replaces target and sampling.
struct DataSpec {
    Shared<SampleMatrix> inputs, targets; ///< inline values; empty when `csv` is used
    std::string csv; ///< path relative to the experiment file; empty for inline values
    std::string x = "x", y = "y"; ///< columns of the CSV file: names, or "#2" for the second column
    // How the CSV file is read; "auto" (or -1) is found from the file.
    int skipRows = -1; ///< lines above the table
    std::string header = "auto"; ///< auto, yes, no: whether a row of names stands above the numbers
    std::string separator = "auto"; ///< "," ";" "tab" "space" "|"
    std::string decimal = "auto"; ///< "." or ","
    std::string thousands = "auto"; ///< none "," "." "'" "space"
    std::string encoding = "auto"; ///< utf-8, utf-16le, utf-16be, windows-1252, gb18030
    std::string dateOrder = "auto"; ///< day_first, month_first: of dates such as 3/4/2024
    std::string badRows = "refuse"; ///< refuse, skip: what becomes of rows whose x or y is no number
    std::string duplicates = "keep"; ///< keep, mean: samples with equal x become one, with the mean of their y
    // The network sees (x - xOffset) / xScale and (y - yOffset) / yScale; plots and files show the samples as given.
    double xOffset = 0, xScale = 1, yOffset = 0, yScale = 1;
    bool operator==(const DataSpec&) const = default;
};

/// Samples are a field of their own: read and written as one.
extern const CustomFieldType dataFieldType;
template <> inline constexpr const CustomFieldType* customFieldType<std::optional<DataSpec>> = &dataFieldType;

/// The keys of `data` beside the samples, `csv`, `x` and `y`. In files only those that differ from their default.
template <FieldsOf<DataSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("skip_rows", s.skipRows,
        Hint {"Skipped rows", "Lines of the CSV file above its table; -1 is found from the file.", -1, 1e6});
    v("header", s.header,
        Hint {"Row of names", "Whether names of columns stand above the numbers."}.oneOf(choices::header));
    v("separator", s.separator, Hint {"Separator", "What stands between two columns."}.oneOf(choices::separator));
    v("decimal", s.decimal,
        Hint {"Decimal mark", "What stands before the decimals of a number."}.oneOf(choices::decimal));
    v("thousands", s.thousands,
        Hint {"Thousands mark", "What parts the digits of a number into groups of three."}.oneOf(choices::thousands));
    v("encoding", s.encoding, Hint {"Encoding", "How the file stores characters as bytes."}.oneOf(choices::encoding));
    v("date_order", s.dateOrder, Hint {"Dates", "How dates such as 3/4/2024 are read."}.oneOf(choices::dateOrder));
    v("bad_rows", s.badRows,
        Hint {"Bad rows", "What becomes of rows whose x or y is not a number."}.oneOf(choices::badRows));
    v("duplicates", s.duplicates,
        Hint {"Same x", "What becomes of samples with the same x."}.oneOf(choices::duplicates));
    v("x_offset", s.xOffset, Hint {"x offset", "Taken away from x before the network sees it.", -1e300, 1e300});
    v("x_scale", s.xScale, Hint {"x scale", "What x is divided by before the network sees it.", -1e300, 1e300});
    v("y_offset", s.yOffset, Hint {"y offset", "Taken away from y before the network sees it.", -1e300, 1e300});
    v("y_scale", s.yScale, Hint {"y scale", "What y is divided by before the network sees it.", -1e300, 1e300});
}

} // namespace fplab
