#pragma once

#include "core/documents/live_run.h"
#include "ui/model/runs.h"

#include <QElapsedTimer>
#include <QObject>

#include <algorithm>
#include <memory>

namespace fplab {

/// A run that is looked at: its document, with signals when that changes. One run at a time, on the window's thread.
///
/// Says so with one advanced() a frame when there are new records; views then pull.
class ShownRun : public QObject {
    Q_OBJECT
public:
    /// `runs` must outlive this.
    explicit ShownRun(Runs& runs, QObject* parent = nullptr);

    /// Another run, which must outlive this or be followed by another show(); null = none.
    void show(LiveRun* run);

    /// The run, or an empty one; another object after the next loaded().
    [[nodiscard]] const std::shared_ptr<const RunDocument>& share() const { return m_document; }
    [[nodiscard]] const RunDocument& document() const { return *m_document; }
    [[nodiscard]] Runs& runs() const { return m_runs; }
    /// As History::pin().
    void pin(std::int64_t step);
    void unpin(std::int64_t step);

    [[nodiscard]] RunState state() const { return m_document->state; }
    [[nodiscard]] bool hasRun() const { return m_document->state != RunState::Empty; }
    /// Channels of the experiment; empty without one.
    [[nodiscard]] const std::vector<Channel>& channels() const { return m_document->channels; }
    /// What must be known to read the results of the experiment; empty without one.
    [[nodiscard]] const std::vector<Remark>& remarks() const { return m_document->remarks; }
    /// First channel with that role; -1 if there is none.
    [[nodiscard]] int channelIndex(Role role) const { return m_document->channelIndex(role); }
    [[nodiscard]] const History& history() const { return m_document->history; }
    [[nodiscard]] const std::vector<LoggedChange>& changes() const { return m_document->changes; }
    /// What turned out during the run so far and must be known to read its results.
    [[nodiscard]] const std::vector<Remark>& findings() const { return m_document->findings; }
    /// remarks() and findings(): what a person is told of this run.
    [[nodiscard]] std::vector<Remark> notes() const { return m_document->notes(); }
    /// Whether it is over without having reached what was asked for.
    [[nodiscard]] bool gaveUp() const { return m_document->gaveUp(); }
    /// Whether the experiment itself has come to an end: no stop rule makes it go on. False while running.
    [[nodiscard]] bool isAtItsEnd() const { return m_live && m_live->isAtItsEnd(); }
    /// Finished, but a stop rule that was set since then has it go on.
    [[nodiscard]] bool mayGoOn() const { return m_live && m_live->mayGoOn(); }
    /// Steps since the run began or was last told to train on.
    [[nodiscard]] std::int64_t stretch() const { return liveStep() - std::min(m_document->stretch, liveStep()); }
    /// How the run ended; meaningful in Finished and Diverged.
    [[nodiscard]] const RunResult& result() const { return m_document->result; }
    [[nodiscard]] const StopRule& stopRule() const { return m_document->rule; }
    /// Last recorded step; 0 without records.
    [[nodiscard]] std::int64_t liveStep() const { return m_document->liveStep(); }
    /// Threads that a step keeps busy, as of when it was made.
    [[nodiscard]] int busyThreads() const { return m_document->busyThreads; }
    /// Steps per second over about the last second of running; 0 when not running.
    [[nodiscard]] double stepsPerSecond() const { return m_rate; }

Q_SIGNALS:
    void loaded(); ///< another run, or its experiment is made: channels, remarks and history are new
    void advanced(); ///< the history has grown, or records were taken away; at most once per frame
    void stateChanged(fplab::RunState state);
    void changeLogged(const fplab::LoggedChange& change);
    void found(const fplab::Remark& finding); ///< findings() has grown
    void ranOutOfMemory(); ///< the run is paused at its last step and can go on

protected:
    [[nodiscard]] LiveRun* live() const { return m_live; }
    void tellAsked(); ///< what a call to live() has changed

private:
    void tell(const RunNews& news);
    void measureRate();

    Runs& m_runs;
    LiveRun* m_live = nullptr;
    std::shared_ptr<const RunDocument> m_document;
    RunState m_told = RunState::Empty;
    double m_rate = 0;
    QElapsedTimer m_rateClock;
    std::int64_t m_rateStep = 0;
};

} // namespace fplab

Q_DECLARE_METATYPE(fplab::RunState)
