#pragma once

#include "core/base/samples.h"
#include "core/base/shared.h"
#include "core/fields/hint.h"

#include <optional>
#include <string>
#include <vector>

namespace fplab {

namespace choices {
inline constexpr Choice init[] {
    {"normal", "normal"}, {"glorot", "Glorot"}, {"he", "He"}, {"uniform", "uniform"}, {"explicit", "given weights"}};
inline constexpr Choice activation[] {{"tanh", "tanh"}, {"relu", "ReLU"}, {"sigmoid", "sigmoid"}, {"sin", "sine"},
    {"ricker", "Ricker wavelet"}, {"identity", "identity (linear)"}};
}

struct InitSpec {
    std::string kind = "normal"; ///< normal, glorot, he, uniform, explicit
    double std = 0.1;
    std::optional<double> biasStd; ///< as std if absent
    Shared<NetworkParams> params; ///< explicit only
    bool operator==(const InitSpec&) const = default;
};

struct NetworkSpec {
    std::vector<int> hidden {100, 100};
    std::string activation = "tanh";
    InitSpec init;
    bool operator==(const NetworkSpec&) const = default;
};

template <FieldsOf<InitSpec> S, class V> void visitFields(S& s, V&& v)
{
    const bool sized = s.kind == "normal" || s.kind == "uniform";
    constexpr auto unsized = "only normal and uniform initial weights have a size to set";
    v("kind", s.kind,
        Hint {"Initial weights", "The distribution that the weights are drawn from."}.oneOf(choices::init));
    v("std", s.std,
        Hint {"Size of the weights", "Standard deviation of the initial weights; large ones break the order.", 0, 1000}
            .logScale()
            .slider(0.001, 10)
            .as(Meaning::InitialSize)
            .when(sized, unsized));
    v("bias_std", s.biasStd,
        Hint {"Size of the biases", "Standard deviation of the initial biases; as the weights if not given.", 0, 1000}
            .logScale()
            .slider(0.001, 10)
            .underMore()
            .when(sized, unsized));
    v("params", s.params,
        Hint {"Given weights", "Weights and biases of every layer, as in weights.json."}.underMore().when(
            s.kind == "explicit", "the initial weights are drawn, not given"));
}

template <FieldsOf<NetworkSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("hidden", s.hidden,
        Hint {"Hidden layers", "Neurons of each hidden layer; up to 16 layers.", 1, 20000}.logScale().slider(1, 500));
    v("activation", s.activation,
        Hint {"Activation", "The nonlinearity of the hidden layers; the last layer is linear."}.oneOf(
            choices::activation));
    v.group("init", s.init, Hint {"Initial weights"});
}

} // namespace fplab
