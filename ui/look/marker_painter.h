#pragma once

#include "ui/look/theme.h"

#include <QPainter>
#include <QPointF>

namespace fplab {

/// Draws a marker of about `size` pixels around `center`; hollow if not filled.
void paintMarker(QPainter& painter, const PeakStyle& style, QPointF center, double size, bool filled = true);

} // namespace fplab
