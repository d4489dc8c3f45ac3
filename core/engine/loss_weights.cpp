#include "core/engine/loss_weights.h"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace fplab {

namespace {

double within(const WeightSpec& spec, bool counts) { return counts ? 1 : spec.outside; }
bool isFrom(int from, std::size_t k) { return k >= static_cast<std::size_t>(std::max(from, 0)); }
bool isTo(int to, std::size_t k) { return k <= static_cast<std::size_t>(std::max(to, 0)); }

double equal(const WeightSpec&, std::size_t, std::size_t) { return 1; }
double lowPass(const WeightSpec& s, std::size_t k, std::size_t) { return within(s, isTo(s.to, k)); }
double highPass(const WeightSpec& s, std::size_t k, std::size_t) { return within(s, isFrom(s.from, k)); }
double band(const WeightSpec& s, std::size_t k, std::size_t) { return within(s, isFrom(s.from, k) && isTo(s.to, k)); }
double upToPeak(const WeightSpec& s, std::size_t k, std::size_t peak) { return within(s, k <= peak); }
double fromPeak(const WeightSpec& s, std::size_t k, std::size_t peak) { return within(s, k >= peak); }
double points(const WeightSpec& s, std::size_t k, std::size_t)
{
    return s.values.empty() ? 1.0 : s.values[std::min(k, s.values.size() - 1)];
}

std::size_t fromLowest(std::span<const std::size_t> peaks, std::size_t stage) { return peaks[stage]; }
std::size_t fromHighest(std::span<const std::size_t> peaks, std::size_t stage)
{
    return peaks[peaks.size() - 1 - stage];
}

constexpr Weighting table[] {
    {.id = "equal", .label = "all equal", .weight = equal},
    {.id = "low_pass", .label = "low only", .to = true, .outside = true, .weight = lowPass},
    {.id = "high_pass", .label = "high only", .from = true, .outside = true, .weight = highPass},
    {.id = "band", .label = "band", .from = true, .to = true, .outside = true, .weight = band},
    {.id = "low_to_high",
        .label = "peak by peak, low to high",
        .outside = true,
        .weight = upToPeak,
        .awaited = fromLowest},
    {.id = "high_to_low",
        .label = "peak by peak, high to low",
        .outside = true,
        .weight = fromPeak,
        .awaited = fromHighest},
    {.id = "points", .label = "drawn curve", .values = true, .weight = points},
    {.id = "values", .label = "given one by one", .values = true},
};

} // namespace

std::span<const Weighting> weightings() { return table; }

std::span<const Choice> weightingChoices()
{
    static const auto names = namesOf(table);
    return names;
}

const Weighting* findWeighting(std::string_view id)
{
    const auto row = std::ranges::find(table, id, &Weighting::id);
    return row == std::end(table) ? nullptr : &*row;
}

std::vector<double> resolveWeights(
    const WeightSpec& spec, std::size_t n, std::span<const std::size_t> peaks, std::size_t stage)
{
    const Weighting* row = findWeighting(spec.kind);
    assert(row);
    if (!row->weight)
        return spec.values;
    std::vector<double> weights(n, 1.0);
    if (row->awaited && peaks.empty())
        return weights;
    const std::size_t peak = row->awaited ? row->awaited(peaks, std::min(stage, peaks.size() - 1)) : 0;
    for (std::size_t k = 0; k < n; ++k)
        weights[k] = row->weight(spec, std::min(k, n - k), peak);
    return weights;
}

} // namespace fplab
