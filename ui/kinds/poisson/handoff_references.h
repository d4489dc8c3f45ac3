#pragma once

#include "core/experiment/spec.h"
#include "core/kinds/poisson/solve_clock.h"
#include "ui/kinds/poisson/error_trace.h"
#include "ui/model/run_cursor.h"

#include <QObject>

#include <memory>
#include <vector>

namespace fplab {

/// A run beside the one on screen, for comparison.
struct HandoffReference {
    QString label; ///< "Jacobi alone"
    ExperimentSpec spec;
    StopRule rule;
    std::unique_ptr<LiveRun> run; ///< null while it is not wanted
    ErrorTrace trace;
    std::shared_ptr<SolveClock> measured; ///< by who makes it, where its clock is its own
    bool done = false;
};

/// What a Poisson run is compared with: the solver alone; beside a network that hands over, the network alone; without
/// a network, the other solvers. Background runs of the window's runner: made and run one after the other while the run
/// on screen rests, so that neither takes time from the other.
class HandoffReferences : public QObject {
    Q_OBJECT
public:
    /// `runs` must outlive this.
    explicit HandoffReferences(Runs& runs, QObject* parent = nullptr);

    /// Those of another experiment, of kind "poisson". `clock` is that of the run on screen.
    void make(const ExperimentSpec& spec, const ExecutionOptions& options, const SolveClock& clock);
    void setClock(const SolveClock& clock); ///< its network's time has become known
    void clear();
    void setAnalysis(const AnalysisSpec& settings); ///< of the solver alone
    /// How long the network alone is worth running; a shorter run goes on.
    void setNetworkSeconds(double seconds);

    /// Done at once where the run on screen is the solver alone.
    [[nodiscard]] const HandoffReference& alone() const { return m_alone; }
    [[nodiscard]] const std::vector<std::unique_ptr<HandoffReference>>& others() const { return m_others; }
    /// The solver alone for views.
    [[nodiscard]] RunCursor aloneCursor() { return {m_shown, m_timeline, m_analysis}; }

Q_SIGNALS:
    void changed(); ///< a reference has gone on or is done

private:
    void add(const QString& label, const ExperimentSpec& spec);
    void begin(HandoffReference& reference);
    void hear(const RunNews& news);

    Runs& m_runs;
    ExecutionOptions m_options;
    HandoffReference m_alone;
    std::vector<std::unique_ptr<HandoffReference>> m_others;
    ShownRun m_shown {m_runs}; ///< the solver alone
    TimelineModel m_timeline {m_shown};
    AnalysisModel m_analysis {m_shown};
};

/// What people call a grid solver.
[[nodiscard]] QString solverLabel(const std::string& id);

} // namespace fplab
