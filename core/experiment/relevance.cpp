#include "core/experiment/relevance.h"

#include "core/fields/spec_fields.h"

#include <algorithm>
#include <map>
#include <span>

namespace fplab {

namespace {

/// A field, or with a final dot all fields below, that changes nothing while `idle`.
template <class Problem> struct Rule {
    std::string_view path;
    bool (*idle)(const Problem&);
    std::string_view reason;
    bool part = false; ///< of a part that is switched off as a whole
};

using Fit = FitCurveSpec;
using Ritz = PoissonSpec;

template <class... Ids> bool isOneOf(const std::string& kind, Ids... ids) { return ((kind == ids) || ...); }

bool hasNetwork(const Ritz& s) { return s.pde.handoffStep != 0; }
bool hasSolver(const Ritz& s) { return s.pde.handoffStep >= 0; }
bool handsOver(const Ritz& s) { return hasNetwork(s) && hasSolver(s); }

/// Of all kinds with a network.
template <class Problem>
constexpr Rule<Problem> trainingRules[] {
    {"network.init.std", [](const Problem& s) { return !isOneOf(s.network.init.kind, "normal", "uniform"); },
        "only normal and uniform initial weights have a size to set"},
    {"network.init.bias_std", [](const Problem& s) { return !isOneOf(s.network.init.kind, "normal", "uniform"); },
        "only normal and uniform initial weights have a size to set"},
    {"network.init.params", [](const Problem& s) { return s.network.init.kind != "explicit"; },
        "the initial weights are drawn, not given"},
    {"optimizer.momentum", [](const Problem& s) { return s.optimizer.kind != "momentum"; },
        "only the optimizer momentum uses it"},
    {"optimizer.beta1", [](const Problem& s) { return s.optimizer.kind != "adam"; }, "only Adam uses it"},
    {"optimizer.beta2", [](const Problem& s) { return s.optimizer.kind != "adam"; }, "only Adam uses it"},
    {"optimizer.eps", [](const Problem& s) { return s.optimizer.kind != "adam"; }, "only Adam uses it"},
    {"record.per_decade", [](const Problem& s) { return s.record.kind != "log"; },
        "every n-th step is recorded, not evenly on a logarithmic axis"},
    {"record.every", [](const Problem& s) { return s.record.kind != "every"; },
        "records lie evenly on a logarithmic axis, not at every n-th step"},
};

constexpr Rule<Fit> fitRules[] {
    {"target.", [](const Fit& s) { return s.data.has_value(); }, "the samples are given as data", true},
    {"sampling.from", [](const Fit& s) { return s.data.has_value(); }, "the samples are given as data", true},
    {"sampling.to", [](const Fit& s) { return s.data.has_value(); }, "the samples are given as data", true},
    {"sampling.count", [](const Fit& s) { return s.data.has_value(); }, "the samples are given as data", true},
    {"sampling.kind", [](const Fit& s) { return s.data.has_value(); }, "the samples are given as data", true},
    {"sampling.endpoint", [](const Fit& s) { return s.data.has_value(); }, "the samples are given as data", true},
    {"sampling.test_count", [](const Fit& s) { return s.data.has_value(); }, "the samples are given as data", true},
    {"data.x", [](const Fit& s) { return s.data && s.data->csv.empty(); }, "the data do not come from a CSV file"},
    {"data.y", [](const Fit& s) { return s.data && s.data->csv.empty(); }, "the data do not come from a CSV file"},
    {"target.noise.where", [](const Fit& s) { return s.target.noise.std == 0; }, "no noise is added"},
    {"target.noise.where", [](const Fit& s) { return s.target.quantise == 0; }, "the target is not quantised"},
    {"sampling.endpoint", [](const Fit& s) { return isOneOf(s.sampling.kind, "random", "chebyshev"); },
        "only even points and those drawn from a grid may leave the right end out"},
    {"loss.p", [](const Fit& s) { return s.loss.kind != "lp"; }, "only the mean p-th power has a power to set"},
    {"loss.weights.", [](const Fit& s) { return s.loss.kind != "weighted_fourier"; },
        "only the loss of weighted frequencies uses it"},
    {"loss.weights.from", [](const Fit& s) { return !isOneOf(s.loss.weights.kind, "high_pass", "band"); },
        "these weights begin at no k"},
    {"loss.weights.to", [](const Fit& s) { return !isOneOf(s.loss.weights.kind, "low_pass", "band"); },
        "these weights end at no k"},
    {"loss.weights.outside", [](const Fit& s) { return isOneOf(s.loss.weights.kind, "equal", "points", "values"); },
        "these weights leave no frequency out"},
    {"loss.weights.advance_below",
        [](const Fit& s) { return !isOneOf(s.loss.weights.kind, "low_to_high", "high_to_low"); },
        "these weights do not go from peak to peak"},
    {"loss.weights.advance_after",
        [](const Fit& s) { return !isOneOf(s.loss.weights.kind, "low_to_high", "high_to_low"); },
        "these weights do not go from peak to peak"},
    {"loss.weights.values", [](const Fit& s) { return !isOneOf(s.loss.weights.kind, "points", "values"); },
        "these weights are not given one by one"},
};

constexpr std::string_view solverAlone = "the hand-off step is 0: the solver works alone";
constexpr std::string_view networkAlone = "the hand-off step is -1: the network works alone";
constexpr std::string_view noHandOver = "nothing is handed over";

constexpr Rule<Ritz> poissonRules[] {
    {"network.", [](const Ritz& s) { return !hasNetwork(s); }, solverAlone, true},
    {"optimizer.", [](const Ritz& s) { return !hasNetwork(s); }, solverAlone, true},
    {"pde.beta", [](const Ritz& s) { return !hasNetwork(s); }, solverAlone, true},
    {"pde.training_sampling", [](const Ritz& s) { return !hasNetwork(s); }, solverAlone, true},
    {"pde.then", [](const Ritz& s) { return !hasSolver(s); }, networkAlone, true},
    {"pde.omega", [](const Ritz& s) { return !hasSolver(s); }, networkAlone, true},
    {"pde.max_sweeps", [](const Ritz& s) { return !hasSolver(s); }, networkAlone, true},
    {"pde.handoff_when", [](const Ritz& s) { return !handsOver(s); }, noHandOver, true},
    {"pde.low_up_to", [](const Ritz& s) { return !handsOver(s); }, noHandOver, true},
    {"pde.remove_boundary_line", [](const Ritz& s) { return !handsOver(s); }, noHandOver, true},
    {"pde.alternate_every", [](const Ritz& s) { return !handsOver(s); }, noHandOver, true},
    {"stop.steps", [](const Ritz& s) { return hasSolver(s); },
        "the network ends at the hand-off step, the solver at its tolerance", true},
    {"stop.loss", [](const Ritz&) { return true; }, "the energy is negative; the tolerance ends the run", true},
    {"pde.low_up_to", [](const Ritz& s) { return s.pde.handoffWhen != "captured"; },
        "the network hands over at step M, whatever is captured"},
    {"pde.omega", [](const Ritz& s) { return !isOneOf(s.pde.then, "damped_jacobi", "sor"); },
        "only damped Jacobi and over-relaxation (SOR) have a relaxation factor"},
};

bool covers(std::string_view rule, std::string_view path)
{
    return rule == path || (rule.ends_with('.') && path.starts_with(rule));
}

struct Found {
    std::string_view reason;
    bool part;
};

template <class Problem>
std::optional<Found> firstIdle(std::span<const Rule<Problem>> rules, const Problem& problem, std::string_view path)
{
    for (const auto& rule : rules)
        if (covers(rule.path, path) && rule.idle(problem))
            return Found {rule.reason, rule.part};
    return {};
}

template <class Problem>
std::optional<Found> idleIn(std::span<const Rule<Problem>> rules, const Problem& problem, std::string_view path)
{
    if (auto own = firstIdle(rules, problem, path))
        return own;
    return firstIdle<Problem>(trainingRules<Problem>, problem, path);
}

std::optional<Found> idle(const Fit& problem, std::string_view path) { return idleIn<Fit>(fitRules, problem, path); }
std::optional<Found> idle(const Ritz& problem, std::string_view path)
{
    return idleIn<Ritz>(poissonRules, problem, path);
}

std::optional<Found> idle(const ExperimentSpec& spec, std::string_view path)
{
    return std::visit([path](const auto& problem) { return idle(problem, path); }, spec.problem);
}

} // namespace

std::optional<std::string> noEffect(const ExperimentSpec& spec, std::string_view path)
{
    const auto found = idle(spec, path);
    return found ? std::optional(std::string(found->reason)) : std::nullopt;
}

Status checkEffect(const ExperimentSpec& spec, std::string_view path)
{
    const std::string_view field = path.substr(0, path.find('['));
    std::optional<std::string> reason = noEffect(spec, field);
    bool whole = false;
    for (const FieldRef& below : fieldsOf(spec)) {
        if (!below.path.starts_with(std::string(field) + '.'))
            continue;
        const auto why = noEffect(spec, below.path);
        if (!why)
            return success();
        whole = true;
        reason = why;
    }
    if (!reason)
        return success();
    return Diagnostic {
        .what = (whole ? "nothing in it has an effect: " : "has no effect: ") + *reason, .path = std::string(path)};
}

std::vector<Remark> noEffectRemarks(const ExperimentSpec& spec)
{
    ExperimentSpec defaults;
    std::visit([&]<class Problem>(const Problem&) { defaults.problem = Problem {}; }, spec.problem);
    const auto fields = fieldsOf(spec), usual = fieldsOf(defaults);
    std::vector<Remark> remarks;
    struct Told {
        std::size_t remark = 0, fields = 0;
    };
    std::map<std::string_view, Told> told; // by reason
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i] == usual[i])
            continue;
        const auto found = idle(spec, fields[i].path);
        if (!found || found->part)
            continue;
        auto& [remark, count] = told.try_emplace(found->reason, Told {remarks.size(), 0}).first->second;
        if (count++ == 0)
            remarks.push_back({"no_effect", std::string(fields[i].hint.label), fields[i].path, {}});
        else
            remarks[remark].text += ", " + std::string(fields[i].hint.label);
    }
    for (const auto& [reason, it] : told)
        remarks[it.remark].text
            += (it.fields > 1 ? " have no effect: " : " has no effect: ") + std::string(reason) + '.';
    return remarks;
}

} // namespace fplab
