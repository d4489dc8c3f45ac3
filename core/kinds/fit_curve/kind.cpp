#include "core/kinds/fit_curve/kind.h"

#include "core/experiment/spec.h"
#include "core/fields/json.h"
#include "core/kinds/fit_curve/fit_curve.h"
#include "core/kinds/fit_curve/report.h"
#include "core/parts/describe.h"

namespace fplab {
namespace {

constexpr Panel panels[] {{"target", "1 Target", Effect::NewRun}, {"network", "2 Network and start", Effect::NewRun},
    {"training", "3 Training", Effect::Live}, {"method", "4 Loss and weights", Effect::Live},
    {"analysis", "5 Analysis", Effect::View}};

Diagnostic problem(std::string path, std::string what, std::string advice = {})
{
    Diagnostic error;
    error.path = std::move(path);
    error.what = std::move(what);
    error.advice = std::move(advice);
    return error;
}

Status checkData(const DataSpec& data)
{
    const bool inputs = data.inputs->count > 0, targets = data.targets->count > 0;
    if (!data.csv.empty() && (inputs || targets))
        return problem("data", "has both \"csv\" and inline values", "Keep one of them.");
    if (data.csv.empty() && (!inputs || !targets))
        return problem("data", "must have \"inputs\" and \"targets\", or \"csv\"");
    if (data.inputs->count != data.targets->count)
        return problem("data.targets",
            "must have as many rows as data.inputs (" + std::to_string(data.inputs->count) + "), found "
                + std::to_string(data.targets->count));
    if (data.xScale == 0 || data.yScale == 0)
        return problem(data.xScale == 0 ? "data.x_scale" : "data.y_scale", "must not be 0");
    if (data.decimal != "auto" && data.decimal == data.thousands)
        return problem("data.thousands", "must not be the same as data.decimal, found \"" + data.thousands + '"');
    return success();
}

/// `samples`: 0 = not known yet.
Status checkWeights(const WeightSpec& weights, std::size_t samples)
{
    if ((weights.kind == "values" || weights.kind == "points") && weights.values.empty())
        return problem("loss.weights.values", "is missing, and loss.weights.kind is \"" + weights.kind + '"');
    if (weights.kind == "values" && samples > 0 && weights.values.size() != samples)
        return problem("loss.weights",
            "must have one weight for each of the " + std::to_string(samples) + " samples, found "
                + std::to_string(weights.values.size()));
    if (weights.kind == "band" && weights.from > weights.to)
        return problem("loss.weights.to",
            "must not be less than loss.weights.from (" + std::to_string(weights.from) + "), found "
                + std::to_string(weights.to));
    return success();
}

Status check(const ExperimentSpec& experiment)
{
    const auto& spec = specOf<FitCurveSpec>(experiment.problem);
    const auto& sampling = spec.sampling;
    if (!(sampling.from < sampling.to))
        return problem("sampling.to",
            "must be greater than sampling.from (" + formatNumber(sampling.from) + "), found "
                + formatNumber(sampling.to));
    std::size_t samples = static_cast<std::size_t>(sampling.count);
    if (spec.data) {
        if (auto status = checkData(*spec.data); !status)
            return status;
        samples = spec.data->inputs->count;
    }
    if (spec.network.init.kind == "explicit" && spec.network.init.params->empty())
        return problem("network.init.params", "is missing, and network.init.kind is \"explicit\"");
    if (spec.loss.kind != "weighted_fourier")
        return success();
    if (auto status = checkWeights(spec.loss.weights, samples); !status)
        return status;
    if (spec.batch != 0)
        return problem(
            "batch", "must be 0 (all samples) with the loss weighted_fourier, found " + std::to_string(spec.batch));
    return success();
}

Result<std::unique_ptr<Experiment>> make(const ExperimentSpec& spec, const ExecutionOptions& options)
{
    auto made = FitCurveExperiment::make(spec, options);
    if (!made)
        return made.error();
    return std::unique_ptr<Experiment>(std::move(made).value());
}

std::vector<Fact> factsOf(const ExperimentSpec& spec, std::size_t samples)
{
    const auto& fit = specOf<FitCurveSpec>(spec.problem);
    std::vector<Fact> facts;
    describeSamples({fit.target, fit.sampling, fit.data}, samples, facts);
    describeNetwork(fit.network, facts);
    describeLoss(fit.loss, facts);
    describeOptimizer(fit.optimizer, facts);
    if (fit.batch > 0)
        facts.push_back({"batch", std::to_string(fit.batch)});
    return facts;
}

std::unique_ptr<KindReport> makeReport(const ExperimentSpec&, Experiment& experiment)
{
    return std::make_unique<FitCurveReport>(static_cast<FitCurveExperiment&>(experiment));
}

} // namespace

const Kind& fitCurveKind()
{
    static constexpr Kind kind {.id = "fit_curve",
        .label = "a curve that is learnt",
        .equation = "f(x) =",
        .panels = panels,
        .prototype = [] { return KindSpec(FitCurveSpec {}); },
        .check = check,
        .make = make,
        .stopRule = nullptr,
        .estimateSeconds = nullptr,
        .trainingAlone = nullptr,
        .describe = factsOf,
        .report = makeReport};
    return kind;
}

} // namespace fplab
