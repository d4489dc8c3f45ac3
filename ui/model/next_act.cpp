#include "ui/model/next_act.h"

#include "ui/model/experiment_editor.h"
#include "ui/model/run_controller.h"
#include "ui/text/number_text.h"

#include <algorithm>

namespace fplab {

NextAct nextAct(const RunController& run, const ExperimentEditor& editor)
{
    switch (run.state()) {
    case RunState::Empty:
    case RunState::Ready:
    case RunState::Paused:
        return NextAct::Run;
    case RunState::Running:
        return NextAct::Pause;
    case RunState::Diverged:
        return editor.pending().empty() ? NextAct::StartAgain : NextAct::RunChanged;
    case RunState::Finished:
        break;
    }
    if (!editor.pending().empty())
        return NextAct::RunChanged;
    if (run.mayGoOn())
        return NextAct::Run;
    return run.isAtItsEnd() ? NextAct::StartAgain : NextAct::TrainOn;
}

Fix trainOnFix(const RunController& run, const ExperimentSpec& spec)
{
    const StopRule& rule = run.stopRule();
    const std::int64_t more = std::max<std::int64_t>(run.stretch(), 1);
    Fix fix {.label = ExperimentEditor::tr("training on").toStdString(), .settings = {}};
    fix.settings.emplace_back(
        pathOf(spec, Meaning::LastStep), std::to_string(std::max(rule.steps, run.liveStep() + more)));
    if (rule.loss > 0 && run.result().outcome == Outcome::Finished)
        fix.settings.emplace_back(pathOf(spec, Meaning::LossGoal), "0");
    if (rule.seconds > 0 && run.result().seconds >= rule.seconds)
        fix.settings.emplace_back(pathOf(spec, Meaning::TimeLimit), jsonNumber(2 * run.result().seconds).toStdString());
    return fix;
}

} // namespace fplab
