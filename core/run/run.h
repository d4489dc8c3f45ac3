#pragma once

#include "core/run/experiment.h"
#include "core/run/run_control.h"
#include "core/run/schedule.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace fplab {

class RunSteps;

enum class Outcome {
    Finished, ///< what was asked was reached, or the last step where no goal was set
    Ended, ///< gave up: the goal was not reached
    Stopped, ///< from outside
    Diverged,
};
[[nodiscard]] const char* outcomeId(Outcome outcome); ///< "finished", "ended", "stopped", "diverged": in files

/// A live change as it took effect.
struct LoggedChange {
    std::int64_t step = 0; ///< the change holds for the update that follows this step
    LiveChange change;
    std::string refused; ///< why it was not applied; empty if it was
};

/// Where a burst of live changes began: from here a run goes on as if they had not been made.
struct ChangePoint {
    std::int64_t step = 0;
    ExperimentState state; ///< to restore after the changes were taken back
};

struct RunResult {
    Outcome outcome = Outcome::Finished;
    std::int64_t step
        = 0; ///< last step done (Diverged: last step with finite state, which the experiment is restored to)
    double seconds = 0; ///< training time without pauses, with what went before
    std::string reason; ///< for people: which goal was reached, or is not and why, or what diverged and where
    std::vector<Fix> fixes = {}; ///< Ended: ways to reach the goal, the best first
    std::vector<Remark> findings = {}; ///< what turned out on the way
    std::int64_t divergedAt = -1; ///< the first step with a bad loss or weights; -1 otherwise
    std::optional<ChangePoint>
        suspect; ///< Diverged: live changes shortly before, each within 200 steps of what followed
};

/// What a run reports, all on the thread that runs it.
struct RunSink {
    std::function<void(RecordPtr)> record; ///< required
    std::function<void(const LoggedChange&)> change; ///< optional
    std::function<void(bool paused, std::int64_t step)> paused; ///< optional: the run went to sleep or on
    std::function<void(const Remark&)> found = {}; ///< optional: something turned out, seen at the record before
};

/// Where a run begins.
struct RunStart {
    bool observe = true; ///< the state it begins with is observed first; else the reader has it already
    double seconds = 0; ///< training time that went before
};

/// Runs until a stop rule, `stop` or a divergence ends it. The step it ends on always is recorded, as is a step it
/// pauses on.
///
/// It has finished when a goal is reached (that of the experiment, StopRule::loss) or, where there is none, the last
/// step or the time limit; with a goal these end it as Ended.
///
/// It has diverged when the loss is not finite, or exceeds 1e4 x the first, 1e4 x the best (both since the latest live
/// change, and by size: an energy may be negative) and 1e3, or when a parameter is not finite or exceeds 1e8. That ends
/// it within one step; the experiment is then taken back to the last good step. Obeys pause and stop within one step.
///
/// In pieces, so that a run that rests needs no thread: each on the thread that calls goOn(), one at a time.
class RunLoop {
public:
    /// `experiment` and `control` must outlive this.
    RunLoop(Experiment& experiment, const Schedule& schedule, const StopRule& rule, RunSink sink, RunControl& control,
        RunStart start = {});
    ~RunLoop();

    /// Goes on until the run ends, the value being how, or rests (none): it is paused, has recorded where and said so,
    /// or RunControl holds it. To be called again when RunControl::wantsAttention(). Not after the end.
    [[nodiscard]] std::optional<RunResult> goOn(const std::stop_token& stop = {});
    /// Whether goOn() returned because RunControl held it, and not because it is paused.
    [[nodiscard]] bool isHeld() const;

private:
    std::unique_ptr<RunSteps> m_steps;
};

/// A whole run on the calling thread, which sleeps while it is paused.
[[nodiscard]] RunResult run(Experiment& experiment, const Schedule& schedule, const StopRule& rule, const RunSink& sink,
    RunControl& control, std::stop_token stop = {}, RunStart start = {});

} // namespace fplab
