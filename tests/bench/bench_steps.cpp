// Times training steps of the engine on fixed workloads (full batch, Adam), headless. See --help.

#include "bench/peaks.h"
#include "bench/step_times.h"
#include "bench/steps_options.h"
#include "bench/workloads.h"

#include <thread>

using namespace bench;
using fplab::Precision;

namespace {

struct Bound {
    const char* by;
    double ms;
};

/// The time of the arithmetic alone on `threads` cores (as many as the computer has, at most).
Bound boundOf(const Workload& workload, const Peaks& peaks, int threads)
{
    const int cores = std::max(1, std::min(threads, static_cast<int>(std::thread::hardware_concurrency())));
    const double multiplyAdds = 1e3 * workload.flops() / (peaks.flops * cores);
    const double tanhs = 1e3 * workload.tanhs() / (peaks.tanhs * cores);
    return tanhs > multiplyAdds ? Bound {"tanh", tanhs} : Bound {"fma", multiplyAdds};
}

void measure(
    const Workload& workload, Precision precision, int threads, const StepsOptions& options, const Peaks& peaks)
{
    const Problem problem = makeProblem(workload, precision, threads);
    auto trainer = fplab::makeTrainer(problem.config, problem.inputs, problem.targets);
    if (!trainer) {
        std::fprintf(stderr, "bench_steps: %s\n", trainer.error().text().c_str());
        std::exit(1);
    }
    const StepTimes times = timeSteps(options.seconds, [&] { (*trainer)->update(); });
    const Bound bound = boundOf(workload, peaks, threads);
    const double gflops = workload.flops() / times.minimum * 1e-6;
    std::printf(options.json
            ? "{\"workload\":\"%s\",\"threads\":%d,\"precision\":\"%s\",\"min_ms\":%.5f,\"median_ms\":%.5f,"
              "\"gflops\":%.2f,\"bound_ms\":%.5f,\"bound\":\"%s\",\"percent_of_bound\":%.1f,\"steps\":%zu,\"level\":\"%"
              "s\"}\n"
            : "%-8s %7d  %-9s %10.4f %11.4f %8.1f %10.4f  %-5s %7.0f %% %7zu  %s\n",
        workload.id, threads, idOf(precision), times.minimum, times.median, gflops, bound.ms, bound.by,
        100 * bound.ms / times.minimum, times.steps, fplab::instructionLevel());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    const StepsOptions options = parseSteps("bench_steps", argc, argv);
    for (const auto precision : {Precision::Float, Precision::Double}) {
        if (options.precision && options.precision != precision)
            continue;
        const Peaks peaks = measurePeaks(precision);
        if (!options.json)
            std::printf(
                "%s: one core does %.0f GF/s of multiply-adds, %.2f G/s of tanh\n%-8s %7s  %-9s %10s %11s %8s %10s  "
                "%-5s %9s %7s  %s\n",
                idOf(precision), peaks.flops * 1e-9, peaks.tanhs * 1e-9, "workload", "threads", "precision", "min ms",
                "median ms", "GF/s", "bound ms", "by", "of bound", "steps", "level");
        for (const auto& workload : workloads()) {
            if (options.workload && options.workload != &workload)
                continue;
            for (const int threads : {1, 2})
                if (options.threads == 0)
                    measure(workload, precision, threads, options, peaks);
            if (options.threads != 0)
                measure(workload, precision, options.threads, options, peaks);
        }
    }
    return 0;
}
