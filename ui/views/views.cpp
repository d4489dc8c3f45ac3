#include "ui/views/views.h"

#include "ui/views/alone_map_view.h"
#include "ui/views/delta_view.h"
#include "ui/views/error_view.h"
#include "ui/views/handoff_view.h"
#include "ui/views/heatmap_view.h"
#include "ui/views/loss_view.h"
#include "ui/views/modes_view.h"
#include "ui/views/output_view.h"
#include "ui/views/spectrum_view.h"

#include <array>

namespace fplab {
namespace {

template <class View> PlotView* make(const Lab& lab, QWidget* parent) { return new View(lab, parent); }

constexpr std::array<ViewKind, 9> kinds {{
    {"output", QT_TRANSLATE_NOOP("ViewKind", "Target and output"), make<OutputView>},
    {"spectrum", QT_TRANSLATE_NOOP("ViewKind", "Spectrum"), make<SpectrumView>},
    {"delta", QT_TRANSLATE_NOOP("ViewKind", "Relative error"), make<DeltaView>},
    {"heatmap", QT_TRANSLATE_NOOP("ViewKind", "Map of relative errors"), make<HeatmapView>},
    {"loss", QT_TRANSLATE_NOOP("ViewKind", "Loss"), make<LossView>},
    {"modes", QT_TRANSLATE_NOOP("ViewKind", "Error by mode"), make<ModesView>},
    {"error", QT_TRANSLATE_NOOP("ViewKind", "Error against cost"), make<ErrorView>},
    {"handoff", QT_TRANSLATE_NOOP("ViewKind", "Cost against the hand-off step"), make<HandoffView>},
    {"alone_map", QT_TRANSLATE_NOOP("ViewKind", "Map of the solver alone"), make<AloneMapView>},
}};

} // namespace

std::span<const ViewKind> viewKinds() { return kinds; }

std::vector<PlotView*> makeViews(const Lab& lab, QWidget* parent)
{
    std::vector<PlotView*> views;
    for (const ViewKind& kind : kinds)
        views.push_back(kind.make(lab, parent));
    return views;
}

ViewOccasion viewOccasion(const Lab& lab)
{
    const auto ids = [](const char* words) { return QString::fromLatin1(words).split(QLatin1Char(' ')); };
    if (!lab.handoff.available())
        return {QStringLiteral("fit"), ids("output spectrum delta heatmap loss"), ids("output spectrum delta heatmap"),
            ids("output spectrum delta heatmap loss")};
    const std::int64_t step = lab.handoff.pde().handoffStep;
    if (step > 0)
        return {QStringLiteral("handoff"), ids("output modes heatmap error handoff alone_map spectrum delta loss"),
            ids("output modes error handoff"), ids("output modes heatmap error handoff alone_map")};
    if (step < 0)
        return {QStringLiteral("network"), ids("output spectrum heatmap error delta modes alone_map handoff loss"),
            ids("output delta heatmap error"), ids("output spectrum heatmap error delta modes")};
    return {QStringLiteral("solver"), ids("output modes heatmap error delta spectrum loss"),
        ids("output modes heatmap error"), ids("output modes heatmap error delta")};
}

} // namespace fplab
