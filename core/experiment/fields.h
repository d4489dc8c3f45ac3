#pragma once

#include "core/experiment/spec.h"

#include <concepts>
#include <limits>
#include <span>
#include <string_view>
#include <type_traits>

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

/// Limits and words for one field; read by the JSON reader, the form builder and the headless program alike.
struct Hint {
    std::string_view label;
    std::string_view tip = {}; ///< one sentence
    double min = -std::numeric_limits<double>::max();
    double max = std::numeric_limits<double>::max();
    Effect effect = Effect::NewRun;
    bool logarithmic = false; ///< slider scale
    bool more = false; ///< shown under "More"
    std::string_view unit = {};
    std::span<const Choice> choices = {}; ///< for text fields with fixed ids
    double sliderMin = 0, sliderMax = 0; ///< comfortable slider range; both 0 = no slider
};

// The lists of fields follow: visitFields(spec, visitor) calls
//   visitor(id, value, Hint)            for a field, id being its JSON key
//   visitor.group(id, part, label)      for a nested object that has its own visitFields
} // namespace fplab
