#pragma once

#include "core/fields/hint.h"

#include <optional>
#include <string>
#include <vector>

namespace fplab {

namespace choices {
inline constexpr Choice metric[] {
    {"complex", "complex difference (the papers)"}, {"amplitude", "difference of amplitudes"}};
}

struct AnalysisSpec {
    std::string metric = "complex"; ///< complex, amplitude
    std::optional<std::vector<int>> peaks; ///< absent = "auto"
    double threshold = 0.1;
    std::optional<int> maxK; ///< absent = "auto": as far as the target has peaks, and a quarter further
    bool operator==(const AnalysisSpec&) const = default;
};

template <FieldsOf<AnalysisSpec> S, class V> void visitFields(S& s, V&& v)
{
    const auto view = Effect::View;
    v("metric", s.metric,
        Hint {"Relative error", "How the spectra of output and target are compared.", -noLimit, noLimit, view}
            .oneOf(choices::metric)
            .underMore());
    v("peaks", s.peaks,
        Hint {"Followed peaks", "Frequencies whose errors are followed; the largest of the target if not given.", 1,
            100000, view}
            .as(Meaning::FollowedPeaks));
    v("threshold", s.threshold,
        Hint {"Captured below", "A frequency counts as learnt when its relative error is below this.", 1e-6, 10, view}
            .logScale()
            .slider(0.01, 1)
            .as(Meaning::Threshold));
    v("max_k", s.maxK,
        Hint {
            "Highest k", "Frequencies above are not recorded; as far as the target has peaks if not given.", 1, 100000}
            .logScale()
            .slider(5, 100));
}

} // namespace fplab
