#include "core/engine/fourier_loss.h"

#include "core/engine/problem.h"
#include "core/engine/trainer.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace fplab {

FourierLoss::FourierLoss(const LossData& data)
    : m_residual(static_cast<Eigen::Index>(data.weights.size()))
{
    const std::vector<double>&weights = data.weights, &positions = data.positions;
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
template <class T> double FourierLoss::evaluateOf(std::size_t dim, const T* outputs, const double* targets, T* gradient)
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

template double FourierLoss::evaluateOf(std::size_t, const float*, const double*, float*);
template double FourierLoss::evaluateOf(std::size_t, const double*, const double*, double*);

namespace {

bool allFinite(const std::vector<double>& values)
{
    return std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
}

} // namespace

Status checkFourierSize(std::size_t samples)
{
    if ((samples / 2 + 1) * samples <= FourierLoss::mostEntries)
        return success();
    Diagnostic error = problem("loss.kind",
        "weighted frequencies at uneven points are possible for up to 4095 samples, found " + std::to_string(samples));
    error.advice = "Take fewer samples, even ones, or another loss.";
    return error;
}

Status checkFourierLoss(const TrainerConfig& config, std::size_t samples)
{
    const std::vector<double>&weights = config.lossData.weights, &positions = config.lossData.positions;
    if (weights.size() != samples)
        return problem("loss.weights",
            "found " + std::to_string(weights.size()) + " weights, expected " + std::to_string(samples)
                + ", one per sample");
    if (!allFinite(weights))
        return problem("loss.weights", "a weight is not finite");
    if (positions.empty())
        return success();
    if (positions.size() != samples)
        return problem("loss", "found " + std::to_string(positions.size()) + " positions, expected one per sample");
    if (!allFinite(positions))
        return problem("loss", "a position is not finite");
    return checkFourierSize(samples);
}

} // namespace fplab
