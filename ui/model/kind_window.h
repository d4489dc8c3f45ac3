#pragma once

#include "core/experiment/spec.h"

#include <QSizeF>

#include <memory>
#include <span>
#include <string_view>

class QPainter;

namespace fplab {

class KindModel;
class RunController;
struct Theme;
struct ViewKind;

/// What a kind has of its own in the window. All of it may be missing, and so may the row: then what all kinds have
/// does.
struct KindWindow {
    std::string_view id; ///< of the kind
    std::unique_ptr<KindModel> (*makeModel)(RunController& run) = nullptr;
    std::span<const ViewKind> (*views)() = nullptr; ///< offered where the model says so, see KindModel::occasion()
    /// The picture of a card, in `size` from (0, 0) on; false where there is nothing to draw.
    bool (*drawThumbnail)(QPainter& painter, QSizeF size, const ExperimentSpec& spec, const Theme& theme) = nullptr;
    /// How many steps such a run takes; missing: as many as its stop rule says.
    double (*expectedSteps)(const ExperimentSpec& spec) = nullptr;
};

/// The rows there are, in ui/kinds/registry.cpp; a kind that wants one adds it there.
[[nodiscard]] std::span<const KindWindow> kindWindows();
/// The row of the spec's kind; an empty one where it has none.
[[nodiscard]] const KindWindow& kindWindowOf(const ExperimentSpec& spec);

} // namespace fplab
