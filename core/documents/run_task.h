#pragma once

#include "core/documents/crew.h"
#include "core/run/record_queue.h"
#include "core/run/run.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace fplab {

/// Makes the experiment of a run, on a thread of the runner; what it returns after `stop` was requested is not used.
using Maker = std::function<Result<std::unique_ptr<Experiment>>(const std::stop_token& stop)>;

/// Calls the reader, from any thread, once until it looks.
class Waker {
public:
    explicit Waker(std::function<void()> wake)
        : m_wake(std::move(wake))
    {
    }
    void wake()
    {
        if (!m_woken.exchange(true))
            m_wake();
    }
    void looks() { m_woken = false; } ///< the reader, before it takes what there is

private:
    const std::function<void()> m_wake;
    std::atomic<bool> m_woken = false;
};

/// What the threads have of one run: makes its experiment, trains it, sends what it records. Together with RecordQueue
/// and RunControl the only place where threads meet. Functions are called by the reader where nothing else is said.
class RunTask final : public Task {
public:
    /// `waker` must outlive this.
    RunTask(Priority priority, Waker& waker, Maker maker);
    RunTask(Priority priority, Waker& waker, std::unique_ptr<Experiment> experiment);

    /// What a run begins with.
    struct Made {
        std::vector<Channel> channels;
        std::vector<Remark> remarks;
        int busyThreads = 1;
        RecordPtr first;
    };
    /// Looks at an experiment, which takes a while where it is large and not observed yet.
    [[nodiscard]] static Made look(Experiment& experiment, RecordPtr first = {});

    struct Begin {
        Schedule schedule = Schedule::every(1);
        StopRule rule;
        double seconds = 0; ///< training time that went before
    };
    /// From the next turn on it trains, once it is made. Precondition: it does not train.
    void begin(const Begin& begin);

    struct Arrived {
        std::optional<Result<Made>> made;
        std::vector<RecordPtr> records;
        std::vector<LoggedChange> changes;
        std::vector<Remark> findings;
        std::optional<bool> paused; ///< it went to sleep (true) or on (false) since the last look
        std::optional<RunResult> result; ///< it does not train any more
        bool outOfMemory = false; ///< that is why
    };
    [[nodiscard]] Arrived takeAll();
    /// Ends a training that has begun, with what was not recorded of it. Precondition: stop() was called, and the task
    /// is retracted.
    void halt();

    /// The reader's between result or halt() and begin(), else only for setYielding(). Precondition: it is made.
    [[nodiscard]] Experiment& experiment() const { return *m_experiment; }
    [[nodiscard]] RunControl& control() { return m_control; }

    // On a thread of the crew.
    bool go() noexcept override;
    void hold(bool on) override { m_control.hold(on); }
    void stop() override { m_stop.request_stop(); }

private:
    void make(const std::stop_token& stop);
    bool train(const std::stop_token& stop);
    void end(RunResult result, bool outOfMemory);
    [[nodiscard]] RunSink sink();
    template <class Change> void send(Change&& change); ///< changes m_arrived

    Waker& m_waker;
    Maker m_maker; ///< empty once it has made one or failed
    std::unique_ptr<Experiment> m_experiment;
    RecordQueue m_queue;
    RunControl m_control;
    std::stop_source m_stop;

    std::mutex m_mutex; ///< for what follows
    Arrived m_arrived; ///< but for its records
    std::optional<Begin> m_begin;

    std::unique_ptr<RunLoop> m_loop; ///< while it trains; last: it uses the rest
};

} // namespace fplab
