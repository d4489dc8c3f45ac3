#include "ui/views/plot_frame.h"

#include "ui/views/paint.h"
#include "ui/views/plot_view.h"
#include "ui/views/scales.h"

#include <algorithm>
#include <tuple>

namespace fplab {
namespace {

constexpr double fewestLines = 4; ///< of text, as high must the axes be beside their label

} // namespace

PlotFrame::PlotFrame(QWidget* parent)
    : plot(new QCustomPlot(parent))
{
    plot->setFocusPolicy(Qt::NoFocus);
    plot->setMouseTracking(true);
    plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    plot->setNoAntialiasingOnDrag(true);
    plot->addLayer(QStringLiteral("under"), plot->layer(QStringLiteral("grid")), QCustomPlot::limBelow);
    plot->addLayer(QStringLiteral("over"), plot->layer(QStringLiteral("legend")), QCustomPlot::limAbove);
    plot->addLayer(QStringLiteral("notes"), plot->layer(QStringLiteral("over")), QCustomPlot::limAbove);
    setOverlay(false);
    plot->axisRect()->setAutoMargins(QCP::msNone);
    new PaintItem(plot, QStringLiteral("notes"), false, [this](QCPPainter& p) { drawNotes(p); });
    QObject::connect(plot, &QCustomPlot::beforeReplot, plot, [this] { // the ranges may have moved since layOut()
        if (!exporting && !m_size.isEmpty() && tickNotes() != std::pair(m_xNote, m_yNote))
            layOut(m_size);
    });
}

std::pair<QString, QString> PlotFrame::tickNotes() const
{
    return {m_xTicker ? m_xTicker->note(plot->xAxis->range()) : QString(),
        m_yTicker ? m_yTicker->note(plot->yAxis->range()) : QString()};
}

void PlotFrame::setTickers(const std::shared_ptr<Ticker>& x, const std::shared_ptr<Ticker>& y)
{
    if (x == m_xTicker && y == m_yTicker)
        return;
    m_xTicker = x;
    m_yTicker = y;
    x->setLongest(6);
    y->setLongest(5); // the room beside the axis
    // QCustomPlot wants QSharedPointer: one that keeps ours alive.
    const auto share = [](const std::shared_ptr<Ticker>& ticker) {
        return QSharedPointer<QCPAxisTicker>(ticker.get(), [ticker](QCPAxisTicker*) {});
    };
    plot->xAxis->setTicker(share(x));
    plot->yAxis->setTicker(share(y));
}

void PlotFrame::style(const Theme& theme)
{
    look = theme;
    plot->setBackground(theme.card);
    const QFont font = theme.plotFont();
    for (QCPAxis* axis : {plot->xAxis, plot->yAxis}) {
        axis->setTickLabelFont(font);
        axis->setLabelFont(font);
        axis->setTickLabelColor(theme.muted);
        axis->setLabelColor(theme.muted);
        axis->setBasePen(QPen(axis == plot->xAxis ? theme.muted : QColor(Qt::transparent), 1));
        axis->setTickPen(QPen(axis == plot->xAxis ? theme.muted : QColor(Qt::transparent), 1));
        axis->setTickLength(0, axis == plot->xAxis ? 3 : 1); // of length 0 they would be dots in SVG files
        axis->setSubTicks(false);
        axis->setTickLabelPadding(axis == plot->xAxis ? 3 : 5);
        axis->setLabelPadding(0);
        axis->grid()->setPen(QPen(theme.grid, 1));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
}

void PlotFrame::layOut(QSize size)
{
    const QFontMetricsF metrics(look.plotFont());
    const bool yName = exporting && !yLabel.isEmpty(); // drawn by drawNotes(), in one place for all views
    const double line = metrics.height();
    const int left = qRound(metrics.horizontalAdvance(QStringLiteral("−00.0")) + 7 + roomLeft + (yName ? line : 0));
    const int right = qRound(metrics.horizontalAdvance(QStringLiteral("00")) * 0.8 + 4 + roomRight);
    const int edge = qRound(line * 0.7);
    m_size = size;
    m_low = size.height() - edge - 2 * line - 8 < fewestLines * line;
    const int bottom = qRound(line + 8 + (m_low ? 0 : line));
    plot->axisRect()->setVisible(empty.isEmpty());
    const QSize area = size - QSize(left + right, bottom + edge);
    if (m_xTicker) {
        m_xTicker->setWanted(std::clamp(static_cast<int>(area.width() / (line * 3.2)), 2, 10));
        m_xTicker->setClosest(0.6 * line / std::max(1, area.width()));
    }
    if (m_yTicker)
        m_yTicker->setWanted(std::clamp(static_cast<int>(area.height() / (line * 2.2)), 2, 8));
    std::tie(m_xNote, m_yNote) = tickNotes();
    const int top = edge + (m_yNote.isEmpty() ? 0 : qRound(line));
    plot->axisRect()->setMargins(QMargins(left, top, right, bottom));
    const double forLabel = area.width() + 2 * std::min(left, right);
    const QString name = metrics.horizontalAdvance(xLabel) <= forLabel
        ? xLabel
        : xLabel.section(QStringLiteral(" ("), 0, 0); // a remark needs room
    const QString label = m_xNote.isEmpty() ? name : QStringLiteral("%1  (%2)").arg(name, m_xNote);
    plot->xAxis->setLabel(m_low ? QString() : label);
}

void PlotFrame::setOverlay(bool used)
{
    plot->layer(QStringLiteral("overlay"))->setMode(used ? QCPLayer::lmBuffered : QCPLayer::lmLogical);
}

void PlotFrame::drawNotes(QCPPainter& p) const
{
    const QFont font = look.plotFont();
    const QRectF area = plot->axisRect()->rect();
    if (!empty.isEmpty()) {
        p.setFont(font);
        p.setPen(look.muted);
        p.drawText(QRectF(plot->viewport()).adjusted(24, 0, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, empty);
        return;
    }
    if (exporting && !yLabel.isEmpty()) {
        const double line = QFontMetricsF(font).height();
        p.save();
        p.translate(line * 0.7, area.center().y());
        p.rotate(-90);
        p.setFont(font);
        p.setPen(look.muted);
        p.drawText(QRectF(-area.height() / 2 - 20, -line / 2, area.height() + 40, line), Qt::AlignCenter, yLabel);
        p.restore();
    }
    p.setFont(font);
    p.setPen(look.muted);
    if (!m_yNote.isEmpty()) // in the line that layOut() left free
        p.drawText(QRectF(2, 1, plot->viewport().width() - 4, QFontMetricsF(font).height()),
            Qt::AlignLeft | Qt::AlignTop, m_yNote);
    if (m_low && !m_xNote.isEmpty())
        drawPill(p, {area.center().x(), area.bottom()}, Qt::AlignHCenter | Qt::AlignBottom, m_xNote, font, look.muted,
            look.card);
    // In the row of the axis label, where no data are; without that row on the upper edge of the axes.
    const double y = m_low ? area.top() : plot->viewport().bottom() + 1;
    const Qt::Alignment edge = m_low ? Qt::AlignVCenter : Qt::AlignBottom;
    const QFontMetricsF metrics(font);
    const double besideLabel
        = area.width() / 2 - metrics.horizontalAdvance(plot->xAxis->label()) / 2 - 18; // pills have ends
    const auto fits = [&](const QString& text) { return metrics.horizontalAdvance(text) < besideLabel; };
    if (!tag.isEmpty()) {
        const QString& text = m_low || !fits(tag) ? briefTag : tag;
        const bool inRow = !m_low && fits(text);
        if (!text.isEmpty()) // the axis tells it where there is no brief form
            drawPill(p, {area.right(), inRow ? y : area.top()},
                Qt::AlignRight | (inRow ? Qt::AlignBottom : Qt::AlignVCenter), text, font, look.pending,
                look.pendingGround);
    } else if (!hint.isEmpty() && !exporting && fits(hint))
        drawPill(p, {area.right(), y}, Qt::AlignRight | edge, hint, font, look.accent, look.accentGround);
    if (notShown > 0)
        drawPill(p, {area.left(), y}, Qt::AlignLeft | edge,
            notShown == 1 ? PlotView::tr("1 value not shown") : PlotView::tr("%1 values not shown").arg(notShown), font,
            look.error, look.errorGround);
}

} // namespace fplab
