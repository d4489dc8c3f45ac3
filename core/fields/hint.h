#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace fplab {

/// When an edit takes effect.
enum class Effect {
    NewRun, ///< needs a new run
    Live, ///< applied at the next step of the run that goes on
    View, ///< changes only what is shown, also for the past
};

struct Choice {
    std::string_view id; ///< in files
    std::string_view label; ///< for people
};

/// The choices of a table whose rows have an id and a label, in its order.
template <class Table> [[nodiscard]] std::vector<Choice> namesOf(const Table& table)
{
    std::vector<Choice> names;
    for (const auto& row : table)
        names.push_back({row.id, row.label});
    return names;
}

/// The label of a choice; the id itself where there is no such choice.
[[nodiscard]] std::string_view labelOf(std::span<const Choice> choices, std::string_view id);

/// What a field means, where the program itself must find it. At most one field of an experiment has each meaning.
enum class Meaning {
    None,
    Formula, ///< the function that is learnt or solved for
    FormulaParameters, ///< values of the names in it
    Seed,
    InitialSize, ///< of the weights
    LearningRate,
    LossWeights, ///< w(k), a part
    FollowedPeaks,
    Threshold,
    LastStep,
    LossGoal,
    TimeLimit,
    Batch, ///< samples per step
};

inline constexpr double noLimit = std::numeric_limits<double>::max();

/// Limits and words for one field, and when it matters; read by the JSON reader, the form builder and the headless
/// program alike. A field without a panel of its own stands in that of its group.
struct Hint {
    std::string_view label;
    std::string_view tip = {}; ///< one sentence
    double min = -noLimit;
    double max = noLimit;
    Effect effect = Effect::NewRun;
    bool logarithmic = false; ///< slider scale
    bool more = false; ///< shown under "More"
    std::string_view unit = {};
    std::span<const Choice> choices = {}; ///< for text fields with fixed ids
    double sliderMin = 0, sliderMax = 0; ///< comfortable slider range; both 0 = no slider
    std::string_view panel = {}; ///< id of the panel it stands in
    std::string_view behind = {}; ///< JSON path of the field it stands behind in its panel; empty = as in the file
    bool pair = false; ///< stands on one row with the next field: the two ends of a range
    std::string_view zero = {}; ///< what 0 means, where that is no number: "off", "all"
    Meaning meaning = Meaning::None;
    bool (*isName)(std::string_view) = nullptr; ///< of a map: which keys it may have
    bool independent = false; ///< matters also where its part is switched off
    /// Why it changes nothing under the choices of the spec; empty where it does.
    std::string idle = {};
    bool idlePart = false; ///< a part that it belongs to is switched off as a whole
    /// Of a group: fields in it that are idle for what stands outside.
    struct Inside {
        std::string_view id, reason;
        bool part = false;
    };
    std::vector<Inside> inside = {};

    // For the lists of fields: the hint with one thing more.
    [[nodiscard]] Hint slider(double lowest, double highest) const;
    [[nodiscard]] Hint logScale() const;
    [[nodiscard]] Hint in(std::string_view theUnit) const;
    [[nodiscard]] Hint oneOf(std::span<const Choice> theChoices) const;
    [[nodiscard]] Hint underMore() const;
    [[nodiscard]] Hint inPanel(std::string_view id) const;
    [[nodiscard]] Hint standingBehind(std::string_view path) const;
    [[nodiscard]] Hint besideNext() const;
    [[nodiscard]] Hint zeroIs(std::string_view word) const;
    [[nodiscard]] Hint as(Meaning theMeaning) const;
    [[nodiscard]] Hint named(bool (*theIsName)(std::string_view)) const;
    /// It matters where `matters`, else it is idle for `reason`, e.g. "only Adam uses it". The first reason counts.
    [[nodiscard]] Hint when(bool matters, std::string_view reason) const;
    /// The same of a part that is switched off as a whole: what is set in it waits, and is not told.
    [[nodiscard]] Hint whenOn(bool on, std::string_view reason) const;
    [[nodiscard]] Hint evenIfOff() const;
    /// Of a group: when() for the field `id` in it.
    [[nodiscard]] Hint whenInside(std::string_view id, bool matters, std::string_view reason) const;
    /// Of a group: whenOn() for the field `id` in it.
    [[nodiscard]] Hint whenOnInside(std::string_view id, bool on, std::string_view reason) const;
};

// The lists of fields. visitFields(spec, visitor) calls
//   visitor(id, value, hint)            for a field, id being its JSON key
//   visitor.group(id, part, hint)       for a nested object that has its own visitFields
// in the order of the file. For lists, min and max hold for each entry; for text, max is the length in bytes.

/// S is Spec or const Spec.
template <class S, class Spec>
concept FieldsOf = std::is_same_v<std::remove_const_t<S>, Spec>;

} // namespace fplab
