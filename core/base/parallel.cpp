#include "core/base/parallel.h"

#include <algorithm>
#include <cassert>
#include <exception>

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
    m_workers.reserve(std::size_t(std::max(threads - 1, 0)));
    try {
        for (int i = 1; i < threads; ++i)
            m_workers.emplace_back([this, i] { work(std::size_t(i)); });
    } catch (const std::exception&) { // no more threads, or memory for one: those that are there do the work
    }
}

ThreadPool::~ThreadPool()
{
    m_stopping = true;
    setYielding(false);
    ++m_round;
    m_round.notify_all();
}

void ThreadPool::run(std::size_t count, const Task& task)
{
    if (m_workers.empty() || count < 2) {
        for (std::size_t i = 0; i < count; ++i)
            task(i, 0);
        return;
    }
    assert(count < 1ULL << 32);
    m_task = &task;
    m_finished = 0;
    m_ticket = std::uint64_t(count) << 32;
    ++m_round;
    m_round.notify_all();
    takeTasks(0);
    const auto finished = [&] { return m_finished == count; };
    lookFor(finished);
    while (!finished())
        if (const std::uint32_t before = m_finished; before != count)
            m_finished.wait(before);
}

void ThreadPool::work(std::size_t thread)
{
    for (std::uint32_t seen = 0; !m_stopping;) {
        lookFor([&] { return m_round != seen; });
        m_round.wait(seen);
        seen = m_round;
        while (!takeTasks(thread))
            m_yielding.wait(true);
    }
}

void ThreadPool::setYielding(bool on)
{
    m_yielding = on;
    if (!on)
        m_yielding.notify_all();
}

/// A thread that comes late finds the tasks of a later round, or none: what it reads before it takes one is in the
/// ticket itself.
bool ThreadPool::takeTasks(std::size_t thread)
{
    std::uint64_t ticket = m_ticket;
    while (true) {
        const std::uint64_t count = ticket >> 32, index = ticket & 0xffffffff;
        if (index == count)
            return true;
        if (thread > 0 && m_yielding)
            return false;
        if (!m_ticket.compare_exchange_weak(ticket, ticket + 1))
            continue;
        (*m_task)(index, thread);
        if (++m_finished == count)
            m_finished.notify_one();
        ticket = m_ticket;
    }
}

} // namespace fplab
