#include "core/parts/curve_remarks.h"

#include "core/analysis/followed_bins.h"
#include "core/fields/field_list.h"
#include "core/fields/json.h"

#include <algorithm>
#include <cmath>

namespace fplab {

namespace {

constexpr double nothing = 1e-9; ///< of the size of the target
constexpr double twoBins = 0.8; ///< a neighbour that large: the tone lies between two bins
constexpr double tolerance = 0.5; ///< the mirror image of a tone, and others, change what it leaks
constexpr double fewestSteps = 256; ///< of single precision in the range of y
constexpr double largestComfortable = 30, smallestComfortable = 0.03; ///< of the numbers that a network sees or learns

std::string count(std::size_t n, const char* one, const char* many)
{
    return std::to_string(n) + ' ' + (n == 1 ? one : many);
}

std::string number(double value) { return formatRounded(value, 4); }

std::string k(std::size_t bin) { return "k = " + std::to_string(bin); }

/// The remarks about one experiment, gathered.
class Curve {
public:
    Curve(const SampleSource& source, const AnalysisSpec& analysis, const CurveSamples& samples,
        const Channel* spectrum, const FinerGrid& finer)
        : m_source(source)
        , m_analysis(analysis)
        , m_data(samples.data)
        , m_rounding(samples.rounding)
        , m_spectrum(spectrum)
        , m_finer(finer)
    {
    }

