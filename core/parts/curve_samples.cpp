#include "core/parts/curve_samples.h"

#include "core/experiment/formula_parameters.h"
#include "core/fields/json.h"
#include "core/parts/csv_samples.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace fplab {

namespace {

constexpr double largestSingle = 1e18; ///< its square is still a number of single precision
constexpr double largestDouble = 1e150;

Result<CurveSamples> sampleFormula(const SampleSource& source)
{
    auto made = makeDataset(source.target, source.sampling, source.seed);
    if (!made)
        return made.error();
    CurveSamples out {.data = std::move(made).value()};
    if (const auto formula = parseFormulaOf(source.target))
        out.rounding = formula->rounding(out.data.trainInputs.values);
    return out;
}

/// The samples that `given` names, in its file or as they stand there.
Result<CurveSamples> takeGiven(const DataSpec& given, const std::string& folder)
{
    CurveSamples out;
    SampleMatrix inputs = *given.inputs, targets = *given.targets;
    if (!given.csv.empty()) {
        auto read = loadCsvSamples(given, folder);
        if (!read)
            return read.error();
        inputs = std::move(read->inputs);
        targets = std::move(read->targets);
        out.xTitle = std::move(read->xTitle);
        out.yTitle = std::move(read->yTitle);
        std::string text;
        for (const std::string& note : read->notes)
            text += (text.empty() ? "" : " ") + note;
        if (!text.empty())
            out.remarks.push_back({.id = "csv_read", .text = std::move(text), .path = "data.csv", .fixes = {}});
    }
    if (inputs.count != targets.count)
        return Diagnostic {.what
            = "has " + std::to_string(targets.count) + " rows, but data.inputs has " + std::to_string(inputs.count),
            .path = "data.targets"};
    if (given.duplicates == "mean" && inputs.dim == 1)
        averageDuplicates(inputs, targets);
    out.data = makeDataset(std::move(inputs), std::move(targets));
    out.x = {given.xOffset, given.xScale};
    out.y = {given.yOffset, given.yScale};
    return out;
}

/// Numbers whose squares are too large for the precision would end the first step, or never move.
Status checkSize(const SampleMatrix& values, const Scaling& scaling, const char* name, const SampleSource& source)
{
    const bool single = source.precision == "float";
    const double limit = single ? largestSingle : largestDouble;
    const auto [low, high] = std::ranges::minmax(values.values);
    const double reach
        = std::max(std::abs((low - scaling.offset) / scaling.scale), std::abs((high - scaling.offset) / scaling.scale));
    if (reach <= limit)
        return success();
    const bool given = source.data.has_value();
    Diagnostic error;
    error.path = given ? "data" : "target.formula";
    error.what = std::string(name) + " reaches " + formatRounded(reach, 3) + ", and the square of that is beyond "
        + (single ? "single" : "double") + " precision";
    if (const double half = high / 2 - low / 2; given && half > 0 && std::isfinite(half))
        error.fixes.push_back({std::string("Scale ") + name + " to -1 .. 1",
            {{std::string("data.") + name + "_offset", formatNumber(low / 2 + high / 2)},
                {std::string("data.") + name + "_scale", formatNumber(half)}}});
    if (single && reach <= largestDouble)
        error.fixes.push_back({"Use double precision", {{"precision", "double"}}});
    error.advice = given ? std::string("Scale ") + name + " (data." + name + "_scale)"
                         : std::string("Divide the formula by a number");
    error.advice += single && reach <= largestDouble ? ", or use double precision." : ".";
    return error;
}

SampleMatrix mapped(SampleMatrix values, auto&& map)
{
    for (double& value : values.values)
        value = map(value);
    return values;
}

} // namespace

SampleMatrix Scaling::seen(SampleMatrix shown) const
{
    return changes() ? mapped(std::move(shown), [this](double v) { return (v - offset) / scale; }) : shown;
}

SampleMatrix Scaling::shown(SampleMatrix seen) const
{
    return changes() ? mapped(std::move(seen), [this](double v) { return offset + scale * v; }) : seen;
}

Result<CurveSamples> loadCurveSamples(const SampleSource& source, const ExecutionOptions& options)
{
    auto samples = source.data ? takeGiven(*source.data, options.baseFolder) : sampleFormula(source);
    if (!samples)
        return samples;
    if (auto status = checkSize(samples->data.trainInputs, samples->x, "x", source); !status)
        return status.error();
    if (auto status = checkSize(samples->data.trainTargets, samples->y, "y", source); !status)
        return status.error();
    return samples;
}

} // namespace fplab
