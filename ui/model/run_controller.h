#pragma once

#include "core/run/experiment.h"
#include "core/run/history.h"
#include "core/run/run.h"
#include "core/run/run_control.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <optional>
#include <thread>

namespace fplab {

enum class RunState {
    Empty, ///< no experiment
    Ready, ///< at step 0, nothing trained yet
    Running,
    Paused,
    Finished, ///< over by itself; Outcome::Ended in result() where it gave up
    Diverged, ///< the last finite state is kept
};

/// Owns the worker thread and the history of the current run. Lives on the window's thread; QtCore only.
///
/// Wakes once per batch of records, drains the queue at frame rate and says so with one advanced(); views then pull.
class RunController : public QObject {
    Q_OBJECT
public:
    explicit RunController(QObject* parent = nullptr);
    ~RunController() override;

    struct Shared; ///< between the worker and the window
    /// One run, whole: what it is made of, what it has recorded, and the experiment itself, which can go on.
    struct Run {
        RunState state = RunState::Empty;
        std::vector<Channel> channels;
        std::vector<Remark> remarks;
        History history;
        std::vector<LoggedChange> changes;
        std::vector<Remark> findings;
        RunResult result;
        StopRule rule;
        Schedule schedule = Schedule::every(1);
        int busyThreads = 1;
        std::int64_t stretch = 0; ///< where the present stretch began: 0, or where it was last told to train on
        std::shared_ptr<Shared> shared;
    };

    /// Ends the run that is there (waiting for its current step) and prepares this one, at step 0, with the
    /// record of step 0 in the history: `first` if it was observed already.
    void load(std::unique_ptr<Experiment> experiment, Schedule schedule, StopRule rule, RecordPtr first = {});
    /// Takes the run out, paused at its last step if it was going on. Empty afterwards.
    [[nodiscard]] Run takeOut();
    /// Puts a run that was taken out in the place of the one that is there, which is forgotten.
    void putIn(Run run);
    /// Ends the run and forgets it.
    void clear();

    void resume(); ///< also from Finished, if a later stop rule was set
    /// After the end by a stop rule: what is set from here on counts as a new stretch.
    void beginStretch() { m_run.stretch = liveStep(); }
    void pause();
    void toggle();
    void stepBy(std::int64_t count);
    void stepToRecord();
    void setPace(const Pace& pace);
    void setStopRule(const StopRule& rule);
    /// Taken over together by the next step.
    void post(const std::vector<LiveChange>& changes);
    /// Takes another way from a record (an index into the history), as Experiment::branchFrom() says; what followed is
    /// forgotten. Paused there. On error nothing changes but that the run is paused.
    Status branchFrom(std::size_t record);
    /// After a divergence: the run is paused at its last finite step and can go on.
    void acknowledge();
    /// After a divergence that has a suspect: as if the suspect changes had not been made. Paused at their step, with
    /// the values they had there put in force by `restored`. Precondition: Diverged and result().suspect.
    void takeBackChanges(const std::vector<LiveChange>& restored);

    [[nodiscard]] RunState state() const { return m_run.state; }
    [[nodiscard]] bool hasRun() const { return m_run.state != RunState::Empty; }
    /// Channels of the loaded experiment; empty without one. Valid until the next load() or clear().
    [[nodiscard]] const std::vector<Channel>& channels() const { return m_run.channels; }
    /// What must be known to read the results of the loaded experiment; empty without one.
    [[nodiscard]] const std::vector<Remark>& remarks() const { return m_run.remarks; }
    /// First channel with that role; -1 if there is none.
    [[nodiscard]] int channelIndex(Role role) const;
    [[nodiscard]] History& history() { return m_run.history; }
    [[nodiscard]] const History& history() const { return m_run.history; }
    [[nodiscard]] const std::vector<LoggedChange>& changes() const { return m_run.changes; }
    /// What turned out during the run so far and must be known to read its results.
    [[nodiscard]] const std::vector<Remark>& findings() const { return m_run.findings; }
    /// remarks() and findings(): what a person is told of this run.
    [[nodiscard]] std::vector<Remark> notes() const;
    /// Whether it is over without having reached what was asked for.
    [[nodiscard]] bool gaveUp() const
    {
        return m_run.state == RunState::Finished && m_run.result.outcome == Outcome::Ended;
    }
    /// Whether the experiment itself has come to an end: no stop rule makes it go on. False while running.
    [[nodiscard]] bool isAtItsEnd() const;
    /// Finished, but a stop rule that was set since then has it go on.
    [[nodiscard]] bool mayGoOn() const;
    /// Steps since the run began or was last told to train on.
    [[nodiscard]] std::int64_t stretch() const { return liveStep() - std::min(m_run.stretch, liveStep()); }
    /// How the run ended; meaningful in Finished and Diverged.
    [[nodiscard]] const RunResult& result() const { return m_run.result; }
    [[nodiscard]] const StopRule& stopRule() const { return m_run.rule; }
    [[nodiscard]] const Pace& pace() const { return m_pace; }
    /// Last recorded step; 0 without records.
    [[nodiscard]] std::int64_t liveStep() const;
    /// Steps per second over about the last second of running; 0 when not running.
    [[nodiscard]] double stepsPerSecond() const { return m_rate; }

    /// Bytes that this run's and later histories may take; may thin the history there is.
    void setHistoryBudget(std::size_t bytes);

    /// Threads that a step keeps busy, as of the last load().
    [[nodiscard]] int busyThreads() const { return m_run.busyThreads; }

    /// At least `interval` milliseconds between two advanced(); raised by the views while a frame is expensive. With
    /// `yield`, training leaves them a processor while they are drawn.
    void setFrames(int interval, bool yield);
    /// The views are being painted: when that is done, training has all processors again.
    void endFrame();

Q_SIGNALS:
    void loaded(); ///< another experiment: channels, remarks and history are new
    void advanced(); ///< the history has grown; at most once per frame
    void stateChanged(fplab::RunState state);
    void changeLogged(const fplab::LoggedChange& change);
    void found(const fplab::Remark& finding); ///< findings() has grown
    void ranOutOfMemory(); ///< the run is paused at its last step and can go on

private:
    void startWorker();
    void stopWorker();
    void beginFrame();
    void setYielding(bool on);
    void drain();
    /// Takes in what the worker has sent; the value is how it ended, if it has.
    std::optional<RunResult> takeIn();
    void end(RunResult result);
    void setState(RunState state);
    void forget();
    void announce();

    Run m_run;
    Pace m_pace;
    static constexpr int frameInterval = 33; ///< milliseconds, the least
    QTimer m_frame;
    QElapsedTimer m_frameClock; ///< since the last frame began
    int m_frameInterval = frameInterval;
    bool m_yieldForFrames = false, m_yielding = false;
    bool m_painted = true; ///< since the last frame began
    QTimer m_drain, m_yieldEnd;
    double m_rate = 0;
    QElapsedTimer m_rateClock;
    std::int64_t m_rateStep = 0;
    std::jthread m_worker; ///< last: its destructor stops and joins before the rest goes
};

} // namespace fplab

Q_DECLARE_METATYPE(fplab::RunState)
