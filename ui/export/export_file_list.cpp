#include "ui/export/export_file_list.h"

#include <QFileInfo>
#include <QHeaderView>
#include <QLocale>

#include <algorithm>

namespace fplab {
namespace {

constexpr int mostRows = 4, rowPadding = 6;

} // namespace

QString sizeText(std::int64_t bytes)
{
    return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

ExportFileList::ExportFileList(QWidget* parent)
    : QTableWidget(0, 3, parent)
{
    setObjectName(QStringLiteral("export.files"));
    setAccessibleName(tr("Files that are written"));
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setSelectionBehavior(SelectRows);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setTextElideMode(Qt::ElideMiddle);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    horizontalHeader()->hide();
    verticalHeader()->hide();
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    setFiles({});
}

void ExportFileList::setFiles(const QList<Entry>& files)
{
    const auto cell = [](const QString& text, Qt::Alignment alignment) {
        auto* item = new QTableWidgetItem(text);
        item->setTextAlignment(alignment | Qt::AlignVCenter);
        return item;
    };
    setRowCount(static_cast<int>(files.size()));
    for (int row = 0; row < rowCount(); ++row) {
        const Entry& file = files[row];
        auto* name = cell(QFileInfo(file.path).fileName(), Qt::AlignLeft);
        name->setToolTip(file.path);
        setItem(row, 0, name);
        setItem(row, 1, cell(file.bytes < 0 ? tr("cannot be drawn") : sizeText(file.bytes), Qt::AlignRight));
        setItem(row, 2, cell(file.replaces ? tr("replaces the one that is there") : tr("new"), Qt::AlignLeft));
    }
    const int height = fontMetrics().height() + rowPadding;
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
    setFixedHeight(std::clamp(rowCount(), 1, mostRows) * height + 2 * frameWidth());
}

} // namespace fplab
