#include "ui/kinds/poisson/handoff_model.h"

#include "core/kinds/poisson/handoff_branch.h"
#include "core/kinds/poisson/kind.h"
#include "core/pde/grid_solver.h"
#include "ui/model/experiment_editor.h"
#include "ui/model/lab.h"

#include <algorithm>
#include <utility>

namespace fplab {
namespace {

constexpr double networkBeyond = 1.5; ///< the network alone is shown for so many times what the others take
constexpr int sweptSteps = 12, sweptSpan = 3; ///< how many, up to how many times M
constexpr int largestForecast = 10000; ///< intervals: finer grids take too long to be drawn while M is dragged
constexpr double nearFloor = 1.01; ///< of the grid's own error: where a run gives up

PdeSpec& pdeOf(ExperimentSpec& spec) { return specOf<PoissonSpec>(spec.problem).pde; }

/// Whether the references of one are those of the other.
bool sameButForStep(ExperimentSpec a, ExperimentSpec b)
{
    if (!a.problem.as<PoissonSpec>() || !b.problem.as<PoissonSpec>())
        return false;
    if (pdeOf(a).handoffStep > 0 && pdeOf(b).handoffStep > 0)
        pdeOf(a).handoffStep = pdeOf(b).handoffStep;
    a.title = b.title;
    analysisOf(a) = analysisOf(b);
    return a == b;
}

/// What the clock does not depend on is alike in all.
ExperimentSpec clockedPart(ExperimentSpec spec)
{
    auto& poisson = specOf<PoissonSpec>(spec.problem);
    const PdeSpec pde = std::exchange(poisson.pde, {});
    poisson.pde.grid = pde.grid;
    poisson.pde.then = pde.then;
    poisson.pde.trainingPoints = pde.trainingPoints;
    poisson.pde.handoffStep = pde.handoffStep == 0 ? 0 : 1; // with a network or without
    poisson.optimizer.learningRate = 0;
    poisson.analysis = {};
    poisson.stop = {};
    poisson.record = {};
    spec.title.clear();
    spec.seed = 0;
    return spec;
}

double reachOf(const std::vector<SolveSummary::Point>& points) { return points.empty() ? 0 : points.back().seconds; }

} // namespace

HandoffModel::HandoffModel(RunController& run, QObject* parent)
    : KindModel(parent)
    , m_run(run)
{
    connect(&m_references, &HandoffReferences::changed, this, [this] {
        limitNetwork(); // by the solver alone, once that is known
        judgeNow();
        Q_EMIT changed();
    });
    connect(&run, &RunController::loaded, this, &HandoffModel::reload);
    connect(&run, &RunController::advanced, this, &HandoffModel::advance);
    connect(&run, &RunController::stateChanged, this, [this](RunState state) {
        if (!available())
            return;
        if (m_trace.networkPoints() > 1 && state != RunState::Running)
            learnStep(m_trace.points()[m_trace.networkPoints() - 1]);
        if (state == RunState::Running)
            cancelSweep();
        else
            limitNetwork();
        judgeNow();
    });
    connect(&m_sweeper, &HandoffSweeper::tried, this, [this](const HandoffTrial& trial) {
        m_trials.push_back(timed(trial));
        Q_EMIT changed();
    });
    connect(&m_sweeper, &HandoffSweeper::ended, this, [this](const QString& error) {
        if (!error.isEmpty())
            Q_EMIT problem(error);
        limitNetwork();
        Q_EMIT changed();
    });
}

// ---- the experiment

void HandoffModel::open(const ExperimentSpec& spec, const ExecutionOptions& options)
{
    cancelSweep();
    consider({}); // its network is about to go
    m_options = options;
    adopt(spec);
}

void HandoffModel::follow(const ExperimentSpec& spec)
{
    if (!available())
        return;
    adopt(spec);
    if (m_run.state() != RunState::Running)
        limitNetwork();
    judgeNow();
    Q_EMIT changed();
}

/// Makes anew what depends on more than M.
void HandoffModel::adopt(const ExperimentSpec& spec)
{
    const bool kept = available() && sameButForStep(m_spec, spec);
    if (!kept)
        cancelSweep(); // while what it was about is still there
    const ExperimentSpec before = std::exchange(m_spec, spec);
    if (!kept) {
        const bool sameWork = available() && spec.problem.as<PoissonSpec>() && clockedPart(before) == clockedPart(spec);
        m_trials.clear();
        m_aloneForecast.clear();
        m_verdict.reset();
        m_setting.reset();
        m_references.clear();
        if (const auto* poisson = spec.problem.as<PoissonSpec>())
            if (auto setting = makePoissonSetting(poisson->pde)) {
                m_setting = std::move(setting).value();
                if (!sameWork)
                    measure();
                m_references.make(spec, m_options, m_clock);
            }
        const auto step = std::exchange(m_considered, std::nullopt); // its branch is another one
        m_branchStep.reset();
        m_branch.clear();
        consider(step);
    }
    m_references.setAnalysis(analysisOf(spec));
}

void HandoffModel::measure()
{
    m_clock = {.step = pde().handoffStep != 0 ? measureStep(m_spec, m_options) : SolveClock::Unit(),
        .sweep = measureSweep(pde(), setting())};
    m_trace.setClock(m_clock);
}

/// Of a network that is too large to be measured beforehand.
void HandoffModel::learnStep(const Point& network)
{
    if (m_clock.step.median > 0 || network.step == 0 || network.seconds <= 0)
        return;
    m_clock.step.median = network.seconds / static_cast<double>(network.step);
    m_trace.setClock(m_clock);
    m_references.setClock(m_clock);
}

HandoffTrial HandoffModel::timed(HandoffTrial trial)
{
    learnStep(trial.handOver);
    trial.handOver.seconds = m_clock.seconds(trial.step, 0);
    if (trial.reached)
        trial.reached->seconds = m_clock.seconds(trial.reached->step - trial.reached->sweeps, trial.reached->sweeps);
    return trial;
}

QString HandoffModel::secondsText(const Point& point) const
{
    return QString::fromStdString(
        fplab::secondsText(point.seconds, m_clock.spread(point.step - point.sweeps, point.sweeps)));
}

HandoffModel& handoffOf(const Lab& lab) { return lab.kinds.of<HandoffModel>(); }

QString HandoffModel::solverLabel() const { return fplab::solverLabel(pde().then); }

void HandoffModel::reload()
{
    m_trace.setRun(m_run.share());
    m_considered.reset();
    m_branchStep.reset();
    m_branch.clear();
    m_verdict.reset();
    limitNetwork();
    Q_EMIT changed();
}

void HandoffModel::advance()
{
    if (!available())
        return;
    const bool solving = m_trace.networkPoints() < m_trace.points().size();
    m_trace.update();
    const std::size_t network = m_trace.networkPoints();
    if (!solving && network > 0 && network < m_trace.points().size())
        m_run.pin(m_trace.points()[network - 1].step); // what was handed over
    Q_EMIT changed();
}

// ---- what it is compared with

void HandoffModel::limitNetwork()
{
    if (handsOver() && !isSweeping())
        m_references.setNetworkSeconds(networkBeyond * std::max(reachOf(m_trace.points()), reachOf(alone())));
}

bool HandoffModel::aloneIsComputed() const
{
    return pde().handoffStep != 0 && !m_references.alone().done && forecastsHere();
}

bool HandoffModel::forecastsHere() const { return canForecast(pde()) && pde().grid <= largestForecast; }

const std::vector<HandoffModel::Point>& HandoffModel::alone()
{
    if (pde().handoffStep == 0)
        return m_trace.points();
    if (!aloneIsComputed())
        return m_references.alone().trace.points();
    if (m_aloneForecast.empty())
        m_aloneForecast = forecast({}, {});
    return m_aloneForecast;
}

// ---- branches

/// From the network's output at the training points (empty: from zero), which stands at `from`.
std::vector<HandoffModel::Point> HandoffModel::forecast(const std::vector<double>& output, const Point& from)
{
    const std::vector<double> zero(setting().problem.grid.n + 1, 0.0);
    const double work = findGridSolver(pde().then)->make(setting().problem, zero, pde().omega)->workPerIteration();
    std::vector<Point> points;
    const double floor = setting().discretisationFloor; // a run ends just above it
    const double end = pde().tolerance < floor ? nearFloor * floor : pde().tolerance;
    for (const auto& [sweeps, error] : forecastBranch(pde(), setting(), output).errorCurve(end, pde().maxSweeps))
        points.push_back({.step = from.step + sweeps,
            .sweeps = sweeps,
            .seconds = from.seconds + m_clock.seconds(0, sweeps),
            .work = from.work + work * static_cast<double>(sweeps),
            .error = error,
            .solver = true});
    return points;
}

void HandoffModel::consider(std::optional<std::int64_t> step)
{
    if (step == m_considered)
        return;
    m_considered = step;
    const auto record = step && forecastsHere() ? recordFor(*step) : std::nullopt;
    const auto from = record ? std::optional(m_run.history().at(*record).step) : std::nullopt;
    if (from != m_branchStep) {
        m_branchStep = from;
        m_branch.clear();
        if (record) {
            const auto channel = static_cast<std::size_t>(m_run.channelIndex(Role::Output));
            m_branch
                = forecast(m_run.history().at(*record).samples[channel], m_trace.points()[*m_trace.networkAt(*from)]);
        }
    }
    Q_EMIT changed();
}

std::optional<std::size_t> HandoffModel::recordFor(std::int64_t step) const
{
    if (!available() || step <= 0 || pde().alternateEvery > 0)
        return std::nullopt;
    const auto point = m_trace.networkAt(step);
    if (!point || m_trace.points()[*point].step == 0)
        return std::nullopt;
    const std::int64_t at = m_trace.points()[*point].step;
    if (*point + 1 == m_trace.networkPoints() && at < step) // beyond the last record of the network nothing is known
        return std::nullopt;
    const std::size_t record = m_run.history().indexAt(at);
    return m_run.history().at(record).step == at ? std::optional(record) : std::nullopt;
}

std::optional<HandoffModel::Point> HandoffModel::networkAt(std::int64_t step) const
{
    const auto index = m_trace.networkAt(step);
    if (!index || m_trace.networkPoints() < 2)
        return std::nullopt;
    const auto& points = m_trace.points();
    const Point &left = points[*index], &last = points[m_trace.networkPoints() - 1];
    const bool beyond = *index + 1 == m_trace.networkPoints();
    const Point from = beyond ? points.front() : left, to = beyond ? last : points[*index + 1];
    const double share = static_cast<double>(step - from.step) / static_cast<double>(to.step - from.step);
    return Point {.step = step,
        .sweeps = 0,
        .seconds = from.seconds + share * (to.seconds - from.seconds),
        .work = from.work + share * (to.work - from.work),
        .error = beyond ? last.error : left.error};
}

bool HandoffModel::isPast(std::int64_t step) const
{
    if (!available() || m_trace.points().size() < 2)
        return false;
    const Point& now = m_trace.points().back();
    return now.solver || (step >= 0 && step < now.step);
}

std::int64_t HandoffModel::recordedStep(std::int64_t step) const
{
    const auto record = isPast(step) ? recordFor(step) : std::nullopt;
    return record ? m_run.history().at(*record).step : step;
}

bool HandoffModel::isTooLate(const QString& path, const ExperimentSpec& wanted) const
{
    if (path != handoffStepPath)
        return false;
    const std::int64_t step = specOf<PoissonSpec>(wanted.problem).pde.handoffStep;
    return (step == 0) != (pde().handoffStep == 0) // with or without a network is another experiment
        || isPast(step);
}

void HandoffModel::onPending(const ExperimentEditor& editor)
{
    const auto* poisson = editor.spec().problem.as<PoissonSpec>();
    const bool waits = poisson && editor.isPending(handoffStepPath);
    consider(waits ? std::optional(poisson->pde.handoffStep) : std::nullopt);
}

std::optional<KindModel::Branch> HandoffModel::branch(const ExperimentEditor& editor) const
{
    const auto* poisson = editor.spec().problem.as<PoissonSpec>();
    if (!poisson || !editor.isPending(handoffStepPath))
        return std::nullopt;
    const std::int64_t step = poisson->pde.handoffStep;
    const auto record = recordFor(step);
    if (!record || m_run.history().at(*record).step != step)
        return std::nullopt;
    // The network there was trained before these changes, which are in force now.
    const bool changed = std::ranges::any_of(m_run.changes(), [step](const LoggedChange& logged) {
        return logged.refused.empty() && logged.step >= step
            && (logged.change.path.starts_with("optimizer.") || logged.change.path == "pde.beta");
    });
    return changed ? std::nullopt : std::optional(Branch {*record, handoffStepPath});
}

// ---- all M

void HandoffModel::startSweep()
{
    if (!available() || isSweeping())
        return;
    m_run.pause();
    m_trials.clear();
    const auto wanted
        = pde().handoffStep > 0 ? sweptSpan * pde().handoffStep : specOf<PoissonSpec>(m_spec.problem).stop.steps;
    m_sweeper.start(m_spec, m_options, handoffSteps(m_spec, std::max<std::int64_t>(1, wanted), sweptSteps));
    Q_EMIT changed();
}

void HandoffModel::cancelSweep()
{
    if (!isSweeping())
        return;
    m_sweeper.cancel();
    limitNetwork();
    Q_EMIT changed();
}

void HandoffModel::judgeNow()
{
    m_verdict.reset();
    if (!available())
        return;
    const HandoffReference& alone = m_references.alone();
    const bool ended = m_run.state() == RunState::Finished && alone.done && !alone.trace.points().empty();
    if (pde().handoffStep != 0 && ended && !m_trace.points().empty())
        m_verdict = judgeHandoff(pde(), setting(), m_trace.summary(), alone.trace.summary(), m_clock);
}

} // namespace fplab
