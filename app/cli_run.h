#pragma once

#include "app/cli_options.h"
#include "core/files/presets.h"

#include <string>

namespace fplab::cli {

/// Prints "fplab-cli: <what happened>" and returns the code.
int report(ExitCode code, const Diagnostic& error);
/// The code of what went wrong with a file, an experiment or a disk.
[[nodiscard]] ExitCode codeOf(const Diagnostic& error);

/// What PRESET|FILE names.
struct Source {
    ExperimentSpec spec;
    const Preset* preset = nullptr; ///< null for a file
    std::string folder; ///< where relative paths of the file start
};
/// An argument with "/" or ending in ".json" or as tables do (.csv, .tsv, .txt, .dat, ...) is a file. A table alone is
/// an experiment whose columns are still to be chosen: see chooseColumns. On an unknown preset `code` is `usage`.
[[nodiscard]] Result<Source> loadSource(const std::string& argument, ExitCode& code);

/// Makes the path of a CSV file in the spec absolute. Says so, as a note, if the file was found elsewhere than there.
[[nodiscard]] Status locateData(Source& source);

extern const Command runCommand;
[[nodiscard]] int runExperiment(const Arguments& arguments);

} // namespace fplab::cli
