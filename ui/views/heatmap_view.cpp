#include "ui/views/heatmap_view.h"

#include "core/analysis/followed_bins.h"
#include "ui/look/color_maps.h"
#include "ui/views/equation_card.h"
#include "ui/views/paint.h"
#include "ui/views/view_options.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace fplab {
namespace {

constexpr int mostColumns = 800;
constexpr int paperLines = 400; ///< of an image in PDF and SVG
constexpr double scaleRoom = 54; ///< for the colour scale, at a 12 px font

class NoTicker : public Ticker {
protected:
    QString place(const QCPRange&, QVector<double>&, QStringList&) const override { return {}; }
};

} // namespace

HeatmapView::HeatmapView(const Lab& lab, QWidget* parent)
    : HeatmapView(lab, lab.cursor(), QStringLiteral("heatmap"), tr("Δ map"), parent)
{
}

HeatmapView::HeatmapView(
    const Lab& lab, const RunCursor& shown, const QString& id, const QString& title, QWidget* parent)
    : StepView(lab, shown, id, title, parent)
    , m_noTicks(std::make_shared<NoTicker>())
{
    options().addSwitch(QStringLiteral("followed_only"), tr("Followed peaks only"), m_followedOnly);
    options().addSwitch(QStringLiteral("contour"), tr("Line where Δ crosses the threshold"), m_contour);
    QVector<ViewOptions::Choice> maps;
    for (const ColorMap& map : colorMaps())
        maps.append({QLatin1String(map.id), QCoreApplication::translate("ColorMap", map.label)});
    options().addChoice(QStringLiteral("colors"), tr("Colours"), maps, m_map);
    addPainter(Level::Curves, true, [this](QCPPainter& p) { draw(p); });
    addPainter(Level::Over, false, [this](QCPPainter& p) {
        drawRowNames(p);
        drawScale(p);
    });
}

void HeatmapView::reset()
{
    StepView::reset();
    m_image.setColors(colorMaps()[m_map]);
}

void HeatmapView::analysisChanged() { m_image.invalidate(); }

std::vector<std::size_t> HeatmapView::rows() const
{
    const AnalysisModel& analysis = shown().analysis;
    if (m_followedOnly)
        return analysis.peaks();
    const auto& amplitudes = analysis.targetAmplitudes();
    const auto limit = amplitudes.size();
    const double largest = *std::ranges::max_element(amplitudes);
    std::size_t last = analysis.peaks().empty() ? 3 : analysis.peaks().back();
    for (std::size_t k = 1; k < limit; ++k)
        if (amplitudes[k] > 0.05 * largest)
            last = std::max(last, k);
    std::vector<std::size_t> bins;
    for (std::size_t k = 1; k < std::min(limit, last + 3); ++k)
        bins.push_back(k);
    return bins;
}

void HeatmapView::refresh(const Theme& theme)
{
    const AnalysisModel& analysis = shown().analysis;
    setSubtitle({});
    if (!shown().run.hasRun()) {
        setEmptyText(tr("No experiment yet. Choose one in the gallery (Ctrl+N)."));
        return;
    }
    if (!analysis.available()) {
        setEmptyText(tr("A map needs a spectrum, and that needs data of one dimension."));
        return;
    }
    m_rows = rows();
    if (m_rows.empty()) {
        setEmptyText(tr("No peaks followed. Click a peak in the spectrum."));
        return;
    }
    setEmptyText({});
    const double em = QFontMetricsF(theme.plotFont()).height() / 16;
    setSideRoom(0, scaleRoom * em);
    setScales(scale().axis(), {.quantity = m_followedOnly ? QStringLiteral("peak") : QStringLiteral("k")});
    setAutoRange(stepLeft(), stepRight(), -0.5, static_cast<double>(m_rows.size()) - 0.5);
    setTickers(stepTicker(), m_noTicks);
    setAxisLabels(tr("step"), tr("frequency index k"));
    const QString learnt
        = QLatin1String(colorMaps()[m_map].id) == QLatin1String("paper") ? tr("red = learnt") : tr("dark = learnt");
    setSubtitle(metricOf(analysis.settings()) == Metric::Complex ? learnt : tr("%1, by amplitude").arg(learnt), learnt);
    setNotShown(0);
    setStateNotes(false, false);
}

