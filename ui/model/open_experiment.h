#pragma once

#include "core/base/result.h"
#include "core/experiment/spec.h"
#include "ui/model/earlier_runs.h"
#include "ui/model/lab.h"

#include <QObject>
#include <QStringList>

#include <optional>

namespace fplab {

/// One open experiment: owns the models of a window and keeps editor and run in step. Needs no widget.
///
/// Edits that need a new run apply at once while nothing has been trained, else they wait for restart(). Live edits go
/// to the run that is there.
class OpenExperiment : public QObject {
    Q_OBJECT
public:
    explicit OpenExperiment(QObject* parent = nullptr);

    [[nodiscard]] Lab lab() { return {themes, editor, run, timeline, analysis, kinds}; }

    /// Opens an experiment, ready at step 0. On error nothing changes.
    Status open(const ExperimentSpec& spec, const QString& presetId = {}, const QString& folder = {});
    struct FileContent {
        ExperimentSpec spec;
        QString folder; ///< of the file, where relative paths start
        QString note; ///< what a person should know; mostly empty
    };
    /// An experiment file (*.fplab.json). A CSV file that it names and that is not there is looked for beside it.
    [[nodiscard]] static Result<FileContent> read(const QString& path);
    /// Writes the panels' experiment so that read() finds its CSV file too: named from the file's folder if it lies
    /// there or below, so that both can be moved. The value is where the samples stay if they do not; empty else.
    [[nodiscard]] Result<QString> saveFile(const QString& path) const;
    [[nodiscard]] bool isOpen() const { return run.hasRun(); }

    /// What nextAct() says.
    void toggle();
    /// As many steps again for a run that a stop rule has ended.
    void trainOn();
    /// From step 0 with the panels' experiment, waiting changes included, and runs if `go`.
    Status restart(bool go);
    /// The run before is put back as it was; the one that is there is kept in its place.
    void goBackTo(std::size_t earlier);
    /// Back to step 0 of the same run: same seed, same initial weights, same curve.
    Status reset();
    /// A new seed, hence other initial weights; undoable like any edit.
    Status newStart();
    void stepBy(std::int64_t count);
    void complainOfMemory(); ///< emits problem(): something could not be done for lack of memory

    /// After a divergence: stays at the last finite step, paused.
    void acceptDivergence();
    /// Back to before live changes, to the `values` that were in force there and, in the panels, to `before`; paused.
    void takeBack(const std::vector<LiveChange>& values, const ExperimentSpec& before, const QString& undoText);
    /// Puts the values of a way out into the panels, as one edit, and runs: from the start where one of them needs it.
    Status take(const Fix& fix);

    /// Sets a field and goes on: the run that is there if it is not too late for it, else from a record of it from
    /// before, else from the start.
    Status goOnWith(const QString& path, const QString& jsonValue);

    /// As the run began: without live changes.
    [[nodiscard]] const ExperimentSpec& loaded() const { return m_loaded; }
    /// A change before which its field had the same value: an edit that was taken back before a step was trained with
    /// it.
    [[nodiscard]] bool changesNothing(const LoggedChange& change) const;

    void toggleFollow(std::size_t bin);
    void followLargest(std::size_t count);
    /// Threads that training uses on this computer.
    [[nodiscard]] static int trainingThreads();

    ThemeManager themes;
    ExperimentEditor editor;
    Runs runs;
    RunController run;
    TimelineModel timeline;
    AnalysisModel analysis;
    KindModels kinds;
    EarlierRuns earlier;

Q_SIGNALS:
    /// The panels' experiment cannot be made: the run stays as it was.
    void problem(const fplab::Diagnostic& diagnostic);
    void solved(); ///< what problem() said is over
    void message(const QString& text);

private:
    Status load(const ExperimentSpec& spec);
    /// The run that is there goes among the earlier ones, if it has been trained; `spec` is what it was made of.
    void keep(const ExperimentSpec& spec);
    struct Fitting {
        ExperimentSpec spec;
        QString note; ///< what was left out; mostly empty
    };
    /// The spec without chosen peaks that are none of this experiment's target, where that is another one than the
    /// run's.
    Fitting withPeaksOf(const Experiment& experiment, ExperimentSpec spec);
    void start(std::unique_ptr<Experiment> experiment, const ExperimentSpec& spec, const ExecutionOptions& how);
    [[nodiscard]] ExecutionOptions options(const QString& folder) const;
    /// A record from which a change that waits could be had without training again.
    [[nodiscard]] std::optional<KindModel::Branch> branch() const;
    Status goOnFrom(const KindModel::Branch& branch); ///< paused
    void onChangeLogged(const LoggedChange& change);
    void onSpecChanged();
    void onLiveEdited(const QStringList& paths);
    void setPeaks(const std::vector<std::size_t>& peaks);

    ExperimentSpec m_loaded; ///< as the run began: without live changes
    bool m_opening = false; ///< the run is being set to what the editor gets
};

} // namespace fplab
