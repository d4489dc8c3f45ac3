#include "core/kinds/fit_curve/fit_curve.h"

#include "core/analysis/followed_bins.h"
#include "core/engine/trainer_check.h"
#include "core/experiment/formula_parameters.h"
#include "core/experiment/live_change.h"
#include "core/experiment/relevance.h"
#include "core/parts/curve_remarks.h"
#include "core/parts/curve_samples.h"
#include "core/parts/loss_weights.h"
#include "core/parts/output_spectrum.h"
#include "core/parts/trainer_settings.h"
#include "core/run/state_bytes.h"
#include "core/signal/aliasing.h"
#include "core/spectral/relative_error.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace fplab {

namespace {

constexpr std::size_t widePoints = 401;
constexpr std::string_view stateKind = "fit_curve";
constexpr std::uint32_t stateVersion = 1; ///< of what state() writes
constexpr std::int64_t stageCheckInterval = 10; ///< steps between looks at the peak that staged weights wait for

Diagnostic at(std::string path, std::string what) { return {.what = std::move(what), .path = std::move(path)}; }

} // namespace

struct FitCurveExperiment::Impl {
    ExperimentSpec spec;
    CurveSamples samples;
    SampleMatrix seenTargets; ///< of the training samples
    std::unique_ptr<Trainer> trainer;
    std::vector<Channel> channels;
    std::vector<std::size_t> peaks;
    std::optional<OutputSpectrum> spectrum; ///< 1-D samples
    std::vector<Remark> remarks;
    SampleMatrix wideInputs;
    std::vector<double> firstOutput;
    std::size_t stage = 0; ///< of staged weights
    std::int64_t stageStart = 0;

    [[nodiscard]] const FitCurveSpec& fit() const { return specOf<FitCurveSpec>(spec.problem); }

    [[nodiscard]] SampleSource source() const
    {
        return {fit().target, fit().sampling, fit().data, spec.seed, spec.precision};
    }

    [[nodiscard]] LossConfig lossConfig() const
    {
        using Which = LossConfig::Kind;
        const LossSpec& loss = fit().loss;
        if (loss.kind == "weighted_fourier")
            return {.kind = Which::WeightedFourier,
                .weights = resolveWeights(loss.weights, samples.data.trainInputs.count, peaks, stage),
                .positions = samples.data.even ? std::vector<double> {} : periods()};
        if (loss.kind == "softmax_ce")
            return {Which::SoftmaxCrossEntropy, 2, {}};
        return loss.kind == "lp" ? LossConfig {Which::Lp, loss.p, {}} : LossConfig {Which::Mse, 2, {}};
    }

    /// As they are shown.
    [[nodiscard]] SampleMatrix outputs() { return samples.y.shown(trainer->evaluateTraining()); }
    [[nodiscard]] SampleMatrix outputsAt(const SampleMatrix& inputs)
    {
        return samples.y.shown(trainer->evaluate(samples.x.seen(inputs)));
    }

    /// The inputs in periods of k = 1, as the spectrum at uneven points counts them.
    [[nodiscard]] std::vector<double> periods() const
    {
        std::vector<double> out = samples.data.trainInputs.values;
        const double low = out.front(), length = out.back() - low;
        for (double& t : out)
            t = (t - low) / length;
        return out;
    }

    /// Spectrum of the first output at the training points, in the record layout.
    std::vector<double> spectrumOf(const SampleMatrix& outputs)
    {
        for (std::size_t i = 0; i < outputs.count; ++i)
            firstOutput[i] = outputs(i, 0);
        return spectrum->sample(firstOutput);
    }

    [[nodiscard]] FinerGrid finerGrid() const;
    void setUpSpectrum(const FinerGrid& finer);
    void setUpChannels();
    void setUpWideOutput();
    void advanceStage();
};

/// Of a formula at even points; empty for other targets.
FinerGrid FitCurveExperiment::Impl::finerGrid() const
{
    if (fit().data || !samples.data.even)
        return {};
    const auto formula = parseFormulaOf(fit().target);
    return formula ? lookFiner(*formula, fit().sampling.from, samples.data.spacing, samples.data.trainInputs.count)
                   : FinerGrid {};
}

