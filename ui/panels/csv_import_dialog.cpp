#include "ui/panels/csv_import_dialog.h"

#include "core/datasets/csv_encoding.h"
#include "core/parts/csv_samples.h"
#include "ui/panels/csv_preview.h"
#include "ui/text/number_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>

namespace fplab {
namespace {

QString text(std::string_view utf8) { return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())); }

CsvPlace placeOf(const Diagnostic& error) { return {error.line, error.column}; }

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

void CsvImportDialog::goToProblem(int index)
{
    if (m_samples && index >= 0 && index < static_cast<int>(m_samples->bad.size()))
        showPreview(placeOf(m_samples->bad[static_cast<std::size_t>(index)]));
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
    return bad == 0
        ? QString()
        : tr("%1 of %2 are no numbers").arg(groupedNumber(bad), groupedNumber(static_cast<std::int64_t>(all)));
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
    showPreview(firstBad());
    showProblems();
}

CsvPlace CsvImportDialog::firstBad() const
{
    if (m_error)
        return placeOf(*m_error);
    return m_samples && !m_samples->bad.empty() ? placeOf(m_samples->bad.front()) : CsvPlace {};
}

bool CsvImportDialog::skips() const { return m_data.badRows == "skip"; }

void CsvImportDialog::showPreview(CsvPlace place)
{
    if (!m_table) {
        m_preview->clearContent();
        return;
    }
    CsvPreview::Content content {
        .table = *m_table, .counts = m_counts, .x = m_x->currentIndex(), .y = m_y->currentIndex(), .skipped = skips()};
    if (m_samples)
        for (const auto& cell : m_samples->bad)
            content.bad.push_back(placeOf(cell));
    if (m_error)
        content.bad.push_back(placeOf(*m_error));
    m_preview->setContent(content, place);
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
    QStringList notes;
    if (m_samples)
        for (const auto& note : m_samples->notes)
            notes.append(text(note));
    if (bad > 0 && skips())
        notes.append(text(CsvTable::omission(*m_samples)));
    m_notes->setText(notes.join(u' '));
    m_notes->setVisible(!notes.isEmpty());

    const QSignalBlocker quiet(m_problems);
    m_problems->clear();
    const Theme& theme = m_themes.theme();
    const QIcon icon
        = skips() ? theme.icon(QStringLiteral("info"), theme.muted) : theme.icon(QStringLiteral("error"), theme.error);
    for (std::size_t i = 0; bad > 0 && i < m_samples->bad.size(); ++i)
        m_problems->addItem(new QListWidgetItem(icon, sentenceOf(m_samples->bad[i])));
    m_problems->setVisible(bad > 0);
    m_skipBad->setVisible(bad > 0 || skips());

    const int x = m_x->currentIndex(), y = m_y->currentIndex();
    const std::size_t good = m_samples ? m_samples->y.size() : 0;
    QString problem, summary;
    if (!m_unreadable.isEmpty())
        problem = m_unreadable;
    else if (m_error)
        problem = sentenceOf(*m_error)
            + (m_error->advice.empty() ? QString() : QStringLiteral(". ") + text(m_error->advice));
    else if (m_x->count() < 2)
        problem = tr("Two columns are needed, one for x and one for y");
    else if (x == y)
        problem = tr("x and y must be different columns");
    else if (good < 2)
        problem = tr("At least two rows of numbers are needed");
    else if (bad > 0 && !skips())
        problem = bad == 1 ? tr("1 row has a cell that cannot be used")
                           : tr("%1 rows have cells that cannot be used").arg(bad);
    const QString samples = tr("%1 samples will be used").arg(groupedNumber(static_cast<std::int64_t>(good)));
    if (problem.isEmpty())
        summary = bad == 0 ? samples
            : bad == 1     ? tr("%1, 1 row is skipped").arg(samples)
                           : tr("%1, %2 rows are skipped").arg(samples, groupedNumber(static_cast<std::int64_t>(bad)));
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_summary->setText(summary);
    m_import->setEnabled(problem.isEmpty());
    showFixes(m_error ? m_error->fixes : std::vector<Fix> {});
}

} // namespace fplab
