#pragma once

#include "core/trainer_data.h"

#include <QString>

#include <algorithm>
#include <cmath>

namespace fplab {

/// Compares the gradient with fourth-order differences of the training loss, at the initial parameters of `config` and
/// for each of them: empty if all agree within `tolerance` times the largest entry, else what does not.
inline QString gradientMismatch(
    const TrainerConfig& config, const SampleMatrix& inputs, const SampleMatrix& targets, double tolerance = 1e-6)
{
    const auto trainer = make(config, inputs, targets);
    if (!trainer)
        return QStringLiteral("no trainer");
    NetworkParams gradient;
    if (!std::isfinite(trainer->gradient(gradient)))
        return QStringLiteral("the loss is not finite");
    const auto exact = flat(gradient);
    double scale = 0;
    for (const double value : exact)
        scale = std::max(scale, std::abs(value));
    if (!(scale > 0.01))
        return QStringLiteral("too small to compare: %1").arg(scale);

    TrainerConfig changed = config;
    changed.init.kind = "explicit";
    NetworkParams params = trainer->params();
    std::vector<double*> entries;
    for (auto& layer : params) {
        for (auto& row : layer.W)
            for (double& value : row)
                entries.push_back(&value);
        for (double& value : layer.b)
            entries.push_back(&value);
    }
    if (entries.size() != exact.size())
        return QStringLiteral("%1 parameters, a gradient of %2").arg(entries.size()).arg(exact.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const double middle = *entries[i];
        const auto at = [&](double shift) {
            *entries[i] = middle + shift;
            changed.init.params = params;
            const double loss = make(changed, inputs, targets)->trainingLoss();
            *entries[i] = middle;
            return loss;
        };
        constexpr double h = 1e-4;
        const double numeric = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
        if (!(std::abs(numeric - exact[i]) <= tolerance * scale))
            return QStringLiteral("parameter %1: %2, differences %3").arg(i).arg(exact[i]).arg(numeric);
    }
    return {};
}

} // namespace fplab
