#include "core/experiment/poisson.h"

#include "core/experiment/output_spectrum.h"
#include "core/experiment/run_summary.h"
#include "core/experiment/solve_summary.h"
#include "core/experiment/trainer_settings.h"
#include "core/io/experiment_file.h"
#include "core/pde/grid_solver.h"
#include "core/spectral/dst.h"
#include "core/spectral/relative_error.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace fplab {

namespace {

constexpr std::int64_t captureCheckInterval = 10; ///< updates between looks at the low peaks
constexpr double cheapWork = 4e6; ///< floating-point operations between two looks at the clock and the stop request
/// An algebraic error this far below the discretisation error shows nothing any more.
constexpr double belowFloor = 0.01;

Diagnostic at(std::string path, std::string what)
{
    return {.what = std::move(what), .path = std::move(path)};
}

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

/// Modes that are recorded: all up to `dense`, then evenly on a logarithmic axis up to the last.
std::vector<double> recordedModes(std::size_t modes, std::size_t dense)
{
    std::vector<double> out;
    for (std::size_t j = 1; j <= std::min(modes, dense); ++j)
        out.push_back(static_cast<double>(j));
    constexpr double perDecade = 12;
    for (double j = static_cast<double>(dense); j < static_cast<double>(modes);) {
        j = std::min(static_cast<double>(modes), std::ceil(j * std::pow(10.0, 1 / perDecade)));
        if (j > out.back())
            out.push_back(j);
    }
    return out;
}

// Plain numbers and lists of them, one after the other.
template <class T> void put(ExperimentState& out, const T* values, std::size_t count)
{
    const auto* bytes = reinterpret_cast<const std::byte*>(values);
    out.insert(out.end(), bytes, bytes + count * sizeof(T));
}
template <class T> void putList(ExperimentState& out, const std::vector<T>& list)
{
    const std::uint64_t size = list.size();
    put(out, &size, 1);
    put(out, list.data(), list.size());
}
template <class T> void take(std::span<const std::byte>& in, T* values, std::size_t count)
{
    if (count > 0)
        std::memcpy(values, in.data(), count * sizeof(T));
    in = in.subspan(count * sizeof(T));
}
template <class T> std::vector<T> takeList(std::span<const std::byte>& in)
{
    std::uint64_t size = 0;
    take(in, &size, 1);
    std::vector<T> list(size);
    take(in, list.data(), list.size());
    return list;
}

} // namespace

struct PoissonExperiment::Impl {
    Impl(ExperimentSpec theSpec, PoissonSetting theSetting, int threadCount)
        : spec(std::move(theSpec))
        , setting(std::move(theSetting))
        , threads(threadCount)
        , spectrum(setting.trainingGrid.points(), true, setting.trainingGrid.dx(), poisson().analysis.maxK)
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
        bool training = false, notable = false, handOver = false;
    };

    [[nodiscard]] const PoissonSpec& poisson() const { return std::get<PoissonSpec>(spec.problem); }
    [[nodiscard]] const PdeSpec& pde() const { return poisson().pde; }
    [[nodiscard]] LossConfig energyLoss(double beta) const
    {
        return {.kind = LossConfig::Kind::DeepRitz, .beta = beta, .dx = setting.trainingGrid.dx()};
    }

    void setUpChannels();
    Status beginTraining();
    void train();
    [[nodiscard]] bool trainingIsOver() const;
    void beginSolving(std::vector<double> initial);
    std::int64_t solve(std::int64_t most);
    void look();
    void handOver();

    /// The network's output at the training points, as part of the solution.
    [[nodiscard]] std::vector<double> networkValues() const;
    [[nodiscard]] std::vector<double> current();
    [[nodiscard]] std::vector<double> atTrainingPoints(std::span<const double> u) const;
    [[nodiscard]] double energyOf(std::span<const double> u) const;
    [[nodiscard]] std::vector<double> modeErrors(std::span<const double> u);

    ExperimentSpec spec;
    PoissonSetting setting;
    int threads;
    OutputSpectrum spectrum;
    Dst dst;
    std::vector<double> inner, amplitudes; ///< scratch
    std::vector<Channel> channels;
    std::vector<std::size_t> lowPeaks; ///< their capture may end the training
    std::unique_ptr<Trainer> trainer; ///< of the current or last network phase
    std::unique_ptr<GridSolver> solver; ///< of the current solver phase
    std::vector<double> base; ///< the iterate that the network's output is added to
    std::vector<double> handed; ///< see handedOver()
    std::vector<double> networkOutput; ///< at the training points, when handed over
    Counters now;
};

