#include "ui/views/view_table.h"

#include "ui/widgets/mnemonics.h"

#include <QAbstractTableModel>
#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

class TableModel : public QAbstractTableModel {
public:
    TableModel(ViewTable table, QObject* parent)
        : QAbstractTableModel(parent)
        , m_table(std::move(table))
    {
    }
    int rowCount(const QModelIndex& parent) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size());
    }
    int columnCount(const QModelIndex& parent) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
    }
    QVariant data(const QModelIndex& index, int role) const override
    {
        const QVector<double>& row = m_table.rows[index.row()];
        const double value = index.column() < row.size() ? row[index.column()] : std::nan("");
        switch (role) {
        case Qt::DisplayRole:
            return std::isnan(value) ? QString() : QString::number(value, 'g', 7);
        case Qt::ToolTipRole:
        case Qt::EditRole:
            return exactNumber(value);
        case Qt::TextAlignmentRole:
            return int(Qt::AlignRight | Qt::AlignVCenter);
        default:
            return {};
        }
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (role != Qt::DisplayRole)
            return {};
        if (orientation == Qt::Vertical)
            return section + 1;
        const QString& name = m_table.columns[section]; // as files have it
        static const QString delta = QStringLiteral("delta_k");
        return name.startsWith(delta) ? QStringLiteral("Δ(%1)").arg(name.mid(delta.size())) : name;
    }

private:
    ViewTable m_table;
};

} // namespace

QString exactNumber(double value)
{
    return std::isnan(value) ? QString() : QString::number(value, 'g', QLocale::FloatingPointShortest);
}

ViewTable ViewTable::where(const std::function<bool(double)>& wanted) const
{
    ViewTable out {.columns = columns, .rows = {}, .blocks = blocks};
    const QVector<Block> parts = blocks.isEmpty() ? QVector<Block> {{0, columns.size(), 0}} : blocks;
    for (const Block& block : parts) {
        qsizetype next = 0;
        for (const QVector<double>& row : rows) {
            if (std::isnan(row[block.key]) || !wanted(row[block.key]))
                continue;
            if (next == out.rows.size())
                out.rows.append(QVector<double>(columns.size(), std::nan("")));
            std::copy_n(row.begin() + block.first, block.count, out.rows[next++].begin() + block.first);
        }
    }
    return out;
}

QString tableText(const ViewTable& table, QChar separator)
{
    QString text;
    for (qsizetype i = 0; i < table.columns.size(); ++i) {
        QString name = table.columns[i];
        if (name.contains(separator) || name.contains(QLatin1Char('"')))
            name = QLatin1Char('"') + name.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
        text += (i ? QString(separator) : QString()) + name;
    }
    text += QLatin1Char('\n');
    for (const QVector<double>& row : table.rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (i)
                text += separator;
            text += exactNumber(row[i]);
        }
        text += QLatin1Char('\n');
    }
    return text;
}

ViewTableDialog::ViewTableDialog(const QString& title, const ViewTable& table, QWidget* parent)
    : QDialog(parent)
    , m_view(new QTableView(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("%1 – table").arg(title));
    auto* column = new QVBoxLayout(this);
    auto* note = new QLabel(table.rows.size() == 1 ? tr("1 row") : tr("%1 rows").arg(table.rows.size()), this);
    note->setProperty("role", QStringLiteral("muted"));
    m_view->setModel(new TableModel(table, m_view));
    m_view->setAccessibleName(tr("Numbers of %1").arg(title));
    m_view->setAlternatingRowColors(true);
    m_view->setTabKeyNavigation(false); // Tab leads to the buttons
    m_view->setSelectionMode(QAbstractItemView::ContiguousSelection);
    m_view->verticalHeader()->setDefaultSectionSize(m_view->fontMetrics().height() + 8);
    m_view->horizontalHeader()->setDefaultSectionSize(m_view->fontMetrics().averageCharWidth() * 16);
    m_view->setCornerButtonEnabled(false);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton* copy = buttons->addButton(tr("Copy all"), QDialogButtonBox::ActionRole);
    connect(copy, &QPushButton::clicked, this,
        [table] { QApplication::clipboard()->setText(tableText(table, QLatin1Char('\t'))); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    column->addWidget(note);
    column->addWidget(m_view, 1);
    column->addWidget(buttons);
    giveMnemonics(*this);
    resize(640, 460);
}

void ViewTableDialog::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copySelection();
    else
        QDialog::keyPressEvent(event);
}

void ViewTableDialog::copySelection()
{
    const QItemSelection selection = m_view->selectionModel()->selection();
    if (selection.isEmpty())
        return;
    const QItemSelectionRange range = selection.first();
    QString text;
    for (int row = range.top(); row <= range.bottom(); ++row) {
        for (int column = range.left(); column <= range.right(); ++column) {
            if (column > range.left())
                text += QLatin1Char('\t');
            text += m_view->model()->index(row, column).data(Qt::EditRole).toString();
        }
        text += QLatin1Char('\n');
    }
    QApplication::clipboard()->setText(text);
}

} // namespace fplab
