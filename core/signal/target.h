#pragma once

#include "core/fields/hint.h"
#include "core/signal/formula_names.h"

#include <map>
#include <string>

namespace fplab {

namespace choices {
inline constexpr Choice noiseWhere[] {{"before", "before quantising"}, {"after", "after quantising"}};
}

struct NoiseSpec {
    double std = 0;
    std::string where = "after"; ///< "before" or "after" quantising
    bool operator==(const NoiseSpec&) const = default;
};

/// The function that is learnt.
struct TargetSpec {
    std::string formula = "sin(x)+sin(3*x)+sin(5*x)";
    std::map<std::string, double> parameters; ///< a and k of a*sin(k*x); those of the formula, 1 where none was given
    double quantise = 0; ///< alpha; 0 = off
    NoiseSpec noise;
    bool operator==(const TargetSpec&) const = default;
};

/// Values of the names in a formula; the hint is of each of them.
[[nodiscard]] inline Hint formulaParameterHint()
{
    return Hint {"Parameters", "A number in the formula that goes by this name.", -1e6, 1e6}
        .named(canBeParameter)
        .as(Meaning::FormulaParameters);
}

template <FieldsOf<NoiseSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("std", s.std, Hint {"Noise", "Standard deviation of the normal noise added to the target.", 0, 1e6}.slider(0, 2));
    v("where", s.where,
        Hint {"Noise is added", "Before or after the target is quantised."}
            .oneOf(choices::noiseWhere)
            .underMore()
            .when(s.std != 0, "no noise is added"));
}

template <FieldsOf<TargetSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("formula", s.formula,
        Hint {"f(x)", "The function to learn, for example sin(x)+sin(3*x).", 0, 4096}.as(Meaning::Formula));
    v("parameters", s.parameters, formulaParameterHint());
    v("quantise", s.quantise,
        Hint {"Quantise", "Rounds the target to multiples of this number, which makes stairs; 0 is off.", 0, 1e6}
            .slider(0, 4)
            .underMore()
            .zeroIs("off"));
    v.group("noise", s.noise,
        Hint {"Noise"}.whenInside("where", s.noise.std == 0 || s.quantise != 0, "the target is not quantised"));
}

} // namespace fplab
