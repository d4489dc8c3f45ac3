#include "ui/views/delta_view.h"

#include "core/analysis/followed_bins.h"
#include "ui/text/number_text.h"
#include "ui/text/passage_words.h"
#include "ui/views/equation_card.h"
#include "ui/views/paint.h"
#include "ui/views/view_options.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fplab {
namespace {

constexpr double smallestError = 1e-9; ///< zero stands here on a logarithmic axis
constexpr double lowestOrdinate = -8, highestOrdinate = 3;
constexpr double moreRoom = 2.1; ///< decades below the threshold, and more at a time where curves stay below
constexpr qsizetype staying = 12; ///< so many records in a row are no passing dip
constexpr double grabReach = 6; ///< pixels
constexpr int smallestName = 10; ///< pixels
constexpr double nameRoom = 34; ///< for the names at the right ends, in units of an 12 px font

bool staysBelow(const LineSeries& line, double level)
{
    const auto& points = line.points();
    return points.size() >= staying
        && std::all_of(points.end() - staying, points.end(), [&](QPointF p) { return p.y() < level; });
}

} // namespace

DeltaView::DeltaView(const Lab& lab, QWidget* parent)
    : StepView(lab, lab.cursor(), QStringLiteral("delta"), tr("Relative error Δ(k)"), parent)
    , m_logTicker(std::make_shared<LogTicker>())
    , m_numbers(std::make_shared<NumberTicker>())
{
    options().addSwitch(QStringLiteral("log_error"), tr("Logarithmic error axis"), m_logarithmic);
    addPainter(Level::Curves, true, [this](QCPPainter& p) { drawCurves(p); });
    addPainter(Level::Over, false, [this](QCPPainter& p) { drawThreshold(p); });
    addPainter(Level::Over, false, [this](QCPPainter& p) { drawNames(p); });
}

double DeltaView::ordinate(double error) const
{
    if (!std::isfinite(error))
        return std::numeric_limits<double>::quiet_NaN();
    return m_logarithmic ? std::log10(std::max(error, smallestError)) : error;
}

double DeltaView::threshold() const { return m_dragged > 0 ? m_dragged : shown().analysis.settings().threshold; }

void DeltaView::reset()
{
    StepView::reset();
    m_stale = true;
    m_low = m_logarithmic ? std::log10(threshold()) - moreRoom : 0;
    m_high = m_logarithmic ? 0.12 : 1.2;
}

void DeltaView::analysisChanged() { m_stale = true; }

void DeltaView::takeRecords()
{
    const AnalysisModel& analysis = shown().analysis;
    const History& history = shown().run.history();
    if (m_stale || m_lines.size() != analysis.peaks().size() || history.revision() != m_revision
        || history.size() < m_taken) {
        m_stale = false;
        m_lines.assign(analysis.peaks().size(), {});
        m_taken = 0;
        m_notFinite = 0;
        m_revision = history.revision();
    }
    const std::size_t count = m_lines.empty() ? 0 : std::min(history.size(), analysis.series(0).size());
    for (; m_taken < count; ++m_taken) {
        const double x = coordinateOf(m_taken);
        for (std::size_t peak = 0; peak < m_lines.size(); ++peak) {
            const double y = ordinate(analysis.series(peak)[m_taken]);
            m_lines[peak].append(x, y);
            if (!std::isfinite(y)) {
                ++m_notFinite;
                continue;
            }
            if (m_logarithmic) {
                if (staysBelow(m_lines[peak], m_low))
                    m_low = std::max(lowestOrdinate, m_low - moreRoom);
                if (y > m_high)
                    m_high = std::min(highestOrdinate, std::ceil(y) + 0.1);
            } else if (y > m_high)
                m_high = std::min(niceCeiling(10 * y) / 10, 1e3);
        }
    }
}