void PoissonExperiment::Impl::setUpChannels()
{
    const auto curve = [&](const char* id, const char* label, Role role) {
        Channel channel {.id = id, .label = label, .shape = Shape::Curve, .role = role};
        channel.x = {"x", setting.trainingGrid.points()};
        channel.reference = setting.trainingReference;
        return channel;
    };
    channels.push_back({.id = "train_loss", .label = "Deep Ritz energy", .role = Role::TrainLoss});
    channels.push_back(curve("output", "Solution", Role::Output));
    if (now.training)
        channels.push_back(curve("network_output", "Network", Role::NetworkOutput));
    channels.push_back({.id = "max_error", .label = "Largest error", .role = Role::MaxError});
    channels.push_back({.id = "l2_error", .label = "Root mean square error", .role = Role::L2Error});
    channels.push_back({.id = "residual", .label = "Largest residual", .role = Role::Residual});
    channels.push_back({.id = "work", .label = "Floating-point operations", .role = Role::Work});
    channels.push_back({.id = "phase", .label = "Phase", .role = Role::Phase});

    Channel modes {.id = "mode_errors", .label = "Error by sine mode", .shape = Shape::Curve, .role = Role::ModeErrors};
    modes.x = {"sine mode j", recordedModes(dst.modes(), 2 * static_cast<std::size_t>(poisson().analysis.maxK))};
    channels.push_back(std::move(modes));
    const std::vector<double> zero(setting.discrete.size(), 0.0);
    channels.back().reference = modeErrors(zero);
    for (double& amplitude : channels.back().reference)
        amplitude = -amplitude; // of the solution itself

    channels.push_back(spectrum.channel(setting.trainingReference));
    for (const std::size_t k : followedBins(channels.back(), poisson().analysis))
        if (k <= static_cast<std::size_t>(pde().lowUpTo))
            lowPeaks.push_back(k);
}

/// A network for what `base` leaves to be solved: -v'' = g + base'', v = 0 at the ends, scaled to the size of g.
Status PoissonExperiment::Impl::beginTraining()
{
    SampleMatrix inputs {setting.trainingGrid.n + 1, 1, setting.trainingGrid.points()};
    SampleMatrix source {inputs.count, 1, setting.trainingSource};
    TrainerConfig config = trainerConfig(spec, poisson().network, poisson().optimizer, 1, 1, threads);
    config.loss = energyLoss(pde().beta);
    now.scale = 1;
    if (now.round > 0) {
        config.seed += static_cast<std::uint64_t>(now.round);
        const double square = setting.problem.grid.dx() * setting.problem.grid.dx();
        std::vector<double> residual(base.size(), 0.0);
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
    trainer = std::move(made).value();
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
    trainer->update();
    ++now.steps;
    ++now.phaseSteps;
    now.work += updateWork(trainer->config().sizes, setting.trainingGrid.n + 1);
    if (pde().handoffWhen == "captured" && !lowPeaks.empty() && now.phaseSteps % captureCheckInterval == 0) {
        const auto& target = channels.back().reference;
        const auto errors = relativeError(spectrum.sample(networkValues()), target, metricOf(poisson().analysis));
        now.handOver = std::ranges::all_of(lowPeaks, [&](std::size_t k) { return errors[k] < poisson().analysis.threshold; });
    }
    now.notable = trainingIsOver();
}

void PoissonExperiment::Impl::handOver()
{
    networkOutput = networkValues();
    auto values = trainer->evaluateTraining().values;
    if (pde().removeBoundaryLine)
        removeBoundaryLine(values);
    auto initial = interpolate(values, setting.problem.grid);
    for (std::size_t i = 0; i < initial.size(); ++i)
        initial[i] = base[i] + now.scale * initial[i];
    initial.front() = initial.back() = 0;
    handed = initial;
    now.training = now.handOver = false;
    now.phaseSteps = 0;
    beginSolving(std::move(initial));
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
        std::max<std::int64_t>(1, pde().maxSweeps - now.sweeps), static_cast<std::int64_t>(std::max(1.0, cheapWork / cost))});
    if (pde().alternateEvery > 0)
        count = std::min(count, pde().alternateEvery - now.phaseSteps);
    solver->iterate(count);
    now.steps += count;
    now.phaseSteps += count;
    now.sweeps += count;
    now.work += static_cast<double>(count) * solver->workPerIteration();
    now.notable = false;
    if (now.sweeps >= now.nextCheck)
        look();
    return count;
}

/// Learns the error, and whether it has passed a milestone.
void PoissonExperiment::Impl::look()
{
    const bool first = !std::isfinite(now.error);
    now.error = largestDifference(solver->solution(), setting.reference.u);
    now.nextCheck = nextCheck(now.sweeps, solver->sweepsTogether());
    if (first)
        now.milestone = milestoneBelow(now.error);
    else if (now.error <= now.milestone) {
        now.notable = true;
        now.milestone = milestoneBelow(std::nextafter(now.error, 0.0));
    }
}

