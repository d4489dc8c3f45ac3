#include "ui/panels/parameter_rows.h"

#include "core/experiment/formula_parameters.h"
#include "core/experiment/relevance.h"
#include "ui/panels/field_row.h"

#include <QVBoxLayout>

#include <cmath>

namespace fplab {
namespace {

/// Keeps the name that its field's hint refers to.
class ParameterRow : public FieldRow {
public:
    ParameterRow(const Lab& lab, const FormField& all, const std::string& name, double value, QWidget* parent)
        : FieldRow(lab, QString::fromStdString(name) + QStringLiteral(" ="), parent)
        , m_name(name)
    {
        double most = 10;
        while (most < std::abs(value))
            most *= 10;
        FormField field = all;
        field.path += u'.' + QString::fromStdString(name);
        field.hint.label = m_name;
        field.hint = field.hint.slider(-most, most);
        addEditor(field, new NumberEditor(field, this));
    }

private:
    const std::string m_name;
};

} // namespace

ParameterRows::ParameterRows(const Lab& lab, const FormField& field, QWidget* parent)
    : QWidget(parent)
    , m_lab(lab)
    , m_field(field)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    hide();
}

void ParameterRows::update(const QHash<QString, QString>& texts)
{
    if (auto names = formulaParameterNames(m_lab.editor.spec()); names != m_names) {
        m_names = std::move(names);
        makeRows(texts);
    }
    for (FieldRow* row : std::as_const(m_rows))
        row->update(texts);
    setVisible(!m_rows.isEmpty() && !noEffect(m_lab.editor.spec(), m_field.path.toStdString()));
}

void ParameterRows::arrange(int width)
{
    m_width = width;
    for (FieldRow* row : std::as_const(m_rows))
        row->arrange(width);
}

void ParameterRows::makeRows(const QHash<QString, QString>& texts)
{
    for (FieldRow* row : std::as_const(m_rows)) {
        row->hide();
        row->setParent(nullptr); // its name is free for the new one
        row->deleteLater();
    }
    m_rows.clear();
    for (const auto& name : m_names) {
        const QString value = texts.value(m_field.path + u'.' + QString::fromStdString(name));
        auto* row = new ParameterRow(m_lab, m_field, name, value.toDouble(), this);
        m_column->addWidget(row);
        m_rows.append(row);
        row->arrange(m_width);
        row->show(); // also when the others are seen already
    }
}

} // namespace fplab
