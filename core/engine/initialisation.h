#pragma once

#include "core/base/random.h"
#include "core/base/samples.h"
#include "core/base/shared.h"
#include "core/fields/hint.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fplab {

struct Layout;

/// Initial weights. "parameters ~ N(0, std^2)" in the papers means weights and biases.
struct InitSpec {
    std::string kind = "normal"; ///< id of an initialisation
    double std = 0.1;
    std::optional<double> biasStd = {}; ///< as std if absent
    Shared<NetworkParams> params = {}; ///< where they are given
    bool operator==(const InitSpec&) const = default;
};

/// A way to begin. A row of initialisations() is a complete new one.
struct Initialisation {
    std::string_view id; ///< stable, in files
    std::string_view label; ///< for people
    bool sized; ///< InitSpec::std and biasStd matter
    /// One weight, and one bias, of a layer with so many inputs and outputs. Null: all biases are 0; no weight is
    /// drawn, all of them are InitSpec::params.
    double (*weight)(const InitSpec& spec, long inputs, long outputs, Random& random);
    double (*bias)(const InitSpec& spec, Random& random);

    [[nodiscard]] bool given() const { return !weight; }
};

/// normal: W ~ N(0, std^2), b ~ N(0, biasStd^2). glorot: W ~ U(-a, a), a = sqrt(6 / (inputs + outputs)), b = 0. he: W ~
/// N(0, 2 / inputs), b = 0. uniform: W ~ U(-std, std), b ~ U(-biasStd, biasStd). explicit: params.
[[nodiscard]] std::span<const Initialisation> initialisations();
[[nodiscard]] std::span<const Choice> initialisationChoices();
/// nullptr if there is none with that id.
[[nodiscard]] const Initialisation* findInitialisation(std::string_view id);

/// Flat initial parameters, drawn layer by layer, in each the rows of W and then b, so that both precisions start
/// alike. Precondition: the kind is known, and given parameters have the shapes of the layout.
[[nodiscard]] std::vector<double> initialParameters(const Layout& layout, const InitSpec& spec, std::uint64_t seed);

template <FieldsOf<InitSpec> S, class V> void visitFields(S& s, V&& v)
{
    const Initialisation* row = findInitialisation(s.kind);
    constexpr auto unsized = "these initial weights have no size to set";
    v("kind", s.kind,
        Hint {"Initial weights", "The distribution that the weights are drawn from."}.oneOf(initialisationChoices()));
    v("std", s.std,
        Hint {"Size of the weights", "Standard deviation of the initial weights; large ones break the order.", 0, 1000}
            .logScale()
            .slider(0.001, 10)
            .as(Meaning::InitialSize)
            .when(!row || row->sized, unsized));
    v("bias_std", s.biasStd,
        Hint {"Size of the biases", "Standard deviation of the initial biases; as the weights if not given.", 0, 1000}
            .logScale()
            .slider(0.001, 10)
            .underMore()
            .when(!row || row->sized, unsized));
    v("params", s.params,
        Hint {"Given weights", "Weights and biases of every layer, as in weights.json."}.underMore().when(
            !row || row->given(), "the initial weights are drawn, not given"));
}

} // namespace fplab