std::vector<double> PoissonExperiment::Impl::networkValues() const
{
    auto values = trainer->evaluateTraining().values;
    const auto below = atTrainingPoints(base);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = below[i] + now.scale * values[i];
    return values;
}

std::vector<double> PoissonExperiment::Impl::current()
{
    if (!now.training) {
        const auto u = solver->solution();
        return {u.begin(), u.end()};
    }
    auto u = interpolate(trainer->evaluateTraining().values, setting.problem.grid);
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

/// The penalised energy (S1 Eq. 23) with the slope between grid points.
double PoissonExperiment::Impl::energyOf(std::span<const double> u) const
{
    const double dx = setting.problem.grid.dx();
    double sum = 0;
    for (std::size_t i = 0; i + 1 < u.size(); ++i)
        sum += (u[i + 1] - u[i]) * (u[i + 1] - u[i]) / (2 * dx);
    for (std::size_t i = 1; i + 1 < u.size(); ++i)
        sum -= setting.problem.g[i] * u[i] * dx;
    return sum + pde().beta * (u.front() * u.front() + u.back() * u.back());
}

/// Signed amplitudes of u - (the discrete solution) in the recorded sine modes.
std::vector<double> PoissonExperiment::Impl::modeErrors(std::span<const double> u)
{
    for (std::size_t i = 0; i < inner.size(); ++i)
        inner[i] = u[i + 1] - setting.discrete[i + 1];
    dst.forward(inner, amplitudes);
    const auto modes = std::ranges::find(channels, Role::ModeErrors, &Channel::role);
    std::vector<double> out;
    for (const double j : modes->x.values)
        out.push_back(amplitudes[static_cast<std::size_t>(j) - 1]);
    return out;
}

Result<std::unique_ptr<PoissonExperiment>> PoissonExperiment::make(
    const ExperimentSpec& spec, const ExecutionOptions& options)
{
    if (const auto status = checkExperiment(spec); !status)
        return status.error();
    auto setting = makePoissonSetting(std::get<PoissonSpec>(spec.problem).pde);
    if (!setting)
        return setting.error();
    auto impl = std::make_unique<Impl>(spec, std::move(setting).value(), options.threads);
    if (impl->pde().handoffStep != 0) {
        if (auto status = impl->beginTraining(); !status)
            return status.error();
    } else {
        impl->beginSolving(impl->base);
    }
    impl->setUpChannels();
    if (!impl->now.training)
        impl->look();
    impl->now.notable = false;
    return std::unique_ptr<PoissonExperiment>(new PoissonExperiment(std::move(impl)));
}

PoissonExperiment::PoissonExperiment(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

PoissonExperiment::~PoissonExperiment() = default;

std::span<const Channel> PoissonExperiment::channels() const { return m_impl->channels; }
std::int64_t PoissonExperiment::stepIndex() const { return m_impl->now.steps; }
const PoissonSetting& PoissonExperiment::setting() const { return m_impl->setting; }
std::vector<double> PoissonExperiment::solution() { return m_impl->current(); }
const std::vector<double>& PoissonExperiment::handedOver() const { return m_impl->handed; }
bool PoissonExperiment::notable() const { return m_impl->now.notable; }

NetworkParams PoissonExperiment::params() const
{
    return m_impl->trainer ? m_impl->trainer->params() : NetworkParams {};
}

std::int64_t PoissonExperiment::advance(std::int64_t most)
{
    Impl& impl = *m_impl;
    if (!impl.now.training && impl.pde().alternateEvery > 0 && impl.pde().handoffStep > 0
        && impl.now.phaseSteps >= impl.pde().alternateEvery) {
        const auto u = impl.solver->solution();
        impl.base.assign(u.begin(), u.end());
        const auto status = impl.beginTraining(); // worked before, with the same shapes
        assert(status);
        static_cast<void>(status);
    }
    if (impl.now.training && impl.trainingIsOver())
        impl.handOver();
    if (impl.now.training) {
        impl.train();
        return 1;
    }
    return impl.solve(most);
}

std::string PoissonExperiment::finished() const
{
    const Impl& impl = *m_impl;
    if (impl.now.training)
        return {};
    if (impl.now.error <= impl.pde().tolerance)
        return "the error is below the tolerance";
    if (impl.now.sweeps >= impl.pde().maxSweeps)
        return "the last sweep was reached";
    const double algebraic = impl.now.error - impl.setting.discretisationFloor;
    if (impl.pde().tolerance < impl.setting.discretisationFloor && algebraic < belowFloor * impl.setting.discretisationFloor)
        return "the floor of this grid was reached: finer accuracy needs more grid points";
    return {};
}

Record PoissonExperiment::observe()
{
    Impl& impl = *m_impl;
    const auto u = impl.current();
    const auto output = impl.now.training ? impl.networkValues() : impl.atTrainingPoints(u);
    // The network's energy is the one it minimises; later networks minimise another one.
    impl.now.energy = impl.now.training && impl.now.round == 1 ? impl.trainer->trainingLoss() : impl.energyOf(u);
    Record record;
    record.step = stepIndex();
    for (const Channel& channel : impl.channels) {
        switch (channel.role) {
        case Role::TrainLoss: record.samples.push_back({impl.now.energy}); break;
        case Role::Output: record.samples.push_back(output); break;
        case Role::NetworkOutput: record.samples.push_back(impl.now.training ? output : impl.networkOutput); break;
        case Role::OutputSpectrum: record.samples.push_back(impl.spectrum.sample(output)); break;
        case Role::MaxError: record.samples.push_back({largestDifference(u, impl.setting.reference.u)}); break;
        case Role::L2Error: {
            double sum = 0;
            for (std::size_t i = 0; i < u.size(); ++i)
                sum += (u[i] - impl.setting.reference.u[i]) * (u[i] - impl.setting.reference.u[i]);
            record.samples.push_back({std::sqrt(sum / static_cast<double>(u.size()))});
            break;
        }
        case Role::Residual: record.samples.push_back({largestResidual(impl.setting.problem, u)}); break;
        case Role::Work: record.samples.push_back({impl.now.work}); break;
        case Role::Phase: record.samples.push_back({impl.now.training ? 0.0 : 1.0}); break;
        case Role::ModeErrors: record.samples.push_back(impl.modeErrors(u)); break;
        default: record.samples.emplace_back(channel.sampleSize()); break;
        }
    }
    return record;
}

double PoissonExperiment::lastLoss() const
{
    return m_impl->now.training ? m_impl->trainer->lastLoss() : m_impl->now.energy;
}

double PoissonExperiment::largestParameter() const { return m_impl->now.training ? m_impl->trainer->largestParameter() : 0; }

Status PoissonExperiment::apply(const LiveChange& change)
{
    Impl& impl = *m_impl;
    auto applied = withChange(impl.spec, change);
    if (!applied)
        return applied.error();
    ExperimentSpec& changed = applied.value();
    if (const auto status = checkExperiment(changed); !status)
        return status;
    const PdeSpec& now = std::get<PoissonSpec>(changed.problem).pde;
    const bool newStep = now.handoffStep != impl.pde().handoffStep;
    if (newStep && (!impl.now.training || (now.handoffStep >= 0 && now.handoffStep < impl.now.phaseSteps)))
        return at("pde.handoff_step",
            "the network is past step " + std::to_string(now.handoffStep) + " already; start again to hand over there");
    // A change has one path, so one of these at most; each is done whole or not at all.
    if (impl.trainer && now.beta != impl.pde().beta)
        impl.trainer->setLoss(impl.energyLoss(now.beta));
    if (const auto& optimizer = std::get<PoissonSpec>(changed.problem).optimizer; impl.trainer && optimizer != impl.poisson().optimizer)
        impl.trainer->setOptimizer(optimizerConfig(optimizer));
    if (impl.solver && (now.then != impl.pde().then || now.omega != impl.pde().omega)) {
        const auto u = impl.solver->solution();
        impl.solver = findGridSolver(now.then)->make(impl.setting.problem, {u.begin(), u.end()}, now.omega);
    }
    std::swap(impl.spec, changed);
    return success();
}

ExperimentState PoissonExperiment::state() const
{
    const Impl& impl = *m_impl;
    ExperimentState out;
    put(out, &impl.now, 1);
    putList(out, impl.base);
    putList(out, impl.handed);
    putList(out, impl.networkOutput);
    putList(out, impl.trainer ? impl.trainer->state() : std::vector<std::byte> {});
    putList(out, impl.solver ? impl.solver->state() : std::vector<double> {});
    return out;
}

void PoissonExperiment::restore(const ExperimentState& state)
{
    Impl& impl = *m_impl;
    std::span<const std::byte> in = state;
    Impl::Counters counters;
    take(in, &counters, 1);
    impl.base = takeList<double>(in);
    impl.handed = takeList<double>(in);
    impl.networkOutput = takeList<double>(in);
    if (counters.training) { // the trainer of that phase
        impl.now.round = counters.round - 1;
        const auto status = impl.beginTraining();
        assert(status);
        static_cast<void>(status);
    }
    const auto trainer = takeList<std::byte>(in);
    if (impl.trainer && !trainer.empty())
        impl.trainer->restore(trainer);
    const auto solver = takeList<double>(in);
    impl.solver.reset();
    if (!counters.training) {
        impl.beginSolving(impl.base);
        impl.solver->restore(solver);
    }
    impl.now = counters;
}

} // namespace fplab
