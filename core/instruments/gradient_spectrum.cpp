#include "core/instruments/gradient_spectrum.h"

#include "core/engine/trainer.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

namespace fplab {
namespace {

constexpr std::size_t mostBins = 41; ///< a pullback each

bool fits(const Facets& facets)
{
    return facets.network && facets.network() && !facets.target.empty() && facets.periods.size() == facets.target.size()
        && facets.bins > 1;
}

double length(const NetworkParams& gradient)
{
    double sum = 0;
    for (const auto& layer : gradient) {
        for (const auto& row : layer.W)
            for (const double value : row)
                sum += value * value;
        for (const double value : layer.b)
            sum += value * value;
    }
    return std::sqrt(sum);
}

/// d|D_k|^2 / dh_i = (2/n) Re(conj(D_k) exp(-2 pi i k t_i)), with D_k = (1/n) sum_i r_i exp(-2 pi i k t_i).
std::vector<double> outputGradient(
    const std::vector<double>& residual, const std::vector<double>& periods, std::size_t k)
{
    const double n = static_cast<double>(residual.size());
    std::vector<double> cosine(residual.size()), sine(residual.size());
    double real = 0, imaginary = 0;
    for (std::size_t i = 0; i < residual.size(); ++i) {
        const double angle = 2 * std::numbers::pi * std::fmod(static_cast<double>(k) * periods[i], 1.0);
        cosine[i] = std::cos(angle);
        sine[i] = std::sin(angle);
        real += residual[i] * cosine[i] / n;
        imaginary -= residual[i] * sine[i] / n;
    }
    const bool mirrored = k > 0 && 2 * k < residual.size(); // its other half is at n - k
    std::vector<double> gradient(residual.size());
    for (std::size_t i = 0; i < residual.size(); ++i)
        gradient[i] = (mirrored ? 2 : 1) * 2 / n * (real * cosine[i] - imaginary * sine[i]);
    return gradient;
}

void add(ChannelSet& channels, const Facets& facets, const Schedule& when)
{
    const std::size_t bins = std::min(facets.bins, mostBins);
    Channel channel {.id = "gradient_spectrum", .label = "Gradient by frequency", .shape = Shape::Curve};
    channel.x.label = "frequency index k";
    for (std::size_t k = 0; k < bins; ++k)
        channel.x.values.push_back(static_cast<double>(k));
    auto observer
        = [network = facets.network, target = facets.target, periods = facets.periods, bins]() -> std::vector<double> {
        Trainer* trainer = network();
        if (!trainer)
            return {};
        std::vector<double> residual = trainer->evaluateTraining().values;
        for (std::size_t i = 0; i < residual.size(); ++i)
            residual[i] -= target[i];
        std::vector<double> lengths(bins);
        for (std::size_t k = 0; k < bins; ++k)
            lengths[k] = length(trainer->pullback({residual.size(), 1, outputGradient(residual, periods, k)}));
        return lengths;
    };
    channels.add(std::move(channel), measuredWhen(when, facets, std::move(observer)));
}

} // namespace

constinit const Instrument gradientSpectrum {
    .id = "gradient_spectrum", .label = "Gradient by frequency", .fits = fits, .add = add};

} // namespace fplab
