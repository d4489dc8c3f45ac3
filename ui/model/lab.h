#pragma once

#include "ui/look/theme.h"
#include "ui/model/experiment_editor.h"
#include "ui/model/kind_model.h"
#include "ui/model/run_controller.h"
#include "ui/model/run_cursor.h"

namespace fplab {

/// What every panel and view is given: the models of one window. Owned by the main window; they outlive the widgets.
struct Lab {
    ThemeManager& themes;
    ExperimentEditor& editor;
    RunController& run;
    TimelineModel& timeline;
    AnalysisModel& analysis;
    KindModels& kinds;

    /// The run on screen.
    [[nodiscard]] RunCursor cursor() const { return {run, timeline, analysis}; }
};

} // namespace fplab
