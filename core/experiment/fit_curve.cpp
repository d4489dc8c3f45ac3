#include "core/experiment/fit_curve.h"

#include "core/datasets/csv_reader.h"
#include "core/experiment/formula_parameters.h"
#include "core/experiment/loss_weights.h"
#include "core/experiment/output_spectrum.h"
#include "core/experiment/run_summary.h"
#include "core/experiment/trainer_settings.h"
#include "core/io/vfs.h"
#include "core/run/state_bytes.h"
#include "core/spectral/relative_error.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace fplab {

namespace {

constexpr std::size_t widePoints = 401;
constexpr std::int64_t stageCheckInterval = 10; ///< steps between looks at the peak that staged weights wait for

Diagnostic at(std::string path, std::string what)
{
    return {.what = std::move(what), .path = std::move(path)};
}

Result<Dataset> loadCsv(const DataSpec& data, const std::string& folder)
{
    const std::string path = data.csv.starts_with('/') || folder.empty() ? data.csv : folder + '/' + data.csv;
    const auto bytes = loadFile(path);
    if (!bytes)
        return bytes.error();
    auto table = parseCsv(*bytes);
    if (!table) {
        Diagnostic error = table.error();
        error.file = path;
        return error;
    }
    SampleMatrix columns[2];
    const std::string* names[2] = {&data.x, &data.y};
    for (int i = 0; i < 2; ++i) {
        const auto found = std::ranges::find(table->names, *names[i]);
        if (found == table->names.end()) {
            std::string known;
            for (const auto& name : table->names)
                known += (known.empty() ? "" : ", ") + name;
            return at(i == 0 ? "data.x" : "data.y", path + " has no column \"" + *names[i] + "\"; it has " + known);
        }
        const auto& values = table->columns[static_cast<std::size_t>(found - table->names.begin())];
        columns[i] = {values.size(), 1, values};
    }
    return makeDataset(std::move(columns[0]), std::move(columns[1]));
}

SamplingConfig samplingConfig(const SamplingSpec& spec)
{
    using Kind = SamplingConfig::Kind;
    const Kind kind = spec.kind == "random" ? Kind::Random
        : spec.kind == "random_subset"      ? Kind::RandomSubset
        : spec.kind == "chebyshev"          ? Kind::Chebyshev
                                            : Kind::Uniform;
    return {spec.from, spec.to, spec.count, kind, spec.endpoint, spec.testCount};
}

Result<Dataset> loadData(const ExperimentSpec& spec, const FitCurveSpec& fit, const ExecutionOptions& options)
{
    if (!fit.data) {
        const TargetConfig target {
            fit.target.formula, fit.target.quantise, fit.target.noise.std, fit.target.noise.where == "before", fit.target.parameters};
        return makeDataset(target, samplingConfig(fit.sampling), spec.seed);
    }
    if (!fit.data->csv.empty())
        return loadCsv(*fit.data, options.baseFolder);
    if (fit.data->inputs.count != fit.data->targets.count)
        return at("data.targets", "has " + std::to_string(fit.data->targets.count) + " rows, but data.inputs has "
                + std::to_string(fit.data->inputs.count));
    return makeDataset(fit.data->inputs, fit.data->targets);
}

} // namespace

struct FitCurveExperiment::Impl {
    ExperimentSpec spec;
    Dataset data;
    std::unique_ptr<Trainer> trainer;
    std::vector<Channel> channels;
    std::vector<std::size_t> peaks;
    std::optional<OutputSpectrum> spectrum; ///< 1-D samples
    SampleMatrix wideInputs;
    std::vector<double> firstOutput;
    std::size_t stage = 0; ///< of staged weights
    std::int64_t stageStart = 0;

    [[nodiscard]] const FitCurveSpec& fit() const { return std::get<FitCurveSpec>(spec.problem); }

    [[nodiscard]] LossConfig lossConfig() const
    {
        using Kind = LossConfig::Kind;
        const LossSpec& loss = fit().loss;
        if (loss.kind == "weighted_fourier")
            return {Kind::WeightedFourier, 2, resolveWeights(loss.weights, data.trainInputs.count, peaks, stage)};
        if (loss.kind == "softmax_ce")
            return {Kind::SoftmaxCrossEntropy, 2, {}};
        return loss.kind == "lp" ? LossConfig {Kind::Lp, loss.p, {}} : LossConfig {Kind::Mse, 2, {}};
    }