void DeltaView::refresh(const Theme& theme)
{
    const AnalysisModel& analysis = shown().analysis;
    setSubtitle({});
    if (!shown().run.hasRun()) {
        setEmptyText(tr("No experiment yet. Choose one in the gallery (Ctrl+N)."));
        return;
    }
    if (!analysis.available()) {
        setEmptyText(tr("These data have more than one dimension, so they have no spectrum to follow."));
        return;
    }
    if (analysis.peaks().empty()) {
        const auto& amplitudes = analysis.targetAmplitudes();
        const bool oscillates = std::any_of(amplitudes.begin() + 1, amplitudes.end(),
            [&](double a) { return a > 1e-9 * std::max(1e-9, amplitudes[0]); });
        setEmptyText(oscillates ? tr("No peaks followed. Click a peak in the spectrum.")
                                : tr("This target has no oscillation to follow."));
        return;
    }
    setEmptyText({});
    takeRecords();
    const double em = QFontMetricsF(theme.plotFont()).height() / 16;
    setSideRoom(0, nameRoom * em);
    setScales(scale().axis(), {.quantity = QStringLiteral("relative error"), .logarithmic = m_logarithmic});
    setAutoRange(stepLeft(), stepRight(), m_low, m_high);
    setTickers(stepTicker(), m_logarithmic ? m_logTicker : m_numbers);
    setAxisLabels(tr("step"), tr("relative error Δ(k)"));
    const bool complex = metricOf(analysis.settings()) == Metric::Complex;
    const QString metric = complex ? tr("|ĥ − f̂| / |f̂|") : tr("| |ĥ| − |f̂| | / |f̂|");
    if (analysis.metricNotice().isEmpty())
        setSubtitle(tr("%1 of followed peaks").arg(metric), metric);
    else
        setSubtitle(analysis.metricNotice());
    setNotShown(m_notFinite);
    setStateNotes(false, false);
}

void DeltaView::drawCurves(QCPPainter& p)
{
    const AnalysisModel& analysis = shown().analysis;
    const double low = xAxis()->range().lower, high = xAxis()->range().upper;
    const double level = toPixel(0, ordinate(threshold())).y();
    for (std::size_t peak = 0; peak < m_lines.size(); ++peak) {
        const PeakStyle style = look().peak(analysis.style(peak));
        const bool counts = analysis.passages()[peak].inTarget; // else a faint curve: it compares with next to nothing
        drawCurve(p, toPixels(m_lines[peak].reduced(low, high, columns())),
            curvePen(counts ? style.color : mixed(style.color, look().card, 0.65), look().penWidth, style.dash));
    }
    for (std::size_t peak = 0; peak < std::min(m_lines.size(), analysis.passages().size()); ++peak) {
        const Passage& passage = analysis.passages()[peak];
        const PeakStyle style = look().peak(analysis.style(peak));
        const auto mark = [&](std::int64_t step, bool filled) { // hollow where it was only touched
            const QPointF at(toPixel(scale().coordinate(static_cast<double>(step)), 0).x(), level);
            if (at.x() < axisArea().left() || at.x() > axisArea().right())
                return;
            p.setPen(QPen(style.color, 1.5));
            p.drawLine(QPointF(at.x(), axisArea().bottom() - 7), QPointF(at.x(), axisArea().bottom()));
            drawMarker(p, style.marker, at, 10, look().card);
            drawMarker(p, style.marker, at, 7, style.color, filled);
        };
        if (!passage.inTarget)
            continue;
        if (passage.firstBelow && passage.firstBelow != passage.staysBelow)
            mark(*passage.firstBelow, false);
        if (passage.staysBelow)
            mark(*passage.staysBelow, true);
    }
}

void DeltaView::drawThreshold(QCPPainter& p)
{
    const QRectF area = axisArea();
    const double y = toPixel(0, ordinate(threshold())).y();
    if (y < area.top() - 1 || y > area.bottom() + 1)
        return;
    p.setPen(curvePen(look().muted, 1.2, Qt::DashLine));
    p.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    if (!exporting()) { // a grip: this line can be dragged
        p.setAntialiasing(true);
        p.setPen(Qt::NoPen);
        p.setBrush(look().accent);
        p.drawRoundedRect(QRectF(area.left() - 2, y - 5, 4, 10), 2, 2);
    }
    const QFont font = look().plotFont();
    const QFontMetricsF metrics(font);
    // At the left end, where the curves have not come down yet; where one has, the label's ground keeps it legible.
    QString text = tr("captured: stays below %1").arg(formatNumber(threshold(), 2));
    const auto sizeOf = [&] { return metrics.size(0, text) + QSizeF(8, 0); };
    if (sizeOf().width() > area.width() - 8)
        text = tr("captured:\nstays below %1").arg(formatNumber(threshold(), 2));
    const QSizeF size = sizeOf();
    const auto names = placeNames().names;
    QRectF box;
    for (const double x : {area.left() + 6, area.right() - 6 - size.width()})
        for (const double top : {y + 2, y - 2 - size.height()})
            if (const QRectF place({x, top}, size); box.isNull() && area.contains(place)
                && std::ranges::none_of(names, [&](const Name& name) { return name.box.intersects(place); }))
                box = place;
    if (box.isNull())
        return; // the axis still says where the line is
    QColor ground = look().card;
    ground.setAlphaF(0.85F);
    p.setPen(Qt::NoPen);
    p.setBrush(ground);
    p.drawRoundedRect(box, 4, 4);
    p.setFont(font);
    p.setPen(look().muted);
    p.drawText(box, Qt::AlignCenter, text);
}

