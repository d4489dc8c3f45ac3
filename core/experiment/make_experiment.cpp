#include "core/experiment/make_experiment.h"

#include "core/experiment/fit_curve.h"

#include <chrono>
#include <type_traits>
#include <utility>
#include <variant>

namespace fplab {

Result<std::unique_ptr<Experiment>> makeExperiment(const ExperimentSpec& spec, const ExecutionOptions& options)
{
    return std::visit(
        [&](const auto& problem) -> Result<std::unique_ptr<Experiment>> {
            static_assert(std::is_same_v<std::remove_cvref_t<decltype(problem)>, FitCurveSpec>);
            auto made = FitCurveExperiment::make(spec, options);
            if (!made)
                return made.error();
            return std::unique_ptr<Experiment>(std::move(made).value());
        },
        spec.problem);
}

Schedule scheduleOf(const ExperimentSpec& spec)
{
    const RecordSpec& record = std::visit([](const auto& problem) -> const RecordSpec& { return problem.record; }, spec.problem);
    return record.kind == "every" ? Schedule::every(record.every) : Schedule::logarithmic(record.perDecade);
}

StopRule stopRuleOf(const ExperimentSpec& spec)
{
    const StopSpec& stop = std::visit([](const auto& problem) -> const StopSpec& { return problem.stop; }, spec.problem);
    return {stop.steps, stop.loss, stop.seconds};
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
    using Clock = std::chrono::steady_clock;
    auto experiment = makeExperiment(spec, options);
    if (!experiment)
        return 0;
    (*experiment)->step(); // the first touches fresh memory
    const auto start = Clock::now();
    const auto elapsed = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
    int steps = 0;
    do {
        (*experiment)->step();
        ++steps;
    } while (elapsed() < 0.05 && steps < 200);
    return elapsed() / steps * static_cast<double>(stopRuleOf(spec).steps);
}

} // namespace fplab
