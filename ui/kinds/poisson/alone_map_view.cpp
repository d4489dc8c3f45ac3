#include "ui/kinds/poisson/alone_map_view.h"

#include "ui/kinds/poisson/handoff_model.h"

namespace fplab {

AloneMapView::AloneMapView(const Lab& lab, QWidget* parent)
    : HeatmapView(lab, handoffOf(lab).aloneCursor(), QStringLiteral("alone_map"), tr("Δ map, solver alone"), parent)
{
    connect(&handoffOf(lab), &HandoffModel::changed, this, &PlotView::invalidate);
}

void AloneMapView::refresh(const Theme& theme)
{
    HeatmapView::refresh(theme);
    const HandoffModel& handoff = handoffOf(lab());
    if (shown().run.hasRun())
        setSubtitle(handoff.solverLabel());
    else
        setEmptyText(handoff.available() && handoff.pde().handoffStep != 0
                ? tr("%1 alone is run when the run on screen rests.").arg(handoff.solverLabel())
                : tr("Only beside a network."));
}

} // namespace fplab
