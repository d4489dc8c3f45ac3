#include "ui/controls/toast.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>

namespace fplab {

Toast::Toast(const ThemeManager& themes, QWidget* parent, QWidget* above)
    : QFrame(parent)
    , m_themes(themes)
    , m_above(above)
    , m_text(new QLabel(this))
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("toast"));
    setProperty("toast", true);
    m_close->setObjectName(QStringLiteral("toast.close"));
    m_close->setAccessibleName(tr("Dismiss"));
    m_close->setProperty("flat", true);
    m_close->setFocusPolicy(Qt::TabFocus);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 6, 6, 6);
    row->setSpacing(10);
    row->addWidget(m_text, 1);
    row->addWidget(m_close);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Toast::hide);
    connect(m_close, &QToolButton::clicked, this, [this] {
        m_timer.stop();
        hide();
    });
    parent->installEventFilter(this);
    hide();
}

void Toast::show(const QString& text)
{
    m_text->setText(text);
    setAccessibleName(text);
    const Theme& theme = m_themes.theme();
    m_close->setIcon(theme.icon(QStringLiteral("close"), theme.card));
    m_timer.start(std::max(6000, static_cast<int>(text.size()) * 70));
    place();
    QFrame::show();
    raise();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Toast::withdraw(const QString& text)
{
    if (!isVisible() || text != m_text->text())
        return;
    m_timer.stop();
    hide();
}

void Toast::place()
{
    m_text->setWordWrap(false);
    const int widest = parentWidget()->width() - 24;
    if (sizeHint().width() > widest)
        m_text->setWordWrap(true);
    resize(std::min(widest, sizeHint().width()), m_text->wordWrap() ? heightForWidth(widest) : sizeHint().height());
    const int bottom = m_above ? m_above->mapTo(parentWidget(), QPoint()).y() : parentWidget()->height();
    move(12, bottom - height() - 12);
}

bool Toast::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

void Toast::enterEvent(QEnterEvent*) { m_timer.stop(); }

void Toast::leaveEvent(QEvent*) { m_timer.start(3000); }

} // namespace fplab
