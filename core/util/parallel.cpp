#include "core/util/parallel.h"

#include <system_error>

namespace fplab {

namespace {

/// Waits for `ready()`, but not long: about 20 microseconds.
template <class Ready> void lookFor(Ready&& ready)
{
    for (int i = 0; i < 1000 && !ready(); ++i) {
#if defined(__x86_64__)
        __builtin_ia32_pause();
#else
        std::this_thread::yield();
#endif
    }
}

} // namespace

ThreadPool::ThreadPool(int threads)
{
    try {
        for (int i = 1; i < threads; ++i)
            m_workers.emplace_back([this, i](std::stop_token stop) { work(std::move(stop), std::size_t(i)); });
    } catch (const std::system_error&) { // no more threads on this computer: those that are there do the work
    }
}

ThreadPool::~ThreadPool() = default;

void ThreadPool::run(std::size_t count, const Task& task)
{
    if (m_workers.empty() || count < 2) {
        for (std::size_t i = 0; i < count; ++i)
            task(i, 0);
        return;
    }
    std::unique_lock lock(m_mutex);
    m_task = &task;
    m_count = count;
    m_next = 0;
    m_finished = 0;
    ++m_round;
    m_wake.notify_all();
    takeTasks(lock, 0);
    lock.unlock();
    lookFor([&] { return m_finished == count; });
    lock.lock();
    m_done.wait(lock, [&] { return m_finished == m_count; });
    m_task = nullptr;
}

void ThreadPool::work(std::stop_token stop, std::size_t thread)
{
    std::unique_lock lock(m_mutex);
    std::uint64_t seen = 0;
    while (m_wake.wait(lock, stop, [&] { return m_round != seen; })) {
        seen = m_round;
        takeTasks(lock, thread);
        lock.unlock();
        lookFor([&] { return m_round != seen || stop.stop_requested(); });
        lock.lock();
    }
}

void ThreadPool::takeTasks(std::unique_lock<std::mutex>& lock, std::size_t thread)
{
    while (m_next < m_count) {
        const std::size_t index = m_next++;
        const auto& task = *m_task;
        lock.unlock();
        task(index, thread);
        lock.lock();
        if (++m_finished == m_count)
            m_done.notify_one();
    }
}

} // namespace fplab
