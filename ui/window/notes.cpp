#include "ui/window/notes.h"

#include "ui/widgets/flow_layout.h"

#include <QAccessible>
#include <QRegularExpression>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace fplab {
namespace {

constexpr int cardWidth = 400; ///< of its text, at font scale 1
constexpr double highest = 0.6; ///< share of the screen

QString countText(qsizetype notes)
{
    return notes == 1 ? NotesButton::tr("1 note") : NotesButton::tr("%1 notes").arg(notes);
}

} // namespace

QString firstSentence(const QString& text)
{
    static const QRegularExpression stop(
        QStringLiteral("[.!?](?=\\s+[\\p{Lu}\\d])"), QRegularExpression::UseUnicodePropertiesOption);
    const auto match = stop.match(text);
    return match.hasMatch() ? text.left(match.capturedEnd()) : text;
}

NotesButton::NotesButton(const Lab& lab, QWidget* parent)
    : QPushButton(parent)
    , m_lab(lab)
{
    setObjectName(QStringLiteral("notes"));
    setFocusPolicy(Qt::TabFocus);
    connect(&lab.run, &RunController::loaded, this, [this] {
        showNotes();
        if (isVisible()) {
            QAccessibleEvent alert(this, QAccessible::Alert);
            QAccessible::updateAccessibility(&alert);
        }
    });
    connect(&lab.run, &RunController::found, this, &NotesButton::showNotes);
    connect(&lab.run, &RunController::stateChanged, this, &NotesButton::showNotes);
    connect(&lab.themes, &ThemeManager::changed, this, &NotesButton::showNotes);
    showNotes();
}

void NotesButton::setNarrow(bool narrow)
{
    m_narrow = narrow;
    showNotes();
}

void NotesButton::showNotes()
{
    const auto notes = m_lab.run.notes();
    const auto count = static_cast<qsizetype>(notes.size());
    const Theme& theme = m_lab.themes.theme();
    setText(m_narrow ? QString::number(count) : countText(count));
    setIcon(theme.icon(QStringLiteral("info"), theme.pending));
    setVisible(count > 0);
    if (count == 0)
        return;
    setAccessibleName(tr("%1: %2").arg(countText(count), QString::fromStdString(notes.front().text)));
    setToolTip(tr("What to know to read this run rightly"));
}

FirstNote::FirstNote(const Lab& lab, QWidget* parent)
    : QLabel(parent)
    , m_lab(lab)
{
    setObjectName(QStringLiteral("note"));
    setProperty("role", QStringLiteral("pending"));
    setTextFormat(Qt::PlainText);
    setMinimumWidth(0);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    connect(&lab.run, &RunController::loaded, this, &FirstNote::showNotes);
    connect(&lab.run, &RunController::found, this, &FirstNote::showNotes);
    connect(&lab.run, &RunController::stateChanged, this, &FirstNote::showNotes);
    connect(&lab.themes, &ThemeManager::changed, this, &FirstNote::elide);
    showNotes();
}

void FirstNote::showNotes()
{
    const auto notes = m_lab.run.notes();
    m_whole.clear();
    if (!notes.empty()) {
        const QString first = firstSentence(QString::fromStdString(notes.front().text));
        m_whole = notes.size() == 1 ? tr("Note: %1").arg(first)
                                    : tr("Note: %1 (and %2 more)").arg(first).arg(notes.size() - 1);
    }
    setAccessibleName(m_whole);
    setVisible(!m_whole.isEmpty());
    elide();
    Q_EMIT noteChanged();
}

int FirstNote::wholeWidth() const { return fontMetrics().horizontalAdvance(m_whole) + 2; }

void FirstNote::elide()
{
    setText(fontMetrics().elidedText(m_whole, Qt::ElideRight, width()));
    setToolTip(text() == m_whole ? QString() : m_whole);
}

void FirstNote::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    elide();
}

NotesCard::NotesCard(const Lab& lab, QWidget* parent)
    : QFrame(parent, Qt::Popup)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("notes.card"));
    setProperty("popup", true);
    setAccessibleName(tr("Notes on this run"));
    auto* contents = new QWidget;
    contents->setObjectName(QStringLiteral("scrolled"));
    auto* column = new QVBoxLayout(contents);
    column->setContentsMargins(16, 12, 16, 14);
    column->setSpacing(8);
    auto* heading = new QLabel(tr("Notes on this run"));
    heading->setProperty("role", QStringLiteral("title"));
    column->addWidget(heading);
    QWidget* first = nullptr;
    const int width = qRound(cardWidth * std::max(1.0, lab.themes.theme().fontScale));
    for (const Remark& note : lab.run.notes()) {
        auto* text = new QLabel(QString::fromStdString(note.text));
        text->setObjectName(QStringLiteral("notes.text"));
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        text->setFixedWidth(width);
        text->setAccessibleName(text->text());
        column->addWidget(text);
        if (note.fixes.empty())
            continue;
        auto* ways = new FlowLayout(8, 6);
        for (const Fix& fix : note.fixes) {
            auto* button = new QPushButton(QString::fromStdString(fix.label));
            button->setObjectName(QStringLiteral("notes.fix"));
            button->setAccessibleName(button->text());
            button->setAutoDefault(false);
            ways->addWidget(button);
            if (!first)
                first = button;
            connect(button, &QPushButton::clicked, this, [this, fix] {
                close();
                Q_EMIT fixRequested(fix);
            });
        }
        column->addLayout(ways);
    }
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(contents);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (QWidget* child : contents->findChildren<QWidget*>())
        child->ensurePolished(); // fonts and paddings are known from now on
    const QMargins margins = column->contentsMargins();
    const int wide = width + margins.left() + margins.right(), high = column->totalHeightForWidth(wide);
    const int room = qRound(parent->screen()->availableGeometry().height() * highest);
    scroll->setVerticalScrollBarPolicy(high > room ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    scroll->setFixedSize(
        high > room ? QSize(wide + scroll->verticalScrollBar()->sizeHint().width(), room) : QSize(wide, high));
    auto* frame = new QVBoxLayout(this);
    frame->setContentsMargins(1, 1, 1, 1);
    frame->addWidget(scroll);
    (first ? first : contents->findChild<QLabel*>(QStringLiteral("notes.text")))->setFocus(Qt::PopupFocusReason);
}

} // namespace fplab