    /// Spectrum of the first output at the training points, in the record layout.
    std::vector<double> spectrumOf(const SampleMatrix& outputs)
    {
        for (std::size_t i = 0; i < outputs.count; ++i)
            firstOutput[i] = outputs(i, 0);
        return spectrum->sample(firstOutput);
    }

    void setUpSpectrum();
    void setUpChannels();
    void setUpWideOutput();
    void advanceStage();
};

void FitCurveExperiment::Impl::setUpSpectrum()
{
    const std::size_t n = data.trainInputs.count;
    if (data.trainInputs.dim != 1 || n < 2)
        return;
    const auto& x = data.trainInputs.values;
    const auto [low, high] = std::ranges::minmax(x);
    if (!(high > low))
        return;
    firstOutput.resize(n);
    spectrum.emplace(x, data.even, data.spacing, fit().analysis.maxK);
    for (std::size_t i = 0; i < n; ++i)
        firstOutput[i] = data.trainTargets(i, 0);
    Channel channel = spectrum->channel(firstOutput);
    peaks = followedBins(channel, fit().analysis);
    channels.push_back(std::move(channel));
}

void FitCurveExperiment::Impl::setUpWideOutput()
{
    if (data.trainInputs.dim != 1)
        return;
    const auto [low, high] = std::ranges::minmax(data.trainInputs.values);
    const double margin = fit().data ? fit().sampling.showOutside * (high - low)
                                     : fit().sampling.showOutside * (fit().sampling.to - fit().sampling.from);
    wideInputs = {widePoints, 1, std::vector<double>(widePoints)};
    for (std::size_t i = 0; i < widePoints; ++i)
        wideInputs.values[i] = low - margin + (high - low + 2 * margin) * static_cast<double>(i) / (widePoints - 1);
    Channel channel {.id = "wide_output", .label = "Output beyond the range", .shape = Shape::Curve, .role = Role::WideOutput};
    channel.x = {"x", wideInputs.values};
    if (!fit().data) {
        if (const auto formula = parseFormulaOf(fit().target))
            for (const double x : wideInputs.values)
                channel.reference.push_back(quantise((*formula)(x), fit().target.quantise));
    }
    channels.push_back(std::move(channel));
}

