#pragma once

#include "core/experiment/spec.h"

namespace fplab::test {

/// A kind that has little of what the others have: no network, no samples, a formula without parameters, a field in a
/// panel that is not there, and one of no panel.
struct PlainSpec {
    std::string formula = "x";
    double height = 1;
    double lost = 2; ///< in no panel that there is
    std::vector<double> steps {1, 2};
    StopRule stop;
    RecordSpec record;
    AnalysisSpec analysis;
    bool operator==(const PlainSpec&) const = default;
};

template <FieldsOf<PlainSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("formula", s.formula, Hint {"Shape", "Any function.", 0, 200}.inPanel("shape").as(Meaning::Formula));
    v("height", s.height,
        Hint {"Height", "How high.", 0, 10}
            .inPanel("shape")
            .standingBehind("nothing.there")
            .as(Meaning::InitialSize)); // without a slider
    v("lost", s.lost, Hint {"Lost", "In no panel.", 0, 10}.inPanel("attic"));
    v("steps", s.steps, Hint {"Steps of it", "Numbers.", 0, 10}.inPanel("shape").besideNext());
    v.group("stop", s.stop, Hint {"Stop"}.inPanel("run"));
    v.group("record", s.record, Hint {"Record"}.inPanel("run"));
    v.group("analysis", s.analysis, Hint {"Analysis"});
}

[[nodiscard]] const Kind& plainKind();
inline const Kind& descriptor(const PlainSpec&) { return plainKind(); }

inline const Kind& plainKind()
{
    static constexpr Panel panels[] {{"shape", "1 Shape", Effect::NewRun}, {"run", "2 Run", Effect::Live}};
    static constexpr Kind kind {.id = "plain",
        .label = "a plain kind",
        .equation = "s(x) =",
        .panels = panels,
        .prototype = [] { return KindSpec(PlainSpec {}); },
        .check = [](const ExperimentSpec&) -> Status { return success(); },
        .make = [](const ExperimentSpec&, const ExecutionOptions&) -> Result<std::unique_ptr<Experiment>> {
            return Diagnostic {.what = "cannot be run"};
        },
        .describe = [](const ExperimentSpec&, std::size_t) { return std::vector<Fact> {}; }};
    return kind;
}

} // namespace fplab::test
