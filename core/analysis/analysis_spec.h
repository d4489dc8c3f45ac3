#pragma once

#include "core/fields/hint.h"
#include "core/instruments/instrument.h"

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
    std::vector<std::string> measure; ///< ids of instruments
    int measurePerDecade = 10; ///< how often they measure, in each factor of ten of steps
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
    v("measure", s.measure,
        Hint {"Measure", "What is looked at beside training, without changing it."}
            .oneOf(instrumentChoices())
            .underMore());
    v("measure_per_decade", s.measurePerDecade,
        Hint {"Measured per decade", "How often that is, in each factor of ten of steps.", 1, 1000}
            .logScale()
            .slider(1, 60)
            .underMore()
            .when(!s.measure.empty(), "nothing is measured"));
}

} // namespace fplab
