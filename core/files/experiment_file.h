#pragma once

#include "core/base/result.h"
#include "core/experiment/spec.h"
#include "core/fields/json_fields.h"
#include "core/io/vfs.h"

#include <string>
#include <string_view>

/// The experiment file (`*.fplab.json`): fields, defaults and limits are those of visitFields().
namespace fplab {

/// Bytes that a file may have which holds an experiment or a part of it. All that the program writes is below: ten
/// million numbers in shortest form, and who would write more refuses.
inline constexpr std::size_t experimentFileLimit = 300'000'000;
/// Weights and biases that are written to a file; fewer bytes than the limit.
inline constexpr std::size_t writtenWeightsLimit = 10'000'000;

/// Reads a whole file: every field in its limits, no unknown or duplicate key, and checkExperiment(). Errors carry the
/// JSON path, line and column, what was found and what is allowed. Missing keys take their defaults.
[[nodiscard]] Result<ExperimentSpec> parseExperiment(std::string_view utf8);

/// All fields, indented, in the order of visitFields(), numbers in shortest round-trip form: parse(format(s)) == s.
[[nodiscard]] std::string formatExperiment(const ExperimentSpec& spec);

/// formatExperiment() for a file, or why parseExperiment() would not give back the same from it: it is too large, or
/// has a value that no file may have. Nothing that cannot be opened again is to be saved.
[[nodiscard]] Result<std::string> experimentFileText(const ExperimentSpec& spec);
/// Saves experimentFileText(), or leaves what is there as it is.
[[nodiscard]] Result<SaveOutcome> saveExperiment(
    const std::string& path, const ExperimentSpec& spec, Vfs& vfs = Vfs::system());

/// setField() of an experiment. With another formula its own parameters come and those of the former go. "fplab" and
/// "kind" say what the file is, and can only be set to that. Call checkExperiment() after the last of several changes,
/// which may be inconsistent in between.
[[nodiscard]] Status setByPath(ExperimentSpec& spec, std::string_view path, std::string_view valueText);

/// The experiment with all settings of a way out, checked as a whole. The error says which cannot be taken and why.
[[nodiscard]] Result<ExperimentSpec> withFix(ExperimentSpec spec, const Fix& fix);

/// The experiment in the parsed file `text`, or in a part of it that has the JSON path `path`. Not yet
/// checkExperiment().
[[nodiscard]] Result<ExperimentSpec> experimentFromJson(
    const JsonValue& root, std::string_view text, const std::string& path = {});
void writeExperiment(JsonWriter& out, const ExperimentSpec& spec);

} // namespace fplab
