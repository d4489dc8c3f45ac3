#include "ui/widgets/toast.h"

#include <QAccessible>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>

namespace fplab {
namespace {
constexpr int leaving = 3000; ///< milliseconds after the pointer has left
}

Toast::Toast(const ThemeManager& themes, QWidget* parent, QWidget* above)
    : QFrame(parent)
    , m_themes(themes)
    , m_above(above)
    , m_text(new QLabel(this))
    , m_action(new QToolButton(this))
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("toast"));
    setProperty("toast", true);
    m_action->setObjectName(QStringLiteral("toast.action"));
    m_action->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_action->setFocusPolicy(Qt::TabFocus);
    m_close->setObjectName(QStringLiteral("toast.close"));
    m_close->setAccessibleName(tr("Dismiss"));
    m_close->setProperty("flat", true);
    m_close->setFocusPolicy(Qt::TabFocus);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 6, 6, 6);
    row->setSpacing(10);
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    row->addWidget(m_close);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (hasKeyboard())
            m_timer.start(leaving);
        else
            hide();
    });
    connect(m_close, &QToolButton::clicked, this, &Toast::dismiss);
    connect(m_action, &QToolButton::clicked, this, [this] {
        const auto run = m_run; // it may show another message
        dismiss();
        run();
    });
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget* before, const QWidget* now) {
        if (now && isAncestorOf(now))
            m_timer.stop();
        else if (before && isAncestorOf(before) && isVisible())
            m_timer.start(3000);
    });
    parent->installEventFilter(this);
    hide();
}

void Toast::show(const QString& text)
{
    m_action->hide();
    present(text, std::max(6000, static_cast<int>(text.size()) * 70));
}

void Toast::offer(const QString& text, const QString& action, std::function<void()> run)
{
    m_run = std::move(run);
    m_action->setText(action);
    m_action->show();
    present(text, std::max(15'000, static_cast<int>(text.size()) * 70));
}

void Toast::dismiss()
{
    m_timer.stop();
    hide();
}

bool Toast::hasKeyboard() const { return m_action->hasFocus() || m_close->hasFocus(); }

void Toast::present(const QString& text, int milliseconds)
{
    m_text->setText(text);
    setAccessibleName(text);
    const Theme& theme = m_themes.theme();
    m_close->setIcon(theme.icon(QStringLiteral("close"), theme.card));
    m_timer.start(milliseconds);
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

void Toast::leaveEvent(QEvent*) { m_timer.start(leaving); }

} // namespace fplab
