#include "ui/views/measured_view.h"

#include "ui/views/equation_card.h"
#include "ui/views/paint.h"

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

bool isMeasured(const Channel& channel) { return channel.role == Role::Generic && channel.shape == Shape::Scalar; }

} // namespace

MeasuredView::MeasuredView(const Lab& lab, QWidget* parent)
    : StepView(lab, lab.cursor(), QStringLiteral("measured"), tr("Measured"), parent)
    , m_numbers(std::make_shared<NumberTicker>())
{
    addPainter(Level::Curves, true, [this](QCPPainter& p) { drawCurves(p); });
}

bool MeasuredView::accepts(std::span<const Channel> channels) { return std::ranges::any_of(channels, isMeasured); }

void MeasuredView::reset()
{
    StepView::reset();
    m_high = 0;
    rebuild();
}

void MeasuredView::rebuild()
{
    m_curves.clear();
    m_taken = 0;
    m_revision = shown().run.history().revision();
    const auto& channels = shown().run.channels();
    for (std::size_t i = 0; i < channels.size(); ++i)
        if (isMeasured(channels[i]))
            m_curves.push_back({.channel = i, .name = QString::fromStdString(channels[i].label)});
}

double MeasuredView::value(const Curve& curve, std::size_t point) const
{
    return shown().run.history().at(curve.records[point]).samples[curve.channel].front();
}

void MeasuredView::refresh(const Theme& theme)
{
    const History& history = shown().run.history();
    if (history.revision() != m_revision || history.size() < m_taken)
        rebuild();
    setKey({});
    if (m_curves.empty() || history.empty()) {
        setEmptyText(history.empty() ? tr("No experiment yet. Choose one in the gallery (Ctrl+N).")
                                     : tr("Nothing is measured. Choose what under Analysis, Measure."));
        return;
    }
    setEmptyText({});
    for (; m_taken < history.size(); ++m_taken)
        for (Curve& curve : m_curves) {
            const auto& sample = history.at(m_taken).samples[curve.channel];
            if (sample.empty())
                continue;
            curve.records.push_back(m_taken);
            curve.line.append(coordinateOf(m_taken), sample.front());
            if (std::isfinite(sample.front()) && sample.front() > m_high)
                m_high = niceCeiling(sample.front() * 1000) / 1000;
        }
    setScales(scale().axis(), {.quantity = QStringLiteral("measured")});
    setAutoRange(stepLeft(), stepRight(), 0, m_high > 0 ? m_high : 1);
    setTickers(stepTicker(), m_numbers);
    setAxisLabels(tr("step"), m_curves.size() == 1 ? m_curves.front().name : tr("measured"));
    QVector<KeyEntry> key;
    for (std::size_t c = 0; c < m_curves.size(); ++c)
        key.append({.label = m_curves[c].name, .color = theme.peak(c).color, .width = theme.penWidth});
    if (m_curves.size() == 1) // its name, as much of it as fits, instead of a key
        key.clear();
    setKey(key);
    setSubtitle(m_curves.size() == 1 ? m_curves.front().name : QString());
    setStateNotes(false, false);
}

void MeasuredView::drawCurves(QCPPainter& p)
{
    const double low = xAxis()->range().lower, high = xAxis()->range().upper;
    for (std::size_t c = m_curves.size(); c-- > 0;)
        drawCurve(p, toPixels(m_curves[c].line.reduced(low, high, columns())),
            curvePen(look().peak(c).color, look().penWidth));
}

int MeasuredView::pointCount(int curve) const { return static_cast<int>(m_curves[std::size_t(curve)].records.size()); }

PlotView::Probe MeasuredView::probe(int curve, int index) const
{
    const Curve& at = m_curves[static_cast<std::size_t>(curve)];
    const auto point = static_cast<std::size_t>(index);
    const double now = value(at, point);
    return {.at = {coordinateOf(at.records[point]), now},
        .text = tr("step %1   %2 %3")
                    .arg(formatStep(shown().run.history().at(at.records[point]).step), at.name, formatNumber(now, 5)),
        .curve = curve,
        .index = index};
}

QString MeasuredView::summary() const
{
    QStringList parts;
    for (const Curve& curve : m_curves)
        if (!curve.records.empty())
            parts.append(tr("%1: %2 at step %3.")
                             .arg(curve.name, formatNumber(value(curve, curve.records.size() - 1)))
                             .arg(shown().run.history().at(curve.records.back()).step));
    return parts.isEmpty() ? tr("Nothing is measured.") : parts.join(u' ');
}

ViewTable MeasuredView::table() const
{
    ViewTable table;
    if (m_curves.empty())
        return table;
    table.columns << QStringLiteral("step");
    for (const Curve& curve : m_curves)
        table.columns << QString::fromStdString(shown().run.channels()[curve.channel].id);
    const History& history = shown().run.history();
    for (std::size_t i = 0; i < history.size(); ++i) {
        QVector<double> row {static_cast<double>(history.at(i).step)};
        bool any = false;
        for (const Curve& curve : m_curves) {
            const auto& sample = history.at(i).samples[curve.channel];
            any = any || !sample.empty();
            row << (sample.empty() ? std::nan("") : sample.front());
        }
        if (any)
            table.rows.append(row);
    }
    return table;
}

QString MeasuredView::equation() const
{
    return tr(
        "<p>%1</p><p>Measured beside training, at a few records in each factor of ten of steps, without changing a "
        "bit of it.</p>")
        .arg(summary().toHtmlEscaped());
}

} // namespace fplab
