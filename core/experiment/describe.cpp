#include "core/experiment/describe.h"

#include "core/experiment/fields.h"

#include <algorithm>
#include <charconv>

namespace fplab {
namespace {

/// Shortest text that reads back as the same number.
std::string text(double number)
{
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
    return {buffer, end};
}

std::string labelOf(std::span<const Choice> choices, std::string_view id)
{
    const auto found = std::ranges::find(choices, id, &Choice::id);
    return std::string(found == choices.end() ? id : found->label);
}

std::string rangeText(double from, double to) { return text(from) + ".." + text(to); }

/// The name of a file without its folders.
std::string fileName(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

void describeTarget(const FitCurveSpec& fit, std::size_t samples, std::vector<Fact>& facts)
{
    if (fit.data) {
        const std::string count = samples > 0 ? std::to_string(samples) : std::string();
        if (fit.data->csv.empty())
            facts.push_back({"samples", count.empty() ? "given" : count + " given"});
        else
            facts.push_back({"samples",
                (count.empty() ? "" : count + " from ") + fileName(fit.data->csv) + ", columns " + fit.data->x + " and "
                    + fit.data->y});
        return;
    }
    facts.push_back({"f(x) =", fit.target.formula});
    if (fit.target.quantise > 0)
        facts.push_back({"quantised by", text(fit.target.quantise)});
    if (fit.target.noise.std > 0)
        facts.push_back({"noise", text(fit.target.noise.std)});
    facts.push_back({"samples",
        std::to_string(fit.sampling.count) + " " + labelOf(choices::sampling, fit.sampling.kind) + " in "
            + rangeText(fit.sampling.from, fit.sampling.to)});
}

void describeNetwork(const NetworkSpec& network, std::vector<Fact>& facts)
{
    std::string hidden;
    for (const int width : network.hidden)
        hidden += (hidden.empty() ? "" : "-") + std::to_string(width);
    facts.push_back({"hidden layers", hidden.empty() ? "none" : hidden});
    facts.push_back({"activation", labelOf(choices::activation, network.activation)});
    std::string init = labelOf(choices::init, network.init.kind);
    if (network.init.kind == "normal" || network.init.kind == "uniform")
        init += ", std " + text(network.init.std);
    facts.push_back({"initial weights", init});
}

void describeOptimizer(const OptimizerSpec& optimizer, std::vector<Fact>& facts)
{
    facts.push_back({"optimizer", labelOf(choices::optimizer, optimizer.kind)});
    facts.push_back({"learning rate", text(optimizer.learningRate)});
}

void describeProblem(const FitCurveSpec& fit, std::size_t samples, std::vector<Fact>& facts)
{
    describeTarget(fit, samples, facts);
    describeNetwork(fit.network, facts);
    std::string loss = labelOf(choices::loss, fit.loss.kind);
    if (fit.loss.kind == "lp")
        loss += ", p = " + text(fit.loss.p);
    if (fit.loss.kind == "weighted_fourier")
        loss += ", " + labelOf(choices::weights, fit.loss.weights.kind);
    facts.push_back({"loss", loss});
    describeOptimizer(fit.optimizer, facts);
    if (fit.batch > 0)
        facts.push_back({"batch", std::to_string(fit.batch)});
}

void describeProblem(const PoissonSpec& poisson, std::size_t, std::vector<Fact>& facts)
{
    const PdeSpec& pde = poisson.pde;
    facts.push_back({"-u'' = g(x) =", pde.formula});
    facts.push_back({"domain", rangeText(pde.from, pde.to)});
    facts.push_back({"grid intervals n =", std::to_string(pde.grid)});
    const bool trains = pde.handoffStep != 0, solves = pde.handoffStep >= 0;
    if (trains) {
        describeNetwork(poisson.network, facts);
        facts.push_back({"training points", std::to_string(pde.trainingPoints)});
        describeOptimizer(poisson.optimizer, facts);
    }
    if (trains && solves)
        facts.push_back({"hand-off step M =",
            std::to_string(pde.handoffStep)
                + (pde.handoffWhen == "captured" ? " at the latest, when low k are captured" : "")});
    if (solves) {
        std::string solver = labelOf(choices::solver, pde.then);
        if (pde.then == "damped_jacobi" || pde.then == "sor")
            solver += ", omega = " + text(pde.omega);
        facts.push_back({trains ? "then" : "solver", solver});
        if (trains && pde.alternateEvery > 0)
            facts.push_back({"network again after", std::to_string(pde.alternateEvery) + " sweeps"});
    }
    facts.push_back({"tolerance", text(pde.tolerance)});
}

} // namespace

std::vector<Fact> describe(const ExperimentSpec& spec, std::size_t samples)
{
    std::vector<Fact> facts;
    std::visit([&](const auto& problem) { describeProblem(problem, samples, facts); }, spec.problem);
    facts.push_back({"precision", labelOf(choices::precision, spec.precision)});
    facts.push_back({"seed", std::to_string(spec.seed)});
    return facts;
}

} // namespace fplab
