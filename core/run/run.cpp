#include "core/run/run.h"

#include "core/base/number_text.h"

#include <cassert>
#include <chrono>
#include <cmath>
#include <deque>
#include <limits>
#include <utility>

namespace fplab {

const char* outcomeId(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Finished:
        return "finished";
    case Outcome::Ended:
        return "ended";
    case Outcome::Stopped:
        return "stopped";
    case Outcome::Diverged:
        return "diverged";
    }
    return "";
}

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t soon = 200; ///< steps: a divergence this close behind a live change is put down to it

/// Tells a training that left all bounds from one that is merely bad. The rule stands in run.h.
class ExplosionGuard {
public:
    [[nodiscard]] bool isBad(double loss)
    {
        if (!std::isfinite(loss)) {
            m_complaint = "the loss became infinite or not a number";
            return true;
        }
        if (std::isnan(m_first))
            m_first = loss;
        if (loss > 1e4 * std::abs(m_first) && loss > 1e4 * std::abs(m_best) && loss > 1e3) {
            m_complaint = "the loss exploded";
            return true;
        }
        m_best = std::min(m_best, loss);
        return false;
    }
    [[nodiscard]] bool areBadParameters(double largest)
    {
        if (largest <= 1e8)
            return false;
        m_complaint
            = std::isfinite(largest) ? "a weight exceeded 100 million" : "a weight became infinite or not a number";
        return true;
    }

    [[nodiscard]] const char* complaint() const { return m_complaint; }

private:
    const char* m_complaint = "";
    double m_first = std::numeric_limits<double>::quiet_NaN();
    double m_best = std::numeric_limits<double>::infinity();
};

} // namespace

/// What RunLoop goes on with.
class RunSteps {
public:
    RunSteps(Experiment& experiment, const Schedule& schedule, const StopRule& rule, RunSink sink, RunControl& control,
        RunStart start)
        : m_experiment(experiment)
        , m_schedule(schedule)
        , m_rule(rule)
        , m_sink(std::move(sink))
        , m_control(control)
        , m_step(experiment.stepIndex())
        , m_nextRecord(schedule.next(m_step))
        , m_observeFirst(start.observe)
        , m_seconds(start.seconds)
    {
        const auto channels = experiment.channels();
        for (std::size_t i = 0; i < channels.size(); ++i)
            if (channels[i].role == Role::TrainLoss)
                m_lossChannel = static_cast<int>(i);
    }

    std::optional<RunResult> goOn(const std::stop_token& stop)
    {
        if (!std::exchange(m_begun, true)) {
            m_resumed = Clock::now();
            keepState();
            if (!m_observeFirst)
                m_recorded = m_step;
            else if (!record())
                return diverge(m_step);
        }
        for (;;) {
            if (const bool maySimplyStep = m_pace.kind == Pace::Kind::Max && !m_paused && !m_held;
                (m_control.wantsAttention() || !maySimplyStep) && !attend(stop))
                return std::nullopt;
            if (stop.stop_requested())
                return stopped();
            if (auto end = m_experiment.end())
                return finish(std::move(*end));
            if (m_rule.loss > 0 && m_step > 0 && m_experiment.lastLoss() < m_rule.loss)
                return finish({true, lossAndGoal(m_experiment.lastLoss())});
            if (m_step >= m_rule.steps)
                return finishHere({}, "the last step was reached");
            if (m_rule.seconds > 0 && seconds() >= m_rule.seconds) {
                const std::string limit = "the time limit of " + formatRounded(m_rule.seconds, 4) + " s was reached";
                return finishHere(limit + ": ", limit);
            }

            const std::int64_t done = m_experiment.advance(stepsAtOnce());
            m_step += done;
            if (m_guard.isBad(m_experiment.lastLoss()))
                return diverge(m_step - 1);
            if (m_guard.areBadParameters(m_experiment.largestParameter()))
                return diverge(m_step);
            m_allowance = std::max<std::int64_t>(0, m_allowance - done);
            const bool scheduled = m_step >= m_nextRecord || m_experiment.notable();
            if (scheduled) {
                if (!record())
                    return diverge(m_step);
                m_nextRecord = m_schedule.next(m_step);
            }
            if (m_toRecord && scheduled)
                m_toRecord = false;
            if (m_step >= m_nextState)
                keepStateNowAndThen();
        }
    }

