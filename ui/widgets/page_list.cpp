#include "ui/widgets/page_list.h"

#include <QEvent>

namespace fplab {

PageList::PageList(const QString& name, QWidget* parent)
    : QListWidget(parent)
{
    setAccessibleName(name);
    setProperty("pages", true);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
}

QSize PageList::sizeHint() const
{
    return {sizeHintForColumn(0) + 2 * frameWidth() + 4, QListWidget::sizeHint().height()};
}

QSize PageList::minimumSizeHint() const { return {sizeHint().width(), sizeHintForRow(0)}; }

void PageList::changeEvent(QEvent* event)
{
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
        scheduleDelayedItemsLayout(); // the view keeps the places of rows that had another height
        updateGeometry();
    }
}

void PageList::showEvent(QShowEvent* event)
{
    ensurePolished();
    doItemsLayout();
    updateGeometry();
    QListWidget::showEvent(event);
}

} // namespace fplab
