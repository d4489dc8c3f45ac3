#include "core/nn/loss.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace fplab {

namespace {

/// |r|^p and its derivative by r.
struct Power {
    double value, slope;
};

Power power(double r, double p)
{
    if (p == 2)
        return {r * r, 2 * r};
    if (p == 4)
        return {(r * r) * (r * r), 4 * (r * r) * r};
    const double magnitude = std::abs(r);
    if (magnitude == 0)
        return {0, 0};
    const double lower = std::pow(magnitude, p - 1);
    return {lower * magnitude, std::copysign(p * lower, r)};
}

template <class T>
double powerLoss(double p, std::size_t size, double scale, const T* outputs, const double* targets, T* gradient)
{
    double sum = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const Power at = power(static_cast<double>(outputs[i]) - targets[i], p);
        sum += at.value;
        if (gradient)
            gradient[i] = static_cast<T>(scale * at.slope);
    }
    return scale * sum;
}

/// One sample of the softmax cross entropy: sum_j y_j (ln sum_k exp(z_k) - z_j), shifted by the largest z.
template <class T> double crossEntropy(std::size_t dim, double scale, const T* z, const double* y, T* gradient)
{
    const double largest = static_cast<double>(*std::max_element(z, z + dim));
    double partition = 0, mass = 0;
    for (std::size_t j = 0; j < dim; ++j) {
        partition += std::exp(static_cast<double>(z[j]) - largest);
        mass += y[j];
    }
    const double logPartition = std::log(partition);
    double sum = 0;
    for (std::size_t j = 0; j < dim; ++j) {
        const double shifted = static_cast<double>(z[j]) - largest;
        sum += y[j] * (logPartition - shifted);
        if (gradient)
            gradient[j] = static_cast<T>(scale * (mass * std::exp(shifted) / partition - y[j]));
    }
    return scale * sum;
}

} // namespace

template <class T>
double pointwiseLoss(const LossConfig& config, std::size_t dim, std::size_t samples, std::size_t total,
    const T* outputs, const double* targets, T* gradient)
{
    const double scale = 1 / static_cast<double>(total);
    if (config.kind != LossConfig::Kind::SoftmaxCrossEntropy) {
        const double p = config.kind == LossConfig::Kind::Lp ? config.p : 2;
        return powerLoss(p, dim * samples, scale, outputs, targets, gradient);
    }
    double sum = 0;
    for (std::size_t i = 0; i < samples; ++i) {
        const std::size_t at = i * dim;
        sum += crossEntropy(dim, scale, outputs + at, targets + at, gradient ? gradient + at : nullptr);
    }
    return sum;
}

template <class T>
double deepRitzEnergy(double beta, double dx, std::size_t first, std::size_t count, std::size_t total,
    const T* outputs, const double* g, T* gradient)
{
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double value = static_cast<double>(outputs[i]), slope = static_cast<double>(outputs[count + i]);
        const bool end = first + i == 0 || first + i + 1 == total;
        if (end) {
            sum += beta * value * value;
            gradient[i] = static_cast<T>(2 * beta * value);
            gradient[count + i] = 0;
        } else {
            sum += (slope * slope / 2 - g[i] * value) * dx;
            gradient[i] = static_cast<T>(-g[i] * dx);
            gradient[count + i] = static_cast<T>(slope * dx);
        }
    }
    return sum;
}

FourierLoss::FourierLoss(const std::vector<double>& weights)
    : m_dft(weights.size())
    , m_weights(m_dft.bins())
    , m_residual(weights.size())
    , m_spectrum(m_dft.bins())
{
    for (std::size_t k = 0; k < m_weights.size(); ++k)
        m_weights[k] = (weights[k] + weights[(weights.size() - k) % weights.size()]) / 2;
}

/// d/dr_i sum_k w_k |F_k|^2 = (2/n) sum_k w_k F_k exp(+2 pi i k i / n).
template <class T> double FourierLoss::evaluate(std::size_t dim, const T* outputs, const double* targets, T* gradient)
{
    const std::size_t n = samples();
    const double scale = 2 / static_cast<double>(n);
    double sum = 0;
    for (std::size_t j = 0; j < dim; ++j) {
        for (std::size_t i = 0; i < n; ++i)
            m_residual[i] = static_cast<double>(outputs[i * dim + j]) - targets[i * dim + j];
        m_dft.forward(m_residual, m_spectrum);
        for (std::size_t k = 0; k < m_spectrum.size(); ++k) {
            const bool mirrored = k > 0 && 2 * k < n;
            sum += (mirrored ? 2 : 1) * m_weights[k] * std::norm(m_spectrum[k]);
            m_spectrum[k] *= m_weights[k];
        }
        if (!gradient)
            continue;
        m_dft.inverse(m_spectrum, m_residual);
        for (std::size_t i = 0; i < n; ++i)
            gradient[i * dim + j] = static_cast<T>(scale * m_residual[i]);
    }
    return sum;
}

template double pointwiseLoss(
    const LossConfig&, std::size_t, std::size_t, std::size_t, const float*, const double*, float*);
template double pointwiseLoss(
    const LossConfig&, std::size_t, std::size_t, std::size_t, const double*, const double*, double*);
template double deepRitzEnergy(
    double, double, std::size_t, std::size_t, std::size_t, const float*, const double*, float*);
template double deepRitzEnergy(
    double, double, std::size_t, std::size_t, std::size_t, const double*, const double*, double*);
template double FourierLoss::evaluate(std::size_t, const float*, const double*, float*);
template double FourierLoss::evaluate(std::size_t, const double*, const double*, double*);

} // namespace fplab
