#include "core/kinds/poisson/solve_clock.h"

#include "core/base/number_text.h"
#include "core/kinds/poisson/handoff_branch.h"
#include "core/kinds/poisson/poisson.h"
#include "core/pde/grid_solver.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace fplab {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int measurements = 7, rounds = 3;
constexpr double calm = 0.1; ///< a spread of this share of the median is no sign of other work on the computer
constexpr double enough = 2e-3; ///< seconds, for one measurement
constexpr double mostPerStep = 5e7; ///< operations of a step that takes no time to speak of
constexpr double perCall = 2e6; ///< grid points swept by one call

/// `work` does some of it and returns how much; what `prepare` does is not timed.
SolveClock::Unit measureRound(const auto& prepare, const auto& work)
{
    std::array<double, measurements> all {};
    for (double& one : all) {
        double seconds = 0;
        std::int64_t done = 0;
        while (seconds < enough) {
            prepare();
            const auto begin = Clock::now();
            const std::int64_t more = work();
            if (more == 0) // it has ended
                return {};
            done += more;
            seconds += std::chrono::duration<double>(Clock::now() - begin).count();
        }
        one = seconds / static_cast<double>(done);
    }
    std::ranges::sort(all);
    return {all[measurements / 2], (all[3 * measurements / 4] - all[measurements / 4]) / 2};
}

/// Again where something else was at work on the computer; the calmest round counts.
SolveClock::Unit measure(const auto& prepare, const auto& work)
{
    SolveClock::Unit best = measureRound(prepare, work);
    for (int i = 1; i < rounds && best.spread > calm * best.median; ++i)
        if (const auto again = measureRound(prepare, work); again.spread * best.median < best.spread * again.median)
            best = again;
    return best;
}

/// How many iterations of a new solver are like all others.
std::int64_t iterationsAtOnce(const PdeSpec& pde, const GridSolver& solver)
{
    if (!findGridSolver(pde.then)->modeFactor) // ends by itself, or leaves what is done already
        return pde.then == "conjugate_gradient" ? std::max(1, pde.grid / 4) : 1;
    const std::int64_t together = solver.sweepsTogether();
    return together * std::max<std::int64_t>(1, std::llround(perCall / pde.grid / static_cast<double>(together)));
}

} // namespace

SolveClock::Unit measureSweep(const PdeSpec& pde, const PoissonSetting& setting)
{
    const auto& kind = *findGridSolver(pde.then);
    const std::vector<double> zero(setting.problem.grid.n + 1, 0.0);
    auto solver = kind.make(setting.problem, zero, pde.omega);
    const std::int64_t count = iterationsAtOnce(pde, *solver);
    return measure([&] { solver = kind.make(setting.problem, zero, pde.omega); },
        [&] {
            solver->iterate(count);
            return count;
        });
}

SolveClock::Unit measureStep(const ExperimentSpec& spec, const ExecutionOptions& options)
{
    const ExperimentSpec alone = withHandoffStep(spec, -1);
    const auto& poisson = specOf<PoissonSpec>(alone.problem);
    double weights = 0, inputs = 1;
    for (const auto width : poisson.network.hidden) {
        weights += (inputs + 1) * static_cast<double>(width);
        inputs = static_cast<double>(width);
    }
    if (6 * (weights + inputs) * poisson.pde.trainingPoints > mostPerStep)
        return {};
    auto made = PoissonExperiment::make(alone, options);
    if (!made)
        return {};
    Experiment& network = **made;
    network.advance(1); // the first touches fresh memory
    return measure([] {}, [&] { return network.advance(4); });
}

std::string secondsText(double seconds, double spread)
{
    const bool small = seconds < 0.01, tiny = seconds < 1e-5;
    const double unit = tiny ? 1e6 : small ? 1e3 : 1;
    const std::string name = tiny ? " µs" : small ? " ms" : " s";
    const double value = seconds * unit;
    if (!(value > 0))
        return "0 s";
    int digits = 1 - static_cast<int>(std::floor(std::log10(value)));
    const auto shows = [&] { return std::round(spread * unit * std::pow(10.0, digits)) >= 1; };
    if (spread > 0 && !shows())
        ++digits;
    if (spread > 0 && shows())
        return formatFixed(value, digits) + " ± " + formatFixed(spread * unit, digits) + name;
    return formatRounded(value, 2) + name;
}

} // namespace fplab
