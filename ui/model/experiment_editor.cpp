#include "ui/model/experiment_editor.h"

#include "core/datasets/data_spec.h"
#include "core/experiment/formula_parameters.h"
#include "core/fields/field_list.h"
#include "core/files/experiment_file.h"
#include "core/files/experiment_id.h"

#include <QElapsedTimer>
#include <QScopedValueRollback>
#include <QUndoCommand>

#include <algorithm>
#include <string>
#include <utility>

namespace fplab {

namespace {

/// The value for people; that of samples or weights does not take longer the more there are.
QString shown(const FieldRef* field)
{
    if (!field)
        return ExperimentEditor::tr("none");
    if (const auto* data = field->as<std::optional<DataSpec>>(); data && *data)
        return (*data)->csv.empty() ? ExperimentEditor::tr("%1 given samples").arg((*data)->inputs->count)
                                    : QString::fromStdString((*data)->csv);
    if (const auto* params = field->as<Shared<NetworkParams>>(); params && !(*params)->empty())
        return ExperimentEditor::tr("%1 layers").arg((*params)->size());
    std::string json = field->json();
    std::erase(json, '"');
    constexpr std::size_t longest = 40;
    if (json.size() > longest)
        json = json.substr(0, longest) + "...";
    return json.empty() ? ExperimentEditor::tr("none") : QString::fromStdString(json);
}

/// The field at that path, which mostly stands at the same place in specs of a kind; null if there is none.
const FieldRef* sameField(const std::vector<FieldRef>& fields, std::size_t place, const std::string& path)
{
    if (place < fields.size() && fields[place].path == path)
        return &fields[place];
    const auto found = std::ranges::find(fields, path, &FieldRef::path);
    return found == fields.end() ? nullptr : &*found;
}

constexpr qint64 mergeWindow = 1000; ///< milliseconds: edits of one field within it are one undo step

} // namespace

/// The whole spec before and after: its copies share samples and weights, and one kind of command cannot forget a
/// field.
class SpecCommand : public QUndoCommand {
public:
    SpecCommand(ExperimentEditor& editor, ExperimentSpec after, QString path, const QString& text)
        : QUndoCommand(text)
        , m_editor(editor)
        , m_before(editor.spec())
        , m_after(std::move(after))
        , m_path(std::move(path))
    {
        m_clock.start();
    }
    void undo() override
    {
        const QScopedValueRollback undoing(m_editor.m_undoing, true);
        m_editor.setSpec(m_before);
    }
    void redo() override { m_editor.setSpec(m_after); }
    [[nodiscard]] int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* next) override
    {
        const auto* other = static_cast<const SpecCommand*>(next);
        if (m_path.isEmpty() || other->m_path != m_path || m_clock.elapsed() > mergeWindow)
            return false;
        m_after = other->m_after;
        m_clock.restart();
        return true;
    }

private:
    ExperimentEditor& m_editor;
    ExperimentSpec m_before, m_after;
    QString m_path;
    QElapsedTimer m_clock;
};

ExperimentEditor::ExperimentEditor(QObject* parent)
    : QObject(parent)
{
    m_undo.setUndoLimit(200);
}

void ExperimentEditor::open(const ExperimentSpec& spec, const QString& presetId, const QString& folder)
{
    m_spec = m_runSpec = spec;
    m_presetId = presetId;
    m_folder = folder;
    m_openedTitle = QString::fromStdString(spec.title);
    m_openedFormula = QString::fromStdString(formulaOf(spec));
    m_pending.clear();
    m_undo.clear();
    Q_EMIT opened();
    Q_EMIT specChanged();
    Q_EMIT pendingChanged();
}

Result<ExperimentSpec> ExperimentEditor::changed(const QString& path, const QString& jsonValue) const
{
    ExperimentSpec changed = m_spec;
    if (auto status = setByPath(changed, path.toStdString(), jsonValue.toStdString()); !status)
        return status.error();
    if (auto status = checkExperiment(changed); !status)
        return status.error();
    return changed;
}

Status ExperimentEditor::check(const QString& path, const QString& jsonValue) const
{
    if (const auto wanted = changed(path, jsonValue); !wanted)
        return wanted.error();
    return success();
}

Status ExperimentEditor::edit(const QString& path, const QString& jsonValue)
{
    auto wanted = changed(path, jsonValue);
    if (!wanted)
        return wanted.error();
    if (*wanted != m_spec)
        m_undo.push(new SpecCommand(*this, std::move(*wanted), path, tr("change of %1").arg(labelOf(path))));
    return success();
}

Status ExperimentEditor::take(const Fix& fix)
{
    const auto fixed = withFix(m_spec, fix);
    if (!fixed)
        return fixed.error();
    replace(*fixed, QString::fromStdString(fix.label));
    return success();
}

void ExperimentEditor::adjust(const QString& path, const QString& jsonValue)
{
    ExperimentSpec changed = m_spec;
    if (setByPath(changed, path.toStdString(), jsonValue.toStdString()))
        setSpec(changed);
}

