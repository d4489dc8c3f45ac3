#include "ui/panels/field_editor.h"

#include "ui/model/field_text.h"
#include "ui/widgets/elided_entry.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStyle>
#include <QVBoxLayout>
#include <QWheelEvent>

namespace fplab {
namespace {

class ChoiceBox : public QComboBox {
public:
    using QComboBox::QComboBox;

    [[nodiscard]] QSize minimumSizeHint() const override
    {
        return {fontMetrics().horizontalAdvance(currentText()) + frame, QComboBox::minimumSizeHint().height()};
    }
    [[nodiscard]] QSize sizeHint() const override { return {110, QComboBox::sizeHint().height()}; }
    static constexpr int frame = 36; ///< border, padding and arrow

protected:
    void wheelEvent(QWheelEvent* event) override
    {
        if (hasFocus())
            QComboBox::wheelEvent(event);
        else
            event->ignore();
    }
};

QString stringFromJson(const QString& json)
{
    return QJsonDocument::fromJson('[' + json.toUtf8() + ']').array().first().toString();
}

} // namespace

QComboBox* makeChoiceBox(QWidget* parent)
{
    auto* box = new ChoiceBox(parent);
    box->setFocusPolicy(Qt::StrongFocus);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QObject::connect(box, &QComboBox::currentTextChanged, box, [box] { box->updateGeometry(); });
    return box;
}

void FieldEditor::markWrong(QWidget* entry, bool wrong)
{
    if (entry->property("wrong").toBool() == wrong)
        return;
    entry->setProperty("wrong", wrong);
    entry->style()->unpolish(entry);
    entry->style()->polish(entry);
}

EntryEditor::EntryEditor(const FormField& field, QWidget* parent)
    : FieldEditor(parent)
    , m_field(field)
    , m_entry(new ElidedEntry(this))
{
    m_entry->setObjectName(field.path);
    m_entry->setAccessibleName(textOf(field.hint.label));
    m_entry->setAccessibleDescription(tipOf(field.hint));
    m_entry->setToolTip(tipOf(field.hint));
    m_entry->installEventFilter(this);
    setFocusProxy(m_entry);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_entry, 1);
    connect(m_entry, &QLineEdit::editingFinished, this, &EntryEditor::commit);
}

void EntryEditor::setJson(const QString& json)
{
    m_shown = fieldText(m_field, json);
    if (m_entry->text() != m_shown) {
        m_entry->setText(m_shown);
        m_entry->setCursorPosition(0);
    }
    setWrong(false);
}

void EntryEditor::setWrong(bool wrong) { markWrong(m_entry, wrong); }

void EntryEditor::commit()
{
    if (m_entry->text() == m_shown) {
        Q_EMIT refused({});
        return;
    }
    QString problem;
    const QString json = fieldJson(m_field, m_entry->text(), problem);
    if (problem.isEmpty())
        Q_EMIT edited(json);
    else
        Q_EMIT refused(problem);
}

bool EntryEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_entry && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape && m_entry->text() != m_shown) {
        m_entry->setText(m_shown);
        Q_EMIT refused({});
        return true;
    }
    return FieldEditor::eventFilter(watched, event);
}

ChoiceEditor::ChoiceEditor(const FormField& field, QWidget* parent)
    : FieldEditor(parent)
    , m_box(makeChoiceBox(this))
{
    m_box->setObjectName(field.path);
    m_box->setAccessibleName(textOf(field.hint.label));
    m_box->setAccessibleDescription(tipOf(field.hint));
    m_box->setToolTip(tipOf(field.hint));
    for (const Choice& choice : field.hint.choices)
        m_box->addItem(textOf(choice.label), textOf(choice.id));
    setFocusProxy(m_box);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_box);
    connect(m_box, &QComboBox::activated, this,
        [this](int index) { Q_EMIT edited(u'"' + m_box->itemData(index).toString() + u'"'); });
}

void ChoiceEditor::setJson(const QString& json)
{
    m_box->setCurrentIndex(m_box->findData(stringFromJson(json)));
    // Weights one by one cannot be made here, only kept.
    if (const int given = m_box->findData(QStringLiteral("explicit")); given >= 0 && given != m_box->currentIndex())
        m_box->removeItem(given);
}

int ChoiceEditor::fullWidth() const
{
    int widest = 0;
    for (int i = 0; i < m_box->count(); ++i)
        widest = std::max(widest, m_box->fontMetrics().horizontalAdvance(m_box->itemText(i)));
    return widest + ChoiceBox::frame;
}

FlagEditor::FlagEditor(const FormField& field, QWidget* parent)
    : FieldEditor(parent)
    , m_box(new QCheckBox(textOf(field.hint.label), this))
{
    m_box->setObjectName(field.path);
    m_box->setAccessibleName(textOf(field.hint.label));
    m_box->setAccessibleDescription(tipOf(field.hint));
    m_box->setToolTip(tipOf(field.hint));
    setFocusProxy(m_box);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_box);
    connect(m_box, &QCheckBox::clicked, this,
        [this](bool on) { Q_EMIT edited(on ? QStringLiteral("true") : QStringLiteral("false")); });
}

void FlagEditor::setJson(const QString& json) { m_box->setChecked(json == QLatin1String("true")); }

SeveralEditor::SeveralEditor(const FormField& field, QWidget* parent)
    : FieldEditor(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    for (const Choice& choice : field.hint.choices) {
        auto* box = new QCheckBox(textOf(choice.label), this);
        box->setObjectName(m_entries.isEmpty() ? field.path : field.path + u'.' + textOf(choice.id));
        box->setAccessibleName(textOf(choice.label));
        box->setAccessibleDescription(tipOf(field.hint));
        box->setToolTip(tipOf(field.hint));
        column->addWidget(box);
        m_entries.append({QStringLiteral("\"%1\"").arg(textOf(choice.id)), box});
        connect(box, &QCheckBox::clicked, this, [this] {
            QStringList ids;
            for (const Entry& entry : std::as_const(m_entries))
                if (entry.box->isChecked())
                    ids.append(entry.id);
            Q_EMIT edited(QStringLiteral("[%1]").arg(ids.join(u',')));
        });
    }
    if (!m_entries.isEmpty())
        setFocusProxy(m_entries.first().box);
}

void SeveralEditor::setJson(const QString& json)
{
    for (const Entry& entry : std::as_const(m_entries))
        entry.box->setChecked(json.contains(entry.id));
}

} // namespace fplab
