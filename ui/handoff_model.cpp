#include "ui/handoff_model.h"

#include "core/experiment/fields.h"
#include "core/experiment/handoff_branch.h"
#include "core/pde/grid_solver.h"
#include "ui/lab.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace fplab {
namespace {

    constexpr int restMs = 300; ///< the run on screen must have rested so long before a reference is run
    constexpr double longestAlone = 20, longestOther = 5; ///< seconds that a reference may take
    constexpr double networkBeyond = 1.5; ///< the network alone is shown for so many times what the others take
    constexpr double usualDamping = 2.0 / 3;
    constexpr int sweptSteps = 12;
    constexpr int largestForecast = 10000; ///< intervals: finer grids take too long to be drawn while M is dragged
    constexpr double nearFloor = 1.01; ///< of the grid's own error: where a run gives up
    constexpr int referencePerDecade = 60; ///< records
    constexpr std::size_t referenceBudget = 32u << 20; ///< bytes of history

    QString labelOf(const std::string& solver)
    {
        const auto found = std::ranges::find(choices::solver, solver, &Choice::id);
        return QString::fromUtf8(found->label.data(), static_cast<qsizetype>(found->label.size()));
    }

    PdeSpec& pdeOf(ExperimentSpec& spec) { return std::get<PoissonSpec>(spec.problem).pde; }

    /// Whether the references of one are those of the other.
    bool sameButForStep(ExperimentSpec a, ExperimentSpec b)
    {
        if (!std::holds_alternative<PoissonSpec>(a.problem) || !std::holds_alternative<PoissonSpec>(b.problem))
            return false;
        if (pdeOf(a).handoffStep > 0 && pdeOf(b).handoffStep > 0)
            pdeOf(a).handoffStep = pdeOf(b).handoffStep;
        a.title = b.title;
        analysisOf(a) = analysisOf(b);
        return a == b;
    }

    double reachOf(const std::vector<SolveSummary::Point>& points) { return points.empty() ? 0 : points.back().seconds; }

} // namespace

HandoffModel::HandoffModel(RunController& run, QObject* parent)
    : QObject(parent)
    , m_run(run)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    connect(&m_rest, &QTimer::timeout, this, &HandoffModel::goOn);
    connect(&run, &RunController::loaded, this, &HandoffModel::reload);
    connect(&run, &RunController::advanced, this, &HandoffModel::advance);
    connect(&run, &RunController::stateChanged, this, [this](RunState state) {
        if (!available())
            return;
        if (state == RunState::Running) {
            m_rest.stop();
            cancelSweep();
            m_alone.run.pause();
            for (const auto& other : m_others)
                other->run.pause();
        } else {
            if (state == RunState::Finished)
                extendNetwork();
            m_rest.start();
        }
        judgeNow();
    });
    prepare(m_alone);
    connect(&m_sweeper, &HandoffSweeper::tried, this, [this](const HandoffTrial& trial) {
        m_trials.push_back(trial);
        Q_EMIT changed();
    });
    connect(&m_sweeper, &HandoffSweeper::ended, this, [this](const QString& error) {
        if (!error.isEmpty())
            Q_EMIT problem(error);
        m_rest.start();
        Q_EMIT changed();
    });
}

void HandoffModel::prepare(HandoffReference& reference)
{
    connect(&reference.run, &RunController::advanced, this, [this, &reference] {
        reference.trace.update();
        Q_EMIT changed();
    });
    connect(&reference.run, &RunController::stateChanged, this, [this, &reference](RunState state) {
        reference.done = state == RunState::Finished || state == RunState::Diverged;
        if (reference.done)
            goOn();
    });
}

// ---- the experiment

void HandoffModel::open(const ExperimentSpec& spec, const ExecutionOptions& options)
{
    cancelSweep();
    const bool kept = available() && sameButForStep(m_spec, spec);
    m_spec = spec;
    m_options = options;
    if (kept) {
        m_aloneAnalysis.setSettings(analysisOf(spec));
        return; // what it is compared with is the same
    }
    m_trials.clear();
    m_setting.reset();
    m_sweepSeconds = 0;
    if (const auto* poisson = std::get_if<PoissonSpec>(&spec.problem)) {
        auto setting = makePoissonSetting(poisson->pde);
        if (setting)
            m_setting = std::move(setting).value();
    }
    makeReferences();
}

