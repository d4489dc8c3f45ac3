#pragma once

#include "core/run/experiment.h"
#include "core/run/state_bytes.h"

#include <algorithm>
#include <cmath>
#include <limits>

/// The smallest experiment with a known answer: mode k decays as (1 - rate k)^step, the loss is the sum of squares.
/// At step `breaksAt` the modes become NaN.
class Decay : public fplab::Experiment {
public:
    explicit Decay(std::int64_t breaksAt = -1)
        : m_breaksAt(breaksAt)
    {
    }
    [[nodiscard]] std::span<const fplab::Channel> channels() const override { return m_channels; }
    std::int64_t advance(std::int64_t) override
    {
        m_lastLoss = loss();
        for (std::size_t k = 0; k < 4; ++k)
            m_state.modes[k] *= 1.0 - m_rate * static_cast<double>(k);
        if (++m_state.step == m_breaksAt)
            m_state.modes[1] = std::numeric_limits<double>::quiet_NaN();
        return 1;
    }
    [[nodiscard]] std::int64_t stepIndex() const override { return m_state.step; }
    [[nodiscard]] fplab::Record observe() override
    {
        return {m_state.step, 0, {{loss()}, {m_state.modes, m_state.modes + 4}}};
    }
    [[nodiscard]] double lastLoss() const override { return m_lastLoss; }
    [[nodiscard]] double largestParameter() const override { return std::pow(10, std::max<double>(0, drift())); }
    fplab::Status apply(const fplab::LiveChange& change) override
    {
        if (change.path != "rate" && change.path != "scale")
            return fplab::Diagnostic {.what = "no such field", .path = change.path};
        (change.path == "rate" ? m_rate : m_scale) = std::get<double>(change.value);
        return fplab::success();
    }
    /// From here on the largest parameter is 10, 100, 1000 ...
    void driftFrom(std::int64_t step) { m_driftsFrom = step; }
    [[nodiscard]] fplab::ExperimentState state() const override
    {
        return fplab::StateWriter("decay", 1).value(m_state).take();
    }
    fplab::Status restore(const fplab::ExperimentState& state) override
    {
        fplab::StateReader in("decay", 1, state);
        const auto read = in.value<State>();
        if (auto status = in.status(); !status)
            return status;
        m_state = read;
        return fplab::success();
    }

    [[nodiscard]] double mode(std::size_t k) const { return m_state.modes[k]; }

private:
    [[nodiscard]] double loss() const
    {
        double sum = 0;
        for (const double mode : m_state.modes)
            sum += mode * mode;
        return m_scale * sum;
    }
    [[nodiscard]] double drift() const
    {
        return m_driftsFrom < 0 ? 0 : static_cast<double>(m_state.step - m_driftsFrom);
    }
    struct State {
        std::int64_t step = 0;
        double modes[4] = {1, 1, 1, 1};
    } m_state;
    double m_rate = 0.1, m_scale = 1;
    std::int64_t m_driftsFrom = -1;
    double m_lastLoss = std::numeric_limits<double>::quiet_NaN();
    std::int64_t m_breaksAt;
    std::vector<fplab::Channel> m_channels {
        {.id = "train_loss", .label = "Loss", .role = fplab::Role::TrainLoss},
        {.id = "modes", .label = "Modes", .shape = fplab::Shape::Curve, .x = {"k", {0, 1, 2, 3}}},
    };
};
