#include "ui/views/figure.h"

#include "ui/views/qcp.h"

#include <QBuffer>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>

namespace fplab {

QImage figureImage(PlotView& view, QSize size, double scale, const Theme& theme, const FigureText& text)
{
    QImage image(qRound(size.width() * scale), qRound(size.height() * scale), QImage::Format_RGB32);
    image.fill(theme.card);
    QCPPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.scale(
        image.width() / static_cast<double>(size.width()), image.height() / static_cast<double>(size.height()));
    view.render(&painter, size, theme, text);
    painter.end();
    return image;
}

QByteArray figureSvg(PlotView& view, QSize size, const Theme& theme, const FigureText& text, const QString& title,
    const QString& description)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setResolution(96); // else Qt writes 12 px text as 9 px
    svg.setSize(size);
    svg.setViewBox(QRect(QPoint(), size));
    svg.setTitle(title);
    svg.setDescription(description);
    QCPPainter painter;
    painter.begin(&svg);
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    view.render(&painter, size, theme, text);
    painter.end();
    return buffer.data();
}

QByteArray figurePdf(PlotView& view, QSize size, const Theme& theme, const FigureText& text, const QString& title)
{
    constexpr int resolution = 1200;
    constexpr double pixel = resolution / 96.0;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter pdf(&buffer);
    pdf.setResolution(resolution);
    pdf.setPageSize(QPageSize(QSizeF(size) * 0.75, QPageSize::Point, QString(), QPageSize::ExactMatch));
    pdf.setPageMargins(QMarginsF());
    pdf.setTitle(title);
    pdf.setCreator(QStringLiteral("F-Principle Lab " FPLAB_VERSION));
    QCPPainter painter;
    painter.begin(&pdf);
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.setRenderHint(QPainter::LosslessImageRendering); // else images become JPEG
    painter.scale(pixel, pixel);
    view.render(&painter, size, theme, text);
    painter.end();
    return buffer.data();
}

} // namespace fplab
