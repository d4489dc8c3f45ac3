#include "ui/controls/marker_painter.h"
#include "ui/controls/number_text.h"
#include "ui/controls/timeline_strip.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace fplab {
namespace {

    struct Flag {
        double x;
        PeakStyle style;
        QString text, shortText;
    };

    constexpr qsizetype linePiece = 24; ///< points

    /// Heights of the strip's parts for a height of 64.
    constexpr double labelRow = 8, secondRow = 21, lossTop = 8, lossBottom = 38, trackY = 43, tickRow = 55;

    double scaleOf(const QWidget& widget) { return widget.height() / 64.0; }

} // namespace

void TimelineTrack::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(m_lab.themes.theme().smallFont(0.82));
    paintAxis(painter);
    if (m_lab.run.history().empty())
        return;
    paintLoss(painter);
    paintFlags(painter);
    paintPlayhead(painter);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_lab.themes.theme().accent, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    }
}

void TimelineTrack::paintAxis(QPainter& painter)
{
    const Theme& theme = m_lab.themes.theme();
    const double scale = scaleOf(*this), y = trackY * scale;
    const std::int64_t last = lastStep();
    painter.setPen(QPen(theme.track, 4 * scale, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(xOf(0), y), QPointF(xOf(last), y));
    const QFontMetricsF metrics(painter.font());
    std::vector<std::int64_t> ticks {last};
    for (std::int64_t tick = 1; tick < last; tick *= 10)
        ticks.push_back(tick);
    ticks.push_back(0);
    std::vector<QRectF> taken;
    for (const std::int64_t tick : ticks) {
        const QString text = groupedNumber(tick);
        const double textWidth = metrics.horizontalAdvance(text);
        const double x = std::clamp(xOf(tick), textWidth / 2, width() - textWidth / 2);
        const QRectF box(x - textWidth / 2, tickRow * scale - metrics.height() / 2, textWidth, metrics.height());
        if (std::ranges::any_of(taken, [&](const QRectF& other) { return other.intersects(box.adjusted(-8, 0, 8, 0)); }))
            continue;
        taken.push_back(box);
        painter.setPen(theme.muted);
        painter.drawText(box, Qt::AlignCenter | Qt::TextDontClip, text);
    }
}

void TimelineTrack::takeLosses(int channel)
{
    const History& history = m_lab.run.history();
    if (m_losses.revision != history.revision())
        m_losses = {.points = {}, .taken = 0, .revision = history.revision()};
    for (; m_losses.taken < history.size(); ++m_losses.taken) {
        const Record& record = history.at(m_losses.taken);
        const double loss = record.samples[static_cast<std::size_t>(channel)].front();
        if (loss > 0 && std::isfinite(loss))
            m_losses.points.emplace_back(std::log1p(static_cast<double>(record.step)), std::log10(loss));
    }
}

void TimelineTrack::paintLoss(QPainter& painter)
{
    const int error = m_lab.run.channelIndex(Role::MaxError); // an energy may be negative
    const int channel = error >= 0 ? error : m_lab.run.channelIndex(Role::TrainLoss);
    if (channel < 0)
        return;
    takeLosses(channel);
    const double scale = scaleOf(*this), left = xOfLog(0), slope = xOfLog(1) - left;
    // One value per pixel column, so that long histories cost no more than short ones.
    std::vector<std::pair<double, double>> points;
    double lowest = std::numeric_limits<double>::max(), highest = std::numeric_limits<double>::lowest();
    for (const QPointF& loss : m_losses.points) {
        const double x = left + slope * loss.x(), value = loss.y();
        lowest = std::min(lowest, value);
        highest = std::max(highest, value);
        if (!points.empty() && x - points.back().first < 0.7)
            points.back().second = value;
        else
            points.emplace_back(x, value);
    }
    if (points.size() < 2)
        return;
    const double span = std::max(0.5, highest - lowest);
    QVector<QPointF> line;
    for (const auto& [x, value] : points)
        line.append({x, scale * (lossTop + (highest - value) / span * (lossBottom - lossTop))});
    // In pieces, and opaque where they meet: Qt's time for one line grows with the square of its points when they are noisy.
    const Theme& theme = m_lab.themes.theme();
    painter.setPen(QPen(mixed(theme.muted, theme.card, 0.25), 1.2 * scale));
    for (qsizetype first = 0; first + 1 < line.size(); first += linePiece)
        painter.drawPolyline(line.constData() + first, static_cast<int>(std::min(linePiece + 1, line.size() - first)));
}

void TimelineTrack::paintFlags(QPainter& painter)
{
    const Theme& theme = m_lab.themes.theme();
    const double scale = scaleOf(*this), bottom = trackY * scale;
    for (const LoggedChange& change : m_lab.run.changes()) {
        painter.setPen(QPen(theme.good, 2 * scale));
        const double x = xOf(change.step);
        painter.drawLine(QPointF(x, bottom - 8 * scale), QPointF(x, bottom + 4 * scale));
    }
    for (const Bookmark& bookmark : m_lab.timeline.bookmarks()) {
        const double x = xOf(bookmark.step), top = bottom - 18 * scale;
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.accent);
        painter.drawPolygon(QPolygonF {QPointF(x - 4 * scale, top), QPointF(x + 4 * scale, top),
            QPointF(x + 4 * scale, top + 12 * scale), QPointF(x, top + 8 * scale), QPointF(x - 4 * scale, top + 12 * scale)});
    }
    if (m_lab.run.state() == RunState::Diverged && m_lab.run.result().divergedAt >= 0) {
        const double x = xOf(m_lab.run.result().step);
        theme.icon(QStringLiteral("warning"), theme.error)
            .paint(&painter, QRectF(x - 8 * scale, bottom - 26 * scale, 16 * scale, 16 * scale).toRect());
    }

    std::vector<Flag> flags;
    const auto& passages = m_lab.analysis.passages();
    for (std::size_t i = 0; i < passages.size(); ++i)
        if (passages[i].firstBelow)
            flags.push_back({xOf(*passages[i].firstBelow), theme.peak(i),
                tr("k=%1 at %2").arg(passages[i].k).arg(groupedNumber(*passages[i].firstBelow)),
                tr("k=%1").arg(passages[i].k)});
    QFont bold = painter.font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    const QFontMetricsF metrics(bold);
    const double marker = 7 * scale;
    std::vector<QRectF> taken;
    for (const Flag& flag : flags) {
        painter.setPen(QPen(flag.style.color, 1.5 * scale));
        painter.drawLine(QPointF(flag.x, 3 * scale), QPointF(flag.x, bottom));
    }
    // Each label takes the first free place: right or left of its flag, in the first or the second row, long or short.
    for (const Flag& flag : flags) {
        QRectF best;
        QString text;
        for (const QString& candidate : {flag.text, flag.shortText, QString()}) {
            const double w = marker + 4 * scale + (candidate.isEmpty() ? 0 : metrics.horizontalAdvance(candidate) + 3);
            for (const double row : {labelRow, secondRow})
                for (const double x : {flag.x + 4 * scale, flag.x - 4 * scale - w}) {
                    const QRectF box(x, row * scale - metrics.height() / 2, w, metrics.height());
                    const bool free = box.left() >= 0 && box.right() <= width()
                        && std::ranges::none_of(taken, [&](const QRectF& other) { return other.intersects(box); })
                        && std::ranges::none_of(flags, [&](const Flag& other) {
                               return other.x > box.left() - 2 && other.x < box.right() + 2;
                           });
                    if (best.isNull() && free) {
                        best = box;
                        text = candidate;
                    }
                }
        }
        if (best.isNull()) { // no place at all: the marker alone, on its line
            paintMarker(painter, flag.style, {flag.x, labelRow * scale}, marker);
            continue;
        }
        taken.push_back(best);
        QColor ground = theme.card; // the loss curve passes behind the label
        ground.setAlphaF(0.8F);
        painter.fillRect(best, ground);
        paintMarker(painter, flag.style, {best.left() + marker / 2, best.center().y()}, marker);
        painter.setPen(flag.style.color);
        painter.drawText(best.adjusted(marker + 4 * scale, 0, 4, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
    }
}

void TimelineTrack::paintPlayhead(QPainter& painter)
{
    const Theme& theme = m_lab.themes.theme();
    const double scale = scaleOf(*this), y = trackY * scale;
    const double live = xOf(m_lab.run.liveStep()), here = xOf(m_lab.timeline.step());
    QColor recorded = theme.accent;
    if (!m_lab.timeline.followsLive())
        recorded.setAlphaF(0.45F);
    painter.setPen(QPen(recorded, 4 * scale, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(xOf(0), y), QPointF(live, y));
    if (!m_lab.timeline.followsLive()) {
        painter.setPen(QPen(theme.accent, 4 * scale, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(xOf(0), y), QPointF(here, y));
        painter.setPen(QPen(theme.accent, 2 * scale));
        painter.drawLine(QPointF(live, y - 6 * scale), QPointF(live, y + 6 * scale));
    }
    painter.setPen(QPen(theme.accent, 2 * scale));
    painter.setBrush(theme.card);
    painter.drawEllipse(QPointF(here, y), 7.5 * scale, 7.5 * scale);
}

} // namespace fplab
