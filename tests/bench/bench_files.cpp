// What large experiments cost: to write and read a file of many samples or weights, and one edit in the window.
//   QT_QPA_PLATFORM=offscreen bench_files [SAMPLES]

#include "core/files/experiment_file.h"
#include "core/files/experiment_id.h"
#include "core/kinds/fit_curve/kind.h"
#include "ui/model/form_fields.h"
#include "ui/model/open_experiment.h"

#include <QApplication>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>

using namespace fplab;

namespace {

template <class Work> void time(const char* what, Work&& work)
{
    double best = 1e9;
    for (int i = 0; i < 5; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        best = std::min(
            best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::printf("%-48s %9.3f ms\n", what, best);
}

void timeFile(const ExperimentSpec& spec)
{
    std::string text;
    time("  write", [&] { text = formatExperiment(spec); });
    std::printf("%-48s %9.2f MB\n", "  size", static_cast<double>(text.size()) / 1e6);
    time("  read", [&] { (void)parseExperiment(text).ok(); });
    std::ranges::replace(text, '\n', ' ');
    time("  read, all on one line", [&] { (void)parseExperiment(text).ok(); });
    time("  check and write", [&] { (void)experimentFileText(spec).ok(); });
    time("  id", [&] { (void)experimentHash(spec); });
}

ExperimentSpec withSamples(std::size_t count)
{
    ExperimentSpec spec;
    auto& data = specOf<FitCurveSpec>(spec.problem).data.emplace();
    SampleMatrix x {count, 1, std::vector<double>(count)}, y = x;
    for (std::size_t i = 0; i < count; ++i) {
        x.values[i] = static_cast<double>(i) / static_cast<double>(count);
        y.values[i] = std::sin(50 * x.values[i]);
    }
    data.inputs = std::move(x);
    data.targets = std::move(y);
    return spec;
}

ExperimentSpec withWeights(const std::vector<int>& sizes)
{
    ExperimentSpec spec;
    auto& network = specOf<FitCurveSpec>(spec.problem).network;
    network.hidden.assign(sizes.begin() + 1, sizes.end() - 1);
    network.init.kind = "explicit";
    NetworkParams params;
    for (std::size_t l = 1; l < sizes.size(); ++l) {
        const auto outputs = static_cast<std::size_t>(sizes[l]), inputs = static_cast<std::size_t>(sizes[l - 1]);
        params.push_back({std::vector(outputs, std::vector<double>(inputs)), std::vector<double>(outputs)});
        for (std::size_t i = 0; i < outputs; ++i)
            for (std::size_t j = 0; j < inputs; ++j)
                params.back().W[i][j] = std::sin(static_cast<double>(1 + i + j * outputs));
    }
    network.init.params = std::move(params);
    return spec;
}

} // namespace

int main(int argc, char* argv[])
{
    const auto samples = static_cast<std::size_t>(argc > 1 ? std::atol(argv[1]) : 100'000);
    std::printf("%zu samples\n", samples);
    timeFile(withSamples(samples));
    std::printf("given weights of 1-4000-500-400-1\n");
    timeFile(withWeights({1, 4000, 500, 400, 1}));

    std::printf("the panels' experiment with 30000 samples\n");
    ExperimentEditor editor;
    editor.open(withSamples(30'000));
    int n = 0;
    time("  an edit",
        [&] { (void)editor.edit(QStringLiteral("network.init.std"), QString::number(0.1 + ++n * 1e-3)).ok(); });
    time("  undo and redo", [&] {
        editor.undoStack().undo();
        editor.undoStack().redo();
    });
    time("  what the panels show", [&] { (void)fieldTexts(editor.spec()); });

    std::printf("the same in a experiment\n");
    const QApplication application(argc, argv);
    OpenExperiment experiment;
    if (!experiment.open(withSamples(30'000)).ok())
        return 1;
    const auto edit = [&](const char* path) {
        (void)experiment.editor.edit(QLatin1String(path), QString::number(0.1 + ++n * 1e-3)).ok();
    };
    time("  an edit, the run made anew", [&] { edit("network.init.std"); });
    time("  a live edit", [&] { edit("optimizer.learning_rate"); });
    experiment.stepBy(1);
    while (experiment.run.liveStep() < 1)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    time("  an edit that waits for a new run", [&] { edit("network.init.std"); });
}
