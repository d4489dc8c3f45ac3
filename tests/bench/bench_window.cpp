// What the window costs the worker, and the worker the window: the same run at full speed headless and in a window of
// 1920x1080 with its live plots, alternating in one process. Prints medians of ratios. How soon the window answers is
// measured in runs of their own: the clock for it wakes the window a hundred times a second.
//   QT_QPA_PLATFORM=offscreen bench_window [ROUNDS] [SECONDS] [W7|W2]

#include "core/experiment/spec.h"
#include "core/kinds/fit_curve/kind.h"
#include "core/run/run.h"
#include "support/heartbeat.h"
#include "support/prepare_windows.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QThread>

#include <chrono>
#include <cstdio>
#include <string_view>
#include <thread>

using namespace fplab;

namespace {

/// Records often enough that every frame has something new to show.
ExperimentSpec workload(std::vector<int> hidden, int samples, int recordEvery)
{
    ExperimentSpec spec;
    auto& fit = specOf<FitCurveSpec>(spec.problem);
    fit.network.hidden = std::move(hidden);
    fit.sampling.count = samples;
    fit.stop.steps = 1'000'000'000;
    fit.record = {.kind = "every", .every = recordEvery};
    return spec;
}

double headlessRate(const ExperimentSpec& spec, double seconds)
{
    auto made = makeExperiment(spec, {.threads = OpenExperiment::trainingThreads()});
    RunControl control;
    const RunSink sink {.record = [](const RecordPtr&) {}, .change = {}, .paused = {}};
    RunResult result;
    std::jthread worker([&](const std::stop_token& stop) {
        result = run(**made, scheduleOf(spec), stopRuleOf(spec), sink, control, stop);
    });
    QThread::msleep(static_cast<unsigned long>(seconds * 1000));
    worker.request_stop();
    worker.join();
    return static_cast<double>(result.step) / result.seconds;
}

struct WindowRun {
    double rate = 0; ///< steps per second
    double frames = 0; ///< updates of the plots per second
};

WindowRun inWindow(MainWindow& window, const ExperimentSpec& spec, double seconds)
{
    OpenExperiment& experiment = window.experiment();
    (void)experiment.open(spec);
    experiment.run.setPace({.kind = Pace::Kind::Max});
    int frames = 0;
    const auto counter = QObject::connect(&experiment.run, &RunController::advanced, [&] { ++frames; });
    experiment.run.resume();
    QEventLoop loop;
    QTimer::singleShot(static_cast<int>(seconds * 1000), &loop, &QEventLoop::quit);
    loop.exec();
    QObject::disconnect(counter);
    experiment.run.pause();
    while (experiment.run.state() == RunState::Running)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
    return {static_cast<double>(experiment.run.liveStep()) / experiment.run.history().back().seconds, frames / seconds};
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 5;
    const double seconds = argc > 2 ? std::atof(argv[2]) : 3;
    test::prepareWindows();
    MainWindow window;
    window.resize(1920, 1080);
    window.show();
    window.openCard(QStringLiteral("three-sines"), false);
    const std::pair<const char*, ExperimentSpec> works[] = {
        {"W7 1-32-32-1, 101 samples", workload({32, 32}, 101, 500)},
        {"W2 1-200-200-200-100-1, 600 samples", workload({200, 200, 200, 100}, 600, 5)},
    };
    for (const auto& [name, spec] : works) {
        if (argc > 3 && !std::string_view(name).starts_with(argv[3]))
            continue;
        std::vector<double> ratios, p99, longest, fps;
        for (int i = 0; i < rounds; ++i) {
            const double alone = headlessRate(spec, seconds);
            const WindowRun shown = inWindow(window, spec, seconds);
            ratios.push_back(shown.rate / alone);
            fps.push_back(shown.frames);
            Heartbeat heart;
            inWindow(window, spec, seconds);
            p99.push_back(heart.gap(0.99));
            longest.push_back(heart.gap(1));
        }
        const auto median = [](std::vector<double> v) {
            std::ranges::sort(v);
            return v[v.size() / 2];
        };
        std::printf("%s\n  worker in the window / headless: %.3f (median of %d pairs)\n"
                    "  updates of the plots per second: %.1f   event loop gap: p99 %.1f ms, longest %.1f ms\n",
            name, median(ratios), rounds, median(fps), median(p99), median(longest));
        std::fflush(stdout);
    }
    return 0;
}
