#pragma once

#include "core/fields/hint.h"
#include "core/run/experiment.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

namespace fplab {

/// How fast steps are shown. Never changes the numbers.
struct Pace {
    enum class Kind {
        Demo, ///< logarithmic time: step s(t) = (S+1)^(t/T) - 1 after t seconds, S = the last step, T = `seconds`
        Steady, ///< `stepsPerSecond`
        Max, ///< as fast as the computer can
    };
    Kind kind = Kind::Max;
    double seconds = 10;
    double stepsPerSecond = 200;
    bool operator==(const Pace&) const = default;
};

/// Seconds after the (paced) start of a run at which `step` is due; `lastStep` is the S of Pace::Kind::Demo.
[[nodiscard]] double dueTime(const Pace& pace, std::int64_t step, std::int64_t lastStep);

/// When a run ends by itself; 0 switches `loss` and `seconds` off.
struct StopRule {
    std::int64_t steps = 2000;
    double loss = 0; ///< ends when the training loss falls below
    double seconds = 0; ///< training time
    bool operator==(const StopRule&) const = default;
};

template <FieldsOf<StopRule> S, class V> void visitFields(S& s, V&& v)
{
    const auto live = Effect::Live;
    v("steps", s.steps,
        Hint {"Steps", "Optimizer updates until the run ends.", 1, 1e9, live}
            .logScale()
            .slider(100, 100000)
            .as(Meaning::LastStep));
    v("loss", s.loss,
        Hint {"Stop at loss", "Ends the run when the training loss falls below; 0 is off.", 0, 1e12, live}
            .underMore()
            .zeroIs("off")
            .as(Meaning::LossGoal));
    v("seconds", s.seconds,
        Hint {"Stop after", "Ends the run after this training time; 0 is off.", 0, 1e9, live}
            .in("s")
            .underMore()
            .zeroIs("off")
            .as(Meaning::TimeLimit));
}

/// What the window asks of a run that is going on: pause, single steps, pace, live changes. Both threads may call it.
class RunControl {
public:
    void pause();
    void resume();
    [[nodiscard]] bool paused() const;
    /// Does `count` steps, records the last of them and pauses again.
    void stepBy(std::int64_t count);
    /// Goes on to the next step of the recording schedule and pauses again.
    void stepToRecord();
    void setPace(const Pace& pace);
    void setStopRule(const StopRule& rule);
    /// Queued; applied together before the next step, also while paused, and reported to RunSink::change.
    void post(const std::vector<LiveChange>& changes);
    /// While on, the run does no step, whatever else is asked: others go first. It is not paused by that.
    void hold(bool on);
    /// Whether something was asked that the run has not looked at yet.
    [[nodiscard]] bool wantsAttention() const { return m_attention.load(std::memory_order_acquire); }
    /// Waits until something is asked, or `stop` is requested.
    void waitForAttention(const std::stop_token& stop);

private:
    friend class RunSteps;
    void touch(); ///< m_mutex held

    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::atomic<bool> m_attention {true}; ///< something below has changed; lets the loop look without locking
    bool m_paused = false, m_held = false;
    std::int64_t m_allowance = 0; ///< single steps still to do while paused
    bool m_toRecord = false;
    Pace m_pace;
    std::optional<StopRule> m_rule;
    std::vector<LiveChange> m_changes;
};

} // namespace fplab