void HeatmapView::updateImage()
{
    const History& history = shown().run.history();
    const QCPRange range = xAxis()->range();
    m_image.update(
        {.rows = m_rows,
            .low = range.lower,
            .high = range.upper,
            .columns = std::clamp(static_cast<int>(axisArea().width()), 64, mostColumns)},
        history.size(), history.revision(), [this](std::size_t i) { return coordinateOf(i); },
        [this](std::size_t i) { return shown().analysis.errorsAt(i); });
}

QRectF HeatmapView::rowArea(std::size_t row) const
{
    const QRectF area = axisArea();
    return {QPointF(area.left(), toPixel(0, static_cast<double>(row) + 0.5).y()),
        QPointF(area.right(), toPixel(0, static_cast<double>(row) - 0.5).y())};
}

int HeatmapView::rowAt(QPointF pixel) const
{
    const QRectF area = axisArea();
    const double row = std::round(fromPixel(pixel).y());
    if (pixel.y() < area.top() || pixel.y() > area.bottom() || row < 0 || row >= static_cast<double>(m_rows.size()))
        return -1;
    return static_cast<int>(row);
}

void HeatmapView::draw(QCPPainter& p)
{
    updateImage();
    if (m_image.filled() <= 0)
        return;
    const QRectF area = axisArea();
    const auto count = static_cast<double>(m_rows.size());
    const double right = area.left() + area.width() * m_image.filled() / m_image.columns();
    const QRectF whole(QPointF(area.left(), toPixel(0, count - 0.5).y()), QPointF(right, toPixel(0, -0.5).y()));
    const QRectF target = whole & area; // SVG has no clipping
    if (target.isEmpty())
        return;
    const AnalysisModel& analysis = shown().analysis;
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        if (!analysis.meaningful()[m_rows[row]])
            drawHatch(p, rowArea(row) & target, look().line);
    p.save();
    p.setRenderHint(QPainter::SmoothPixmapTransform, false);
    p.setAntialiasing(false);
    if (p.modes().testFlag(QCPPainter::pmVectorized)) {
        const double rowsPerPixel = count / whole.height();
        p.drawImage(target,
            m_image.part((target.top() - whole.top()) * rowsPerPixel, target.height() * rowsPerPixel, paperLines));
    } else {
        p.drawImage(whole, m_image.image(), QRect(0, 0, m_image.filled(), m_image.image().height()));
    }
    // One pixel between thick rows, as between bars.
    const double thickness = rowArea(0).height();
    if (thickness > 9) {
        p.setPen(QPen(look().card, thickness > 24 ? 2 : 1));
        for (std::size_t row = 1; row < m_rows.size(); ++row) {
            const double y = rowArea(row).bottom();
            if (y > target.top() && y < target.bottom())
                p.drawLine(QPointF(target.left(), y), QPointF(target.right(), y));
        }
    }
    p.restore();
    for (std::size_t row = 0; row < m_rows.size();
         ++row) // followed where the target has next to nothing: the colours mean nothing
        if (const int peak = analysis.peakIndex(m_rows[row]);
            peak >= 0 && !analysis.passages()[static_cast<std::size_t>(peak)].inTarget) {
            p.fillRect(rowArea(row) & target, look().card);
            drawHatch(p, rowArea(row) & target, look().line);
        }
    if (m_contour)
        drawContour(p, target);
}