    [[nodiscard]] std::vector<Remark> all()
    {
        if (m_data.trainInputs.dim == 1) {
            samples();
            singlePrecision();
            if (m_spectrum)
                target();
            const auto aliases = aliasRemarks(m_finer, m_data.trainInputs.count, "samples", "sampling.count", 100'000);
            m_remarks.insert(m_remarks.end(), aliases.begin(), aliases.end());
        }
        sizes();
        return std::move(m_remarks);
    }

private:
    Remark& add(const char* id, std::string text, const char* path = "")
    {
        return m_remarks.emplace_back(Remark {.id = id, .text = std::move(text), .path = path, .fixes = {}});
    }

    void samples();
    void singlePrecision();
    void target();
    void followed();
    void sizes();
    /// Whether the amplitudes around two neighbouring bins are those of one tone between them: as 1 / distance.
    [[nodiscard]] bool isBetween(std::size_t top, std::size_t other) const
    {
        if (amplitude(other) < twoBins * amplitude(top))
            return false;
        const double share = amplitude(other) / (amplitude(top) + amplitude(other)); // distance from top
        const auto fits
            = [](double found, double expected) { return std::abs(found - expected) <= tolerance * expected; };
        const std::size_t away = 2 * top - other, beyond = 2 * other - top;
        return (away < 1 || fits(amplitude(away), amplitude(top) * share / (1 + share)))
            && (beyond < 1 || beyond >= m_spectrum->x.values.size()
                || fits(amplitude(beyond), amplitude(other) * (1 - share) / (2 - share)));
    }
    [[nodiscard]] double amplitude(std::size_t bin) const
    {
        const std::size_t bins = m_spectrum->x.values.size();
        return bin < bins ? std::hypot(m_spectrum->reference[bin], m_spectrum->reference[bins + bin]) : 0;
    }

    const SampleSource& m_source;
    const AnalysisSpec& m_analysis;
    const Dataset& m_data;
    const double m_rounding;
    const Channel* m_spectrum;
    const FinerGrid& m_finer;
    std::vector<Remark> m_remarks;
};

/// How the x of given samples lie.
void Curve::samples()
{
    const auto& x = m_data.trainInputs.values;
    if (!m_source.data)
        return;
    if (x.size() == 1) {
        add("one_sample", "There is one sample: one point has no frequency, and there is no curve to compare with.",
            "data");
        return;
    }
    if (m_data.duplicates + 1 == x.size()) {
        add("equal_x",
            "All " + std::to_string(x.size()) + " samples have x = " + number(x.front())
                + ": there is no curve and no frequency, and the best output is the mean of y.",
            "data");
        return;
    }
    if (m_data.duplicates > 0) {
        add("duplicate_x",
            count(m_data.duplicates, "sample has the x of another one", "samples have the x of another one")
                + ": no curve goes through both, and the best it can do is their mean.",
            "data")
            .fixes.push_back({"Average samples with the same x", {{"data.duplicates", "mean"}}});
    }
    if (!m_data.even) {
        add("uneven_samples",
            "The x are uneven, with steps from " + number(m_data.smallestStep) + " to " + number(m_data.largestStep)
                + ": the spectrum is taken at these x, and k counts cycles between the first and the last.",
            "data");
    } else if (m_data.rounded) {
        add("rounded_x",
            "The x are rounded: their steps, from " + number(m_data.smallestStep) + " to " + number(m_data.largestStep)
                + ", are taken as even, " + number(m_data.spacing) + ".",
            "data");
    }
}

/// Neighbouring x that are one number for a network of single precision, and y of which it has only a few values.
void Curve::singlePrecision()
{
    const auto& x = m_data.trainInputs.values;
    if (m_source.precision != "float" || x.size() < 2)
        return;
    const double yOffset = m_source.data ? m_source.data->yOffset : 0;
    const auto [low, high] = std::ranges::minmax(m_data.trainTargets.values);
    const double step = std::max(std::abs(low - yOffset), std::abs(high - yOffset)) * 0x1p-23;
    if (high - low > 0 && high - low > 2 * m_rounding && high - low < fewestSteps * step) {
        Remark& remark = add("y_beyond_single",
            "y varies by " + number(high - low) + " around " + number(low / 2 + high / 2)
                + ", where single precision has steps of " + number(step) + ": the network cannot show it well.",
            m_source.data ? "data" : "target.formula");
        if (m_source.data)
            remark.fixes.push_back({"Subtract the mean y", {{"data.y_offset", formatNumber(low / 2 + high / 2)}}});
        remark.fixes.push_back({"Use double precision", {{"precision", "double"}}});
    }
    const double offset = m_source.data ? m_source.data->xOffset : 0, scale = m_source.data ? m_source.data->xScale : 1;
    const auto seen = [&](double value) { return static_cast<float>((value - offset) / scale); };
    std::size_t same = 0;
    for (std::size_t i = 1; i < x.size(); ++i)
        same += x[i] != x[i - 1] && seen(x[i]) == seen(x[i - 1]) ? 1 : 0;
    if (same == 0)
        return;
    Remark& remark = add("x_beyond_single",
        "Single precision cannot tell " + count(same, "x", "of the x")
            + " from the one before: the network sees them as the same number.",
        m_source.data ? "data" : "sampling");
    if (m_source.data)
        remark.fixes.push_back({"Subtract the first x", {{"data.x_offset", formatNumber(x.front())}}});
    remark.fixes.push_back({"Use double precision", {{"precision", "double"}}});
}

void Curve::target()
{
    const auto& y = m_data.trainTargets;
    double low = y(0, 0), high = low, sum = 0;
    for (std::size_t i = 0; i < y.count; ++i) {
        low = std::min(low, y(i, 0));
        high = std::max(high, y(i, 0));
        sum += y(i, 0) * y(i, 0);
    }
    const double size = std::max(std::sqrt(sum / static_cast<double>(y.count)), m_finer.rms);
    const std::string samples = "at all " + std::to_string(y.count) + " samples";
    const char* path = m_source.data ? "data" : "target.formula";
    const double small = std::max(nothing * size, 2 * m_rounding); // two values may be off in opposite ways
    if (std::max(std::abs(low), std::abs(high)) <= small)
        add("target_zero",
            "The target is zero " + samples + (high > low ? ", up to rounding" : "")
                + ": there is nothing to learn and no frequency to follow.",
            path);
    else if (high - low <= small)
        add("target_constant", "The target is " + number(high) + ' ' + samples + ": it has no frequency to follow.",
            path);
    else
        followed();
}

/// Which of the target's frequencies are seen.
void Curve::followed()
{
    const auto& lines = m_spectrum->lines;
    const std::size_t bins = m_spectrum->x.values.size();
    const auto beyond = [bins](const SpectralLine& line) { return line.k >= bins; };
    const auto recordAll = [&](Remark& remark) {
        std::size_t highest = 0;
        for (const auto& line : lines)
            highest = std::max(highest, line.k);
        if (const double limit = hintOf(m_analysis, "max_k").max; static_cast<double>(highest) <= limit)
            remark.fixes.push_back({"Record up to " + k(highest), {{"analysis.max_k", std::to_string(highest)}}});
    };
    if (!lines.empty() && std::ranges::all_of(lines, beyond)) {
        recordAll(add("beyond_max_k",
            "All of the target lies above " + k(bins - 1) + ", the highest frequency recorded: it is loudest at "
                + k(lines.front().k) + '.',
            "analysis.max_k"));
    } else if (std::ranges::any_of(lines, beyond)) {
        std::vector<LeftOut> unseen;
        for (const auto& line : lines)
            if (beyond(line))
                unseen.push_back({line.k, line.amplitude, true});
        recordAll(add("not_recorded",
            "The target has frequencies above " + k(bins - 1) + ", the highest recorded: " + leftOutText(unseen) + '.',
            "analysis.max_k"));
    }
    if (lines.size() == 1 && lines.front().last) {
        add("highest_bin",
            "The target is one tone at " + k(lines.front().k) + ", the highest frequency that "
                + std::to_string(m_data.trainInputs.count)
                + " samples can carry: only its values at the samples are known.",
            "analysis.peaks")
            .fixes.push_back(
                {"Follow it all the same", {{"analysis.peaks", '[' + std::to_string(lines.front().k) + ']'}}});
    } else if (lines.empty() && !m_analysis.peaks) {
        std::string list;
        for (const std::size_t bin : largestBins(*m_spectrum, 3))
            list += (list.empty() ? "" : ",") + std::to_string(bin);
        Remark& remark = add("nothing_followed",
            "No frequency of the target stands out, so none is followed. Click one in the spectrum to follow it.",
            "analysis.peaks");
        if (!list.empty())
            remark.fixes.push_back({"Follow the largest", {{"analysis.peaks", '[' + list + ']'}}});
    }
    if (lines.empty() || lines.front().k + 1 >= bins || lines.front().k < 1)
        return;
    const std::size_t top = lines.front().k;
    const std::size_t other = amplitude(top + 1) >= amplitude(top - 1) || top == 1 ? top + 1 : top - 1;
    if (m_data.even && isBetween(top, other))
        add("between_bins",
            "The loudest frequency lies between " + k(std::min(top, other)) + " and " + k(std::max(top, other))
                + ", since the range does not hold whole periods of it: " + k(top) + ", the larger, stands for it.",
            "analysis.peaks");
}

/// Given numbers far from those that weights and learning rate are made for.
void Curve::sizes()
{
    if (!m_source.data)
        return;
    const DataSpec& data = *m_source.data;
    const auto judge = [&](const SampleMatrix& values, double offset, double scale, const char* name, const char* id,
                           const std::string& offsetPath, const std::string& scalePath, const char* consequence) {
        const auto [low, high] = std::ranges::minmax(values.values);
        const double middle = low / 2 + high / 2, half = high / 2 - low / 2;
        const double reach = std::max(std::abs((low - offset) / scale), std::abs((high - offset) / scale));
        const double spread = half / std::abs(scale);
        if (!(half > 0) || (reach <= largestComfortable && spread >= smallestComfortable))
            return;
        const bool far = half < 1e-3 * std::abs(middle); // four digits would not tell the ends apart
        add(id,
            std::string(name)
                + (far ? " lies within " + number(half) + " of " + formatRounded(middle, 12)
                       : " runs from " + number(low) + " to " + number(high))
                + ": " + consequence,
            "data")
            .fixes.push_back({std::string("Scale ") + name + " to -1 .. 1",
                {{offsetPath, formatNumber(middle)}, {scalePath, formatNumber(half)}}});
    };
    judge(m_data.trainInputs, data.xOffset, data.xScale, "x", "x_size", "data.x_offset", "data.x_scale",
        "a network learns best where its inputs are of the order of 1.");
    judge(m_data.trainTargets, data.yOffset, data.yScale, "y", "y_size", "data.y_offset", "data.y_scale",
        "the learning rate is made for targets of the order of 1.");
}

} // namespace

std::vector<Remark> aliasRemarks(
    const FinerGrid& finer, std::size_t n, const char* samples, const char* path, std::size_t most)
{
    constexpr std::size_t named = 3;
    std::vector<Remark> out;
    const std::string on = " on " + std::to_string(n) + ' ' + samples;
    if (!finer.aliases.empty()) {
        Remark remark {.id = "aliased", .text = {}, .path = path, .fixes = {}};
        std::size_t highest = 0;
        for (std::size_t i = 0; i < finer.aliases.size(); ++i) {
            const auto& alias = finer.aliases[i];
            highest = std::max(highest, alias.cycles);
            if (i >= named)
                continue;
            const std::string looks = alias.looksLike == 0 ? "a constant"
                : alias.looksLike == alias.cycles          ? "any with the same values there"
                                                           : std::to_string(alias.looksLike);
            remark.text += i == 0
                ? std::to_string(alias.cycles) + " cycles cannot be seen" + on + ": they look like " + looks
                : ", " + std::to_string(alias.cycles) + " like " + looks;
        }
        remark.text += finer.aliases.size() > named
            ? " and " + std::to_string(finer.aliases.size() - named) + " more in the same way."
            : std::string(".");
        if (const std::size_t enough = (5 * highest + 1) / 2; enough <= most)
            remark.fixes.push_back(
                {"Take " + std::to_string(enough) + ' ' + samples, {{path, std::to_string(enough)}}});
        out.push_back(std::move(remark));
    }
    if (finer.faster)
        out.push_back({.id = "too_fast",
            .text = "The function varies too fast for" + on.substr(3)
                + ": even many times as many would not show it as it is, and what is seen here is by chance.",
            .path = path,
            .fixes = {}});
    return out;
}

std::vector<Remark> curveRemarks(const SampleSource& source, const AnalysisSpec& analysis, const CurveSamples& samples,
    const Channel* spectrum, const FinerGrid& finer)
{
    return Curve(source, analysis, samples, spectrum, finer).all();
}

} // namespace fplab
