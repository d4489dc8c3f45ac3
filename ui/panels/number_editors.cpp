#include "ui/panels/field_editor.h"
#include "ui/text/number_text.h"
#include "ui/widgets/mnemonics.h"
#include "ui/widgets/number_slider.h"
#include "ui/widgets/slider_marks.h"

#include <QBoxLayout>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QTableWidget>
#include <QToolButton>

namespace fplab {
namespace {

constexpr int mostLayers = 16;
constexpr int roomForMarks = 100; ///< what a slider needs beyond its least width to tell its marks apart

/// Width of an entry that shows `text`, at the present size of text.
int textWidth(const QLineEdit& entry, const QString& text)
{
    constexpr int frame = 22; // border, padding, and what QLineEdit keeps beside its text
    return entry.fontMetrics().horizontalAdvance(text) + frame;
}

QJsonArray arrayFromJson(const QString& json) { return QJsonDocument::fromJson(json.toUtf8()).array(); }

QToolButton* smallButton(QWidget* parent, const QString& text, const QString& name)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setFocusPolicy(Qt::TabFocus);
    button->setProperty("small", true);
    return button;
}

bool isWhole(FieldType type) { return type == FieldType::Whole || type == FieldType::AutoWhole; }

} // namespace

NumberEditor::NumberEditor(const FormField& field, QWidget* parent)
    : EntryEditor(field, parent)
{
    const Hint& hint = field.hint;
    auto* row = static_cast<QHBoxLayout*>(layout());
    entry()->setAlignment(Qt::AlignRight);
    entry()->setMinimumWidth(50);
    if (field.type == FieldType::OptionalReal)
        entry()->setPlaceholderText(tr("same"));
    if (hint.sliderMin < hint.sliderMax) {
        m_slider = new NumberSlider(hint.sliderMin, hint.sliderMax, hint.logarithmic, isWhole(field.type), this);
        m_slider->setObjectName(field.path + QStringLiteral(".slider"));
        m_slider->setAccessibleName(tr("%1, slider").arg(textOf(hint.label)));
        m_slider->setAccessibleDescription(tipOf(hint));
        m_slider->setToolTip(tipOf(hint));
        row->insertWidget(0, m_slider, 1);
        row->setStretch(1, 0);
        QWidget::setTabOrder(m_slider, entry());
        connect(
            m_slider, &NumberSlider::numberPicked, this, [this](double number) { Q_EMIT edited(jsonNumber(number)); });
    }
    if (!hint.unit.empty()) {
        auto* unit = new QLabel(textOf(hint.unit), this);
        unit->setProperty("role", QStringLiteral("muted"));
        row->addWidget(unit);
    }
}

SliderMarks* NumberEditor::addMarks(const ThemeManager& themes)
{
    m_marks = new SliderMarks(*m_slider, themes, this);
    auto* row = static_cast<QHBoxLayout*>(layout());
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    row->removeWidget(m_slider);
    column->addWidget(m_slider);
    column->addWidget(m_marks);
    row->insertLayout(0, column, 1);
    row->setAlignment(entry(), Qt::AlignTop);
    connect(m_marks, &SliderMarks::picked, this, [this](double value) { Q_EMIT edited(jsonNumber(value)); });
    return m_marks;
}

int NumberEditor::fullWidth() const { return m_marks ? minimumSizeHint().width() + roomForMarks : 0; }

void NumberEditor::setJson(const QString& json)
{
    EntryEditor::setJson(json);
    if (m_slider) { // all entries of a panel are as wide, but for numbers that need more
        const QString usual = QStringLiteral("000000"), most = QStringLiteral("00000000");
        entry()->setFixedWidth(
            std::clamp(textWidth(*entry(), entry()->text()), textWidth(*entry(), usual), textWidth(*entry(), most)));
    }
    bool ok = false;
    const double number = json.toDouble(&ok);
    if (m_slider && ok && !m_slider->isSliderDown())
        m_slider->setNumber(number);
}

