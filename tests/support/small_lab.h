#pragma once

#include "core/experiment/spec.h"
#include "core/kinds/fit_curve/kind.h"
#include "core/kinds/poisson/kind.h"
#include "ui/kinds/poisson/handoff_model.h"
#include "ui/model/lab.h"
#include "ui/views/views.h"

#include <QtTest>

#include <memory>
#include <vector>

namespace fplab {

/// The models of a window with a small real run: three sines, one hidden layer, a fraction of a second.
struct SmallLab {
    ThemeManager themes;
    ExperimentEditor editor;
    Runs runs;
    RunController run {runs};
    TimelineModel timeline {run};
    AnalysisModel analysis {run};
    KindModels kinds {run};
    Lab lab {themes, editor, run, timeline, analysis, kinds};

    static ExperimentSpec spec()
    {
        ExperimentSpec spec;
        spec.title = "Three sines";
        auto& fit = specOf<FitCurveSpec>(spec.problem);
        fit.network.hidden = {30};
        fit.network.init.std = 0.5;
        fit.optimizer.learningRate = 0.01;
        fit.sampling.count = 64;
        fit.sampling.testCount = 20;
        fit.stop.steps = 300;
        return spec;
    }

    /// An equation: a network that hands over to Jacobi at step 150.
    static ExperimentSpec equation()
    {
        PoissonSpec poisson;
        poisson.pde.grid = 200;
        poisson.pde.trainingPoints = 101;
        poisson.pde.handoffStep = 150;
        poisson.network.hidden = {30};
        poisson.optimizer.learningRate = 0.01;
        poisson.analysis.peaks = std::vector {1, 3, 8};
        ExperimentSpec spec;
        spec.title = "Equation";
        spec.problem = poisson;
        return spec;
    }

    void load(const ExperimentSpec& spec = SmallLab::spec())
    {
        editor.open(spec);
        analysis.setSettings(analysisOf(spec));
        auto experiment = makeExperiment(spec);
        QVERIFY2(experiment.ok(), experiment.ok() ? "" : experiment.error().text().c_str());
        kinds.open(spec, {});
        run.load(std::move(experiment.value()), documentOf(spec));
        run.setPace({.kind = Pace::Kind::Max});
    }

    [[nodiscard]] HandoffModel& handoff() const { return handoffOf(lab); }

    /// Runs an equation to its end, then what it is compared with and some hand-off steps.
    void compare()
    {
        run.resume();
        QTRY_COMPARE_WITH_TIMEOUT(run.state(), RunState::Finished, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(handoff().verdict().has_value(), 20000);
        handoff().startSweep();
        QTRY_VERIFY_WITH_TIMEOUT(!handoff().isSweeping() && !handoff().trials().empty(), 20000);
    }

    /// The views that fit what is loaded; those of a comparison only after compare().
    [[nodiscard]] std::vector<std::unique_ptr<PlotView>> views() const
    {
        std::vector<std::unique_ptr<PlotView>> fitting;
        for (PlotView* view : makeViews(lab, nullptr)) {
            std::unique_ptr<PlotView> owner(view);
            const bool compares = view->id() == QLatin1String("alone_map") || view->id() == QLatin1String("handoff");
            if ((!compares || !handoff().trials().empty()) && viewOccasion(lab).offered.contains(view->id()))
                fitting.push_back(std::move(owner));
        }
        return fitting;
    }

    /// Trains to `step` and pauses there.
    void trainTo(std::int64_t step)
    {
        run.stepBy(step - run.liveStep());
        QTRY_VERIFY_WITH_TIMEOUT(run.liveStep() >= step, 20000);
        QTRY_VERIFY(run.state() != RunState::Running);
    }
};

} // namespace fplab
