#include "core/documents/job.h"

#include "core/documents/job_task.h"
#include "core/documents/runner.h"

#include <new>
#include <utility>

namespace fplab {

JobTask::JobTask(Priority priority, Waker& waker, Job::Work work)
    : Task(priority)
    , m_waker(waker)
    , m_work(std::move(work))
{
}

void JobTask::say(Job::Word word, bool last)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_arrived.over = last;
        if (word)
            m_arrived.words.push_back(std::move(word));
    }
    m_waker.wake();
}

JobTask::Arrived JobTask::takeAll()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_arrived, {});
}

bool JobTask::go() noexcept
{
    try {
        say(m_work([this](Job::Word word) { say(std::move(word), false); }, m_stop.get_token()), true);
    } catch (const std::bad_alloc&) {
        say({}, true);
    }
    m_work = {};
    return false;
}

Job::Job(Runner& runner, std::shared_ptr<JobTask> task)
    : m_runner(runner)
    , m_task(std::move(task))
{
    m_runner.m_jobs.push_back(this);
}

Job::~Job()
{
    std::erase(m_runner.m_jobs, this);
    m_runner.m_crew.drop(*m_task);
}

} // namespace fplab
