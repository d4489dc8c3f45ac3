#pragma once

#include "core/engine/trainer.h"
#include "core/fourier/dst.h"
#include "core/kinds/poisson/poisson.h"
#include "core/kinds/poisson/poisson_end.h"
#include "core/parts/output_spectrum.h"
#include "core/pde/grid_solver.h"
#include "core/run/channel_set.h"

#include <limits>

namespace fplab {

/// One Poisson experiment: the phases stand in poisson_phases.cpp, what is seen of them in poisson.cpp.
struct PoissonExperiment::Impl {
    Impl(ExperimentSpec theSpec, PoissonSetting theSetting, int threadCount)
        : spec(std::move(theSpec))
        , setting(std::move(theSetting))
        , threads(threadCount)
        , spectrum(setting.trainingGrid.points(), true, setting.trainingGrid.dx(),
              {.values = setting.trainingReference, .rms = setting.size}, poisson().analysis)
        , dst(setting.problem.grid.n)
        , inner(dst.modes())
        , amplitudes(dst.modes())
    {
        base.assign(setting.problem.grid.n + 1, 0.0);
    }

    /// What goes into a state beside lists.
    struct Counters {
        std::int64_t steps = 0; ///< updates and sweeps
        std::int64_t phaseSteps = 0; ///< of this phase
        std::int64_t sweeps = 0; ///< of all phases
        std::int64_t nextCheck = 0; ///< sweeps at which the error is looked at
        std::int64_t round = 0; ///< network phases begun so far
        double work = 0;
        double scale = 1; ///< of what the network learns
        double milestone = 0; ///< the next error to be marked when it is reached
        double error = std::numeric_limits<double>::infinity(); ///< when last looked at, by a solver
        double energy = std::numeric_limits<double>::quiet_NaN(); ///< when last known
        double best = std::numeric_limits<double>::infinity(); ///< least error of the solver, as far as it counts
        std::int64_t bestSweeps = 0; ///< where it was reached
        double leastEnergy = 0; ///< that the network fell to, below the least possible
        std::int64_t belowSince = -1; ///< the step it first did; -1 = never
        double handedError = 0; ///< of what the first network handed over
        std::int64_t handedStep = -1;
        bool training = false, notable = false, handOver = false;
    };

    [[nodiscard]] const PoissonSpec& poisson() const { return specOf<PoissonSpec>(spec.problem); }
    [[nodiscard]] const PdeSpec& pde() const { return poisson().pde; }
    /// What the network trains with: the Deep Ritz energy.
    [[nodiscard]] static LossSpec energyLoss() { return {.kind = "deep_ritz"}; }
    [[nodiscard]] LossData energyData(double beta) const { return {.beta = beta, .dx = setting.trainingGrid.dx()}; }

    /// Whether network phases follow one another.
    [[nodiscard]] bool alternates() const { return pde().alternateEvery > 0 && pde().handoffStep > 0; }

    void setUpChannels();
    std::int64_t advance(std::int64_t most);
    Status beginTraining();
    void train();
    /// The update of a network whose training points are drawn anew: one in each of the equal cells between the ends.
    void trainOnDrawnPoints();
    [[nodiscard]] SolverPlace place() const;
    [[nodiscard]] bool trainingIsOver() const;
    void beginSolving(std::vector<double> initial);
    std::int64_t solve(std::int64_t most);
    void look();
    void handOver();
    /// The solver goes on from the network's raw output at the training points.
    void solveFrom(std::span<const double> output);

    /// The network's raw output at the training points, as part of the solution there, and on the solver's grid.
    [[nodiscard]] std::vector<double> asSolution(std::vector<double> output) const;
    [[nodiscard]] std::vector<double> onGrid(std::span<const double> output) const;
    [[nodiscard]] std::vector<double> atTrainingPoints(std::span<const double> u) const;
    /// Linear between two points of the solver's grid.
    [[nodiscard]] double at(std::span<const double> u, double x) const;
    [[nodiscard]] double energyOf(std::span<const double> u) const;
    [[nodiscard]] std::vector<double> modeErrors(std::span<const double> u);

    ExperimentSpec spec;
    PoissonSetting setting;
    int threads;
    OutputSpectrum spectrum;
    Dst dst;
    std::vector<double> inner, amplitudes; ///< scratch
    ChannelSet channels;
    std::vector<double> modes; ///< recorded sine modes j
    /// What several channels look at: the iterate on the solver's grid, and at the training points.
    struct {
        std::vector<double> u, output;
    } seen;
    std::vector<Remark> remarks;
    std::vector<std::size_t> lowPeaks; ///< their capture may end the training
    std::unique_ptr<Trainer> trainer; ///< of the current or last network phase
    std::mutex yieldMutex; ///< for `yielding`, and for `trainer` where one is made or told to yield
    bool yielding = false;
    std::unique_ptr<GridSolver> solver; ///< of the current solver phase
    std::vector<double> residual; ///< that a later network learns, on the solver's grid; empty for the first
    SampleMatrix drawnPoints, drawnSource; ///< scratch
    std::vector<double> base; ///< the iterate that the network's output is added to
    std::vector<double> handed; ///< see handedOver()
    std::vector<double> networkOutput; ///< at the training points, when handed over
    Counters now;
};

} // namespace fplab