void HeatmapView::drawContour(QCPPainter& p, const QRectF& target) const
{
    const double threshold = shown().analysis.settings().threshold, width = target.width() / m_image.filled();
    QVector<QLineF> lines;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const QRectF band = rowArea(row) & target;
        if (band.isEmpty())
            continue;
        for (const int column : m_image.crossings(row, threshold)) {
            const double x = target.left() + column * width;
            lines.append({QPointF(x, band.top()), QPointF(x, band.bottom())});
        }
    }
    p.setPen(QPen(QColor(Qt::white), 3, Qt::SolidLine, Qt::FlatCap));
    p.drawLines(lines);
    p.setPen(QPen(QColor(Qt::black), 1, Qt::SolidLine, Qt::FlatCap));
    p.drawLines(lines);
}

void HeatmapView::drawRowNames(QCPPainter& p) const
{
    const QRectF area = axisArea();
    const QFont font = look().plotFont();
    QFont bold = font;
    bold.setBold(true);
    const QFontMetricsF metrics(font);
    const double line = metrics.height(), size = 7 * line / 16;
    double above = std::numeric_limits<double>::infinity(); ///< top of the last name drawn, from below
    const auto write = [&](std::size_t row, bool followed) {
        const double y = rowArea(row).center().y();
        if (y < area.top() || y > area.bottom())
            return;
        const int peak = shown().analysis.peakIndex(m_rows[row]);
        const QString text = QString::number(m_rows[row]);
        p.setFont(followed ? bold : font);
        const PeakStyle style
            = followed ? look().peak(shown().analysis.style(static_cast<std::size_t>(peak))) : PeakStyle {look().muted};
        p.setPen(style.color);
        const double width = QFontMetricsF(followed ? bold : font).horizontalAdvance(text);
        p.drawText(
            QRectF(area.left() - 6 - width, y - line / 2, width + 2, line), Qt::AlignLeft | Qt::AlignVCenter, text);
        if (followed)
            drawMarker(p, style.marker, {area.left() - 11 - width - size / 2, y + 0.5}, size, style.color);
    };
    // Followed rows always have their name; the others where there is room.
    QVector<double> occupied;
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        if (shown().analysis.peakIndex(m_rows[row]) >= 0) {
            const double y = rowArea(row).center().y();
            if (above - y < line * 0.8)
                continue;
            above = y;
            occupied.append(y);
            write(row, true);
        }
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const double y = rowArea(row).center().y();
        if (std::ranges::any_of(occupied, [&](double other) { return std::abs(other - y) < line * 0.95; }))
            continue;
        occupied.append(y);
        write(row, false);
    }
    if (!exporting()) {
        p.setFont(font);
        p.setPen(look().muted);
        p.drawText(QRectF(area.left() - 2 * line, area.bottom() + 5, 1.3 * line, line),
            Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("k"));
    }
}

