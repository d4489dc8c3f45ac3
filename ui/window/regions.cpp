#include "ui/window/regions.h"

#include "ui/widgets/tab_order.h"

#include <QApplication>

namespace fplab {
namespace {

bool contains(const QWidget* region, const QWidget* widget)
{
    return widget && (region == widget || region->isAncestorOf(widget));
}

} // namespace

Regions::Regions(QObject* parent)
    : QObject(parent)
{
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { remember(now); });
}

void Regions::add(QWidget* region) { m_regions.append({region, nullptr}); }

void Regions::remember(QWidget* focus)
{
    for (Region& region : m_regions)
        if (contains(region.widget, focus))
            region.last = focus;
}

QWidget* Regions::entry(const Region& region) const
{
    if (!region.widget->isVisible())
        return nullptr;
    const auto order = tabOrder(*region.widget);
    return order.contains(region.last.data()) ? region.last.data() : order.value(0);
}

void Regions::move(int direction)
{
    const QWidget* focus = QApplication::focusWidget();
    const auto count = m_regions.size();
    qsizetype here = -1;
    for (qsizetype i = 0; i < count; ++i)
        if (m_regions[i].widget->isVisible() && contains(m_regions[i].widget, focus))
            here = i;
    if (here < 0 && direction < 0)
        here = 0; // from nowhere to the last
    for (qsizetype i = 1; i <= count; ++i) {
        if (QWidget* target = entry(m_regions[(here + count * 2 + direction * i) % count])) {
            enterByKeyboard(*target, direction > 0);
            return;
        }
    }
}

} // namespace fplab