void FitCurveExperiment::Impl::setUpSpectrum(const FinerGrid& finer)
{
    const std::size_t n = samples.data.trainInputs.count;
    if (samples.data.trainInputs.dim != 1 || n < 2)
        return;
    const auto& x = samples.data.trainInputs.values;
    const auto [low, high] = std::ranges::minmax(x);
    if (!(high > low))
        return;
    firstOutput.resize(n);
    for (std::size_t i = 0; i < n; ++i)
        firstOutput[i] = samples.data.trainTargets(i, 0);
    const double noise = fit().data ? 0 : fit().target.noise.std;
    spectrum.emplace(x, samples.data.even, samples.data.spacing,
        OutputSpectrum::Target {.values = firstOutput, .noise = noise, .rms = finer.rms, .rounding = samples.rounding},
        fit().analysis);
    channels.push_back(spectrum->channel());
    for (auto& line : channels.back().lines)
        for (const auto& alias : finer.aliases)
            if (alias.looksLike == line.k && alias.cycles != line.k && line.cycles == 0) // of several the largest
                line.cycles = alias.cycles;
    peaks = followedBins(channels.back(), fit().analysis);
}

void FitCurveExperiment::Impl::setUpWideOutput()
{
    if (samples.data.trainInputs.dim != 1)
        return;
    auto [low, high] = std::ranges::minmax(samples.data.trainInputs.values);
    if (low == high) { // one point: something around it
        low -= 1;
        high += 1;
    }
    const double margin = fit().data ? fit().sampling.showOutside * (high - low)
                                     : fit().sampling.showOutside * (fit().sampling.to - fit().sampling.from);
    wideInputs = {widePoints, 1, std::vector<double>(widePoints)};
    for (std::size_t i = 0; i < widePoints; ++i)
        wideInputs.values[i] = low - margin + (high - low + 2 * margin) * static_cast<double>(i) / (widePoints - 1);
    Channel channel {
        .id = "wide_output", .label = "Output beyond the range", .shape = Shape::Curve, .role = Role::WideOutput};
    channel.x = {samples.xTitle, wideInputs.values};
    channel.y.label = samples.yTitle;
    if (!fit().data) {
        if (const auto formula = parseFormulaOf(fit().target))
            for (const double x : wideInputs.values)
                channel.reference.push_back(quantise((*formula)(x), fit().target.quantise));
    }
    channels.push_back(std::move(channel));
}

void FitCurveExperiment::Impl::setUpChannels()
{
    const auto curve = [this](const char* id, const char* label, Role role, const SampleMatrix& inputs,
                           const SampleMatrix& targets) {
        Channel channel {.id = id, .label = label, .shape = Shape::Curve, .role = role};
        if (inputs.dim == 1 && targets.dim == 1) {
            channel.x = {samples.xTitle, inputs.values};
        } else {
            channel.x = {"sample", std::vector<double>(targets.values.size())};
            std::iota(channel.x.values.begin(), channel.x.values.end(), 0.0);
        }
        channel.y.label = samples.yTitle;
        channel.reference = targets.values;
        return channel;
    };
    channels.push_back({.id = "train_loss", .label = "Training loss", .role = Role::TrainLoss});
    if (samples.data.testInputs.count > 0)
        channels.push_back({.id = "test_loss", .label = "Test loss", .role = Role::TestLoss});
    channels.push_back(curve("output", "Output", Role::Output, samples.data.trainInputs, samples.data.trainTargets));
    if (samples.data.testInputs.count > 0)
        channels.push_back(curve("test_output", "Output at the test points", Role::TestOutput, samples.data.testInputs,
            samples.data.testTargets));
    setUpWideOutput();
    const FinerGrid finer = finerGrid();
    setUpSpectrum(finer);
    remarks = curveRemarks(source(), fit().analysis, samples, spectrum ? &spectrum->channel() : nullptr, finer);
    std::ranges::copy(samples.remarks, std::back_inserter(remarks));
    std::ranges::move(noEffectRemarks(spec), std::back_inserter(remarks));
}

