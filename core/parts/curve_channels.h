#pragma once

#include "core/analysis/analysis_spec.h"
#include "core/instruments/facets.h"
#include "core/parts/curve_samples.h"
#include "core/parts/output_spectrum.h"
#include "core/run/channel_set.h"
#include "core/run/remark.h"
#include "core/signal/aliasing.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace fplab {

/// Whatever learns a curve, as its channels look at it. Samples are those it sees (CurveSamples::x, ::y).
struct CurveLearner {
    std::function<SampleMatrix()> outputs; ///< at the training inputs
    std::function<SampleMatrix(const SampleMatrix& inputs)> outputsAt;
    std::function<double(const SampleMatrix& outputs, const SampleMatrix& targets)> loss;
};

/// The channels of an experiment that learns a curve from samples: train_loss, test_loss (if there is a test set),
/// output, test_output, wide_output (1-D) and spectrum (1-D; of the first output). Outlives what it adds to a
/// ChannelSet.
class CurveChannels {
public:
    CurveChannels(const AnalysisSpec& analysis, CurveSamples samples);
    CurveChannels(const CurveChannels&) = delete;

    /// Once. `source`: what the samples were loaded from; it is not kept.
    void addTo(ChannelSet& channels, const SampleSource& source, CurveLearner learner);
    /// Before ChannelSet::observe(): what several channels look at.
    void look();

    [[nodiscard]] const Dataset& data() const { return m_samples.data; }
    // Of the training samples, as they are seen.
    [[nodiscard]] SampleMatrix seenInputs() const;
    [[nodiscard]] const SampleMatrix& seenTargets() const { return m_seenTargets; }
    /// Followed bins of the target's spectrum: those of the analysis, or the peaks found.
    [[nodiscard]] const std::vector<std::size_t>& peaks() const { return m_peaks; }
    [[nodiscard]] const std::vector<Remark>& remarks() const { return m_remarks; }
    /// The training inputs in periods of k = 1, as the spectrum counts them. Precondition: 1-D, not all at one point.
    [[nodiscard]] std::vector<double> periods() const;
    /// As they are shown, now.
    [[nodiscard]] SampleMatrix outputs() const;
    [[nodiscard]] SampleMatrix outputsAt(const SampleMatrix& inputs) const;
    /// Delta_F of each recorded bin now, by the papers' definition. Precondition: there is a spectrum.
    [[nodiscard]] std::vector<double> errorsNow();
    /// The target and its periods; what learns it is added by who knows.
    [[nodiscard]] Facets facets() const;

private:
    void addWideOutput(ChannelSet& channels, const SampleSource& source);
    void addSpectrum(ChannelSet& channels, const SampleSource& source, const FinerGrid& finer);

    AnalysisSpec m_analysis;
    CurveSamples m_samples;
    SampleMatrix m_seenTargets, m_wideInputs;
    CurveLearner m_learner;
    std::vector<std::size_t> m_peaks;
    std::optional<OutputSpectrum> m_spectrum;
    std::vector<Remark> m_remarks;
    struct {
        SampleMatrix seen, shown, test; ///< outputs at the training points, as seen and as shown; at the test points
    } m_now;
};

} // namespace fplab
