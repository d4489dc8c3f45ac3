#include "core/spectral/nudft.h"

#include "core/engine/waves.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace fplab {

namespace {

constexpr std::size_t blockPoints = 256; ///< waves, their steps and ten outputs of a block fit the first-level cache
constexpr std::size_t anchorEvery = 32; ///< a turned wave is wrong by about half an ulp more at each turn

long groupsOf(std::size_t points) { return static_cast<long>(points) / waveGroup; }

/// The spacing of the frequencies where they are even but for their rounding, else NaN.
double evenStep(std::span<const double> frequencies)
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    if (frequencies.size() < 2)
        return none;
    const double first = frequencies.front();
    const double step = (frequencies.back() - first) / static_cast<double>(frequencies.size() - 1);
    double largest = 0;
    for (double frequency : frequencies)
        largest = std::max(largest, std::abs(frequency));
    for (std::size_t k = 0; k < frequencies.size(); ++k) {
        const double away = frequencies[k] - (first + step * static_cast<double>(k));
        if (!(std::abs(away) <= 2 * std::numeric_limits<double>::epsilon() * largest))
            return none;
    }
    return step;
}

/// `count` rows of `outputs` numbers in the order of addProjections(), zeros after the last row.
void group(const double* rows, std::size_t count, std::size_t outputs, double* groups)
{
    for (std::size_t i = 0; i < count; ++i) {
        double* at = groups + i / waveGroup * waveGroup * outputs + i % waveGroup;
        for (std::size_t o = 0; o < outputs; ++o)
            at[o * waveGroup] = rows[i * outputs + o];
    }
    for (std::size_t i = count; i % waveGroup != 0; ++i) {
        double* at = groups + i / waveGroup * waveGroup * outputs + i % waveGroup;
        for (std::size_t o = 0; o < outputs; ++o)
            at[o * waveGroup] = 0;
    }
}

} // namespace

Nudft::Nudft(std::span<const double> x, std::span<const double> frequencies)
    : m_points(x.size())
    , m_frequencies(frequencies.begin(), frequencies.end())
    , m_x((m_points + waveGroup - 1) / waveGroup * waveGroup)
{
    assert(m_points > 0);
    std::ranges::copy(x, m_x.begin());
    if (2 * m_x.size() * bins() * sizeof(double) > tableBytes) {
        m_step = evenStep(frequencies);
        m_waves = std::isnan(m_step) ? Waves::Direct : Waves::Turned;
        return;
    }
    m_tables.resize(2 * m_x.size() * bins());
    for (std::size_t k = 0; k < bins(); ++k)
        makeWave(m_x.data(), m_frequencies[k], m_tables.data() + 2 * k * m_x.size(), groupsOf(m_x.size()));
}

void Nudft::forward(std::span<const double> y, std::span<std::complex<double>> F) const
{
    const std::size_t outputs = y.size() / m_points;
    assert(y.size() == outputs * m_points && F.size() == outputs * bins());
    const std::size_t sumsOfWave = outputs * 2 * waveGroup;
    const long count = static_cast<long>(outputs);
    LineVector<double> values(outputs * blockPoints), sums(bins() * sumsOfWave);
    alignas(64) double step[2 * blockPoints], wave[2 * blockPoints];
    for (std::size_t at = 0; at < m_points; at += blockPoints) {
        group(y.data() + at * outputs, std::min(blockPoints, m_points - at), outputs, values.data());
        const double* x = m_x.data() + at;
        const long groups = groupsOf(std::min(blockPoints, m_x.size() - at));
        if (m_waves == Waves::Turned)
            makeWave(x, m_step, step, groups);
        for (std::size_t k = 0; k < bins(); ++k) {
            double* partial = sums.data() + k * sumsOfWave;
            if (m_waves == Waves::Tables) {
                addProjections(m_tables.data() + 2 * (k * m_x.size() + at), values.data(), count, partial, groups);
            } else if (m_waves == Waves::Turned && k % anchorEvery != 0) {
                turnAndAddProjections(step, wave, values.data(), count, partial, groups);
            } else {
                makeWave(x, m_frequencies[k], wave, groups);
                addProjections(wave, values.data(), count, partial, groups);
            }
        }
    }
    const double points = static_cast<double>(m_points);
    for (std::size_t k = 0; k < bins(); ++k) {
        for (std::size_t o = 0; o < outputs; ++o) {
            const double* partial = sums.data() + k * sumsOfWave + o * 2 * waveGroup;
            const double re = std::accumulate(partial, partial + waveGroup, 0.0);
            const double im = std::accumulate(partial + waveGroup, partial + 2 * waveGroup, 0.0);
            F[o * bins() + k] = {re / points, -im / points};
        }
    }
}

} // namespace fplab