void FitCurveExperiment::Impl::advanceStage()
{
    const WeightSpec& weights = fit().loss.weights;
    if (fit().loss.kind != "weighted_fourier" || !isStaged(weights) || stage + 1 >= peaks.size())
        return;
    const std::int64_t waited = trainer->updates() - stageStart;
    if (waited % stageCheckInterval != 0 && waited < weights.advanceAfter)
        return;
    const std::size_t k = weights.kind == "low_to_high" ? peaks[stage] : peaks[peaks.size() - 1 - stage];
    const auto errors = relativeError(spectrumOf(outputs()), channels.back().reference, Metric::Complex);
    if (errors[k] < weights.advanceBelow || waited >= weights.advanceAfter) {
        ++stage;
        stageStart = trainer->updates();
        trainer->setLoss(lossConfig());
    }
}

Result<std::unique_ptr<FitCurveExperiment>> FitCurveExperiment::make(
    const ExperimentSpec& spec, const ExecutionOptions& options)
{
    auto impl = std::make_unique<Impl>();
    impl->spec = spec;
    const FitCurveSpec& fit = impl->fit();
    auto samples = loadCurveSamples(impl->source(), options);
    if (!samples)
        return samples.error();
    impl->samples = std::move(samples).value();
    const Dataset& data = impl->samples.data;
    impl->setUpChannels();

    TrainerConfig config = trainerConfig(spec, fit.network, fit.optimizer, static_cast<int>(data.trainInputs.dim),
        static_cast<int>(data.trainTargets.dim), options.threads);
    if (auto status
        = fit.loss.kind != "weighted_fourier" || data.even ? success() : checkUnevenFourier(data.trainInputs);
        !status)
        return status.error();
    config.loss = impl->lossConfig();
    config.batch = static_cast<std::size_t>(fit.batch);
    impl->seenTargets = impl->samples.y.seen(data.trainTargets);
    auto trainer = makeTrainer(config, impl->samples.x.seen(data.trainInputs), impl->seenTargets);
    if (!trainer)
        return trainer.error();
    impl->trainer = std::move(trainer).value();
    return std::unique_ptr<FitCurveExperiment>(new FitCurveExperiment(std::move(impl)));
}

