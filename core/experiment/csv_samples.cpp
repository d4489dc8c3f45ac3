#include "core/experiment/csv_samples.h"

#include "core/datasets/csv_reader.h"
#include "core/io/vfs.h"

#include <algorithm>

namespace fplab {

Result<CsvSamples> loadCsvSamples(const DataSpec& data, const std::string& folder)
{
    const std::string path = data.csv.starts_with('/') || folder.empty() ? data.csv : folder + '/' + data.csv;
    const auto bytes = loadFile(path);
    if (!bytes)
        return bytes.error();
    auto table = parseCsv(*bytes);
    if (!table) {
        Diagnostic error = table.error();
        error.file = path;
        return error;
    }
    CsvSamples samples;
    for (const bool isX : {true, false}) {
        const std::string& name = isX ? data.x : data.y;
        const auto found = std::ranges::find(table->names, name);
        if (found == table->names.end()) {
            std::string known;
            for (const auto& other : table->names)
                known += (known.empty() ? "" : ", ") + other;
            return Diagnostic {.what = path + " has no column \"" + name + "\"; it has " + known, .path = isX ? "data.x" : "data.y"};
        }
        const auto& values = table->columns[static_cast<std::size_t>(found - table->names.begin())];
        (isX ? samples.inputs : samples.targets) = {values.size(), 1, values};
        (isX ? samples.xTitle : samples.yTitle) = name;
    }
    return samples;
}

} // namespace fplab
