#include "core/engine/loss.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

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
double deepRitzEnergy(double beta, double dx, std::size_t first, std::size_t count, std::size_t total, const T* outputs,
    const double* g, T* gradient)
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

FourierLoss::FourierLoss(const std::vector<double>& weights, const std::vector<double>& positions)
    : m_residual(static_cast<Eigen::Index>(weights.size()))
{
    const std::size_t n = weights.size();
    std::vector<std::size_t> bins;
    for (std::size_t k = 0; k <= n / 2; ++k) {
        const double weight = (weights[k] + weights[(n - k) % n]) / 2;
        if (positions.empty()) {
            m_weights.push_back(weight);
        } else if (weight != 0) {
            m_weights.push_back((k > 0 && 2 * k < n ? 2 : 1) * weight);
            bins.push_back(k);
        }
    }
    if (positions.empty()) {
        m_dft.emplace(n);
        m_spectrum.resize(m_dft->bins());
        return;
    }
    assert(positions.size() == n);
    const auto rows = static_cast<Eigen::Index>(bins.size());
    m_cosines.resize(rows, m_residual.size());
    m_sines.resize(rows, m_residual.size());
    m_real.resize(rows);
    m_imaginary.resize(rows);
    for (Eigen::Index i = 0; i < m_residual.size(); ++i) {
        for (Eigen::Index row = 0; row < rows; ++row) {
            const double turns
                = static_cast<double>(bins[static_cast<std::size_t>(row)]) * positions[static_cast<std::size_t>(i)];
            const double angle = 2 * std::numbers::pi * (turns - std::nearbyint(turns));
            m_cosines(row, i) = std::cos(angle) / static_cast<double>(n);
            m_sines(row, i) = std::sin(angle) / static_cast<double>(n);
        }
    }
}

double FourierLoss::transform(bool back)
{
    const std::size_t n = samples();
    double sum = 0;
    m_dft->forward({m_residual.data(), n}, m_spectrum);
    for (std::size_t k = 0; k < m_spectrum.size(); ++k) {
        const bool mirrored = k > 0 && 2 * k < n;
        sum += (mirrored ? 2 : 1) * m_weights[k] * std::norm(m_spectrum[k]);
        m_spectrum[k] *= m_weights[k];
    }
    if (back)
        m_dft->inverse(m_spectrum, {m_residual.data(), n});
    return sum;
}

double FourierLoss::multiply(bool back)
{
    double sum = 0;
    m_real.noalias() = m_cosines * m_residual;
    m_imaginary.noalias() = m_sines * m_residual;
    for (Eigen::Index row = 0; row < m_real.size(); ++row) {
        const double weight = m_weights[static_cast<std::size_t>(row)];
        sum += weight * (m_real[row] * m_real[row] + m_imaginary[row] * m_imaginary[row]);
        m_real[row] *= weight;
        m_imaginary[row] *= weight;
    }
    if (back) { // the tables carry 1 / n
        m_residual.noalias() = m_cosines.transpose() * m_real;
        m_residual.noalias() += m_sines.transpose() * m_imaginary;
        m_residual *= static_cast<double>(samples());
    }
    return sum;
}

/// d/dr_i sum_k w_k |F_k|^2 = (2/n) sum_k w_k F_k exp(+2 pi i k t_i).
template <class T> double FourierLoss::evaluate(std::size_t dim, const T* outputs, const double* targets, T* gradient)
{
    const std::size_t n = samples();
    const double scale = 2 / static_cast<double>(n);
    double sum = 0;
    for (std::size_t j = 0; j < dim; ++j) {
        double* residual = m_residual.data();
        for (std::size_t i = 0; i < n; ++i)
            residual[i] = static_cast<double>(outputs[i * dim + j]) - targets[i * dim + j];
        sum += m_dft ? transform(gradient != nullptr) : multiply(gradient != nullptr);
        if (!gradient)
            continue;
        for (std::size_t i = 0; i < n; ++i)
            gradient[i * dim + j] = static_cast<T>(scale * residual[i]);
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
