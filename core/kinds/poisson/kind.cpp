#include "core/kinds/poisson/kind.h"

#include "core/experiment/spec.h"
#include "core/fields/json.h"
#include "core/kinds/poisson/expected_sweeps.h"
#include "core/kinds/poisson/poisson.h"
#include "core/kinds/poisson/report.h"
#include "core/parts/describe.h"

namespace fplab {
namespace {

constexpr Panel panels[] {{"target", "1 Equation", Effect::NewRun}, {"network", "2 Network and start", Effect::NewRun},
    {"training", "3 Training", Effect::Live}, {"method", "4 Hand-off", Effect::Live},
    {"analysis", "5 Analysis", Effect::View}};

Diagnostic problem(std::string path, std::string what, std::string advice = {})
{
    Diagnostic error;
    error.path = std::move(path);
    error.what = std::move(what);
    error.advice = std::move(advice);
    return error;
}

Status check(const ExperimentSpec& experiment)
{
    const auto& spec = specOf<PoissonSpec>(experiment.problem);
    const auto& pde = spec.pde;
    if (!(pde.from < pde.to))
        return problem(
            "pde.to", "must be greater than pde.from (" + formatNumber(pde.from) + "), found " + formatNumber(pde.to));
    if (spec.network.init.kind == "explicit" && spec.network.init.params->empty())
        return problem("network.init.params", "is missing, and network.init.kind is \"explicit\"");
    if (spec.stop.loss != 0)
        return problem("stop.loss",
            "must be 0 for the kind poisson, whose energy is negative, found " + formatNumber(spec.stop.loss),
            "Use pde.tolerance.");
    const auto* solver = findGridSolver(pde.then);
    if (solver->largestOmega == 1 && pde.omega > 1)
        return problem("pde.omega", "must be at most 1 for damped_jacobi, found " + formatNumber(pde.omega),
            "Above 1 the high modes grow. 2/3 damps them best; sor takes values up to 2.");
    if (pde.then == "multigrid" && !canCoarsen(static_cast<std::size_t>(pde.grid)))
        return problem("pde.grid",
            "must be an even number, at least 4, for multigrid, found " + std::to_string(pde.grid),
            "Multigrid halves the grid while it can; a power of two is best.");
    return success();
}

Result<std::unique_ptr<Experiment>> make(const ExperimentSpec& spec, const ExecutionOptions& options)
{
    auto made = PoissonExperiment::make(spec, options);
    if (!made)
        return made.error();
    return std::unique_ptr<Experiment>(std::move(made).value());
}

StopRule stopRule(const ExperimentSpec& spec)
{
    const auto& poisson = specOf<PoissonSpec>(spec.problem);
    const PdeSpec& pde = poisson.pde;
    StopRule rule = poisson.stop;
    if (!hasSolver(pde))
        return rule;
    const std::int64_t rounds = pde.alternateEvery > 0 ? 1 + pde.maxSweeps / pde.alternateEvery : 1;
    rule.steps = pde.handoffStep * rounds + pde.maxSweeps; // the experiment itself ends before
    return rule;
}

double estimate(const ExperimentSpec& spec, const ExecutionOptions& options)
{
    const PdeSpec& pde = specOf<PoissonSpec>(spec.problem).pde;
    double seconds = 0;
    if (auto network = make(spec, options); network && hasNetwork(pde))
        seconds += secondsPerStep(*network.value())
            * static_cast<double>(hasSolver(pde) ? pde.handoffStep : stopRule(spec).steps);
    if (!hasSolver(pde))
        return seconds;
    ExperimentSpec alone = spec;
    specOf<PoissonSpec>(alone.problem).pde.handoffStep = 0;
    if (auto solver = make(alone, options))
        seconds += secondsPerStep(*solver.value()) * expectedSweeps(pde);
    return seconds;
}

ExperimentSpec networkAlone(const ExperimentSpec& spec)
{
    const PdeSpec& was = specOf<PoissonSpec>(spec.problem).pde;
    ExperimentSpec alone = spec;
    auto& poisson = specOf<PoissonSpec>(alone.problem);
    poisson.pde = {.formula = was.formula,
        .parameters = was.parameters,
        .from = was.from,
        .to = was.to,
        .trainingPoints = was.trainingPoints,
        .trainingSampling = was.trainingSampling,
        .beta = was.beta,
        .handoffStep = -1};
    if (hasSolver(was))
        poisson.stop.steps = was.handoffStep;
    return alone;
}

std::vector<Fact> factsOf(const ExperimentSpec& spec, std::size_t)
{
    const auto& poisson = specOf<PoissonSpec>(spec.problem);
    const PdeSpec& pde = poisson.pde;
    std::vector<Fact> facts;
    facts.push_back({"-u'' = g(x) =", pde.formula});
    facts.push_back({"domain", rangeText(pde.from, pde.to)});
    facts.push_back({"grid intervals n =", std::to_string(pde.grid)});
    if (hasNetwork(pde)) {
        describeNetwork(poisson.network, facts);
        facts.push_back({"training points", std::to_string(pde.trainingPoints)});
        describeOptimizer(poisson.optimizer, facts);
    }
    if (handsOver(pde))
        facts.push_back({"hand-off step M =",
            std::to_string(pde.handoffStep)
                + (pde.handoffWhen == "captured" ? " at the latest, when low k are captured" : "")});
    if (hasSolver(pde)) {
        const GridSolverKind& kind = *findGridSolver(pde.then);
        facts.push_back({hasNetwork(pde) ? "then" : "solver",
            std::string(kind.label) + (kind.largestOmega > 0 ? ", omega = " + formatNumber(pde.omega) : "")});
        if (hasNetwork(pde) && pde.alternateEvery > 0)
            facts.push_back({"network again after", std::to_string(pde.alternateEvery) + " sweeps"});
    }
    facts.push_back({"tolerance", formatNumber(pde.tolerance)});
    return facts;
}

std::unique_ptr<KindReport> makeReport(const ExperimentSpec& spec, Experiment& experiment)
{
    return std::make_unique<PoissonReport>(spec, static_cast<PoissonExperiment&>(experiment));
}

} // namespace

const Kind& poissonKind()
{
    static constexpr Kind kind {.id = "poisson",
        .label = "Poisson's equation",
        .equation = "\u2212u\u2033 =",
        .panels = panels,
        .prototype = [] { return KindSpec(PoissonSpec {}); },
        .check = check,
        .make = make,
        .stopRule = stopRule,
        .estimateSeconds = estimate,
        .trainingAlone = networkAlone,
        .describe = factsOf,
        .report = makeReport};
    return kind;
}

} // namespace fplab