void ExperimentEditor::replace(const ExperimentSpec& spec, const QString& undoText)
{
    if (spec != m_spec)
        m_undo.push(new SpecCommand(*this, spec, {}, undoText));
}

void ExperimentEditor::setSpec(const ExperimentSpec& spec)
{
    const ExperimentSpec was = std::exchange(m_spec, spec);
    const auto before = fieldsOf(was), after = fieldsOf(m_spec), running = fieldsOf(m_runSpec);
    QStringList live, view;
    for (std::size_t i = 0; i < after.size(); ++i) {
        const FieldRef& field = after[i];
        const auto same = [&](const std::vector<FieldRef>& fields) {
            const FieldRef* other = sameField(fields, i, field.path);
            return other && *other == field;
        };
        if (same(before))
            continue;
        const QString path = QString::fromStdString(field.path);
        if (field.hint.effect == Effect::Live) {
            if (!same(running) && !(m_tooLate && m_tooLate(path, m_spec)))
                live.append(path);
        } else if (field.hint.effect == Effect::View) {
            view.append(path);
        }
    }
    for (const QString& path : live + view) {
        const QString value = valueOf(path);
        if (!value.isEmpty()) // an absent live or view value means "auto", which the whole group carries
            (void)setByPath(m_runSpec, path.toStdString(), value.toStdString());
    }
    updatePending();
    Q_EMIT specChanged();
    if (!live.isEmpty())
        Q_EMIT liveEdited(live);
    for (const QString& path : std::as_const(view))
        Q_EMIT viewEdited(path);
}

std::vector<PendingChange> ExperimentEditor::changes(const ExperimentSpec& was, const ExperimentSpec& now)
{
    const auto before = singleFieldsOf(was), after = singleFieldsOf(now);
    std::vector<PendingChange> changes;
    for (std::size_t i = 0; i < after.size(); ++i) {
        const FieldRef& field = after[i];
        const FieldRef* old = sameField(before, i, field.path);
        if (field.hint.effect == Effect::View || (old && *old == field))
            continue;
        // an absent live value means "auto", which the whole group carries
        if (field.hint.effect == Effect::Live && field.json().empty())
            continue;
        const QString path = QString::fromStdString(field.path);
        changes.push_back({path, labelOf(now, path), shown(old), shown(&field)});
    }
    return changes;
}

void ExperimentEditor::updatePending()
{
    m_pending = changes(m_runSpec, m_spec);
    Q_EMIT pendingChanged();
}

bool ExperimentEditor::isPending(const QString& path) const
{
    return std::ranges::any_of(m_pending, [&](const PendingChange& change) { return change.path == path; });
}

void ExperimentEditor::undoPending() { replace(m_runSpec, tr("undoing the waiting changes")); }

void ExperimentEditor::markApplied()
{
    m_runSpec = m_spec;
    updatePending();
}

void ExperimentEditor::setRunValue(const QString& path, const QString& jsonValue)
{
    (void)setByPath(m_runSpec, path.toStdString(), jsonValue.toStdString()); // it was valid before
    updatePending();
}

void ExperimentEditor::setTooLate(std::function<bool(const QString&, const ExperimentSpec&)> tooLate)
{
    m_tooLate = std::move(tooLate);
}

QString ExperimentEditor::titleOf(const ExperimentSpec& spec) const
{
    const QString title = QString::fromStdString(spec.title), formula = QString::fromStdString(formulaOf(spec));
    constexpr qsizetype readable = 60;
    if (title != m_openedTitle || formula == m_openedFormula)
        return title;
    return formula.size() > readable ? formula.left(readable - 1) + u'…' : formula;
}

ExperimentSpec ExperimentEditor::namedRunSpec() const
{
    ExperimentSpec spec = m_runSpec;
    spec.title = titleOf(spec).toStdString();
    return spec;
}

QString ExperimentEditor::runId() const { return QString::fromStdString(experimentHash(m_runSpec, m_runSamples)); }

QString ExperimentEditor::valueOf(const QString& path) const { return valueOf(m_spec, path); }

QString ExperimentEditor::valueOf(const ExperimentSpec& spec, const QString& path)
{
    return QString::fromStdString(jsonByPath(spec, path.toStdString()));
}

QString ExperimentEditor::labelOf(const QString& path) const { return labelOf(m_spec, path); }

QString ExperimentEditor::labelOf(const ExperimentSpec& spec, const QString& path)
{
    const Hint hint = hintOf(spec, path.toStdString());
    if (hint.meaning == Meaning::FormulaParameters && path.toStdString() != pathOf(spec, hint.meaning))
        return path.section(u'.', -1); // one of them: by its own name
    const std::string_view label = hint.label;
    return label.empty() ? path : QString::fromUtf8(label.data(), static_cast<qsizetype>(label.size()));
}

} // namespace fplab
