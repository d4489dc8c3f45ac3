#include "ui/views/plot_accessible.h"

#include "ui/views/plot_view.h"

#include <QAccessibleWidget>

namespace fplab {
namespace {

class AccessiblePlot : public QAccessibleWidget {
public:
    explicit AccessiblePlot(PlotView* view)
        : QAccessibleWidget(view, QAccessible::Chart)
    {
    }
    QString text(QAccessible::Text kind) const override
    {
        const auto* view = static_cast<const PlotView*>(widget());
        switch (kind) {
        case QAccessible::Name:
            return view->title();
        case QAccessible::Description:
            return view->summary();
        case QAccessible::Value:
            return view->crosshairText();
        default:
            return QAccessibleWidget::text(kind);
        }
    }
};

QAccessibleInterface* plotFactory(const QString& className, QObject* object)
{
    if (className != QLatin1String("fplab::PlotView"))
        return nullptr;
    return new AccessiblePlot(static_cast<PlotView*>(object));
}

} // namespace

void installPlotAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(plotFactory);
        return true;
    }();
    Q_UNUSED(installed)
}

} // namespace fplab
