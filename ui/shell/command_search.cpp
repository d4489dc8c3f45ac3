#include "ui/shell/command_search.h"

#include "ui/shell/search_field.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace fplab {
namespace {

constexpr int indexRole = Qt::UserRole, placeRole = Qt::UserRole + 1, keysRole = Qt::UserRole + 2;
constexpr int mostRows = 10, margin = 8;

bool inOrder(const QString& letters, const QString& text)
{
    qsizetype at = 0;
    for (const QChar letter : letters) {
        at = text.indexOf(letter, at, Qt::CaseInsensitive) + 1;
        if (at == 0)
            return false;
    }
    return true;
}

/// Name at the left with its place behind it in grey, keys at the right.
class CommandDelegate : public QStyledItemDelegate {
public:
    CommandDelegate(const ThemeManager& themes, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_themes(themes)
    {
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {100, option.fontMetrics.height() + qRound(10 * m_themes.theme().fontScale)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = m_themes.theme();
        const bool enabled = index.flags() & Qt::ItemIsEnabled;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(theme.accentGround);
            painter->drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), 6, 6);
        }
        QRect room = option.rect.adjusted(10, 0, -10, 0);
        const QString keys = index.data(keysRole).toString();
        painter->setFont(option.font);
        QColor faint = theme.muted;
        faint.setAlphaF(0.65F);
        painter->setPen(enabled ? theme.muted : faint);
        painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter, keys);
        room.setRight(room.right() - option.fontMetrics.horizontalAdvance(keys) - 16);
        const QString name = option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, room.width());
        painter->setPen(enabled ? theme.ink : faint);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter, name);
        room.setLeft(room.left() + option.fontMetrics.horizontalAdvance(name) + 12);
        const QString place
            = enabled ? index.data(placeRole).toString() : tr("%1 · not now").arg(index.data(placeRole).toString());
        painter->setPen(enabled ? theme.muted : faint);
        painter->drawText(
            room, Qt::AlignLeft | Qt::AlignVCenter, option.fontMetrics.elidedText(place, Qt::ElideRight, room.width()));
        painter->restore();
    }

private:
    const ThemeManager& m_themes;
};

} // namespace

int matchScore(const QString& typed, const QString& name, const QString& place)
{
    const QString wanted = typed.simplified();
    if (wanted.isEmpty() || name.startsWith(wanted, Qt::CaseInsensitive))
        return 0;
    const auto words = wanted.split(u' ');
    const auto all = [&](auto&& fits) { return std::ranges::all_of(words, fits); };
    const auto starts = [&](const QString& word) {
        return name.startsWith(word, Qt::CaseInsensitive) || name.contains(u' ' + word, Qt::CaseInsensitive);
    };
    if (all(starts))
        return 1;
    if (all([&](const QString& word) { return name.contains(word, Qt::CaseInsensitive); }))
        return 2;
    const QString both = place + u' ' + name;
    if (all([&](const QString& word) { return both.contains(word, Qt::CaseInsensitive); }))
        return 3;
    return inOrder(words.join(QString()), name) ? 4 : -1;
}

CommandSearch::CommandSearch(const ThemeManager& themes, QWidget* window)
    : QFrame(window)
    , m_themes(themes)
    , m_line(new SearchField(tr("Search all commands and experiments"), this))
    , m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("commands"));
    setAccessibleName(tr("Command search"));
    setProperty("popup", true);
    m_line->setObjectName(QStringLiteral("commands.line"));
    m_list->setObjectName(QStringLiteral("commands.list"));
    m_list->setAccessibleName(tr("Found commands"));
    m_list->setProperty("pages", true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegate(new CommandDelegate(themes, m_list));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(6);
    column->addWidget(m_line);
    column->addWidget(m_list);
    m_line->installEventFilter(this);
    window->installEventFilter(this);
    connect(m_line, &QLineEdit::textChanged, this, &CommandSearch::filter);
    connect(m_list, &QListWidget::itemClicked, this, &CommandSearch::runCurrent);
    hide();
}

void CommandSearch::open(const QList<Command>& commands)
{
    if (!isVisible())
        m_before = window()->focusWidget();
    m_commands = commands;
    m_line->clear();
    filter({});
    show();
    raise();
    m_line->setFocus(Qt::ShortcutFocusReason);
}

void CommandSearch::filter(const QString& typed)
{
    m_list->clear();
    std::vector<std::pair<int, qsizetype>> found;
    for (qsizetype i = 0; i < m_commands.size(); ++i)
        if (const int score = matchScore(typed, m_commands[i].name, m_commands[i].place); score >= 0)
            found.emplace_back(2 * score + (m_commands[i].enabled ? 0 : 1), i);
    std::ranges::stable_sort(found, {}, [](const auto& entry) { return entry.first; });
    for (const auto& [score, i] : found) {
        const Command& command = m_commands[i];
        auto* item = new QListWidgetItem(command.name, m_list);
        item->setData(indexRole, QVariant::fromValue(i));
        item->setData(placeRole, command.place);
        item->setData(keysRole, command.keys);
        item->setData(
            Qt::AccessibleTextRole, QStringLiteral("%1, %2, %3").arg(command.name, command.place, command.keys));
        if (!command.enabled)
            item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
    }
    if (found.empty())
        (new QListWidgetItem(tr("Nothing is called “%1”").arg(typed.trimmed()), m_list))->setFlags(Qt::NoItemFlags);
    moveTo(0, 1);
    place();
}

void CommandSearch::moveTo(int row, int direction)
{
    const int rows = m_list->count();
    m_list->setCurrentRow(row);
    for (int i = 0; i < rows; ++i) {
        const int at = (row + direction * i + rows) % rows;
        if (m_list->item(at)->flags() & Qt::ItemIsEnabled) {
            m_list->setCurrentRow(at);
            return;
        }
    }
}

void CommandSearch::place()
{
    const double scale = m_themes.theme().fontScale;
    const QWidget& around = *parentWidget();
    const int rows = std::clamp(m_list->count(), 1, mostRows) * m_list->sizeHintForRow(0);
    const int room = around.height() - 60 - m_line->sizeHint().height();
    m_list->setFixedHeight(std::min(rows + 4, room));
    const int width = std::min(qRound(620 * scale), around.width() - 4 * margin);
    setGeometry((around.width() - width) / 2, margin, width, 0);
    resize(width, layout()->totalSizeHint().height());
}

void CommandSearch::runCurrent()
{
    const QListWidgetItem* item = m_list->currentItem();
    if (!item || !(item->flags() & Qt::ItemIsEnabled))
        return;
    const auto run = m_commands[item->data(indexRole).toLongLong()].run;
    finish();
    QTimer::singleShot(0, this, run); // after this key is dealt with
}

void CommandSearch::finish()
{
    hide();
    if (m_before && m_before->isVisible())
        m_before->setFocus(Qt::PopupFocusReason);
    m_commands.clear();
}

bool CommandSearch::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched != m_line)
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut && isVisible()
        && static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason
        && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason) {
        m_before = nullptr; // the user chose another place
        hide();
    }
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const int rows = m_list->count();
    const int row = m_list->currentRow();
    switch (key->key()) {
    case Qt::Key_Down:
        moveTo((row + 1) % rows, 1);
        return true;
    case Qt::Key_Up:
        moveTo((row - 1 + rows) % rows, -1);
        return true;
    case Qt::Key_PageDown:
        moveTo(std::min(row + mostRows - 1, rows - 1), -1);
        return true;
    case Qt::Key_PageUp:
        moveTo(std::max(row - mostRows + 1, 0), 1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    case Qt::Key_Escape:
        finish();
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

} // namespace fplab
