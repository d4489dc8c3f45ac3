#pragma once

#include "core/run/experiment.h"
#include "core/run/run_control.h"
#include "core/run/schedule.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace fplab {

enum class Outcome { Finished, Stopped, Diverged };
[[nodiscard]] const char* outcomeId(Outcome outcome); ///< "finished", "stopped", "diverged": in files

/// A live change as it took effect.
struct LoggedChange {
    std::int64_t step = 0; ///< the change holds for the update that follows this step
    LiveChange change;
    std::string refused; ///< why it was not applied; empty if it was
};

struct RunResult {
    Outcome outcome = Outcome::Finished;
    std::int64_t step = 0; ///< last step done (Diverged: last step with finite state, which the experiment is restored to)
    double seconds = 0; ///< training time without pauses
    std::string reason; ///< for people: which rule ended it, or what diverged and where
    std::int64_t divergedAt = -1; ///< the step whose loss was not finite or exploded; -1 otherwise
};

/// What a run reports, all on the thread that runs it.
struct RunSink {
    std::function<void(RecordPtr)> record; ///< required
    std::function<void(const LoggedChange&)> change; ///< optional
    std::function<void(bool paused, std::int64_t step)> paused; ///< optional: the run went to sleep or on
};

/// Runs on the calling thread until a stop rule, `stop` or a divergence ends it. The headless program calls it
/// directly, the window on a worker. The current state is observed first when `observeFirst`; step 0 and the step it
/// ends on always are recorded, as is a step it pauses on.
///
/// A loss that is not finite, or that exceeds 1e4 x the first, 1e4 x the best and 1e3, ends it within one step; the
/// experiment is then taken back to the last step with a good loss. Obeys pause and stop within one step.
[[nodiscard]] RunResult run(Experiment& experiment, const Schedule& schedule, const StopRule& rule, const RunSink& sink,
    RunControl& control, std::stop_token stop = {}, bool observeFirst = true);

} // namespace fplab
