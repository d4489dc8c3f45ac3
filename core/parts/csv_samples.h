#pragma once

#include "core/base/result.h"
#include "core/base/samples.h"
#include "core/datasets/csv_table.h"
#include "core/experiment/given_data.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// Samples as they stand in a CSV file: in its order, before x_offset and the like.
struct CsvSamples {
    SampleMatrix inputs, targets; ///< count rows of one number each
    std::string xTitle, yTitle; ///< names of the columns with their units, for axes
    std::vector<std::string> notes; ///< sentences: what was found, decided and skipped
};

/// Reads the two columns that `data` names. A relative `data.csv` starts in `folder` (empty: the current one).
/// Errors name the file, line and column, or the key of `data` that is wrong.
[[nodiscard]] Result<CsvSamples> loadCsvSamples(const DataSpec& data, const std::string& folder);

/// How `data` says its file is to be read.
[[nodiscard]] CsvFormat csvFormat(const DataSpec& data);
/// The same of a file that is open already.
[[nodiscard]] Result<CsvSamples> csvSamples(const CsvTable& table, const DataSpec& data);

struct CsvColumnPair {
    std::size_t x = 0, y = 1;
};
/// The columns that a person means who does not say: those called x and y; else the first with numbers or times for x,
/// and the next with numbers for y. Days beside a column of times, columns without a name beside named ones, constant
/// ones and (if there are others) those with bad cells are passed over. A column that is given is kept. An error if
/// there are no two: the first bad cell of the columns that come nearest.
[[nodiscard]] Result<CsvColumnPair> likelyColumns(const CsvTable& table, const std::vector<CsvTable::Counts>& counts,
    std::optional<std::size_t> x = {}, std::optional<std::size_t> y = {});

/// The experiment that a CSV file alone stands for: a curve is fitted to two of its columns. `data.csv` is the name
/// without the folder, `data.x` and `data.y` are empty: see chooseColumns.
[[nodiscard]] ExperimentSpec experimentOfCsv(const std::string& path);
/// Fills `x` and `y` with likely columns of the file where they are empty. Errors as of loadCsvSamples.
[[nodiscard]] Status chooseColumns(DataSpec& data, const std::string& folder);
/// Whether a name is that of a table: it ends in .csv, .tsv, .txt, .dat, .lvm, .asc or .prn, in any case.
[[nodiscard]] bool isCsvName(std::string_view path);

} // namespace fplab
