#pragma once

#include "ui/plots/plot_view.h"

#include <span>
#include <vector>

namespace fplab {

/// A kind of view. A new one is a class and a row of this table.
struct ViewKind {
    const char* id;
    const char* title; ///< translated in context ViewKind: for menus
    PlotView* (*make)(const Lab& lab, QWidget* parent);
};

/// In the order of the keys 1, 2, 3, ...
[[nodiscard]] std::span<const ViewKind> viewKinds();

/// One of each.
[[nodiscard]] std::vector<PlotView*> makeViews(const Lab& lab, QWidget* parent);

} // namespace fplab
