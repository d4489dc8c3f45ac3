#pragma once

#include "core/base/random.h"
#include "core/run/run.h"

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

/// What was seen while an experiment was started and stopped again and again.
struct RandomStops {
    std::vector<double> latencies; ///< milliseconds from the request to the sleeping or ended worker
    std::vector<std::int64_t> ends; ///< the step of each stop
    std::vector<fplab::RecordPtr> records;
    bool onlyStopped = true; ///< no run ended in any other way
};

/// Runs `experiment` at full speed on a worker thread and stops it `stops` times, each after a random time of up to
/// `longest` milliseconds: alternately by the stop token and by a pause.
inline RandomStops stopAtRandom(
    fplab::Experiment& experiment, const fplab::Schedule& schedule, int stops, double longest, std::uint64_t seed)
{
    using Clock = std::chrono::steady_clock;
    RandomStops seen;
    fplab::Random random(seed, 1);
    for (int i = 0; i < stops; ++i) {
        fplab::RunControl control;
        std::atomic<bool> asleep = false;
        const fplab::RunSink sink {
            .record = [&](fplab::RecordPtr record) { seen.records.push_back(std::move(record)); },
            .change = {},
            .paused =
                [&](bool paused, std::int64_t) {
                    asleep = paused;
                    asleep.notify_all();
                }};
        fplab::RunResult result;
        std::jthread worker([&](const std::stop_token& stop) {
            result = run(
                experiment, schedule, {.steps = 1'000'000'000}, sink, control, stop, {.observe = i == 0, .seconds = 0});
        });
        std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(random.uniform() * longest));
        const auto asked = Clock::now();
        if (i % 2) {
            control.pause();
            asleep.wait(false);
        } else {
            worker.request_stop();
            worker.join();
        }
        seen.latencies.push_back(std::chrono::duration<double, std::milli>(Clock::now() - asked).count());
        if (i % 2) {
            worker.request_stop();
            worker.join();
        }
        seen.onlyStopped = seen.onlyStopped && result.outcome == fplab::Outcome::Stopped;
        seen.ends.push_back(result.step);
    }
    return seen;
}
