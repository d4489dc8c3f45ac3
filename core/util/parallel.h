#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace fplab {

/// A small pool for fork-join work. The caller takes part, so a pool of 1 starts no thread at all. Who waits looks
/// again and again for some microseconds before it sleeps: rounds of a training step follow each other sooner than
/// that.
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
    /// Called from one thread at a time. `task` must not throw.
    void run(std::size_t count, const Task& task);

private:
    void work(std::stop_token stop, std::size_t thread);
    /// With m_mutex held by `lock` on entry and on return; released while a task runs.
    void takeTasks(std::unique_lock<std::mutex>& lock, std::size_t thread);

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::condition_variable m_done;
    const Task* m_task = nullptr;
    std::size_t m_count = 0;
    std::size_t m_next = 0;
    std::atomic<std::size_t> m_finished = 0; ///< written with m_mutex held, like m_round
    std::atomic<std::uint64_t> m_round = 0;
    std::vector<std::jthread> m_workers; ///< last: stops and joins before the rest goes
};

} // namespace fplab
