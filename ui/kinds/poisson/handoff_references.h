#pragma once

#include "core/experiment/spec.h"
#include "core/kinds/poisson/solve_clock.h"
#include "ui/kinds/poisson/error_trace.h"
#include "ui/model/analysis_model.h"
#include "ui/model/background_job.h"
#include "ui/model/run_controller.h"
#include "ui/model/timeline_model.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace fplab {

/// A run beside the one on screen, for comparison.
struct HandoffReference {
    QString label; ///< "Jacobi alone"
    ExperimentSpec spec;
    StopRule rule;
    RunController run;
    ErrorTrace trace {run};
    bool done = false;
};

/// What a Poisson run is compared with: the solver alone; beside a network that hands over, the network alone; without
/// a network, the other solvers. They are made and run one after the other while the run on screen rests, so that
/// neither takes time from the other; only the making of one that has begun goes on to its end.
class HandoffReferences : public QObject {
    Q_OBJECT
public:
    explicit HandoffReferences(QObject* parent = nullptr);

    /// Those of another experiment, of kind "poisson"; rest() starts them. `clock` is that of the run on screen.
    void make(const ExperimentSpec& spec, const ExecutionOptions& options, const SolveClock& clock);
    void setClock(const SolveClock& clock); ///< its network's time has become known
    void clear();
    void setAnalysis(const AnalysisSpec& settings); ///< of the models of the solver alone
    /// How long the network alone is worth running; a shorter run goes on.
    void setNetworkSeconds(double seconds);

    void rest(); ///< the run on screen rests: after a moment the references go on
    void pause(); ///< the computer is wanted for something else

    /// Done at once where the run on screen is the solver alone.
    [[nodiscard]] const HandoffReference& alone() const { return m_alone; }
    [[nodiscard]] const std::vector<std::unique_ptr<HandoffReference>>& others() const { return m_others; }
    // The solver alone for views.
    [[nodiscard]] RunController& aloneRun() { return m_alone.run; }
    [[nodiscard]] TimelineModel& aloneTimeline() { return m_timeline; }
    [[nodiscard]] AnalysisModel& aloneAnalysis() { return m_analysis; }

Q_SIGNALS:
    void changed(); ///< a reference has gone on or is done

private:
    void follow(HandoffReference& reference);
    void add(const QString& label, const ExperimentSpec& spec);
    void load(HandoffReference& reference);
    void goOn();

    HandoffReference m_alone;
    TimelineModel m_timeline {m_alone.run};
    AnalysisModel m_analysis {m_alone.run};
    std::vector<std::unique_ptr<HandoffReference>> m_others;
    ExecutionOptions m_options;
    QTimer m_moment; ///< since rest()
    bool m_resting = false;
    BackgroundJob m_maker; ///< of the reference that is next: a large network takes a while
};

/// What people call a grid solver.
[[nodiscard]] QString solverLabel(const std::string& id);

} // namespace fplab
