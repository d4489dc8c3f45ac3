#include "ui/controls/csv_import_dialog.h"

#include "core/datasets/csv_encoding.h"
#include "core/experiment/csv_samples.h"
#include "ui/controls/field_editor.h"
#include "ui/controls/number_text.h"
#include "ui/shell/mnemonics.h"

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
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace fplab {
namespace {

    constexpr std::size_t previewRows = 20, previewColumns = 30, stretchedColumns = 7;

    QString text(std::string_view utf8) { return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())); }

    /// "Line 42, column 2: "n/a" is not a number."
    QString sentenceOf(const Diagnostic& error)
    {
        QString where;
        if (error.line > 0 && error.column > 0)
            where = CsvImportDialog::tr("Line %1, column %2: ").arg(error.line).arg(error.column);
        else if (error.line > 0)
            where = CsvImportDialog::tr("Line %1: ").arg(error.line);
        return where + text(error.what);
    }

} // namespace

CsvImportDialog::CsvImportDialog(const QString& path, const ThemeManager& themes, QWidget* parent)
    : QDialog(parent)
    , m_themes(themes)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        m_unreadable = tr("The file cannot be opened: %1").arg(file.errorString());
    else if (file.size() > static_cast<qint64>(CsvTable::maxBytes))
        m_unreadable = tr("The file has %1 MB; at most 256 MB can be read").arg(file.size() >> 20);
    else
        m_bytes = file.readAll();
    m_data.csv = QFileInfo(path).fileName().toStdString();
    build();
}

CsvImportDialog::CsvImportDialog(
    const QString& name, const QByteArray& bytes, const ThemeManager& themes, QWidget* parent)
    : QDialog(parent)
    , m_themes(themes)
    , m_bytes(bytes)
{
    m_data.csv = name.toStdString();
    build();
}

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

namespace {

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

QHBoxLayout* CsvImportDialog::buildReading()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    addLabelled(row, tr("&Separator"), keyBox("separator", m_data.separator, choices::separator, tr("Columns are separated by")));
    addLabelled(row, tr("&Decimals"), keyBox("decimal", m_data.decimal, choices::decimal, tr("Decimal mark")));
    addLabelled(row, tr("&Thousands"), keyBox("thousands", m_data.thousands, choices::thousands, tr("Thousands mark")));
    row->addStretch();
    return row;
}

QHBoxLayout* CsvImportDialog::buildSettings()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    addLabelled(row, tr("&Encoding"), keyBox("encoding", m_data.encoding, choices::encoding, tr("Encoding of the file")));
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
    addLabelled(row, tr("&Row of names"), keyBox("header", m_data.header, choices::header, tr("A row of names above the numbers")));
    addLabelled(row, tr("D&ates"), keyBox("date_order", m_data.dateOrder, choices::dateOrder, tr("Order in dates")));
    row->addStretch();
    return row;
}

