#include "core/engine/trainer_check.h"

#include "core/engine/activation.h"
#include "core/engine/loss.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fplab {

namespace {

constexpr double mostParameters = 50e6;

Diagnostic problem(std::string path, std::string what)
{
    Diagnostic out;
    out.path = std::move(path);
    out.what = std::move(what);
    return out;
}

std::string shape(std::size_t rows, std::size_t columns)
{
    return std::to_string(rows) + " x " + std::to_string(columns);
}

Status checkData(const TrainerConfig& config, const SampleMatrix& inputs, const SampleMatrix& targets)
{
    const auto check = [](const SampleMatrix& matrix, const char* path, int dim, const char* layer) -> Status {
        if (matrix.dim != std::size_t(dim))
            return problem(path,
                "found " + std::to_string(matrix.dim) + " numbers per sample, expected " + std::to_string(dim)
                    + ", the size of the " + layer + " layer");
        if (matrix.values.size() != matrix.count * matrix.dim)
            return problem(path,
                "found " + std::to_string(matrix.values.size()) + " numbers, expected "
                    + std::to_string(matrix.count * matrix.dim));
        const auto bad = std::ranges::find_if_not(matrix.values, [](double v) { return std::isfinite(v); });
        if (bad == matrix.values.end())
            return success();
        const auto index = std::size_t(bad - matrix.values.begin());
        return problem(std::string(path) + "[" + std::to_string(index / matrix.dim) + "]["
                + std::to_string(index % matrix.dim) + "]",
            "the number is not finite");
    };
    if (inputs.count == 0)
        return problem("data.inputs", "there are no samples");
    if (inputs.count > std::numeric_limits<std::uint32_t>::max())
        return problem("data.inputs", "there are more than 4 294 967 295 samples");
    if (targets.count != inputs.count)
        return problem("data.targets",
            "found " + std::to_string(targets.count) + " samples, expected " + std::to_string(inputs.count)
                + ", as many as inputs");
    if (auto status = check(inputs, "data.inputs", config.sizes.front(), "input"); !status)
        return status;
    return check(targets, "data.targets", config.sizes.back(), "output");
}

Status checkExplicit(const TrainerConfig& config)
{
    const auto& params = config.init.params;
    const std::string path = "network.init.params";
    if (params.size() != config.sizes.size() - 1)
        return problem(path,
            "found " + std::to_string(params.size()) + " layers, expected " + std::to_string(config.sizes.size() - 1));
    for (std::size_t l = 0; l < params.size(); ++l) {
        const std::string at = path + "[" + std::to_string(l) + "]";
        const auto inputs = std::size_t(config.sizes[l]), outputs = std::size_t(config.sizes[l + 1]);
        const auto& W = params[l].W;
        const auto wrong = std::ranges::find_if(W, [&](const auto& row) { return row.size() != inputs; });
        if (W.size() != outputs || wrong != W.end()) {
            const std::size_t columns = wrong != W.end() ? wrong->size() : inputs;
            return problem(at + ".W", "found " + shape(W.size(), columns) + ", expected " + shape(outputs, inputs));
        }
        if (params[l].b.size() != outputs)
            return problem(at + ".b",
                "found " + std::to_string(params[l].b.size()) + " numbers, expected " + std::to_string(outputs));
        const auto finite = [](double v) { return std::isfinite(v); };
        if (!std::ranges::all_of(W, [&](const auto& row) { return std::ranges::all_of(row, finite); }))
            return problem(at + ".W", "a number is not finite");
        if (!std::ranges::all_of(params[l].b, finite))
            return problem(at + ".b", "a number is not finite");
    }
    return success();
}

Status checkNetwork(const TrainerConfig& config)
{
    const auto& sizes = config.sizes;
    if (sizes.size() < 2)
        return problem("network.hidden", "a network needs an input and an output layer");
    if (std::ranges::any_of(sizes, [](int size) { return size < 1; }))
        return problem("network.hidden", "a layer needs at least 1 neuron");
    double count = 0;
    for (std::size_t i = 1; i < sizes.size(); ++i)
        count += (double(sizes[i - 1]) + 1) * double(sizes[i]);
    if (count > mostParameters)
        return problem("network.hidden",
            "the network would have " + std::to_string(static_cast<long long>(count))
                + " parameters, at most 50000000 are allowed");
    if (!findActivation(config.activation)) {
        std::string known;
        for (const auto& activation : activations())
            known += (known.empty() ? "" : ", ") + std::string(activation.id);
        return problem("network.activation", "\"" + config.activation + "\" is not known, expected one of " + known);
    }
    if (!std::isfinite(config.init.std) || !std::isfinite(config.init.biasStd))
        return problem("network.init.std", "the number is not finite");
    return config.init.kind == InitConfig::Kind::Explicit ? checkExplicit(config) : success();
}

Status checkFourierSize(std::size_t samples)
{
    if ((samples / 2 + 1) * samples <= FourierLoss::mostEntries)
        return success();
    Diagnostic error = problem("loss.kind",
        "weighted frequencies at uneven points are possible for up to 4095 samples, found " + std::to_string(samples));
    error.advice = "Take fewer samples, even ones, or another loss.";
    return error;
}

Status checkTraining(const TrainerConfig& config, std::size_t samples)
{
    if (config.batch > samples)
        return problem("batch",
            "found " + std::to_string(config.batch) + ", at most the number of samples, " + std::to_string(samples)
                + ", is allowed");
    if (!std::isfinite(config.optimizer.learningRate))
        return problem("optimizer.learning_rate", "the number is not finite");
    if (config.loss.kind == LossConfig::Kind::Lp && !(config.loss.p >= 1 && std::isfinite(config.loss.p)))
        return problem("loss.p", "p must be at least 1");
    if (config.loss.kind == LossConfig::Kind::DeepRitz) {
        if (config.sizes.front() != 1 || config.sizes.back() != 1)
            return problem("network.hidden", "the Deep Ritz energy needs one input and one output");
        if (samples < 3 || !(config.loss.dx > 0) || !std::isfinite(config.loss.beta))
            return problem("pde", "the Deep Ritz energy needs 3 points or more, a positive step and a finite beta");
        if (config.batch != 0 && config.batch != samples)
            return problem("batch", "the Deep Ritz energy needs all points in every step, so batch must be 0");
        return success();
    }
    if (config.loss.kind != LossConfig::Kind::WeightedFourier)
        return success();
    if (config.batch != 0 && config.batch != samples)
        return problem("batch", "the weighted Fourier loss needs all samples in every step, so batch must be 0");
    if (config.loss.weights.size() != samples)
        return problem("loss.weights",
            "found " + std::to_string(config.loss.weights.size()) + " weights, expected " + std::to_string(samples)
                + ", one per sample");
    if (!std::ranges::all_of(config.loss.weights, [](double v) { return std::isfinite(v); }))
        return problem("loss.weights", "a weight is not finite");
    if (!config.loss.positions.empty()) {
        if (config.loss.positions.size() != samples)
            return problem("loss",
                "found " + std::to_string(config.loss.positions.size()) + " positions, expected one per sample");
        if (!std::ranges::all_of(config.loss.positions, [](double v) { return std::isfinite(v); }))
            return problem("loss", "a position is not finite");
        return checkFourierSize(samples);
    }
    return success();
}

} // namespace

Status checkUnevenFourier(const SampleMatrix& inputs)
{
    const auto& x = inputs.values;
    if (inputs.dim != 1 || std::ranges::all_of(x, [&](double value) { return value == x.front(); }))
        return problem("loss.kind",
            inputs.dim != 1 ? "weighted frequencies need samples with one input"
                            : "weighted frequencies need samples at more than one point");
    return checkFourierSize(inputs.count);
}

Status checkTrainer(const TrainerConfig& config, const SampleMatrix& inputs, const SampleMatrix& targets)
{
    if (auto status = checkNetwork(config); !status)
        return status;
    if (auto status = checkData(config, inputs, targets); !status)
        return status;
    return checkTraining(config, inputs.count);
}

} // namespace fplab