    [[nodiscard]] bool isHeld() const { return m_restsHeld; }

private:
    /// How far the experiment may go before this loop must look again.
    [[nodiscard]] std::int64_t stepsAtOnce() const
    {
        std::int64_t most = std::min(m_nextRecord, m_rule.steps) - m_step;
        if (m_allowance > 0)
            most = std::min(most, m_allowance);
        if (m_pace.kind != Pace::Kind::Max) // what becomes due within a few milliseconds
            most = std::min(
                most, m_pace.kind == Pace::Kind::Demo ? m_step / 256 : std::int64_t(m_pace.stepsPerSecond / 256));
        return std::max<std::int64_t>(1, most);
    }

    /// Takes changes in; waits while ahead of the pace. True when a step may be done or `stop` is requested, false
    /// where the run rests.
    bool attend(const std::stop_token& stop)
    {
        std::unique_lock lock(m_control.m_mutex);
        while (!stop.stop_requested()) {
            takeRequests(lock);
            const bool mayStep = !m_paused || m_allowance > 0 || m_toRecord;
            m_restsHeld = mayStep && m_held;
            if (m_restsHeld) {
                lock.unlock();
                stopClock();
                return false;
            }
            if (mayStep && !m_paused) {
                const auto due = m_paceStart
                    + std::chrono::duration_cast<Clock::duration>(
                        std::chrono::duration<double>(dueTime(m_pace, m_step + 1, m_rule.steps) - m_paceOffset));
                if (m_pace.kind == Pace::Kind::Max || Clock::now() + std::chrono::milliseconds(1) >= due)
                    break;
                stopClock();
                m_control.m_changed.wait_until(lock, stop, due, [this] { return m_control.m_attention.load(); });
                continue;
            }
            if (mayStep)
                break;
            lock.unlock();
            if (m_sleeping)
                return false;
            if (m_recorded != m_step)
                record();
            stopClock();
            report(true);
            m_sleeping = true;
            lock.lock();
        }
        lock.unlock();
        if (std::exchange(m_sleeping, false) && !stop.stop_requested())
            report(false);
        startClock();
        return true;
    }

    void takeRequests(std::unique_lock<std::mutex>& lock)
    {
        if (!m_control.m_attention.exchange(false))
            return;
        const bool wasHalted = m_paused || m_held;
        m_paused = m_control.m_paused;
        m_held = m_control.m_held;
        m_allowance += std::exchange(m_control.m_allowance, 0);
        m_toRecord = (m_toRecord || std::exchange(m_control.m_toRecord, false)) && m_paused;
        if (!m_paused)
            m_allowance = 0;
        if (m_control.m_rule)
            m_rule = *std::exchange(m_control.m_rule, std::nullopt);
        if (m_pace != m_control.m_pace || wasHalted != (m_paused || m_held)) {
            m_pace = m_control.m_pace;
            m_paceStart = Clock::now();
            m_paceOffset = dueTime(m_pace, m_step, m_rule.steps);
        }
        const auto changes = std::exchange(m_control.m_changes, {});
        lock.unlock();
        if (!changes.empty())
            beginChanges();
        for (const auto& change : changes) {
            const auto status = m_experiment.apply(change);
            if (m_sink.change)
                m_sink.change({m_step, change, status ? std::string() : status.error().text()});
        }
        if (!changes.empty())
            keepState(); // going back never crosses a change
        lock.lock();
    }