void HeatmapView::drawScale(QCPPainter& p) const
{
    const QRectF area = axisArea();
    const double em = QFontMetricsF(look().plotFont()).height() / 16;
    const QRectF bar(area.right() + 12 * em, area.top(), 10 * em, area.height());
    const QImage shades = m_image.scale();
    p.drawImage(bar, p.modes().testFlag(QCPPainter::pmVectorized) ? shades.scaled(8, shades.height() * 2) : shades);
    p.setFont(look().plotFont());
    p.setPen(look().muted);
    const double line = 16 * em;
    QVector<double> taken;
    const auto write = [&](double share, const QString& text) { // the more important first
        const double y = bar.bottom() - share * bar.height();
        if (std::ranges::any_of(taken, [&](double other) { return std::abs(other - y) < 0.8 * line; }))
            return;
        taken.append(y);
        p.drawText(QRectF(bar.right() + 5, y - line / 2, 60 * em, line), Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    const double threshold = shown().analysis.settings().threshold;
    if (threshold < 0.95) {
        write(threshold, formatNumber(threshold, 2));
        const double y = bar.bottom() - threshold * bar.height();
        p.setPen(QPen(look().ink, 1.5));
        p.drawLine(QPointF(bar.left() - 3, y), QPointF(bar.right() + 2, y));
        p.setPen(look().muted);
    }
    write(1, QStringLiteral("1"));
    write(0, QStringLiteral("0"));
    write(0.6, QStringLiteral("Δ"));
}

int HeatmapView::curveCount() const { return m_image.taken() > 0 ? static_cast<int>(m_rows.size()) : 0; }
int HeatmapView::pointCount(int) const { return static_cast<int>(shown().run.history().size()); }

PlotView::Probe HeatmapView::probe(int curve, int index) const
{
    const double error = shown().analysis.errorsAt(index)[m_rows[curve]];
    return {.at = {coordinateOf(index), static_cast<double>(curve)},
        .text = tr("k = %1   step %2   %3")
                    .arg(m_rows[curve])
                    .arg(formatStep(shown().run.history().at(index).step),
                        std::isnan(error) ? tr("not in the target") : tr("Δ = %1").arg(formatNumber(error, 4))),
        .curve = curve,
        .index = index};
}

std::optional<PlotView::Probe> HeatmapView::probeAt(QPointF pixel) const
{
    const int row = rowAt(pixel), record = recordAt(pixel);
    if (row < 0 || record < 0 || curveCount() == 0)
        return std::nullopt;
    return probe(row, record);
}

void HeatmapView::activate(const Probe& probe) { Q_EMIT peakToggleRequested(static_cast<int>(m_rows[probe.curve])); }

void HeatmapView::click(QPointF pixel)
{
    if (pixel.x() >= axisArea().left()) {
        StepView::click(pixel);
        return;
    }
    if (const int row = rowAt(pixel); row >= 0)
        Q_EMIT peakToggleRequested(static_cast<int>(m_rows[row]));
}

QString HeatmapView::summary() const
{
    const AnalysisModel& analysis = shown().analysis;
    const int record = shown().timeline.index();
    if (!analysis.available() || record < 0)
        return shown().run.hasRun() ? tr("These data have no spectrum.") : tr("No experiment is loaded.");
    const auto errors = analysis.errorsAt(record);
    const double threshold = analysis.settings().threshold;
    QStringList below, above;
    for (const Passage& passage : analysis.passages())
        if (passage.inTarget)
            (errors[passage.k] < threshold ? below : above).append(QString::number(passage.k));
    const QString start = tr("At step %1").arg(shown().timeline.step());
    const QString limit = formatNumber(threshold);
    if (below.isEmpty())
        return tr("%1 no followed frequency is below %2.").arg(start, limit);
    if (above.isEmpty())
        return tr("%1 all followed frequencies are below %2: k = %3.")
            .arg(start, limit, below.join(QStringLiteral(", ")));
    return tr("%1 the frequencies k = %2 are below %3, k = %4 are not.")
        .arg(start, below.join(QStringLiteral(", ")), limit, above.join(QStringLiteral(", ")));
}

ViewTable HeatmapView::table() const
{
    ViewTable table;
    if (!shown().analysis.available())
        return table;
    const std::vector<std::size_t> bins = rows();
    table.columns.append(QStringLiteral("step"));
    for (const std::size_t k : bins)
        table.columns.append(QStringLiteral("delta_k%1").arg(k));
    const History& history = shown().run.history();
    for (std::size_t i = 0; i < history.size(); ++i) {
        const auto errors = shown().analysis.errorsAt(i);
        QVector<double> row {static_cast<double>(history.at(i).step)};
        for (const std::size_t k : bins)
            row.append(errors[k]);
        table.rows.append(row);
    }
    return table;
}

QString HeatmapView::equation() const
{
    return displayed(tr("Δ<sub>F</sub>(k) = |<i>ĥ</i><sub>k</sub> − <i>f̂</i><sub>k</sub>| / |<i>f̂</i><sub>k</sub>|"))
        + tr("<p>%1</p><p>One row per frequency, time runs to the right; colours end at Δ = 1. Where the principle "
             "holds the "
             "dark front climbs from low to high frequencies. Hatched rows are not in the target.</p>")
              .arg(summary().toHtmlEscaped())
        + paperS2();
}

} // namespace fplab
