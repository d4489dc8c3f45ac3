#include "ui/window/bookmark_list.h"

#include "ui/text/number_text.h"
#include "ui/widgets/tab_order.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace fplab {
namespace {

constexpr int stepColumn = 0, noteColumn = 1;

} // namespace

BookmarkList::BookmarkList(const Lab& lab, QWidget* parent)
    : QDialog(parent)
    , m_lab(lab)
    , m_table(new QTableWidget(0, 2, this))
    , m_empty(new QLabel(tr("No bookmarks yet. Press B, or Bookmark beside the timeline, to mark the step in view; "
                            "the note that you type then stands here."),
          this))
{
    setObjectName(QStringLiteral("bookmarks"));
    setWindowTitle(tr("Bookmarks"));
    m_table->setObjectName(QStringLiteral("bookmarks.table"));
    m_table->setAccessibleName(tr("Bookmarks of this run"));
    m_table->setAccessibleDescription(tr("Enter goes there, F2 edits the note, Delete takes it away"));
    m_table->setHorizontalHeaderLabels({tr("Step"), tr("Note")});
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    m_table->setTabKeyNavigation(false); // Tab leads on
    m_empty->setObjectName(QStringLiteral("bookmarks.empty"));
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setProperty("role", QStringLiteral("muted"));
    m_empty->setMargin(24);

    m_go = addButton(
        tr("&Go to"), QStringLiteral("bookmarks.go"), tr("Shows the run at this step (Enter)"), &BookmarkList::goTo);
    m_edit = addButton(
        tr("Edit &note"), QStringLiteral("bookmarks.edit"), tr("Changes the note (F2)"), &BookmarkList::editNote);
    m_delete = addButton(tr("&Delete"), QStringLiteral("bookmarks.delete"), tr("Takes the bookmark away (Delete)"),
        &BookmarkList::takeAway);
    m_undo = addButton(tr("&Undo delete"), QStringLiteral("bookmarks.undo"),
        tr("Brings the last deleted one back (Ctrl+Z)"), &BookmarkList::bringBack);
    m_export = new QPushButton(tr("E&xport…"), this);
    m_export->setObjectName(QStringLiteral("bookmarks.export"));
    m_export->setToolTip(tr("Writes steps and notes as a CSV file"));
    m_export->setAutoDefault(false);
    auto* close = new QPushButton(tr("&Close"), this);
    close->setObjectName(QStringLiteral("bookmarks.close"));
    close->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton* button : {m_go, m_edit, m_delete, m_undo})
        buttons->addWidget(button);
    buttons->addStretch();
    buttons->addWidget(m_export);
    buttons->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(12);
    column->addWidget(m_table, 1);
    column->addWidget(m_empty, 1);
    column->addLayout(buttons);

    connect(m_export, &QPushButton::clicked, this, &BookmarkList::exportRequested);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &BookmarkList::enable);
    connect(m_table, &QTableWidget::cellDoubleClicked, this, [this](int, int part) {
        if (part == stepColumn)
            goTo();
    });
    connect(m_table, &QTableWidget::itemChanged, this, [this](const QTableWidgetItem* item) {
        if (m_filling || item->column() != noteColumn)
            return;
        QTimer::singleShot(
            0, this, [this, step = item->data(Qt::UserRole).toLongLong(), note = item->text().trimmed()] {
                m_lab.timeline.setBookmark(step, note); // fills the table anew, which has to be done with the edit
            });
    });
    connect(&lab.timeline, &TimelineModel::bookmarksChanged, this, &BookmarkList::fill);
    connect(&lab.run, &RunController::loaded, this, [this] {
        m_deleted.clear();
        enable();
    });
    const auto fit = [this] {
        const double scale = m_lab.themes.theme().fontScale;
        resize(std::min(1000, qRound(560 * scale)), std::min(580, qRound(340 * scale)));
        fill();
    };
    connect(&lab.themes, &ThemeManager::changed, this, fit);
    fit();
}

QPushButton* BookmarkList::addButton(
    const QString& text, const QString& name, const QString& tip, void (BookmarkList::*act)())
{
    auto* button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setToolTip(tip);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, act);
    return button;
}

void BookmarkList::bringUp()
{
    choose(m_lab.timeline.step());
    show();
    raise();
    activateWindow();
    if (m_table->isVisibleTo(this))
        m_table->setFocus(Qt::ShortcutFocusReason);
}

