#pragma once

#include "core/base/fix.h"

#include <cstdint>

namespace fplab {

class ExperimentEditor;
class RunController;
struct ExperimentSpec;

/// What the primary button and the space bar do now.
enum class NextAct {
    Run, ///< begins, or goes on
    Pause,
    TrainOn, ///< a run that a stop rule has ended gets as many steps again
    RunChanged, ///< the run is over, and changes wait for a new one: from the start, with them
    StartAgain, ///< the run is over and cannot go on: from the start
};

[[nodiscard]] NextAct nextAct(const RunController& run, const ExperimentEditor& editor);

/// The settings with which a run that is to train on does so: as many steps again as in its last stretch, without the
/// goal that it has reached, and as much time again where that was its limit.
[[nodiscard]] Fix trainOnFix(const RunController& run, const ExperimentSpec& spec);

} // namespace fplab
