#include "core/analysis/followed_bins.h"
#include "core/base/random.h"
#include "core/kinds/poisson/handoff_branch.h"
#include "core/kinds/poisson/poisson_impl.h"
#include "core/kinds/poisson/solve_summary.h"
#include "core/parts/trainer_settings.h"
#include "core/spectral/relative_error.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace fplab {

namespace {

constexpr std::int64_t captureCheckInterval = 10; ///< updates between looks at the low peaks
constexpr double cheapWork = 4e6; ///< floating-point operations between two looks at the clock and the stop request

/// Operations of one update: value and tangent forward (4 a weight and point), both backward (8).
double updateWork(const std::vector<int>& sizes, std::size_t points)
{
    double weights = 0;
    for (std::size_t l = 1; l < sizes.size(); ++l)
        weights += static_cast<double>(sizes[l - 1]) * sizes[l];
    return 12 * weights * static_cast<double>(points);
}

/// Sweeps after which the error is looked at next: often enough to find a crossing to 0.4 %, but not so often that
/// looking costs a cheap solver its advantage.
std::int64_t nextCheck(std::int64_t sweeps, std::int64_t together)
{
    if (sweeps < together)
        return sweeps + 1;
    const std::int64_t next = sweeps + std::max(together, sweeps / 250);
    return next / together * together;
}

} // namespace

std::int64_t PoissonExperiment::Impl::advance(std::int64_t most)
{
    if (!now.training && alternates() && now.phaseSteps >= pde().alternateEvery) {
        const auto u = solver->solution();
        base.assign(u.begin(), u.end());
        const auto status = beginTraining(); // worked before, with the same shapes
        assert(status);
        static_cast<void>(status);
    }
    if (now.training && trainingIsOver())
        handOver();
    if (now.training) {
        train();
        return 1;
    }
    return solve(most);
}

/// A network for what `base` leaves to be solved: -v'' = g + base'', v = 0 at the ends, scaled to the size of g.
Status PoissonExperiment::Impl::beginTraining()
{
    SampleMatrix inputs {setting.trainingGrid.n + 1, 1, setting.trainingGrid.points()};
    SampleMatrix source {inputs.count, 1, setting.trainingSource};
    TrainerConfig config = trainerConfig(spec, poisson().network, poisson().optimizer, 1, 1, threads);
    config.loss = energyLoss();
    config.lossData = energyData(pde().beta);
    now.scale = 1;
    if (now.round > 0) {
        config.seed += static_cast<std::uint64_t>(now.round);
        const double square = setting.problem.grid.dx() * setting.problem.grid.dx();
        residual.assign(base.size(), 0.0);
        double largest = 0, largestSource = 0;
        for (std::size_t i = 1; i + 1 < base.size(); ++i) {
            residual[i] = setting.problem.g[i] - (2 * base[i] - base[i - 1] - base[i + 1]) / square;
            largest = std::max(largest, std::abs(residual[i]));
            largestSource = std::max(largestSource, std::abs(setting.problem.g[i]));
        }
        if (largest > 0 && largestSource > 0)
            now.scale = largest / largestSource;
        source.values = atTrainingPoints(residual);
        for (double& value : source.values)
            value /= now.scale;
    }
    auto made = makeTrainer(config, inputs, source);
    if (!made)
        return made.error();
    {
        const std::scoped_lock lock(yieldMutex);
        trainer = std::move(made).value();
        trainer->setYielding(yielding);
    }
    solver.reset();
    now.training = true;
    now.phaseSteps = 0;
    ++now.round;
    return success();
}

bool PoissonExperiment::Impl::trainingIsOver() const
{
    return now.handOver || (pde().handoffStep >= 0 && now.phaseSteps >= pde().handoffStep);
}

void PoissonExperiment::Impl::train()
{
    if (pde().trainingSampling == "redrawn")
        trainOnDrawnPoints();
    else
        trainer->update();
    ++now.steps;
    ++now.phaseSteps;
    now.work += updateWork(trainer->config().sizes, setting.trainingGrid.n + 1);
    if (pde().handoffWhen == "captured" && !lowPeaks.empty() && now.phaseSteps % captureCheckInterval == 0) {
        const auto& target = spectrum.channel().reference;
        const auto errors = relativeError(
            spectrum.sample(asSolution(trainer->evaluateTraining().values)), target, metricOf(poisson().analysis));
        now.handOver
            = std::ranges::all_of(lowPeaks, [&](std::size_t k) { return errors[k] < poisson().analysis.threshold; });
    }
    now.notable = trainingIsOver();
    // Only fixed points leave room to bend between; the energy of a later network is another one.
    if (pde().trainingSampling == "even" && now.round == 1 && isBelowLeast(trainer->lastLoss(), setting)) {
        now.notable = now.notable || now.belowSince < 0;
        now.leastEnergy = now.belowSince < 0 ? trainer->lastLoss() : std::min(now.leastEnergy, trainer->lastLoss());
        if (now.belowSince < 0)
            now.belowSince = now.steps - 1; // the loss before this update
    }
}

