#pragma once

#include "ui/theme.h"

#include <QPainter>
#include <QPointF>

namespace fplab {

/// Draws a filled marker of about `size` pixels around `center`.
void paintMarker(QPainter& painter, const PeakStyle& style, QPointF center, double size);

} // namespace fplab
