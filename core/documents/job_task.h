#pragma once

#include "core/documents/job.h"
#include "core/documents/run_task.h"

#include <mutex>
#include <vector>

namespace fplab {

/// What the threads have of a Job.
class JobTask final : public Task {
public:
    /// `waker` must outlive this.
    JobTask(Priority priority, Waker& waker, Job::Work work);

    struct Arrived {
        std::vector<Job::Word> words;
        bool over = false; ///< the last of them is the last
    };
    [[nodiscard]] Arrived takeAll(); ///< the reader

    bool go() noexcept override;
    void hold(bool) override { } ///< it is not divided into turns
    void stop() override { m_stop.request_stop(); }

private:
    void say(Job::Word word, bool last);

    Waker& m_waker;
    Job::Work m_work;
    std::stop_source m_stop;
    std::mutex m_mutex;
    Arrived m_arrived;
};

} // namespace fplab
