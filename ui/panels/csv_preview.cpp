#include "ui/panels/csv_preview.h"

#include <QHeaderView>

#include <algorithm>

namespace fplab {
namespace {

constexpr std::size_t previewRows = 20, previewColumns = 30, stretchedColumns = 7;

QString text(std::string_view utf8) { return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())); }

/// The first columns, and those of x and y.
std::vector<int> shownColumns(const CsvPreview::Content& content)
{
    std::vector<int> columns;
    for (int i = 0; i < static_cast<int>(content.table.columnCount()); ++i)
        if (i < static_cast<int>(previewColumns) || i == content.x || i == content.y)
            columns.push_back(i);
    return columns;
}

} // namespace

CsvPreview::CsvPreview(const ThemeManager& themes, QWidget* parent)
    : QTableWidget(parent)
    , m_themes(themes)
{
    setObjectName(QStringLiteral("csv.preview"));
    setAccessibleName(tr("First rows of the file"));
    setEditTriggers(NoEditTriggers);
    setSelectionMode(NoSelection);
    setTabKeyNavigation(false); // Tab leaves the table
    verticalHeader()->setDefaultSectionSize(24);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(96);
    setMinimumHeight(120);
}

void CsvPreview::clearContent()
{
    clear();
    setRowCount(0);
    setColumnCount(0);
}

void CsvPreview::setContent(const Content& content, CsvPlace place)
{
    clearContent();
    const std::vector<int> columns = shownColumns(content);
    const auto rows = content.table.preview(
        previewRows, columns.empty() ? 0 : static_cast<std::size_t>(columns.back()) + 1, place.line);
    setRowCount(static_cast<int>(rows.size()));
    setColumnCount(static_cast<int>(columns.size()));
    QStringList names, lines;
    for (int c = 0; c < columnCount(); ++c) {
        const int column = columns[static_cast<std::size_t>(c)];
        const auto index = static_cast<std::size_t>(column);
        const QString use = column == content.x ? QStringLiteral("  → x")
            : column == content.y               ? QStringLiteral("  → y")
                                                : QString();
        names.append(text(content.table.columnTitle(index)) + use);
        for (int r = 0; r < rowCount(); ++r) {
            const auto& row = rows[static_cast<std::size_t>(r)];
            auto* cell = new QTableWidgetItem(text(row.cells[index]).simplified());
            cell->setTextAlignment(
                (content.counts[index].values() > 0 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
            if (!use.isEmpty())
                cell->setBackground(m_themes.theme().accentGround);
            if (std::ranges::find(content.bad, CsvPlace {row.line, column + 1}) != content.bad.end())
                mark(*cell, content.skipped);
            setItem(r, c, cell);
        }
    }
    for (const auto& row : rows)
        lines.append(QString::number(row.line));
    setHorizontalHeaderLabels(names);
    setVerticalHeaderLabels(lines);
    const bool fits = columns.size() <= stretchedColumns;
    horizontalHeader()->setSectionResizeMode(fits ? QHeaderView::Stretch : QHeaderView::Interactive);
    if (!fits)
        resizeColumnsToContents();
    const auto row = std::ranges::find(rows, place.line, &CsvTable::Row::line);
    const auto column = std::ranges::find(columns, place.column - 1);
    if (row != rows.end() && place.line > 0)
        goTo(static_cast<int>(row - rows.begin()),
            column == columns.end() ? 0 : static_cast<int>(column - columns.begin()));
}

void CsvPreview::mark(QTableWidgetItem& cell, bool skipped) const
{
    const Theme& theme = m_themes.theme();
    cell.setBackground(skipped ? theme.track : theme.errorGround);
    cell.setIcon(
        skipped ? theme.icon(QStringLiteral("info"), theme.muted) : theme.icon(QStringLiteral("error"), theme.error));
    cell.setToolTip(skipped ? tr("This row is left out") : tr("This cell cannot be used"));
}

void CsvPreview::goTo(int row, int column)
{
    setCurrentCell(row, column, QItemSelectionModel::NoUpdate);
    scrollToItem(item(row, column), PositionAtCenter);
}

} // namespace fplab
