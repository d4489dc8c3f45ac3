#include "ui/window/presenter.h"

#include "ui/window/view_grid.h"

#include <QApplication>
#include <QKeyEvent>

#include <algorithm>
#include <utility>

namespace fplab {
namespace {

bool isModifier(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_Meta
        || key == Qt::Key_AltGr;
}

} // namespace

Presenter::Presenter(QWidget& window, ViewGrid& views, const QWidgetList& only, const QWidgetList& aside, int rest)
    : QObject(&window)
    , m_window(window)
    , m_views(views)
    , m_only(only)
    , m_aside(aside)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(rest);
    connect(&m_rest, &QTimer::timeout, this, &Presenter::hidePointer);
}

Presenter::~Presenter()
{
    qApp->removeEventFilter(this);
    showPointer();
}

void Presenter::setOn(bool on)
{
    if (on == m_on)
        return;
    m_on = on;
    for (QWidget* widget : m_only)
        widget->setVisible(on);
    if (on) {
        m_before = m_window.windowState();
        std::ranges::copy_if(
            m_aside, std::back_inserter(m_hidden), [](const QWidget* widget) { return !widget->isHidden(); });
        for (QWidget* widget : std::as_const(m_hidden))
            widget->hide();
        qApp->installEventFilter(this);
    } else {
        unblank();
        m_rest.stop();
        showPointer();
        qApp->removeEventFilter(this);
        for (QWidget* widget : std::exchange(m_hidden, {}))
            widget->show();
    }
    m_awake.setOn(on);
    m_views.setPlainHeaders(on);
    m_views.setLayout(on ? ViewGrid::Layout::Hero : ViewGrid::Layout::Tiles);
    Q_EMIT toggled(on);
    if (on)
        m_window.showFullScreen();
    else
        m_window.setWindowState(m_before);
}

void Presenter::blank()
{
    if (!m_on || m_black)
        return;
    m_black = new QWidget(&m_window);
    m_black->setAccessibleName(tr("The screen is black until the next key"));
    m_black->setStyleSheet(
        QStringLiteral("background: black")); // the style sheet of the application wins over palettes
    m_black->setAttribute(Qt::WA_StyledBackground);
    m_black->setCursor(Qt::BlankCursor);
    m_black->setGeometry(m_window.rect());
    m_black->show();
    m_black->raise();
}

void Presenter::unblank()
{
    if (m_black)
        std::exchange(m_black, nullptr)->deleteLater();
}

bool Presenter::eventFilter(QObject* watched, QEvent* event)
{
    auto* widget = qobject_cast<QWidget*>(watched);
    if (!widget || widget->window() != &m_window)
        return QObject::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::Enter:
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
        followPointer(widget);
        break;
    case QEvent::Resize:
        if (m_black && widget == &m_window)
            m_black->setGeometry(m_window.rect());
        break;
    case QEvent::ShortcutOverride: {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (m_black) {
            event->accept(); // no shortcut: the press itself returns
            return true;
        }
        if (key == Qt::Key_PageUp || key == Qt::Key_PageDown)
            return true; // a clicker's keys are the window's, whatever has the focus
        break;
    }
    default:
        break;
    }
    const bool key = event->type() == QEvent::KeyPress && !isModifier(static_cast<QKeyEvent*>(event)->key());
    if (m_black && (key || (event->type() == QEvent::MouseButtonPress && widget == m_black))) {
        unblank();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

void Presenter::followPointer(QWidget* widget)
{
    m_under = widget;
    showPointer();
    m_rest.start();
}

void Presenter::hidePointer()
{
    if (m_pointerHidden || !m_under || !m_views.isAncestorOf(m_under))
        return;
    m_pointerHidden = true;
    QApplication::setOverrideCursor(Qt::BlankCursor);
}

void Presenter::showPointer()
{
    if (std::exchange(m_pointerHidden, false))
        QApplication::restoreOverrideCursor();
}

} // namespace fplab
