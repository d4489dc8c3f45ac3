#pragma once

#include "core/experiment/spec.h"
#include "ui/look/theme.h"

#include <QPainter>

namespace fplab {

/// The solution with what network and solver have of it early; where it is about what a solution costs, how errors
/// fall. False where the formula cannot be solved for. As KindWindow::drawThumbnail.
[[nodiscard]] bool drawPoissonThumbnail(QPainter& painter, QSizeF size, const ExperimentSpec& spec, const Theme& theme);

} // namespace fplab