FitCurveExperiment::FitCurveExperiment(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

FitCurveExperiment::~FitCurveExperiment() = default;

std::span<const Channel> FitCurveExperiment::channels() const { return m_impl->channels; }
std::span<const Remark> FitCurveExperiment::remarks() const { return m_impl->remarks; }
std::int64_t FitCurveExperiment::stepIndex() const { return m_impl->trainer->updates(); }
double FitCurveExperiment::lastLoss() const { return m_impl->trainer->lastLoss(); }
double FitCurveExperiment::largestParameter() const { return m_impl->trainer->largestParameter(); }
int FitCurveExperiment::busyThreads() const { return m_impl->trainer->busyThreads(); }
void FitCurveExperiment::setYielding(bool on) { m_impl->trainer->setYielding(on); }
const Dataset& FitCurveExperiment::data() const { return m_impl->samples.data; }
NetworkParams FitCurveExperiment::params() const { return m_impl->trainer->params(); }
SampleMatrix FitCurveExperiment::trainOutputs() { return m_impl->outputs(); }
const std::vector<std::size_t>& FitCurveExperiment::peaks() const { return m_impl->peaks; }

SampleMatrix FitCurveExperiment::testOutputs()
{
    const SampleMatrix& inputs = m_impl->samples.data.testInputs;
    return inputs.count > 0 ? m_impl->outputsAt(inputs) : SampleMatrix {};
}

std::int64_t FitCurveExperiment::advance(std::int64_t)
{
    m_impl->trainer->update();
    m_impl->advanceStage();
    return 1;
}

Record FitCurveExperiment::observe()
{
    const auto seen = m_impl->trainer->evaluateTraining();
    const auto outputs = m_impl->samples.y.shown(seen), test = testOutputs();
    Record record;
    record.step = stepIndex();
    for (const Channel& channel : m_impl->channels) {
        switch (channel.role) {
        case Role::TrainLoss:
            record.samples.push_back({m_impl->trainer->loss(seen, m_impl->seenTargets)});
            break;
        case Role::TestLoss: // test points are those of a formula, which is learnt as it is
            record.samples.push_back({m_impl->trainer->loss(test, m_impl->samples.data.testTargets)});
            break;
        case Role::Output:
            record.samples.push_back(outputs.values);
            break;
        case Role::TestOutput:
            record.samples.push_back(test.values);
            break;
        case Role::WideOutput: {
            const auto wide = m_impl->outputsAt(m_impl->wideInputs);
            std::vector<double> first(wide.count);
            for (std::size_t i = 0; i < wide.count; ++i)
                first[i] = wide(i, 0);
            record.samples.push_back(std::move(first));
            break;
        }
        case Role::OutputSpectrum:
            record.samples.push_back(m_impl->spectrumOf(outputs));
            break;
        default:
            record.samples.emplace_back(channel.sampleSize());
            break;
        }
    }
    return record;
}

Status FitCurveExperiment::apply(const LiveChange& change)
{
    auto applied = withChange(m_impl->spec, change);
    if (!applied)
        return applied.error();
    ExperimentSpec& changed = applied.value();
    const auto& was = m_impl->fit();
    const auto& now = specOf<FitCurveSpec>(changed.problem);
    const std::size_t n = m_impl->samples.data.trainInputs.count;
    if (static_cast<std::size_t>(now.batch) > n)
        return at("batch", "must be at most " + std::to_string(n) + ", the number of samples");
    if (now.loss.kind == "weighted_fourier") {
        if (now.batch != 0 && static_cast<std::size_t>(now.batch) != n)
            return at("batch", "the weighted Fourier loss needs the full batch (0)");
        if (now.loss.weights.kind == "values" && now.loss.weights.values.size() != n)
            return at("loss.weights", "needs " + std::to_string(n) + " values, one per sample");
        if (auto status = m_impl->samples.data.even ? success() : checkUnevenFourier(m_impl->samples.data.trainInputs);
            !status)
            return status;
    }
    const bool newLoss = was.loss != now.loss, newBatch = was.batch != now.batch,
               newOptimizer = was.optimizer != now.optimizer;
    const auto stage = m_impl->stage;
    std::swap(m_impl->spec, changed);
    try {
        if (newOptimizer)
            m_impl->trainer->setOptimizer(optimizerConfig(m_impl->fit().optimizer));
        if (newBatch)
            m_impl->trainer->setBatch(static_cast<std::size_t>(m_impl->fit().batch));
        if (newLoss) {
            m_impl->stage = 0;
            m_impl->trainer->setLoss(m_impl->lossConfig());
            m_impl->stageStart = m_impl->trainer->updates();
        }
    } catch (...) { // out of memory
        std::swap(m_impl->spec, changed);
        m_impl->stage = stage;
        throw;
    }
    return success();
}

ExperimentState FitCurveExperiment::state() const
{
    StateWriter out(stateKind, stateVersion);
    out.value(std::uint64_t(m_impl->stage)).value(m_impl->stageStart).list(m_impl->trainer->state());
    return out.take();
}

Status FitCurveExperiment::restore(const ExperimentState& state)
{
    StateReader in(stateKind, stateVersion, state);
    const auto stage = static_cast<std::size_t>(in.value<std::uint64_t>());
    const auto stageStart = in.value<std::int64_t>();
    const auto trainer = in.list<std::byte>();
    if (auto status = in.status(); !status)
        return status;
    if (stage > 0 && stage >= m_impl->peaks.size())
        return foreignState("it is of another target");
    if (!m_impl->trainer->restore(trainer))
        return foreignState("it is of another network");
    const bool newStage = m_impl->stage != stage;
    m_impl->stage = stage;
    m_impl->stageStart = stageStart;
    if (newStage)
        m_impl->trainer->setLoss(m_impl->lossConfig());
    return success();
}

} // namespace fplab
