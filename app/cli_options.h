#pragma once

#include "core/base/result.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The command line of fplab-cli as plain values.
namespace fplab::cli {

/// Exit codes that scripts rely on.
enum ExitCode { done = 0, notReproduced = 1, usage = 2, input = 3, diverged = 4, disk = 5, signalBase = 128 };

struct Option {
    std::string_view name; ///< with its dashes
    std::string_view value; ///< what stands for the value in the help; empty if it takes none
    std::string_view help;
    bool repeats = false;
};

struct Command {
    std::string_view name;
    std::string_view arguments; ///< in the help, e.g. "PRESET|FILE"
    std::string_view summary;
    std::string_view details; ///< further paragraphs of the help, with examples
    std::span<const Option> options;
    std::size_t positional; ///< how many arguments it needs
};

struct Arguments {
    std::vector<std::string> positional;
    std::map<std::string, std::vector<std::string>, std::less<>> options;
    bool help = false;

    [[nodiscard]] bool has(std::string_view name) const { return options.contains(name); }
    /// The value given last; none if the option was not given.
    [[nodiscard]] std::optional<std::string> value(std::string_view name) const;
};

/// Sorts the words behind the command. Errors name the word and what was meant, perhaps.
[[nodiscard]] Result<Arguments> parseArguments(const Command& command, const std::vector<std::string>& words);

[[nodiscard]] std::string helpText(const Command& command);

/// A whole number in [min, max], or an error that names the option.
[[nodiscard]] Result<std::int64_t> wholeNumber(
    std::string_view option, std::string_view text, std::int64_t min, std::int64_t max);

/// A wrong command line: one sentence and what to do about it.
[[nodiscard]] Diagnostic usageError(std::string what, std::string advice = {});

} // namespace fplab::cli
