#pragma once

#include "core/fields/hint.h"

#include <string>
#include <vector>

namespace fplab {

namespace choices {
inline constexpr Choice loss[] {{"mse", "mean squared error"}, {"lp", "mean p-th power"},
    {"softmax_ce", "softmax cross entropy"}, {"weighted_fourier", "weighted frequencies"}};
inline constexpr Choice weights[] {{"equal", "all equal"}, {"low_pass", "low only"}, {"high_pass", "high only"},
    {"band", "band"}, {"low_to_high", "peak by peak, low to high"}, {"high_to_low", "peak by peak, high to low"},
    {"points", "drawn curve"}, {"values", "given one by one"}};
}

/// Weights w(k) of the weighted Fourier loss, symmetric in k unless given one by one.
struct WeightSpec {
    std::string kind = "equal"; ///< equal, low_pass, high_pass, band, low_to_high, high_to_low, points, values
    int from = 0, to = 5; ///< low_pass: k <= to; high_pass: k >= from; band: from <= k <= to
    double outside = 0; ///< weight of the other frequencies
    double advanceBelow = 0.1; ///< *_to_*: go on to the next peak when Delta_F of this one is below ...
    int advanceAfter = 1000; ///< ... or after this many steps
    std::vector<double>
        values; ///< points: w(k) for k = 0, 1, ... (the last repeats), mirrored; values: all n entries as used
    bool operator==(const WeightSpec&) const = default;

    /// In files a list stands for all n weights.
    std::vector<double>& shortForm()
    {
        *this = {.kind = "values"};
        return values;
    }
};

struct LossSpec {
    std::string kind = "mse"; ///< mse, lp, softmax_ce, weighted_fourier
    double p = 4; ///< lp only
    WeightSpec weights; ///< weighted_fourier only
    bool operator==(const LossSpec&) const = default;
};

template <FieldsOf<WeightSpec> S, class V> void visitFields(S& s, V&& v)
{
    const auto live = Effect::Live;
    const auto is = [&s](auto... kinds) { return ((s.kind == kinds) || ...); };
    const bool staged = is("low_to_high", "high_to_low");
    constexpr auto notStaged = "these weights do not go from peak to peak";
    v("kind", s.kind,
        Hint {"Frequencies that count", "Which frequencies the loss sees.", -noLimit, noLimit, live}.oneOf(
            choices::weights));
    v("from", s.from,
        Hint {"From k", "Lowest frequency that counts.", 0, 100000, live}.slider(0, 40).when(
            is("high_pass", "band"), "these weights begin at no k"));
    v("to", s.to,
        Hint {"To k", "Highest frequency that counts.", 0, 100000, live}.slider(0, 40).when(
            is("low_pass", "band"), "these weights end at no k"));
    v("outside", s.outside,
        Hint {"Weight of the others", "Weight of the frequencies left out.", 0, 1e6, live}.slider(0, 1).when(
            !is("equal", "points", "values"), "these weights leave no frequency out"));
    v("advance_below", s.advanceBelow,
        Hint {
            "Go on below", "Go on to the next peak when the relative error of this one is below this.", 1e-6, 10, live}
            .logScale()
            .slider(0.01, 1)
            .when(staged, notStaged));
    v("advance_after", s.advanceAfter,
        Hint {"Go on after", "Go on to the next peak after this many steps at the latest.", 1, 1e9, live}
            .logScale()
            .slider(10, 10000)
            .in("steps")
            .when(staged, notStaged));
    v("values", s.values,
        Hint {"Weights", "w(k) one by one, from k = 0.", 0, 1e12, live}.underMore().when(
            is("points", "values"), "these weights are not given one by one"));
}

template <FieldsOf<LossSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("kind", s.kind,
        Hint {"Loss", "What training makes small.", -noLimit, noLimit, Effect::Live}.oneOf(choices::loss));
    v("p", s.p,
        Hint {"p", "Power of the difference; 2 is the mean squared error.", 1, 20, Effect::Live}.slider(1, 8).when(
            s.kind == "lp", "only the mean p-th power has a power to set"));
    v.group("weights", s.weights,
        Hint {"Weights of the frequencies"}
            .as(Meaning::LossWeights)
            .when(s.kind == "weighted_fourier", "only the loss of weighted frequencies uses it"));
}

} // namespace fplab
