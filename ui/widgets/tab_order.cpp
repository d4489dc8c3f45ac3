#include "ui/widgets/tab_order.h"

#include <QLayout>
#include <QScrollArea>
#include <QSet>
#include <QWidget>

namespace fplab {
namespace {

class Collector {
public:
    explicit Collector(QList<QWidget*>& found)
        : m_found(found)
    {
    }

    void visit(QWidget& widget)
    {
        if (!widget.isVisible() || m_seen.contains(&widget))
            return;
        m_seen.insert(&widget);
        if ((widget.focusPolicy() & Qt::TabFocus) && widget.isEnabled() && !widget.focusProxy())
            m_found.append(&widget);
        if (widget.layout())
            visit(*widget.layout());
        for (QObject* child : widget.children()) // what no layout holds
            if (auto* inner = qobject_cast<QWidget*>(child); inner && !inner->isWindow())
                visit(*inner);
    }

private:
    void visit(QLayout& layout)
    {
        for (int i = 0; i < layout.count(); ++i) {
            QLayoutItem* item = layout.itemAt(i);
            if (item->layout())
                visit(*item->layout());
            else if (item->widget())
                visit(*item->widget());
        }
    }

    QList<QWidget*>& m_found;
    QSet<QWidget*> m_seen;
};

} // namespace

QList<QWidget*> tabOrder(QWidget& root)
{
    QList<QWidget*> found;
    Collector(found).visit(root);
    return found;
}

bool moveFocusInOrder(QWidget& window, bool next)
{
    const auto order = tabOrder(window);
    if (order.isEmpty())
        return false;
    QWidget* focus = window.focusWidget();
    while (focus && !order.contains(focus))
        focus = focus->parentWidget(); // e.g. the line inside of a spin box
    const auto at = order.indexOf(focus);
    const auto count = order.size();
    const auto to = at < 0 ? (next ? 0 : count - 1) : (at + (next ? 1 : -1) + count) % count;
    enterByKeyboard(*order[to], next);
    return true;
}

void enterByKeyboard(QWidget& widget, bool forward)
{
    widget.setFocus(forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    for (QWidget* around = widget.parentWidget(); around; around = around->parentWidget())
        if (auto* area = qobject_cast<QScrollArea*>(around))
            area->ensureWidgetVisible(&widget);
}

} // namespace fplab
