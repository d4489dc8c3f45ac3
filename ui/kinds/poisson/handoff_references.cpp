#include "ui/kinds/poisson/handoff_references.h"

#include "core/kinds/poisson/handoff_branch.h"
#include "core/kinds/poisson/kind.h"
#include "core/pde/grid_solver.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace fplab {
namespace {

constexpr double longestAlone = 20, longestOther = 5; ///< seconds that a reference may take
constexpr double usualDamping = 2.0 / 3;
constexpr std::size_t historyBudget = 32u << 20; ///< bytes

PdeSpec& pdeOf(ExperimentSpec& spec) { return specOf<PoissonSpec>(spec.problem).pde; }

bool isNetwork(HandoffReference& reference) { return pdeOf(reference.spec).handoffStep < 0; }

} // namespace

QString solverLabel(const std::string& id)
{
    const auto label = findGridSolver(id)->label;
    return QString::fromUtf8(label.data(), static_cast<qsizetype>(label.size()));
}

HandoffReferences::HandoffReferences(Runs& runs, QObject* parent)
    : QObject(parent)
    , m_runs(runs)
{
    connect(&runs, &Runs::news, this, &HandoffReferences::hear);
}

void HandoffReferences::clear()
{
    m_others.clear();
    m_shown.show(nullptr);
    m_alone = {};
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
    m_alone.done = pde.handoffStep == 0;
    if (!m_alone.done) {
        begin(m_alone);
        m_shown.show(m_alone.run.get());
    }
    if (pde.handoffStep > 0)
        add(tr("Network alone"), withHandoffStep(spec, -1));
    setClock(clock);
    if (pde.handoffStep != 0)
        return;
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
    reference.label = label;
    reference.spec = spec;
    reference.rule = stopRuleOf(spec);
    if (isNetwork(reference)) {
        reference.rule.steps = std::numeric_limits<std::int64_t>::max();
        reference.rule.seconds = 0;
        reference.done = true; // until setNetworkSeconds() says how long it is worth
        return;
    }
    reference.rule.seconds = longestOther;
    reference.measured = std::make_shared<SolveClock>(); // the clock of the others is given
    begin(reference);
}

/// Not on this thread: a large network takes a while to be made and to be looked at.
void HandoffReferences::begin(HandoffReference& reference)
{
    auto maker = [spec = reference.spec, options = m_options, clock = reference.measured](
                     const std::stop_token& stop) -> Result<std::unique_ptr<Experiment>> {
        auto made = makeExperiment(spec, options);
        if (const PdeSpec& pde = specOf<PoissonSpec>(spec.problem).pde; made && clock && !stop.stop_requested())
            if (const auto setting = makePoissonSetting(pde))
                clock->sweep = measureSweep(pde, *setting);
        return made;
    };
    RunDocument document = documentOf(reference.spec);
    document.record = {};
    document.rule = reference.rule;
    reference.run = m_runs.runner().begin(std::move(document), std::move(maker), Priority::Background);
    reference.run->setHistoryBudget(historyBudget);
    reference.run->resume();
}

void HandoffReferences::setAnalysis(const AnalysisSpec& settings) { m_analysis.setSettings(settings); }

void HandoffReferences::setNetworkSeconds(double seconds)
{
    seconds = std::min(seconds, longestOther);
    for (const auto& other : m_others) {
        if (!isNetwork(*other) || other->rule.seconds >= seconds)
            continue;
        other->rule.seconds = seconds;
        if (!other->run) {
            begin(*other);
        } else if (const RunDocument& run = **other->run; run.failure || run.state == RunState::Diverged) {
            continue;
        } else {
            other->run->setStopRule(other->rule);
            other->run->resume();
        }
        other->done = false;
    }
}

void HandoffReferences::hear(const RunNews& news)
{
    std::vector<HandoffReference*> all {&m_alone};
    for (const auto& other : m_others)
        all.push_back(other.get());
    for (HandoffReference* reference : all) {
        if (!reference->run || reference->run->document() != news.document)
            continue;
        const RunDocument& run = *news.document;
        if (news.made) {
            if (reference->measured)
                reference->trace.setClock(*reference->measured);
            reference->trace.setRun(news.document);
        }
        reference->trace.update();
        reference->done = run.isOver() || run.failure || news.outOfMemory; // a failure: e.g. for lack of a network
        Q_EMIT changed();
        return;
    }
}

} // namespace fplab
