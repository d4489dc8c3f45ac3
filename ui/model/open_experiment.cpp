#include "ui/model/open_experiment.h"

#include "core/analysis/followed_bins.h"
#include "core/engine/network_spec.h"
#include "core/experiment/given_data.h"
#include "core/experiment/relevance.h"
#include "core/experiment/spec.h"
#include "core/files/data_file.h"
#include "core/files/experiment_file.h"
#include "core/files/result_writer.h"
#include "core/io/vfs.h"
#include "core/kinds/fit_curve/kind.h"
#include "core/kinds/poisson/kind.h"
#include "core/parts/loss_weights.h"
#include "ui/model/next_act.h"

#include <QDir>
#include <QFileInfo>
#include <QScopedValueRollback>

#include <algorithm>
#include <iterator>
#include <thread>

namespace fplab {

namespace {
const QString handoffStepPath = QStringLiteral("pde.handoff_step");
const QString peaksPath = QStringLiteral("analysis.peaks");

QString listOf(const std::vector<std::size_t>& bins)
{
    QStringList texts;
    for (const std::size_t k : bins)
        texts.append(QString::number(k));
    return texts.join(QStringLiteral(", "));
}
}

OpenExperiment::OpenExperiment(QObject* parent)
    : QObject(parent)
    , run(runs)
    , timeline(run)
    , analysis(run)
    , handoff(run)
{
    editor.setTooLate([this](const QString& path, const ExperimentSpec& wanted) {
        const auto* poisson = wanted.problem.as<PoissonSpec>();
        if (!poisson || path != handoffStepPath || m_opening || !handoff.available())
            return false;
        const std::int64_t step = poisson->pde.handoffStep;
        // with or without a network is another experiment
        return (step == 0) != (handoff.pde().handoffStep == 0) || handoff.isPast(step);
    });
    connect(&editor, &ExperimentEditor::specChanged, this, &OpenExperiment::onSpecChanged);
    connect(&editor, &ExperimentEditor::liveEdited, this, &OpenExperiment::onLiveEdited);
    connect(&editor, &ExperimentEditor::pendingChanged, this, [this] { // what a branch there would do
        const auto* poisson = editor.spec().problem.as<PoissonSpec>();
        const bool waits = poisson && editor.isPending(handoffStepPath);
        handoff.consider(waits ? std::optional(poisson->pde.handoffStep) : std::nullopt);
    });
    connect(&run, &RunController::ranOutOfMemory, this, &OpenExperiment::complainOfMemory);
    connect(&editor, &ExperimentEditor::viewEdited, this, [this] {
        analysis.setSettings(analysisOf(editor.spec()));
        handoff.follow(editor.runSpec());
    });
    connect(&run, &RunController::changeLogged, this, &OpenExperiment::onChangeLogged);
}

void OpenExperiment::complainOfMemory()
{
    Diagnostic error;
    error.what = tr("there is not enough memory").toStdString();
    error.kept = tr("The recording so far is intact.").toStdString();
    error.advice = tr("Save or export it, then try a smaller network, fewer samples or fewer records.").toStdString();
    Q_EMIT problem(error);
}

int OpenExperiment::trainingThreads()
{
    return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 4);
}

ExecutionOptions OpenExperiment::options(const QString& folder) const
{
    return {.threads = trainingThreads(), .baseFolder = folder.toStdString()};
}

Status OpenExperiment::load(const ExperimentSpec& spec)
{
    const auto how = options(editor.folder());
    auto made = makeExperiment(spec, how);
    if (!made)
        return made.error();
    const ExperimentSpec before = editor.runSpec();
    const std::size_t earlierRuns = earlier.size();
    const Fitting fitting = withPeaksOf(**made, spec);
    keep(before);
    start(std::move(made).value(), fitting.spec, how);
    QStringList notes;
    if (!fitting.note.isEmpty())
        notes.append(fitting.note);
    if (earlier.size() > earlierRuns)
        notes.append(tr("The run before is kept: Ctrl+Backspace goes back to it."));
    if (!notes.isEmpty())
        Q_EMIT message(notes.join(u' '));
    return success();
}

