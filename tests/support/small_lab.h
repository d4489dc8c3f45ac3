#pragma once

#include "core/experiment/make_experiment.h"
#include "ui/lab.h"

#include <QtTest>

namespace fplab {

/// The models of a window with a small real run: three sines, one hidden layer, a fraction of a second.
struct SmallLab {
    ThemeManager themes;
    ExperimentEditor editor;
    RunController run;
    TimelineModel timeline {run};
    AnalysisModel analysis {run};
    Lab lab {themes, editor, run, timeline, analysis};

    static ExperimentSpec spec()
    {
        ExperimentSpec spec;
        spec.title = "Three sines";
        auto& fit = std::get<FitCurveSpec>(spec.problem);
        fit.network.hidden = {30};
        fit.network.init.std = 0.5;
        fit.optimizer.learningRate = 0.01;
        fit.sampling.count = 64;
        fit.sampling.testCount = 20;
        fit.stop.steps = 300;
        return spec;
    }

    void load(const ExperimentSpec& spec = SmallLab::spec())
    {
        editor.open(spec);
        analysis.setSettings(analysisOf(spec));
        auto experiment = makeExperiment(spec);
        QVERIFY2(experiment.ok(), experiment.ok() ? "" : experiment.error().text().c_str());
        run.load(std::move(experiment.value()), scheduleOf(spec), stopRuleOf(spec));
        run.setPace({.kind = Pace::Kind::Max});
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
