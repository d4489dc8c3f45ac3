#include "ui/views/figure.h"
#include "ui/views/paint.h"
#include "ui/views/plot_view_p.h"
#include "ui/views/view_table.h"

#include <QApplication>
#include <QClipboard>
#include <QMimeData>

#include <algorithm>

namespace fplab {

void PlotView::render(QCPPainter* painter, QSize size, const Theme& theme, const FigureText& text)
{
    const QCP::AntialiasedElements notAntialiased = d->plot->notAntialiasedElements();
    d->plot->setNotAntialiasedElements(QCP::aeNone);
    d->frame.exporting = true;
    d->frame.markStep = text.markStep;
    d->frame.style(theme);
    if (d->needsReset) {
        d->needsReset = false;
        reset();
    }
    refresh(theme);
    d->outdated = false;

    painter->save();
    painter->fillRect(QRect(QPoint(), size), theme.card);
    const QFont font = theme.plotFont();
    const QFontMetricsF metrics(font);
    const double edge = metrics.height() * 0.5;
    double top = edge * 0.6, bottom = 0;
    if (!text.title.isEmpty()) {
        QFont bold = font;
        bold.setBold(true);
        painter->setFont(bold);
        painter->setPen(theme.ink);
        painter->drawText(QRectF(edge, top, size.width() - 2 * edge, metrics.height() * 1.3),
            Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetricsF(bold).elidedText(text.title, Qt::ElideRight, size.width() - 2 * edge));
        top += metrics.height() * 1.4;
    }
    if (const QVector<KeyEntry>& key = d->note.key; text.legend && !key.isEmpty()) {
        drawKey(*painter, QRectF(edge, top, size.width() - 2 * edge, metrics.height() * 1.3), key, font, theme.ink);
        top += metrics.height() * 1.4;
    }
    if (!text.caption.isEmpty()) {
        QFont small = font;
        small.setPixelSize(std::max(8, qRound(font.pixelSize() * 0.75)));
        const QRectF room(edge, 0, size.width() - 2 * edge, size.height() * 0.4);
        const QRectF box = QFontMetricsF(small).boundingRect(room, Qt::TextWordWrap, text.caption);
        bottom = box.height() + edge;
        painter->setFont(small);
        painter->setPen(theme.muted);
        painter->drawText(QRectF(edge, size.height() - box.height() - edge * 0.6, room.width(), box.height() + 1),
            Qt::TextWordWrap, text.caption);
    }
    painter->translate(0, top);
    const QSize room(size.width(), std::max(60, static_cast<int>(size.height() - top - bottom)));
    d->frame.layOut(room);
    d->plot->toPainter(painter, room.width(), room.height());
    painter->restore();

    d->frame.exporting = false;
    d->plot->setNotAntialiasedElements(notAntialiased);
    refreshNow();
}

void PlotView::copy()
{
    const Theme& theme = d->lab.themes.theme();
    const FigureText text {.title = d->title, .legend = true, .caption = {}};
    const QSize size = d->plot->size().expandedTo({320, 200});
    auto* mime = new QMimeData;
    mime->setImageData(figureImage(*this, size, 2, theme, text));
    mime->setData(QStringLiteral("image/svg+xml"), figureSvg(*this, size, theme, text, d->title, summary()));
    mime->setText(tableText(table(), QLatin1Char('\t')));
    QApplication::clipboard()->setMimeData(mime);
    Q_EMIT message(tr("Copied \"%1\" as picture, drawing and numbers").arg(d->title));
}

void PlotView::copyValue()
{
    if (!d->probe)
        return;
    QApplication::clipboard()->setText(crosshairText());
    Q_EMIT message(tr("Copied: %1").arg(crosshairText()));
}

} // namespace fplab
