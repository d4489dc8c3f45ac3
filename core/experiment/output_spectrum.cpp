#include "core/experiment/output_spectrum.h"

#include <algorithm>

namespace fplab {

OutputSpectrum::OutputSpectrum(std::span<const double> x, bool even, double spacing, int highest)
{
    const std::size_t n = x.size();
    const auto [low, high] = std::ranges::minmax(x);
    const double period = even ? spacing * static_cast<double>(n) : high - low;
    const std::size_t bins = std::min(n / 2, static_cast<std::size_t>(highest)) + 1;
    for (std::size_t k = 0; k < bins; ++k)
        m_frequency.push_back(static_cast<double>(k) / period);
    if (even) {
        m_dft.emplace(n);
        m_coefficients.resize(m_dft->bins());
    } else {
        m_nudft.emplace(x, m_frequency);
        m_coefficients.resize(bins);
    }
}

Channel OutputSpectrum::channel(std::span<const double> target)
{
    Channel channel {.id = "spectrum", .label = "Spectrum of the output", .shape = Shape::Spectrum, .role = Role::OutputSpectrum};
    channel.x.label = "frequency index k";
    for (std::size_t k = 0; k < m_frequency.size(); ++k)
        channel.x.values.push_back(static_cast<double>(k));
    channel.frequency = m_frequency;
    channel.reference = sample(target);
    return channel;
}

std::vector<double> OutputSpectrum::sample(std::span<const double> values)
{
    if (m_dft)
        m_dft->forward(values, m_coefficients);
    else
        m_nudft->forward(values, m_coefficients);
    const std::size_t bins = m_frequency.size();
    std::vector<double> sample(2 * bins);
    for (std::size_t k = 0; k < bins; ++k) {
        sample[k] = m_coefficients[k].real();
        sample[bins + k] = m_coefficients[k].imag();
    }
    return sample;
}

} // namespace fplab
