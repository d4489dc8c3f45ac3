#pragma once

#include "ui/model/analysis_model.h"
#include "ui/model/shown_run.h"
#include "ui/model/timeline_model.h"

namespace fplab {

/// What a view looks at: a run, where in it, and what it says about the order of frequencies. A view of one run is
/// given one, a view that compares several; whose window it is none of them knows.
struct RunCursor {
    ShownRun& run;
    TimelineModel& timeline;
    AnalysisModel& analysis;

    /// The record that is looked at; none without records.
    [[nodiscard]] RecordPtr record() const
    {
        const int index = timeline.index();
        return index < 0 ? nullptr : run.history().share(static_cast<std::size_t>(index));
    }
};

} // namespace fplab
