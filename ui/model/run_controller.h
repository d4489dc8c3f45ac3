#pragma once

#include "ui/model/shown_run.h"

#include <memory>

namespace fplab {

/// The run on screen: owns it, and has it do what the window asks.
class RunController : public ShownRun {
    Q_OBJECT
public:
    explicit RunController(Runs& runs, QObject* parent = nullptr);
    ~RunController() override;

    /// Ends the run that is there and prepares this one, at step 0, with the record of step 0 in the history: `first`
    /// if it was observed already. `document` says what it is of, see documentOf().
    void load(std::unique_ptr<Experiment> experiment, RunDocument document, RecordPtr first = {});
    /// Takes the run out, paused at its last step if it was going on. Empty afterwards. Precondition: hasRun().
    [[nodiscard]] std::unique_ptr<LiveRun> takeOut();
    /// Puts a run that was taken out in the place of the one that is there, which is forgotten.
    void putIn(std::unique_ptr<LiveRun> run);
    /// Ends the run and forgets it.
    void clear();

    void resume(); ///< also from Finished, if a later stop rule was set
    /// After the end by a stop rule: what is set from here on counts as a new stretch.
    void beginStretch();
    void pause();
    void toggle();
    void stepBy(std::int64_t count);
    void stepToRecord();
    void setPace(const Pace& pace); ///< of later runs too
    [[nodiscard]] const Pace& pace() const { return m_pace; }
    void setStopRule(const StopRule& rule);
    /// Taken over together by the next step.
    void post(const std::vector<LiveChange>& changes);
    /// As LiveRun::branchFrom(). Precondition: hasRun().
    Status branchFrom(std::size_t record);
    /// After a divergence: the run is paused at its last finite step and can go on.
    void acknowledge();
    /// As LiveRun::takeBackChanges(). Precondition: hasRun().
    void takeBackChanges(const std::vector<LiveChange>& restored);
    /// Bytes that this run's and later histories may take; may thin the history there is.
    void setHistoryBudget(std::size_t bytes);
    [[nodiscard]] std::size_t historyBudget() const { return m_budget; }

    // As of Runs.
    void setFrames(int interval, bool yield) { runs().setFrames(interval, yield); }
    void endFrame() { runs().endFrame(); }

private:
    void hold(std::unique_ptr<LiveRun> run);
    template <class Request> void ask(Request&& request);

    std::unique_ptr<LiveRun> m_run; ///< null without one
    Pace m_pace;
    std::size_t m_budget = History::defaultBudget;
};

} // namespace fplab
