#include "core/documents/runner.h"

#include "core/documents/job_task.h"

#include <algorithm>
#include <utility>

namespace fplab {

Runner::Runner(std::function<void()> wake, std::chrono::milliseconds moment, std::size_t threads)
    : m_waker(std::move(wake))
    , m_crew(threads, moment)
{
}

Runner::~Runner() = default;

std::unique_ptr<LiveRun> Runner::add(
    RunDocument document, std::unique_ptr<Experiment> experiment, RecordPtr first, Priority priority)
{
    RunTask::Made made = RunTask::look(*experiment, std::move(first));
    std::unique_ptr<LiveRun> run(new LiveRun(*this, std::make_shared<RunDocument>(std::move(document)),
        std::make_shared<RunTask>(priority, m_waker, std::move(experiment))));
    run->take(std::move(made));
    return run;
}

std::unique_ptr<LiveRun> Runner::begin(RunDocument document, Maker maker, Priority priority)
{
    std::unique_ptr<LiveRun> run(new LiveRun(*this, std::make_shared<RunDocument>(std::move(document)),
        std::make_shared<RunTask>(priority, m_waker, std::move(maker))));
    m_crew.call(run->m_task);
    return run;
}

std::unique_ptr<LiveRun> Runner::begin(RunDocument document, const ExecutionOptions& options, Priority priority)
{
    auto maker = [spec = document.spec, options](const std::stop_token&) { return makeExperiment(spec, options); };
    return begin(std::move(document), std::move(maker), priority);
}

std::unique_ptr<Job> Runner::start(Job::Work work, Priority priority)
{
    std::unique_ptr<Job> job(new Job(*this, std::make_shared<JobTask>(priority, m_waker, std::move(work))));
    m_crew.call(job->m_task);
    return job;
}

Job* Runner::jobOf(const JobTask& task) const
{
    const auto found = std::ranges::find_if(m_jobs, [&](const Job* job) { return job->m_task.get() == &task; });
    return found == m_jobs.end() ? nullptr : *found;
}

std::vector<RunNews> Runner::drain()
{
    m_waker.looks();
    std::vector<RunNews> news;
    for (LiveRun* run : m_runs) {
        run->takeIn();
        if (run->m_news.any())
            news.push_back(run->takeNews());
    }
    std::vector<std::shared_ptr<JobTask>> tasks;
    for (const Job* job : m_jobs)
        tasks.push_back(job->m_task);
    for (const auto& task : tasks) {
        const auto arrived = task->takeAll();
        if (Job* job = jobOf(*task))
            job->m_over = job->m_over || arrived.over;
        for (const Job::Word& word : arrived.words)
            if (jobOf(*task)) // a word may give one up, or start another
                word();
    }
    return news;
}

} // namespace fplab
