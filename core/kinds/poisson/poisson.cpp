#include "core/kinds/poisson/poisson.h"

#include "core/analysis/followed_bins.h"
#include "core/experiment/formula_parameters.h"
#include "core/experiment/live_change.h"
#include "core/experiment/relevance.h"
#include "core/instruments/instrument.h"
#include "core/kinds/poisson/poisson_impl.h"
#include "core/parts/curve_remarks.h"
#include "core/run/state_bytes.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>
#include <utility>

namespace fplab {

namespace {

constexpr std::string_view stateKind = "poisson";
constexpr std::uint32_t stateVersion = 1; ///< of what state() writes

Diagnostic at(std::string path, std::string what) { return {.what = std::move(what), .path = std::move(path)}; }

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

} // namespace

void PoissonExperiment::Impl::setUpChannels()
{
    const auto curve = [&](const char* id, const char* label, Role role) {
        Channel channel {.id = id, .label = label, .shape = Shape::Curve, .role = role};
        channel.x = {"x", setting.trainingGrid.points()};
        channel.reference = setting.trainingReference;
        return channel;
    };
    channels.addScalar(
        {.id = "train_loss", .label = "Deep Ritz energy", .role = Role::TrainLoss}, [this] { return now.energy; });
    channels.add(curve("output", "Solution", Role::Output), [this] { return seen.output; });
    if (now.training)
        channels.add(curve("network_output", "Network", Role::NetworkOutput),
            [this] { return now.training ? seen.output : networkOutput; });
    channels.addScalar({.id = "max_error", .label = "Largest error", .role = Role::MaxError},
        [this] { return largestDifference(seen.u, setting.reference.u); });
    channels.addScalar({.id = "l2_error", .label = "Root mean square error", .role = Role::L2Error}, [this] {
        double sum = 0;
        for (std::size_t i = 0; i < seen.u.size(); ++i)
            sum += (seen.u[i] - setting.reference.u[i]) * (seen.u[i] - setting.reference.u[i]);
        return std::sqrt(sum / static_cast<double>(seen.u.size()));
    });
    channels.addScalar({.id = "residual", .label = "Largest residual", .role = Role::Residual},
        [this] { return largestResidual(setting.problem, seen.u); });
    channels.addScalar(
        {.id = "work", .label = "Floating-point operations", .role = Role::Work}, [this] { return now.work; });
    channels.addScalar(
        {.id = "phase", .label = "Phase", .role = Role::Phase}, [this] { return now.training ? 0.0 : 1.0; });

    const std::size_t highest = spectrum.channel().x.values.size() - 1; // mode j has j / 2 cycles in the domain
    modes = recordedModes(dst.modes(), 2 * highest);
    Channel errors {
        .id = "mode_errors", .label = "Error by sine mode", .shape = Shape::Curve, .role = Role::ModeErrors};
    errors.x = {"sine mode j", modes};
    errors.reference = modeErrors(std::vector<double>(setting.discrete.size(), 0.0));
    for (double& amplitude : errors.reference)
        amplitude = -amplitude; // of the solution itself
    channels.add(std::move(errors), [this] { return modeErrors(seen.u); });

    channels.add(spectrum.channel(), [this] { return spectrum.sample(seen.output); });
    for (const std::size_t k : followedBins(spectrum.channel(), poisson().analysis))
        if (k <= static_cast<std::size_t>(pde().lowUpTo))
            lowPeaks.push_back(k);
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
    std::vector<double> out;
    for (const double j : modes)
        out.push_back(amplitudes[static_cast<std::size_t>(j) - 1]);
    return out;
}

namespace {

/// Frequencies of g that the solver's grid, or the points where the network sees the equation, show as others.
std::vector<Remark> aliases(const PdeSpec& pde)
{
    std::vector<Remark> out;
    const auto g = parseFormulaOf(pde);
    const auto look = [&](int intervals, const char* name, const char* path, std::size_t most) {
        const auto n = static_cast<std::size_t>(intervals);
        const double step = (pde.to - pde.from) / intervals;
        std::ranges::move(aliasRemarks(lookFiner(*g, pde.from, step, n), n, name, path, most), std::back_inserter(out));
    };
    if (g && pde.handoffStep >= 0)
        look(pde.grid, "grid intervals", "pde.grid", 1'000'000);
    if (g && pde.handoffStep != 0 && pde.trainingPoints > 2)
        look(pde.trainingPoints - 1, "intervals between training points", "pde.training_points", 100'000);
    return out;
}

} // namespace

Result<std::unique_ptr<PoissonExperiment>> PoissonExperiment::make(
    const ExperimentSpec& spec, const ExecutionOptions& options)
{
    if (const auto status = checkExperiment(spec); !status)
        return status.error();
    auto setting = makePoissonSetting(specOf<PoissonSpec>(spec.problem).pde);
    if (!setting)
        return setting.error();
    auto impl = std::make_unique<Impl>(spec, std::move(setting).value(), options.threads);
    impl->remarks = toleranceRemarks(impl->pde(), impl->setting);
    if (impl->setting.size == 0)
        impl->remarks.push_back({.id = "target_zero",
            .text = "The solution is zero everywhere, since g is zero at all grid points: there is nothing to learn "
                    "and no frequency to follow.",
            .path = "pde.formula",
            .fixes = {}});
    std::ranges::move(aliases(impl->pde()), std::back_inserter(impl->remarks));
    std::ranges::move(noEffectRemarks(spec), std::back_inserter(impl->remarks));
    if (impl->pde().handoffStep != 0) {
        if (auto status = impl->beginTraining(); !status)
            return status.error();
    } else {
        impl->beginSolving(impl->base);
    }
    impl->setUpChannels();
    const Facets facets {.network = [now = impl.get()] { return now->now.training ? now->trainer.get() : nullptr; },
        .step = [now = impl.get()] { return static_cast<long long>(now->now.steps); }};
    addInstruments(impl->channels, facets, impl->poisson().analysis.measure, impl->poisson().analysis.measurePerDecade);
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

std::span<const Channel> PoissonExperiment::channels() const { return m_impl->channels.channels(); }
std::int64_t PoissonExperiment::stepIndex() const { return m_impl->now.steps; }
const PoissonSetting& PoissonExperiment::setting() const { return m_impl->setting; }
std::int64_t PoissonExperiment::advance(std::int64_t most) { return m_impl->advance(most); }
const std::vector<double>& PoissonExperiment::handedOver() const { return m_impl->handed; }
bool PoissonExperiment::notable() const { return m_impl->now.notable; }
std::span<const Remark> PoissonExperiment::remarks() const { return m_impl->remarks; }

std::vector<double> PoissonExperiment::solution()
{
    if (m_impl->now.training)
        return m_impl->onGrid(m_impl->trainer->evaluateTraining().values);
    const auto u = m_impl->solver->solution();
    return {u.begin(), u.end()};
}

NetworkParams PoissonExperiment::params() const
{
    return m_impl->trainer ? m_impl->trainer->params() : NetworkParams {};
}

std::optional<RunEnd> PoissonExperiment::end() const
{
    const Impl& impl = *m_impl;
    if (impl.now.training || !solverIsOver(impl.pde(), impl.setting, impl.place()))
        return {};
    return solverEndedHere(impl.pde(), impl.setting, impl.place(), impl.solver->solution());
}

std::optional<RunEnd> PoissonExperiment::endHere() const
{
    const Impl& impl = *m_impl;
    if (!impl.now.training) {
        const auto u = impl.solver->solution();
        SolverPlace here = impl.place();
        here.error = largestDifference(u, impl.setting.reference.u);
        return solverEndedHere(impl.pde(), impl.setting, here, u);
    }
    const auto u = impl.onGrid(impl.trainer->evaluateTraining().values);
    return networkEndedHere(impl.pde(), impl.setting, largestDifference(u, impl.setting.reference.u), impl.now.steps);
}

std::vector<Remark> PoissonExperiment::findings() const
{
    const Impl& impl = *m_impl;
    std::vector<Remark> found;
    if (impl.now.belowSince >= 0)
        found.push_back(belowLeastRemark(impl.pde(), impl.setting, impl.now.leastEnergy, impl.now.belowSince));
    if (impl.now.handedError > impl.setting.size)
        found.push_back(worseThanZeroRemark(impl.setting, impl.now.handedError, impl.now.handedStep));
    return found;
}

Record PoissonExperiment::observe()
{
    Impl& impl = *m_impl;
    auto& [u, output] = impl.seen;
    if (impl.now.training) {
        output = impl.trainer->evaluateTraining().values;
        u = impl.onGrid(output);
        output = impl.asSolution(std::move(output));
    } else {
        u = solution();
        output = impl.atTrainingPoints(u);
    }
    // The network's energy is the one it minimises; later networks minimise another one.
    impl.now.energy = impl.now.training && impl.now.round == 1 ? impl.trainer->trainingLoss() : impl.energyOf(u);
    return impl.channels.observe(stepIndex());
}

double PoissonExperiment::lastLoss() const
{
    return m_impl->now.training ? m_impl->trainer->lastLoss() : m_impl->now.energy;
}

double PoissonExperiment::largestParameter() const
{
    return m_impl->now.training ? m_impl->trainer->largestParameter() : 0;
}

int PoissonExperiment::busyThreads() const { return m_impl->now.training ? m_impl->trainer->busyThreads() : 1; }

void PoissonExperiment::setYielding(bool on)
{
    const std::scoped_lock lock(m_impl->yieldMutex);
    m_impl->yielding = on;
    if (m_impl->trainer)
        m_impl->trainer->setYielding(on);
}

Status PoissonExperiment::apply(const LiveChange& change)
{
    Impl& impl = *m_impl;
    auto applied = withChange(impl.spec, change);
    if (!applied)
        return applied.error();
    ExperimentSpec& changed = applied.value();
    if (const auto status = checkExperiment(changed); !status)
        return status;
    const PdeSpec& now = specOf<PoissonSpec>(changed.problem).pde;
    const bool newStep = now.handoffStep != impl.pde().handoffStep;
    if (newStep && (!impl.now.training || (now.handoffStep >= 0 && now.handoffStep < impl.now.phaseSteps)))
        return at("pde.handoff_step",
            "the network is past step " + std::to_string(now.handoffStep) + " already; start again to hand over there");
    // A change has one path, so one of these at most; each is done whole or not at all.
    if (impl.trainer && now.beta != impl.pde().beta) {
        impl.trainer->setLoss(Impl::energyLoss(), impl.energyData(now.beta));
        measurePenalty(impl.setting, now.beta);
    }
    if (const auto& optimizer = specOf<PoissonSpec>(changed.problem).optimizer;
        impl.trainer && optimizer != impl.poisson().optimizer)
        impl.trainer->setOptimizer(optimizer);
    if (impl.solver && (now.then != impl.pde().then || now.omega != impl.pde().omega)) {
        const auto u = impl.solver->solution();
        impl.solver = findGridSolver(now.then)->make(impl.setting.problem, {u.begin(), u.end()}, now.omega);
    }
    std::swap(impl.spec, changed);
    return success();
}

Status PoissonExperiment::branchFrom(const Record& record)
{
    Impl& impl = *m_impl;
    const auto value = [&](Role role) -> const std::vector<double>& {
        return record.samples[static_cast<std::size_t>(findChannel(channels(), role) - channels().data())];
    };
    if (impl.now.round == 0 || value(Role::Phase).front() != 0)
        return at("pde.handoff_step", "no network trained at step " + std::to_string(record.step));
    if (impl.alternates())
        return at("pde.handoff_step", "with alternating phases a run has several hand-overs; start again");
    specOf<PoissonSpec>(impl.spec.problem).pde.handoffStep = record.step;
    impl.base.assign(impl.base.size(), 0.0);
    impl.trainer.reset(); // its network is a later one
    const auto before = impl.now;
    impl.now = {.steps = record.step, .work = value(Role::Work).front()};
    impl.now.round = 1;
    if (before.belowSince <= record.step) {
        impl.now.belowSince = before.belowSince;
        impl.now.leastEnergy = before.leastEnergy;
    }
    impl.networkOutput = value(Role::Output);
    impl.solveFrom(impl.networkOutput);
    impl.now.energy = impl.energyOf(impl.handed);
    impl.now.notable = false;
    return success();
}

ExperimentState PoissonExperiment::state() const
{
    const Impl& impl = *m_impl;
    StateWriter out(stateKind, stateVersion);
    out.value(impl.now).list(impl.base).list(impl.handed).list(impl.networkOutput);
    out.list(impl.trainer ? impl.trainer->state() : std::vector<std::byte> {});
    out.list(impl.solver ? impl.solver->state() : std::vector<double> {});
    return out.take();
}

Status PoissonExperiment::restore(const ExperimentState& state)
{
    Impl& impl = *m_impl;
    StateReader in(stateKind, stateVersion, state);
    const auto counters = in.value<Impl::Counters>();
    auto base = in.list<double>(), handed = in.list<double>(), networkOutput = in.list<double>();
    const auto trainer = in.list<std::byte>();
    const auto solver = in.list<double>();
    if (auto status = in.status(); !status)
        return status;
    if (base.size() != impl.base.size() || (counters.training && counters.round < 1))
        return foreignState("it is of another grid");
    impl.base = std::move(base);
    impl.handed = std::move(handed);
    impl.networkOutput = std::move(networkOutput);
    if (counters.training) { // the trainer of that phase
        impl.now.round = counters.round - 1;
        if (auto status = impl.beginTraining(); !status)
            return status;
    }
    if (impl.trainer && !trainer.empty() && !impl.trainer->restore(trainer))
        return foreignState("it is of another network");
    impl.solver.reset();
    if (!counters.training) {
        impl.beginSolving(impl.base);
        if (solver.size() != impl.solver->state().size())
            return foreignState("it is of another solver");
        impl.solver->restore(solver);
    }
    impl.now = counters;
    return success();
}

} // namespace fplab