DeltaView::Names DeltaView::placeNames() const
{
    std::vector<Name> names;
    const QRectF area = axisArea();
    if (area.isEmpty()) // a figure too small for its captions
        return {};
    for (std::size_t peak = 0; peak < m_lines.size(); ++peak) {
        const auto& points = m_lines[peak].points();
        const auto last = std::find_if(points.rbegin(), points.rend(), [](QPointF q) { return std::isfinite(q.y()); });
        if (last == points.rend())
            continue;
        const QPointF at = toPixel(*last);
        if (at.x() < area.left())
            continue;
        names.push_back({peak, std::min(at.x(), area.right()), std::clamp(at.y(), area.top(), area.bottom()), {}});
    }
    std::ranges::sort(names, {}, &Name::y);
    // Nudge apart: downwards, then back up from the bottom edge.
    QFont font = look().plotFont();
    const QRectF all = plot().viewport();
    const auto count = static_cast<double>(names.size());
    const double room = (area.bottom() - all.top()) / std::max(count, 1.0), usual = QFontMetricsF(font).height() * 0.95;
    if (room < usual) // many names in a low view: smaller ones
        font.setPixelSize(std::max(smallestName, qRound(font.pixelSize() * room / usual)));
    const QFontMetricsF metrics(font);
    const double line = std::min(metrics.height() * 0.95, all.height() / std::max(count, 1.0));
    for (std::size_t i = 1; i < names.size(); ++i)
        names[i].y = std::max(names[i].y, names[i - 1].y + line);
    double floor = area.bottom() - 2;
    if (floor - (count - 0.5) * line < all.top()) // a low view: beside the tick labels too
        floor = all.bottom() - line / 2;
    for (std::size_t i = names.size(); i-- > 0;) {
        names[i].y = std::min(names[i].y, floor);
        floor = names[i].y - line;
    }
    for (Name& name : names) {
        const double width = 7 + 12 * metrics.height() / 16
            + metrics.horizontalAdvance(QString::number(shown().analysis.peaks()[name.peak])) * 1.1;
        name.box = {name.x, name.y - metrics.height() / 2, width, metrics.height()};
    }
    return {std::move(names), font, line};
}

void DeltaView::drawNames(QCPPainter& p) const
{
    const auto [names, font, line] = placeNames();
    const QFontMetricsF metrics(font);
    QFont bold = font;
    bold.setBold(true);
    for (const Name& name : names) {
        const PeakStyle style = look().peak(shown().analysis.style(name.peak));
        const double size = 7 * metrics.height() / 16;
        const bool counts = shown().analysis.passages()[name.peak].inTarget;
        drawMarker(p, style.marker, {name.x + 4 + size, name.y}, size, style.color, counts);
        p.setFont(counts ? bold : font);
        p.setPen(counts ? style.color : look().muted);
        p.drawText(QRectF(name.x + 7 + 1.7 * size, name.y - line, 80, 2 * line), Qt::AlignLeft | Qt::AlignVCenter,
            QString::number(shown().analysis.peaks()[name.peak]));
    }
}

int DeltaView::curveCount() const { return static_cast<int>(m_lines.size()); }

int DeltaView::pointCount(int curve) const
{
    return static_cast<int>(std::min<std::size_t>(m_lines[curve].size(), shown().run.history().size()));
}

PlotView::Probe DeltaView::probe(int curve, int index) const
{
    const AnalysisModel& analysis = shown().analysis;
    return {.at = m_lines[curve].points()[index],
        .text
        = tr("k = %1   step %2   Δ = %3")
              .arg(analysis.peaks()[curve])
              .arg(formatStep(shown().run.history().at(index).step), formatNumber(analysis.series(curve)[index], 4)),
        .curve = curve,
        .index = index};
}

void DeltaView::activate(const Probe& probe)
{
    Q_EMIT peakToggleRequested(static_cast<int>(shown().analysis.peaks()[probe.curve]));
}

bool DeltaView::grabsAt(QPointF pixel) const
{
    return !m_lines.empty() && axisArea().adjusted(-8, 0, 0, 0).contains(pixel)
        && std::abs(pixel.y() - toPixel(0, ordinate(threshold())).y()) <= grabReach;
}

