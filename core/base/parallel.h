#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace fplab {

/// A small pool for fork-join work. The caller takes part, so a pool of 1 starts no thread at all. Who waits looks
/// again and again for some microseconds before it sleeps: rounds of a training step follow each other sooner than
/// that. Nobody holds a lock: a thread that has to wait for one sleeps longer than a small task takes.
///
/// Tasks are cut by the caller into a number that does not depend on the number of threads; as long as each task
/// writes to its own place, results have the same bits for every pool size.
class ThreadPool {
public:
    /// `threads` >= 1, the calling thread included; values below 1 count as 1.
    explicit ThreadPool(int threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    [[nodiscard]] int threads() const { return static_cast<int>(m_workers.size()) + 1; }

    /// A task gets its index and the number of its thread, 0 (the caller) to threads() - 1, to find scratch of its own.
    using Task = std::function<void(std::size_t index, std::size_t thread)>;
    /// Calls task(0) ... task(count - 1), each once, in any order on any thread; returns when all are done.
    /// Called from one thread at a time, with fewer than 2^32 tasks. `task` must not throw.
    void run(std::size_t count, const Task& task);

    /// While on, the threads of the pool take no further tasks: the caller of run() does what is left of a round, and
    /// the processors of the others are free. From any thread, at any time.
    void setYielding(bool on);

private:
    void work(std::size_t thread);
    /// Takes tasks of the round as long as there are any; false if it left some because it yields.
    bool takeTasks(std::size_t thread);

    const Task* m_task = nullptr; ///< of who has taken an index from m_ticket
    /// The number of tasks in the upper half and the next one in the lower: who moves it on by one has that task.
    std::atomic<std::uint64_t> m_ticket = 0;
    std::atomic<std::uint32_t> m_finished = 0; ///< tasks of the round
    std::atomic<std::uint32_t> m_round = 0; ///< another number: there are tasks, or the end
    std::atomic<bool> m_yielding = false, m_stopping = false;
    std::vector<std::jthread> m_workers;
};

} // namespace fplab