    /// Another loss may be of another size, and a change may be what makes the training diverge.
    void beginChanges()
    {
        m_guard = {};
        if (!m_suspect || m_step > m_latestChange + soon)
            m_suspect = {m_step, m_experiment.state()};
        m_latestChange = m_step;
    }

    /// False when the training loss turned out bad; such a record is not handed on (but for the very first).
    bool record()
    {
        const bool wasTicking = m_ticking;
        stopClock(); // looking is not training
        Record record = m_experiment.observe();
        if (wasTicking)
            startClock();
        record.step = m_step;
        record.seconds = m_seconds;
        const bool bad
            = m_lossChannel >= 0 && m_guard.isBad(record.samples[static_cast<std::size_t>(m_lossChannel)][0]);
        if (!bad || m_step == 0) {
            m_recorded = m_step;
            if (m_lossChannel >= 0)
                m_recordedLoss = record.samples[static_cast<std::size_t>(m_lossChannel)][0];
            m_sink.record(std::make_shared<const Record>(std::move(record)));
        }
        reportFindings();
        return !bad;
    }

    void report(bool paused)
    {
        if (m_sink.paused)
            m_sink.paused(paused, m_step);
    }

    /// States to go back to after a divergence; spaced so that keeping them costs little and going back is quick.
    void keepState()
    {
        if (!m_states.empty() && m_states.back().first == m_step)
            m_states.pop_back();
        m_states.emplace_back(m_step, m_experiment.state());
        if (m_states.size() > 3)
            m_states.pop_front();
        m_nextState = m_step + 100;
        m_stateKept = Clock::now();
    }
    void keepStateNowAndThen()
    {
        if (Clock::now() - m_stateKept >= std::chrono::milliseconds(20))
            keepState();
        else
            m_nextState = m_step + 100;
    }

    /// "the training loss 0.003 is above the goal 0.001"
    [[nodiscard]] std::string lossAndGoal(double loss) const
    {
        return "the training loss " + formatRounded(loss, 3) + (loss < m_rule.loss ? " is below" : " is above")
            + " the goal " + formatRounded(m_rule.loss, 6);
    }

    /// The state after this step is the last one: false if it turned out bad.
    bool close()
    {
        if (m_recorded != m_step && !record())
            return false;
        stopClock();
        return true;
    }

    RunResult stopped()
    {
        if (!close())
            return diverge(m_step);
        return {.outcome = Outcome::Stopped,
            .step = m_step,
            .seconds = m_seconds,
            .reason = "stopped",
            .findings = m_experiment.findings()};
    }

    RunResult finish(RunEnd end)
    {
        if (!close())
            return diverge(m_step);
        return {.outcome = end.reached ? Outcome::Finished : Outcome::Ended,
            .step = m_step,
            .seconds = m_seconds,
            .reason = std::move(end.reason),
            .fixes = std::move(end.fixes),
            .findings = m_experiment.findings()};
    }

    /// A limit ends it: what was asked may be reached, or not, which is told after `before`; without a goal, `limit`
    /// is.
    RunResult finishHere(const std::string& before, std::string limit)
    {
        if (!close())
            return diverge(m_step);
        if (auto own = m_experiment.endHere())
            return finish({own->reached, own->reached ? own->reason : before + own->reason, std::move(own->fixes)});
        if (m_rule.loss <= 0)
            return finish({true, std::move(limit)});
        const double loss = m_lossChannel >= 0 ? m_recordedLoss : m_experiment.lastLoss();
        std::string reason = lossAndGoal(loss) + " after " + grouped(m_step) + " steps";
        if (loss < m_rule.loss)
            return finish({true, std::move(reason)});
        constexpr std::int64_t mostSteps = 1'000'000'000; // that can be asked for
        if (m_rule.steps > mostSteps / 10)
            return finish({false, before + reason});
        return finish(
            {false, before + reason, {{"Ten times the steps", {{"stop.steps", std::to_string(10 * m_rule.steps)}}}}});
    }

