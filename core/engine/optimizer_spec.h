#pragma once

#include "core/fields/hint.h"

#include <string>

namespace fplab {

namespace choices {
inline constexpr Choice optimizer[] {
    {"gd", "gradient descent"}, {"sgd", "stochastic (SGD)"}, {"momentum", "momentum"}, {"adam", "Adam"}};
}

struct OptimizerSpec {
    std::string kind = "adam"; ///< gd, sgd, momentum, adam
    double learningRate = 1e-3;
    double momentum = 0.9;
    double beta1 = 0.9, beta2 = 0.999, eps = 1e-8;
    bool operator==(const OptimizerSpec&) const = default;
};

template <FieldsOf<OptimizerSpec> S, class V> void visitFields(S& s, V&& v)
{
    const auto live = Effect::Live;
    const bool adam = s.kind == "adam";
    constexpr auto onlyAdam = "only Adam uses it";
    v("kind", s.kind,
        Hint {"Optimizer", "How a gradient becomes a change of the weights.", -noLimit, noLimit, live}.oneOf(
            choices::optimizer));
    v("learning_rate", s.learningRate,
        Hint {"Learning rate", "Size of one step; too large and training diverges.", 1e-12, 100, live}
            .logScale()
            .slider(1e-6, 1)
            .as(Meaning::LearningRate));
    v("momentum", s.momentum,
        Hint {"Momentum", "Fraction of the previous step kept (momentum only).", 0, 0.999999, live}
            .slider(0, 0.99)
            .underMore()
            .when(s.kind == "momentum", "only the optimizer momentum uses it"));
    v("beta1", s.beta1,
        Hint {"beta 1", "Decay of Adam's mean of gradients.", 0, 0.999999, live}.slider(0, 0.999).underMore().when(
            adam, onlyAdam));
    v("beta2", s.beta2,
        Hint {"beta 2", "Decay of Adam's mean of squared gradients.", 0, 0.99999999, live}
            .slider(0, 0.9999)
            .underMore()
            .when(adam, onlyAdam));
    v("eps", s.eps,
        Hint {"epsilon", "Keeps Adam from dividing by zero.", 1e-30, 1, live}
            .logScale()
            .slider(1e-12, 1e-2)
            .underMore()
            .when(adam, onlyAdam));
}

} // namespace fplab
