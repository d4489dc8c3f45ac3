#pragma once

#include "bench/workloads.h"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

namespace bench {

/// The command line that bench_steps and its peers share.
struct StepsOptions {
    const Workload* workload = nullptr; ///< none: all
    int threads = 0; ///< 0: 1 and 2
    double seconds = 1;
    std::optional<fplab::Precision> precision; ///< none: both
    bool json = false;
};

inline const char* idOf(fplab::Precision precision)
{
    return precision == fplab::Precision::Float ? "float" : "double";
}

[[noreturn]] inline void refuse(const char* program, const std::string& message)
{
    std::fprintf(stderr, "%s: %s\nTry %s --help.\n", program, message.c_str(), program);
    std::exit(2);
}

/// Ends the program with code 2 after a message when an argument is wrong, with 0 after --help.
inline StepsOptions parseSteps(const char* program, int argc, char** argv)
{
    StepsOptions out;
    for (int i = 1; i < argc; ++i) {
        const std::string option = argv[i];
        if (option == "--json") {
            out.json = true;
            continue;
        }
        if (option == "--help" || option == "-h") {
            std::printf(
                "Usage: %s [--workload W1|W2|W3|W4|W6|W7] [--threads N] [--seconds S] [--precision float|double] "
                "[--json]\n\nTimes training steps. Without a workload all, without threads 1 and 2, without "
                "a precision both, in a table;\n--json prints one object: it needs a workload and takes 1 "
                "thread and float unless told otherwise.\n",
                program);
            std::exit(0);
        }
        if (option != "--workload" && option != "--threads" && option != "--seconds" && option != "--precision")
            refuse(program, "unknown option \"" + option + "\"");
        if (i + 1 == argc)
            refuse(program, option + " needs a value");
        const std::string value = argv[++i];
        const auto number = [&](double low, double high, const char* range) {
            char* end = nullptr;
            const double parsed = std::strtod(value.c_str(), &end);
            if (value.empty() || *end != '\0' || !(parsed >= low && parsed <= high))
                refuse(program, option + " is \"" + value + "\", expected a number " + range);
            return parsed;
        };
        if (option == "--workload") {
            out.workload = findWorkload(value);
            if (!out.workload)
                refuse(program, "no workload \"" + value + "\", there are W1, W2, W3, W4, W6, W7");
        } else if (option == "--threads") {
            const double threads = number(1, 64, "from 1 to 64");
            out.threads = static_cast<int>(threads);
            if (out.threads != threads)
                refuse(program, "--threads is \"" + value + "\", expected a whole number");
        } else if (option == "--seconds") {
            out.seconds = number(0.01, 3600, "from 0.01 to 3600");
        } else if (value == "float" || value == "double") {
            out.precision = value == "float" ? fplab::Precision::Float : fplab::Precision::Double;
        } else {
            refuse(program, "--precision is \"" + value + "\", expected float or double");
        }
    }
    if (out.json && !out.workload)
        refuse(program, "--json needs --workload");
    if (out.json && out.threads == 0)
        out.threads = 1;
    if (out.json && !out.precision)
        out.precision = fplab::Precision::Float;
    return out;
}

} // namespace bench
