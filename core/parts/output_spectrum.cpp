#include "core/parts/output_spectrum.h"

#include "core/spectral/peaks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fplab {

namespace {

constexpr double rounding = 1e-9; ///< of the rms
constexpr std::size_t fewestBins = 40, mostBins = 2000; ///< recorded when nobody says
constexpr std::size_t mostWaves = 40'000'000; ///< points times bins of one transform at uneven points

double rmsOf(std::span<const double> values)
{
    double sum = 0;
    for (const double value : values)
        sum += value * value;
    return std::sqrt(sum / static_cast<double>(values.size()));
}

/// What random `deviation` at each of n points adds to none of `bins` bins of a transform, but once in a hundred times:
/// |F|^2 has an exponential distribution with the mean deviation^2 / n.
double scatter(double deviation, std::size_t n, std::size_t bins)
{
    return deviation * std::sqrt(std::log(100 * static_cast<double>(bins)) / static_cast<double>(n));
}

/// The last bin to record: see the constructor.
std::size_t lastBin(const std::vector<SpectralLine>& lines, const AnalysisSpec& analysis)
{
    if (analysis.maxK)
        return static_cast<std::size_t>(*analysis.maxK);
    std::size_t last = 0;
    for (const auto& line : lines)
        last = std::max(last, line.k);
    last = std::clamp(last + last / 4 + 4, fewestBins, mostBins);
    if (analysis.peaks)
        for (const int k : *analysis.peaks)
            last = std::max(last, static_cast<std::size_t>(std::max(k, 0)));
    return last;
}

} // namespace

OutputSpectrum::OutputSpectrum(
    std::span<const double> x, bool even, double spacing, const Target& target, const AnalysisSpec& analysis)
{
    const std::size_t n = x.size();
    const auto [low, high] = std::ranges::minmax(x);
    const double period = even ? spacing * static_cast<double>(n) : high - low;
    const std::size_t all = even ? n / 2 + 1 : std::min(n / 2, std::max<std::size_t>(mostWaves / n, fewestBins)) + 1;
    const auto frequencies = [period](std::size_t bins) {
        std::vector<double> out(bins);
        for (std::size_t k = 0; k < bins; ++k)
            out[k] = static_cast<double>(k) / period;
        return out;
    };
    if (even)
        m_dft.emplace(n);
    else
        m_nudft.emplace(x, frequencies(all));
    const double mean = std::accumulate(target.values.begin(), target.values.end(), 0.0) / static_cast<double>(n);
    std::vector<double> centred(n); // at uneven points the mean leaks into all bins
    std::ranges::transform(target.values, centred.begin(), [mean](double y) { return y - mean; });
    transform(centred);

    std::vector<double> amplitudes(all);
    std::ranges::transform(m_coefficients, amplitudes.begin(), [](const auto& F) { return std::abs(F); });
    const double rms = rmsOf(target.values);
    double variance = std::pow(rmsOf(centred), 2);
    variance = even ? target.noise * target.noise : std::max(variance, target.noise * target.noise);
    const double floor
        = std::max({rounding * std::max(rms, target.rms), target.rounding, scatter(std::sqrt(variance), n, all)});
    m_channel
        = {.id = "spectrum", .label = "Spectrum of the output", .shape = Shape::Spectrum, .role = Role::OutputSpectrum};
    for (const std::size_t k : spectralLines(amplitudes, floor))
        m_channel.lines.push_back({.k = k,
            .frequency = static_cast<double>(k) / period,
            .amplitude = amplitudes[k],
            .last = even && 2 * k == n});

    const std::size_t bins = std::min(all, lastBin(m_channel.lines, analysis) + 1);
    m_channel.frequency = frequencies(bins);
    m_channel.x.label = "frequency index k";
    for (std::size_t k = 0; k < bins; ++k)
        m_channel.x.values.push_back(static_cast<double>(k));
    if (!even)
        m_nudft.emplace(x, m_channel.frequency);
    m_channel.reference = sample(target.values);
}

void OutputSpectrum::transform(std::span<const double> values)
{
    if (m_dft) {
        m_coefficients.resize(m_dft->bins());
        m_dft->forward(values, m_coefficients);
    } else {
        m_coefficients.resize(m_nudft->bins());
        m_nudft->forward(values, m_coefficients);
    }
}

std::vector<double> OutputSpectrum::sample(std::span<const double> values)
{
    transform(values);
    const std::size_t bins = m_channel.frequency.size();
    std::vector<double> sample(2 * bins);
    for (std::size_t k = 0; k < bins; ++k) {
        sample[k] = m_coefficients[k].real();
        sample[bins + k] = m_coefficients[k].imag();
    }
    return sample;
}

} // namespace fplab
