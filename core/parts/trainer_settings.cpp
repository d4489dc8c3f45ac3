#include "core/parts/trainer_settings.h"

#include "core/experiment/experiment_file.h"
#include "core/fields/json.h"

namespace fplab {

InitConfig initConfig(const InitSpec& spec)
{
    using Kind = InitConfig::Kind;
    const Kind kind = spec.kind == "glorot" ? Kind::Glorot
        : spec.kind == "he"                 ? Kind::He
        : spec.kind == "uniform"            ? Kind::Uniform
        : spec.kind == "explicit"           ? Kind::Explicit
                                            : Kind::Normal;
    return {kind, spec.std, spec.biasStd.value_or(spec.std), spec.params};
}

OptimizerConfig optimizerConfig(const OptimizerSpec& spec)
{
    using Kind = OptimizerConfig::Kind;
    const Kind kind = spec.kind == "adam" ? Kind::Adam
        : spec.kind == "momentum"         ? Kind::Momentum
                                          : Kind::GradientDescent; // "gd" and "sgd" differ in the batch alone
    return {kind, spec.learningRate, spec.momentum, spec.beta1, spec.beta2, spec.eps};
}

TrainerConfig trainerConfig(const ExperimentSpec& spec, const NetworkSpec& network, const OptimizerSpec& optimizer,
    int inputs, int outputs, int threads)
{
    TrainerConfig config;
    config.sizes.push_back(inputs);
    config.sizes.insert(config.sizes.end(), network.hidden.begin(), network.hidden.end());
    config.sizes.push_back(outputs);
    config.activation = network.activation;
    config.init = initConfig(network.init);
    config.optimizer = optimizerConfig(optimizer);
    config.precision = spec.precision == "double" ? Precision::Double : Precision::Float;
    config.seed = spec.seed;
    config.threads = threads;
    return config;
}

Result<ExperimentSpec> withChange(const ExperimentSpec& spec, const LiveChange& change)
{
    const auto text = [](const auto& value) -> std::string {
        using T = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::string>) {
            return value;
        } else if constexpr (std::is_same_v<T, double>) {
            return formatNumber(value);
        } else {
            std::string list = "[";
            for (const double number : value)
                list += (list.size() > 1 ? "," : "") + formatNumber(number);
            return list + "]";
        }
    };
    ExperimentSpec changed = spec;
    if (auto status = setByPath(changed, change.path, std::visit(text, change.value)); !status)
        return status.error();
    return changed;
}

} // namespace fplab
