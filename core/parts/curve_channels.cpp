#include "core/parts/curve_channels.h"

#include "core/analysis/followed_bins.h"
#include "core/experiment/formula_parameters.h"
#include "core/parts/curve_remarks.h"
#include "core/spectral/relative_error.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

namespace fplab {
namespace {

constexpr std::size_t widePoints = 401;

/// Of a formula at even points; empty for other targets.
FinerGrid finerGrid(const SampleSource& source, const Dataset& data)
{
    if (source.data || !data.even)
        return {};
    const auto formula = parseFormulaOf(source.target);
    return formula ? lookFiner(*formula, source.sampling.from, data.spacing, data.trainInputs.count) : FinerGrid {};
}

std::vector<double> firstOf(const SampleMatrix& outputs)
{
    std::vector<double> first(outputs.count);
    for (std::size_t i = 0; i < outputs.count; ++i)
        first[i] = outputs(i, 0);
    return first;
}

} // namespace

CurveChannels::CurveChannels(const AnalysisSpec& analysis, CurveSamples samples)
    : m_analysis(analysis)
    , m_samples(std::move(samples))
    , m_seenTargets(m_samples.y.seen(m_samples.data.trainTargets))
{
}

void CurveChannels::addTo(ChannelSet& channels, const SampleSource& source, CurveLearner learner)
{
    m_learner = std::move(learner);
    const Dataset& data = m_samples.data;
    const auto curve = [this](const char* id, const char* label, Role role, const SampleMatrix& inputs,
                           const SampleMatrix& targets) {
        Channel channel {.id = id, .label = label, .shape = Shape::Curve, .role = role};
        if (inputs.dim == 1 && targets.dim == 1) {
            channel.x = {m_samples.xTitle, inputs.values};
        } else {
            channel.x = {"sample", std::vector<double>(targets.values.size())};
            std::iota(channel.x.values.begin(), channel.x.values.end(), 0.0);
        }
        channel.y.label = m_samples.yTitle;
        channel.reference = targets.values;
        return channel;
    };
    const bool tested = data.testInputs.count > 0;
    channels.addScalar({.id = "train_loss", .label = "Training loss", .role = Role::TrainLoss},
        [this] { return m_learner.loss(m_now.seen, m_seenTargets); });
    if (tested) // test points are those of a formula, which is learnt as it is
        channels.addScalar({.id = "test_loss", .label = "Test loss", .role = Role::TestLoss},
            [this] { return m_learner.loss(m_now.test, m_samples.data.testTargets); });
    channels.add(curve("output", "Output", Role::Output, data.trainInputs, data.trainTargets),
        [this] { return m_now.shown.values; });
    if (tested)
        channels.add(
            curve("test_output", "Output at the test points", Role::TestOutput, data.testInputs, data.testTargets),
            [this] { return m_now.test.values; });
    addWideOutput(channels, source);
    const FinerGrid finer = finerGrid(source, data);
    addSpectrum(channels, source, finer);
    m_remarks = curveRemarks(source, m_analysis, m_samples, m_spectrum ? &m_spectrum->channel() : nullptr, finer);
    std::ranges::copy(m_samples.remarks, std::back_inserter(m_remarks));
}

void CurveChannels::addWideOutput(ChannelSet& channels, const SampleSource& source)
{
    if (m_samples.data.trainInputs.dim != 1)
        return;
    auto [low, high] = std::ranges::minmax(m_samples.data.trainInputs.values);
    if (low == high) { // one point: something around it
        low -= 1;
        high += 1;
    }
    const SamplingSpec& sampling = source.sampling;
    const double margin = sampling.showOutside * (source.data ? high - low : sampling.to - sampling.from);
    m_wideInputs = {widePoints, 1, std::vector<double>(widePoints)};
    for (std::size_t i = 0; i < widePoints; ++i)
        m_wideInputs.values[i] = low - margin + (high - low + 2 * margin) * static_cast<double>(i) / (widePoints - 1);
    Channel channel {
        .id = "wide_output", .label = "Output beyond the range", .shape = Shape::Curve, .role = Role::WideOutput};
    channel.x = {m_samples.xTitle, m_wideInputs.values};
    channel.y.label = m_samples.yTitle;
    if (!source.data) {
        if (const auto formula = parseFormulaOf(source.target))
            for (const double x : m_wideInputs.values)
                channel.reference.push_back(quantise((*formula)(x), source.target.quantise));
    }
    channels.add(std::move(channel), [this] { return firstOf(outputsAt(m_wideInputs)); });
}

void CurveChannels::addSpectrum(ChannelSet& channels, const SampleSource& source, const FinerGrid& finer)
{
    const Dataset& data = m_samples.data;
    const auto& x = data.trainInputs.values;
    if (data.trainInputs.dim != 1 || data.trainInputs.count < 2)
        return;
    const auto [low, high] = std::ranges::minmax(x);
    if (!(high > low))
        return;
    const std::vector<double> target = firstOf(data.trainTargets);
    const double noise = source.data ? 0 : source.target.noise.std;
    m_spectrum.emplace(x, data.even, data.spacing,
        OutputSpectrum::Target {.values = target, .noise = noise, .rms = finer.rms, .rounding = m_samples.rounding},
        m_analysis);
    Channel channel = m_spectrum->channel();
    for (auto& line : channel.lines)
        for (const auto& alias : finer.aliases)
            if (alias.looksLike == line.k && alias.cycles != line.k && line.cycles == 0) // of several the largest
                line.cycles = alias.cycles;
    m_peaks = followedBins(channel, m_analysis);
    channels.add(std::move(channel), [this] { return m_spectrum->sample(firstOf(m_now.shown)); });
}

void CurveChannels::look()
{
    m_now.seen = m_learner.outputs();
    m_now.shown = m_samples.y.shown(m_now.seen);
    m_now.test = m_samples.data.testInputs.count > 0 ? outputsAt(m_samples.data.testInputs) : SampleMatrix {};
}

SampleMatrix CurveChannels::seenInputs() const { return m_samples.x.seen(m_samples.data.trainInputs); }

SampleMatrix CurveChannels::outputs() const { return m_samples.y.shown(m_learner.outputs()); }

SampleMatrix CurveChannels::outputsAt(const SampleMatrix& inputs) const
{
    return m_samples.y.shown(m_learner.outputsAt(m_samples.x.seen(inputs)));
}

std::vector<double> CurveChannels::periods() const
{
    const Dataset& data = m_samples.data;
    std::vector<double> out = data.trainInputs.values;
    const double low = out.front();
    const double length = data.even ? data.spacing * static_cast<double>(out.size()) : out.back() - low;
    for (double& t : out)
        t = (t - low) / length;
    return out;
}

std::vector<double> CurveChannels::errorsNow()
{
    return relativeError(m_spectrum->sample(firstOf(outputs())), m_spectrum->channel().reference, Metric::Complex);
}

Facets CurveChannels::facets() const
{
    Facets out;
    if (m_seenTargets.dim == 1)
        out.target = m_seenTargets.values;
    if (m_spectrum) {
        out.periods = periods();
        out.bins = m_spectrum->channel().x.values.size();
    }
    return out;
}

} // namespace fplab
