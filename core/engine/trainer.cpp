#include "core/engine/trainer.h"

#include "core/base/parallel.h"
#include "core/engine/batch_order.h"
#include "core/engine/chunks.h"
#include "core/engine/descent.h"
#include "core/engine/layout.h"
#include "core/engine/network.h"
#include "core/engine/tangent_network.h"
#include "core/engine/trainer_check.h"
#include "core/engine/trainer_state.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <type_traits>

namespace fplab {

namespace {

template <class T> std::unique_ptr<Descent<T>> makeDescent(const OptimizerSpec& spec, std::size_t parameterCount)
{
    const Optimizer* row = findOptimizer(spec.kind);
    assert(row);
    if constexpr (std::is_same_v<T, float>)
        return row->makeFloat(spec, parameterCount);
    else
        return row->makeDouble(spec, parameterCount);
}

template <class T> class TrainerOf final : public Trainer {
public:
    TrainerOf(const TrainerConfig& config, const SampleMatrix& inputs, const SampleMatrix& targets);

    void update() override;
    void updateOn(const SampleMatrix& points, const SampleMatrix& source, double dx) override;
    [[nodiscard]] std::int64_t updates() const override { return m_updates; }
    [[nodiscard]] double lastLoss() const override { return m_lastLoss; }
    [[nodiscard]] SampleMatrix evaluate(const SampleMatrix& inputs) override;
    [[nodiscard]] SampleMatrix evaluateTraining() override { return evaluateColumns(m_inputs.data(), m_samples); }
    [[nodiscard]] double loss(const SampleMatrix& outputs, const SampleMatrix& targets) const override;
    [[nodiscard]] double trainingLoss() override;
    [[nodiscard]] double gradient(NetworkParams& gradient) override;
    [[nodiscard]] NetworkParams pullback(const SampleMatrix& outputGradient) override
    {
        assert(outputGradient.count == m_samples);
        return pullbackColumns(m_inputs.data(), outputGradient);
    }
    [[nodiscard]] NetworkParams pullback(const SampleMatrix& inputs, const SampleMatrix& outputGradient) override;
    [[nodiscard]] NetworkParams params() const override;
    [[nodiscard]] std::size_t parameterCount() const override { return m_network.layout().count; }
    [[nodiscard]] double largestParameter() const override;
    [[nodiscard]] int busyThreads() const override
    {
        const std::size_t batch = m_config.batch == 0 || m_whole ? m_samples : std::min(m_config.batch, m_samples);
        const Chunks chunks = cut(batch, m_tangents.has_value());
        return chunks.parallel ? std::min(m_pool.threads(), int(chunks.lanes())) : 1;
    }
    void setYielding(bool on) override { m_pool.setYielding(on); }
    void setLearningRate(double rate) override;
    void setOptimizer(const OptimizerSpec& optimizer) override;
    void setBatch(std::size_t batch) override;
    void setLoss(const LossSpec& loss, const LossData& data) override;
    [[nodiscard]] const TrainerConfig& config() const override { return m_config; }
    [[nodiscard]] std::vector<std::byte> state() const override;
    bool restore(std::span<const std::byte> state) override;

private:
    struct Lane {
        MatrixOf<T> gradient; ///< (parameters, 1)
        double loss = 0;
    };
    /// Where chunks are worked on, one after the other: of a thread, whose caches know it; with m_whole of a lane,
    /// which keeps the forward pass of its last chunk.
    struct Scratch {
        typename Network<T>::Workspace values;
        typename TangentNetwork<T>::Workspace tangents;
    };
    /// What the lanes work on.
    struct Pass {
        Chunks chunks {1, 0};
        const T* inputs = nullptr;
        const double* targets = nullptr; ///< none: no loss
        T* outputs = nullptr;
        T* outputGradient = nullptr;
        bool forward = true, backward = true; ///< which halves to do
        bool tangents = false; ///< values and slopes
        double dx = 0; ///< with slopes: what a sample stands for
    };

    [[nodiscard]] Chunks cut(std::size_t samples, bool tangents) const;
    void begin(std::size_t samples, const T* inputs, const double* targets, T* outputs, T* outputGradient);
    /// begin() with the arrays of training.
    void beginLoss(std::size_t samples, const T* inputs, const double* targets)
    {
        begin(samples, inputs, targets, m_outputs.data(), m_outputGradient.data());
    }
    void runLanes();
    void runLane(std::size_t lane, std::size_t thread);
    void runChunk(Lane& lane, Scratch& scratch, std::size_t chunk, bool firstOfLane);
    void runTangentChunk(Lane& lane, Scratch& scratch, std::size_t first, std::size_t count, bool firstOfLane);
    /// The loss of the samples given to begin(); leaves its gradient in the lanes.
    double computeGradient();
    /// The rest of an update of the samples given to begin().
    void descend();
    [[nodiscard]] std::size_t stepPieces() const { return m_pass.chunks.parallel && parameterCount() > 16384 ? 4 : 1; }
    void stepPiece(std::size_t piece);
    SampleMatrix evaluateColumns(const T* inputs, std::size_t count);
    NetworkParams pullbackColumns(const T* inputs, const SampleMatrix& outputGradient);
    /// The sum of the gradients in the lanes.
    [[nodiscard]] NetworkParams gradientOfLanes() const;
    [[nodiscard]] std::span<const T* const> laneGradients() const
    {
        return {m_laneGradients.data(), m_pass.chunks.lanes()};
    }

    TrainerConfig m_config;
    Network<T> m_network;
    std::optional<TangentNetwork<T>> m_tangents; ///< of a loss of slopes
    std::size_t m_samples, m_inputDim, m_outputDim;
    MatrixOf<T> m_inputs, m_batchInputs, m_drawnInputs, m_outputs, m_outputGradient; ///< a sample is a column
    std::vector<double> m_targets, m_batchTargets;
    Weights<T> m_weights;
    std::unique_ptr<Descent<T>> m_descent;
    BatchOrder m_order;
    const Loss* m_loss = nullptr;
    std::unique_ptr<WholeLoss> m_whole; ///< of a loss of the whole batch; scratch only
    std::int64_t m_updates = 0;
    double m_lastLoss = std::numeric_limits<double>::quiet_NaN();

    Pass m_pass;
    std::array<Lane, Chunks::maxLanes> m_lanes;
    std::array<const T*, Chunks::maxLanes> m_laneGradients {};
    std::array<Scratch, Chunks::maxLanes> m_scratch;
    ThreadPool::Task m_laneTask, m_stepTask; ///< made once: update() allocates nothing
    ThreadPool m_pool;
};

template <class T> MatrixOf<T> columns(const SampleMatrix& samples)
{
    const Eigen::Map<const MatrixOf<double>> values(samples.values.data(), long(samples.dim), long(samples.count));
    return values.cast<T>();
}

template <class T>
TrainerOf<T>::TrainerOf(const TrainerConfig& config, const SampleMatrix& inputs, const SampleMatrix& targets)
    : m_config(config)
    , m_network(Layout(config.sizes), *findActivation(config.activation))
    , m_samples(inputs.count)
    , m_inputDim(inputs.dim)
    , m_outputDim(targets.dim)
    , m_inputs(columns<T>(inputs))
    , m_targets(targets.values)
    , m_weights(m_network.layout())
    , m_descent(makeDescent<T>(config.optimizer, m_network.layout().count))
    , m_order(config.seed, m_samples)
    , m_laneTask([this](std::size_t lane, std::size_t thread) { runLane(lane, thread); })
    , m_stepTask([this](std::size_t piece, std::size_t) { stepPiece(piece); })
    , m_pool(std::min(config.threads, int(Chunks::maxLanes)))
{
    const std::vector<double> initial = initialParameters(m_network.layout(), config.init, config.seed);
    std::ranges::transform(initial, m_weights.flat().begin(), [](double value) { return static_cast<T>(value); });
    m_weights.refresh();
    setLoss(config.loss, config.lossData);
    setBatch(config.batch);
    beginLoss(m_samples, m_inputs.data(), m_targets.data());
}

template <class T> Chunks TrainerOf<T>::cut(std::size_t samples, bool tangents) const
{
    const std::size_t most = tangents ? Chunks::largestWithTangents
        : m_whole                     ? Chunks::largest // each lane may keep the forward pass of one chunk
                                      : m_network.largestChunk();
    return {samples, parameterCount(), most};
}

/// Makes room for a pass over the samples and sets it up: forward, and with `outputGradient` backward; with `targets`
/// the loss makes that gradient.
template <class T>
void TrainerOf<T>::begin(std::size_t samples, const T* inputs, const double* targets, T* outputs, T* outputGradient)
{
    const bool tangents = m_tangents && targets, backward = outputGradient != nullptr;
    m_pass = {cut(samples, tangents), inputs, targets, outputs, outputGradient, true, backward, tangents,
        m_config.lossData.dx};
    const long largest = long(m_pass.chunks.largestChunk());
    const std::size_t lanes = m_pass.chunks.lanes();
    const std::size_t threads
        = m_pass.chunks.parallel ? std::size_t(m_pool.threads()) : 1; // any of them may take a lane
    for (std::size_t s = 0; s < (m_whole ? lanes : threads); ++s) {
        if (tangents)
            m_tangents->reserve(m_scratch[s].tangents, largest);
        else
            m_network.reserve(m_scratch[s].values, largest);
    }
    for (std::size_t g = 0; g < lanes; ++g) {
        if (m_lanes[g].gradient.size() == 0)
            m_lanes[g].gradient.resize(long(parameterCount()), 1);
        m_laneGradients[g] = m_lanes[g].gradient.data();
    }
}

template <class T> void TrainerOf<T>::runLanes()
{
    if (m_pass.chunks.parallel) {
        m_pool.run(m_pass.chunks.lanes(), m_laneTask);
        return;
    }
    for (std::size_t g = 0; g < m_pass.chunks.lanes(); ++g)
        runLane(g, 0);
}

template <class T> void TrainerOf<T>::runLane(std::size_t lane, std::size_t thread)
{
    m_lanes[lane].loss = 0;
    for (std::size_t chunk = lane; chunk < m_pass.chunks.count; chunk += m_pass.chunks.lanes())
        runChunk(m_lanes[lane], m_scratch[m_whole ? lane : thread], chunk, chunk == lane);
}

template <class T> void TrainerOf<T>::runChunk(Lane& lane, Scratch& scratch, std::size_t chunk, bool firstOfLane)
{
    const std::size_t first = m_pass.chunks.begin(chunk);
    const std::size_t count = m_pass.chunks.begin(chunk + 1) - first;
    if (m_pass.tangents) {
        runTangentChunk(lane, scratch, first, count, firstOfLane);
        return;
    }
    const T* inputs = m_pass.inputs + first * m_inputDim;
    T* outputs = m_pass.outputs + first * m_outputDim;
    if (m_pass.forward)
        m_network.forward(m_weights, inputs, long(count), scratch.values, outputs, m_pass.outputGradient != nullptr);
    if (!m_pass.backward)
        return;
    T* outputGradient = m_pass.outputGradient + first * m_outputDim;
    if (m_pass.targets && !m_whole)
        lane.loss += m_loss->ofSamples.of<T>()(m_config.loss, m_outputDim, count,
            1 / static_cast<double>(m_pass.chunks.samples), outputs, m_pass.targets + first * m_outputDim,
            outputGradient);
    m_network.backward(
        m_weights, inputs, long(count), scratch.values, outputGradient, !firstOfLane, lane.gradient.data());
}

/// Each chunk keeps its values and then its slopes in m_outputs.
template <class T>
void TrainerOf<T>::runTangentChunk(Lane& lane, Scratch& scratch, std::size_t first, std::size_t count, bool firstOfLane)
{
    T* outputs = m_pass.outputs + 2 * first;
    T* outputGradient = m_pass.outputGradient + 2 * first;
    m_tangents->forward(m_weights, m_pass.inputs + first, long(count), scratch.tangents, outputs);
    lane.loss += m_loss->ofSlopes.of<T>()(m_config.lossData, m_pass.dx, first, count, m_pass.chunks.samples, outputs,
        m_pass.targets + first, outputGradient);
    m_tangents->backward(m_weights, long(count), scratch.tangents, outputGradient, !firstOfLane, lane.gradient.data());
}

template <class T> double TrainerOf<T>::computeGradient()
{
    if (m_whole) { // needs all outputs first; each lane still has the forward pass of its last chunk
        m_pass.backward = false;
        runLanes();
        const double loss = m_whole->evaluate(m_outputDim, m_pass.outputs, m_pass.targets, m_pass.outputGradient);
        m_pass.backward = true;
        m_pass.forward = m_pass.chunks.count > m_pass.chunks.lanes();
        runLanes();
        return loss;
    }
    runLanes();
    double loss = 0;
    for (std::size_t g = 0; g < m_pass.chunks.lanes(); ++g)
        loss += m_lanes[g].loss;
    return loss;
}

template <class T> void TrainerOf<T>::stepPiece(std::size_t piece)
{
    m_weights.updatePart(piece, stepPieces(), [this](std::size_t begin, std::size_t end) {
        m_descent->step(laneGradients(), m_weights.flat().data(), begin, end);
    });
}

template <class T> void TrainerOf<T>::update()
{
    if (m_config.batch == 0 || m_config.batch >= m_samples || m_whole) {
        beginLoss(m_samples, m_inputs.data(), m_targets.data());
    } else {
        const auto indices = m_order.next(m_config.batch);
        for (std::size_t i = 0; i < indices.size(); ++i) {
            m_batchInputs.col(long(i)) = m_inputs.col(long(indices[i]));
            std::copy_n(
                m_targets.data() + indices[i] * m_outputDim, m_outputDim, m_batchTargets.data() + i * m_outputDim);
        }
        beginLoss(indices.size(), m_batchInputs.data(), m_batchTargets.data());
    }
    descend();
}

template <class T> void TrainerOf<T>::updateOn(const SampleMatrix& points, const SampleMatrix& source, double dx)
{
    assert(m_tangents && points.count == m_samples && source.count == m_samples);
    m_drawnInputs.resize(1, long(m_samples)); // once
    std::ranges::transform(points.values, m_drawnInputs.data(), [](double x) { return static_cast<T>(x); });
    beginLoss(m_samples, m_drawnInputs.data(), source.values.data());
    m_pass.dx = dx;
    descend();
}

template <class T> void TrainerOf<T>::descend()
{
    m_lastLoss = computeGradient();
    m_descent->beginStep();
    if (const std::size_t pieces = stepPieces(); pieces > 1)
        m_pool.run(pieces, m_stepTask);
    else
        stepPiece(0);
    ++m_updates;
}

template <class T> SampleMatrix TrainerOf<T>::evaluateColumns(const T* inputs, std::size_t count)
{
    SampleMatrix out {count, m_outputDim, std::vector<double>(count * m_outputDim)};
    if (count == 0)
        return out;
    MatrixOf<T> outputs = MatrixOf<T>::Zero(long(m_outputDim), long(count));
    begin(count, inputs, nullptr, outputs.data(), nullptr);
    runLanes();
    Eigen::Map<MatrixOf<double>>(out.values.data(), long(m_outputDim), long(count)) = outputs.template cast<double>();
    return out;
}

template <class T> SampleMatrix TrainerOf<T>::evaluate(const SampleMatrix& inputs)
{
    assert(inputs.dim == m_inputDim && inputs.values.size() == inputs.count * inputs.dim);
    const MatrixOf<T> values = columns<T>(inputs);
    return evaluateColumns(values.data(), inputs.count);
}

template <class T> double TrainerOf<T>::loss(const SampleMatrix& outputs, const SampleMatrix& targets) const
{
    assert(outputs.dim == targets.dim && outputs.count == targets.count);
    if (m_whole && m_whole->samples() == outputs.count)
        return m_whole->evaluate(
            outputs.dim, outputs.values.data(), targets.values.data(), static_cast<double*>(nullptr));
    return m_loss->ofSamples.ofDouble(m_config.loss, outputs.dim, outputs.count, 1 / static_cast<double>(outputs.count),
        outputs.values.data(), targets.values.data(), nullptr);
}

template <class T> double TrainerOf<T>::trainingLoss()
{
    beginLoss(m_samples, m_inputs.data(), m_targets.data());
    return computeGradient();
}

template <class T> double TrainerOf<T>::gradient(NetworkParams& gradient)
{
    const double loss = trainingLoss();
    gradient = gradientOfLanes();
    return loss;
}

template <class T> NetworkParams TrainerOf<T>::gradientOfLanes() const
{
    std::vector<double> sum(parameterCount(), 0.0);
    for (const T* lane : laneGradients())
        for (std::size_t i = 0; i < sum.size(); ++i)
            sum[i] += static_cast<double>(lane[i]);
    return unflatten(m_network.layout(), sum);
}

template <class T> NetworkParams TrainerOf<T>::pullback(const SampleMatrix& inputs, const SampleMatrix& outputGradient)
{
    assert(inputs.dim == m_inputDim && inputs.values.size() == inputs.count * inputs.dim);
    assert(outputGradient.count == inputs.count);
    const MatrixOf<T> values = columns<T>(inputs);
    return pullbackColumns(values.data(), outputGradient);
}

template <class T> NetworkParams TrainerOf<T>::pullbackColumns(const T* inputs, const SampleMatrix& outputGradient)
{
    assert(outputGradient.dim == m_outputDim);
    const std::size_t count = outputGradient.count;
    if (count == 0)
        return unflatten(m_network.layout(), std::vector<double>(parameterCount(), 0.0));
    MatrixOf<T> gradient = columns<T>(outputGradient);
    MatrixOf<T> outputs = MatrixOf<T>::Zero(long(m_outputDim), long(count));
    begin(count, inputs, nullptr, outputs.data(), gradient.data());
    runLanes();
    return gradientOfLanes();
}

template <class T> NetworkParams TrainerOf<T>::params() const
{
    const std::vector<double> values(m_weights.flat().begin(), m_weights.flat().end());
    return unflatten(m_network.layout(), values);
}

template <class T> double TrainerOf<T>::largestParameter() const
{
    const Eigen::Map<const MatrixOf<T>> values(m_weights.flat().data(), long(parameterCount()), 1);
    const T largest = values.cwiseAbs().template maxCoeff<Eigen::PropagateNaN>();
    return std::isfinite(largest) ? static_cast<double>(largest) : std::numeric_limits<double>::quiet_NaN();
}

template <class T> void TrainerOf<T>::setLearningRate(double rate)
{
    m_config.optimizer.learningRate = rate;
    m_descent->configure(m_config.optimizer);
}

template <class T> void TrainerOf<T>::setOptimizer(const OptimizerSpec& optimizer)
{
    OptimizerSpec spec = optimizer;
    if (optimizer.kind != m_config.optimizer.kind)
        m_descent = makeDescent<T>(optimizer, parameterCount());
    else
        m_descent->configure(optimizer);
    m_config.optimizer = std::move(spec);
}

template <class T> void TrainerOf<T>::setBatch(std::size_t batch)
{
    batch = std::min(batch, m_samples);
    MatrixOf<T> inputs = MatrixOf<T>::Zero(long(m_inputDim), long(batch));
    m_batchTargets.resize(std::max(m_batchTargets.size(), batch * m_outputDim));
    m_batchInputs = std::move(inputs);
    m_config.batch = batch;
}

template <class T> void TrainerOf<T>::setLoss(const LossSpec& loss, const LossData& data)
{
    const Loss* row = findLoss(loss.kind);
    assert(row && (!row->weights || data.weights.size() == m_samples));
    LossSpec newSpec = loss;
    LossData newData = data;
    std::unique_ptr<WholeLoss> whole = row->makeWhole ? row->makeWhole(data) : nullptr;
    std::optional<TangentNetwork<T>> tangents;
    if (row->ofSlopes.template of<T>())
        tangents.emplace(m_network.layout(), *findActivation(m_config.activation));
    const long columns = long(m_samples) * (tangents ? 2 : 1); // values, and slopes
    MatrixOf<T> outputs(long(m_outputDim), columns), outputGradient(long(m_outputDim), columns);
    m_config.loss = std::move(newSpec);
    m_config.lossData = std::move(newData);
    m_loss = row;
    m_whole = std::move(whole);
    m_tangents = std::move(tangents);
    m_outputs = std::move(outputs);
    m_outputGradient = std::move(outputGradient);
}

template <class T> std::vector<std::byte> TrainerOf<T>::state() const
{
    const auto moments = m_descent->moments();
    const StateHeader header {.scalarSize = sizeof(T),
        .optimizer = StateHeader::optimizerId(m_config.optimizer.kind),
        .parameters = parameterCount(),
        .moments = moments.size(),
        .samples = m_samples,
        .updates = m_updates,
        .optimizerSteps = m_descent->steps(),
        .order = m_order.position(),
        .lastLoss = m_lastLoss};
    std::vector<std::byte> out(sizeof header + (parameterCount() + moments.size()) * sizeof(T));
    std::memcpy(out.data(), &header, sizeof header);
    std::byte* at = out.data() + sizeof header;
    std::memcpy(at, m_weights.flat().data(), parameterCount() * sizeof(T));
    if (!moments.empty())
        std::memcpy(at + parameterCount() * sizeof(T), moments.data(), moments.size_bytes());
    return out;
}

template <class T> bool TrainerOf<T>::restore(std::span<const std::byte> state)
{
    StateHeader header;
    if (state.size() < sizeof header)
        return false;
    std::memcpy(&header, state.data(), sizeof header);
    if (!header.fits(state.size() - sizeof header) || header.scalarSize != sizeof(T)
        || header.parameters != parameterCount() || header.samples != m_samples || header.order.taken > m_samples)
        return false;
    const bool sameRule = header.optimizer == StateHeader::optimizerId(m_config.optimizer.kind);
    if (sameRule && header.moments != m_descent->moments().size())
        return false;
    const std::byte* at = state.data() + sizeof header;
    std::vector<T> moments(sameRule ? header.moments : 0);
    if (!moments.empty())
        std::memcpy(moments.data(), at + parameterCount() * sizeof(T), moments.size() * sizeof(T));
    std::memcpy(m_weights.flat().data(), at, parameterCount() * sizeof(T));
    m_weights.refresh();
    if (sameRule)
        m_descent->restore(header.optimizerSteps, moments);
    else
        m_descent->clear();
    m_updates = header.updates;
    m_order.restore(header.order);
    m_lastLoss = header.lastLoss;
    return true;
}

} // namespace

Result<std::unique_ptr<Trainer>> makeTrainer(
    const TrainerConfig& config, const SampleMatrix& inputs, const SampleMatrix& targets)
{
    if (auto status = checkTrainer(config, inputs, targets); !status)
        return status.error();
    if (config.precision == Precision::Float)
        return std::unique_ptr<Trainer>(std::make_unique<TrainerOf<float>>(config, inputs, targets));
    return std::unique_ptr<Trainer>(std::make_unique<TrainerOf<double>>(config, inputs, targets));
}

const char* instructionLevel()
{
#if defined(__AVX512F__)
    return "x86-64-v4";
#elif defined(__AVX2__) && defined(__FMA__)
    return "x86-64-v3";
#elif defined(__x86_64__)
    return "x86-64";
#elif defined(__aarch64__)
    return "aarch64";
#else
    return "unknown";
#endif
}

} // namespace fplab
