#pragma once

#include "core/kinds/poisson/kind.h"
#include "ui/kinds/poisson/handoff_model.h"
#include "ui/window/view_grid.h"
#include "ui/window_fixture.h"

#include <QPushButton>

namespace fplab::test {

/// A second of work: the paper's equation on 400 intervals, handed over at that step.
inline ExperimentSpec handoffSpec(std::int64_t step)
{
    PoissonSpec poisson;
    poisson.pde.grid = 400;
    poisson.pde.trainingPoints = 101;
    poisson.pde.handoffStep = step;
    poisson.pde.tolerance = 0.01;
    poisson.network.hidden = {36, 36}; // few enough for one thread
    poisson.network.init.std = 0.3;
    poisson.optimizer.learningRate = 4e-3;
    poisson.stop.steps = 300;
    poisson.record.kind = "log";
    poisson.record.perDecade = 40;
    poisson.analysis.peaks = std::vector {1, 3, 8};
    ExperimentSpec spec;
    spec.title = "Equation";
    spec.problem = poisson;
    return spec;
}

/// As a view asks for it.
inline Status handOverAt(OpenExperiment& experiment, std::int64_t step)
{
    const auto recorded = handoffOf(experiment.lab()).recordedStep(step);
    return experiment.goOnWith(handoffStepPath, QString::number(recorded));
}

/// The window with that equation open.
struct HandoffWindow {
    explicit HandoffWindow(std::int64_t step)
    {
        showWindow(window);
        window.openCard(QStringLiteral("blank"), false); // shows the laboratory
        QVERIFY(window.experiment().open(handoffSpec(step)));
        window.experiment().run.setPace({.kind = Pace::Kind::Max});
    }
    [[nodiscard]] PlotView* view(const char* id)
    {
        for (PlotView* view : window.findChild<ViewGrid*>()->views())
            if (view->id() == QLatin1String(id))
                return view;
        return nullptr;
    }
    [[nodiscard]] bool finish()
    {
        window.experiment().run.resume();
        return QTest::qWaitFor([&] { return window.experiment().run.state() == RunState::Finished; }, 30000);
    }
    /// The button of a view for what it can do.
    [[nodiscard]] static QPushButton* action(PlotView* view)
    {
        for (auto* button : view->findChildren<QPushButton*>())
            if (button->isVisible())
                return button;
        return nullptr;
    }
    [[nodiscard]] const PdeSpec& pde() { return specOf<PoissonSpec>(window.experiment().editor.spec().problem).pde; }

    MainWindow window;
};

} // namespace fplab::test
