#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace fplab {

enum class Priority {
    Foreground, ///< at once, as far as there are threads
    Background, ///< one after the other, while nothing in the foreground has a turn
};

/// Something that is done in turns on the threads of a Crew, one turn at a time.
class Task {
public:
    explicit Task(Priority priority)
        : m_priority(priority)
    {
    }
    virtual ~Task() = default;

    /// One turn, on a thread of the crew. True if it was broken off by hold(), and wants to go on.
    virtual bool go() noexcept = 0;
    /// From any thread: while on, a turn is to end soon.
    virtual void hold(bool on) = 0;
    /// From any thread: a turn is to end soon, and for good.
    virtual void stop() = 0;

private:
    friend class Crew;
    const Priority m_priority;
    enum class Place { Away, Waiting, Busy } m_place = Place::Away;
    bool m_again = false; ///< called while it was busy
    bool m_dropped = false;
};

/// A small number of threads for any number of tasks. Its public functions are called from one thread.
class Crew {
public:
    /// `foreground`: so many tasks at a time; one more thread is for the background, which waits for this `moment` from
    /// when it may go on: a step or a quick restart in the foreground is not disturbed.
    Crew(std::size_t foreground, std::chrono::milliseconds moment);
    /// Asks all tasks to stop, then waits for those that are busy.
    ~Crew();

    /// Gives the task a turn, after those that wait already; another one if it is busy.
    void call(const std::shared_ptr<Task>& task);
    /// Takes it out of those that wait, or waits for the end of its turn if it is busy. Nobody uses the task then but
    /// the caller, until the next call().
    void retract(Task& task);
    /// Asks it to stop and forgets it; where it is busy, it is let go of at the end of its turn.
    void drop(Task& task);
    /// Whether it neither waits nor is busy.
    [[nodiscard]] bool isAway(const Task& task) const;

private:
    using Clock = std::chrono::steady_clock;
    using Tasks = std::list<std::shared_ptr<Task>>; ///< spliced, so that a turn allocates nothing

    void work();
    [[nodiscard]] Tasks* nextTasks(Clock::time_point now); ///< that a turn may be taken from
    [[nodiscard]] std::size_t busy(Priority priority) const;
    [[nodiscard]] bool foregroundRests() const { return m_foreground.empty() && busy(Priority::Foreground) == 0; }
    void takeOut(Task& task, Tasks& out);
    void rest(); ///< the moment begins

    const std::size_t m_foregroundThreads;
    const std::chrono::milliseconds m_moment;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    Tasks m_foreground, m_background, m_busy;
    Clock::time_point m_rested;
    std::size_t m_idle = 0; ///< threads
    bool m_closing = false;
    std::vector<std::jthread> m_threads;
};

} // namespace fplab
