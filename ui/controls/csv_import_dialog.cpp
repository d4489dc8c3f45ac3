#include "ui/controls/csv_import_dialog.h"

#include "ui/controls/field_editor.h"
#include "ui/controls/number_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace fplab {
namespace {

    constexpr int previewRows = 20;
    constexpr qint64 fileLimit = 256LL << 20;

} // namespace

CsvImportDialog::CsvImportDialog(const QString& path, const ThemeManager& themes, QWidget* parent)
    : QDialog(parent)
    , m_themes(themes)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        m_error = tr("The file cannot be opened: %1").arg(file.errorString());
    else if (file.size() > fileLimit)
        m_error = tr("The file has %1 MB; at most 256 MB can be read").arg(file.size() >> 20);
    else
        m_bytes = file.readAll();
    build(QFileInfo(path).fileName());
}

CsvImportDialog::CsvImportDialog(
    const QString& name, const QByteArray& bytes, const ThemeManager& themes, QWidget* parent)
    : QDialog(parent)
    , m_themes(themes)
    , m_bytes(bytes)
{
    build(name);
}

void CsvImportDialog::build(const QString& name)
{
    setWindowTitle(tr("Import %1").arg(name));
    const auto box = [this](const QString& objectName, const QString& label) {
        QComboBox* made = makeChoiceBox(this);
        made->setObjectName(objectName);
        made->setAccessibleName(label);
        return made;
    };
    m_separator = box(QStringLiteral("csv.separator"), tr("Columns are separated by"));
    m_separator->addItem(tr("comma"), int(','));
    m_separator->addItem(tr("semicolon"), int(';'));
    m_separator->addItem(tr("tab"), int('\t'));
    m_separator->addItem(tr("space"), int(' '));
    m_separator->addItem(tr("bar |"), int('|'));
    m_decimal = box(QStringLiteral("csv.decimal"), tr("Decimal sign"));
    m_decimal->addItem(tr("point 0.5"), false);
    m_decimal->addItem(tr("comma 0,5"), true);
    m_header = new QCheckBox(tr("First row has names"), this);
    m_header->setObjectName(QStringLiteral("csv.header"));
    m_x = box(QStringLiteral("csv.x"), tr("Column of x"));
    m_y = box(QStringLiteral("csv.y"), tr("Column of y"));
    m_skip = new QCheckBox(tr("Skip these rows"), this);
    m_skip->setObjectName(QStringLiteral("csv.skip"));
    m_preview = new QTableWidget(this);
    m_preview->setObjectName(QStringLiteral("csv.preview"));
    m_preview->setAccessibleName(tr("First rows of the file"));
    m_preview->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_preview->setSelectionMode(QAbstractItemView::NoSelection);
    m_preview->verticalHeader()->setDefaultSectionSize(24);
    m_preview->horizontalHeader()->setHighlightSections(false);
    m_preview->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_preview->horizontalHeader()->setMinimumSectionSize(96);
    m_preview->setMinimumHeight(160);
    m_problemTitle = new QLabel(this);
    m_problemTitle->setProperty("role", QStringLiteral("error"));
    m_problems = new QListWidget(this);
    m_problems->setObjectName(QStringLiteral("csv.problems"));
    m_problems->setAccessibleName(tr("Cells that cannot be read"));
    m_problems->setMaximumHeight(96);
    m_summary = new QLabel(this);
    m_summary->setObjectName(QStringLiteral("csv.summary"));
    m_summary->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_import = new QPushButton(tr("Import"), this);
    m_import->setObjectName(QStringLiteral("csv.import"));
    m_import->setProperty("primary", true);
    m_import->setDefault(true);
    buttons->addButton(m_import, QDialogButtonBox::AcceptRole);

    const auto labelled = [this](QHBoxLayout* row, const QString& text, QWidget* widget) {
        auto* label = new QLabel(text, this);
        label->setProperty("role", QStringLiteral("muted"));
        label->setBuddy(widget);
        row->addWidget(label);
        row->addWidget(widget);
        row->addSpacing(8);
    };
    auto* form = new QHBoxLayout;
    form->setSpacing(8);
    labelled(form, tr("Separator"), m_separator);
    labelled(form, tr("Decimals"), m_decimal);
    form->addWidget(m_header);
    form->addStretch();
    auto* columns = new QHBoxLayout;
    columns->setSpacing(8);
    labelled(columns, tr("x is"), m_x);
    labelled(columns, tr("y is"), m_y);
    columns->addStretch();
    auto* problems = new QHBoxLayout;
    problems->addWidget(m_problemTitle, 1);
    problems->addWidget(m_skip);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_summary, 1);
    bottom->addWidget(buttons);
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(16, 14, 16, 14);
    page->setSpacing(10);
    page->addLayout(form);
    page->addWidget(m_preview, 1);
    page->addLayout(columns);
    page->addLayout(problems);
    page->addWidget(m_problems);
    page->addLayout(bottom);
    resize(720, 540);

    connect(m_separator, &QComboBox::activated, this, [this] { read(false); });
    connect(m_decimal, &QComboBox::activated, this, [this] { read(false); });
    connect(m_header, &QCheckBox::clicked, this, [this] { read(false); });
    connect(m_x, &QComboBox::activated, this, &CsvImportDialog::showPreview);
    connect(m_y, &QComboBox::activated, this, &CsvImportDialog::showPreview);
    connect(m_skip, &QCheckBox::clicked, this, &CsvImportDialog::showProblems);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    read(true);
}

