#include "app/cli_solve.h"

#include "core/experiment/make_experiment.h"
#include "core/fields/json.h"
#include "core/kinds/poisson/handoff_branch.h"
#include "core/run/run.h"

#include <cstdio>

namespace fplab::cli {

void printSolve(const SolveSummary& solve)
{
    const auto& end = solve.latest();
    const auto count = [](std::int64_t number) { return static_cast<long long>(number); };
    std::printf("largest error %s after %lld network steps and %lld sweeps\n", formatRounded(end.error, 4).c_str(),
        count(end.step - end.sweeps), count(end.sweeps));
    for (const auto& milestone : solve.reached())
        std::printf("  error %s: step %lld (%s), %s s\n", formatNumber(milestone.error).c_str(),
            count(milestone.point.step), milestone.point.solver ? "solver" : "network",
            formatRounded(milestone.point.seconds, 3).c_str());
}

std::optional<HandoffVerdict> compareWithSolverAlone(
    const Preset& preset, const RunReport& report, const std::stop_token& stop)
{
    const auto& spec = report.spec;
    if (!preset.expected.handoff || !report.poisson)
        return std::nullopt;
    const auto twin = withHandoffStep(spec, 0);
    auto experiment = makeExperiment(twin, {.threads = report.threads, .baseFolder = {}});
    if (!experiment)
        return std::nullopt;
    SolveSummary alone((*experiment)->channels());
    RunControl control;
    const RunSink sink {.record = [&](const RecordPtr& record) { alone.add(*record); }, .change = {}, .paused = {}};
    (void)run(*experiment.value(), scheduleOf(twin), stopRuleOf(twin), sink, control, stop);
    return judgeHandoff(std::get<PoissonSpec>(spec.problem).pde, *report.poisson, report.summary.solve(), alone);
}

} // namespace fplab::cli