void OpenExperiment::keep(const ExperimentSpec& spec)
{
    if (run.liveStep() == 0 && run.state() != RunState::Running)
        return;
    const std::int64_t viewed = timeline.followsLive() ? -1 : timeline.step();
    auto bookmarks = timeline.bookmarks();
    EarlierRun kept {run.takeOut(), editor.titleOf(spec), spec, m_loaded, editor.presetId(), editor.folder(),
        editor.runSamples(), std::move(bookmarks), viewed};
    if ((*kept.run)->liveStep() > 0)
        earlier.add(std::move(kept));
}

void OpenExperiment::goBackTo(std::size_t place)
{
    EarlierRun back = earlier.take(place);
    keep(editor.runSpec());
    {
        const QScopedValueRollback guard(m_opening, true);
        editor.open(back.spec, back.presetId, back.folder);
    }
    m_loaded = back.loaded;
    editor.setRunSamples(std::move(back.samples));
    analysis.setSettings(analysisOf(back.spec));
    handoff.open(back.spec, options(back.folder));
    run.putIn(std::move(back.run));
    timeline.setBookmarks(std::move(back.bookmarks));
    if (back.viewed >= 0)
        timeline.setStep(back.viewed);
    Q_EMIT solved();
}

OpenExperiment::Fitting OpenExperiment::withPeaksOf(const Experiment& experiment, ExperimentSpec spec)
{
    const auto& chosen = analysisOf(spec).peaks;
    const Channel* now = findChannel(experiment.channels(), Role::OutputSpectrum);
    const Channel* before = findChannel(run.channels(), Role::OutputSpectrum);
    if (editor.isUndoing() || !chosen || !now || !before
        || std::ranges::equal(now->lines, before->lines, {}, &SpectralLine::k, &SpectralLine::k))
        return {std::move(spec), {}};
    const std::vector<std::size_t> bins(chosen->begin(), chosen->end()), kept = peaksAmong(*now, bins);
    std::vector<std::size_t> dropped;
    std::ranges::copy_if(
        bins, std::back_inserter(dropped), [&](std::size_t k) { return std::ranges::find(kept, k) == kept.end(); });
    if (dropped.empty())
        return {std::move(spec), {}};
    const QString value = kept.empty() ? QStringLiteral("\"auto\"") : QStringLiteral("[%1]").arg(listOf(kept));
    (void)setByPath(spec, peaksPath.toStdString(), value.toStdString());
    {
        const QScopedValueRollback guard(m_opening, true);
        editor.adjust(peaksPath, value);
    }
    return {std::move(spec),
        (kept.empty() ? tr("The target has no peak at k = %1: its own peaks are followed again.")
                      : tr("The target has no peak at k = %1: not followed any more."))
            .arg(listOf(dropped))};
}

void OpenExperiment::start(
    std::unique_ptr<Experiment> experiment, const ExperimentSpec& spec, const ExecutionOptions& how)
{
    m_loaded = spec;
    editor.setRunSamples(
        csvPathOf(spec) ? samplesSha256(*spec.problem.kind().report(spec, *experiment)) : std::string());
    analysis.setSettings(analysisOf(spec));
    handoff.open(spec, how);
    run.load(std::move(experiment), documentOf(spec));
    Q_EMIT solved();
}

Status OpenExperiment::open(const ExperimentSpec& spec, const QString& presetId, const QString& folder)
{
    const auto how = options(folder);
    auto made = makeExperiment(spec, how);
    if (!made)
        return made.error();
    const QScopedValueRollback guard(m_opening, true);
    keep(editor.runSpec());
    analysis.forgetStyles();
    editor.open(spec, presetId, folder);
    start(std::move(made).value(), spec, how);
    return success();
}

