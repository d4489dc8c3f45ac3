#pragma once

#include "core/experiment/spec.h"
#include "core/util/result.h"

#include <string>
#include <string_view>

/// The experiment file (`*.fplab.json`): fields, defaults and limits are those of fields.h.
namespace fplab {

inline constexpr std::size_t experimentFileLimit = 1u << 20; ///< bytes

/// Reads a whole file: every field in its limits, no unknown or duplicate key, and checkExperiment(). Errors carry the
/// JSON path, line and column, what was found and what is allowed. Missing keys take their defaults.
[[nodiscard]] Result<ExperimentSpec> parseExperiment(std::string_view utf8);

/// All fields, indented, in the order of fields.h, numbers in shortest round-trip form: parse(format(s)) == s.
[[nodiscard]] std::string formatExperiment(const ExperimentSpec& spec);

/// What no single field can tell: from < to, data that fit together, weights that have values, and the like.
/// Shapes of explicit weights and formulas are checked when the experiment is made.
[[nodiscard]] Status checkExperiment(const ExperimentSpec& spec);

/// Sets one field, a whole object or an entry of a list: "network.init.std", "network", "network.hidden[1]".
/// `valueText` is JSON if it parses, else a string. With another formula its own parameters come and those of the former go. On errors, which name the path and say what is allowed, `spec`
/// stays as it was. Call checkExperiment() after the last of several changes, which may be inconsistent in between.
[[nodiscard]] Status setByPath(ExperimentSpec& spec, std::string_view path, std::string_view valueText);

/// First 16 hexadecimal digits of the SHA-256 of the formatted file.
[[nodiscard]] std::string experimentHash(const ExperimentSpec& spec);

/// The "kind" of the file, e.g. "fit_curve".
[[nodiscard]] std::string_view kindOf(const ExperimentSpec& spec);

} // namespace fplab
