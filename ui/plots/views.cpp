#include "ui/plots/views.h"

#include "ui/plots/delta_view.h"
#include "ui/plots/heatmap_view.h"
#include "ui/plots/loss_view.h"
#include "ui/plots/output_view.h"
#include "ui/plots/spectrum_view.h"

#include <array>

namespace fplab {
namespace {

    template <class View> PlotView* make(const Lab& lab, QWidget* parent) { return new View(lab, parent); }

    constexpr std::array<ViewKind, 5> kinds {{
        {"output", QT_TRANSLATE_NOOP("ViewKind", "Target and output"), make<OutputView>},
        {"spectrum", QT_TRANSLATE_NOOP("ViewKind", "Spectrum"), make<SpectrumView>},
        {"delta", QT_TRANSLATE_NOOP("ViewKind", "Relative error"), make<DeltaView>},
        {"heatmap", QT_TRANSLATE_NOOP("ViewKind", "Map of relative errors"), make<HeatmapView>},
        {"loss", QT_TRANSLATE_NOOP("ViewKind", "Loss"), make<LossView>},
    }};

} // namespace

std::span<const ViewKind> viewKinds()
{
    return kinds;
}

std::vector<PlotView*> makeViews(const Lab& lab, QWidget* parent)
{
    std::vector<PlotView*> views;
    for (const ViewKind& kind : kinds)
        views.push_back(kind.make(lab, parent));
    return views;
}

} // namespace fplab
