#pragma once

#include "core/documents/crew.h"
#include "core/documents/job.h"
#include "core/documents/live_run.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace fplab {

/// Drives any number of runs, and other work, on a few threads. Used by one thread, the reader; what the others have
/// done reaches the documents when it drains. Goes after its runs and jobs: it asks them to stop, then waits for the
/// steps that are done.
///
/// A run that rests takes no thread. Those in the foreground come at once as far as there are threads, in the
/// background one after the other, whole, and only from a moment after the foreground has come to rest; they break off
/// when it goes on.
class Runner {
public:
    static constexpr std::chrono::milliseconds usualMoment {300};
    static constexpr std::size_t usualThreads = 2; ///< for a run on screen and one more thing

    /// `wake` is called from any thread, once until the next drain(): there is something to be drained.
    explicit Runner(
        std::function<void()> wake, std::chrono::milliseconds moment = usualMoment, std::size_t threads = usualThreads);
    Runner(const Runner&) = delete;
    ~Runner();

    /// A run that is Ready, with the record of step 0: `first` if it was observed already. `document` says what it is
    /// of: spec, record and rule.
    [[nodiscard]] std::unique_ptr<LiveRun> add(RunDocument document, std::unique_ptr<Experiment> experiment,
        RecordPtr first = {}, Priority priority = Priority::Foreground);
    /// A run that is made by a thread when it is its turn; Empty until then.
    [[nodiscard]] std::unique_ptr<LiveRun> begin(
        RunDocument document, Maker maker, Priority priority = Priority::Foreground);
    /// The experiment of document.spec.
    [[nodiscard]] std::unique_ptr<LiveRun> begin(
        RunDocument document, const ExecutionOptions& options, Priority priority = Priority::Foreground);
    /// Other work, e.g. an estimate.
    [[nodiscard]] std::unique_ptr<Job> start(Job::Work work, Priority priority = Priority::Foreground);

    /// Takes in all that the threads have sent: what the runs recorded goes into their documents, then the words of the
    /// jobs are called. The value says which documents have changed, in the order in which their runs were begun.
    [[nodiscard]] std::vector<RunNews> drain();

private:
    friend class LiveRun;
    friend class Job;
    [[nodiscard]] Job* jobOf(const JobTask& task) const; ///< null once it was given up

    Waker m_waker;
    std::vector<LiveRun*> m_runs;
    std::vector<Job*> m_jobs;
    Crew m_crew; ///< last: its threads use the rest
};

} // namespace fplab
