#pragma once

#include "core/experiment/spec.h"
#include "core/kinds/poisson/kind.h"
#include "core/kinds/poisson/poisson.h"
#include "core/run/run.h"

#include <QString>

#include <cmath>

namespace fplab {

/// A small problem: 64 intervals, a narrow network on 33 points.
inline ExperimentSpec smallSpec(std::int64_t handoffStep, const std::string& then = "jacobi")
{
    PoissonSpec poisson;
    poisson.pde.grid = 64;
    poisson.pde.trainingPoints = 33;
    poisson.pde.handoffStep = handoffStep;
    poisson.pde.then = then;
    poisson.pde.tolerance = 0.02;
    poisson.pde.formula = "sin(3*x)+4*sin(9*x)";
    poisson.network.hidden = {12, 12};
    poisson.network.init.std = 0.4;
    poisson.optimizer.learningRate = 5e-3;
    poisson.analysis.peaks = std::vector {1, 3};
    poisson.stop.steps = 60;
    ExperimentSpec spec;
    spec.precision = "double";
    spec.problem = poisson;
    return spec;
}

inline PdeSpec& pde(ExperimentSpec& spec) { return specOf<PoissonSpec>(spec.problem).pde; }

inline std::unique_ptr<PoissonExperiment> make(const ExperimentSpec& spec, int threads = 1)
{
    auto made = PoissonExperiment::make(spec, {.threads = threads, .baseFolder = {}});
    return made ? std::move(made).value() : nullptr;
}

/// All records of a run.
struct Recorded {
    RunResult result;
    std::vector<RecordPtr> records;
    std::vector<Channel> channels;
    std::vector<double> solution;

    [[nodiscard]] double scalar(std::size_t index, Role role) const
    {
        for (std::size_t c = 0; c < channels.size(); ++c)
            if (channels[c].role == role)
                return records[index]->samples[c].front();
        return NAN;
    }
};

inline Recorded runAll(Experiment& experiment, const ExperimentSpec& spec, const Schedule& schedule)
{
    Recorded out;
    out.channels.assign(experiment.channels().begin(), experiment.channels().end());
    RunControl control;
    const RunSink sink {
        .record = [&](const RecordPtr& record) { out.records.push_back(record); }, .change = {}, .paused = {}};
    out.result = run(experiment, schedule, stopRuleOf(spec), sink, control);
    if (auto* poisson = dynamic_cast<PoissonExperiment*>(&experiment))
        out.solution = poisson->solution();
    return out;
}

inline Recorded runAll(const ExperimentSpec& spec, int threads = 1)
{
    const auto experiment = make(spec, threads);
    return runAll(*experiment, spec, scheduleOf(spec));
}

inline QString errorOf(const ExperimentSpec& spec)
{
    const auto made = makeExperiment(spec);
    return made ? QString() : QString::fromStdString(made.error().text());
}

} // namespace fplab
