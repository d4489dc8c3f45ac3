#pragma once

#include "core/documents/crew.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace fplab {

class Runner;
class JobTask;

/// Work of a Runner that is no run, in the hand of its owner: when this goes, it is asked to stop and what it still
/// says is not heard.
class Job {
public:
    using Word = std::function<void()>; ///< called on the reader's thread, by Runner::drain()
    using Say = std::function<void(Word)>;
    /// Called on a thread of the runner; the word that it returns is its last, before which isRunning() becomes false
    /// (with words that were said shortly before, already at these). Without memory (std::bad_alloc) it just ends.
    using Work = std::function<Word(const Say& say, const std::stop_token& stop)>;

    Job(const Job&) = delete;
    ~Job();

    [[nodiscard]] bool isRunning() const { return !m_over; }

private:
    friend class Runner;
    Job(Runner& runner, std::shared_ptr<JobTask> task);

    Runner& m_runner;
    const std::shared_ptr<JobTask> m_task;
    bool m_over = false;
};

} // namespace fplab
