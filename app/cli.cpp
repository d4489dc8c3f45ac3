#include "app/cli_options.h"
#include "app/cli_run.h"
#include "core/engine/trainer.h"
#include "core/experiment/spec.h"
#include "core/fields/json_fields.h"
#include "core/files/experiment_file.h"
#include "core/parts/csv_samples.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <new>

namespace fplab::cli {
namespace {

constexpr Option listOptions[] {{"--json", "", "one JSON list instead of a table"}};
constexpr Command listCommand {"list", "", "Lists the presets with the time they take on this computer.",
    "Examples:\n  fplab-cli list\n  fplab-cli list --json\n", listOptions, 0};
constexpr Command showCommand {"show", "PRESET", "Prints the complete experiment file of a preset.",
    "Examples:\n  fplab-cli show three-sines\n  fplab-cli show three-sines > my.fplab.json\n", {}, 1};
constexpr Command validateCommand {"validate", "FILE",
    "Checks an experiment file, or a table of numbers. Silent if it is right; else tells what is wrong and where, and "
    "exits with 3.",
    "Example:\n  fplab-cli validate my.fplab.json\n", {}, 1};

int list(const Arguments& arguments)
{
    if (!arguments.has("--json"))
        std::printf("%-24s %-10s %-14s %9s  %s\n", "PRESET", "VARIANT", "FIGURE", "SECONDS", "TITLE");
    JsonWriter json;
    json.beginArray();
    for (const auto& preset : presets()) {
        const double seconds = estimateSeconds(preset.spec);
        json.beginObject().member("id", preset.id).member("title", preset.spec.title);
        json.member("figure", preset.figure).member("variant", preset.variant).member("seconds", seconds);
        json.member("question", preset.question).member("group", preset.group).endObject();
        if (!arguments.has("--json"))
            std::printf("%-24s %-10s %-14s %9s  %s\n", preset.id.c_str(), preset.variant.c_str(), preset.figure.c_str(),
                formatRounded(seconds < 9.5 ? seconds : std::round(seconds), seconds < 9.5 ? 2 : 9).c_str(),
                preset.spec.title.c_str());
    }
    json.endArray();
    if (arguments.has("--json"))
        std::printf("%s\n", json.text().c_str());
    return done;
}

int show(const Arguments& arguments)
{
    auto code = input;
    const auto source = loadSource(arguments.positional.front(), code);
    if (!source)
        return report(code, source.error());
    std::fputs(formatExperiment(source->spec).c_str(), stdout);
    return done;
}

int validate(const Arguments& arguments)
{
    auto path = arguments.positional.front();
    if (path.find('/') == path.npos)
        path.insert(0, "./"); // always a file here
    auto code = input;
    auto source = loadSource(path, code);
    if (!source)
        return report(code, source.error());
    if (const auto located = locateData(source.value()); !located)
        return report(codeOf(located.error()), located.error());
    if (csvPathOf(source->spec))
        if (const auto status = chooseColumns(**dataOf(source->spec), source->folder); !status)
            return report(codeOf(status.error()), status.error());
    // Formulas, weights and data are checked where they are used.
    const auto experiment = makeExperiment(source->spec, {.threads = 1, .baseFolder = source->folder});
    if (experiment)
        return done;
    auto error = experiment.error();
    if (error.file.empty())
        error.file = arguments.positional.front();
    return report(codeOf(error), error);
}

struct Entry {
    const Command* command;
    int (*action)(const Arguments&);
};
constexpr Entry commands[] {
    {&listCommand, list}, {&showCommand, show}, {&validateCommand, validate}, {&runCommand, runExperiment}};
constexpr std::array<std::string_view, 4> laterCommands {"resume", "export", "sweep", "merge"};

void printHelp()
{
    std::printf("fplab-cli " FPLAB_VERSION ": how a neural network learns a function, from low frequencies to high\n\n"
                "Usage: fplab-cli COMMAND [arguments] [options]\n\nCommands:\n");
    for (const auto& [command, action] : commands) {
        const auto left = std::string(command->name) + ' ' + std::string(command->arguments);
        const auto sentence = command->summary.substr(0, command->summary.find('\n'));
        std::printf("  %-20s %s\n", left.c_str(), std::string(sentence).c_str());
    }
    std::printf("\nOptions:\n  -h, --help           this text; after a command, its own help\n"
                "  --version            the version and the instruction level it computes with\n\n"
                "Examples:\n  fplab-cli list\n  fplab-cli run three-sines\n"
                "  fplab-cli run three-sines --set network.init.std=1.5 --out results\n"
                "  fplab-cli show three-sines > my.fplab.json\n  fplab-cli run my.fplab.json --precision double\n");
}

int dispatch(const std::vector<std::string>& words)
{
    if (words.empty()) {
        report(usage, usageError("a command is missing", "See fplab-cli --help."));
        return usage;
    }
    const auto& name = words.front();
    if (name == "--help" || name == "-h" || name == "help")
        return printHelp(), done;
    if (name == "--version")
        return std::printf("fplab-cli " FPLAB_VERSION " (%s)\n", instructionLevel()), done;
    const auto entry = std::ranges::find(commands, name, [](const Entry& e) { return e.command->name; });
    if (entry != std::end(commands)) {
        const auto arguments = parseArguments(*entry->command, {words.begin() + 1, words.end()});
        if (!arguments)
            return report(usage, arguments.error());
        if (arguments->help)
            return std::fputs(helpText(*entry->command).c_str(), stdout), done;
        return entry->action(*arguments);
    }
    if (std::ranges::find(laterCommands, name) != laterCommands.end())
        return report(usage, usageError("this version (" FPLAB_VERSION ") has no command \"" + name + "\" yet"));
    std::vector<std::string_view> names;
    std::ranges::transform(commands, std::back_inserter(names), [](const Entry& e) { return e.command->name; });
    const auto nearest = nearestWord(name, names);
    return report(usage,
        usageError("unknown command \"" + name + '"',
            nearest.empty() ? "See fplab-cli --help." : "Did you mean " + nearest + "?"));
}

} // namespace
} // namespace fplab::cli

int main(int argc, char* argv[])
{
    using namespace fplab::cli;
    std::signal(SIGPIPE, SIG_IGN); // a reader that goes away ends the output, not the run
    int code = input;
    try {
        code = dispatch({argv + 1, argv + std::max(argc, 1)});
    } catch (const std::bad_alloc&) {
        std::fputs("fplab-cli: there is not enough memory for this on this computer\n", stderr);
    }
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        std::fputs("fplab-cli: could not write to the standard output\n", stderr);
        return code == done ? disk : code;
    }
    return code;
}