Result<OpenExperiment::FileContent> OpenExperiment::read(const QString& path)
{
    const auto bytes = loadFile(path.toStdString(), experimentFileLimit);
    if (!bytes)
        return bytes.error();
    auto spec = parseExperiment(*bytes);
    if (!spec) {
        Diagnostic error = spec.error();
        error.file = path.toStdString();
        error.kept = tr("Your experiment is unchanged.").toStdString();
        return error;
    }
    const QString folder = QFileInfo(path).absolutePath();
    FileContent content {.spec = std::move(spec).value(), .folder = folder, .note = {}};
    if (std::string* csv = csvPathOf(content.spec)) {
        auto found = findDataFile(*csv, folder.toStdString());
        if (!found)
            return found.error();
        content.note = QString::fromStdString(found->note);
        if (!found->note.empty())
            *csv = dataPathFrom(folder.toStdString(), found->path);
    }
    return content;
}

Result<QString> OpenExperiment::saveFile(const QString& path) const
{
    ExperimentSpec spec = editor.spec();
    spec.title = editor.titleOf(spec).toStdString();
    QString elsewhere;
    if (std::string* csv = csvPathOf(spec)) {
        const QString samples = QDir::cleanPath(QDir(editor.folder()).absoluteFilePath(QString::fromStdString(*csv)));
        *csv = dataPathFrom(QFileInfo(path).absolutePath().toStdString(), samples.toStdString());
        if (csv->starts_with('/'))
            elsewhere = samples;
    }
    if (const auto saved = saveExperiment(path.toStdString(), spec); !saved)
        return saved.error();
    return elsewhere;
}

void OpenExperiment::toggle()
{
    switch (nextAct(run, editor)) {
    case NextAct::Run:
    case NextAct::Pause:
        run.toggle();
        break;
    case NextAct::TrainOn:
        trainOn();
        break;
    case NextAct::RunChanged:
    case NextAct::StartAgain:
        (void)restart(true);
        break;
    }
}

void OpenExperiment::trainOn()
{
    const Fix more = trainOnFix(run);
    run.beginStretch();
    if (const auto status = editor.take(more); !status)
        Q_EMIT problem(status.error());
    else
        run.resume();
}

/// What the fields of the run are is what its changes made of them, but for those it refused.
void OpenExperiment::onChangeLogged(const LoggedChange& refused)
{
    if (refused.refused.empty() || m_opening)
        return;
    const QString path = QString::fromStdString(refused.change.path);
    ExperimentSpec inForce = m_loaded;
    for (const LoggedChange& logged : run.changes())
        if (logged.refused.empty() && logged.change.path == refused.change.path)
            (void)setByPath(inForce, logged.change.path, std::get<std::string>(logged.change.value));
    editor.setRunValue(path, ExperimentEditor::valueOf(inForce, path));
    run.setStopRule(stopRuleOf(editor.runSpec()));
    handoff.follow(editor.runSpec());
}

std::optional<std::size_t> OpenExperiment::branchRecord() const
{
    const auto* poisson = editor.spec().problem.as<PoissonSpec>();
    if (!poisson || !editor.isPending(handoffStepPath))
        return std::nullopt;
    const std::int64_t step = poisson->pde.handoffStep;
    const auto record = handoff.recordFor(step);
    if (!record || run.history().at(*record).step != step)
        return std::nullopt;
    // The network there was trained before these changes, which are in force now.
    const bool changed = std::ranges::any_of(run.changes(), [step](const LoggedChange& logged) {
        return logged.refused.empty() && logged.step >= step
            && (logged.change.path.starts_with("optimizer.") || logged.change.path == "pde.beta");
    });
    return changed ? std::nullopt : record;
}

Status OpenExperiment::branch(std::size_t record)
{
    if (auto status = run.branchFrom(record); !status)
        return status;
    const QString step = editor.valueOf(handoffStepPath);
    editor.setRunValue(handoffStepPath, step);
    (void)setByPath(m_loaded, handoffStepPath.toStdString(), step.toStdString());
    run.setStopRule(stopRuleOf(editor.runSpec()));
    handoff.follow(editor.runSpec());
    return success();
}

