#pragma once

#include "core/experiment/spec.h"
#include "core/run/history.h"
#include "core/run/run.h"

#include <optional>
#include <vector>

namespace fplab {

enum class RunState {
    Empty, ///< its experiment is not made yet, or could not be
    Ready, ///< at step 0, nothing trained yet
    Running,
    Paused,
    Finished, ///< over by itself; Outcome::Ended in the result where it gave up
    Diverged, ///< the last finite state is kept
};

/// One run, whole and as a plain value: what it is made of and all that it has recorded. Its runner appends to it, on
/// the thread of the reader; everybody else holds it as shared_ptr<const RunDocument> and sees it grow.
struct RunDocument {
    ExperimentSpec spec; ///< as it began: without live changes
    RecordSpec record; ///< which steps are recorded
    StopRule rule; ///< in force now
    RunState state = RunState::Empty;
    std::optional<Diagnostic> failure; ///< Empty: why the experiment could not be made
    std::vector<Channel> channels;
    std::vector<Remark> remarks; ///< what must be known to read its results
    History history = History();
    std::vector<LoggedChange> changes;
    std::vector<Remark> findings; ///< what turned out during the run and must be known to read its results
    RunResult result; ///< how it ended; meaningful in Finished and Diverged
    int busyThreads = 1; ///< that a step keeps busy
    std::int64_t stretch = 0; ///< where the present stretch began: 0, or where it was last told to train on

    /// First channel with that role; -1 if there is none.
    [[nodiscard]] int channelIndex(Role role) const;
    /// Last recorded step; 0 without records.
    [[nodiscard]] std::int64_t liveStep() const { return history.empty() ? 0 : history.back().step; }
    /// remarks and findings: what a person is told of this run.
    [[nodiscard]] std::vector<Remark> notes() const;
    [[nodiscard]] bool isOver() const { return state == RunState::Finished || state == RunState::Diverged; }
    /// Whether it is over without having reached what was asked for.
    [[nodiscard]] bool gaveUp() const { return state == RunState::Finished && result.outcome == Outcome::Ended; }
};

/// Of a run that is to begin: what `spec` asks for.
[[nodiscard]] RunDocument documentOf(const ExperimentSpec& spec);

} // namespace fplab
