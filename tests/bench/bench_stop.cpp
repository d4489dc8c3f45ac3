// How soon pause and stop are obeyed: each preset at full speed, stopped at random moments.
//   bench_stop [STOPS] [PRESET]
// Prints milliseconds from the request to the idle worker.

#include "core/experiment/spec.h"
#include "core/files/presets.h"
#include "support/random_stops.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace fplab;

int main(int argc, char** argv)
{
    const int stops = argc > 1 ? std::atoi(argv[1]) : 50;
    if (stops < 1) {
        std::fprintf(stderr, "bench_stop: STOPS must be a positive number\n");
        return 2;
    }
    const auto print = [](const char* name, std::vector<double> ms) {
        std::ranges::sort(ms);
        std::printf("%-24s median %7.2f ms   p99 %7.2f ms   max %7.2f ms   (%zu stops)\n", name, ms[ms.size() / 2],
            ms[ms.size() * 99 / 100], ms.back(), ms.size());
        std::fflush(stdout);
    };
    std::vector<double> all;
    if (argc > 2 && !findPreset(argv[2])) {
        std::fprintf(stderr, "bench_stop: there is no preset called %s\n", argv[2]);
        return 2;
    }
    for (const auto& preset : presets()) {
        if (argc > 2 && preset.id != argv[2])
            continue;
        auto experiment = makeExperiment(preset.spec, {.threads = 2});
        if (!experiment) {
            std::fprintf(stderr, "%s: %s\n", preset.id.c_str(), experiment.error().text().c_str());
            return 1;
        }
        const auto seen = stopAtRandom(**experiment, scheduleOf(preset.spec), stops, 60, preset.spec.seed);
        print(preset.id.c_str(), seen.latencies);
        all.insert(all.end(), seen.latencies.begin(), seen.latencies.end());
    }
    print("all", all);
    return 0;
}
