#include "ui/views/series_view.h"

#include "ui/views/paint.h"

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

/// Empty cells up to that many.
void fill(QVector<double>& row, qsizetype cells)
{
    while (row.size() < cells)
        row.append(std::nan(""));
}

} // namespace

SeriesView::SeriesView(const Lab& lab, Role role, std::vector<Member> members, QWidget* parent)
    : StepView(lab, members.front().cursor, QStringLiteral("series"), tr("Runs side by side"), parent)
    , m_role(role)
    , m_numbers(std::make_shared<NumberTicker>())
{
    for (Member& member : members) {
        connect(&member.cursor.run, &ShownRun::loaded, this, &PlotView::invalidate);
        connect(&member.cursor.run, &ShownRun::advanced, this, &PlotView::invalidate);
        m_curves.push_back({.member = std::move(member), .run = {}, .revision = 0, .line = {}});
    }
    addPainter(Level::Curves, true, [this](QCPPainter& p) {
        const double low = xAxis()->range().lower, high = xAxis()->range().upper;
        for (std::size_t c = m_curves.size(); c-- > 0;) {
            const PeakStyle style = look().peak(c);
            drawCurve(
                p, toPixels(m_curves[c].line.reduced(low, high, columns())), curvePen(style.color, look().penWidth));
        }
    });
}

double SeriesView::value(const RunDocument& run, std::size_t record) const
{
    return run.history.at(record).samples[static_cast<std::size_t>(run.channelIndex(m_role))].front();
}

void SeriesView::reset()
{
    StepView::reset();
    m_range.clear();
    for (Curve& curve : m_curves)
        curve.run.reset();
}

/// Takes what the run has recorded since; all of it where it is another one, went back or was thinned.
void SeriesView::extend(Curve& curve)
{
    const auto& now = curve.member.cursor.run.share();
    if (curve.run != now || curve.revision != now->history.revision()) {
        curve.run = now;
        curve.revision = now->history.revision();
        curve.line.clear();
    }
    if (!accepts(*now))
        return;
    for (auto i = static_cast<std::size_t>(curve.line.size()); i < now->history.size(); ++i) {
        const double y = value(*now, i);
        curve.line.append(scale().coordinate(static_cast<double>(now->history.at(i).step)), y);
        m_range.cover(y, y);
    }
}

void SeriesView::refresh(const Theme& theme)
{
    QVector<KeyEntry> key;
    for (std::size_t c = 0; c < m_curves.size(); ++c) {
        extend(m_curves[c]);
        if (m_curves[c].line.size() > 0)
            key.append({.label = m_curves[c].member.label, .color = theme.peak(c).color, .width = theme.penWidth});
    }
    setKey(key);
    setEmptyText(key.isEmpty() ? tr("None of the runs has recorded this.") : QString());
    if (key.isEmpty())
        return;
    setScales(scale().axis(), {.quantity = QStringLiteral("series")});
    setAutoRange(stepLeft(), stepRight(), m_range.low(), std::max(m_range.high(), m_range.low() + 1e-300));
    setTickers(stepTicker(), m_numbers);
    setAxisLabels(tr("step"), {});
    setStateNotes(false, false);
}

int SeriesView::pointCount(int curve) const
{
    return static_cast<int>(m_curves[static_cast<std::size_t>(curve)].line.size());
}

PlotView::Probe SeriesView::probe(int curve, int index) const
{
    const Curve& of = m_curves[static_cast<std::size_t>(curve)];
    const auto record = static_cast<std::size_t>(index);
    return {.at = of.line.points()[index],
        .text = tr("%1   step %2   %3")
                    .arg(of.member.label, formatStep(of.run->history.at(record).step),
                        formatNumber(value(*of.run, record), 5)),
        .curve = curve,
        .index = index};
}

QString SeriesView::summary() const
{
    QStringList sentences;
    for (const Curve& curve : m_curves) {
        const RunDocument& run = curve.member.cursor.run.document();
        if (const RecordPtr record = curve.member.cursor.record(); record && accepts(run))
            sentences << tr("%1: %2 at step %3.")
                             .arg(curve.member.label,
                                 formatNumber(
                                     record->samples[static_cast<std::size_t>(run.channelIndex(m_role))].front()))
                             .arg(record->step);
    }
    return sentences.isEmpty() ? tr("None of the runs has recorded this.") : sentences.join(u' ');
}

ViewTable SeriesView::table() const
{
    ViewTable table;
    for (const Curve& curve : m_curves) {
        const RunDocument& run = curve.member.cursor.run.document();
        if (!accepts(run))
            continue;
        const auto first = table.columns.size();
        table.blocks.append({.first = first, .count = 2, .key = first});
        table.columns << tr("%1, step").arg(curve.member.label) << curve.member.label;
        for (std::size_t i = 0; i < run.history.size(); ++i) {
            if (table.rows.size() <= static_cast<qsizetype>(i))
                table.rows.append(QVector<double>());
            QVector<double>& row = table.rows[static_cast<qsizetype>(i)];
            fill(row, first);
            row << static_cast<double>(run.history.at(i).step) << value(run, i);
        }
    }
    for (QVector<double>& row : table.rows)
        fill(row, table.columns.size());
    return table;
}

QString SeriesView::equation() const { return summary().toHtmlEscaped(); }

} // namespace fplab
