#include "ui/model/run_controller.h"

#include <utility>

namespace fplab {

RunController::RunController(Runs& runs, QObject* parent)
    : ShownRun(runs, parent)
{
}

RunController::~RunController() { runs().setOnScreen(nullptr); }

void RunController::hold(std::unique_ptr<LiveRun> run)
{
    if (run) {
        run->setHistoryBudget(m_budget);
        run->setPace(m_pace);
    }
    runs().setOnScreen(run.get());
    const auto before = std::exchange(m_run, std::move(run));
    show(m_run.get());
}

void RunController::load(std::unique_ptr<Experiment> experiment, RunDocument document, RecordPtr first)
{
    hold(runs().runner().add(std::move(document), std::move(experiment), std::move(first)));
}

std::unique_ptr<LiveRun> RunController::takeOut()
{
    ask([](LiveRun& run) { run.halt(); });
    auto run = std::exchange(m_run, nullptr);
    hold(nullptr);
    return run;
}

void RunController::putIn(std::unique_ptr<LiveRun> run) { hold(std::move(run)); }
void RunController::clear() { hold(nullptr); }

template <class Request> void RunController::ask(Request&& request)
{
    if (!m_run)
        return;
    request(*m_run);
    tellAsked();
}

void RunController::resume()
{
    ask([](LiveRun& run) { run.resume(); });
}

void RunController::beginStretch()
{
    ask([](LiveRun& run) { run.beginStretch(); });
}

void RunController::pause()
{
    ask([](LiveRun& run) { run.pause(); });
}

void RunController::toggle()
{
    if (state() == RunState::Running)
        pause();
    else
        resume();
}

void RunController::stepBy(std::int64_t count)
{
    ask([&](LiveRun& run) { run.stepBy(count); });
}

void RunController::stepToRecord()
{
    ask([](LiveRun& run) { run.stepToRecord(); });
}

void RunController::setPace(const Pace& pace)
{
    m_pace = pace;
    ask([&](LiveRun& run) { run.setPace(pace); });
}

void RunController::setStopRule(const StopRule& rule)
{
    ask([&](LiveRun& run) { run.setStopRule(rule); });
}

void RunController::post(const std::vector<LiveChange>& changes)
{
    ask([&](LiveRun& run) { run.post(changes); });
}

Status RunController::branchFrom(std::size_t record)
{
    auto status = m_run->branchFrom(record);
    tellAsked();
    return status;
}

void RunController::acknowledge()
{
    ask([](LiveRun& run) { run.acknowledge(); });
}

void RunController::takeBackChanges(const std::vector<LiveChange>& restored)
{
    ask([&](LiveRun& run) { run.takeBackChanges(restored); });
}

void RunController::setHistoryBudget(std::size_t bytes)
{
    m_budget = bytes;
    ask([&](LiveRun& run) { run.setHistoryBudget(bytes); });
}

} // namespace fplab
