#pragma once

#include "core/experiment/kind_report.h"
#include "core/kinds/fit_curve/fit_curve.h"

namespace fplab {

/// output.csv: inputs, targets and outputs of all samples, shown as they are given.
[[nodiscard]] KindReport::FinalTable outputTable(
    const Dataset& data, const SampleMatrix& trainOutputs, const SampleMatrix& testOutputs);

/// output.csv: targets and outputs at all samples.
class FitCurveReport : public KindReport {
public:
    explicit FitCurveReport(FitCurveExperiment& experiment)
        : m_experiment(experiment)
    {
    }

    [[nodiscard]] std::vector<FinalTable> finalTables() override;
    [[nodiscard]] std::vector<std::string> finalTableNames() const override { return {"output.csv"}; }
    [[nodiscard]] NetworkParams params() const override { return m_experiment.params(); }
    [[nodiscard]] const Dataset* samples() const override { return &m_experiment.data(); }

private:
    FitCurveExperiment& m_experiment;
};

} // namespace fplab
