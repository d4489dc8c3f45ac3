#pragma once

#include "core/base/samples.h"
#include "core/experiment/spec.h"
#include "core/kinds/poisson/kind.h"
#include "core/kinds/poisson/poisson_setting.h"
#include "core/run/experiment.h"

#include <memory>
#include <vector>

namespace fplab {

/// Kind "poisson": -u'' = g with u = 0 at both ends (S1, section 5). A network learns it by Deep Ritz for M steps; its
/// output is interpolated to the solver's grid by a cubic spline, and a grid solver goes on. A step is an optimizer
/// update, later a sweep. Each phase is observed in the same channels: train_loss (the Deep Ritz energy; of a solver's
/// iterate by differences), output and network_output at the training points, spectrum, max_error, l2_error, residual,
/// work, phase, mode_errors.
///
/// With pde.alternate_every a fresh network learns the equation of the error after that many sweeps, and is added.
class PoissonExperiment : public Experiment {
public:
    [[nodiscard]] static Result<std::unique_ptr<PoissonExperiment>> make(
        const ExperimentSpec& spec, const ExecutionOptions& options);
    ~PoissonExperiment() override;

    [[nodiscard]] std::span<const Channel> channels() const override;
    std::int64_t advance(std::int64_t most) override;
    [[nodiscard]] bool notable() const override;
    [[nodiscard]] std::span<const Remark> remarks() const override;
    [[nodiscard]] std::optional<RunEnd> end() const override;
    [[nodiscard]] std::optional<RunEnd> endHere() const override;
    [[nodiscard]] std::vector<Remark> findings() const override;
    [[nodiscard]] std::int64_t stepIndex() const override;
    [[nodiscard]] Record observe() override;
    [[nodiscard]] double lastLoss() const override;
    [[nodiscard]] double largestParameter() const override;
    [[nodiscard]] int busyThreads() const override;
    void setYielding(bool on) override;
    Status apply(const LiveChange& change) override;
    /// Hands the network of that record over to the solver; pde.handoff_step is its step from then on. Only records of
    /// the first network phase.
    Status branchFrom(const Record& record) override;
    [[nodiscard]] ExperimentState state() const override;
    Status restore(const ExperimentState& state) override;

    [[nodiscard]] const PoissonSetting& setting() const;
    [[nodiscard]] NetworkParams params() const; ///< of the last network; empty without one
    /// The iterate on the solver's grid; while a network trains, its output there.
    [[nodiscard]] std::vector<double> solution();
    /// What the network handed over, on the solver's grid; empty without a network or before.
    [[nodiscard]] const std::vector<double>& handedOver() const;

private:
    struct Impl;
    explicit PoissonExperiment(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace fplab
