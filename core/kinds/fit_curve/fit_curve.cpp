#include "core/kinds/fit_curve/fit_curve.h"

#include "core/engine/trainer_check.h"
#include "core/experiment/live_change.h"
#include "core/experiment/relevance.h"
#include "core/instruments/instrument.h"
#include "core/parts/curve_channels.h"
#include "core/parts/trainer_settings.h"
#include "core/run/channel_set.h"
#include "core/run/state_bytes.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace fplab {

namespace {

constexpr std::string_view stateKind = "fit_curve";
constexpr std::uint32_t stateVersion = 1; ///< of what state() writes
constexpr std::int64_t stageCheckInterval = 10; ///< steps between looks at the peak that staged weights wait for

Diagnostic at(std::string path, std::string what) { return {.what = std::move(what), .path = std::move(path)}; }

} // namespace

struct FitCurveExperiment::Impl {
    ExperimentSpec spec;
    std::optional<CurveChannels> curve;
    std::unique_ptr<Trainer> trainer;
    ChannelSet channels;
    std::vector<Remark> remarks;
    std::size_t stage = 0; ///< of staged weights
    std::int64_t stageStart = 0;

    [[nodiscard]] const FitCurveSpec& fit() const { return specOf<FitCurveSpec>(spec.problem); }

    [[nodiscard]] SampleSource source() const
    {
        return {fit().target, fit().sampling, fit().data, spec.seed, spec.precision};
    }

    /// Whether the loss sees frequencies.
    [[nodiscard]] static bool isWeighted(const LossSpec& loss)
    {
        const Loss* row = findLoss(loss.kind);
        return row && row->weights;
    }

    [[nodiscard]] LossData lossData() const
    {
        if (!isWeighted(fit().loss))
            return {};
        return {.weights = resolveWeights(fit().loss.weights, curve->data().trainInputs.count, curve->peaks(), stage),
            .positions = curve->data().even ? std::vector<double> {} : curve->periods()};
    }

    void advanceStage();
};

