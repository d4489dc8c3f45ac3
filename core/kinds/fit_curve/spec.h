#pragma once

#include "core/analysis/analysis_spec.h"
#include "core/datasets/data_spec.h"
#include "core/engine/loss_spec.h"
#include "core/engine/network_spec.h"
#include "core/engine/optimizer_spec.h"
#include "core/run/run_control.h"
#include "core/run/schedule.h"
#include "core/signal/sampling.h"
#include "core/signal/target.h"

#include <cstdint>
#include <optional>

namespace fplab {

/// Kind "fit_curve": a network learns a function from samples.
struct FitCurveSpec {
    TargetSpec target;
    SamplingSpec sampling;
    std::optional<DataSpec> data;
    NetworkSpec network;
    LossSpec loss;
    OptimizerSpec optimizer;
    std::int64_t batch = 0; ///< 0 = the full batch
    StopRule stop;
    RecordSpec record;
    AnalysisSpec analysis;
    bool operator==(const FitCurveSpec&) const = default;
};

template <FieldsOf<FitCurveSpec> S, class V> void visitFields(S& s, V&& v)
{
    const bool formula = !s.data.has_value();
    constexpr auto given = "the samples are given as data";
    v.group("target", s.target, Hint {"Target"}.inPanel("target").whenOn(formula, given));
    v.group("sampling", s.sampling, Hint {"Samples"}.inPanel("target").whenOn(formula, given));
    v("data", s.data,
        Hint {"Data", "Samples given one by one or in a CSV file, instead of target and samples."}
            .inPanel("target")
            .underMore());
    v.group("network", s.network, Hint {"Network"}.inPanel("network"));
    v.group("loss", s.loss, Hint {"Loss"}.inPanel("method"));
    v.group("optimizer", s.optimizer, Hint {"Optimizer"}.inPanel("training"));
    v("batch", s.batch,
        Hint {"Batch", "Samples per step; 0 is all of them.", 0, 1e6, Effect::Live}
            .inPanel("training")
            .slider(0, 1000)
            .zeroIs("all")
            .as(Meaning::Batch)
            .underMore());
    v.group("stop", s.stop, Hint {"Stop"}.inPanel("training"));
    v.group("record", s.record, Hint {"Record"}.inPanel("training"));
    v.group("analysis", s.analysis, Hint {"Analysis"}.inPanel("analysis"));
}

} // namespace fplab
