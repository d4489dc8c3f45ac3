#pragma once

#include "core/base/result.h"
#include "core/experiment/spec.h"
#include "core/run/remark.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Which fields matter under which choices, as their hints say: what `--set`, the panels and the remarks of a run go
/// by.
namespace fplab {

/// Why the field at a JSON path changes nothing under the choices of the spec, e.g. "only damped Jacobi and SOR have a
/// relaxation factor"; none where it does, or where the path is of no field.
[[nodiscard]] std::optional<std::string> noEffect(const ExperimentSpec& spec, std::string_view path);

/// An error if nothing that `path` names (a field, an entry of a list, a whole object) has an effect.
[[nodiscard]] Status checkEffect(const ExperimentSpec& spec, std::string_view path);

/// Id "no_effect": fields that differ from their defaults in vain. Those of a part that is switched off as a whole (the
/// network of a solver alone, the target where data are given) wait for the switch and are not told.
[[nodiscard]] std::vector<Remark> noEffectRemarks(const ExperimentSpec& spec);

} // namespace fplab
