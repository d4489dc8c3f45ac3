#include "app/cli_options.h"

#include "core/kinds/registry.h"

#include "core/fields/json_fields.h"

#include <algorithm>
#include <charconv>

namespace fplab::cli {

Diagnostic usageError(std::string what, std::string advice)
{
    Diagnostic error;
    error.what = std::move(what);
    error.advice = std::move(advice);
    return error;
}

std::optional<std::string> Arguments::value(std::string_view name) const
{
    const auto found = options.find(name);
    return found == options.end() ? std::nullopt : std::optional(found->second.back());
}

Result<Arguments> parseArguments(const Command& command, const std::vector<std::string>& words)
{
    Arguments out;
    bool onlyPositional = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (onlyPositional || word.size() < 2 || word[0] != '-') {
            out.positional.push_back(word);
            continue;
        }
        if (word == "--") {
            onlyPositional = true;
            continue;
        }
        if (word == "--help" || word == "-h") {
            out.help = true;
            return out;
        }
        const auto equals = word.starts_with("--") ? word.find('=') : word.npos;
        const auto name = word.substr(0, equals);
        const auto option = std::ranges::find(command.options, name, &Option::name);
        if (option == command.options.end()) {
            std::vector<std::string_view> names {"--help"};
            std::ranges::transform(command.options, std::back_inserter(names), &Option::name);
            const auto nearest = nearestWord(name, names);
            return usageError("unknown option " + name,
                nearest.empty() ? "See fplab-cli " + std::string(command.name) + " --help."
                                : "Did you mean " + nearest + "?");
        }
        auto& values = out.options[name];
        if (!values.empty() && !option->repeats)
            return usageError("the option " + name + " is given twice");
        if (option->value.empty()) {
            if (equals != word.npos)
                return usageError("the option " + name + " takes no value");
            values.emplace_back();
        } else if (equals != word.npos) {
            values.push_back(word.substr(equals + 1));
        } else if (i + 1 < words.size() && !words[i + 1].starts_with("--")) {
            values.push_back(words[++i]);
        } else {
            return usageError("the option " + name + " needs a value: " + name + ' ' + std::string(option->value));
        }
    }
    const auto count = out.positional.size();
    if (count > command.positional)
        return usageError("unexpected argument \"" + out.positional[command.positional] + '"',
            "Usage: fplab-cli " + std::string(command.name) + ' ' + std::string(command.arguments));
    if (count < command.positional)
        return usageError(
            "fplab-cli " + std::string(command.name) + " needs an argument: " + std::string(command.arguments));
    return out;
}

namespace {

/// What each kind writes beside what all do, in the place of its mark.
std::string withFilesOfKinds(std::string text)
{
    constexpr std::string_view mark = "{files of kinds}";
    const auto place = text.find(mark);
    if (place == text.npos)
        return text;
    std::string lines;
    for (const Kind* kind : kinds())
        if (!kind->files.empty())
            lines += (lines.empty() ? "  of " : "\n  of ") + std::string(kind->label) + ": " + std::string(kind->files);
    return text.replace(place, mark.size(), lines);
}

} // namespace

std::string helpText(const Command& command)
{
    std::string out = "Usage: fplab-cli " + std::string(command.name);
    if (!command.arguments.empty())
        out += ' ' + std::string(command.arguments);
    out += " [options]\n\n" + std::string(command.summary) + "\n\nOptions:\n";
    const auto line = [&](std::string left, std::string_view right) {
        left.resize(std::max<std::size_t>(left.size() + 2, 28), ' ');
        out += "  " + left + std::string(right) + '\n';
    };
    for (const auto& option : command.options)
        line(std::string(option.name) + (option.value.empty() ? "" : ' ' + std::string(option.value)), option.help);
    line("-h, --help", "this text");
    if (!command.details.empty())
        out += '\n' + withFilesOfKinds(std::string(command.details));
    return out;
}

Result<std::int64_t> wholeNumber(std::string_view option, std::string_view text, std::int64_t min, std::int64_t max)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc {} || end != text.data() + text.size() || value < min || value > max)
        return usageError(std::string(option) + " must be a whole number from " + std::to_string(min) + " to "
            + std::to_string(max) + ", found \"" + std::string(text) + '"');
    return value;
}

} // namespace fplab::cli
