#pragma once

#include "ui/views/plot_view.h"

#include <QStringList>

#include <span>
#include <vector>

namespace fplab {

/// A kind of view. A new one is a class, a row of this table, and a place in the occasions.
struct ViewKind {
    const char* id;
    const char* title; ///< translated in context ViewKind: for menus
    PlotView* (*make)(const Lab& lab, QWidget* parent);
};

/// In the order of the keys 1, 2, 3, ...
[[nodiscard]] std::span<const ViewKind> viewKinds();

/// One of each.
[[nodiscard]] std::vector<PlotView*> makeViews(const Lab& lab, QWidget* parent);

/// Which views fit what is open.
struct ViewOccasion {
    QString id; ///< stable: what the user chooses is kept for each
    QStringList offered; ///< ids, in the order of the tiles
    QStringList compact, wide; ///< shown without a choice of the user's: on a laptop, on a large screen
};
[[nodiscard]] ViewOccasion viewOccasion(const Lab& lab);

} // namespace fplab
