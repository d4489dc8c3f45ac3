#include "core/experiment/make_experiment.h"

#include "core/kinds/fit_curve/fit_curve.h"
#include "core/kinds/poisson/expected_sweeps.h"
#include "core/kinds/poisson/poisson.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <type_traits>
#include <utility>
#include <variant>

namespace fplab {

namespace {

std::int64_t mostSteps(const PdeSpec& pde)
{
    const std::int64_t rounds = pde.alternateEvery > 0 ? 1 + pde.maxSweeps / pde.alternateEvery : 1;
    return pde.handoffStep * rounds + pde.maxSweeps;
}

/// Seconds of one step, by timing a few.
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

double estimatePoisson(const ExperimentSpec& spec, const ExecutionOptions& options)
{
    const PdeSpec& pde = std::get<PoissonSpec>(spec.problem).pde;
    double seconds = 0;
    if (auto network = makeExperiment(spec, options); network && pde.handoffStep != 0)
        seconds += secondsPerStep(*network.value())
            * static_cast<double>(pde.handoffStep < 0 ? stopRuleOf(spec).steps : pde.handoffStep);
    if (pde.handoffStep < 0)
        return seconds;
    ExperimentSpec alone = spec;
    std::get<PoissonSpec>(alone.problem).pde.handoffStep = 0;
    if (auto solver = makeExperiment(alone, options))
        seconds += secondsPerStep(*solver.value()) * expectedSweeps(pde);
    return seconds;
}

} // namespace

Result<std::unique_ptr<Experiment>> makeExperiment(const ExperimentSpec& spec, const ExecutionOptions& options)
{
    return std::visit(
        [&]<class Problem>(const Problem&) -> Result<std::unique_ptr<Experiment>> {
            using Kind
                = std::conditional_t<std::is_same_v<Problem, PoissonSpec>, PoissonExperiment, FitCurveExperiment>;
            auto made = Kind::make(spec, options);
            if (!made)
                return made.error();
            return std::unique_ptr<Experiment>(std::move(made).value());
        },
        spec.problem);
}

Schedule scheduleOf(const ExperimentSpec& spec)
{
    const RecordSpec& record
        = std::visit([](const auto& problem) -> const RecordSpec& { return problem.record; }, spec.problem);
    return record.kind == "every" ? Schedule::every(record.every) : Schedule::logarithmic(record.perDecade);
}

StopRule stopRuleOf(const ExperimentSpec& spec)
{
    const StopSpec& stop
        = std::visit([](const auto& problem) -> const StopSpec& { return problem.stop; }, spec.problem);
    StopRule rule {stop.steps, stop.loss, stop.seconds};
    if (const auto* poisson = std::get_if<PoissonSpec>(&spec.problem); poisson && poisson->pde.handoffStep >= 0)
        rule.steps = mostSteps(poisson->pde); // the experiment itself ends before
    return rule;
}

const AnalysisSpec& analysisOf(const ExperimentSpec& spec)
{
    return std::visit([](const auto& problem) -> const AnalysisSpec& { return problem.analysis; }, spec.problem);
}

AnalysisSpec& analysisOf(ExperimentSpec& spec)
{
    return std::visit([](auto& problem) -> AnalysisSpec& { return problem.analysis; }, spec.problem);
}

double estimateSeconds(const ExperimentSpec& spec, const ExecutionOptions& options)
{
    if (std::holds_alternative<PoissonSpec>(spec.problem))
        return estimatePoisson(spec, options);
    auto experiment = makeExperiment(spec, options);
    return experiment ? secondsPerStep(*experiment.value()) * static_cast<double>(stopRuleOf(spec).steps) : 0;
}

} // namespace fplab
