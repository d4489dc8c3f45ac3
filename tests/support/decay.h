#pragma once

#include "core/run/experiment.h"

#include <cmath>
#include <cstring>
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
    void step() override
    {
        m_lastLoss = loss();
        for (std::size_t k = 0; k < 4; ++k)
            m_state.modes[k] *= 1.0 - m_rate * static_cast<double>(k);
        if (++m_state.step == m_breaksAt)
            m_state.modes[1] = std::numeric_limits<double>::quiet_NaN();
    }
    [[nodiscard]] std::int64_t stepIndex() const override { return m_state.step; }
    [[nodiscard]] fplab::Record observe() override
    {
        return {m_state.step, 0, {{loss()}, {m_state.modes, m_state.modes + 4}}};
    }
    [[nodiscard]] double lastLoss() const override { return m_lastLoss; }
    fplab::Status apply(const fplab::LiveChange& change) override
    {
        if (change.path != "rate")
            return fplab::Diagnostic {.what = "no such field", .path = change.path};
        m_rate = std::get<double>(change.value);
        return fplab::success();
    }
    [[nodiscard]] fplab::ExperimentState state() const override
    {
        fplab::ExperimentState bytes(sizeof m_state);
        std::memcpy(bytes.data(), &m_state, sizeof m_state);
        return bytes;
    }
    void restore(const fplab::ExperimentState& state) override { std::memcpy(&m_state, state.data(), sizeof m_state); }

    [[nodiscard]] double mode(std::size_t k) const { return m_state.modes[k]; }

private:
    [[nodiscard]] double loss() const
    {
        double sum = 0;
        for (const double mode : m_state.modes)
            sum += mode * mode;
        return sum;
    }
    struct State {
        std::int64_t step = 0;
        double modes[4] = {1, 1, 1, 1};
    } m_state;
    double m_rate = 0.1;
    double m_lastLoss = std::numeric_limits<double>::quiet_NaN();
    std::int64_t m_breaksAt;
    std::vector<fplab::Channel> m_channels {
        {.id = "train_loss", .label = "Loss", .role = fplab::Role::TrainLoss},
        {.id = "modes", .label = "Modes", .shape = fplab::Shape::Curve, .x = {"k", {0, 1, 2, 3}}},
    };
};
