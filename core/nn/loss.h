#pragma once

#include "core/nn/trainer.h"
#include "core/spectral/dft.h"

#include <complex>
#include <cstddef>
#include <vector>

namespace fplab {

/// The part of a pointwise loss (not WeightedFourier, not DeepRitz) that comes from `samples` of the `total` samples of a batch, as a sum in
/// double precision; `outputs` and `targets` hold `dim` numbers per sample. Where `gradient` is not null it gets
/// dLoss/doutputs. Of any thread.
template <class T>
[[nodiscard]] double pointwiseLoss(const LossConfig& config, std::size_t dim, std::size_t samples, std::size_t total,
    const T* outputs, const double* targets, T* gradient);

/// The part of the Deep Ritz energy that comes from the samples [first, first + count) of `total`; `outputs` holds their
/// h, then their h', `g` theirs; a sample stands for `dx`. `gradient` gets dLoss/dh, then dLoss/dh'. Of any thread.
template <class T>
[[nodiscard]] double deepRitzEnergy(double beta, double dx, std::size_t first, std::size_t count, std::size_t total,
    const T* outputs, const double* g, T* gradient);

/// sum_k w_k |F_k(h - y)|^2 over all samples, by transform. One thread at a time.
class FourierLoss {
public:
    explicit FourierLoss(const std::vector<double>& weights);
    [[nodiscard]] std::size_t samples() const { return m_residual.size(); }
    /// Like pointwiseLoss, for samples() samples. No allocation.
    template <class T>
    [[nodiscard]] double evaluate(std::size_t dim, const T* outputs, const double* targets, T* gradient);

private:
    Dft m_dft;
    std::vector<double>
        m_weights; ///< (w_k + w_{n-k}) / 2 for the bins of m_dft: the residual is real, so |F_k| = |F_{n-k}|
    std::vector<double> m_residual;
    std::vector<std::complex<double>> m_spectrum;
};

} // namespace fplab
