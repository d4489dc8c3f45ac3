#include "ui/model/divergence.h"

#include "core/engine/network_spec.h"
#include "core/files/experiment_file.h"
#include "ui/model/open_experiment.h"

namespace fplab {
namespace {

QString ratePath(const OpenExperiment& experiment)
{
    return QString::fromStdString(pathOf(experiment.editor.spec(), Meaning::LearningRate));
}

} // namespace

std::optional<Suspect> suspect(const OpenExperiment& experiment)
{
    const RunController& run = experiment.run;
    if (run.state() != RunState::Diverged || !run.result().suspect)
        return std::nullopt;
    const auto step = run.result().suspect->step;
    Suspect suspect {step, {}, experiment.editor.spec()};
    ExperimentSpec then = experiment.loaded();
    for (const LoggedChange& logged : run.changes()) {
        if (!logged.refused.empty())
            continue;
        const QString path = QString::fromStdString(logged.change.path);
        if (logged.step < step)
            (void)setByPath(then, logged.change.path, std::get<std::string>(logged.change.value));
        else if (!suspect.paths.contains(path))
            suspect.paths.prepend(path);
    }
    for (const QString& path : std::as_const(suspect.paths))
        (void)setByPath(suspect.before, path.toStdString(), ExperimentEditor::valueOf(then, path).toStdString());
    return suspect;
}

QString probableCause(const OpenExperiment& experiment)
{
    const ExperimentEditor& editor = experiment.editor;
    if (const auto suspected = suspect(experiment)) {
        const QString path = suspected->paths.first();
        const QString label = editor.labelOf(path);
        QString was = ExperimentEditor::valueOf(suspected->before, path), now = editor.valueOf(path);
        constexpr qsizetype readable = 24;
        if (was.size() > readable || now.size() > readable)
            return OpenExperiment::tr("%1 was changed at step %2, which is the probable cause.")
                .arg(label)
                .arg(suspected->step);
        return OpenExperiment::tr("%1 was changed from %2 to %3 at step %4, which is the probable cause.")
            .arg(label, was.remove(QLatin1Char('"')), now.remove(QLatin1Char('"')))
            .arg(suspected->step);
    }
    if (!networkDiverged(experiment))
        return OpenExperiment::tr("It was the solver: the numbers of the equation are probably too large for it.");
    const auto* init = findPart<const InitSpec>(editor.runSpec());
    if (init && findInitialisation(init->kind)->sized && init->std >= 10)
        return OpenExperiment::tr("The initial weights (%1) are probably too large for this network.").arg(init->std);
    const auto rate = learningRate(experiment);
    return rate ? OpenExperiment::tr("The learning rate (%1) is probably too large for this network.").arg(*rate)
                : OpenExperiment::tr("Its numbers are probably too large.");
}

bool networkDiverged(const OpenExperiment& experiment)
{
    const int phase = experiment.run.channelIndex(Role::Phase);
    const History& history = experiment.run.history();
    return phase < 0 || history.empty() || history.back().samples[static_cast<std::size_t>(phase)].front() == 0;
}

void takeBackChanges(OpenExperiment& experiment)
{
    const auto suspected = suspect(experiment);
    if (!suspected)
        return;
    std::vector<LiveChange> values;
    for (const QString& path : suspected->paths)
        values.push_back({path.toStdString(), ExperimentEditor::valueOf(suspected->before, path).toStdString()});
    experiment.takeBack(values, suspected->before, OpenExperiment::tr("going back to step %1").arg(suspected->step));
}

std::optional<double> learningRate(const OpenExperiment& experiment)
{
    const QString path = ratePath(experiment);
    return path.isEmpty() ? std::nullopt : std::optional(experiment.editor.valueOf(path).toDouble());
}

Status retryWithLowerRate(OpenExperiment& experiment)
{
    auto status
        = experiment.editor.edit(ratePath(experiment), QString::number(*learningRate(experiment) / 10, 'g', 12));
    return status ? experiment.restart(true) : status;
}

} // namespace fplab
