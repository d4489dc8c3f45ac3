#include "core/parts/trainer_settings.h"

namespace fplab {

Status checkNetwork(const NetworkSpec& network)
{
    const Initialisation* row = findInitialisation(network.init.kind);
    if (!row || !row->given() || !network.init.params->empty())
        return success();
    return Diagnostic {
        .what = "is missing, and network.init.kind is \"" + network.init.kind + '"', .path = "network.init.params"};
}

TrainerConfig trainerConfig(const ExperimentSpec& spec, const NetworkSpec& network, const OptimizerSpec& optimizer,
    int inputs, int outputs, int threads)
{
    TrainerConfig config;
    config.sizes.push_back(inputs);
    config.sizes.insert(config.sizes.end(), network.hidden.begin(), network.hidden.end());
    config.sizes.push_back(outputs);
    config.activation = network.activation;
    config.init = network.init;
    config.optimizer = optimizer;
    config.precision = spec.precision == "double" ? Precision::Double : Precision::Float;
    config.seed = spec.seed;
    config.threads = threads;
    return config;
}

} // namespace fplab
