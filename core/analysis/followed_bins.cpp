#include "core/analysis/followed_bins.h"

#include "core/spectral/peaks.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <iterator>

namespace fplab {
namespace {

bool isLine(const Channel& spectrum, std::size_t bin)
{
    return std::ranges::find(spectrum.lines, bin, &SpectralLine::k) != spectrum.lines.end();
}

/// A tone between two bins may be followed at the other one.
bool standsFor(const Channel& spectrum, std::size_t bin, const SpectralLine& line)
{
    return bin == line.k || ((bin + 1 == line.k || bin == line.k + 1) && !isLine(spectrum, bin));
}

std::vector<std::complex<double>> targetOf(const Channel& spectrum)
{
    const std::size_t bins = spectrum.reference.size() / 2;
    std::vector<std::complex<double>> target;
    for (std::size_t k = 0; k < bins; ++k)
        target.emplace_back(spectrum.reference[k], spectrum.reference[bins + k]);
    return target;
}

/// Local maxima of the target that mean something, ascending.
std::vector<std::size_t> maximaOf(const std::vector<std::complex<double>>& target)
{
    std::vector<double> amplitudes;
    for (const auto& f : target)
        amplitudes.push_back(std::abs(f));
    auto maxima = localMaxima(amplitudes);
    const auto meaningful = meaningfulBins(target);
    std::erase_if(maxima, [&](std::size_t k) { return !meaningful[k]; });
    return maxima;
}

} // namespace

Metric metricOf(const AnalysisSpec& analysis)
{
    return analysis.metric == "amplitude" ? Metric::Amplitude : Metric::Complex;
}

std::vector<std::size_t> followedBins(const Channel& spectrum, const AnalysisSpec& analysis)
{
    const auto count = spectrum.x.values.size();
    if (analysis.peaks) {
        std::vector<std::size_t> bins;
        for (const int k : *analysis.peaks)
            if (k >= 0 && static_cast<std::size_t>(k) < count)
                bins.push_back(static_cast<std::size_t>(k));
        std::ranges::sort(bins);
        bins.erase(std::unique(bins.begin(), bins.end()), bins.end());
        return bins;
    }
    std::vector<std::size_t> bins;
    for (const auto& line : spectrum.lines) { // the largest first
        if (line.k < count && !line.last && bins.size() < mostPeaks)
            bins.push_back(line.k);
    }
    std::ranges::sort(bins);
    return bins;
}

std::vector<std::size_t> largestBins(const Channel& spectrum, std::size_t count)
{
    const std::size_t recorded = spectrum.x.values.size();
    std::vector<std::size_t> bins;
    for (const auto& line : spectrum.lines) // the largest first
        if (line.k < recorded)
            bins.push_back(line.k);
    if (bins.empty() && spectrum.reference.size() == 2 * recorded) {
        for (std::size_t k = 1; k < recorded; ++k)
            bins.push_back(k);
        std::ranges::stable_sort(bins, std::greater<>(),
            [&](std::size_t k) { return std::hypot(spectrum.reference[k], spectrum.reference[recorded + k]); });
    }
    bins.resize(std::min(bins.size(), count));
    std::ranges::sort(bins);
    return bins;
}

std::vector<LeftOut> leftOutOf(const Channel& spectrum, std::span<const std::size_t> followed)
{
    std::vector<LeftOut> out;
    for (const auto& line : spectrum.lines) {
        if (std::ranges::none_of(followed, [&](std::size_t bin) { return standsFor(spectrum, bin, line); }))
            out.push_back({line.k, line.amplitude, line.k < spectrum.x.values.size()});
        else if (line.cycles > 0) // another frequency that only looks like this one
            out.push_back({line.cycles, line.amplitude, false});
    }
    return out;
}

std::vector<bool> inTarget(const Channel& spectrum, std::span<const std::size_t> bins)
{
    constexpr double little = 0.02; // of the largest amplitude but for the mean's
    const auto target = targetOf(spectrum);
    const auto meaningful = meaningfulBins(target);
    const auto maxima = maximaOf(target);
    double largest = 0;
    for (std::size_t k = 1; k < target.size(); ++k)
        largest = std::max(largest, std::abs(target[k]));
    std::vector<bool> out;
    for (const std::size_t bin : bins)
        out.push_back(bin < target.size() && meaningful[bin]
            && (std::abs(target[bin]) >= little * largest || isLine(spectrum, bin)
                || std::ranges::binary_search(maxima, bin)));
    return out;
}

std::vector<std::size_t> peaksAmong(const Channel& spectrum, std::span<const std::size_t> bins)
{
    const auto target = targetOf(spectrum);
    const auto maxima = spectrum.lines.empty() ? maximaOf(target) : std::vector<std::size_t> {};
    const auto isPeak = [&](std::size_t bin) { // the other bin of a tone is nearly as large
        return std::ranges::binary_search(maxima, bin)
            || std::ranges::any_of(spectrum.lines, [&](const SpectralLine& line) {
                   return bin == line.k
                       || (standsFor(spectrum, bin, line) && bin < target.size()
                           && 2 * std::abs(target[bin]) >= line.amplitude);
               });
    };
    std::vector<std::size_t> out;
    std::ranges::copy_if(bins, std::back_inserter(out), isPeak);
    return out;
}

} // namespace fplab
