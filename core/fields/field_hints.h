#pragma once

#include "core/experiment/fields.h"

#include <string_view>

namespace fplab {

/// Label, limits and the rest of one field of an experiment of this kind, by its JSON path: "pde.tolerance". An entry
/// of a list ("network.hidden[1]") has the hint of the list, a group ("loss.weights") one with its label alone. An
/// empty label where the experiment has no such field.
[[nodiscard]] Hint hintOf(const ExperimentSpec& spec, std::string_view path);

} // namespace fplab