Status OpenExperiment::handOverAt(std::int64_t step)
{
    if (const auto record = handoff.recordFor(step); record && handoff.isPast(step))
        step = run.history().at(*record).step;
    if (auto status = editor.edit(handoffStepPath, QString::number(step)); !status)
        return status;
    if (editor.isPending(handoffStepPath)) {
        const auto record = branchRecord(); // also beside other changes, which go on waiting
        if (!record)
            return restart(true);
        if (auto status = branch(*record); !status)
            return status;
    }
    if (run.state() != RunState::Running)
        run.resume();
    return success();
}

Status OpenExperiment::restart(bool go)
{
    if (const auto record = branchRecord(); record && editor.pending().size() == 1) {
        auto status = branch(*record);
        if (status && go)
            run.resume();
        return status;
    }
    auto status = load(editor.spec());
    if (!status) {
        Q_EMIT problem(status.error());
        return status;
    }
    editor.markApplied();
    if (go)
        run.resume();
    return status;
}

Status OpenExperiment::reset()
{
    auto status = load(editor.runSpec());
    if (!status)
        Q_EMIT problem(status.error());
    return status;
}

Status OpenExperiment::newStart()
{
    auto status = editor.edit(QStringLiteral("seed"), QString::number(editor.spec().seed + 1));
    if (status && run.state() != RunState::Ready)
        status = restart(false);
    return status;
}

void OpenExperiment::stepBy(std::int64_t count)
{
    if (run.state() == RunState::Finished || run.state() == RunState::Diverged)
        Q_EMIT message(noEffect(editor.spec(), "stop.steps")
                ? tr("The run has ended. Reset it to go through it again.")
                : tr("The run has ended. Reset it, or set more steps under Training."));
    else
        run.stepBy(count);
}

void OpenExperiment::acceptDivergence() { run.acknowledge(); }

