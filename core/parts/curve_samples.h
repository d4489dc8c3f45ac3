#pragma once

#include "core/base/result.h"
#include "core/datasets/data_spec.h"
#include "core/experiment/kind.h"
#include "core/run/remark.h"
#include "core/signal/dataset.h"

#include <string>
#include <vector>

namespace fplab {

/// What a network sees of numbers that are shown: seen = (shown - offset) / scale.
struct Scaling {
    double offset = 0, scale = 1;

    [[nodiscard]] bool changes() const { return offset != 0 || scale != 1; }
    [[nodiscard]] SampleMatrix seen(SampleMatrix shown) const;
    [[nodiscard]] SampleMatrix shown(SampleMatrix seen) const;
};

/// The samples of a curve as they are shown, and how a network sees them.
struct CurveSamples {
    Dataset data;
    Scaling x, y;
    double rounding = 0; ///< how far rounding may have moved each target value; 0 where nobody knows
    std::string xTitle = "x", yTitle = {}; ///< of axes; no y title: no better name than f(x)
    std::vector<Remark> remarks = {}; ///< how a file was read
};

/// Where samples come from.
struct SampleSource {
    const TargetSpec& target;
    const SamplingSpec& sampling;
    const std::optional<DataSpec>& data; ///< replaces both
    std::uint64_t seed = 0;
    std::string_view precision = {}; ///< "float", "double"
};

/// Samples a formula, or takes those given in the experiment or in a CSV file. Errors name the JSON path, or the place
/// in the file; numbers that the precision of the network cannot square are one, with ways out.
[[nodiscard]] Result<CurveSamples> loadCurveSamples(const SampleSource& source, const ExecutionOptions& options);

} // namespace fplab
