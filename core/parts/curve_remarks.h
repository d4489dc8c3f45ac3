#pragma once

#include "core/analysis/analysis_spec.h"
#include "core/parts/curve_samples.h"
#include "core/run/channel.h"
#include "core/run/remark.h"
#include "core/signal/aliasing.h"

#include <vector>

namespace fplab {

/// What must be known of the samples and the target of a curve to read its spectrum and its verdict rightly: samples
/// that are one point, uneven, rounded, equal or indistinguishable in single precision; a target that is zero,
/// constant, beyond the recorded frequencies, between two bins, or faster than its samples can show. What cannot be
/// shown comes first. `spectrum` is null where there is none; `finer` is empty where the target is no formula at even
/// points.
[[nodiscard]] std::vector<Remark> curveRemarks(const SampleSource& source, const AnalysisSpec& analysis,
    const CurveSamples& samples, const Channel* spectrum, const FinerGrid& finer);

/// Frequencies of a formula that `n` even samples show as others, in words: "60 cycles cannot be seen on 50 samples:
/// they look like 10." `samples` names them, e.g. "samples". `path` is the field with their number, and `most` its
/// limit.
[[nodiscard]] std::vector<Remark> aliasRemarks(
    const FinerGrid& finer, std::size_t n, const char* samples, const char* path, std::size_t most);

} // namespace fplab
