#include "core/engine/trainer_check.h"

#include "core/engine/activation.h"
#include "core/engine/fourier_loss.h"
#include "core/engine/problem.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fplab {

namespace {

constexpr double mostParameters = 50e6;

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
    const NetworkParams& params = config.init.params;
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
    if (!findActivation(config.activation))
        return problem("network.activation", notKnown(config.activation, activationChoices()));
    const Initialisation* way = findInitialisation(config.init.kind);
    if (!way)
        return problem("network.init.kind", notKnown(config.init.kind, initialisationChoices()));
    if (!std::isfinite(config.init.std) || !std::isfinite(config.init.biasStd.value_or(0)))
        return problem("network.init.std", "the number is not finite");
    return way->given() ? checkExplicit(config) : success();
}

Status checkTraining(const TrainerConfig& config, std::size_t samples)
{
    if (config.batch > samples)
        return problem("batch",
            "found " + std::to_string(config.batch) + ", at most the number of samples, " + std::to_string(samples)
                + ", is allowed");
    if (!findOptimizer(config.optimizer.kind))
        return problem("optimizer.kind", notKnown(config.optimizer.kind, optimizerChoices()));
    if (!std::isfinite(config.optimizer.learningRate))
        return problem("optimizer.learning_rate", "the number is not finite");
    const Loss* loss = findLoss(config.loss.kind);
    if (!loss)
        return problem("loss.kind", notKnown(config.loss.kind, lossChoices()));
    if (loss->needsAllSamples() && config.batch != 0 && config.batch != samples)
        return problem(
            "batch", "the loss " + std::string(loss->label) + " needs all samples in every step, so batch must be 0");
    return loss->check ? loss->check(config, samples) : success();
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
