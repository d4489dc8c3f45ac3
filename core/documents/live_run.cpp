#include "core/documents/live_run.h"

#include "core/documents/runner.h"

#include <algorithm>
#include <utility>

namespace fplab {

LiveRun::LiveRun(Runner& runner, std::shared_ptr<RunDocument> document, std::shared_ptr<RunTask> task)
    : m_runner(runner)
    , m_document(std::move(document))
    , m_task(std::move(task))
{
    m_runner.m_runs.push_back(this);
}

LiveRun::~LiveRun()
{
    std::erase(m_runner.m_runs, this);
    m_runner.m_crew.drop(*m_task);
}

RunNews LiveRun::takeNews()
{
    m_news.document = m_document;
    return std::exchange(m_news, {});
}

void LiveRun::setState(RunState state)
{
    m_news.state = m_news.state || state != m_document->state;
    m_document->state = state;
}

// ---- what is asked of it

void LiveRun::start()
{
    const History& history = m_document->history;
    if (!std::exchange(m_training, true))
        m_task->begin({.schedule = scheduleOf(m_document->record),
            .rule = m_document->rule,
            .seconds = history.empty() ? 0 : history.back().seconds});
    m_runner.m_crew.call(m_task);
    if (m_document->state != RunState::Empty)
        setState(RunState::Running);
}

void LiveRun::resume()
{
    if (m_document->failure || m_document->state == RunState::Running)
        return;
    m_task->control().resume();
    start();
}

void LiveRun::pause()
{
    if (m_document->state == RunState::Running || m_document->state == RunState::Empty)
        m_task->control().pause();
}

void LiveRun::stepBy(std::int64_t count)
{
    m_task->control().stepBy(count);
    start();
}

void LiveRun::stepToRecord()
{
    m_task->control().stepToRecord();
    start();
}

void LiveRun::setPace(const Pace& pace) { m_task->control().setPace(pace); }

void LiveRun::setStopRule(const StopRule& rule)
{
    m_document->rule = rule;
    m_task->control().setStopRule(rule);
}

void LiveRun::post(const std::vector<LiveChange>& changes)
{
    if (m_training) {
        m_task->control().post(changes);
        m_runner.m_crew.call(m_task);
        return;
    }
    for (const LiveChange& change : changes) {
        const auto status = m_task->experiment().apply(change);
        m_document->changes.push_back({m_document->liveStep(), change, status ? std::string() : status.error().text()});
        ++m_news.changes;
    }
}

void LiveRun::acknowledge()
{
    if (m_document->state == RunState::Diverged)
        setState(RunState::Paused);
}

void LiveRun::setYielding(bool on)
{
    if (m_document->state != RunState::Empty)
        m_task->experiment().setYielding(on);
}

void LiveRun::setHistoryBudget(std::size_t bytes)
{
    const auto before = m_document->history.revision();
    m_document->history.setBudget(bytes);
    m_news.advanced = m_news.advanced || m_document->history.revision() != before;
}

bool LiveRun::isAtItsEnd() const
{
    return m_document->state == RunState::Finished && m_task->experiment().end().has_value();
}

bool LiveRun::mayGoOn() const
{
    const StopRule& rule = m_document->rule;
    return m_document->state == RunState::Finished && !isAtItsEnd() && rule.steps > m_document->liveStep()
        && (rule.seconds <= 0 || rule.seconds > m_document->result.seconds)
        && (rule.loss <= 0 || !(m_task->experiment().lastLoss() < rule.loss));
}

// ---- back and elsewhere

void LiveRun::goBackTo(std::int64_t step)
{
    m_document->findings = m_task->experiment().findings();
    std::erase_if(m_document->changes, [&](const LoggedChange& change) { return change.step >= step; });
    m_document->history.truncateAfter(step);
    m_news.advanced = true;
}

void LiveRun::takeBackChanges(const std::vector<LiveChange>& restored)
{
    const ChangePoint& point = *m_document->result.suspect;
    Experiment& experiment = m_task->experiment();
    for (const LiveChange& change : restored)
        (void)experiment.apply(change); // values that were in force before
    (void)experiment.restore(point.state); // its own
    goBackTo(point.step);
    if (m_document->liveStep() < point.step) {
        auto record = experiment.observe();
        record.seconds = m_document->history.back().seconds;
        m_document->history.append(std::make_shared<const Record>(std::move(record)));
    }
    setState(RunState::Paused);
}

Status LiveRun::branchFrom(std::size_t record)
{
    const RecordPtr from = m_document->history.share(record);
    halt();
    auto status = m_task->experiment().branchFrom(*from);
    if (status) {
        m_document->result = {};
        goBackTo(from->step);
    }
    setState(RunState::Paused);
    return status;
}

void LiveRun::halt()
{
    m_task->stop();
    m_runner.m_crew.retract(*m_task);
    m_task->halt();
    takeIn();
    m_training = false;
}

// ---- what it sends

void LiveRun::take(RunTask::Made made)
{
    m_document->channels = std::move(made.channels);
    m_document->remarks = std::move(made.remarks);
    m_document->busyThreads = made.busyThreads;
    m_document->history.append(std::move(made.first));
    setState(m_training ? RunState::Running : RunState::Ready);
}

void LiveRun::takeIn()
{
    auto arrived = m_task->takeAll();
    if (arrived.made) {
        if (*arrived.made)
            take(std::move(*arrived.made).value());
        else
            m_document->failure = arrived.made->error();
        m_news.made = true;
    } else if (arrived.outOfMemory && m_document->state == RunState::Empty) {
        m_document->failure = Diagnostic {.what = "there is not enough memory"};
        m_news.made = true;
    }
    History& history = m_document->history;
    for (auto& record : arrived.records)
        if (record->step > m_document->liveStep()) {
            history.append(std::move(record));
            m_news.advanced = true;
        }
    for (auto& change : arrived.changes) {
        history.pin(change.step);
        m_document->changes.push_back(std::move(change));
        ++m_news.changes;
    }
    for (auto& finding : arrived.findings) // a run that goes on says again what was found before
        if (std::ranges::find(m_document->findings, finding.id, &Remark::id) == m_document->findings.end()) {
            m_document->findings.push_back(std::move(finding));
            ++m_news.findings;
        }
    if (arrived.result) {
        m_training = false;
        m_news.outOfMemory = arrived.outOfMemory;
        end(std::move(*arrived.result));
    } else if (arrived.paused) {
        setState(*arrived.paused ? RunState::Paused : RunState::Running);
    }
}

void LiveRun::end(RunResult result)
{
    m_document->result = std::move(result);
    if (m_news.outOfMemory)
        m_document->result.reason = "there is not enough memory";
    if (m_document->result.outcome != Outcome::Stopped)
        m_document->findings = m_document->result.findings; // with the latest numbers
    if (m_document->result.outcome == Outcome::Diverged && m_document->liveStep() > m_document->result.step) {
        m_document->history.truncateAfter(m_document->result.step);
        m_news.advanced = true;
    }
    setState(m_document->result.outcome == Outcome::Diverged ? RunState::Diverged
            : m_document->result.outcome == Outcome::Stopped ? RunState::Paused
                                                             : RunState::Finished);
}

} // namespace fplab
