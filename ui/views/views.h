#pragma once

#include "ui/model/view_occasion.h"
#include "ui/views/plot_view.h"
#include "ui/views/view_kind.h"

#include <span>
#include <vector>

namespace fplab {

/// In the order of the keys 1, 2, 3, ...: those of all kinds of experiments, then those that a kind alone has.
[[nodiscard]] std::span<const ViewKind> viewKinds();
/// The row of a view.
[[nodiscard]] const ViewKind& viewKindOf(const PlotView& view);

/// One of each.
[[nodiscard]] std::vector<PlotView*> makeViews(const Lab& lab, QWidget* parent);

/// As the kind of experiment says, else the views that the run fills. Before there is a run, those of all kinds.
[[nodiscard]] ViewOccasion viewOccasion(const Lab& lab);

} // namespace fplab