void FitCurveExperiment::Impl::advanceStage()
{
    const WeightSpec& weights = fit().loss.weights;
    if (!isWeighted(fit().loss) || stage + 1 >= curve->peaks().size())
        return;
    const auto awaited = findWeighting(weights.kind)->awaited;
    if (!awaited)
        return;
    const std::int64_t waited = trainer->updates() - stageStart;
    if (waited % stageCheckInterval != 0 && waited < weights.advanceAfter)
        return;
    const std::size_t k = awaited(curve->peaks(), stage);
    if (curve->errorsNow()[k] < weights.advanceBelow || waited >= weights.advanceAfter) {
        ++stage;
        stageStart = trainer->updates();
        trainer->setLoss(fit().loss, lossData());
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
    CurveChannels& curve = impl->curve.emplace(fit.analysis, std::move(samples).value());
    const Dataset& data = curve.data();
    curve.addTo(impl->channels, impl->source(),
        {.outputs = [now = impl.get()] { return now->trainer->evaluateTraining(); },
            .outputsAt = [now = impl.get()](const SampleMatrix& inputs) { return now->trainer->evaluate(inputs); },
            .loss = [now = impl.get()](const SampleMatrix& outputs,
                        const SampleMatrix& targets) { return now->trainer->loss(outputs, targets); }});
    impl->remarks = curve.remarks();
    std::ranges::move(noEffectRemarks(spec), std::back_inserter(impl->remarks));

    TrainerConfig config = trainerConfig(spec, fit.network, fit.optimizer, static_cast<int>(data.trainInputs.dim),
        static_cast<int>(data.trainTargets.dim), options.threads);
    if (auto status = !Impl::isWeighted(fit.loss) || data.even ? success() : checkUnevenFourier(data.trainInputs);
        !status)
        return status.error();
    config.loss = fit.loss;
    config.lossData = impl->lossData();
    config.batch = static_cast<std::size_t>(fit.batch);
    auto trainer = makeTrainer(config, curve.seenInputs(), curve.seenTargets());
    if (!trainer)
        return trainer.error();
    impl->trainer = std::move(trainer).value();
    Facets facets = curve.facets();
    facets.network = [now = impl.get()] { return now->trainer.get(); };
    facets.step = [now = impl.get()] { return static_cast<long long>(now->trainer->updates()); };
    addInstruments(impl->channels, facets, fit.analysis.measure, fit.analysis.measurePerDecade);
    return std::unique_ptr<FitCurveExperiment>(new FitCurveExperiment(std::move(impl)));
}

FitCurveExperiment::FitCurveExperiment(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

FitCurveExperiment::~FitCurveExperiment() = default;

std::span<const Channel> FitCurveExperiment::channels() const { return m_impl->channels.channels(); }
std::span<const Remark> FitCurveExperiment::remarks() const { return m_impl->remarks; }
std::int64_t FitCurveExperiment::stepIndex() const { return m_impl->trainer->updates(); }
double FitCurveExperiment::lastLoss() const { return m_impl->trainer->lastLoss(); }
double FitCurveExperiment::largestParameter() const { return m_impl->trainer->largestParameter(); }
int FitCurveExperiment::busyThreads() const { return m_impl->trainer->busyThreads(); }
void FitCurveExperiment::setYielding(bool on) { m_impl->trainer->setYielding(on); }
const CurveChannels& FitCurveExperiment::curve() const { return *m_impl->curve; }
NetworkParams FitCurveExperiment::params() const { return m_impl->trainer->params(); }

std::int64_t FitCurveExperiment::advance(std::int64_t)
{
    m_impl->trainer->update();
    m_impl->advanceStage();
    return 1;
}

Record FitCurveExperiment::observe()
{
    m_impl->curve->look();
    return m_impl->channels.observe(stepIndex());
}

Status FitCurveExperiment::apply(const LiveChange& change)
{
    auto applied = withChange(m_impl->spec, change);
    if (!applied)
        return applied.error();
    ExperimentSpec& changed = applied.value();
    const auto& was = m_impl->fit();
    const auto& now = specOf<FitCurveSpec>(changed.problem);
    const std::size_t n = m_impl->curve->data().trainInputs.count;
    if (static_cast<std::size_t>(now.batch) > n)
        return at("batch", "must be at most " + std::to_string(n) + ", the number of samples");
    const Loss& loss = *findLoss(now.loss.kind);
    if (loss.needsAllSamples() && now.batch != 0 && static_cast<std::size_t>(now.batch) != n)
        return at("batch", "the loss " + std::string(loss.label) + " needs the full batch (0)");
    if (loss.weights) {
        if (!findWeighting(now.loss.weights.kind)->weight && now.loss.weights.values.size() != n)
            return at("loss.weights", "needs " + std::to_string(n) + " values, one per sample");
        if (auto status
            = m_impl->curve->data().even ? success() : checkUnevenFourier(m_impl->curve->data().trainInputs);
            !status)
            return status;
    }
    const bool newLoss = was.loss != now.loss, newBatch = was.batch != now.batch,
               newOptimizer = was.optimizer != now.optimizer;
    const auto stage = m_impl->stage;
    std::swap(m_impl->spec, changed);
    try {
        if (newOptimizer)
            m_impl->trainer->setOptimizer(m_impl->fit().optimizer);
        if (newBatch)
            m_impl->trainer->setBatch(static_cast<std::size_t>(m_impl->fit().batch));
        if (newLoss) {
            m_impl->stage = 0;
            m_impl->trainer->setLoss(m_impl->fit().loss, m_impl->lossData());
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
    if (stage > 0 && stage >= m_impl->curve->peaks().size())
        return foreignState("it is of another target");
    if (!m_impl->trainer->restore(trainer))
        return foreignState("it is of another network");
    const bool newStage = m_impl->stage != stage;
    m_impl->stage = stage;
    m_impl->stageStart = stageStart;
    if (newStage)
        m_impl->trainer->setLoss(m_impl->fit().loss, m_impl->lossData());
    return success();
}

} // namespace fplab