    void reportFindings()
    {
        auto found = m_experiment.findings();
        for (; m_found < found.size(); ++m_found)
            if (m_sink.found)
                m_sink.found(found[m_found]);
    }

    /// Loss or parameters of step `bad` were bad: goes back to the step before it, or to an earlier one if a change
    /// lies between, for the steps before a change cannot be repeated after it.
    RunResult diverge(std::int64_t bad)
    {
        const std::int64_t good = std::max<std::int64_t>(bad - 1, 0);
        while (m_states.size() > 1 && m_states.back().first > good)
            m_states.pop_back();
        [[maybe_unused]] const auto status = m_experiment.restore(m_states.back().second);
        assert(status);
        m_step = m_states.back().first;
        if (m_step >= m_latestChange)
            for (; m_step < good; ++m_step)
                m_experiment.step();
        if (m_recorded < m_step)
            record();
        stopClock();
        if (m_suspect && (bad <= m_suspect->step || bad > m_latestChange + soon))
            m_suspect.reset();
        return {.outcome = Outcome::Diverged,
            .step = m_step,
            .seconds = m_seconds,
            .reason = m_guard.complaint(),
            .findings = m_experiment.findings(),
            .divergedAt = bad,
            .suspect = std::move(m_suspect)};
    }

    void startClock()
    {
        if (!m_ticking)
            m_resumed = Clock::now();
        m_ticking = true;
    }
    void stopClock()
    {
        m_seconds = seconds();
        m_ticking = false;
    }
    [[nodiscard]] double seconds() const
    {
        return m_seconds + (m_ticking ? std::chrono::duration<double>(Clock::now() - m_resumed).count() : 0.0);
    }

    Experiment& m_experiment;
    const Schedule m_schedule;
    StopRule m_rule;
    const RunSink m_sink;
    RunControl& m_control;
    ExplosionGuard m_guard;

    std::int64_t m_step;
    std::int64_t m_nextRecord;
    const bool m_observeFirst;
    std::int64_t m_recorded = -1;
    int m_lossChannel = -1;
    double m_recordedLoss = std::numeric_limits<double>::quiet_NaN(); ///< of the latest record
    std::size_t m_found = 0; ///< findings reported
    std::int64_t m_nextState = 0;
    Clock::time_point m_stateKept;
    std::deque<std::pair<std::int64_t, ExperimentState>> m_states;
    std::optional<ChangePoint> m_suspect; ///< before the latest burst of live changes
    std::int64_t m_latestChange = 0;

    bool m_begun = false;
    bool m_paused = false, m_held = false;
    bool m_sleeping = false; ///< it has said that it is paused
    bool m_restsHeld = false;
    std::int64_t m_allowance = 0;
    bool m_toRecord = false;
    Pace m_pace;
    Clock::time_point m_paceStart = Clock::now();
    double m_paceOffset = 0; ///< due time of the step that the pace started from

    bool m_ticking = true;
    Clock::time_point m_resumed;
    double m_seconds;
};

RunLoop::RunLoop(Experiment& experiment, const Schedule& schedule, const StopRule& rule, RunSink sink,
    RunControl& control, RunStart start)
    : m_steps(std::make_unique<RunSteps>(experiment, schedule, rule, std::move(sink), control, start))
{
}

RunLoop::~RunLoop() = default;

std::optional<RunResult> RunLoop::goOn(const std::stop_token& stop) { return m_steps->goOn(stop); }
bool RunLoop::isHeld() const { return m_steps->isHeld(); }

RunResult run(Experiment& experiment, const Schedule& schedule, const StopRule& rule, const RunSink& sink,
    RunControl& control, std::stop_token stop, RunStart start)
{
    RunLoop loop(experiment, schedule, rule, sink, control, start);
    for (;;) {
        if (auto result = loop.goOn(stop))
            return std::move(*result);
        control.waitForAttention(stop);
    }
}

} // namespace fplab
