#pragma once

#include "ui/analysis_model.h"
#include "ui/experiment_editor.h"
#include "ui/handoff_model.h"
#include "ui/run_controller.h"
#include "ui/theme.h"
#include "ui/timeline_model.h"

namespace fplab {

/// What every panel and view is given: the models of one window. Owned by the main window; they outlive the widgets.
struct Lab {
    ThemeManager& themes;
    ExperimentEditor& editor;
    RunController& run;
    TimelineModel& timeline;
    AnalysisModel& analysis;
    HandoffModel& handoff;
};

} // namespace fplab
