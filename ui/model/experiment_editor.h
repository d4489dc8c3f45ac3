#pragma once

#include "core/base/result.h"
#include "core/experiment/spec.h"

#include <QObject>
#include <QString>
#include <QUndoStack>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace fplab {

/// One field that differs between the panels and the run: "init scale 0.1 -> 1.5".
struct PendingChange {
    QString path; ///< JSON path
    QString label; ///< the field's label
    QString was, now;
};

/// The experiment as the panels show it, with undo. Panels never write to a spec themselves: they ask edit().
class ExperimentEditor : public QObject {
    Q_OBJECT
public:
    explicit ExperimentEditor(QObject* parent = nullptr);

    /// Replaces everything (another experiment was opened); clears undo.
    void open(const ExperimentSpec& spec, const QString& presetId = {}, const QString& folder = {});

    [[nodiscard]] const ExperimentSpec& spec() const { return m_spec; }
    /// As the current run was made, live changes included: what "Restart" compares with and what files of this run
    /// carry.
    [[nodiscard]] const ExperimentSpec& runSpec() const { return m_runSpec; }
    /// What a spec is called: its title, or the formula if that is no longer the one it was opened with under this
    /// title.
    [[nodiscard]] QString titleOf(const ExperimentSpec& spec) const;
    /// runSpec() under that name: for files, figures and the slide.
    [[nodiscard]] ExperimentSpec namedRunSpec() const;
    /// The id of that experiment, its data included: experimentHash().
    [[nodiscard]] QString runId() const;
    /// The run reads the samples with this samplesSha256() from a CSV file.
    void setRunSamples(std::string sha256) { m_runSamples = std::move(sha256); }
    [[nodiscard]] const std::string& runSamples() const { return m_runSamples; }
    [[nodiscard]] QString presetId() const { return m_presetId; }
    /// Folder that relative CSV paths start from.
    [[nodiscard]] QString folder() const { return m_folder; }

    /// Changes one field by its JSON path; `jsonValue` as in the file (`0.5`, `"relu"`, `[100,100]`). On error nothing
    /// changes. Edits of the same path within a second (a drag) become one undo step.
    Status edit(const QString& path, const QString& jsonValue);
    /// Whether edit() would take it; changes nothing.
    [[nodiscard]] Status check(const QString& path, const QString& jsonValue) const;
    /// Takes a way out: all its settings as one undo step. On error nothing changes.
    Status take(const Fix& fix);
    /// Changes a field as a consequence of what was edited: no undo step of its own, it comes and goes with that edit.
    void adjust(const QString& path, const QString& jsonValue);
    /// Replaces the whole spec as one undo step (import, new seed, several fields at once).
    void replace(const ExperimentSpec& spec, const QString& undoText);

    /// Fields that differ from the run: those that need a new one, and live ones that come too late.
    [[nodiscard]] const std::vector<PendingChange>& pending() const { return m_pending; }
    [[nodiscard]] bool isPending(const QString& path) const;
    /// The panels go back to the run's values, as one undo step.
    void undoPending();
    /// The run was made anew from spec().
    void markApplied();

    /// What a field of the run is in truth, e.g. after it refused a live change.
    void setRunValue(const QString& path, const QString& jsonValue);

    /// Which live fields need a new run after all, with the value they have in a spec: what they decide lies behind the
    /// run.
    void setTooLate(std::function<bool(const QString& path, const ExperimentSpec& wanted)> tooLate);

    [[nodiscard]] QUndoStack& undoStack() { return m_undo; }
    /// Whether what specChanged() tells of is an edit taken back: nothing is to be adjusted to it.
    [[nodiscard]] bool isUndoing() const { return m_undoing; }
    /// The fields in which `now` differs from `was`, but for those that only concern how it is looked at.
    [[nodiscard]] static std::vector<PendingChange> changes(const ExperimentSpec& was, const ExperimentSpec& now);
    /// A field's value as JSON text, by path; of spec() or of another spec.
    [[nodiscard]] QString valueOf(const QString& path) const;
    [[nodiscard]] static QString valueOf(const ExperimentSpec& spec, const QString& path);
    /// What people call a field or group of spec(), by path; the path if there is no such field.
    [[nodiscard]] QString labelOf(const QString& path) const;
    [[nodiscard]] static QString labelOf(const ExperimentSpec& spec, const QString& path);

Q_SIGNALS:
    void opened();
    void specChanged(); ///< any field of spec(), also by undo and redo, also after opened()
    void pendingChanged();
    /// Fields with Effect::Live changed by one edit; who owns the run hands them on.
    void liveEdited(const QStringList& paths);
    /// A field with Effect::View changed.
    void viewEdited(const QString& path);

private:
    friend class SpecCommand;
    [[nodiscard]] Result<ExperimentSpec> changed(const QString& path, const QString& jsonValue) const;
    void setSpec(const ExperimentSpec& spec);
    void updatePending();

    ExperimentSpec m_spec, m_runSpec;
    std::string m_runSamples;
    QString m_presetId, m_folder;
    QString m_openedTitle, m_openedFormula;
    std::vector<PendingChange> m_pending;
    std::function<bool(const QString&, const ExperimentSpec&)> m_tooLate;
    QUndoStack m_undo;
    bool m_undoing = false;
};

} // namespace fplab
