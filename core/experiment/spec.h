#pragma once

#include "core/experiment/kind.h"
#include "core/fields/field_list.h"

#include <cstdint>
#include <string>

namespace fplab {

namespace choices {
inline constexpr Choice precision[] {{"float", "single (32 bit)"}, {"double", "double (64 bit)"}};
}

/// The experiment file as a plain value: every default is the default of the file format. Choices are kept as the ids
/// that stand in files.
struct ExperimentSpec {
    std::string title = "Untitled";
    std::uint64_t seed = 42;
    std::string precision = "float"; ///< float, double
    KindSpec problem;
    bool operator==(const ExperimentSpec&) const = default;
};

/// The keys beside "fplab" and "kind"; the fields of the problem stand at the same level.
template <FieldsOf<ExperimentSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("title", s.title, Hint {"Title", "Name of the experiment.", 0, 200, Effect::View});
    v("seed", s.seed,
        Hint {"Seed", "Same seed, same curve.", 0, 18446744073709551615.0}
            .inPanel("network")
            .standingBehind("network.init.std")
            .as(Meaning::Seed));
    v("precision", s.precision,
        Hint {"Precision", "Numbers the network is trained with."}
            .inPanel("network")
            .oneOf(choices::precision)
            .underMore());
    s.problem.visit(v);
}

/// The "kind" of the file, e.g. "fit_curve".
[[nodiscard]] std::string_view kindOf(const ExperimentSpec& spec);
/// The defaults of the spec's kind.
[[nodiscard]] ExperimentSpec defaultsOf(const ExperimentSpec& spec);

/// What no single field can tell: parameters that the formula has, and Kind::check(). Shapes of given weights and
/// formulas are checked when the experiment is made.
[[nodiscard]] Status checkExperiment(const ExperimentSpec& spec);
/// Errors name the JSON path.
[[nodiscard]] Result<std::unique_ptr<Experiment>> makeExperiment(
    const ExperimentSpec& spec, const ExecutionOptions& options = {});

[[nodiscard]] Schedule scheduleOf(const ExperimentSpec& spec);
[[nodiscard]] StopRule stopRuleOf(const ExperimentSpec& spec);
[[nodiscard]] const AnalysisSpec& analysisOf(const ExperimentSpec& spec);
[[nodiscard]] AnalysisSpec& analysisOf(ExperimentSpec& spec);

/// Seconds of one step of an experiment on this computer, by timing a few (at most about 0.1 s).
[[nodiscard]] double secondsPerStep(Experiment& experiment);
/// Seconds the run to its last step takes on this computer at full speed.
[[nodiscard]] double estimateSeconds(const ExperimentSpec& spec, const ExecutionOptions& options = {});

/// Kind::trainingAlone() of the spec, or the spec itself.
[[nodiscard]] ExperimentSpec trainingAlone(const ExperimentSpec& spec);

/// What the run really is, for people: Kind::describe(), precision and seed.
[[nodiscard]] std::vector<Fact> describe(const ExperimentSpec& spec, std::size_t samples);

} // namespace fplab
