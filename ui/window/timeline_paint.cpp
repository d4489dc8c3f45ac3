#include "ui/look/marker_painter.h"
#include "ui/text/number_text.h"
#include "ui/window/timeline_strip.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace fplab {
namespace {

constexpr qsizetype linePiece = 24; ///< points

/// Heights of the strip's parts for a height of 64.
constexpr double labelTop = 2, lossTop = 8, lossBottom = 38, trackY = 43, tickRow = 55;
constexpr double handle = 7.5, bookmarkTop = 18, bookmarkHeight = 12, changeTop = 8; ///< above the track
constexpr double flagReach = 8; ///< pixels beside a flag's line that mean the flag
constexpr double ringRoom = 5; ///< pixels at both ends, for the frame of the keyboard

double scaleOf(const QWidget& widget) { return widget.height() / 64.0; }

} // namespace

QFont TimelineTrack::labelFont() const { return m_lab.themes.theme().smallFont(0.82); }

void TimelineTrack::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(labelFont());
    paintAxis(painter);
    if (m_lab.run.history().empty())
        return;
    paintLoss(painter);
    paintFlags(painter);
    paintPlayhead(painter);
    if (hasFocus() && m_ring) {
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
        const double x = std::clamp(xOf(tick), ringRoom + textWidth / 2, width() - ringRoom - textWidth / 2);
        const QRectF box(x - textWidth / 2, tickRow * scale - metrics.height() / 2, textWidth, metrics.height());
        if (std::ranges::any_of(
                taken, [&](const QRectF& other) { return other.intersects(box.adjusted(-8, 0, 8, 0)); }))
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
    // In pieces, and opaque where they meet: Qt's time for one line grows with the square of its points when they are
    // noisy.
    const Theme& theme = m_lab.themes.theme();
    painter.setPen(QPen(mixed(theme.muted, theme.card, 0.25), 1.2 * scale));
    for (qsizetype first = 0; first + 1 < line.size(); first += linePiece)
        painter.drawPolyline(line.constData() + first, static_cast<int>(std::min(linePiece + 1, line.size() - first)));
}

std::vector<TimelineFlag> TimelineTrack::placedFlags() const
{
    const double scale = scaleOf(*this);
    QFont bold = labelFont();
    bold.setWeight(QFont::DemiBold);
    auto flags = timelineFlags(m_lab);
    layOutFlags(flags,
        {.width = static_cast<double>(width()),
            .top = labelTop,
            .bottom = (trackY - handle - 1) * scale,
            .marker = 7 * scale,
            .markTop = (trackY - bookmarkTop) * scale,
            .markWidth = 10 * scale,
            .font = bold,
            .xOf = [this](std::int64_t step) { return xOf(step); }});
    return flags;
}

std::optional<std::int64_t> TimelineTrack::flagAt(QPointF position) const
{
    const auto flags = placedFlags();
    for (const TimelineFlag& flag : flags)
        if (flag.label.contains(position))
            return flag.step;
    if (position.y() > (trackY + handle + 1) * scaleOf(*this)) // the numbers of the axis
        return std::nullopt;
    const auto away = [&](const TimelineFlag& flag) { return std::abs(flag.x - position.x()); };
    const auto nearest = std::ranges::min_element(flags, {}, away);
    return nearest != flags.end() && away(*nearest) <= flagReach ? std::optional(nearest->step) : std::nullopt;
}

void TimelineTrack::paintFlags(QPainter& painter)
{
    const Theme& theme = m_lab.themes.theme();
    const double scale = scaleOf(*this), bottom = trackY * scale;
    const auto flags = placedFlags();
    for (const TimelineFlag& flag : flags) {
        if (flag.kind == TimelineFlag::Kind::Change) {
            painter.setPen(QPen(theme.good, 2 * scale));
            painter.drawLine(QPointF(flag.x, bottom - changeTop * scale), QPointF(flag.x, bottom + 4 * scale));
        } else if (flag.kind == TimelineFlag::Kind::Bookmark) {
            const double top = bottom - bookmarkTop * scale, low = top + bookmarkHeight * scale, side = 4 * scale;
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.accent);
            painter.drawPolygon(QPolygonF {QPointF(flag.x - side, top), QPointF(flag.x + side, top),
                QPointF(flag.x + side, low), QPointF(flag.x, low - side), QPointF(flag.x - side, low)});
        } else {
            painter.setPen(QPen(theme.peak(flag.peaks.front().style).color, 1.5 * scale,
                flag.kind == TimelineFlag::Kind::Below ? Qt::SolidLine : Qt::DotLine));
            painter.drawLine(QPointF(flag.x, flag.top + 1), QPointF(flag.x, bottom));
        }
    }
    if (m_lab.run.state() == RunState::Diverged && m_lab.run.result().divergedAt >= 0) {
        const double x = xOf(m_lab.run.result().step);
        theme.icon(QStringLiteral("warning"), theme.error)
            .paint(&painter, QRectF(x - 8 * scale, bottom - 26 * scale, 16 * scale, 16 * scale).toRect());
    }
    paintLabels(painter, flags);
}

void TimelineTrack::paintLabels(QPainter& painter, const std::vector<TimelineFlag>& flags)
{
    const Theme& theme = m_lab.themes.theme();
    const double marker = 7 * scaleOf(*this);
    QFont bold = painter.font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    QColor ground = theme.card; // the loss curve passes behind the label
    ground.setAlphaF(0.85F);
    for (const TimelineFlag& flag : flags) {
        const bool filled = flag.kind == TimelineFlag::Kind::Below;
        if (flag.label.isNull()) {
            if (flag.isPassage()) // no place at all: the marker alone, on its line
                paintMarker(painter, theme.peak(flag.peaks.front().style), {flag.x, flag.top + marker}, marker, filled);
            continue;
        }
        painter.fillRect(flag.label, ground);
        double x = flag.label.left();
        for (const TimelineFlag::Piece& piece : flag.pieces) {
            const PeakStyle style = theme.peak(piece.style);
            paintMarker(painter, style, {x + marker / 2, flag.label.center().y()}, marker, filled);
            painter.setPen(style.color);
            painter.drawText(QRectF(x + marker + 4, flag.label.top(), piece.width, flag.label.height()),
                Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip, piece.text);
            x += piece.width;
        }
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
    painter.drawEllipse(QPointF(here, y), handle * scale, handle * scale);
}

} // namespace fplab
