#pragma once

#include "core/base/result.h"
#include "core/base/samples.h"
#include "core/engine/initialisation.h"
#include "core/engine/loss.h"
#include "core/engine/optimizer.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace fplab {

enum class Precision { Float, Double };

struct TrainerConfig {
    std::vector<int> sizes; ///< neurons per layer, input and output included, e.g. {1, 100, 100, 1}
    std::string activation = "tanh"; ///< id; of the hidden layers, the last layer is linear
    InitSpec init;
    LossSpec loss;
    LossData lossData;
    OptimizerSpec optimizer;
    std::size_t batch = 0; ///< samples per update, 0 = all; see Loss::needsAllSamples
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
    /// One optimiser update of a loss of slopes (deep_ritz) on other points than the training inputs: as many,
    /// ascending, with the two ends; each between them stands for `dx`. Precondition: a loss of slopes.
    virtual void updateOn(const SampleMatrix& points, const SampleMatrix& source, double dx) = 0;
    [[nodiscard]] virtual std::int64_t updates() const = 0;
    /// Loss of the batch that the latest update() used, before that update; NaN before the first.
    [[nodiscard]] virtual double lastLoss() const = 0;

    /// Network output (before a softmax) for inputs of any count: result.dim = outputs. No side effects on training.
    [[nodiscard]] virtual SampleMatrix evaluate(const SampleMatrix& inputs) = 0;
    /// Output at the training inputs.
    [[nodiscard]] virtual SampleMatrix evaluateTraining() = 0;
    /// The loss of given outputs against given targets with this trainer's loss (double arithmetic).
    /// Of a loss of the whole batch, with a count other than the training count, its Loss::ofSamples.
    /// Precondition: not a loss of slopes, which needs those too.
    [[nodiscard]] virtual double loss(const SampleMatrix& outputs, const SampleMatrix& targets) const = 0;
    /// Loss on all training data; costs as much as an update.
    [[nodiscard]] virtual double trainingLoss() = 0;
    /// Loss on all training data and its gradient, in the layout of params(). For tests and diagnostics.
    [[nodiscard]] virtual double gradient(NetworkParams& gradient) = 0;

    /// The gradient of sum_ij G_ij h_j(x_i), the outputs weighted by `outputGradient` G: (n, outputs), by the
    /// parameters, in the layout of params(); the transpose of the Jacobian applied to G. At the training inputs, so n
    /// is their number. Same bits for every number of threads; costs as much as an update and has no side effects on
    /// training.
    [[nodiscard]] virtual NetworkParams pullback(const SampleMatrix& outputGradient) = 0;
    /// The same at other inputs (n, inputs) of any count.
    [[nodiscard]] virtual NetworkParams pullback(const SampleMatrix& inputs, const SampleMatrix& outputGradient) = 0;

    [[nodiscard]] virtual NetworkParams params() const = 0;
    [[nodiscard]] virtual std::size_t parameterCount() const = 0;
    /// Largest |parameter|; NaN if any is not finite.
    [[nodiscard]] virtual double largestParameter() const = 0;

    /// Threads that an update keeps busy; 1 where it is too small to be shared.
    [[nodiscard]] virtual int busyThreads() const = 0;
    /// While on, an update leaves all but the calling thread to others as soon as they have done what they are at; the
    /// numbers stay the same. From any thread, at any time.
    virtual void setYielding(bool on) = 0;

    // The setters take effect whole or, when std::bad_alloc comes out, not at all. Precondition: what they set would
    // pass makeTrainer().
    virtual void setLearningRate(double rate) = 0;
    /// Changing the kind clears the optimizer's moments.
    virtual void setOptimizer(const OptimizerSpec& optimizer) = 0;
    virtual void setBatch(std::size_t batch) = 0;
    virtual void setLoss(const LossSpec& loss, const LossData& data) = 0;
    [[nodiscard]] virtual const TrainerConfig& config() const = 0; ///< as changed by the setters

    /// Weights, moments, update count and the position in the batch order: all that update() depends on.
    [[nodiscard]] virtual std::vector<std::byte> state() const = 0;
    /// False, with nothing changed, if the state is not of this network, precision and number of samples.
    /// Moments of another kind of optimizer are cleared: call setOptimizer() first.
    virtual bool restore(std::span<const std::byte> state) = 0;
};

/// `inputs` (n, sizes.front()), `targets` (n, sizes.back()). Errors name the JSON path of the experiment file
/// ("network.init.params[1].W") when shapes do not fit or there is no row with an id.
[[nodiscard]] Result<std::unique_ptr<Trainer>> makeTrainer(
    const TrainerConfig& config, const SampleMatrix& inputs, const SampleMatrix& targets);

/// The instruction level the engine was compiled for, e.g. "x86-64" or "x86-64-v3"; goes into every recording.
[[nodiscard]] const char* instructionLevel();

} // namespace fplab
