#pragma once

#include "core/experiment/kind_report.h"
#include "core/parts/curve_channels.h"

#include <functional>

namespace fplab {

/// output.csv: inputs, targets and outputs of all samples, shown as they are given.
[[nodiscard]] KindReport::FinalTable outputTable(
    const Dataset& data, const SampleMatrix& trainOutputs, const SampleMatrix& testOutputs);

/// What is told of whatever learns a curve: its samples, outputTable() and, of a network, its weights. `curve` outlives
/// it.
class CurveReport : public KindReport {
public:
    explicit CurveReport(const CurveChannels& curve, std::function<NetworkParams()> params = {})
        : m_curve(curve)
        , m_params(std::move(params))
    {
    }

    [[nodiscard]] std::vector<FinalTable> finalTables() override;
    [[nodiscard]] std::vector<std::string> finalTableNames() const override { return {"output.csv"}; }
    [[nodiscard]] NetworkParams params() const override { return m_params ? m_params() : NetworkParams {}; }
    [[nodiscard]] const Dataset* samples() const override { return &m_curve.data(); }

private:
    const CurveChannels& m_curve;
    std::function<NetworkParams()> m_params;
};

} // namespace fplab