std::optional<OpenExperiment::Suspect> OpenExperiment::suspect() const
{
    if (run.state() != RunState::Diverged || !run.result().suspect)
        return std::nullopt;
    const auto step = run.result().suspect->step;
    Suspect suspect {step, {}, editor.spec()};
    ExperimentSpec then = m_loaded;
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

QString OpenExperiment::probableCause() const
{
    if (const auto suspected = suspect()) {
        const QString path = suspected->paths.first();
        const QString label = editor.labelOf(path);
        QString was = ExperimentEditor::valueOf(suspected->before, path), now = editor.valueOf(path);
        constexpr qsizetype readable = 24;
        if (was.size() > readable || now.size() > readable)
            return tr("%1 was changed at step %2, which is the probable cause.").arg(label).arg(suspected->step);
        return tr("%1 was changed from %2 to %3 at step %4, which is the probable cause.")
            .arg(label, was.remove(QLatin1Char('"')), now.remove(QLatin1Char('"')))
            .arg(suspected->step);
    }
    if (!networkDiverged())
        return tr("It was the solver: the numbers of the equation are probably too large for it.");
    const auto* init = findPart<const InitSpec>(editor.runSpec());
    if (init && (init->kind == "normal" || init->kind == "uniform") && init->std >= 10)
        return tr("The initial weights (%1) are probably too large for this network.").arg(init->std);
    return tr("The learning rate (%1) is probably too large for this network.").arg(learningRate());
}

void OpenExperiment::takeBackChanges()
{
    const auto suspected = suspect();
    if (!suspected)
        return;
    std::vector<LiveChange> values;
    for (const QString& path : suspected->paths)
        values.push_back({path.toStdString(), ExperimentEditor::valueOf(suspected->before, path).toStdString()});
    {
        const QScopedValueRollback guard(m_opening, true);
        editor.replace(suspected->before, tr("going back to step %1").arg(suspected->step));
    }
    run.takeBackChanges(values);
    handoff.follow(editor.runSpec());
}

bool OpenExperiment::networkDiverged() const
{
    const int phase = run.channelIndex(Role::Phase);
    return phase < 0 || run.history().empty()
        || run.history().back().samples[static_cast<std::size_t>(phase)].front() == 0;
}

Status OpenExperiment::take(const Fix& fix)
{
    if (auto status = editor.take(fix); !status)
        return status;
    if (!editor.pending().empty() || run.state() == RunState::Diverged)
        return restart(true);
    run.resume();
    return success();
}

double OpenExperiment::learningRate() const
{
    return editor.valueOf(QStringLiteral("optimizer.learning_rate")).toDouble();
}

Status OpenExperiment::retryWithLowerRate()
{
    auto status = editor.edit(QStringLiteral("optimizer.learning_rate"), QString::number(learningRate() / 10, 'g', 12));
    return status ? restart(true) : status;
}

bool OpenExperiment::changesNothing(const LoggedChange& change) const
{
    std::string before = ExperimentEditor::valueOf(m_loaded, QString::fromStdString(change.change.path)).toStdString();
    for (const LoggedChange& logged : run.changes())
        if (logged.refused.empty() && logged.change.path == change.change.path && logged.step < change.step)
            before = std::get<std::string>(logged.change.value);
    return std::get<std::string>(change.change.value) == before;
}

void OpenExperiment::toggleFollow(std::size_t bin)
{
    auto peaks = analysis.peaks();
    const auto found = std::ranges::find(peaks, bin);
    if (found == peaks.end())
        peaks.push_back(bin);
    else
        peaks.erase(found);
    setPeaks(peaks);
}

void OpenExperiment::followLargest(std::size_t count)
{
    const int spectrum = run.channelIndex(Role::OutputSpectrum);
    if (spectrum >= 0)
        setPeaks(largestBins(run.channels()[static_cast<std::size_t>(spectrum)], count));
}

void OpenExperiment::setPeaks(const std::vector<std::size_t>& peaks)
{
    auto sorted = peaks;
    std::ranges::sort(sorted);
    (void)editor.edit(peaksPath, QStringLiteral("[%1]").arg(listOf(sorted)));
}

std::vector<double> OpenExperiment::shownWeights() const
{
    const auto* fit = editor.spec().problem.as<FitCurveSpec>();
    const std::size_t bins = analysis.bins().size();
    if (!fit || fit->loss.kind != "weighted_fourier" || bins == 0)
        return {};
    if (fit->loss.weights.kind == "values" && fit->loss.weights.values.size() < bins)
        return {};
    auto weights = resolveWeights(fit->loss.weights, 2 * bins, analysis.peaks(), 0);
    weights.resize(bins);
    return weights;
}

Status OpenExperiment::editWeights(const std::vector<double>& weights)
{
    QStringList texts;
    for (const double w : weights)
        texts.append(QString::number(w, 'g', 4));
    return editor.edit(QStringLiteral("loss.weights"),
        QStringLiteral("{\"kind\":\"points\",\"values\":[%1]}").arg(texts.join(QLatin1Char(','))));
}

void OpenExperiment::onSpecChanged()
{
    if (m_opening || run.state() != RunState::Ready || editor.pending().empty())
        return;
    const auto status = load(editor.spec());
    if (status)
        editor.markApplied();
    else
        Q_EMIT problem(status.error());
}

void OpenExperiment::onLiveEdited(const QStringList& paths)
{
    if (m_opening || !run.hasRun())
        return;
    run.setStopRule(stopRuleOf(editor.runSpec())); // also fields of a kind may decide when a run ends
    std::vector<LiveChange> changes;
    for (const QString& path : paths)
        if (!path.startsWith(QLatin1String("stop.")))
            changes.push_back({path.toStdString(), editor.valueOf(path).toStdString()});
    if (!changes.empty())
        run.post(changes);
    handoff.follow(editor.runSpec());
}

} // namespace fplab