void PoissonExperiment::Impl::trainOnDrawnPoints()
{
    const std::size_t cells = setting.trainingGrid.n - 1; // as many points between the ends as the even ones
    const double width = (setting.trainingGrid.to - setting.trainingGrid.from) / static_cast<double>(cells);
    Random random(trainer->config().seed, RandomStream::energyPoints);
    constexpr std::uint64_t wordsPerNumber = 2;
    random.seek(static_cast<std::uint64_t>(trainer->updates()) * cells * wordsPerNumber);
    drawnPoints = {cells + 2, 1, std::move(drawnPoints.values)};
    drawnSource = {cells + 2, 1, std::move(drawnSource.values)};
    drawnPoints.values.resize(cells + 2);
    drawnSource.values.resize(cells + 2);
    drawnPoints.values.front() = setting.trainingGrid.from;
    drawnPoints.values.back() = setting.trainingGrid.to;
    for (std::size_t i = 0; i < cells; ++i) {
        const double x = setting.trainingGrid.from + (static_cast<double>(i) + random.uniform()) * width;
        drawnPoints.values[i + 1] = x;
        drawnSource.values[i + 1] = now.round == 1 ? setting.source(x) : at(residual, x) / now.scale;
    }
    trainer->updateOn(drawnPoints, drawnSource, width);
}

void PoissonExperiment::Impl::handOver()
{
    const auto output = trainer->evaluateTraining().values;
    networkOutput = asSolution(output);
    solveFrom(output);
}

void PoissonExperiment::Impl::solveFrom(std::span<const double> output)
{
    handed = handOverGuess(pde(), setting.problem.grid, output);
    for (std::size_t i = 0; i < handed.size(); ++i)
        handed[i] = base[i] + now.scale * handed[i];
    if (now.round == 1) {
        now.handedError = largestDifference(handed, setting.reference.u);
        now.handedStep = now.steps;
    }
    now.training = now.handOver = false;
    now.phaseSteps = 0;
    beginSolving(handed);
    look();
}

void PoissonExperiment::Impl::beginSolving(std::vector<double> initial)
{
    solver = findGridSolver(pde().then)->make(setting.problem, std::move(initial), pde().omega);
}

/// Sweeps up to the next look at the error, the next network phase, or for a few milliseconds.
std::int64_t PoissonExperiment::Impl::solve(std::int64_t most)
{
    const double cost = std::max(1.0, solver->workPerIteration());
    std::int64_t count = std::min({most, std::max<std::int64_t>(1, now.nextCheck - now.sweeps),
        std::max<std::int64_t>(1, pde().maxSweeps - now.sweeps),
        static_cast<std::int64_t>(std::max(1.0, cheapWork / cost))});
    if (alternates())
        count = std::min(count, pde().alternateEvery - now.phaseSteps);
    solver->iterate(count);
    now.steps += count;
    now.phaseSteps += count;
    now.sweeps += count;
    now.work += static_cast<double>(count) * solver->workPerIteration();
    now.notable = false;
    if (now.sweeps >= now.nextCheck || now.sweeps >= pde().maxSweeps)
        look();
    return count;
}

/// Learns the error, and whether it has passed a milestone.
void PoissonExperiment::Impl::look()
{
    const bool first = !std::isfinite(now.error);
    now.error = largestDifference(solver->solution(), setting.reference.u);
    now.nextCheck = nextCheck(now.sweeps, solver->sweepsTogether());
    constexpr double counts = 0.999; // rounding alone makes the error a little less now and then
    if (now.error < counts * now.best) {
        now.best = now.error;
        now.bestSweeps = now.sweeps;
    }
    if (first)
        now.milestone = milestoneBelow(now.error);
    else if (now.error <= now.milestone) {
        now.notable = true;
        now.milestone = milestoneBelow(std::nextafter(now.error, 0.0));
    }
}

SolverPlace PoissonExperiment::Impl::place() const
{
    return {.error = now.error, .sweeps = now.sweeps, .bestSweeps = now.bestSweeps};
}

double PoissonExperiment::Impl::at(std::span<const double> u, double x) const
{
    const PoissonGrid& grid = setting.problem.grid;
    const double position = (x - grid.from) / grid.dx();
    const auto left = std::min(static_cast<std::size_t>(std::max(position, 0.0)), grid.n - 1);
    return u[left] + (position - static_cast<double>(left)) * (u[left + 1] - u[left]);
}

std::vector<double> PoissonExperiment::Impl::asSolution(std::vector<double> output) const
{
    const auto below = atTrainingPoints(base);
    for (std::size_t i = 0; i < output.size(); ++i)
        output[i] = below[i] + now.scale * output[i];
    return output;
}

std::vector<double> PoissonExperiment::Impl::onGrid(std::span<const double> output) const
{
    auto u = interpolate(output, setting.problem.grid);
    for (std::size_t i = 0; i < u.size(); ++i)
        u[i] = base[i] + now.scale * u[i];
    return u;
}

/// Exact where a training point is a grid point, else linear between two.
std::vector<double> PoissonExperiment::Impl::atTrainingPoints(std::span<const double> u) const
{
    const std::size_t n = setting.problem.grid.n, points = setting.trainingGrid.n;
    std::vector<double> out(points + 1);
    for (std::size_t i = 0; i <= points; ++i) {
        const std::size_t left = i * n / points, rest = i * n % points;
        const double part = static_cast<double>(rest) / static_cast<double>(points);
        out[i] = rest == 0 ? u[left] : u[left] + part * (u[left + 1] - u[left]);
    }
    return out;
}

} // namespace fplab
