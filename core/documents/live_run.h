#pragma once

#include "core/documents/run_document.h"
#include "core/documents/run_task.h"

#include <memory>
#include <vector>

namespace fplab {

class Runner;

/// What has changed in a document.
struct RunNews {
    std::shared_ptr<const RunDocument> document;
    bool made = false; ///< it is Ready, or there is a failure
    bool advanced = false; ///< records were added or taken away
    std::size_t changes = 0, findings = 0; ///< so many are new, at the end of those of the document
    bool outOfMemory = false; ///< it is paused at its last step and can go on
    bool state = false; ///< it may be another one
    [[nodiscard]] bool any() const { return made || advanced || changes > 0 || findings > 0 || outOfMemory || state; }
};

/// A run of a Runner, in the hand of its owner: when this goes, the run ends and is forgotten, but for its document.
/// All on the reader's thread; none waits for a step unless it says so.
class LiveRun {
public:
    LiveRun(const LiveRun&) = delete;
    ~LiveRun();

    [[nodiscard]] std::shared_ptr<const RunDocument> document() const { return m_document; }
    [[nodiscard]] const RunDocument& operator*() const { return *m_document; }
    [[nodiscard]] const RunDocument* operator->() const { return m_document.get(); }

    /// Trains as soon as it is its turn and it is made; also from Finished, if a later stop rule was set.
    void resume();
    void pause();
    void stepBy(std::int64_t count);
    void stepToRecord();
    void setPace(const Pace& pace);
    void setStopRule(const StopRule& rule);
    /// Taken over together by the next step.
    void post(const std::vector<LiveChange>& changes);
    /// After the end by a stop rule: what is set from here on counts as a new stretch.
    void beginStretch() { m_document->stretch = m_document->liveStep(); }
    /// Takes another way from a record (an index into the history), as Experiment::branchFrom() says; what followed is
    /// forgotten. Paused there. On error nothing changes but that the run is paused. Waits for the step that is done.
    Status branchFrom(std::size_t record);
    /// After a divergence: the run is paused at its last finite step and can go on.
    void acknowledge();
    /// After a divergence that has a suspect: as if the suspect changes had not been made. Paused at their step, with
    /// the values they had there put in force by `restored`. Precondition: Diverged and result.suspect.
    void takeBackChanges(const std::vector<LiveChange>& restored);
    /// Paused at its last step if it was going on; its making is given up. Waits for the step that is done.
    void halt();

    /// As Experiment::setYielding().
    void setYielding(bool on);
    /// As History::pin().
    void pin(std::int64_t step) { m_document->history.pin(step); }
    void unpin(std::int64_t step) { m_document->history.unpin(step); }
    void setHistoryBudget(std::size_t bytes);

    /// Whether the experiment itself has come to an end: no stop rule makes it go on. False while running.
    [[nodiscard]] bool isAtItsEnd() const;
    /// Finished, but a stop rule that was set since then has it go on.
    [[nodiscard]] bool mayGoOn() const;

    /// What the calls above have changed since this was last asked; what the threads have sent stands in
    /// Runner::drain().
    [[nodiscard]] RunNews takeNews();

private:
    friend class Runner;
    LiveRun(Runner& runner, std::shared_ptr<RunDocument> document, std::shared_ptr<RunTask> task);

    void start();
    void take(RunTask::Made made);
    void takeIn(); ///< what the threads have sent
    void end(RunResult result);
    void setState(RunState state);
    void goBackTo(std::int64_t step); ///< forgets what followed

    Runner& m_runner;
    const std::shared_ptr<RunDocument> m_document;
    const std::shared_ptr<RunTask> m_task;
    bool m_training = false; ///< the task has the experiment, once it is made
    RunNews m_news;
};

} // namespace fplab