void HandoffModel::follow(const ExperimentSpec& spec)
{
    if (!available())
        return;
    const bool kept = sameButForStep(m_spec, spec);
    m_spec = spec;
    m_aloneAnalysis.setSettings(analysisOf(spec));
    if (!kept) {
        cancelSweep();
        m_trials.clear();
        m_sweepSeconds = 0;
        if (auto setting = makePoissonSetting(pde())) // the floors depend on some fields that act live
            m_setting = std::move(setting).value();
        makeReferences();
        if (m_run.state() != RunState::Running)
            m_rest.start();
    }
    judgeNow();
    Q_EMIT changed();
}

QString HandoffModel::solverLabel() const { return labelOf(pde().then); }

void HandoffModel::reload()
{
    m_trace.clear();
    m_trace.update();
    m_considered.reset();
    m_branchStep.reset();
    m_branch.clear();
    m_verdict.reset();
    if (available())
        m_rest.start();
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
        m_run.history().pin(m_trace.points()[network - 1].step); // what was handed over
    Q_EMIT changed();
}

// ---- references

void HandoffModel::makeReferences()
{
    m_others.clear();
    m_aloneForecast.clear();
    m_alone.run.clear();
    m_alone.trace.clear();
    m_alone.done = false;
    m_verdict.reset();
    if (!available())
        return;
    const bool network = pde().handoffStep != 0;
    addReference(m_alone, tr("%1 alone").arg(solverLabel()), solverAlone(m_spec), longestAlone);
    const auto addOther = [this](const QString& label, const ExperimentSpec& spec) {
        prepare(*m_others.emplace_back(std::make_unique<HandoffReference>()));
        addReference(*m_others.back(), label, spec, longestOther);
    };
    if (pde().handoffStep > 0) {
        ExperimentSpec spec = m_spec;
        pdeOf(spec).handoffStep = -1;
        pdeOf(spec).alternateEvery = 0;
        addOther(tr("Network alone"), spec);
    }
    if (network)
        return;
    m_alone.done = true; // the run on screen is it
    for (const GridSolverKind& kind : gridSolvers()) {
        if (kind.id == pde().then || (kind.id == "multigrid" && !canCoarsen(static_cast<std::size_t>(pde().grid))))
            continue;
        ExperimentSpec spec = m_spec;
        pdeOf(spec).then = kind.id;
        QString label = labelOf(std::string(kind.id));
        if (kind.id == "damped_jacobi") {
            pdeOf(spec).omega = usualDamping;
        } else if (kind.id == "sor") { // the best factor for this grid
            pdeOf(spec).omega = 2 / (1 + std::sin(std::numbers::pi / pde().grid));
        }
        addOther(label, spec);
    }
}

void HandoffModel::addReference(
    HandoffReference& reference, const QString& label, const ExperimentSpec& spec, double seconds)
{
    reference.label = label;
    reference.spec = spec;
    reference.rule = stopRuleOf(spec);
    reference.rule.seconds = seconds;
}

/// The next reference, while nothing else works.
void HandoffModel::goOn()
{
    judgeNow();
    Q_EMIT changed();
    if (!available() || m_run.state() == RunState::Running || isSweeping())
        return;
    std::vector<HandoffReference*> all {&m_alone};
    for (const auto& other : m_others)
        all.push_back(other.get());
    const auto next = std::ranges::find(all, false, &HandoffReference::done);
    if (next == all.end())
        return;
    HandoffReference& reference = **next;
    if (!reference.run.hasRun()) {
        auto made = makeExperiment(reference.spec, m_options);
        if (!made) { // e.g. a network alone that could not be
            reference.done = true;
            return goOn();
        }
        if (pdeOf(reference.spec).handoffStep < 0) {
            reference.rule.steps = std::numeric_limits<std::int64_t>::max();
            reference.rule.seconds = networkSeconds();
        }
        if (&reference == &m_alone)
            m_aloneAnalysis.setSettings(analysisOf(m_spec));
        reference.run.setHistoryBudget(referenceBudget);
        reference.run.load(std::move(made).value(), Schedule::logarithmic(referencePerDecade), reference.rule);
        reference.trace.clear();
        reference.trace.update();
    }
    reference.run.resume();
}

/// How long the network alone is worth looking at.
double HandoffModel::networkSeconds()
{
    return std::min(longestOther, networkBeyond * std::max(reachOf(m_trace.points()), reachOf(alone())));
}

