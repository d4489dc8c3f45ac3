#pragma once

#include "core/analysis/analysis_spec.h"
#include "core/engine/network_spec.h"
#include "core/engine/optimizer.h"
#include "core/pde/grid_solver.h"
#include "core/run/run_control.h"
#include "core/run/schedule.h"
#include "core/signal/target.h"

#include <cstdint>
#include <map>
#include <string>

namespace fplab {

namespace choices {
inline constexpr Choice trainingSampling[] {{"even", "even, always the same"}, {"redrawn", "drawn anew in each step"}};
inline constexpr Choice handoffWhen[] {{"at_step", "at step M"}, {"captured", "when low k are captured"}};
}

struct PdeSpec {
    std::string formula = "sin(x)+4*sin(4*x)-8*sin(8*x)+16*sin(24*x)"; ///< g of -u'' = g; the paper's
    std::map<std::string, double> parameters; ///< of the formula, as in TargetSpec
    double from = -1, to = 1;
    int grid = 1000; ///< intervals of the solver
    int trainingPoints = 201; ///< of the network, ends included
    std::string trainingSampling = "even"; ///< even; redrawn: other points in each step
    double beta = 10; ///< penalty of the network's ends
    std::int64_t handoffStep = 900; ///< M; 0 = the solver alone, from zero; -1 = the network alone
    std::string handoffWhen = "at_step"; ///< at_step; captured: as soon as the low peaks are, at M at the latest
    int lowUpTo = 3; ///< captured: followed peaks up to this k count
    std::string then = "jacobi"; ///< id of a grid solver
    double omega = 1; ///< relaxation factor of damped_jacobi and sor
    bool removeBoundaryLine = true;
    std::int64_t alternateEvery = 0; ///< sweeps after which a network phase follows again; 0 = never
    double tolerance = 1e-3; ///< ends when max |u - u_ref| is not above
    std::int64_t maxSweeps = 1'000'000;
    bool operator==(const PdeSpec&) const = default;
};

/// Kind "poisson": a network (Deep Ritz) for M steps, then a solver on a finer grid (S1, section 5).
struct PoissonSpec {
    PdeSpec pde;
    NetworkSpec network;
    OptimizerSpec optimizer;
    StopRule stop; ///< steps: of the network alone
    RecordSpec record;
    AnalysisSpec analysis;
    bool operator==(const PoissonSpec&) const = default;
};

/// The network trains first, or alone.
[[nodiscard]] inline bool hasNetwork(const PdeSpec& pde) { return pde.handoffStep != 0; }
/// A solver goes on from it, or works alone.
[[nodiscard]] inline bool hasSolver(const PdeSpec& pde) { return pde.handoffStep >= 0; }
[[nodiscard]] inline bool handsOver(const PdeSpec& pde) { return hasNetwork(pde) && hasSolver(pde); }

namespace idle {
inline constexpr auto solverAlone = "the hand-off step is 0: the solver works alone";
inline constexpr auto networkAlone = "the hand-off step is -1: the network works alone";
inline constexpr auto noHandOver = "nothing is handed over";
}

template <FieldsOf<PdeSpec> S, class V> void visitFields(S& s, V&& v)
{
    const auto live = Effect::Live;
    const GridSolverKind* solver = findGridSolver(s.then);
    v("formula", s.formula,
        Hint {"g(x)", "The right-hand side of -u'' = g; u is 0 at both ends.", 0, 4096}.inPanel("target").as(
            Meaning::Formula));
    v("parameters", s.parameters, formulaParameterHint().inPanel("target"));
    v("from", s.from,
        Hint {"From", "Left end of the domain.", -1e6, 1e6}.inPanel("target").slider(-10, 10).underMore().besideNext());
    v("to", s.to, Hint {"To", "Right end of the domain.", -1e6, 1e6}.inPanel("target").slider(-10, 10).underMore());
    v("grid", s.grid,
        Hint {"Grid intervals n", "Intervals of the solver's grid; sweeps of Jacobi grow with n squared.", 2, 1e6}
            .inPanel("target")
            .logScale()
            .slider(100, 10000));
    v("training_points", s.trainingPoints,
        Hint {"Training points", "Points where the network sees the equation, ends included.", 5, 100000}
            .inPanel("target")
            .logScale()
            .slider(51, 2001));
    v("training_sampling", s.trainingSampling,
        Hint {"Points are",
            "The same even points in each step, or one at random in each cell, drawn anew: then the network cannot "
            "bend between them."}
            .inPanel("target")
            .oneOf(choices::trainingSampling)
            .underMore()
            .whenOn(hasNetwork(s), idle::solverAlone));
    v("beta", s.beta,
        Hint {"Boundary penalty", "beta: how much the network pays for a value at the ends.", 0, 1e9, live}
            .inPanel("target")
            .logScale()
            .slider(1, 1000)
            .underMore()
            .whenOn(hasNetwork(s), idle::solverAlone));
    v("handoff_step", s.handoffStep,
        Hint {"Hand-off step M",
            "Network steps before the solver takes over; 0 is the solver alone, -1 the network alone.", -1, 1e9, live}
            .slider(0, 5000));
    v("handoff_when", s.handoffWhen,
        Hint {"Hand over", "At step M, or as soon as the network has the low frequencies.", -noLimit, noLimit, live}
            .oneOf(choices::handoffWhen)
            .underMore()
            .whenOn(handsOver(s), idle::noHandOver));
    v("low_up_to", s.lowUpTo,
        Hint {"Low up to k", "Followed peaks up to this k must be captured before the hand-off.", 1, 100000, live}
            .slider(1, 20)
            .underMore()
            .whenOn(handsOver(s), idle::noHandOver)
            .when(s.handoffWhen == "captured", "the network hands over at step M, whatever is captured"));
    v("then", s.then,
        Hint {"Then", "The method that goes on from the network's solution.", -noLimit, noLimit, live}
            .oneOf(gridSolverChoices())
            .whenOn(hasSolver(s), idle::networkAlone));
    v("omega", s.omega,
        Hint {"omega", "Relaxation factor of damped Jacobi (up to 1) and SOR (below 2).", 0.01, 1.999999, live}
            .slider(0.05, 1.99)
            .underMore()
            .whenOn(hasSolver(s), idle::networkAlone)
            .when(!solver || solver->largestOmega > 0,
                "only damped Jacobi and over-relaxation (SOR) have a relaxation factor"));
    v("remove_boundary_line", s.removeBoundaryLine,
        Hint {"Remove the boundary line",
            "Takes the straight line between the network's end values away before the hand-off.", -noLimit, noLimit,
            live}
            .underMore()
            .whenOn(handsOver(s), idle::noHandOver));
    v("alternate_every", s.alternateEvery,
        Hint {"Network again after", "Sweeps after which a fresh network learns what is still wrong; 0 is never.", 0,
            1e9, live}
            .in("sweeps")
            .underMore()
            .whenOn(handsOver(s), idle::noHandOver));
    v("tolerance", s.tolerance,
        Hint {"Tolerance", "The run ends when the largest error is not above this.", 1e-12, 10, live}.logScale().slider(
            1e-5, 0.1));
    v("max_sweeps", s.maxSweeps,
        Hint {"Most sweeps", "The solver gives up after this many.", 1, 1e10, live}
            .logScale()
            .slider(1000, 1e8)
            .underMore()
            .whenOn(hasSolver(s), idle::networkAlone));
}

template <FieldsOf<PoissonSpec> S, class V> void visitFields(S& s, V&& v)
{
    v.group("pde", s.pde, Hint {"Poisson equation"}.inPanel("method"));
    v.group("network", s.network, Hint {"Network"}.inPanel("network").whenOn(hasNetwork(s.pde), idle::solverAlone));
    v.group(
        "optimizer", s.optimizer, Hint {"Optimizer"}.inPanel("training").whenOn(hasNetwork(s.pde), idle::solverAlone));
    v.group("stop", s.stop,
        Hint {"Stop"}
            .inPanel("training")
            .whenOnInside(
                "steps", !hasSolver(s.pde), "the network ends at the hand-off step, the solver at its tolerance")
            .whenOnInside("loss", false, "the energy is negative; the tolerance ends the run"));
    v.group("record", s.record, Hint {"Record"}.inPanel("training"));
    v.group("analysis", s.analysis, Hint {"Analysis"}.inPanel("analysis"));
}

} // namespace fplab
