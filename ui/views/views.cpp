#include "ui/views/views.h"

#include "ui/model/kind_window.h"
#include "ui/views/delta_view.h"
#include "ui/views/heatmap_view.h"
#include "ui/views/loss_view.h"
#include "ui/views/measured_view.h"
#include "ui/views/output_view.h"
#include "ui/views/spectrum_view.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace fplab {
namespace {

constexpr qsizetype compactTiles = 4;

template <class View> PlotView* make(const Lab& lab, QWidget* parent) { return new View(lab, parent); }

template <Role role> bool hasChannel(std::span<const Channel> channels)
{
    return findChannel(channels, role) != nullptr;
}

constexpr std::array<ViewKind, 5> ofAllKinds {{
    {"output", QT_TRANSLATE_NOOP("ViewKind", "Target and output"), make<OutputView>, "loss", hasChannel<Role::Output>},
    {"spectrum", QT_TRANSLATE_NOOP("ViewKind", "Spectrum"), make<SpectrumView>, "dft",
        hasChannel<Role::OutputSpectrum>},
    {"delta", QT_TRANSLATE_NOOP("ViewKind", "Relative error"), make<DeltaView>, "delta",
        hasChannel<Role::OutputSpectrum>},
    {"heatmap", QT_TRANSLATE_NOOP("ViewKind", "Map of relative errors"), make<HeatmapView>, "delta",
        hasChannel<Role::OutputSpectrum>},
    {"loss", QT_TRANSLATE_NOOP("ViewKind", "Loss"), make<LossView>, "loss", hasChannel<Role::TrainLoss>},
}};

/// Of all kinds too, but behind the others: they are offered beside whatever a kind chooses, where there is something.
constexpr std::array<ViewKind, 1> beside {{
    {"measured", QT_TRANSLATE_NOOP("ViewKind", "Measured beside training"), make<MeasuredView>, "measured",
        MeasuredView::accepts},
}};

} // namespace

std::span<const ViewKind> viewKinds()
{
    static const std::vector<ViewKind> all = [] {
        std::vector<ViewKind> rows(ofAllKinds.begin(), ofAllKinds.end());
        for (const KindWindow& kind : kindWindows())
            if (kind.views)
                std::ranges::copy(kind.views(), std::back_inserter(rows));
        rows.insert(rows.end(), beside.begin(), beside.end());
        return rows;
    }();
    return all;
}

const ViewKind& viewKindOf(const PlotView& view)
{
    return *std::ranges::find_if(
        viewKinds(), [&view](const ViewKind& kind) { return view.id() == QLatin1String(kind.id); });
}

std::vector<PlotView*> makeViews(const Lab& lab, QWidget* parent)
{
    std::vector<PlotView*> views;
    for (const ViewKind& kind : viewKinds())
        views.push_back(kind.make(lab, parent));
    return views;
}

namespace {

/// The views that the run fills; before there is a run, those of all kinds.
ViewOccasion usualOccasion(const Lab& lab)
{
    ViewOccasion occasion {QStringLiteral("fit"), {}, {}, {}};
    for (const ViewKind& row : ofAllKinds)
        if (lab.run.channels().empty() || row.accepts(lab.run.channels()))
            occasion.offered.append(QLatin1String(row.id));
    occasion.compact = occasion.offered.mid(0, compactTiles);
    occasion.wide = occasion.offered;
    return occasion;
}

} // namespace

ViewOccasion viewOccasion(const Lab& lab)
{
    const KindModel* kind = lab.kinds.current();
    const auto own = kind ? kind->occasion() : std::nullopt;
    ViewOccasion occasion = own ? *own : usualOccasion(lab);
    for (const ViewKind& row : beside)
        if (row.accepts(lab.run.channels()))
            occasion.offered.append(QLatin1String(row.id));
    return occasion;
}

} // namespace fplab
