#include "ui/views/plot_view_p.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QStyleHints>
#include <QToolButton>

#include <algorithm>

namespace fplab {
namespace {

bool isCopyValue(const QKeyEvent& key)
{
    return key.key() == Qt::Key_C && key.modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
}

} // namespace

bool PlotView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != d->plot)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::Resize)
        invalidate(); // other margins and ticks
    if (d->outdated && event->type() == QEvent::MouseMove && !d->pressed)
        return true; // a frame is on its way
    if (d->outdated && (event->isSinglePointEvent() || event->type() == QEvent::Wheel))
        refreshNow(); // what is pressed must be what is meant; no press may be lost
    switch (event->type()) {
    case QEvent::Paint:
        Q_EMIT painting();
        return false;
    case QEvent::MouseButtonPress: {
        auto* mouse = static_cast<QMouseEvent*>(event);
        d->choosing = !d->active;
        setActive(true);
        setFocus(Qt::MouseFocusReason);
        if (mouse->button() != Qt::LeftButton || !d->frame.empty.isEmpty())
            return mouse->button() == Qt::LeftButton;
        d->pressed = true;
        d->moved = d->doubled = false;
        d->pressedAt = mouse->position();
        d->grabbed = grabsAt(d->pressedAt);
        return d->grabbed;
    }
    case QEvent::MouseMove: {
        auto* mouse = static_cast<QMouseEvent*>(event);
        if (!d->frame.empty.isEmpty())
            return true;
        if (!d->pressed) {
            d->plot->setCursor(grabsAt(mouse->position()) ? grabShape() : Qt::ArrowCursor);
            d->byKeyboard = false;
            d->hint = clickHint(mouse->position());
            setCrosshair(axisArea().contains(mouse->position()) ? probeAt(mouse->position()) : std::nullopt);
            return false;
        }
        if (!d->moved) {
            if ((mouse->position() - d->pressedAt).manhattanLength() <= QApplication::startDragDistance() / 2.0)
                return true;
            d->moved = true;
            if (!d->grabbed)
                d->zoom.begin(PlotZoom::Gesture::Drag);
        }
        if (d->grabbed) {
            drag(d->pressedAt, mouse->position());
            return true;
        }
        return false;
    }
    case QEvent::MouseButtonRelease: {
        auto* mouse = static_cast<QMouseEvent*>(event);
        if (!d->pressed)
            return false;
        d->pressed = false;
        if (d->grabbed) {
            d->grabbed = false;
            dropped();
            return true;
        }
        if (!d->moved && !d->doubled)
            click(mouse->position());
        return false;
    }
    case QEvent::MouseButtonDblClick:
        d->doubled = true;
        fit();
        return true;
    case QEvent::Wheel:
        if (!d->frame.empty.isEmpty())
            return true;
        d->zoom.begin(PlotZoom::Gesture::Wheel);
        return false;
    case QEvent::Leave:
        if (!d->byKeyboard)
            setCrosshair(std::nullopt);
        return false;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

bool PlotView::event(QEvent* event)
{
    // While a plot has the focus its keys come before the window's single-key shortcuts.
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        static constexpr int ours[]
            = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Plus, Qt::Key_Minus, Qt::Key_Equal,
                Qt::Key_Home, Qt::Key_Backspace, Qt::Key_Return, Qt::Key_Enter, Qt::Key_T, Qt::Key_D, Qt::Key_F};
        const bool bare = !(key->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier));
        if ((bare && std::ranges::find(ours, key->key()) != std::end(ours)
                && !(key->key() == Qt::Key_F && key->modifiers()))
            || key->matches(QKeySequence::Copy) || isCopyValue(*key) || jumps(*key)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void PlotView::keyPressEvent(QKeyEvent* event)
{
    const auto zoom = [this](double factor) {
        d->zoom.begin(PlotZoom::Gesture::Key);
        xAxis()->scaleRange(factor, d->probe ? d->probe->at.x() : xAxis()->range().center());
        d->plot->replot(QCustomPlot::rpQueuedRefresh);
    };
    if (event->matches(QKeySequence::Copy))
        return copy();
    if (isCopyValue(*event))
        return copyValue();
    if (jumps(*event))
        return jumpCrosshair(event->key() == Qt::Key_Right);
    if (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Left:
        return moveCrosshair(-1, 0);
    case Qt::Key_Right:
        return moveCrosshair(1, 0);
    case Qt::Key_Up:
        return moveCrosshair(0, -1);
    case Qt::Key_Down:
        return moveCrosshair(0, 1);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(0.8);
    case Qt::Key_Minus:
        return zoom(1.25);
    case Qt::Key_Home:
        return fit();
    case Qt::Key_Backspace:
        return zoomBack();
    case Qt::Key_T:
        return showTable();
    case Qt::Key_D:
        return describe();
    case Qt::Key_F:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (d->probe)
            activate(*d->probe);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void PlotView::mousePressEvent(QMouseEvent* event)
{
    setActive(true); // beside the plot: header and edge
    setFocus(Qt::MouseFocusReason);
    QWidget::mousePressEvent(event);
}

void PlotView::focusInEvent(QFocusEvent* event)
{
    if (event->reason() != Qt::MouseFocusReason) // the press itself, which comes next, tells a choice from a click
        setActive(true);
    d->ring = event->reason() != Qt::MouseFocusReason && event->reason() != Qt::ActiveWindowFocusReason
        && event->reason() != Qt::PopupFocusReason;
    update();
}

void PlotView::focusOutEvent(QFocusEvent* event)
{
    if (event->reason() != Qt::PopupFocusReason) {
        d->ring = false;
        if (d->byKeyboard)
            setCrosshair(std::nullopt);
    }
    update();
}

void PlotView::contextMenuEvent(QContextMenuEvent* event) { d->header->moreButton().menu()->popup(event->globalPos()); }

} // namespace fplab
