#include "ui/panels/csv_import_dialog.h"

#include "ui/panels/csv_preview.h"
#include "ui/panels/field_editor.h"
#include "ui/widgets/mnemonics.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace fplab {
namespace {

QString text(std::string_view utf8) { return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())); }

void addLabelled(QHBoxLayout* row, const QString& name, QWidget* widget)
{
    auto* label = new QLabel(name, widget->parentWidget());
    label->setProperty("role", QStringLiteral("muted"));
    label->setBuddy(widget);
    row->addWidget(label);
    row->addWidget(widget);
    row->addSpacing(4);
}

} // namespace

QComboBox* CsvImportDialog::keyBox(
    const char* key, std::string& value, std::span<const Choice> choices, const QString& label)
{
    QComboBox* box = makeChoiceBox(this);
    box->setObjectName(QStringLiteral("csv.%1").arg(QLatin1String(key)));
    box->setAccessibleName(label);
    for (const Choice& choice : choices)
        box->addItem(text(choice.label), text(choice.id));
    m_keys.push_back({key, &value, box});
    connect(box, &QComboBox::activated, this, [this, box, &value](int index) {
        value = box->itemData(index).toString().toStdString();
        readFile();
    });
    return box;
}

QHBoxLayout* CsvImportDialog::buildReading()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    addLabelled(row, tr("&Separator"),
        keyBox("separator", m_data.separator, choices::separator, tr("Columns are separated by")));
    addLabelled(row, tr("&Decimals"), keyBox("decimal", m_data.decimal, choices::decimal, tr("Decimal mark")));
    addLabelled(row, tr("&Thousands"), keyBox("thousands", m_data.thousands, choices::thousands, tr("Thousands mark")));
    row->addStretch();
    return row;
}

QHBoxLayout* CsvImportDialog::buildSettings()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    addLabelled(
        row, tr("&Encoding"), keyBox("encoding", m_data.encoding, choices::encoding, tr("Encoding of the file")));
    m_skipRows = new QSpinBox(this);
    m_skipRows->setObjectName(QStringLiteral("csv.skip_rows"));
    m_skipRows->setAccessibleName(tr("Lines above the table that are skipped"));
    m_skipRows->setRange(-1, 1'000'000);
    m_skipRows->setValue(-1);
    m_skipRows->setSpecialValueText(tr("found"));
    m_skipRows->setKeyboardTracking(false);
    connect(m_skipRows, &QSpinBox::valueChanged, this, [this](int lines) {
        m_data.skipRows = lines;
        readFile();
    });
    addLabelled(row, tr("S&kipped lines"), m_skipRows);
    addLabelled(row, tr("&Row of names"),
        keyBox("header", m_data.header, choices::header, tr("A row of names above the numbers")));
    addLabelled(row, tr("D&ates"), keyBox("date_order", m_data.dateOrder, choices::dateOrder, tr("Order in dates")));
    row->addStretch();
    return row;
}

void CsvImportDialog::buildTable()
{
    m_preview = new CsvPreview(m_themes, this);
    m_problems = new QListWidget(this);
    m_problems->setObjectName(QStringLiteral("csv.problems"));
    m_problems->setAccessibleName(tr("Cells that cannot be read"));
    m_problems->setMaximumHeight(76);
    connect(m_problems, &QListWidget::currentRowChanged, this, &CsvImportDialog::goToProblem);
    connect(m_problems, &QListWidget::itemClicked, this, [this] { goToProblem(m_problems->currentRow()); });
    connect(m_problems, &QListWidget::itemActivated, this, [this] {
        goToProblem(m_problems->currentRow());
        m_preview->setFocus();
    });
}

void CsvImportDialog::build()
{
    setWindowTitle(tr("Import %1").arg(text(m_data.csv)));
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(16, 14, 16, 14);
    page->setSpacing(8);
    page->addLayout(buildReading());
    page->addLayout(buildSettings());
    buildTable();
    page->addWidget(m_preview, 1);

    auto* columns = new QHBoxLayout;
    columns->setSpacing(6);
    for (const bool isX : {true, false}) {
        QComboBox* box = makeChoiceBox(this);
        box->setObjectName(isX ? QStringLiteral("csv.x") : QStringLiteral("csv.y"));
        box->setAccessibleName(isX ? tr("Column of x") : tr("Column of y"));
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(16);
        connect(box, &QComboBox::activated, this, &CsvImportDialog::readSamples);
        addLabelled(columns, isX ? tr("&x is") : tr("&y is"), box);
        (isX ? m_x : m_y) = box;
    }
    page->addLayout(columns);
    m_notes = new QLabel(this);
    m_notes->setObjectName(QStringLiteral("csv.notes"));
    m_notes->setProperty("role", QStringLiteral("muted"));
    m_notes->setWordWrap(true);
    page->addWidget(m_notes);

    auto* problem = new QHBoxLayout;
    m_problem = new QLabel(this);
    m_problem->setObjectName(QStringLiteral("csv.problem"));
    m_problem->setProperty("role", QStringLiteral("error"));
    m_problem->setWordWrap(true);
    m_skipBad = new QCheckBox(tr("Skip &bad rows"), this);
    m_skipBad->setObjectName(QStringLiteral("csv.skip"));
    connect(m_skipBad, &QCheckBox::clicked, this, [this](bool on) {
        m_data.badRows = on ? "skip" : "refuse";
        showPreview(firstBad());
        showProblems();
    });
    m_fixes = new QHBoxLayout;
    problem->addWidget(m_problem, 1);
    problem->addLayout(m_fixes);
    problem->addWidget(m_skipBad);
    page->addLayout(problem);
    page->addWidget(m_problems);

    m_summary = new QLabel(this);
    m_summary->setObjectName(QStringLiteral("csv.summary"));
    m_summary->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_import = new QPushButton(tr("&Import"), this);
    m_import->setObjectName(QStringLiteral("csv.import"));
    m_import->setProperty("primary", true);
    m_import->setDefault(true);
    buttons->addButton(m_import, QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_summary, 1);
    bottom->addWidget(buttons);
    page->addLayout(bottom);
    resize(840, 560);
    giveMnemonics(*this);
    m_data.x = m_data.y = "";
    readFile();
}

} // namespace fplab
