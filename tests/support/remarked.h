#pragma once

#include "core/run/experiment.h"

#include <memory>
#include <utility>

/// Another experiment, of which more must be known.
class Remarked : public fplab::Experiment {
public:
    Remarked(std::unique_ptr<fplab::Experiment> inner, std::vector<fplab::Remark> remarks)
        : m_inner(std::move(inner))
        , m_remarks(std::move(remarks))
    {
    }
    [[nodiscard]] std::span<const fplab::Channel> channels() const override { return m_inner->channels(); }
    [[nodiscard]] std::span<const fplab::Remark> remarks() const override { return m_remarks; }
    std::int64_t advance(std::int64_t most) override { return m_inner->advance(most); }
    [[nodiscard]] std::int64_t stepIndex() const override { return m_inner->stepIndex(); }
    [[nodiscard]] fplab::Record observe() override { return m_inner->observe(); }
    [[nodiscard]] double lastLoss() const override { return m_inner->lastLoss(); }
    [[nodiscard]] double largestParameter() const override { return m_inner->largestParameter(); }
    fplab::Status apply(const fplab::LiveChange& change) override { return m_inner->apply(change); }
    [[nodiscard]] fplab::ExperimentState state() const override { return m_inner->state(); }
    fplab::Status restore(const fplab::ExperimentState& state) override { return m_inner->restore(state); }

private:
    std::unique_ptr<fplab::Experiment> m_inner;
    std::vector<fplab::Remark> m_remarks;
};
