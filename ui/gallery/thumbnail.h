#pragma once

#include "core/experiment/spec.h"
#include "ui/look/theme.h"

#include <QPixmap>

namespace fplab {

/// What a card shows: the target in ink and, in the network's colour, what the output looks like early in the training
/// (drawn from the settings, not trained); of an equation also what a grid solver has early, or how errors fall over
/// cost. Null where there is nothing to draw, as for samples from a file.
[[nodiscard]] QPixmap experimentThumbnail(const ExperimentSpec& spec, const Theme& theme, QSize size, qreal scale);

enum class OwnStart { Formula, Csv, Blank };
[[nodiscard]] QPixmap ownThumbnail(OwnStart start, const Theme& theme, QSize size, qreal scale);

} // namespace fplab
