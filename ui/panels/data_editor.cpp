#include "ui/panels/data_editor.h"

#include "core/experiment/given_data.h"
#include "ui/text/number_text.h"

#include <QVBoxLayout>

namespace fplab {

DataEditor::DataEditor(const Lab& lab, QWidget* parent)
    : QWidget(parent)
    , m_lab(lab)
    , m_text(new QLabel(this))
    , m_import(new QPushButton(tr("Import a CSV file…"), this))
    , m_remove(new QPushButton(tr("Use a formula instead"), this))
{
    m_text->setObjectName(QStringLiteral("data.text"));
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
        dataOf(spec)->reset();
        m_lab.editor.replace(spec, tr("going back to a formula"));
    });
    connect(&m_lab.run, &RunController::loaded, this, &DataEditor::update);
    update();
}

bool DataEditor::hasData() const
{
    const auto* samples = dataOf(m_lab.editor.spec());
    return samples && *samples;
}

void DataEditor::update()
{
    const bool given = hasData();
    m_text->setVisible(given);
    m_remove->setVisible(given);
    if (!given)
        return;
    const DataSpec& spec = **dataOf(m_lab.editor.spec());
    if (spec.csv.empty()) {
        m_text->setText(tr("%1 given samples").arg(groupedNumber(static_cast<std::int64_t>(spec.inputs->count))));
        return;
    }
    const QString file = QString::fromStdString(spec.csv),
                  columns = tr("columns %1 and %2").arg(QString::fromStdString(spec.x), QString::fromStdString(spec.y));
    const std::int64_t count = loadedSamples(spec);
    m_text->setText(count > 0 ? tr("%1: %2 samples, %3").arg(file, groupedNumber(count), columns)
                              : tr("%1, %2").arg(file, columns));
}

std::int64_t DataEditor::loadedSamples(const DataSpec& samples) const
{
    const auto* ofRun = dataOf(m_lab.editor.runSpec());
    const int output = m_lab.run.channelIndex(Role::Output);
    if (!ofRun || *ofRun != samples || output < 0)
        return 0;
    return static_cast<std::int64_t>(m_lab.run.channels()[static_cast<std::size_t>(output)].x.values.size());
}

} // namespace fplab
