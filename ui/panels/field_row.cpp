#include "ui/panels/field_row.h"

#include "core/fields/field_list.h"
#include "ui/model/field_text.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

namespace fplab {
namespace {

constexpr int labelWidth = 108; ///< at the normal size of text

QString plainValue(QString json)
{
    json.remove(u'"');
    return json.isEmpty() ? FieldRow::tr("not given") : json;
}

} // namespace

RowLabel::RowLabel(const QString& text, QWidget* parent)
    : QLabel(text, parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void RowLabel::setWanted(QSize size)
{
    if (size == m_wanted)
        return;
    m_wanted = size;
    updateGeometry();
}

FieldRow::FieldRow(const Lab& lab, const QString& label, QWidget* parent)
    : QWidget(parent)
    , m_lab(lab)
    , m_label(new RowLabel(label, this))
    , m_note(new QLabel(this))
    , m_grid(new QGridLayout(this))
    , m_line(new QHBoxLayout)
{
    m_label->setProperty("role", QStringLiteral("muted"));
    m_label->installEventFilter(this);
    m_note->installEventFilter(this);
    m_note->setWordWrap(true);
    m_note->hide();
    m_line->setSpacing(6);
    m_grid->setContentsMargins(8, 0, 0, 0); // room for the bar of a waiting change
    m_grid->setHorizontalSpacing(0);
    m_grid->setVerticalSpacing(1);
    m_line->addWidget(m_label);
    m_grid->addLayout(m_line, 1, 0);
    m_grid->addWidget(m_note, 2, 0);
}

void FieldRow::addEditor(const FormField& field, FieldEditor* editor)
{
    m_entries.append({field, editor});
    m_line->addWidget(editor, 1);
    m_label->setToolTip(tipOf(field.hint) + u'\n' + tr("Double click for the default."));
    if (m_entries.size() == 1)
        m_label->setBuddy(editor);
    connect(editor, &FieldEditor::edited, this,
        [this, entry = m_entries.last()](const QString& json) { commit(entry, json); });
    connect(
        editor, &FieldEditor::refused, this, [this, editor](const QString& problem) { showProblem(editor, problem); });
}

void FieldRow::addWidget(QWidget* widget) { m_line->addWidget(widget); }

void FieldRow::arrange(int width)
{
    m_width = width;
    fitNote();
    const int labelColumn = qRound(labelWidth * m_lab.themes.theme().fontScale);
    const int text = m_label->fontMetrics().horizontalAdvance(m_label->text()) + 8;
    int least = 0, full = 0;
    for (int i = 0; i < m_line->count(); ++i)
        if (QWidget* widget = m_line->itemAt(i)->widget(); widget && widget != m_label) {
            const auto* editor = qobject_cast<FieldEditor*>(widget);
            const int now = widget->minimumSizeHint().width() + m_line->spacing();
            least += now;
            full += std::max(editor ? editor->fullWidth() + m_line->spacing() : 0, now);
        }
    const bool above = text > labelColumn || full > width - text;
    // A formula takes what the label leaves; other editors keep to their column while their text fits there.
    const bool wide = m_entries.first().field.type == FieldType::Text;
    const int column = above ? width : wide ? text : std::clamp(width - least, text, labelColumn);
    m_label->setWanted(above ? QSize(width, m_label->fontMetrics().height())
                             : QSize(column - m_line->spacing(), qRound(28 * m_lab.themes.theme().fontScale)));
    if (above == m_above && column == m_column)
        return;
    m_above = above;
    m_column = column;
    m_line->removeWidget(m_label);
    m_grid->removeWidget(m_label);
    m_label->setVisible(!m_label->text().isEmpty());
    if (above) {
        m_grid->addWidget(m_label, 0, 0);
    } else {
        m_line->insertWidget(0, m_label, 0, Qt::AlignTop);
    }
}

QStringList FieldRow::paths() const
{
    QStringList paths;
    for (const Entry& entry : m_entries)
        paths.append(entry.field.path);
    return paths;
}

bool FieldRow::underMore() const
{
    return std::ranges::all_of(m_entries, [](const Entry& entry) { return entry.field.hint.more; });
}

void FieldRow::update(const QHash<QString, QString>& texts)
{
    for (const Entry& entry : std::as_const(m_entries))
        entry.editor->setJson(texts.value(entry.field.path, QStringLiteral("null")));
    arrange(m_width);
    m_problem.clear();
    showNote();
}

void FieldRow::setNoEffect(const QString& reason)
{
    if (reason == m_noEffect)
        return;
    m_noEffect = reason;
    for (const Entry& entry : std::as_const(m_entries))
        entry.editor->setEnabled(reason.isEmpty());
    m_label->setEnabled(reason.isEmpty());
    showNote();
}

void FieldRow::setDefaults()
{
    const auto defaults = fieldTexts(defaultsOf(m_lab.editor.spec()));
    for (const Entry& entry : std::as_const(m_entries))
        commit(entry,
            defaults.value(entry.field.path,
                entry.field.type == FieldType::Parameters ? QStringLiteral("1") : QStringLiteral("null")));
}

void FieldRow::commit(const Entry& entry, const QString& json)
{
    if (json == QLatin1String("null")) { // an optional value that is taken away has no text in the file
        ExperimentSpec spec = m_lab.editor.spec();
        for (const FieldRef& field : fieldsOf(spec))
            if (auto* const* value = std::get_if<std::optional<double>*>(&field.value);
                value && textOf(field.path) == entry.field.path)
                (*value)->reset();
        m_lab.editor.replace(spec, tr("change of %1").arg(textOf(entry.field.hint.label)));
        showProblem(entry.editor, {});
        return;
    }
    const Status status = m_lab.editor.edit(entry.field.path, json);
    if (!status) {
        QString problem = QString::fromStdString(status.error().what);
        if (!status.error().advice.empty())
            problem += QStringLiteral(". ") + QString::fromStdString(status.error().advice);
        showProblem(entry.editor, inWords(problem, m_lab.editor.spec()));
        return;
    }
    showProblem(entry.editor, {});
    entry.editor->setJson(fieldTexts(m_lab.editor.spec()).value(entry.field.path, QStringLiteral("null")));
}

void FieldRow::showProblem(FieldEditor* editor, const QString& problem)
{
    editor->setWrong(!problem.isEmpty());
    m_problem = problem.left(1).toUpper() + problem.mid(1);
    showNote();
}

void FieldRow::showNote()
{
    QString was;
    m_pending = false;
    for (const PendingChange& change : m_lab.editor.pending())
        if (paths().contains(change.path)) {
            m_pending = true;
            const QString text = plainValue(change.was);
            was += was.isEmpty() ? text : tr(" … ") + text;
        }
    const bool wrong = !m_problem.isEmpty(), idle = !wrong && !m_noEffect.isEmpty();
    const QString role = wrong ? QStringLiteral("error") : idle ? QStringLiteral("muted") : QStringLiteral("pending");
    if (m_note->property("role") != role) {
        m_note->setProperty("role", role);
        m_note->style()->unpolish(m_note);
        m_note->style()->polish(m_note);
    }
    m_note->setText(wrong ? m_problem
            : idle        ? tr("No effect: %1.").arg(m_noEffect)
            : m_pending   ? tr("was %1").arg(was)
                          : QString());
    fitNote();
    m_note->setVisible(wrong || idle || m_pending);
    update();
}

/// A reason may take several lines.
void FieldRow::fitNote()
{
    constexpr int bar = 8; // left margin
    const bool idle = m_problem.isEmpty() && !m_noEffect.isEmpty();
    m_note->setMinimumHeight(0); // which counts in the height that it asks for
    if (idle)
        m_note->setMinimumHeight(m_note->heightForWidth(m_width - bar));
}

bool FieldRow::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_label && event->type() == QEvent::MouseButtonDblClick) {
        setDefaults();
        return true;
    }
    if (watched == m_note && event->type() == QEvent::FontChange)
        fitNote();
    return QWidget::eventFilter(watched, event);
}

void FieldRow::paintEvent(QPaintEvent*)
{
    if (!m_pending)
        return;
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, 3, height()), m_lab.themes.theme().pending);
}

} // namespace fplab
