#include "core/kinds/poisson/handoff_sweep.h"

#include "core/kinds/poisson/handoff_branch.h"
#include "core/kinds/poisson/poisson.h"
#include "core/run/run.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fplab {

namespace {

constexpr double smallestShare = 0.02; ///< of the last step: the smallest hand-off step worth trying

struct Ran {
    RunResult result;
    RecordPtr last; ///< nullptr if nothing was recorded
};

Ran runOn(Experiment& experiment, const Schedule& schedule, const StopRule& rule, const RunStart& start,
    const std::function<void(const Record&)>& seen, const std::stop_token& stop)
{
    RunControl control;
    Ran ran;
    const RunSink sink {.record =
                            [&](RecordPtr record) {
                                seen(*record);
                                ran.last = std::move(record);
                            },
        .change = {},
        .paused = {}};
    ran.result = run(experiment, schedule, rule, sink, control, stop, start);
    return ran;
}

} // namespace

std::vector<std::int64_t> handoffSteps(const ExperimentSpec& spec, std::int64_t last, int count)
{
    const Schedule schedule = scheduleOf(spec);
    std::vector<std::int64_t> steps {0};
    const double first = std::max(1.0, smallestShare * static_cast<double>(last));
    for (int i = 0; i < count - 1; ++i) {
        const double wanted = first * std::pow(static_cast<double>(last) / first, i / std::max(1.0, count - 2.0));
        std::int64_t step = std::llround(wanted);
        while (!schedule.wants(step))
            --step;
        if (step > steps.back())
            steps.push_back(step);
    }
    return steps;
}

Status sweepHandoff(const ExperimentSpec& spec, const ExecutionOptions& options, std::span<const std::int64_t> steps,
    const std::function<void(const HandoffTrial&)>& tried, const std::stop_token& stop)
{
    const Schedule never = Schedule::every(std::numeric_limits<std::int64_t>::max());
    const double tolerance = specOf<PoissonSpec>(spec.problem).pde.tolerance;
    std::unique_ptr<PoissonExperiment> network;
    RecordPtr trained;
    for (const std::int64_t step : steps) {
        const ExperimentSpec branch = withHandoffStep(spec, step);
        auto made = PoissonExperiment::make(branch, options);
        if (!made)
            return made.error();
        PoissonExperiment& solving = **made;
        SolveSummary summary(solving.channels());
        const auto add = [&](const Record& record) { summary.add(record); };
        HandoffTrial trial {.step = step, .handOver = {}, .reached = {}};
        RunStart start;
        if (step > 0) {
            if (!network) {
                auto learner = PoissonExperiment::make(withHandoffStep(spec, -1), options);
                if (!learner)
                    return learner.error();
                network = std::move(learner).value();
            }
            StopRule rule;
            rule.steps = step;
            const Ran ran = runOn(
                *network, never, rule, {.observe = false, .seconds = trained ? trained->seconds : 0},
                [](const Record&) {}, stop);
            if (stop.stop_requested())
                break;
            if (ran.result.outcome == Outcome::Diverged)
                return Diagnostic {.what = "the network diverged after step " + std::to_string(ran.result.step)};
            trained = ran.last;
            add(*trained);
            trial.handOver = summary.latest();
            if (auto status = solving.branchFrom(*trained); !status)
                return status;
            start = {.observe = true, .seconds = trained->seconds};
        }
        (void)runOn(solving, never, stopRuleOf(branch), start, add, stop);
        if (stop.stop_requested())
            break;
        trial.reached = summary.firstBelow(tolerance);
        tried(trial);
    }
    return success();
}

} // namespace fplab
