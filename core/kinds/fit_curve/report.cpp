#include "core/kinds/fit_curve/report.h"

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

std::vector<KindReport::FinalTable> FitCurveReport::finalTables()
{
    const Dataset& data = m_experiment.data();
    const SampleMatrix outputs = m_experiment.trainOutputs();
    FinalTable table {
        {.name = "output.csv",
            .columns = namedColumns("x", data.trainInputs.dim) + namedColumns("target", data.trainTargets.dim)
                + namedColumns("output", outputs.dim) + "set"},
        {}};
    appendSamples(table.rows, data.trainInputs, data.trainTargets, outputs, "train");
    appendSamples(table.rows, data.testInputs, data.testTargets, m_experiment.testOutputs(), "test");
    std::vector<FinalTable> tables;
    tables.push_back(std::move(table));
    return tables;
}

} // namespace fplab
