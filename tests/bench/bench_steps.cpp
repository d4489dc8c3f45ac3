// Times training steps of the engine on fixed workloads (float, full batch, Adam), headless.
//   bench_steps [WORKLOAD] [THREADS] [SECONDS]
// WORKLOAD: W1 1-8000-1, W2 1-200-200-200-100-1, W7 1-32-32-1; without one, all at 1 and 2 threads.

#include "core/nn/trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

struct Workload {
    const char* id;
    std::vector<int> sizes;
    std::size_t samples;
};

const Workload workloads[] = {
    {"W1", {1, 8000, 1}, 201},
    {"W2", {1, 200, 200, 200, 100, 1}, 600},
    {"W7", {1, 32, 32, 1}, 101},
};

int measure(const Workload& workload, int threads, double seconds)
{
    using Clock = std::chrono::steady_clock;
    fplab::SampleMatrix inputs {workload.samples, 1, {}}, targets {workload.samples, 1, {}};
    for (std::size_t i = 0; i < workload.samples; ++i) {
        const double x = -3.14 + 6.28 * static_cast<double>(i) / static_cast<double>(workload.samples - 1);
        inputs.values.push_back(x);
        targets.values.push_back(std::sin(x) + std::sin(3 * x) + std::sin(5 * x));
    }
    fplab::TrainerConfig config;
    config.sizes = workload.sizes;
    config.threads = threads;
    auto trainer = fplab::makeTrainer(config, inputs, targets);
    if (!trainer) {
        std::fprintf(stderr, "%s\n", trainer.error().text().c_str());
        return 1;
    }
    std::vector<double> times;
    const auto start = Clock::now();
    auto last = start;
    while (std::chrono::duration<double>(last - start).count() < seconds || times.size() < 20) {
        (*trainer)->update();
        const auto now = Clock::now();
        times.push_back(std::chrono::duration<double, std::milli>(now - last).count());
        last = now;
    }
    std::ranges::sort(times);
    std::printf("%s  %d thread(s)  min %.4f ms  median %.4f ms  (%zu steps, %s)\n", workload.id, threads, times.front(),
        times[times.size() / 2], times.size(), fplab::instructionLevel());
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const std::string wanted = argc > 1 ? argv[1] : "";
    const int threads = argc > 2 ? std::atoi(argv[2]) : 0;
    const double seconds = argc > 3 ? std::atof(argv[3]) : 1.0;
    bool found = false;
    int failed = 0;
    for (const auto& workload : workloads) {
        if (!wanted.empty() && wanted != workload.id)
            continue;
        found = true;
        for (const int t : {1, 2})
            if (threads == 0 || threads == t)
                failed |= measure(workload, t, seconds);
    }
    if (!found)
        std::fprintf(stderr, "bench_steps: no workload \"%s\"; there are W1, W2, W7\n", wanted.c_str());
    return found ? failed : 2;
}
