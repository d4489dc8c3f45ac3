#pragma once

#include "core/base/result.h"
#include "core/base/samples.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace fplab {

enum class Precision { Float, Double };

/// Initial weights. "parameters ~ N(0, std^2)" in the papers means weights and biases.
struct InitConfig {
    enum class Kind {
        Normal, ///< W ~ N(0, std^2), b ~ N(0, biasStd^2)
        Glorot, ///< W ~ U(-a, a), a = sqrt(6 / (inputs + outputs)), b = 0
        He, ///< W ~ N(0, 2 / inputs), b = 0
        Uniform, ///< W ~ U(-std, std), b ~ U(-biasStd, biasStd)
        Explicit, ///< `params`
    };
    Kind kind = Kind::Normal;
    double std = 0.1;
    double biasStd = 0.1;
    NetworkParams params; ///< Explicit only
};

struct LossConfig {
    enum class Kind {
        Mse, ///< (1/n) sum_i sum_j (h_ij - y_ij)^2
        Lp, ///< (1/n) sum_i sum_j |h_ij - y_ij|^p, p >= 1
        SoftmaxCrossEntropy, ///< -(1/n) sum_i sum_j y_ij ln softmax(z_i)_j
        WeightedFourier, ///< sum_k w_k |F_k(h - y)|^2, F_k = (1/n) sum_i y_i exp(-2 pi i k t_i), k = 0 .. n - 1 (those
                         ///< above n / 2 stand for k - n); summed over outputs
        DeepRitz, ///< sum_{i=1}^{n-1} (h'(x_i)^2 / 2 - g_i h(x_i)) dx + beta (h(x_0)^2 + h(x_n)^2), S1 Eq. 23, with the
                  ///< exact h'. One input, one output, even ascending inputs; the targets are g
    };
    Kind kind = Kind::Mse;
    double p = 2;
    std::vector<double> weights; ///< WeightedFourier: one per sample, w_k = w_{n-k} not required but used as given
    std::vector<double> positions
        = {}; ///< WeightedFourier: t_i, in periods of k = 1; empty = even samples, t_i = i / n
    double beta = 10; ///< DeepRitz: penalty of the ends
    double dx = 0; ///< DeepRitz: step between the inputs
};

struct OptimizerConfig {
    enum class Kind {
        GradientDescent, ///< p -= lr g, on the whole batch unless a batch size is set
        Momentum, ///< v = momentum v + g; p -= lr v
        Adam, ///< Kingma & Ba, eps outside the root after bias correction
    };
    Kind kind = Kind::Adam;
    double learningRate = 1e-3;
    double momentum = 0.9;
    double beta1 = 0.9, beta2 = 0.999, eps = 1e-8;
};

struct TrainerConfig {
    std::vector<int> sizes; ///< neurons per layer, input and output included, e.g. {1, 100, 100, 1}
    std::string activation = "tanh"; ///< hidden layers; the last layer is linear
    InitConfig init;
    LossConfig loss;
    OptimizerConfig optimizer;
    std::size_t batch = 0; ///< samples per update, 0 = all; WeightedFourier needs all
    Precision precision = Precision::Float;
    std::uint64_t seed = 42;
    int threads = 1;
};

/// A network with its training data, loss and optimizer: the state of a training run.
///
/// Same config and data give the same bits for every number of threads, and evaluate() never changes what update()
/// computes. The work is cut into chunks of samples whose size follows from the shapes alone; each of a fixed number of
/// lanes sums the gradients of its chunks in order, and the lanes are summed in order.
class Trainer {
public:
    virtual ~Trainer() = default;

    /// One optimiser update.
    virtual void update() = 0;
    /// One optimiser update of the Deep Ritz energy on other points than the training inputs: as many, ascending, with
    /// the two ends; each between them stands for `dx`. Precondition: DeepRitz.
    virtual void updateOn(const SampleMatrix& points, const SampleMatrix& source, double dx) = 0;
    [[nodiscard]] virtual std::int64_t updates() const = 0;
    /// Loss of the batch that the latest update() used, before that update; NaN before the first.
    [[nodiscard]] virtual double lastLoss() const = 0;

    /// Network output (before a softmax) for inputs of any count: result.dim = outputs. No side effects on training.
    [[nodiscard]] virtual SampleMatrix evaluate(const SampleMatrix& inputs) = 0;
    /// Output at the training inputs.
    [[nodiscard]] virtual SampleMatrix evaluateTraining() = 0;
    /// The loss of given outputs against given targets with this trainer's loss (double arithmetic).
    /// WeightedFourier with a count other than the training count falls back to the mean squared error.
    /// Precondition: not DeepRitz, which needs the slopes too.
    [[nodiscard]] virtual double loss(const SampleMatrix& outputs, const SampleMatrix& targets) const = 0;
    /// Loss on all training data; costs as much as an update.
    [[nodiscard]] virtual double trainingLoss() = 0;
    /// Loss on all training data and its gradient, in the layout of params(). For tests and diagnostics.
    [[nodiscard]] virtual double gradient(NetworkParams& gradient) = 0;

    [[nodiscard]] virtual NetworkParams params() const = 0;
    [[nodiscard]] virtual std::size_t parameterCount() const = 0;
    /// Largest |parameter|; NaN if any is not finite.
    [[nodiscard]] virtual double largestParameter() const = 0;

    /// Threads that an update keeps busy; 1 where it is too small to be shared.
    [[nodiscard]] virtual int busyThreads() const = 0;
    /// While on, an update leaves all but the calling thread to others as soon as they have done what they are at; the
    /// numbers stay the same. From any thread, at any time.
    virtual void setYielding(bool on) = 0;

    // The setters take effect whole or, when std::bad_alloc comes out, not at all.
    virtual void setLearningRate(double rate) = 0;
    /// Changing the kind clears the optimizer's moments.
    virtual void setOptimizer(const OptimizerConfig& optimizer) = 0;
    virtual void setBatch(std::size_t batch) = 0;
    virtual void setLoss(const LossConfig& loss) = 0;
    [[nodiscard]] virtual const TrainerConfig& config() const = 0; ///< as changed by the setters

    /// Weights, moments, update count and the position in the batch order: all that update() depends on.
    [[nodiscard]] virtual std::vector<std::byte> state() const = 0;
    /// False, with nothing changed, if the state is not of this network, precision and number of samples.
    /// Moments of another kind of optimizer are cleared: call setOptimizer() first.
    virtual bool restore(std::span<const std::byte> state) = 0;
};

/// `inputs` (n, sizes.front()), `targets` (n, sizes.back()). Errors name the JSON path of the experiment file
/// ("network.init.params[1].W") when shapes do not fit.
[[nodiscard]] Result<std::unique_ptr<Trainer>> makeTrainer(
    const TrainerConfig& config, const SampleMatrix& inputs, const SampleMatrix& targets);

/// The instruction level the engine was compiled for, e.g. "x86-64" or "x86-64-v3"; goes into every recording.
[[nodiscard]] const char* instructionLevel();

} // namespace fplab
