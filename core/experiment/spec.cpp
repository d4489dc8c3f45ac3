#include "core/experiment/spec.h"

#include "core/experiment/formula_parameters.h"

#include <chrono>

namespace fplab {

std::string_view kindOf(const ExperimentSpec& spec) { return spec.problem.kind().id; }

ExperimentSpec defaultsOf(const ExperimentSpec& spec) { return {.problem = spec.problem.kind().prototype()}; }

Status checkExperiment(const ExperimentSpec& spec)
{
    if (auto status = checkParameters(spec); !status)
        return status;
    return spec.problem.kind().check(spec);
}

Result<std::unique_ptr<Experiment>> makeExperiment(const ExperimentSpec& spec, const ExecutionOptions& options)
{
    return spec.problem.kind().make(spec, options);
}

Schedule scheduleOf(const ExperimentSpec& spec) { return scheduleOf(spec.problem.record()); }

StopRule stopRuleOf(const ExperimentSpec& spec)
{
    const auto own = spec.problem.kind().stopRule;
    return own ? own(spec) : spec.problem.stop();
}

const AnalysisSpec& analysisOf(const ExperimentSpec& spec) { return spec.problem.analysis(); }
AnalysisSpec& analysisOf(ExperimentSpec& spec) { return spec.problem.analysis(); }

double secondsPerStep(Experiment& experiment)
{
    using Clock = std::chrono::steady_clock;
    experiment.advance(1); // the first touches fresh memory
    const auto start = Clock::now();
    const auto elapsed = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
    std::int64_t steps = 0;
    for (int calls = 0; elapsed() < 0.05 && calls < 200 && !experiment.end(); ++calls)
        steps += experiment.advance(1000);
    return steps > 0 ? elapsed() / static_cast<double>(steps) : 0;
}

double estimateSeconds(const ExperimentSpec& spec, const ExecutionOptions& options)
{
    if (const auto own = spec.problem.kind().estimateSeconds)
        return own(spec, options);
    auto experiment = makeExperiment(spec, options);
    return experiment ? secondsPerStep(*experiment.value()) * static_cast<double>(stopRuleOf(spec).steps) : 0;
}

ExperimentSpec trainingAlone(const ExperimentSpec& spec)
{
    const auto own = spec.problem.kind().trainingAlone;
    return own ? own(spec) : spec;
}

std::vector<Fact> describe(const ExperimentSpec& spec, std::size_t samples)
{
    std::vector<Fact> facts = spec.problem.kind().describe(spec, samples);
    facts.push_back({"precision", std::string(labelOf(choices::precision, spec.precision))});
    facts.push_back({"seed", std::to_string(spec.seed)});
    return facts;
}

} // namespace fplab
