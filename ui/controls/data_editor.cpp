#include "ui/controls/data_editor.h"

#include "ui/controls/number_text.h"

#include <QVBoxLayout>

namespace fplab {

DataEditor::DataEditor(const Lab& lab, QWidget* parent)
    : QWidget(parent)
    , m_lab(lab)
    , m_text(new QLabel(this))
    , m_import(new QPushButton(tr("Import a CSV file…"), this))
    , m_remove(new QPushButton(tr("Use a formula instead"), this))
{
    m_text->setWordWrap(true);
    m_import->setObjectName(QStringLiteral("data.import"));
    m_import->setAccessibleName(tr("Import a CSV file"));
    m_import->setFocusPolicy(Qt::TabFocus);
    m_remove->setObjectName(QStringLiteral("data.remove"));
    m_remove->setAccessibleName(m_remove->text());
    m_remove->setFocusPolicy(Qt::TabFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_text);
    column->addWidget(m_import);
    column->addWidget(m_remove);
    connect(m_import, &QPushButton::clicked, this, &DataEditor::csvRequested);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        ExperimentSpec spec = m_lab.editor.spec();
        std::get<FitCurveSpec>(spec.problem).data.reset();
        m_lab.editor.replace(spec, tr("going back to a formula"));
    });
    update();
}

bool DataEditor::hasData() const
{
    const auto* fit = std::get_if<FitCurveSpec>(&m_lab.editor.spec().problem);
    return fit && fit->data;
}

void DataEditor::update()
{
    const bool given = hasData();
    m_text->setVisible(given);
    m_remove->setVisible(given);
    if (!given)
        return;
    const DataSpec& spec = *std::get<FitCurveSpec>(m_lab.editor.spec().problem).data;
    m_text->setText(spec.csv.empty()
            ? tr("%1 given samples").arg(groupedNumber(static_cast<std::int64_t>(spec.inputs->count)))
            : tr("%1, columns %2 and %3")
                  .arg(QString::fromStdString(spec.csv), QString::fromStdString(spec.x), QString::fromStdString(spec.y)));
}

} // namespace fplab
