#pragma once

#include "core/experiment/spec.h"
#include "core/kinds/poisson/handoff_verdict.h"
#include "core/kinds/poisson/kind.h"
#include "core/kinds/poisson/solve_clock.h"
#include "core/kinds/poisson/solve_summary.h"
#include "ui/kinds/poisson/error_trace.h"
#include "ui/kinds/poisson/handoff_references.h"
#include "ui/kinds/poisson/handoff_sweeper.h"
#include "ui/model/kind_model.h"
#include "ui/model/run_controller.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace fplab {

struct Lab;

inline const QString handoffStepPath = QStringLiteral("pde.handoff_step");

/// What a Poisson run is compared with: the solver alone, the network alone, other solvers, the branch of another
/// hand-off step M, and all of that over M. Costs are sweeps, floating-point operations, and seconds on this computer:
/// as many as the steps and sweeps take by one clock, so that one amount of work costs the same everywhere.
class HandoffModel : public KindModel {
    Q_OBJECT
public:
    using Point = SolveSummary::Point;

    explicit HandoffModel(RunController& run, QObject* parent = nullptr);

    void open(const ExperimentSpec& spec, const ExecutionOptions& options) override;
    void follow(const ExperimentSpec& spec) override;
    [[nodiscard]] bool available() const override { return m_setting.has_value(); }
    /// Shows what a branch at the hand-off step that waits would do.
    void onPending(const ExperimentEditor& editor) override;
    /// The hand-off step, which may lie behind the run.
    [[nodiscard]] bool isTooLate(const QString& path, const ExperimentSpec& wanted) const override;
    /// From the record of the network at the hand-off step that waits.
    [[nodiscard]] std::optional<Branch> branch(const ExperimentEditor& editor) const override;
    /// A solver that may take very many sweeps is expected to take those that it takes alone.
    [[nodiscard]] std::optional<std::int64_t> expectedEnd() override;
    [[nodiscard]] std::optional<Words> verdictWords() const override;
    [[nodiscard]] bool isReversed() const override { return pde().handoffStep == 0; }
    [[nodiscard]] std::optional<Solver> solver() const override;
    [[nodiscard]] QString equation(const QString& view, const QString& summary) const override;
    [[nodiscard]] std::optional<ViewOccasion> occasion() const override;

    /// A network is to hand over to a solver: not one of them alone. False when not available().
    [[nodiscard]] bool handsOver() const { return available() && pde().handoffStep > 0; }
    // Preconditions of what follows: available().
    [[nodiscard]] const PdeSpec& pde() const { return specOf<PoissonSpec>(m_spec.problem).pde; }
    [[nodiscard]] const PoissonSetting& setting() const { return *m_setting; }
    [[nodiscard]] QString solverLabel() const; ///< "Jacobi"
    /// Measured when the experiment was opened; the step of a very large network once it has run.
    [[nodiscard]] const SolveClock& clock() const { return m_clock; }
    /// "0.41 ± 0.03 s"
    [[nodiscard]] QString secondsText(const Point& point) const;
    /// The run on screen.
    [[nodiscard]] const ErrorTrace& trace() const { return m_trace; }

    /// The solver alone: as far as it has run or, for Jacobi, ahead of that in closed form.
    [[nodiscard]] const std::vector<Point>& alone();
    /// Whether alone() is computed, not measured.
    [[nodiscard]] bool aloneIsComputed() const;
    /// Runs for comparison that have begun, beside the solver alone.
    [[nodiscard]] const std::vector<std::unique_ptr<HandoffReference>>& others() const { return m_references.others(); }
    /// The solver alone for views.
    [[nodiscard]] RunCursor aloneCursor() { return m_references.aloneCursor(); }

    /// Shows the branch at the last recorded step that is not above `step`, while M is being chosen; none = as it is.
    void consider(std::optional<std::int64_t> step);
    [[nodiscard]] std::optional<std::int64_t> considered() const { return m_considered; }
    /// The considered branch in closed form, from its hand-over on; empty without one or with another solver than
    /// Jacobi.
    [[nodiscard]] const std::vector<Point>& consideredBranch() const { return m_branch; }
    /// The index of the record from which a run with that M could go on at once; none if it must be trained anew.
    [[nodiscard]] std::optional<std::size_t> recordFor(std::int64_t step) const;
    /// Where the network would stand at `step`, by the recorded steps and their pace beyond; none before it has run.
    [[nodiscard]] std::optional<Point> networkAt(std::int64_t step) const;
    /// Whether it is too late for the run to hand over at `step`.
    [[nodiscard]] bool isPast(std::int64_t step) const;
    /// `step`, or the recorded step at or before it from which a run that is past it can go on at once.
    [[nodiscard]] std::int64_t recordedStep(std::int64_t step) const;

    /// Tries hand-off steps up to three times M, in order.
    void startSweep();
    void cancelSweep();
    [[nodiscard]] bool isSweeping() const { return m_sweeper.isRunning(); }
    /// The steps of the latest sweep.
    [[nodiscard]] const std::vector<std::int64_t>& sweepSteps() const { return m_sweeper.steps(); }
    [[nodiscard]] const std::vector<HandoffTrial>& trials() const { return m_trials; }

    /// Who wins, once the run and the solver alone have ended.
    [[nodiscard]] const std::optional<HandoffVerdict>& verdict() const { return m_verdict; }

private:
    void reload();
    void advance();
    void adopt(const ExperimentSpec& spec);
    void limitNetwork();
    void judgeNow();
    void measure();
    void learnStep(const Point& network);
    [[nodiscard]] HandoffTrial timed(HandoffTrial trial);
    [[nodiscard]] bool forecastsHere() const;
    [[nodiscard]] std::vector<Point> forecast(const std::vector<double>& output, const Point& from);

    RunController& m_run;
    ErrorTrace m_trace;
    ExperimentSpec m_spec;
    ExecutionOptions m_options;
    std::optional<PoissonSetting> m_setting;

    HandoffReferences m_references {m_run.runs()};
    std::vector<Point> m_aloneForecast;
    SolveClock m_clock;

    std::optional<std::int64_t> m_considered;
    std::optional<std::int64_t> m_branchStep; ///< where m_branch begins
    std::vector<Point> m_branch;
    HandoffSweeper m_sweeper {m_run.runs()};
    std::vector<HandoffTrial> m_trials;
    std::optional<HandoffVerdict> m_verdict;
};

/// That of the window that the models are of.
[[nodiscard]] HandoffModel& handoffOf(const Lab& lab);

} // namespace fplab
