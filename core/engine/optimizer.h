#pragma once

#include "core/fields/hint.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace fplab {

template <class T> class Descent;

struct OptimizerSpec {
    std::string kind = "adam"; ///< id of an optimizer
    double learningRate = 1e-3;
    double momentum = 0.9;
    double beta1 = 0.9, beta2 = 0.999, eps = 1e-8;
    bool operator==(const OptimizerSpec&) const = default;
};

/// How a gradient becomes a change of the parameters. A row of optimizers() is a complete new one.
struct Optimizer {
    static constexpr std::size_t longestId = 23;
    std::string_view id; ///< stable, in files and states; at most longestId characters
    std::string_view label; ///< for people
    bool momentum = false, beta1 = false, beta2 = false, eps = false; ///< the fields of OptimizerSpec that it uses
    /// A descent by this rule, with moments that are 0.
    std::unique_ptr<Descent<float>> (*makeFloat)(const OptimizerSpec& spec, std::size_t parameterCount) = nullptr;
    std::unique_ptr<Descent<double>> (*makeDouble)(const OptimizerSpec& spec, std::size_t parameterCount) = nullptr;
};

/// gd, sgd: p -= rate g; they differ in the batch alone. momentum: v = momentum v + g; p -= rate v. adam: Kingma & Ba,
/// eps outside the root after bias correction.
[[nodiscard]] std::span<const Optimizer> optimizers();
[[nodiscard]] std::span<const Choice> optimizerChoices();
/// nullptr if there is none with that id.
[[nodiscard]] const Optimizer* findOptimizer(std::string_view id);

template <FieldsOf<OptimizerSpec> S, class V> void visitFields(S& s, V&& v)
{
    const auto live = Effect::Live;
    const auto usedBy = [row = findOptimizer(s.kind)](const Hint& hint, bool Optimizer::*field) {
        return hint.underMore().usedBy("the optimizer", optimizers(), row, field);
    };
    v("kind", s.kind,
        Hint {"Optimizer", "How a gradient becomes a change of the weights.", -noLimit, noLimit, live}.oneOf(
            optimizerChoices()));
    v("learning_rate", s.learningRate,
        Hint {"Learning rate", "Size of one step; too large and training diverges.", 1e-12, 100, live}
            .logScale()
            .slider(1e-6, 1)
            .as(Meaning::LearningRate));
    v("momentum", s.momentum,
        usedBy(Hint {"Momentum", "Fraction of the previous step kept.", 0, 0.999999, live}.slider(0, 0.99),
            &Optimizer::momentum));
    v("beta1", s.beta1,
        usedBy(
            Hint {"beta 1", "Decay of the mean of gradients.", 0, 0.999999, live}.slider(0, 0.999), &Optimizer::beta1));
    v("beta2", s.beta2,
        usedBy(Hint {"beta 2", "Decay of the mean of squared gradients.", 0, 0.99999999, live}.slider(0, 0.9999),
            &Optimizer::beta2));
    v("eps", s.eps,
        usedBy(
            Hint {"epsilon", "Keeps the step from a division by zero.", 1e-30, 1, live}.logScale().slider(1e-12, 1e-2),
            &Optimizer::eps));
}

} // namespace fplab
