#pragma once

#include "core/base/result.h"
#include "core/engine/loss_weights.h"
#include "core/fields/hint.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace fplab {

struct TrainerConfig;

struct LossSpec {
    std::string kind = "mse"; ///< id of a loss
    double p = 4; ///< of a loss that has a power
    WeightSpec weights; ///< of a loss that sees frequencies
    bool operator==(const LossSpec&) const = default;
};

/// What a loss needs that stands in no file.
struct LossData {
    std::vector<double> weights
        = {}; ///< weighted_fourier: one per sample, w_k = w_{n-k} not required but used as given
    std::vector<double> positions
        = {}; ///< weighted_fourier: t_i, in periods of k = 1; empty = even samples, t_i = i / n
    double beta = 10; ///< deep_ritz: penalty of the ends
    double dx = 0; ///< deep_ritz: step between the inputs
};

/// The part of a loss, a sum over samples, that comes from some samples of a batch, in double precision; `outputs` and
/// `targets` hold `dim` numbers per sample, each sample counts `share` (1 / batch). Where `gradient` is not null it
/// gets dLoss/doutputs. Of any thread.
template <class T>
using SampleLoss = double (*)(const LossSpec& spec, std::size_t dim, std::size_t samples, double share,
    const T* outputs, const double* targets, T* gradient);

/// The part of a loss of values and slopes that comes from the samples [first, first + count) of `total`, one output
/// each; `outputs` holds their h, then their h', `targets` theirs; a sample stands for `dx`. `gradient` gets dLoss/dh,
/// then dLoss/dh'. Of any thread.
template <class T>
using SlopeLoss = double (*)(const LossData& data, double dx, std::size_t first, std::size_t count, std::size_t total,
    const T* outputs, const double* targets, T* gradient);

/// A loss that needs the outputs of all samples at once. One thread at a time.
class WholeLoss {
public:
    virtual ~WholeLoss() = default;
    [[nodiscard]] virtual std::size_t samples() const = 0;
    /// Like SampleLoss, for samples() samples. No allocation.
    [[nodiscard]] virtual double evaluate(std::size_t dim, const float* outputs, const double* targets, float* gradient)
        = 0;
    [[nodiscard]] virtual double evaluate(
        std::size_t dim, const double* outputs, const double* targets, double* gradient)
        = 0;
};

/// A function in both precisions.
template <template <class T> class Function> struct Both {
    Function<float> ofFloat = nullptr;
    Function<double> ofDouble = nullptr;

    template <class T> [[nodiscard]] Function<T> of() const
    {
        if constexpr (std::is_same_v<T, float>)
            return ofFloat;
        else
            return ofDouble;
    }
};

/// What training makes small. A row of losses() is a complete new one: all of them have `ofSamples` or `ofSlopes`.
struct Loss {
    std::string_view id; ///< stable, in files
    std::string_view label; ///< for people
    bool power = false, weights = false; ///< the fields of LossSpec that it uses
    Both<SampleLoss> ofSamples = {}; ///< none: the targets are nothing that outputs are compared with
    Both<SlopeLoss> ofSlopes = {};
    /// Where it needs the whole batch; then ofSamples is for other samples than those of training.
    std::unique_ptr<WholeLoss> (*makeWhole)(const LossData& data) = nullptr;
    /// Whether it can be trained; the error names the path. Null: always.
    Status (*check)(const TrainerConfig& config, std::size_t samples) = nullptr;

    /// It compares outputs with targets, so a curve may be fitted by it.
    [[nodiscard]] bool comparesSamples() const { return ofSamples.ofFloat; }
    /// Every step takes all samples.
    [[nodiscard]] bool needsAllSamples() const { return makeWhole || ofSlopes.ofFloat; }
};

/// mse: (1/n) sum_i sum_j (h_ij - y_ij)^2.
/// lp: (1/n) sum_i sum_j |h_ij - y_ij|^p, p >= 1.
/// softmax_ce: -(1/n) sum_i sum_j y_ij ln softmax(z_i)_j.
/// weighted_fourier: sum_k w_k |F_k(h - y)|^2, F_k = (1/n) sum_i y_i exp(-2 pi i k t_i), k = 0 .. n - 1 (those above
/// n / 2 stand for k - n); summed over outputs. Of other samples the mean squared error, which it is where all w are 1.
/// deep_ritz: sum_{i=1}^{n-1} (h'(x_i)^2 / 2 - g_i h(x_i)) dx + beta (h(x_0)^2 + h(x_n)^2), S1 Eq. 23, with the exact
/// h'. One input, one output, even ascending inputs; the targets are g.
[[nodiscard]] std::span<const Loss> losses();
/// Those by which a curve may be fitted.
[[nodiscard]] std::span<const Choice> lossChoices();
/// nullptr if there is none with that id.
[[nodiscard]] const Loss* findLoss(std::string_view id);

template <FieldsOf<LossSpec> S, class V> void visitFields(S& s, V&& v)
{
    const Loss* row = findLoss(s.kind);
    v("kind", s.kind,
        Hint {"Loss", "What training makes small.", -noLimit, noLimit, Effect::Live}.oneOf(lossChoices()));
    v("p", s.p,
        Hint {"p", "Power of the difference; 2 is the mean squared error.", 1, 20, Effect::Live}.slider(1, 8).usedBy(
            "the loss", losses(), row, &Loss::power));
    v.group("weights", s.weights,
        Hint {"Weights of the frequencies"}.as(Meaning::LossWeights).usedBy("the loss", losses(), row, &Loss::weights));
}

} // namespace fplab
