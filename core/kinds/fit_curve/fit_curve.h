#pragma once

#include "core/engine/trainer.h"
#include "core/experiment/spec.h"
#include "core/kinds/fit_curve/kind.h"
#include "core/parts/curve_channels.h"
#include "core/run/experiment.h"

#include <memory>

namespace fplab {

/// Kind "fit_curve": a network learns a function from samples. Channels: train_loss, test_loss (if there is a test
/// set), output, wide_output (1-D), test_output, spectrum (1-D; of the first output).
class FitCurveExperiment : public Experiment {
public:
    [[nodiscard]] static Result<std::unique_ptr<FitCurveExperiment>> make(
        const ExperimentSpec& spec, const ExecutionOptions& options);
    ~FitCurveExperiment() override;

    [[nodiscard]] std::span<const Channel> channels() const override;
    [[nodiscard]] std::span<const Remark> remarks() const override;
    std::int64_t advance(std::int64_t most) override;
    [[nodiscard]] std::int64_t stepIndex() const override;
    [[nodiscard]] Record observe() override;
    [[nodiscard]] double lastLoss() const override;
    [[nodiscard]] double largestParameter() const override;
    [[nodiscard]] int busyThreads() const override;
    void setYielding(bool on) override;
    Status apply(const LiveChange& change) override;
    [[nodiscard]] ExperimentState state() const override;
    Status restore(const ExperimentState& state) override;

    [[nodiscard]] const CurveChannels& curve() const;
    [[nodiscard]] NetworkParams params() const;

private:
    struct Impl;
    explicit FitCurveExperiment(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace fplab
