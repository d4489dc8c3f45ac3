#pragma once

#include "core/fields/hint.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// Weights w(k) of the weighted Fourier loss, symmetric in k unless given one by one.
struct WeightSpec {
    std::string kind = "equal"; ///< id of a weighting
    int from = 0, to = 5; ///< the frequencies that count: from <= k <= to
    double outside = 0; ///< weight of the other frequencies
    double advanceBelow = 0.1; ///< staged: go on to the next peak when Delta_F of this one is below ...
    int advanceAfter = 1000; ///< ... or after this many steps
    std::vector<double> values; ///< points: w(k) for k = 0, 1, ... (the last repeats), mirrored; values: all n as used
    bool operator==(const WeightSpec&) const = default;

    /// In files a list stands for all n weights.
    std::vector<double>& shortForm()
    {
        *this = {.kind = "values"};
        return values;
    }
};

/// Which frequencies the loss sees. A row of weightings() is a complete new one.
struct Weighting {
    std::string_view id; ///< stable, in files
    std::string_view label; ///< for people
    bool from = false, to = false, outside = false, values = false; ///< the fields of WeightSpec that it uses
    /// w(k), 0 <= k <= n / 2. `peak` is awaited() of this stage, 0 without one. Null: WeightSpec::values are all n
    /// weights, as they are.
    double (*weight)(const WeightSpec& spec, std::size_t k, std::size_t peak) = nullptr;
    /// The peak that is trained in a stage: when it is learnt, the next stage begins (S2, Section 5.1). `peaks` are
    /// ascending, stage < their number. Null: the weights stay as they are, and advanceBelow and advanceAfter do not
    /// matter.
    std::size_t (*awaited)(std::span<const std::size_t> peaks, std::size_t stage) = nullptr;
};

/// equal, low_pass, high_pass, band, low_to_high, high_to_low, points, values.
[[nodiscard]] std::span<const Weighting> weightings();
[[nodiscard]] std::span<const Choice> weightingChoices();
/// nullptr if there is none with that id.
[[nodiscard]] const Weighting* findWeighting(std::string_view id);

/// The n weights of L_wf that a WeightSpec describes, for a sum over all n bins; symmetric in k and n - k unless given
/// one by one. `stage` counts the peaks that a staged weighting has passed; without peaks it gives equal weights.
/// Precondition: the kind is known.
[[nodiscard]] std::vector<double> resolveWeights(
    const WeightSpec& spec, std::size_t n, std::span<const std::size_t> peaks, std::size_t stage);

template <FieldsOf<WeightSpec> S, class V> void visitFields(S& s, V&& v)
{
    const auto live = Effect::Live;
    const Weighting* row = findWeighting(s.kind);
    const bool staged = !row || row->awaited;
    constexpr auto notStaged = "these weights do not go from peak to peak";
    v("kind", s.kind,
        Hint {"Frequencies that count", "Which frequencies the loss sees.", -noLimit, noLimit, live}.oneOf(
            weightingChoices()));
    v("from", s.from,
        Hint {"From k", "Lowest frequency that counts.", 0, 100000, live}.slider(0, 40).when(
            !row || row->from, "these weights begin at no k"));
    v("to", s.to,
        Hint {"To k", "Highest frequency that counts.", 0, 100000, live}.slider(0, 40).when(
            !row || row->to, "these weights end at no k"));
    v("outside", s.outside,
        Hint {"Weight of the others", "Weight of the frequencies left out.", 0, 1e6, live}.slider(0, 1).when(
            !row || row->outside, "these weights leave no frequency out"));
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
            !row || row->values, "these weights are not given one by one"));
}

} // namespace fplab
