#include "ui/model/open_experiment.h"

#include "core/analysis/followed_bins.h"
#include "core/experiment/given_data.h"
#include "core/experiment/relevance.h"
#include "core/experiment/spec.h"
#include "core/files/data_file.h"
#include "core/files/experiment_file.h"
#include "core/files/result_writer.h"
#include "core/io/vfs.h"
#include "ui/model/next_act.h"

#include <QDir>
#include <QFileInfo>
#include <QScopedValueRollback>

#include <algorithm>
#include <iterator>
#include <thread>

namespace fplab {

namespace {
QString pathOf(const ExperimentSpec& spec, Meaning meaning)
{
    return QString::fromStdString(fplab::pathOf(spec, meaning));
}

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
    , kinds(run)
{
    editor.setTooLate([this](const QString& path, const ExperimentSpec& wanted) {
        const KindModel* kind = m_opening ? nullptr : kinds.current();
        return kind && kind->isTooLate(path, wanted);
    });
    connect(&editor, &ExperimentEditor::specChanged, this, &OpenExperiment::onSpecChanged);
    connect(&editor, &ExperimentEditor::liveEdited, this, &OpenExperiment::onLiveEdited);
    connect(&editor, &ExperimentEditor::pendingChanged, this, [this] { kinds.onPending(editor); });
    connect(&run, &RunController::ranOutOfMemory, this, &OpenExperiment::complainOfMemory);
    connect(&editor, &ExperimentEditor::viewEdited, this, [this] {
        analysis.setSettings(analysisOf(editor.spec()));
        kinds.follow(editor.runSpec());
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
    kinds.open(back.spec, options(back.folder));
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
    const QString path = pathOf(spec, Meaning::FollowedPeaks);
    (void)setByPath(spec, path.toStdString(), value.toStdString());
    {
        const QScopedValueRollback guard(m_opening, true);
        editor.adjust(path, value);
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
    kinds.open(spec, how);
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
    const Fix more = trainOnFix(run, editor.spec());
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
    kinds.follow(editor.runSpec());
}

std::optional<KindModel::Branch> OpenExperiment::branch() const
{
    const KindModel* kind = kinds.current();
    return kind ? kind->branch(editor) : std::nullopt;
}

Status OpenExperiment::goOnFrom(const KindModel::Branch& branch)
{
    if (auto status = run.branchFrom(branch.record); !status)
        return status;
    const QString value = editor.valueOf(branch.path);
    editor.setRunValue(branch.path, value);
    (void)setByPath(m_loaded, branch.path.toStdString(), value.toStdString());
    run.setStopRule(stopRuleOf(editor.runSpec()));
    kinds.follow(editor.runSpec());
    return success();
}

Status OpenExperiment::goOnWith(const QString& path, const QString& jsonValue)
{
    if (auto status = editor.edit(path, jsonValue); !status)
        return status;
    if (editor.isPending(path)) {
        const auto from = branch(); // also beside other changes, which go on waiting
        if (!from || from->path != path)
            return restart(true);
        if (auto status = goOnFrom(*from); !status)
            return status;
    }
    if (run.state() != RunState::Running)
        run.resume();
    return success();
}

Status OpenExperiment::restart(bool go)
{
    if (const auto from = branch(); from && editor.pending().size() == 1) {
        auto status = goOnFrom(*from);
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
    auto status = editor.edit(pathOf(editor.spec(), Meaning::Seed), QString::number(editor.spec().seed + 1));
    if (status && run.state() != RunState::Ready)
        status = restart(false);
    return status;
}

void OpenExperiment::stepBy(std::int64_t count)
{
    if (run.state() == RunState::Finished || run.state() == RunState::Diverged)
        Q_EMIT message(noEffect(editor.spec(), fplab::pathOf(editor.spec(), Meaning::LastStep))
                ? tr("The run has ended. Reset it to go through it again.")
                : tr("The run has ended. Reset it, or set more steps under Training."));
    else
        run.stepBy(count);
}

void OpenExperiment::acceptDivergence() { run.acknowledge(); }

void OpenExperiment::takeBack(
    const std::vector<LiveChange>& values, const ExperimentSpec& before, const QString& undoText)
{
    {
        const QScopedValueRollback guard(m_opening, true);
        editor.replace(before, undoText);
    }
    run.takeBackChanges(values);
    kinds.follow(editor.runSpec());
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
    (void)editor.edit(pathOf(editor.spec(), Meaning::FollowedPeaks), QStringLiteral("[%1]").arg(listOf(sorted)));
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
        if (const Meaning meaning = hintOf(editor.spec(), path.toStdString()).meaning;
            meaning != Meaning::LastStep && meaning != Meaning::LossGoal && meaning != Meaning::TimeLimit)
            changes.push_back({path.toStdString(), editor.valueOf(path).toStdString()});
    if (!changes.empty())
        run.post(changes);
    kinds.follow(editor.runSpec());
}

} // namespace fplab
