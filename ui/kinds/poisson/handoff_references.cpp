#include "ui/kinds/poisson/handoff_references.h"

#include "core/kinds/poisson/handoff_branch.h"
#include "core/kinds/poisson/kind.h"
#include "core/pde/grid_solver.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <numbers>

namespace fplab {
namespace {

constexpr int momentMs = 300; ///< from rest() on: a step forward or a quick restart is not disturbed
constexpr double longestAlone = 20, longestOther = 5; ///< seconds that a reference may take
constexpr double usualDamping = 2.0 / 3;
constexpr int recordsPerDecade = 60;
constexpr std::size_t historyBudget = 32u << 20; ///< bytes

PdeSpec& pdeOf(ExperimentSpec& spec) { return specOf<PoissonSpec>(spec.problem).pde; }

bool isNetwork(HandoffReference& reference) { return pdeOf(reference.spec).handoffStep < 0; }

} // namespace

QString solverLabel(const std::string& id)
{
    const auto label = findGridSolver(id)->label;
    return QString::fromUtf8(label.data(), static_cast<qsizetype>(label.size()));
}

HandoffReferences::HandoffReferences(QObject* parent)
    : QObject(parent)
{
    m_moment.setSingleShot(true);
    m_moment.setInterval(momentMs);
    connect(&m_moment, &QTimer::timeout, this, [this] {
        m_resting = true;
        goOn();
    });
    connect(&m_maker, &BackgroundJob::idle, this, &HandoffReferences::goOn);
    follow(m_alone);
}

void HandoffReferences::follow(HandoffReference& reference)
{
    reference.run.setHistoryBudget(historyBudget);
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

void HandoffReferences::clear()
{
    m_maker.cancel();
    m_others.clear();
    m_alone.run.clear();
    m_alone.trace.clear();
    m_alone.done = false;
}

void HandoffReferences::make(const ExperimentSpec& spec, const ExecutionOptions& options, const SolveClock& clock)
{
    clear();
    m_options = options;
    const PdeSpec& pde = specOf<PoissonSpec>(spec.problem).pde;
    m_alone.label = tr("%1 alone").arg(solverLabel(pde.then));
    m_alone.spec = withHandoffStep(spec, 0);
    m_alone.rule = stopRuleOf(m_alone.spec);
    m_alone.rule.seconds = longestAlone;
    if (pde.handoffStep > 0)
        add(tr("Network alone"), withHandoffStep(spec, -1));
    setClock(clock);
    if (pde.handoffStep != 0)
        return;
    m_alone.done = true;
    for (const GridSolverKind& kind : gridSolvers()) {
        if (kind.id == pde.then || (kind.id == "multigrid" && !canCoarsen(static_cast<std::size_t>(pde.grid))))
            continue;
        ExperimentSpec other = spec;
        pdeOf(other).then = kind.id;
        if (kind.id == "damped_jacobi")
            pdeOf(other).omega = usualDamping;
        else if (kind.id == "sor") // the best factor for this grid
            pdeOf(other).omega = 2 / (1 + std::sin(std::numbers::pi / pde.grid));
        add(solverLabel(pdeOf(other).then), other);
    }
}

void HandoffReferences::setClock(const SolveClock& clock)
{
    m_alone.trace.setClock(clock);
    for (const auto& other : m_others)
        if (isNetwork(*other))
            other->trace.setClock(clock);
}

void HandoffReferences::add(const QString& label, const ExperimentSpec& spec)
{
    HandoffReference& reference = *m_others.emplace_back(std::make_unique<HandoffReference>());
    follow(reference);
    reference.label = label;
    reference.spec = spec;
    reference.rule = stopRuleOf(spec);
    reference.rule.seconds = longestOther;
    if (isNetwork(reference)) {
        reference.rule.steps = std::numeric_limits<std::int64_t>::max();
        reference.rule.seconds = 0;
        reference.done = true; // until setNetworkSeconds() says how long it is worth
    }
}

void HandoffReferences::setAnalysis(const AnalysisSpec& settings) { m_analysis.setSettings(settings); }

void HandoffReferences::setNetworkSeconds(double seconds)
{
    seconds = std::min(seconds, longestOther);
    for (const auto& other : m_others)
        if (isNetwork(*other) && other->rule.seconds < seconds) {
            other->rule.seconds = seconds;
            other->run.setStopRule(other->rule);
            other->done = other->run.state() == RunState::Diverged;
        }
}

void HandoffReferences::rest() { m_moment.start(); }

void HandoffReferences::pause()
{
    m_moment.stop();
    m_resting = false;
    m_maker.cancel();
    m_alone.run.pause();
    for (const auto& other : m_others)
        other->run.pause();
}

/// Not on this thread: a large network takes a while to be made and to be looked at.
void HandoffReferences::load(HandoffReference& reference)
{
    const bool isOtherSolver = &reference != &m_alone && !isNetwork(reference); // the clock of the others is given
    m_maker.start([this, &reference, isOtherSolver, spec = reference.spec, options = m_options](
                      const BackgroundJob::Say&, const std::stop_token& stop) {
        struct Made {
            std::unique_ptr<Experiment> experiment;
            RecordPtr first;
            SolveClock clock;
        };
        const auto made = std::make_shared<Made>();
        try {
            if (auto experiment = makeExperiment(spec, options)) {
                made->experiment = std::move(experiment).value();
                if (stop.stop_requested()) // nobody hears what is returned
                    return BackgroundJob::Word();
                made->first = std::make_shared<const Record>(made->experiment->observe());
                if (const PdeSpec& pde = specOf<PoissonSpec>(spec.problem).pde; isOtherSolver)
                    if (const auto setting = makePoissonSetting(pde))
                        made->clock.sweep = measureSweep(pde, *setting);
            }
        } catch (const std::bad_alloc&) {
            made->experiment.reset();
        }
        return BackgroundJob::Word([this, &reference, isOtherSolver, made] {
            if (made->experiment) {
                if (isOtherSolver)
                    reference.trace.setClock(made->clock);
                reference.run.load(
                    std::move(made->experiment), Schedule::logarithmic(recordsPerDecade), reference.rule, made->first);
                reference.trace.clear();
                reference.trace.update();
            } else {
                reference.done = true; // cannot be made, e.g. for lack of a network
            }
            goOn();
        });
    });
}

/// The next reference, while everything else rests.
void HandoffReferences::goOn()
{
    Q_EMIT changed();
    if (!m_resting || !m_maker.isIdle())
        return;
    std::vector<HandoffReference*> all {&m_alone};
    for (const auto& other : m_others)
        all.push_back(other.get());
    for (HandoffReference* reference : all) {
        if (reference->done)
            continue;
        if (reference->run.hasRun())
            reference->run.resume();
        else
            load(*reference);
        return;
    }
}

} // namespace fplab