void DeltaView::drag(QPointF, QPointF pixel)
{
    const double y = fromPixel(pixel).y();
    const double value = std::clamp(m_logarithmic ? std::pow(10.0, y) : y, 1e-4, 2.0);
    const double digit = std::pow(10.0, std::floor(std::log10(value)) - 1);
    const double rounded = std::round(value / digit) * digit;
    if (rounded == m_dragged)
        return;
    m_dragged = rounded;
    Q_EMIT editRequested(QString::fromStdString(pathOf(lab().editor.spec(), Meaning::Threshold)), jsonNumber(rounded));
    invalidate();
}

void DeltaView::dropped()
{
    m_dragged = 0;
    invalidate();
}

QString DeltaView::summary() const
{
    const AnalysisModel& analysis = shown().analysis;
    if (!analysis.available())
        return shown().run.hasRun() ? tr("These data have no spectrum to follow.") : tr("No experiment is loaded.");
    if (analysis.peaks().empty())
        return tr("No peaks are followed.");
    const PassageWords say {analysis.settings().threshold, analysis.isOver()};
    QStringList parts;
    const int record = shown().timeline.index();
    for (std::size_t peak = 0; peak < analysis.passages().size(); ++peak) {
        const Passage& passage = analysis.passages()[peak];
        const auto& series = analysis.series(peak);
        QString part = tr("k = %1 %2").arg(passage.k).arg(say.of(passage));
        if (passage.inTarget && !passage.staysBelow && record >= 0 && record < static_cast<int>(series.size()))
            part += tr(" (Δ = %1)").arg(formatNumber(series[record], 2));
        parts.append(part);
    }
    QString text = tr("%1: %2.").arg(say.count(analysis.verdict()), parts.join(QStringLiteral("; ")));
    if (!analysis.metricNotice().isEmpty())
        text += QLatin1Char(' ') + analysis.metricNotice() + QLatin1Char('.');
    return text;
}

ViewTable DeltaView::table() const
{
    const AnalysisModel& analysis = shown().analysis;
    const History& history = shown().run.history();
    ViewTable table;
    table.columns.append(QStringLiteral("step"));
    for (const std::size_t k : analysis.peaks())
        table.columns.append(QStringLiteral("delta_k%1").arg(k));
    for (std::size_t i = 0; i < history.size(); ++i) {
        QVector<double> row {static_cast<double>(history.at(i).step)};
        for (std::size_t peak = 0; peak < analysis.peaks().size(); ++peak)
            row.append(i < analysis.series(peak).size() ? analysis.series(peak)[i] : std::nan(""));
        table.rows.append(row);
    }
    return table;
}

QString DeltaView::equation() const
{
    const AnalysisModel& analysis = shown().analysis;
    const bool complex = metricOf(analysis.settings()) == Metric::Complex;
    QString text = displayed(complex
            ? tr("Δ<sub>F</sub>(k) = |<i>ĥ</i><sub>k</sub> − <i>f̂</i><sub>k</sub>| / |<i>f̂</i><sub>k</sub>|")
            : tr("Δ(k) = | |<i>ĥ</i><sub>k</sub>| − |<i>f̂</i><sub>k</sub>| | / |<i>f̂</i><sub>k</sub>|"));
    const int record = shown().timeline.index();
    if (record >= 0 && !analysis.peaks().empty()) {
        const auto amplitudes = analysis.amplitudesAt(record);
        text += tr("<p>At step %1:").arg(shown().timeline.step());
        for (std::size_t peak = 0;
             peak < analysis.peaks().size() && record < static_cast<int>(analysis.series(peak).size()); ++peak) {
            const std::size_t k = analysis.peaks()[peak];
            text += tr("<br>Δ(%1) = <b>%2</b> &nbsp; (|f̂| = %3, |ĥ| = %4)")
                        .arg(k)
                        .arg(formatNumber(analysis.series(peak)[record]), formatNumber(analysis.targetAmplitudes()[k]),
                            formatNumber(amplitudes[k]));
        }
        text += QStringLiteral("</p>");
    }
    text += complex
        ? tr("<p>How far the network's output is from the target at frequency k, phase included: 1 is as bad as "
             "knowing nothing, 0 is learnt. A peak that stays below the threshold counts as captured.</p>")
        : tr("<p>How far the output's amplitude is from the target's at frequency k; the phase does not count. "
             "This is what the authors' program plots, the papers' text has the phase in it.</p>");
    return text + paperS1();
}

} // namespace fplab