/// The run on screen may have taken longer than when the network alone was run.
void HandoffModel::extendNetwork()
{
    for (const auto& other : m_others)
        if (pdeOf(other->spec).handoffStep < 0 && other->done && other->rule.seconds < networkSeconds()) {
            other->rule.seconds = networkSeconds();
            other->run.setStopRule(other->rule);
            other->done = other->run.state() == RunState::Diverged;
        }
}

bool HandoffModel::aloneIsComputed() const { return pde().handoffStep != 0 && !m_alone.done && forecastsHere(); }

bool HandoffModel::forecastsHere() const { return canForecast(pde()) && pde().grid <= largestForecast; }

const std::vector<HandoffModel::Point>& HandoffModel::alone()
{
    if (pde().handoffStep == 0)
        return m_trace.points();
    if (!aloneIsComputed())
        return m_alone.trace.points();
    if (m_aloneForecast.empty())
        m_aloneForecast = forecast({}, {});
    return m_aloneForecast;
}

Lab HandoffModel::aloneLab(const Lab& lab)
{
    return {lab.themes, lab.editor, m_alone.run, m_aloneTimeline, m_aloneAnalysis, *this};
}

// ---- branches

/// From the network's output at the training points (empty: from zero), which stands at `from`.
std::vector<HandoffModel::Point> HandoffModel::forecast(const std::vector<double>& output, const Point& from)
{
    if (m_alone.done && m_alone.trace.points().size() > 1 && m_alone.trace.points().back().sweeps > 0)
        m_sweepSeconds = m_alone.trace.points().back().seconds / static_cast<double>(m_alone.trace.points().back().sweeps);
    else if (m_sweepSeconds == 0)
        m_sweepSeconds = secondsPerSweep(pde(), setting());
    const std::vector<double> zero(setting().problem.grid.n + 1, 0.0);
    const double work = findGridSolver(pde().then)->make(setting().problem, zero, pde().omega)->workPerIteration();
    std::vector<Point> points;
    const double floor = setting().discretisationFloor; // a run ends just above it
    const double end = pde().tolerance < floor ? nearFloor * floor : pde().tolerance;
    for (const auto& [sweeps, error] : forecastBranch(pde(), setting(), output).errorCurve(end, pde().maxSweeps))
        points.push_back({.step = from.step + sweeps, .sweeps = sweeps, .seconds = from.seconds + m_sweepSeconds * static_cast<double>(sweeps),
            .work = from.work + work * static_cast<double>(sweeps), .error = error, .solver = true});
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
            m_branch = forecast(m_run.history().at(*record).samples[channel], m_trace.points()[*m_trace.networkAt(*from)]);
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
    return Point {.step = step, .sweeps = 0, .seconds = from.seconds + share * (to.seconds - from.seconds),
        .work = from.work + share * (to.work - from.work), .error = beyond ? last.error : left.error};
}

bool HandoffModel::isPast(std::int64_t step) const
{
    if (!available() || m_trace.points().size() < 2)
        return false;
    const Point& now = m_trace.points().back();
    return now.solver || (step >= 0 && step < now.step);
}

// ---- all M

void HandoffModel::startSweep()
{
    if (!available() || isSweeping())
        return;
    m_run.pause();
    m_alone.run.pause();
    for (const auto& other : m_others)
        other->run.pause();
    m_trials.clear();
    const auto wanted = pde().handoffStep > 0 ? 2 * pde().handoffStep : std::get<PoissonSpec>(m_spec.problem).stop.steps;
    m_sweeper.start(m_spec, m_options, handoffSteps(m_spec, std::max<std::int64_t>(1, wanted), sweptSteps));
    Q_EMIT changed();
}

void HandoffModel::cancelSweep()
{
    if (!isSweeping())
        return;
    m_sweeper.cancel();
    m_rest.start();
    Q_EMIT changed();
}

void HandoffModel::judgeNow()
{
    m_verdict.reset();
    if (!available())
        return;
    const bool ended = m_run.state() == RunState::Finished && m_alone.done && !m_alone.trace.points().empty();
    if (pde().handoffStep != 0 && ended && !m_trace.points().empty())
        m_verdict = judgeHandoff(pde(), setting(), m_trace.summary(), m_alone.trace.summary());
    if (m_verdict && m_verdict->time && m_run.pace().kind != Pace::Kind::Max) // it slept between its steps
        m_verdict->text += ' ' + tr("Shown at a slower pace, the run took a little longer than it would at full speed.").toStdString();
}

} // namespace fplab
