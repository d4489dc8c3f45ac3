#include "ui/model/run_controller.h"

#include "core/run/record_queue.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

namespace fplab {

/// What the worker and the window share for one run. Free of Qt but for the wake-up call.
struct RunController::Shared {
    RecordQueue queue;
    RunControl control;
    std::unique_ptr<Experiment> experiment; ///< used by the worker while it runs, by nobody else then

    std::mutex mutex; ///< for what follows
    std::vector<LoggedChange> changes;
    std::vector<Remark> findings;
    std::optional<bool> paused; ///< the worker went to sleep (true) or on (false) since the last look
    std::optional<RunResult> result;
};

RunController::RunController(QObject* parent)
    : QObject(parent)
{
    m_frame.setSingleShot(true);
    m_frame.setTimerType(Qt::PreciseTimer);
    m_frameClock.start();
    m_yieldEnd.setSingleShot(true);
    connect(&m_yieldEnd, &QTimer::timeout, this, [this] { setYielding(false); });
    connect(&m_frame, &QTimer::timeout, this, &RunController::beginFrame);
    m_drain.setSingleShot(true);
    m_drain.setTimerType(Qt::PreciseTimer);
    connect(&m_drain, &QTimer::timeout, this, &RunController::drain);
}

RunController::~RunController() { stopWorker(); }

void RunController::load(std::unique_ptr<Experiment> experiment, Schedule schedule, StopRule rule, RecordPtr first)
{
    forget();
    m_run.schedule = schedule;
    m_run.rule = rule;
    m_run.channels.assign(experiment->channels().begin(), experiment->channels().end());
    m_run.remarks.assign(experiment->remarks().begin(), experiment->remarks().end());
    m_run.busyThreads = experiment->busyThreads();
    m_run.shared = std::make_shared<Shared>();
    m_run.history.append(first ? std::move(first) : std::make_shared<const Record>(experiment->observe()));
    m_run.shared->experiment = std::move(experiment);
    m_run.state = RunState::Ready;
    announce();
}

RunController::Run RunController::takeOut()
{
    stopWorker();
    if (m_run.state == RunState::Running) {
        if (auto result = takeIn())
            end(std::move(*result));
        auto fresh = std::make_shared<Shared>(); // the queue of the old one is closed
        fresh->experiment = std::move(m_run.shared->experiment);
        m_run.shared = std::move(fresh);
    }
    m_rate = 0;
    Run run = std::exchange(m_run, Run {.history = History(m_run.history.budget())});
    announce();
    return run;
}

void RunController::putIn(Run run)
{
    stopWorker();
    run.history.setBudget(m_run.history.budget());
    m_run = std::move(run);
    m_rate = 0;
    announce();
}

void RunController::clear()
{
    forget();
    announce();
}

void RunController::forget()
{
    stopWorker();
    m_run = Run {.history = History(m_run.history.budget())};
    m_rate = 0;
}

void RunController::announce()
{
    Q_EMIT loaded();
    Q_EMIT stateChanged(m_run.state);
}

int RunController::channelIndex(Role role) const
{
    const auto found = std::ranges::find(m_run.channels, role, &Channel::role);
    return found == m_run.channels.end() ? -1 : static_cast<int>(found - m_run.channels.begin());
}

std::int64_t RunController::liveStep() const { return m_run.history.empty() ? 0 : m_run.history.back().step; }

bool RunController::isAtItsEnd() const
{
    return m_run.state == RunState::Finished && m_run.shared->experiment->end().has_value();
}

bool RunController::mayGoOn() const
{
    const StopRule& rule = m_run.rule;
    return m_run.state == RunState::Finished && !isAtItsEnd() && rule.steps > liveStep()
        && (rule.seconds <= 0 || rule.seconds > m_run.result.seconds)
        && (rule.loss <= 0 || !(m_run.shared->experiment->lastLoss() < rule.loss));
}

void RunController::setHistoryBudget(std::size_t bytes)
{
    const auto before = m_run.history.revision();
    m_run.history.setBudget(bytes);
    if (m_run.history.revision() != before)
        Q_EMIT advanced();
}

void RunController::setFrames(int interval, bool yield)
{
    m_frameInterval = std::max(interval, frameInterval);
    m_yieldForFrames = yield;
}

void RunController::resume()
{
    if (!m_run.shared || m_run.state == RunState::Running)
        return;
    m_run.shared->control.resume();
    startWorker();
}

void RunController::pause()
{
    if (m_run.shared && m_run.state == RunState::Running)
        m_run.shared->control.pause();
}

void RunController::toggle()
{
    if (m_run.state == RunState::Running)
        pause();
    else
        resume();
}

void RunController::stepBy(std::int64_t count)
{
    if (!m_run.shared)
        return;
    m_run.shared->control.stepBy(count);
    startWorker();
}

void RunController::stepToRecord()
{
    if (!m_run.shared)
        return;
    m_run.shared->control.stepToRecord();
    startWorker();
}

void RunController::setPace(const Pace& pace)
{
    m_pace = pace;
    if (m_run.shared)
        m_run.shared->control.setPace(pace);
}

void RunController::setStopRule(const StopRule& rule)
{
    m_run.rule = rule;
    if (m_run.shared)
        m_run.shared->control.setStopRule(rule);
}

void RunController::post(const std::vector<LiveChange>& changes)
{
    if (!m_run.shared)
        return;
    if (m_worker.joinable()) {
        m_run.shared->control.post(changes);
        return;
    }
    for (const LiveChange& change : changes) {
        const auto status = m_run.shared->experiment->apply(change);
        m_run.changes.push_back({liveStep(), change, status ? std::string() : status.error().text()});
        Q_EMIT changeLogged(m_run.changes.back());
    }
}

std::vector<Remark> RunController::notes() const
{
    std::vector<Remark> all = m_run.remarks;
    all.insert(all.end(), m_run.findings.begin(), m_run.findings.end());
    return all;
}

void RunController::acknowledge()
{
    if (m_run.state == RunState::Diverged)
        setState(RunState::Paused);
}

void RunController::takeBackChanges(const std::vector<LiveChange>& restored)
{
    const ChangePoint& point = *m_run.result.suspect;
    for (const LiveChange& change : restored)
        (void)m_run.shared->experiment->apply(change); // values that were in force before
    (void)m_run.shared->experiment->restore(point.state); // its own
    m_run.findings = m_run.shared->experiment->findings();
    std::erase_if(m_run.changes, [&](const LoggedChange& change) { return change.step >= point.step; });
    m_run.history.truncateAfter(point.step);
    if (liveStep() < point.step) {
        auto record = m_run.shared->experiment->observe();
        record.seconds = m_run.history.back().seconds;
        m_run.history.append(std::make_shared<const Record>(std::move(record)));
    }
    Q_EMIT advanced();
    setState(RunState::Paused);
}

Status RunController::branchFrom(std::size_t record)
{
    const RecordPtr from = m_run.history.share(record);
    stopWorker();
    auto fresh = std::make_shared<Shared>(); // the queue of the old one is closed
    fresh->experiment = std::move(m_run.shared->experiment);
    m_run.shared = std::move(fresh);
    auto status = m_run.shared->experiment->branchFrom(*from);
    if (status) {
        m_run.result = {};
        m_run.findings = m_run.shared->experiment->findings();
        std::erase_if(m_run.changes, [&](const LoggedChange& change) { return change.step >= from->step; });
        m_run.history.truncateAfter(from->step);
        Q_EMIT advanced();
    }
    setState(RunState::Paused);
    return status;
}

void RunController::startWorker()
{
    if (m_worker.joinable()) {
        setState(RunState::Running);
        return;
    }
    m_run.shared->control.setPace(m_pace);
    m_rateClock.start();
    m_rateStep = liveStep();
    m_worker = std::jthread([this, shared = m_run.shared, schedule = m_run.schedule, rule = m_run.rule,
                                before = m_run.history.back().seconds](const std::stop_token& stop) {
        // The only call that goes through Qt's event queue, and it carries nothing.
        const auto wake = [this] {
            QMetaObject::invokeMethod(
                this,
                [this] {
                    if (!m_frame.isActive()) // an even beat: the time since the last frame began counts
                        m_frame.start(std::max(0, m_frameInterval - static_cast<int>(m_frameClock.elapsed())));
                },
                Qt::QueuedConnection);
        };
        const RunSink sink {
            .record =
                [&](RecordPtr record) {
                    if (shared->queue.push(std::move(record), stop))
                        wake();
                },
            .change =
                [&](const LoggedChange& change) {
                    {
                        const std::scoped_lock lock(shared->mutex);
                        shared->changes.push_back(change);
                    }
                    wake();
                },
            .paused =
                [&](bool paused, std::int64_t) {
                    {
                        const std::scoped_lock lock(shared->mutex);
                        shared->paused = paused;
                    }
                    wake();
                },
            .found =
                [&](const Remark& finding) {
                    {
                        const std::scoped_lock lock(shared->mutex);
                        shared->findings.push_back(finding);
                    }
                    wake();
                },
        };
        RunResult result;
        try {
            result = fplab::run(*shared->experiment, schedule, rule, sink, shared->control, stop,
                {.observe = false, .seconds = before});
        } catch (const std::bad_alloc&) {
            result = {.outcome = Outcome::Stopped,
                .step = shared->experiment->stepIndex(),
                .reason = "there is not enough memory"};
            shared->control.pause();
        }
        {
            const std::scoped_lock lock(shared->mutex);
            shared->result = std::move(result);
        }
        wake();
    });
    setState(RunState::Running);
}

void RunController::stopWorker()
{
    if (m_worker.joinable()) {
        m_worker.request_stop();
        m_run.shared->queue.close();
        m_worker.join();
        m_worker = {};
    }
    m_frame.stop();
    m_drain.stop();
}

/// A training thread that the drawing takes the processor from in the middle of its work would have the others wait for
/// it all that time: it is told a moment before, and called back when the views have painted. Where the last frame was
/// not painted, in a window that nobody sees, there is nothing to make room for.
void RunController::beginFrame()
{
    m_frameClock.restart();
    const bool painted = std::exchange(m_painted, false);
    if (!m_yieldForFrames || !painted || m_run.state != RunState::Running) {
        drain();
        return;
    }
    setYielding(true);
    m_drain.start(1);
}

void RunController::endFrame()
{
    m_painted = true;
    if (m_yielding)
        m_yieldEnd.start(0);
}

void RunController::setYielding(bool on)
{
    constexpr int longest = 50; // milliseconds, if nothing is painted
    m_yielding = on;
    if (m_run.shared && m_run.shared->experiment)
        m_run.shared->experiment->setYielding(on);
    if (on)
        m_yieldEnd.start(longest);
}

std::optional<RunResult> RunController::takeIn()
{
    std::vector<LoggedChange> changes;
    std::vector<Remark> findings;
    std::optional<bool> paused;
    std::optional<RunResult> result;
    {
        const std::scoped_lock lock(m_run.shared->mutex);
        changes.swap(m_run.shared->changes);
        findings.swap(m_run.shared->findings);
        paused = std::exchange(m_run.shared->paused, std::nullopt);
        result = std::exchange(m_run.shared->result, std::nullopt);
    }
    const auto fresh = m_run.shared->queue.takeAll();
    for (const auto& record : fresh)
        if (record->step > liveStep())
            m_run.history.append(record);
    for (const auto& change : changes) {
        m_run.history.pin(change.step);
        m_run.changes.push_back(change);
        Q_EMIT changeLogged(change);
    }
    for (const auto& finding : findings) // a run that goes on says again what was found before
        if (std::ranges::find(m_run.findings, finding.id, &Remark::id) == m_run.findings.end()) {
            m_run.findings.push_back(finding);
            Q_EMIT found(finding);
        }
    if (m_rateClock.elapsed() > 500) {
        m_rate = static_cast<double>(liveStep() - m_rateStep) * 1000.0 / static_cast<double>(m_rateClock.restart());
        m_rateStep = liveStep();
    }
    if (!fresh.empty())
        Q_EMIT advanced();
    if (paused && !result) {
        if (*paused)
            m_rate = 0;
        setState(*paused ? RunState::Paused : RunState::Running);
    }
    return result;
}

void RunController::end(RunResult result)
{
    m_run.result = std::move(result);
    if (m_run.result.outcome != Outcome::Stopped)
        m_run.findings = m_run.result.findings; // with the latest numbers
    if (m_run.result.outcome == Outcome::Diverged && liveStep() > m_run.result.step) {
        m_run.history.truncateAfter(m_run.result.step);
        Q_EMIT advanced();
    }
    m_rate = 0;
    setState(m_run.result.outcome == Outcome::Diverged ? RunState::Diverged
            : m_run.result.outcome == Outcome::Stopped ? RunState::Paused
                                                       : RunState::Finished);
}

void RunController::drain()
{
    if (!m_run.shared)
        return;
    auto result = takeIn();
    if (!result)
        return;
    m_worker.join();
    m_worker = {};
    end(std::move(*result));
    if (m_run.result.outcome == Outcome::Stopped)
        Q_EMIT ranOutOfMemory();
}

void RunController::setState(RunState state)
{
    if (state == m_run.state)
        return;
    m_run.state = state;
    Q_EMIT stateChanged(state);
}

} // namespace fplab