void FitCurveExperiment::Impl::setUpChannels()
{
    const auto curve = [](const char* id, const char* label, Role role, const SampleMatrix& inputs, const SampleMatrix& targets) {
        Channel channel {.id = id, .label = label, .shape = Shape::Curve, .role = role};
        if (inputs.dim == 1 && targets.dim == 1) {
            channel.x = {"x", inputs.values};
        } else {
            channel.x = {"sample", std::vector<double>(targets.values.size())};
            std::iota(channel.x.values.begin(), channel.x.values.end(), 0.0);
        }
        channel.reference = targets.values;
        return channel;
    };
    channels.push_back({.id = "train_loss", .label = "Training loss", .role = Role::TrainLoss});
    if (data.testInputs.count > 0)
        channels.push_back({.id = "test_loss", .label = "Test loss", .role = Role::TestLoss});
    channels.push_back(curve("output", "Output", Role::Output, data.trainInputs, data.trainTargets));
    if (data.testInputs.count > 0)
        channels.push_back(curve("test_output", "Output at the test points", Role::TestOutput, data.testInputs, data.testTargets));
    setUpWideOutput();
    setUpSpectrum();
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
    const auto errors = relativeError(spectrumOf(trainer->evaluateTraining()), channels.back().reference, Metric::Complex);
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
    auto data = loadData(spec, fit, options);
    if (!data)
        return data.error();
    impl->data = std::move(data).value();
    impl->setUpChannels();

    TrainerConfig config = trainerConfig(spec, fit.network, fit.optimizer, static_cast<int>(impl->data.trainInputs.dim),
        static_cast<int>(impl->data.trainTargets.dim), options.threads);
    config.loss = impl->lossConfig();
    config.batch = static_cast<std::size_t>(fit.batch);
    auto trainer = makeTrainer(config, impl->data.trainInputs, impl->data.trainTargets);
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
std::int64_t FitCurveExperiment::stepIndex() const { return m_impl->trainer->updates(); }
double FitCurveExperiment::lastLoss() const { return m_impl->trainer->lastLoss(); }
double FitCurveExperiment::largestParameter() const { return m_impl->trainer->largestParameter(); }
int FitCurveExperiment::busyThreads() const { return m_impl->trainer->busyThreads(); }
void FitCurveExperiment::setYielding(bool on) { m_impl->trainer->setYielding(on); }
const Dataset& FitCurveExperiment::data() const { return m_impl->data; }
NetworkParams FitCurveExperiment::params() const { return m_impl->trainer->params(); }
SampleMatrix FitCurveExperiment::trainOutputs() { return m_impl->trainer->evaluateTraining(); }
const std::vector<std::size_t>& FitCurveExperiment::peaks() const { return m_impl->peaks; }

SampleMatrix FitCurveExperiment::testOutputs()
{
    return m_impl->data.testInputs.count > 0 ? m_impl->trainer->evaluate(m_impl->data.testInputs) : SampleMatrix {};
}

std::int64_t FitCurveExperiment::advance(std::int64_t)
{
    m_impl->trainer->update();
    m_impl->advanceStage();
    return 1;
}

Record FitCurveExperiment::observe()
{
    const auto outputs = m_impl->trainer->evaluateTraining();
    const auto test = testOutputs();
    Record record;
    record.step = stepIndex();
    for (const Channel& channel : m_impl->channels) {
        switch (channel.role) {
        case Role::TrainLoss:
            record.samples.push_back({m_impl->trainer->loss(outputs, m_impl->data.trainTargets)});
            break;
        case Role::TestLoss: record.samples.push_back({m_impl->trainer->loss(test, m_impl->data.testTargets)}); break;
        case Role::Output: record.samples.push_back(outputs.values); break;
        case Role::TestOutput: record.samples.push_back(test.values); break;
        case Role::WideOutput: {
            auto wide = m_impl->trainer->evaluate(m_impl->wideInputs);
            std::vector<double> first(wide.count);
            for (std::size_t i = 0; i < wide.count; ++i)
                first[i] = wide(i, 0);
            record.samples.push_back(std::move(first));
            break;
        }
        case Role::OutputSpectrum: record.samples.push_back(m_impl->spectrumOf(outputs)); break;
        default: record.samples.emplace_back(channel.sampleSize()); break;
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
    const auto& now = std::get<FitCurveSpec>(changed.problem);
    const std::size_t n = m_impl->data.trainInputs.count;
    if (static_cast<std::size_t>(now.batch) > n)
        return at("batch", "must be at most " + std::to_string(n) + ", the number of samples");
    if (now.loss.kind == "weighted_fourier") {
        if (now.batch != 0 && static_cast<std::size_t>(now.batch) != n)
            return at("batch", "the weighted Fourier loss needs the full batch (0)");
        if (now.loss.weights.kind == "values" && now.loss.weights.values.size() != n)
            return at("loss.weights", "needs " + std::to_string(n) + " values, one per sample");
    }
    const bool newLoss = was.loss != now.loss, newBatch = was.batch != now.batch, newOptimizer = was.optimizer != now.optimizer;
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
    StateWriter out;
    out.value(std::uint64_t(m_impl->stage)).value(m_impl->stageStart).list(m_impl->trainer->state());
    return out.take();
}

void FitCurveExperiment::restore(const ExperimentState& state)
{
    StateReader in(state);
    const auto stage = static_cast<std::size_t>(in.value<std::uint64_t>());
    const bool newStage = m_impl->stage != stage;
    m_impl->stage = stage;
    m_impl->stageStart = in.value<std::int64_t>();
    m_impl->trainer->restore(in.list<std::byte>());
    if (newStage)
        m_impl->trainer->setLoss(m_impl->lossConfig());
}

} // namespace fplab