void CsvImportDialog::buildTable()
{
    m_preview = new QTableWidget(this);
    m_preview->setObjectName(QStringLiteral("csv.preview"));
    m_preview->setAccessibleName(tr("First rows of the file"));
    m_preview->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_preview->setSelectionMode(QAbstractItemView::NoSelection);
    m_preview->setTabKeyNavigation(false); // Tab leaves the table
    m_preview->verticalHeader()->setDefaultSectionSize(24);
    m_preview->horizontalHeader()->setHighlightSections(false);
    m_preview->horizontalHeader()->setMinimumSectionSize(96);
    m_preview->setMinimumHeight(120);
    m_problems = new QListWidget(this);
    m_problems->setObjectName(QStringLiteral("csv.problems"));
    m_problems->setAccessibleName(tr("Cells that cannot be read"));
    m_problems->setMaximumHeight(76);
    connect(m_problems, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (item)
            showPreview(item->data(Qt::UserRole).toInt());
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

void CsvImportDialog::set(const std::string& path, const std::string& value)
{
    for (const auto& [key, member, box] : m_keys) {
        if (path == "data." + key) {
            *member = value;
            box->setCurrentIndex(box->findData(text(value)));
        }
    }
    if (path == "data.bad_rows") {
        m_data.badRows = value;
        m_skipBad->setChecked(value == "skip");
    }
    if (path == "data.x")
        m_data.x = value;
    if (path == "data.y")
        m_data.y = value;
    readFile();
}

void CsvImportDialog::readFile()
{
    m_table.reset();
    m_counts.clear();
    m_error.reset();
    if (m_unreadable.isEmpty()) {
        auto table = CsvTable::open(m_bytes.toStdString(), csvFormat(m_data));
        if (table) {
            m_table = std::move(table).value();
            m_counts = m_table->count();
        } else {
            m_error = table.error();
        }
    }
    showFound();
    fillColumns();
    readSamples();
}

/// What stands behind "found" in the choices that are left to the program.
void CsvImportDialog::showFound()
{
    for (const auto& [key, member, box] : m_keys) {
        QString found;
        if (m_table && key == "separator")
            found = text(separatorName(m_table->layout().separator));
        else if (m_table && key == "encoding")
            found = text(encodingName(m_table->encoding()));
        else if (m_table && key == "header")
            found = m_table->layout().header ? tr("yes") : tr("no");
        box->setItemText(0, found.isEmpty() ? tr("found") : tr("found: %1").arg(found));
    }
}

QString CsvImportDialog::markOf(std::size_t column) const
{
    const auto& cells = m_counts[column];
    const auto filled = cells.values() + cells.others, all = filled + cells.empty;
    if (all == 0 || filled == 0)
        return tr("empty");
    if (cells.values() == 0)
        return tr("text");
    if (cells.times > cells.numbers)
        return tr("times");
    const auto bad = static_cast<std::int64_t>(all - cells.numbers);
    return bad == 0 ? QString() : tr("%1 of %2 are no numbers").arg(groupedNumber(bad), groupedNumber(static_cast<std::int64_t>(all)));
}

void CsvImportDialog::fillColumns()
{
    m_x->clear();
    m_y->clear();
    if (!m_table)
        return;
    for (std::size_t i = 0; i < m_table->columnCount(); ++i) {
        const QString mark = markOf(i), name = text(m_table->columnName(i)).simplified();
        for (QComboBox* box : {m_x, m_y})
            box->addItem(mark.isEmpty() ? name : tr("%1 – %2").arg(name, mark));
    }
    const auto kept = [this](const std::string& name) {
        const auto column = m_table->findColumn(name, {});
        return column && !name.empty() ? std::optional<std::size_t>(*column) : std::nullopt;
    };
    const auto pair = likelyColumns(*m_table, m_counts, kept(m_data.x), kept(m_data.y));
    if (pair) {
        m_x->setCurrentIndex(static_cast<int>(pair->x));
        m_y->setCurrentIndex(static_cast<int>(pair->y));
    } else {
        m_y->setCurrentIndex(std::min(1, m_y->count() - 1));
    }
}

void CsvImportDialog::readSamples()
{
    m_samples.reset();
    const int x = m_x->currentIndex(), y = m_y->currentIndex();
    if (m_table && x >= 0 && y >= 0) {
        m_error.reset();
        m_data.x = m_table->columnKey(static_cast<std::size_t>(x));
        m_data.y = m_table->columnKey(static_cast<std::size_t>(y));
        auto samples = m_table->read(static_cast<std::size_t>(x), static_cast<std::size_t>(y));
        if (samples)
            m_samples = std::move(samples).value();
        else
            m_error = samples.error();
    }
    const int bad = m_error ? m_error->line : m_samples && !m_samples->bad.empty() ? m_samples->bad.front().line : 0;
    showPreview(bad);
    showProblems();
}

void CsvImportDialog::showPreview(int line)
{
    m_preview->clear();
    m_preview->setRowCount(0);
    m_preview->setColumnCount(0);
    if (!m_table)
        return;
    const int x = m_x->currentIndex(), y = m_y->currentIndex();
    std::vector<int> columns;
    for (int i = 0; i < static_cast<int>(m_table->columnCount()); ++i)
        if (i < static_cast<int>(previewColumns) || i == x || i == y)
            columns.push_back(i);
    const auto rows = m_table->preview(previewRows, columns.empty() ? 0 : static_cast<std::size_t>(columns.back()) + 1, line);
    m_preview->setRowCount(static_cast<int>(rows.size()));
    m_preview->setColumnCount(static_cast<int>(columns.size()));
    std::vector<std::pair<int, int>> bad; // line and column, from 1
    if (m_samples)
        for (const auto& cell : m_samples->bad)
            bad.emplace_back(cell.line, cell.column);
    if (m_error)
        bad.emplace_back(m_error->line, m_error->column);
    QStringList names, lines;
    const Theme& theme = m_themes.theme();
    for (int c = 0; c < m_preview->columnCount(); ++c) {
        const int column = columns[static_cast<std::size_t>(c)];
        const auto index = static_cast<std::size_t>(column);
        const QString use = column == x ? QStringLiteral("  → x") : column == y ? QStringLiteral("  → y") : QString();
        names.append(text(m_table->columnTitle(index)) + use);
        for (int r = 0; r < m_preview->rowCount(); ++r) {
            const auto& row = rows[static_cast<std::size_t>(r)];
            auto* cell = new QTableWidgetItem(text(row.cells[index]).simplified());
            cell->setTextAlignment((m_counts[index].values() > 0 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
            if (!use.isEmpty())
                cell->setBackground(theme.accentGround);
            if (std::ranges::find(bad, std::pair(row.line, column + 1)) != bad.end()) {
                cell->setBackground(theme.errorGround);
                cell->setIcon(theme.icon(QStringLiteral("error"), theme.error));
                cell->setToolTip(tr("This cell cannot be used"));
            }
            m_preview->setItem(r, c, cell);
        }
    }
    for (const auto& row : rows)
        lines.append(QString::number(row.line));
    m_preview->setHorizontalHeaderLabels(names);
    m_preview->setVerticalHeaderLabels(lines);
    const bool fits = columns.size() <= stretchedColumns;
    m_preview->horizontalHeader()->setSectionResizeMode(fits ? QHeaderView::Stretch : QHeaderView::Interactive);
    if (!fits)
        m_preview->resizeColumnsToContents();
    const auto shown = std::ranges::find(rows, line, &CsvTable::Row::line);
    if (shown != rows.end() && line > 0)
        m_preview->scrollToItem(m_preview->item(static_cast<int>(shown - rows.begin()), 0), QAbstractItemView::PositionAtCenter);
}

void CsvImportDialog::showFixes(const std::vector<Fix>& fixes)
{
    while (auto* item = m_fixes->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (const Fix& fix : fixes) {
        auto* button = new QPushButton(text(fix.label), this);
        button->setObjectName(QStringLiteral("csv.fix"));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, fix] {
            for (const auto& [path, value] : fix.settings)
                set(path, value);
        });
        m_fixes->addWidget(button);
    }
}

void CsvImportDialog::showProblems()
{
    const std::size_t bad = m_samples ? m_samples->badRows : 0;
    const bool skips = m_data.badRows == "skip";
    QStringList notes;
    if (m_samples)
        for (const auto& note : m_samples->notes)
            notes.append(text(note));
    if (bad > 0 && skips)
        notes.append(text(CsvTable::omission(*m_samples)));
    m_notes->setText(notes.join(u' '));
    m_notes->setVisible(!notes.isEmpty());

    const QSignalBlocker quiet(m_problems);
    m_problems->clear();
    const QIcon icon = m_themes.theme().icon(QStringLiteral("error"), m_themes.theme().error);
    for (std::size_t i = 0; bad > 0 && i < m_samples->bad.size(); ++i) {
        auto* item = new QListWidgetItem(icon, sentenceOf(m_samples->bad[i]));
        item->setData(Qt::UserRole, m_samples->bad[i].line);
        m_problems->addItem(item);
    }
    m_problems->setVisible(bad > 0);
    m_skipBad->setVisible(bad > 0 || skips);

    const int x = m_x->currentIndex(), y = m_y->currentIndex();
    const std::size_t good = m_samples ? m_samples->y.size() : 0;
    QString problem, summary;
    if (!m_unreadable.isEmpty())
        problem = m_unreadable;
    else if (m_error)
        problem = sentenceOf(*m_error) + (m_error->advice.empty() ? QString() : QStringLiteral(". ") + text(m_error->advice));
    else if (m_x->count() < 2)
        problem = tr("Two columns are needed, one for x and one for y");
    else if (x == y)
        problem = tr("x and y must be different columns");
    else if (good < 2)
        problem = tr("At least two rows of numbers are needed");
    else if (bad > 0 && !skips)
        problem = bad == 1 ? tr("1 row has a cell that cannot be used") : tr("%1 rows have cells that cannot be used").arg(bad);
    const QString samples = tr("%1 samples will be used").arg(groupedNumber(static_cast<std::int64_t>(good)));
    if (problem.isEmpty())
        summary = bad > 0 ? tr("%1, %2 rows are skipped").arg(samples).arg(bad) : samples;
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_summary->setText(summary);
    m_import->setEnabled(problem.isEmpty());
    showFixes(m_error ? m_error->fixes : std::vector<Fix> {});
}

} // namespace fplab
