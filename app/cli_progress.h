#pragma once

#include "core/run/experiment.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <limits>
#include <mutex>
#include <thread>

namespace fplab::cli {

/// Passes everything on to another experiment and tells other threads how far it is. Never changes what is computed.
class CountedExperiment final : public Experiment {
public:
    explicit CountedExperiment(Experiment& inner)
        : m_inner(inner)
    {
    }
    [[nodiscard]] std::int64_t stepsDone() const { return m_steps; }
    [[nodiscard]] double loss() const { return m_loss; }

    [[nodiscard]] std::span<const Channel> channels() const override { return m_inner.channels(); }
    std::int64_t advance(std::int64_t most) override
    {
        const auto done = m_inner.advance(most);
        m_steps = m_inner.stepIndex();
        m_loss = m_inner.lastLoss();
        return done;
    }
    [[nodiscard]] bool notable() const override { return m_inner.notable(); }
    [[nodiscard]] std::span<const Remark> remarks() const override { return m_inner.remarks(); }
    [[nodiscard]] std::optional<RunEnd> end() const override { return m_inner.end(); }
    [[nodiscard]] std::optional<RunEnd> endHere() const override { return m_inner.endHere(); }
    [[nodiscard]] std::vector<Remark> findings() const override { return m_inner.findings(); }
    [[nodiscard]] std::int64_t stepIndex() const override { return m_inner.stepIndex(); }
    [[nodiscard]] Record observe() override { return m_inner.observe(); }
    [[nodiscard]] double lastLoss() const override { return m_inner.lastLoss(); }
    [[nodiscard]] double largestParameter() const override { return m_inner.largestParameter(); }
    Status apply(const LiveChange& change) override { return m_inner.apply(change); }
    [[nodiscard]] ExperimentState state() const override { return m_inner.state(); }
    Status restore(const ExperimentState& state) override { return m_inner.restore(state); }

private:
    Experiment& m_inner;
    std::atomic<std::int64_t> m_steps = 0;
    std::atomic<double> m_loss = std::numeric_limits<double>::quiet_NaN();
};

enum class ProgressStyle { None, Bar, Lines, Json };

/// Shows on stderr (Bar, Lines) or stdout (Json) how far a run is, from a thread of its own, while it lives.
class Progress {
public:
    Progress(ProgressStyle style, const CountedExperiment& experiment, std::int64_t steps);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

private:
    void watch(const std::stop_token& stop);
    void show();

    const ProgressStyle m_style;
    const CountedExperiment& m_experiment;
    const std::int64_t m_steps;
    const std::chrono::steady_clock::time_point m_start;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::jthread m_thread; ///< last: stops before the rest goes
};

} // namespace fplab::cli
