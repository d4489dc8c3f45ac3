// Memory and scrubbing after a long run in the window: 1-32-32-1 on 101 samples, recorded at every step, with the views
// of 1920x1080 on screen and the history's usual budget.
//   QT_QPA_PLATFORM=offscreen bench_memory [STEPS]

#include "bench/frames.h"
#include "core/kinds/fit_curve/kind.h"
#include "support/prepare_windows.h"
#include "ui/views/plot_view.h"
#include "ui/views/qcp.h"
#include "ui/window/main_window.h"
#include "ui/window/view_grid.h"

#include <QApplication>
#include <QFile>
#include <QRandomGenerator>

#include <cstdio>

using namespace fplab;

namespace {

constexpr double limitMb = 450;
constexpr int scrubs = 200;

ExperimentSpec workload(std::int64_t steps)
{
    ExperimentSpec spec;
    auto& fit = specOf<FitCurveSpec>(spec.problem);
    fit.network.hidden = {32, 32};
    fit.sampling.count = 101;
    fit.stop.steps = steps;
    fit.record = {.kind = "every", .every = 1};
    return spec;
}

/// A line of /proc/self/status, in megabytes (10^6 bytes).
double statusMb(const QByteArray& name)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith(name + ':'))
            return line.simplified().split(' ')[1].toDouble() * 1.024e-3;
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    const std::int64_t steps = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    if (steps < 1) {
        std::fprintf(stderr, "bench_memory: STEPS must be a positive number\n");
        return 2;
    }
    test::prepareWindows();
    MainWindow window;
    window.resize(1920, 1080);
    window.show();
    window.openCard(QStringLiteral("three-sines"), false);
    OpenExperiment& experiment = window.experiment();
    (void)experiment.open(workload(steps));
    experiment.run.setPace({.kind = Pace::Kind::Max});
    QCoreApplication::processEvents();
    const double before = statusMb("VmRSS");

    int frames = 0;
    QObject::connect(&experiment.run, &RunController::advanced, [&] { ++frames; });
    QElapsedTimer clock;
    clock.start();
    experiment.run.resume();
    while (experiment.run.state() == RunState::Running)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const double seconds = static_cast<double>(clock.elapsed()) * 1e-3;
    const History& history = experiment.run.history();
    std::printf("%lld steps, each recorded, in %.1f s with %d updates of the views\n",
        static_cast<long long>(experiment.run.liveStep()), seconds, frames);
    std::printf("kept: %zu records, %.0f of %.0f MB, older ones every %lld steps\n", history.size(),
        static_cast<double>(history.bytes()) * 1e-6, static_cast<double>(history.budget()) * 1e-6,
        static_cast<long long>(history.stride()));

    std::vector<QWidget*> plots;
    for (const PlotView* view : window.findChild<ViewGrid*>()->shown())
        plots.push_back(&view->plot());
    bench::Painted painted(plots);
    QRandomGenerator random(1);
    bench::FrameTimes times;
    for (int i = 0; i < scrubs; ++i)
        times.time([&] {
            experiment.timeline.setStep(random.bounded(static_cast<qint64>(steps)));
            painted.wait();
        });
    std::printf("scrub to another step, all views painted: median %.1f ms, p95 %.1f ms\n", times.elapsedMedian(),
        times.elapsedP95());
    const double peak = statusMb("VmHWM");
    std::printf("memory: %.0f MB before the run, peak %.0f MB (limit %.0f MB)\n", before, peak, limitMb);
    return peak < limitMb ? 0 : 1;
}
