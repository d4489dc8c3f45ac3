// What a frame of live views costs while the recording grows: taking new records, refreshing, replotting and painting.
// Beside it, in turn, plain plots of the library with as many points at the same places. Milliseconds of one processor.
//   QT_QPA_PLATFORM=offscreen bench_replot [FRAMES]

#include "bench/bare_plots.h"
#include "bench/frames.h"
#include "core/files/presets.h"
#include "core/kinds/fit_curve/kind.h"
#include "core/run/run.h"
#include "support/prepare_windows.h"
#include "ui/model/settings.h"
#include "ui/views/qcp.h"
#include "ui/views/views.h"
#include "ui/window/main_window.h"
#include "ui/window/view_grid.h"

#include <QApplication>

#include <cstdio>
#include <map>

using namespace fplab;
using bench::FrameTimes;

namespace {

constexpr int recordsPerFrame = 10;

ExperimentSpec workload(int frames)
{
    ExperimentSpec spec = findPreset("three-sines")->spec;
    auto& fit = specOf<FitCurveSpec>(spec.problem);
    fit.stop.steps = frames * recordsPerFrame;
    fit.record = {.kind = "every", .every = 1};
    return spec;
}

std::vector<RecordPtr> recorded(const ExperimentSpec& spec)
{
    std::vector<RecordPtr> records;
    auto made = makeExperiment(spec, {.threads = OpenExperiment::trainingThreads()});
    RunControl control;
    const RunSink sink {
        .record = [&](const RecordPtr& record) { records.push_back(record); }, .change = {}, .paused = {}};
    (void)run(**made, scheduleOf(spec), stopRuleOf(spec), sink, control);
    return records;
}

void printLine(const char* name, const FrameTimes& ours, const FrameTimes& bare)
{
    std::printf("  %-10s %7.2f  p95 %7.2f   bare plots %7.2f  p95 %7.2f   ratio %.2f\n", name, ours.median(),
        ours.p95(), bare.median(), bare.p95(), ours.median() / bare.median());
    std::fflush(stdout);
}

/// Plays the records into a lab whose views are on screen.
void measure(const char* name, OpenExperiment& experiment, const std::vector<PlotView*>& views,
    const ExperimentSpec& spec, const std::vector<RecordPtr>& records)
{
    QWidget& window = *views.front()->window();
    (void)experiment.open(spec);
    QCoreApplication::processEvents();
    bench::BarePlots bare(experiment.lab(), views);
    bare.resize(window.size());
    bare.show();
    std::vector<QWidget*> plots;
    std::map<QString, std::pair<FrameTimes, FrameTimes>> single; // of one view, without new records
    for (PlotView* view : views)
        plots.push_back(&view->plot());
    bench::Painted painted(plots), barePainted(bare.plots());
    QCoreApplication::processEvents();
    FrameTimes ours, theirs;
    std::size_t next = 1; // the record of step 0 is there
    for (int frame = 0; next < records.size(); ++frame) {
        ours.time([&] {
            for (int i = 0; i < recordsPerFrame && next < records.size(); ++i)
                const_cast<History&>(experiment.run.history()).append(records[next++]); // as its runner does
            Q_EMIT experiment.run.advanced();
            painted.wait();
        });
        theirs.time([&] {
            bare.advance();
            barePainted.wait();
        });
        QCoreApplication::processEvents();
        if (frame % 10 != 0)
            continue;
        for (PlotView* view : views) {
            auto& [mine, plain] = single[view->id()];
            bench::Painted one({&view->plot()}), other({&bare.plot(view->id())});
            mine.time([&] {
                view->invalidate();
                one.wait();
            });
            plain.time([&] {
                bare.replot(view->id());
                other.wait();
            });
        }
    }
    std::printf("%s, %d x %d\n", name, window.width(), window.height());
    printLine("frame", ours, theirs);
    for (const PlotView* view : views)
        printLine(qPrintable(view->id()), single[view->id()].first, single[view->id()].second);
}

void measureGrid(const QSize& size, const ExperimentSpec& spec, const std::vector<RecordPtr>& records)
{
    OpenExperiment experiment;
    experiment.themes.setTheme(ThemeKind::Light);
    (void)experiment.open(spec);
    ViewGrid grid(makeViews(experiment.lab(), nullptr));
    ViewOccasion four = viewOccasion(experiment.lab());
    four.wide = four.compact;
    grid.setOccasion(four);
    grid.resize(size);
    grid.show();
    measure("the four views of a laptop", experiment, grid.shown(), spec, records);
}

void measureWindow(const QSize& size, const ExperimentSpec& spec, const std::vector<RecordPtr>& records)
{
    MainWindow window;
    window.resize(size);
    window.show();
    window.openCard(QStringLiteral("three-sines"), false);
    measure(
        "the window and its five views", window.experiment(), window.findChild<ViewGrid*>()->shown(), spec, records);
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    const int frames = argc > 1 ? std::atoi(argv[1]) : 200;
    if (frames < 1) {
        std::fprintf(stderr, "bench_replot: FRAMES must be a positive number\n");
        return 2;
    }
    test::prepareWindows();
    const ExperimentSpec spec = workload(frames);
    const auto records = recorded(spec);
    constexpr QSize fullHd(1920, 1080), fourK(3840, 2160);
    measureGrid(fullHd, spec, records);
    measureGrid(fourK, spec, records);
    measureWindow(fullHd, spec, records);
    return 0;
}
