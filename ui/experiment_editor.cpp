#include "ui/experiment_editor.h"

#include "core/io/experiment_file.h"
#include "core/io/json_fields.h"

#include <QElapsedTimer>
#include <QUndoCommand>

#include <algorithm>
#include <string>
#include <utility>

namespace fplab {

namespace {

/// One field of a spec, as text.
struct FlatField {
    std::string path;
    Hint hint;
    std::string json; ///< empty if absent
    bool operator==(const FlatField& other) const { return path == other.path && json == other.json; }
};

/// Visitor that lists all fields with their paths and JSON values.
class Flattener {
public:
    void operator()(std::string_view id, const std::map<std::string, double>& parameters, const Hint& hint)
    {
        for (const auto& [name, value] : parameters)
            (*this)(std::string(id) + '.' + name, value, hint);
    }
    template <class T> void operator()(std::string_view id, const T& value, const Hint& hint)
    {
        JsonWriter out(0);
        out.beginObject();
        FieldWriter writer(out);
        writer(id, value, hint);
        out.endObject();
        const std::string& text = out.text(); // {"id":value} or {}
        const auto colon = text.find(':');
        std::string json = colon == std::string::npos ? std::string() : text.substr(colon + 1, text.size() - colon - 2);
        while (json.starts_with(' '))
            json.erase(0, 1);
        fields.push_back({prefix + std::string(id), hint, std::move(json)});
    }
    template <class Part> void group(std::string_view id, const Part& part, std::string_view)
    {
        const std::string outer = prefix;
        prefix += std::string(id) + '.';
        visitFields(part, *this);
        prefix = outer;
    }

    std::string prefix;
    std::vector<FlatField> fields;
};

std::vector<FlatField> flatten(const ExperimentSpec& spec)
{
    Flattener flattener;
    visitFields(spec, flattener);
    return std::move(flattener.fields);
}

/// What a field is called: by its label, a parameter of the formula by its own name.
QString labelOf(const QString& path, const Hint& hint)
{
    const bool parameter = hint.label.empty() || hint.label == formulaParameter.label;
    return parameter ? path.section(u'.', -1)
                     : QString::fromUtf8(hint.label.data(), static_cast<qsizetype>(hint.label.size()));
}

QString shown(std::string json)
{
    std::erase(json, '"');
    constexpr std::size_t longest = 40;
    if (json.size() > longest)
        json = json.substr(0, longest) + "...";
    return json.empty() ? ExperimentEditor::tr("none") : QString::fromStdString(json);
}

constexpr qint64 mergeWindow = 1000; ///< milliseconds: edits of one field within it are one undo step

} // namespace

/// The whole spec before and after; specs are small, and one kind of command cannot forget a field.
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
    void undo() override { m_editor.setSpec(m_before); }
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
    m_pending.clear();
    m_undo.clear();
    Q_EMIT opened();
    Q_EMIT specChanged();
    Q_EMIT pendingChanged();
}

Status ExperimentEditor::edit(const QString& path, const QString& jsonValue)
{
    ExperimentSpec changed = m_spec;
    if (auto status = setByPath(changed, path.toStdString(), jsonValue.toStdString()); !status)
        return status;
    if (auto status = checkExperiment(changed); !status)
        return status;
    if (changed == m_spec)
        return success();
    m_undo.push(new SpecCommand(*this, std::move(changed), path, tr("change of %1").arg(labelOf(path, hintOf(path)))));
    return success();
}

void ExperimentEditor::replace(const ExperimentSpec& spec, const QString& undoText)
{
    if (spec != m_spec)
        m_undo.push(new SpecCommand(*this, spec, {}, undoText));
}

void ExperimentEditor::setSpec(const ExperimentSpec& spec)
{
    const auto before = flatten(m_spec), after = flatten(spec);
    m_spec = spec;
    QStringList live, view;
    for (const auto& field : after) {
        if (std::ranges::find(before, field) != before.end())
            continue;
        const QString path = QString::fromStdString(field.path);
        if (field.hint.effect == Effect::Live) {
            if (valueOf(m_runSpec, path) != valueOf(path) && !(m_tooLate && m_tooLate(path, spec)))
                live.append(path);
        }
        else if (field.hint.effect == Effect::View)
            view.append(path);
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

void ExperimentEditor::updatePending()
{
    const auto run = flatten(m_runSpec), now = flatten(m_spec);
    std::vector<PendingChange> pending;
    for (const auto& field : now) {
        // an absent live value means "auto", which the whole group carries
        if (field.hint.effect == Effect::View || (field.hint.effect == Effect::Live && field.json.empty()))
            continue;
        const auto same = std::ranges::find(run, field.path, &FlatField::path);
        const std::string was = same == run.end() ? std::string() : same->json;
        const QString path = QString::fromStdString(field.path);
        if (was != field.json)
            pending.push_back({path, labelOf(path, field.hint), shown(was), shown(field.json)});
    }
    m_pending = std::move(pending);
    Q_EMIT pendingChanged();
}

bool ExperimentEditor::isPending(const QString& path) const
{
    return std::ranges::any_of(m_pending, [&](const PendingChange& change) { return change.path == path; });
}

void ExperimentEditor::undoPending()
{
    replace(m_runSpec, tr("undoing the waiting changes"));
}

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

QString ExperimentEditor::valueOf(const QString& path) const { return valueOf(m_spec, path); }

QString ExperimentEditor::valueOf(const ExperimentSpec& spec, const QString& path)
{
    const auto fields = flatten(spec);
    const auto found = std::ranges::find(fields, path.toStdString(), &FlatField::path);
    return found == fields.end() ? QString() : QString::fromStdString(found->json);
}

Hint ExperimentEditor::hintOf(const QString& path)
{
    static const auto fields = flatten(ExperimentSpec {});
    const auto found = std::ranges::find(fields, path.toStdString(), &FlatField::path);
    return found == fields.end() ? Hint {} : found->hint;
}

} // namespace fplab
