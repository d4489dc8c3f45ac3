#pragma once

#include "ui/views/plot_view.h"

#include <QByteArray>
#include <QImage>

namespace fplab {

/// The view as an image of size x scale pixels.
[[nodiscard]] QImage figureImage(PlotView& view, QSize size, double scale, const Theme& theme, const FigureText& text);
/// The same as SVG; sizes in pixels of 1/96 inch, text as text.
[[nodiscard]] QByteArray figureSvg(PlotView& view, QSize size, const Theme& theme, const FigureText& text,
    const QString& title, const QString& description);
/// The same as PDF on a page of exactly that size; images inside are kept lossless.
[[nodiscard]] QByteArray figurePdf(
    PlotView& view, QSize size, const Theme& theme, const FigureText& text, const QString& title);

} // namespace fplab
