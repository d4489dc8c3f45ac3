#pragma once

#include "core/engine/loss.h"
#include "core/fourier/dft.h"

#include <Eigen/Core>

#include <complex>
#include <cstddef>
#include <optional>
#include <vector>

namespace fplab {

/// sum_k w_k |F_k(h - y)|^2 over all samples, by transform; at uneven samples by its matrix, of which a row is kept for
/// each k with a weight.
class FourierLoss final : public WholeLoss {
public:
    /// Entries of the matrix at uneven samples: (weights that are not 0) / 2 times samples.
    static constexpr std::size_t mostEntries = std::size_t(1) << 23;

    /// As many weights as samples, and as many positions, or none for even samples.
    explicit FourierLoss(const LossData& data);
    [[nodiscard]] std::size_t samples() const override { return static_cast<std::size_t>(m_residual.size()); }
    [[nodiscard]] double evaluate(
        std::size_t dim, const float* outputs, const double* targets, float* gradient) override
    {
        return evaluateOf(dim, outputs, targets, gradient);
    }
    [[nodiscard]] double evaluate(
        std::size_t dim, const double* outputs, const double* targets, double* gradient) override
    {
        return evaluateOf(dim, outputs, targets, gradient);
    }

private:
    template <class T> double evaluateOf(std::size_t dim, const T* outputs, const double* targets, T* gradient);
    /// From the residual, which becomes sum_k w_k F_k exp(+2 pi i k t_i).
    [[nodiscard]] double transform(bool back);
    [[nodiscard]] double multiply(bool back);

    std::optional<Dft> m_dft; ///< even samples
    Eigen::MatrixXd m_cosines, m_sines; ///< uneven samples: (kept bins, samples)
    std::vector<double> m_weights; ///< (w_k + w_{n-k}) / 2 for k = 0 .. n / 2: the residual is real, so |F_k| =
                                   ///< |F_{n-k}|; uneven samples: of the kept bins, twice that where k and n - k differ
    Eigen::VectorXd m_residual, m_real, m_imaginary;
    std::vector<std::complex<double>> m_spectrum;
};

/// Whether the weights and positions of a config suit its samples.
[[nodiscard]] Status checkFourierLoss(const TrainerConfig& config, std::size_t samples);
/// Whether the matrix for so many uneven samples fits.
[[nodiscard]] Status checkFourierSize(std::size_t samples);

} // namespace fplab
