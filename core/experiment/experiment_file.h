#pragma once

#include "core/base/result.h"
#include "core/experiment/spec.h"
#include "core/io/vfs.h"

#include <string>
#include <string_view>

/// The experiment file (`*.fplab.json`): fields, defaults and limits are those of fields.h.
namespace fplab {

/// Bytes that a file may have which holds an experiment or a part of it. All that the program writes is below: ten
/// million numbers in shortest form, and who would write more refuses.
inline constexpr std::size_t experimentFileLimit = 300'000'000;
/// Weights and biases that are written to a file; fewer bytes than the limit.
inline constexpr std::size_t writtenWeightsLimit = 10'000'000;

/// Reads a whole file: every field in its limits, no unknown or duplicate key, and checkExperiment(). Errors carry the
/// JSON path, line and column, what was found and what is allowed. Missing keys take their defaults.
[[nodiscard]] Result<ExperimentSpec> parseExperiment(std::string_view utf8);

/// All fields, indented, in the order of fields.h, numbers in shortest round-trip form: parse(format(s)) == s.
[[nodiscard]] std::string formatExperiment(const ExperimentSpec& spec);

/// formatExperiment() for a file, or why parseExperiment() would not give back the same from it: it is too large, or
/// has a value that no file may have. Nothing that cannot be opened again is to be saved.
[[nodiscard]] Result<std::string> experimentFileText(const ExperimentSpec& spec);
/// Saves experimentFileText(), or leaves what is there as it is.
[[nodiscard]] Result<SaveOutcome> saveExperiment(
    const std::string& path, const ExperimentSpec& spec, Vfs& vfs = Vfs::system());

/// What no single field can tell: from < to, data that fit together, weights that have values, and the like.
/// Shapes of explicit weights and formulas are checked when the experiment is made.
[[nodiscard]] Status checkExperiment(const ExperimentSpec& spec);

/// Sets one field, a whole object or an entry of a list: "network.init.std", "network", "network.hidden[1]".
/// `valueText` is JSON if it parses, else a string. With another formula its own parameters come and those of the
/// former go. On errors, which name the path and say what is allowed, `spec` stays as it was. Call checkExperiment()
/// after the last of several changes, which may be inconsistent in between. What is not on the path is not looked at,
/// so the time does not grow with samples or weights that stay.
[[nodiscard]] Status setByPath(ExperimentSpec& spec, std::string_view path, std::string_view valueText);

/// The experiment with all settings of a way out, checked as a whole. The error says which cannot be taken and why.
[[nodiscard]] Result<ExperimentSpec> withFix(ExperimentSpec spec, const Fix& fix);

/// The "kind" of the file, e.g. "fit_curve".
[[nodiscard]] std::string_view kindOf(const ExperimentSpec& spec);

} // namespace fplab
