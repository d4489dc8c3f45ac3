#pragma once

#include "core/engine/trainer.h"
#include "core/fourier/dft.h"

#include <Eigen/Core>

#include <complex>
#include <cstddef>
#include <optional>
#include <vector>

namespace fplab {

/// The part of a pointwise loss (not WeightedFourier, not DeepRitz) that comes from `samples` of the `total` samples of
/// a batch, as a sum in double precision; `outputs` and `targets` hold `dim` numbers per sample. Where `gradient` is
/// not null it gets dLoss/doutputs. Of any thread.
template <class T>
[[nodiscard]] double pointwiseLoss(const LossConfig& config, std::size_t dim, std::size_t samples, std::size_t total,
    const T* outputs, const double* targets, T* gradient);

/// The part of the Deep Ritz energy that comes from the samples [first, first + count) of `total`; `outputs` holds
/// their h, then their h', `g` theirs; a sample stands for `dx`. `gradient` gets dLoss/dh, then dLoss/dh'. Of any
/// thread.
template <class T>
[[nodiscard]] double deepRitzEnergy(double beta, double dx, std::size_t first, std::size_t count, std::size_t total,
    const T* outputs, const double* g, T* gradient);

/// sum_k w_k |F_k(h - y)|^2 over all samples, by transform; at uneven samples by its matrix, of which a row is kept for
/// each k with a weight. One thread at a time.
class FourierLoss {
public:
    /// Entries of the matrix at uneven samples: (weights that are not 0) / 2 times samples.
    static constexpr std::size_t mostEntries = std::size_t(1) << 23;

    /// positions: see LossConfig; empty for even samples, else as many as weights.
    explicit FourierLoss(const std::vector<double>& weights, const std::vector<double>& positions = {});
    [[nodiscard]] std::size_t samples() const { return static_cast<std::size_t>(m_residual.size()); }
    /// Like pointwiseLoss, for samples() samples. No allocation.
    template <class T>
    [[nodiscard]] double evaluate(std::size_t dim, const T* outputs, const double* targets, T* gradient);

private:
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

} // namespace fplab