LayersEditor::LayersEditor(const FormField& field, QWidget* parent)
    : EntryEditor(field, parent)
    , m_fewer(smallButton(this, QStringLiteral("−"), tr("One layer fewer")))
    , m_more(smallButton(this, QStringLiteral("+"), tr("One layer more")))
{
    m_fewer->setObjectName(field.path + QStringLiteral(".fewer"));
    m_more->setObjectName(field.path + QStringLiteral(".more"));
    static_cast<QHBoxLayout*>(layout())->setSpacing(4);
    entry()->setMinimumWidth(50);
    layout()->addWidget(m_fewer);
    layout()->addWidget(m_more);
    connect(m_fewer, &QToolButton::clicked, this, [this] { change(-1); });
    connect(m_more, &QToolButton::clicked, this, [this] { change(1); });
}

void LayersEditor::setJson(const QString& json)
{
    m_layers.clear();
    for (const auto& layer : arrayFromJson(json))
        m_layers.append(layer.toInt());
    m_fewer->setEnabled(m_layers.size() > 1);
    m_more->setEnabled(m_layers.size() < mostLayers);
    EntryEditor::setJson(json);
    // As wide as its text, but never wider than the narrowest panel.
    const int most = textWidth(*entry(), QStringLiteral("200-200-200-100-100"));
    entry()->setMinimumWidth(std::min(most, textWidth(*entry(), entry()->text()) + 4));
}

int LayersEditor::fullWidth() const { return minimumSizeHint().width(); }

void LayersEditor::change(int by)
{
    QList<int> layers = m_layers;
    if (by > 0)
        layers.append(layers.isEmpty() ? 100 : layers.last());
    else if (!layers.isEmpty())
        layers.removeLast();
    QStringList words;
    for (const int layer : layers)
        words.append(QString::number(layer));
    Q_EMIT edited(u'[' + words.join(u',') + u']');
}

NumberListEditor::NumberListEditor(const FormField& field, QWidget* parent)
    : EntryEditor(field, parent)
{
    auto* table = smallButton(this, tr("Table…"), tr("%1 as a table").arg(textOf(field.hint.label)));
    table->setObjectName(field.path + QStringLiteral(".table"));
    layout()->addWidget(table);
    connect(table, &QToolButton::clicked, this, &NumberListEditor::openTable);
}

void NumberListEditor::setJson(const QString& json)
{
    m_json = json;
    EntryEditor::setJson(json);
}

void NumberListEditor::openTable()
{
    const QJsonArray values = arrayFromJson(m_json);
    QDialog dialog(window());
    dialog.setWindowTitle(tr("Weights of the frequencies"));
    auto* table = new QTableWidget(std::max<int>(64, static_cast<int>(values.size()) + 16), 1, &dialog);
    table->setAccessibleName(dialog.windowTitle());
    table->setHorizontalHeaderLabels({tr("w(k)")});
    table->setTabKeyNavigation(false); // Tab leads to the buttons
    table->horizontalHeader()->setStretchLastSection(true);
    QStringList rows;
    for (int k = 0; k < table->rowCount(); ++k) {
        rows.append(QStringLiteral("k = %1").arg(k));
        if (k < values.size())
            table->setItem(k, 0, new QTableWidgetItem(jsonNumber(values[k].toDouble())));
    }
    table->setVerticalHeaderLabels(rows);
    auto* hint
        = new QLabel(tr("The list ends at the first empty cell; its last weight holds for all higher k."), &dialog);
    hint->setProperty("role", QStringLiteral("muted"));
    hint->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, &dialog);
    connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    auto* column = new QVBoxLayout(&dialog);
    column->addWidget(hint);
    column->addWidget(table, 1);
    column->addWidget(buttons);
    giveMnemonics(dialog);
    dialog.resize(300, 480);
    if (dialog.exec() != QDialog::Accepted)
        return;
    QStringList words;
    for (int k = 0; k < table->rowCount() && table->item(k, 0) && !table->item(k, 0)->text().trimmed().isEmpty(); ++k)
        words.append(table->item(k, 0)->text().remove(u' '));
    entry()->setText(words.join(u' '));
    commit();
}

} // namespace fplab
