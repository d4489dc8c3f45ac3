#pragma once

#include "core/experiment/spec.h"
#include "core/nn/params.h"
#include "core/util/result.h"

#include <string>
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

} // namespace fplab
