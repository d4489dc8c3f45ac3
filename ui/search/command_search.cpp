#include "ui/search/command_search.h"

#include "ui/widgets/search_field.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace fplab {
namespace {

constexpr int placeRole = Qt::UserRole, keysRole = Qt::UserRole + 1;
constexpr int mostRows = 10, margin = 8;

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
        painter->setPen(theme.muted);
        painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter, keys);
        room.setRight(room.right() - option.fontMetrics.horizontalAdvance(keys) - 16);
        const QString name = option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, room.width());
        painter->setPen(enabled ? theme.ink : theme.muted);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter, name);
        room.setLeft(room.left() + option.fontMetrics.horizontalAdvance(name) + 12);
        const QString place = index.data(placeRole).toString();
        painter->setPen(theme.muted);
        painter->drawText(
            room, Qt::AlignLeft | Qt::AlignVCenter, option.fontMetrics.elidedText(place, Qt::ElideRight, room.width()));
        painter->restore();
    }

private:
    const ThemeManager& m_themes;
};

} // namespace

CommandSearch::CommandSearch(const ThemeManager& themes, QWidget* window)
    : QFrame(window)
    , m_themes(themes)
    , m_line(new SearchField(tr("Search commands, settings and experiments"), this))
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

void CommandSearch::open(const QList<Command>& commands, const Source& source, const QString& typed)
{
    if (!isVisible())
        m_before = window()->focusWidget();
    m_fixed = commands;
    m_source = source;
    m_line->setText(typed);
    filter(typed);
    show();
    raise();
    m_line->setFocus(Qt::ShortcutFocusReason);
}

void CommandSearch::filter(const QString& typed)
{
    m_list->clear();
    m_commands.clear();
    std::vector<std::pair<int, Command>> found;
    bool words = false; // something fits better than by its letters
    for (const Command& command : m_fixed + (m_source ? m_source(typed) : QList<Command>())) {
        const int score = command.score.value_or(matchScore(typed, command.name, command.place + u' ' + command.words));
        if (score < 0)
            continue;
        words |= score < lettersInOrder;
        found.emplace_back(2 * score + (command.enabled ? 0 : 1), command);
    }
    std::ranges::stable_sort(found, {}, [](const auto& entry) { return entry.first; });
    for (const auto& [order, command] : found) {
        if (words && order >= 2 * lettersInOrder)
            break;
        const QString why = command.why.isEmpty() ? tr("not now") : command.why;
        const QString place = command.enabled ? command.place : tr("%1 · %2").arg(command.place, why);
        QStringList spoken {command.name, place, command.keys};
        spoken.removeAll(QString());
        auto* item = new QListWidgetItem(command.name, m_list);
        item->setData(placeRole, place);
        item->setData(keysRole, command.keys);
        item->setData(Qt::AccessibleTextRole, spoken.join(QStringLiteral(", ")));
        item->setToolTip(command.enabled ? command.words : place);
        if (!command.enabled)
            item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
        m_commands.append(command);
    }
    if (m_commands.isEmpty())
        (new QListWidgetItem(tr("Nothing is called “%1”").arg(typed.trimmed()), m_list))->setFlags(Qt::NoItemFlags);
    moveTo(0, 1);
    constexpr int lastWhole = 2 * 1 + 1; // of the orders above: whole words of the name
    const auto isWhole = [&](int row) {
        return row < static_cast<int>(found.size()) && found[static_cast<std::size_t>(row)].first <= lastWhole;
    };
    if (isWhole(0) && !isWhole(m_list->currentRow()))
        m_list->setCurrentRow(0); // what is meant, even if it can only say why it cannot be done
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
    const auto run = m_commands[m_list->currentRow()].run;
    finish();
    QTimer::singleShot(0, this, run); // after this key is dealt with
}

void CommandSearch::finish()
{
    hide();
    if (m_before && m_before->isVisible())
        m_before->setFocus(Qt::PopupFocusReason);
}

/// A list that nobody sees has no item in focus, also for assistive programs.
void CommandSearch::hideEvent(QHideEvent* event)
{
    m_list->clear();
    m_commands.clear();
    m_fixed.clear();
    m_source = {};
    QFrame::hideEvent(event);
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
