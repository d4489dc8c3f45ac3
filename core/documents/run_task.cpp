#include "core/documents/run_task.h"

#include <new>

namespace fplab {

RunTask::RunTask(Priority priority, Waker& waker, Maker maker)
    : Task(priority)
    , m_waker(waker)
    , m_maker(std::move(maker))
{
}

RunTask::RunTask(Priority priority, Waker& waker, std::unique_ptr<Experiment> experiment)
    : Task(priority)
    , m_waker(waker)
    , m_experiment(std::move(experiment))
{
}

template <class Change> void RunTask::send(Change&& change)
{
    {
        const std::scoped_lock lock(m_mutex);
        change();
    }
    m_waker.wake();
}

RunTask::Made RunTask::look(Experiment& experiment, RecordPtr first)
{
    return {.channels {experiment.channels().begin(), experiment.channels().end()},
        .remarks {experiment.remarks().begin(), experiment.remarks().end()},
        .busyThreads = experiment.busyThreads(),
        .first = first ? std::move(first) : std::make_shared<const Record>(experiment.observe())};
}

void RunTask::begin(const Begin& begin)
{
    const std::scoped_lock lock(m_mutex);
    m_begin = begin;
}

RunTask::Arrived RunTask::takeAll()
{
    Arrived arrived;
    {
        const std::scoped_lock lock(m_mutex);
        arrived = std::exchange(m_arrived, {});
    }
    arrived.records = m_queue.takeAll(); // after it: all that was recorded before a result is there
    return arrived;
}

bool RunTask::go() noexcept
{
    const std::stop_token stop = m_stop.get_token();
    if (m_maker && !stop.stop_requested())
        make(stop);
    if (!m_experiment || stop.stop_requested())
        return false;
    return train(stop);
}

void RunTask::make(const std::stop_token& stop)
{
    try {
        auto made = m_maker(stop);
        if (stop.stop_requested())
            return;
        m_maker = {};
        if (!made) {
            send([&] { m_arrived.made = made.error(); });
            return;
        }
        Made seen = look(**made);
        m_experiment = std::move(made).value();
        send([&] { m_arrived.made = std::move(seen); });
    } catch (const std::bad_alloc&) {
        m_maker = {};
        send([&] { m_arrived.outOfMemory = true; });
    }
}

/// True if it was held.
bool RunTask::train(const std::stop_token& stop)
{
    try {
        std::optional<Begin> begin;
        {
            const std::scoped_lock lock(m_mutex);
            begin = std::exchange(m_begin, std::nullopt);
        }
        if (begin)
            m_loop = std::make_unique<RunLoop>(*m_experiment, begin->schedule, begin->rule, sink(), m_control,
                RunStart {.observe = false, .seconds = begin->seconds});
        if (!m_loop)
            return false;
        auto result = m_loop->goOn(stop);
        if (!result)
            return m_loop->isHeld();
        end(std::move(*result), false);
    } catch (const std::bad_alloc&) {
        m_control.pause();
        end({.outcome = Outcome::Stopped, .step = m_experiment->stepIndex()}, true);
    }
    return false;
}

void RunTask::end(RunResult result, bool outOfMemory)
{
    m_loop.reset();
    send([&] {
        m_arrived.result = std::move(result);
        m_arrived.outOfMemory = outOfMemory;
    });
}

void RunTask::halt()
{
    if (m_experiment)
        (void)train(m_stop.get_token());
    m_begin.reset();
    m_stop = std::stop_source();
}

RunSink RunTask::sink()
{
    return {
        .record =
            [this](RecordPtr record) {
                if (m_queue.push(std::move(record), m_stop.get_token()))
                    m_waker.wake();
            },
        .change = [this](const LoggedChange& change) { send([&] { m_arrived.changes.push_back(change); }); },
        .paused = [this](bool paused, std::int64_t) { send([&] { m_arrived.paused = paused; }); },
        .found = [this](const Remark& finding) { send([&] { m_arrived.findings.push_back(finding); }); },
    };
}

} // namespace fplab