void BookmarkList::fill()
{
    const Bookmark* before = chosen();
    const std::int64_t here = before ? before->step : m_lab.timeline.step();
    const auto& bookmarks = m_lab.timeline.bookmarks();
    m_filling = true;
    m_table->setRowCount(static_cast<int>(bookmarks.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const Bookmark& bookmark = bookmarks[static_cast<std::size_t>(row)];
        auto* step = new QTableWidgetItem(groupedNumber(bookmark.step));
        step->setFlags(step->flags() & ~Qt::ItemIsEditable);
        auto* note = new QTableWidgetItem(bookmark.note);
        note->setToolTip(bookmark.note);
        for (QTableWidgetItem* item : {step, note})
            item->setData(Qt::UserRole, QVariant::fromValue<qlonglong>(bookmark.step));
        note->setData(Qt::AccessibleDescriptionRole, tr("Note at step %1").arg(bookmark.step));
        m_table->setItem(row, stepColumn, step);
        m_table->setItem(row, noteColumn, note);
    }
    m_filling = false;
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 10);
    m_table->resizeColumnToContents(stepColumn);
    m_table->setColumnWidth(stepColumn, m_table->columnWidth(stepColumn) + 24);
    const bool had = m_table->hasFocus();
    m_table->setVisible(!bookmarks.empty());
    m_empty->setVisible(bookmarks.empty());
    if (had && bookmarks.empty())
        m_undo->setFocus(Qt::OtherFocusReason);
    choose(here);
}

/// The bookmark of that step, else the last one before it.
void BookmarkList::choose(std::int64_t step)
{
    const auto& bookmarks = m_lab.timeline.bookmarks();
    const auto after = std::ranges::upper_bound(bookmarks, step, {}, &Bookmark::step);
    const auto row = std::max<std::ptrdiff_t>(0, after - bookmarks.begin() - 1);
    if (!bookmarks.empty())
        m_table->setCurrentCell(static_cast<int>(row), noteColumn);
    enable();
}

const Bookmark* BookmarkList::chosen() const
{
    const QTableWidgetItem* item = m_table->currentItem();
    if (!item)
        return nullptr;
    const auto& bookmarks = m_lab.timeline.bookmarks();
    const auto found = std::ranges::find(bookmarks, item->data(Qt::UserRole).toLongLong(), &Bookmark::step);
    return found == bookmarks.end() ? nullptr : &*found;
}

void BookmarkList::goTo()
{
    if (const Bookmark* bookmark = chosen())
        m_lab.timeline.setStep(bookmark->step);
}

void BookmarkList::editNote()
{
    if (!chosen())
        return;
    m_table->setFocus(Qt::OtherFocusReason);
    m_table->setCurrentCell(m_table->currentRow(), noteColumn);
    m_table->editItem(m_table->currentItem());
}

void BookmarkList::takeAway()
{
    if (const Bookmark* bookmark = chosen()) {
        m_deleted.push_back(*bookmark);
        m_lab.timeline.removeBookmark(m_deleted.back().step);
        choose(m_deleted.back().step);
    }
}

void BookmarkList::bringBack()
{
    if (m_deleted.empty())
        return;
    const Bookmark back = m_deleted.back();
    m_deleted.pop_back();
    m_lab.timeline.setBookmark(back.step, back.note);
    choose(back.step);
    m_table->setFocus(Qt::OtherFocusReason);
}

void BookmarkList::enable()
{
    const bool any = chosen() != nullptr;
    for (QPushButton* button : {m_go, m_edit, m_delete, m_export})
        button->setEnabled(any);
    m_undo->setVisible(!m_deleted.empty());
}

bool BookmarkList::focusNextPrevChild(bool next) { return moveFocusInOrder(*this, next); }

void BookmarkList::keyPressEvent(QKeyEvent* event)
{
    const bool inTable = m_table->hasFocus();
    if (inTable && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        goTo();
    else if (inTable && event->key() == Qt::Key_F2) // from the step's column, too
        editNote();
    else if (inTable && event->key() == Qt::Key_Delete)
        takeAway();
    else if (event->matches(QKeySequence::Undo))
        bringBack();
    else
        QDialog::keyPressEvent(event);
}

QByteArray bookmarksCsv(const Lab& lab)
{
    const auto quoted = [](QString text) { return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"'; };
    QString csv
        = QStringLiteral("# program: F-Principle Lab " FPLAB_VERSION "\n# title: %1\n# experiment: %2\nstep,note\n")
              .arg(QString::fromStdString(lab.editor.runSpec().title).simplified(), lab.editor.runId());
    for (const Bookmark& bookmark : lab.timeline.bookmarks())
        csv += QStringLiteral("%1,%2\n").arg(QString::number(bookmark.step), quoted(bookmark.note));
    return csv.toUtf8();
}

} // namespace fplab
