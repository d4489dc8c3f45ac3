#include "core/documents/crew.h"

#include <algorithm>

namespace fplab {

Crew::Crew(std::size_t foreground, std::chrono::milliseconds moment)
    : m_foregroundThreads(foreground)
    , m_moment(moment)
{
}

Crew::~Crew()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_closing = true;
        for (const Tasks* tasks : {&m_foreground, &m_background, &m_busy})
            for (const auto& task : *tasks)
                task->stop();
    }
    m_changed.notify_all();
    for (std::jthread& thread : m_threads)
        thread.join();
}

std::size_t Crew::busy(Priority priority) const
{
    const auto counted = [&](const auto& task) { return task->m_priority == priority; };
    return static_cast<std::size_t>(std::ranges::count_if(m_busy, counted));
}

void Crew::rest() { m_rested = Clock::now(); }

void Crew::call(const std::shared_ptr<Task>& task)
{
    Tasks node {task};
    {
        const std::scoped_lock lock(m_mutex);
        if (task->m_place == Task::Place::Busy)
            task->m_again = true;
        if (task->m_place != Task::Place::Away)
            return;
        const bool first = task->m_priority == Priority::Foreground;
        Tasks& waiting = first ? m_foreground : m_background;
        if (m_foreground.size() + m_background.size() >= m_idle && m_threads.size() <= m_foregroundThreads)
            m_threads.emplace_back([this] { work(); });
        if (foregroundRests())
            rest();
        task->m_place = Task::Place::Waiting;
        waiting.splice(waiting.end(), node);
        if (first)
            for (const auto& busy : m_busy)
                if (busy->m_priority == Priority::Background)
                    busy->hold(true);
    }
    m_changed.notify_all();
}

void Crew::takeOut(Task& task, Tasks& out)
{
    Tasks& waiting = task.m_priority == Priority::Foreground ? m_foreground : m_background;
    out.splice(out.end(), waiting, std::ranges::find(waiting, &task, &std::shared_ptr<Task>::get));
    task.m_place = Task::Place::Away;
    if (task.m_priority == Priority::Foreground && foregroundRests())
        rest();
}

void Crew::retract(Task& task)
{
    Tasks out;
    std::unique_lock lock(m_mutex);
    task.m_again = false;
    m_changed.wait(lock, [&] { return task.m_place != Task::Place::Busy; });
    if (task.m_place == Task::Place::Waiting) // it was held
        takeOut(task, out);
    lock.unlock();
    m_changed.notify_all();
}

void Crew::drop(Task& task)
{
    Tasks out;
    {
        const std::scoped_lock lock(m_mutex);
        task.m_dropped = true;
        task.stop();
        if (task.m_place == Task::Place::Waiting)
            takeOut(task, out);
    }
    m_changed.notify_all();
}

bool Crew::isAway(const Task& task) const
{
    const std::scoped_lock lock(m_mutex);
    return task.m_place == Task::Place::Away;
}

Crew::Tasks* Crew::nextTasks(Clock::time_point now)
{
    if (!m_foreground.empty() && busy(Priority::Foreground) < m_foregroundThreads)
        return &m_foreground;
    const bool mayGo = !m_background.empty() && foregroundRests() && busy(Priority::Background) == 0;
    return mayGo && now >= m_rested + m_moment ? &m_background : nullptr;
}

void Crew::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        Tasks* from = nullptr;
        ++m_idle;
        while (!m_closing && !(from = nextTasks(Clock::now()))) {
            if (!m_background.empty() && foregroundRests() && busy(Priority::Background) == 0)
                m_changed.wait_until(lock, m_rested + m_moment);
            else
                m_changed.wait(lock);
        }
        --m_idle;
        if (m_closing)
            return;
        Task& task = *from->front();
        const auto node = from->begin();
        m_busy.splice(m_busy.end(), *from, node);
        task.m_place = Task::Place::Busy;
        const bool first = task.m_priority == Priority::Foreground;
        if (!first)
            task.hold(false);
        lock.unlock();
        const bool held = task.go();
        lock.lock();
        Tasks over;
        if ((held || task.m_again) && !task.m_dropped) {
            Tasks& waiting = first ? m_foreground : m_background;
            waiting.splice(held ? waiting.begin() : waiting.end(), m_busy, node);
            task.m_place = Task::Place::Waiting;
            task.m_again = false;
        } else {
            over.splice(over.end(), m_busy, node);
            task.m_place = Task::Place::Away;
        }
        if (first && foregroundRests())
            rest();
        m_changed.notify_all();
        lock.unlock();
        over.clear(); // the last owner may be this
        lock.lock();
    }
}

} // namespace fplab
