#include "core/parts/trainer_settings.h"

namespace fplab {

InitConfig initConfig(const InitSpec& spec)
{
    using Which = InitConfig::Kind;
    const Which kind = spec.kind == "glorot" ? Which::Glorot
        : spec.kind == "he"                  ? Which::He
        : spec.kind == "uniform"             ? Which::Uniform
        : spec.kind == "explicit"            ? Which::Explicit
                                             : Which::Normal;
    return {kind, spec.std, spec.biasStd.value_or(spec.std), spec.params};
}

OptimizerConfig optimizerConfig(const OptimizerSpec& spec)
{
    using Which = OptimizerConfig::Kind;
    const Which kind = spec.kind == "adam" ? Which::Adam
        : spec.kind == "momentum"          ? Which::Momentum
                                           : Which::GradientDescent; // "gd" and "sgd" differ in the batch alone
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

} // namespace fplab
