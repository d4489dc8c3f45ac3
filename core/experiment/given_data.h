#pragma once

#include "core/datasets/data_spec.h"
#include "core/experiment/spec.h"

#include <string>

namespace fplab {

/// The samples that are given to an experiment; null where its kind takes none.
[[nodiscard]] std::optional<DataSpec>* dataOf(ExperimentSpec& spec);
[[nodiscard]] const std::optional<DataSpec>* dataOf(const ExperimentSpec& spec);

/// The path of the CSV file that they come from; null if they do not come from one.
[[nodiscard]] std::string* csvPathOf(ExperimentSpec& spec);
[[nodiscard]] const std::string* csvPathOf(const ExperimentSpec& spec);

} // namespace fplab