CsvDialect CsvImportDialog::chosenDialect() const
{
    CsvDialect dialect;
    dialect.separator = static_cast<char>(m_separator->currentData().toInt());
    dialect.decimalComma = m_decimal->currentData().toBool();
    dialect.header = m_header->isChecked();
    return dialect;
}

void CsvImportDialog::read(bool detect)
{
    if (m_error.isEmpty() || !detect) {
        const std::string_view bytes(m_bytes.constData(), static_cast<std::size_t>(m_bytes.size()));
        const CsvDialect dialect = chosenDialect();
        auto table = parseCsv(bytes, BadRows::Skip, detect ? nullptr : &dialect);
        m_error = table ? QString() : QString::fromStdString(table.error().text());
        m_table = table ? std::move(table.value()) : CsvTable {};
    }
    if (detect && m_error.isEmpty()) {
        m_separator->setCurrentIndex(m_separator->findData(int(m_table.dialect.separator)));
        m_decimal->setCurrentIndex(m_table.dialect.decimalComma ? 1 : 0);
        m_header->setChecked(m_table.dialect.header);
    }
    const int x = m_x->currentIndex(), y = m_y->currentIndex();
    m_x->clear();
    m_y->clear();
    for (const std::string& name : m_table.names) {
        m_x->addItem(QString::fromStdString(name));
        m_y->addItem(QString::fromStdString(name));
    }
    const int last = m_x->count() - 1;
    m_x->setCurrentIndex(std::clamp(x, std::min(0, last), last));
    m_y->setCurrentIndex(y >= 0 && y <= last ? y : std::min(1, last));
    showPreview();
}

void CsvImportDialog::showPreview()
{
    const auto rows = static_cast<int>(std::min<std::size_t>(previewRows, m_table.rows()));
    m_preview->clear();
    m_preview->setRowCount(rows);
    m_preview->setColumnCount(static_cast<int>(m_table.columns.size()));
    QStringList names;
    for (int column = 0; column < m_preview->columnCount(); ++column) {
        const QString name = QString::fromStdString(m_table.names[static_cast<std::size_t>(column)]);
        const QString use = column == m_x->currentIndex() ? QStringLiteral("  → x")
            : column == m_y->currentIndex()               ? QStringLiteral("  → y")
                                                          : QString();
        names.append(name + use);
        for (int row = 0; row < rows; ++row) {
            auto* cell = new QTableWidgetItem(
                jsonNumber(m_table.columns[static_cast<std::size_t>(column)][static_cast<std::size_t>(row)]));
            cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            if (!use.isEmpty())
                cell->setBackground(m_themes.theme().accentGround);
            m_preview->setItem(row, column, cell);
        }
    }
    m_preview->setHorizontalHeaderLabels(names);
    showProblems();
}

void CsvImportDialog::showProblems()
{
    m_problems->clear();
    const QIcon icon = m_themes.theme().icon(QStringLiteral("error"), m_themes.theme().error);
    for (const Diagnostic& bad : m_table.skipped)
        m_problems->addItem(new QListWidgetItem(icon,
            QStringLiteral("%1:%2  %3").arg(bad.line).arg(bad.column).arg(QString::fromStdString(bad.what))));
    const auto bad = m_table.skipped.size();
    m_problems->setVisible(bad > 0);
    m_problemTitle->setVisible(bad > 0);
    m_skip->setVisible(bad > 0);
    m_problemTitle->setText(bad == 1 ? tr("1 row has a cell that is not a number (line:column)")
                                     : tr("%1 rows have cells that are not numbers (line:column)").arg(bad));
    const bool two = m_x->count() >= 2 && m_x->currentIndex() != m_y->currentIndex();
    const bool enough = m_table.rows() >= 2;
    QString text;
    if (!m_error.isEmpty())
        text = m_error;
    else if (m_x->count() < 2)
        text = tr("Two columns are needed, one for x and one for y");
    else if (!two)
        text = tr("x and y must be different columns");
    else if (!enough)
        text = tr("At least two rows of numbers are needed");
    else if (bad > 0 && !m_skip->isChecked())
        text = tr("Correct the file, or skip these rows");
    else
        text = tr("%1 samples will be used").arg(groupedNumber(static_cast<std::int64_t>(m_table.rows())));
    m_summary->setText(text);
    m_import->setEnabled(m_error.isEmpty() && two && enough && (bad == 0 || m_skip->isChecked()));
}

DataSpec CsvImportDialog::data() const
{
    const auto column = [this](const QComboBox* box) {
        const auto& values = m_table.columns[static_cast<std::size_t>(box->currentIndex())];
        return SampleMatrix {values.size(), 1, values};
    };
    DataSpec spec;
    spec.inputs = column(m_x);
    spec.targets = column(m_y);
    return spec;
}

} // namespace fplab
