#include "core/parts/curve_report.h"

#include <utility>

namespace fplab {
namespace {

/// "x," for one column, "x1,x2,..." for more.
std::string namedColumns(std::string_view name, std::size_t count)
{
    std::string out;
    for (std::size_t j = 0; j < count; ++j)
        out.append(name).append(count == 1 ? "" : std::to_string(j + 1)) += ',';
    return out;
}

void appendSamples(std::string& out, const SampleMatrix& inputs, const SampleMatrix& targets,
    const SampleMatrix& outputs, std::string_view set)
{
    for (std::size_t i = 0; i < outputs.count; ++i) {
        for (const auto* matrix : {&inputs, &targets, &outputs})
            for (std::size_t j = 0; j < matrix->dim; ++j)
                out += numberInTable((*matrix)(i, j)) + ',';
        out.append(set) += '\n';
    }
}

} // namespace

KindReport::FinalTable outputTable(
    const Dataset& data, const SampleMatrix& trainOutputs, const SampleMatrix& testOutputs)
{
    KindReport::FinalTable table;
    table.name = "output.csv";
    table.columns = namedColumns("x", data.trainInputs.dim) + namedColumns("target", data.trainTargets.dim)
        + namedColumns("output", trainOutputs.dim) + "set";
    appendSamples(table.rows, data.trainInputs, data.trainTargets, trainOutputs, "train");
    appendSamples(table.rows, data.testInputs, data.testTargets, testOutputs, "test");
    return table;
}

std::vector<KindReport::FinalTable> CurveReport::finalTables()
{
    const Dataset& data = m_curve.data();
    const bool tested = data.testInputs.count > 0;
    return {outputTable(data, m_curve.outputs(), tested ? m_curve.outputsAt(data.testInputs) : SampleMatrix {})};
}

} // namespace fplab
