#include "ui/views/output_view.h"

#include "ui/look/robust_range.h"
#include "ui/views/equation_card.h"
#include "ui/views/paint.h"
#include "ui/views/view_options.h"

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

constexpr std::size_t sparseSamples = 150; ///< up to so many are drawn as dots
constexpr std::size_t noisyDots = 1000; ///< noisy samples are drawn up to this number

double interpolate(const std::vector<double>& x, const std::vector<double>& y, double at)
{
    const auto right = std::ranges::lower_bound(x, at);
    if (right == x.begin() || right == x.end())
        return std::nan("");
    const auto i = right - x.begin();
    const double share = (at - x[i - 1]) / (x[i] - x[i - 1]);
    return y[i - 1] + share * (y[i] - y[i - 1]);
}

struct Extremes {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    void add(double value)
    {
        if (!std::isfinite(value))
            return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

} // namespace

OutputView::OutputView(const Lab& lab, QWidget* parent)
    : PlotView(lab, lab.cursor(), QStringLiteral("output"), tr("Target and output"), parent)
    , m_numbers(std::make_shared<NumberTicker>())
    , m_multiplesOfPi(std::make_shared<PiTicker>())
    , m_yNumbers(std::make_shared<NumberTicker>())
{
    options().addSwitch(QStringLiteral("residual"), tr("Show the residual h − f"), m_showResidual);
    addPainter(Level::Under, true, [this](QCPPainter& p) { drawGround(p); });
    addPainter(Level::Curves, true, [this](QCPPainter& p) { drawCurves(p); });
    addPainter(Level::Over, false, [this](QCPPainter& p) { drawBeyond(p); });
}

const Channel* OutputView::channel(Role role) const
{
    const int i = shown().run.channelIndex(role);
    return i < 0 ? nullptr : &shown().run.channels()[i];
}

const std::vector<double>* OutputView::sample(Role role) const
{
    const int i = shown().run.channelIndex(role), record = shown().timeline.index();
    if (i < 0 || record < 0)
        return nullptr;
    return &shown().run.history().at(record).samples[i];
}

bool OutputView::isSolving() const
{
    const std::vector<double>* phase = sample(Role::Phase);
    return phase && phase->front() != 0;
}

QColor OutputView::solverColor() const
{
    const KindModel* kind = lab().kinds.current();
    const auto solver = kind ? kind->solver() : std::nullopt;
    return solver ? lab().themes.theme().solver(solver->id).color : lab().themes.theme().accent;
}

QString OutputView::solverLabel() const
{
    const KindModel* kind = lab().kinds.current();
    const auto solver = kind ? kind->solver() : std::nullopt;
    return solver ? solver->label : tr("solver");
}

void OutputView::reset()
{
    m_target.clear();
    m_outside.clear();
    m_y.clear();
    m_beyond.clear();
    m_noisy = false;
    const Channel* output = channel(Role::Output);
    if (!output || output->x.values.empty())
        return;
    const Channel* wide = channel(Role::WideOutput);
    const std::vector<double>& x = output->x.values;
    const auto [first, last] = std::ranges::minmax_element(x);
    m_from = *first;
    m_to = *last;
    const bool known = wide && wide->reference.size() == wide->x.values.size()
        && std::ranges::any_of(wide->reference, [](double v) { return std::isfinite(v); });
    std::vector<double> seen = output->reference;
    if (known) {
        for (std::size_t i = 0; i < wide->x.values.size(); ++i) {
            const double at = wide->x.values[i], y = wide->reference[i];
            if (at >= m_from && at <= m_to) {
                if (m_target.size() == 0 && m_outside.size() > 0)
                    m_outside.append(at, y); // no gap between the two lines
                m_target.append(at, y);
                continue;
            }
            if (at > m_to && m_target.size() > 0 && (m_outside.size() == 0 || m_outside.points().back().x() < m_to)) {
                const QPointF edge = m_target.points().back();
                m_outside.append(edge.x(), std::nan("")); // nothing across the training range
                m_outside.append(edge.x(), edge.y());
            }
            m_outside.append(at, y);
        }
        Extremes clean;
        for (const QPointF& p : m_target.points()) {
            clean.add(p.y());
            seen.push_back(p.y());
        }
        const double span = clean.high - clean.low;
        for (std::size_t i = 0; i < x.size() && !m_noisy; ++i) {
            const double at = interpolate(wide->x.values, wide->reference, x[i]);
            m_noisy = std::isfinite(at) && std::abs(at - output->reference[i]) > 0.02 * span;
        }
    } else {
        std::vector<std::pair<double, double>> points;
        for (std::size_t i = 0; i < std::min(x.size(), output->reference.size()); ++i)
            points.emplace_back(x[i], output->reference[i]);
        std::ranges::sort(points);
        for (const auto& [at, y] : points)
            m_target.append(at, y);
    }
    const RobustRange range = robustRange(std::move(seen));
    if (range.empty())
        return;
    const double room = range.high > range.low ? 0.12 * (range.high - range.low) : 0.5;
    m_y.cover(range.low - room, range.high + room);
    for (std::size_t i = 0; i < std::min(x.size(), output->reference.size()); ++i)
        if (output->reference[i] < range.low || output->reference[i] > range.high)
            m_beyond.append({x[i], output->reference[i]});
}

void OutputView::coverOutput(const std::vector<double>& x, const std::vector<double>& y, double centre, double reach)
{
    Extremes seen;
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i)
        if (x[i] >= m_from && x[i] <= m_to && std::abs(y[i] - centre) < reach)
            seen.add(y[i]);
    const double room = 0.03 * (m_y.high() - m_y.low());
    m_y.cover(seen.low - room, seen.high + room);
}

bool OutputView::showsDots() const
{
    const Channel* output = channel(Role::Output);
    const std::size_t count = output ? output->x.values.size() : 0;
    return count <= sparseSamples || (m_noisy && count <= noisyDots);
}

const Channel* OutputView::shownTestPoints() const
{
    const Channel* test = channel(Role::TestOutput);
    const std::size_t limit
        = m_noisy ? noisyDots : sparseSamples; // many points without noise would only hide the curves
    return test && test->x.values.size() <= limit ? test : nullptr;
}

void OutputView::refresh(const Theme& theme)
{
    const Channel* output = channel(Role::Output);
    const std::vector<double>* values = sample(Role::Output);
    if (!output || !values) {
        setEmptyText(tr("No experiment yet. Choose one in the gallery (Ctrl+N)."));
        setKey({});
        setSubtitle({});
        return;
    }
    setEmptyText({});
    const Channel* wide = channel(Role::WideOutput);
    const std::vector<double>* wideValues = sample(Role::WideOutput);
    const bool useWide = wide && wideValues && wide->x.values.size() > 1;

    if (m_y.empty())
        m_y.cover(-1, 1);
    const double centre = (m_y.low() + m_y.high()) / 2, reach = 2.5 * (m_y.high() - m_y.low());
    m_output.clear();
    qsizetype notShown = 0;
    const auto& x = useWide ? wide->x.values : output->x.values;
    const auto& y = useWide ? *wideValues : *values;
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
        m_output.append(x[i], y[i]);
        notShown += !std::isfinite(y[i]);
    }
    const bool equation = sample(Role::Phase) != nullptr;
    if (!equation) // how far a network is off before it has learnt anything says nothing of a solution
        coverOutput(output->x.values, *values, centre, reach);
    if (useWide)
        coverOutput(wide->x.values, *wideValues, centre, reach);
    m_network.clear();
    if (const auto* network = sample(Role::NetworkOutput); network && isSolving())
        for (std::size_t i = 0; i < network->size(); ++i)
            m_network.append(output->x.values[i], (*network)[i]);
    m_residual.clear();
    if (m_showResidual)
        for (std::size_t i = 0; i < values->size(); ++i)
            m_residual.append(output->x.values[i], (*values)[i] - output->reference[i]);

    double left = m_from, right = m_to;
    if (useWide) {
        left = std::min(left, wide->x.values.front());
        right = std::max(right, wide->x.values.back());
    }
    if (!(left < right)) {
        left -= 0.5;
        right += 0.5;
    }
    const QString label = QString::fromStdString(output->x.label);
    setScales({.quantity = QStringLiteral("%1 from %2 to %3").arg(label).arg(m_from).arg(m_to)},
        {.quantity = QStringLiteral("y")});
    setAutoRange(left, right, m_y.low(), m_y.high());
    const bool overX = output->x.label != "sample";
    setTickers(overX && isPiRange(m_from, m_to) ? m_multiplesOfPi : m_numbers, m_yNumbers);
    setTitle(equation ? tr("Solution u(x)") : tr("Target and output"));
    setAxisLabels(overX ? label : tr("sample"),
        !output->y.label.empty() ? QString::fromStdString(output->y.label)
            : equation           ? tr("u(x)")
                                 : tr("f(x), h(x)"));
    QVector<KeyEntry> key {
        {.label = equation ? tr("exact") : tr("target"), .color = theme.target, .width = theme.penWidth * 0.75}};
    if (!isSolving() || m_network.size() > 0)
        key.append({.label = tr("network"),
            .color = theme.network,
            .dash = isSolving() ? Qt::DotLine : Qt::SolidLine,
            .width = theme.penWidth});
    if (isSolving())
        key.append({.label = solverLabel(), .color = solverColor(), .width = theme.penWidth});
    if (showsDots())
        key.append({.label = tr("samples"), .color = theme.samples, .kind = KeyEntry::Kind::Dot});
    if (shownTestPoints())
        key.append({.label = tr("test"), .color = theme.accent, .kind = KeyEntry::Kind::Ring});
    if (m_showResidual)
        key.append({.label = tr("h − f"), .color = theme.accent, .dash = Qt::DashLine, .width = 1.5});
    setKey(key);
    setSubtitle(overX ? QString() : tr("by sample number"));
    setNotShown(notShown);
    setStateNotes(true, true);
}

void OutputView::drawGround(QCPPainter& p) const
{
    const QRectF area = axisArea();
    const double from = toPixel(m_from, 0).x(), to = toPixel(m_to, 0).x();
    for (const QRectF& outside : {QRectF(QPointF(area.left(), area.top()), QPointF(from, area.bottom())),
             QRectF(QPointF(to, area.top()), QPointF(area.right() + 1, area.bottom()))})
        if (outside.width() > 1) {
            p.save();
            p.setAntialiasing(false); // far cheaper, and the edge is below a line
            p.fillRect(outside, mixed(look().card, look().muted, 0.10));
            p.restore();
            p.setPen(QPen(look().line, 1));
            for (const double x : {from, to})
                p.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        }
}

void OutputView::drawCurves(QCPPainter& p)
{
    const double low = xAxis()->range().lower, high = xAxis()->range().upper;
    const auto pixels = [&](LineSeries& series) {
        constexpr double farAway = 1e5; // a value of 1e15 is no place to draw to
        QVector<QPointF> points = toPixels(series.reduced(low, high, columns()));
        for (QPointF& point : points)
            point.setY(std::clamp(point.y(), -farAway, farAway));
        return points;
    };
    const double pen = look().penWidth;
    if (m_y.low() < 0 && m_y.high() > 0) {
        p.setPen(QPen(look().line, 1));
        p.drawLine(toPixel(low, 0), toPixel(high, 0));
    }
    drawCurve(p, pixels(m_outside), curvePen(look().target, pen * 0.75, Qt::DotLine));
    if (!m_noisy || m_outside.size() > 0 || !showsDots())
        drawCurve(p, pixels(m_target), curvePen(look().target, pen * 0.75));
    const Channel* output = channel(Role::Output);
    if (output && showsDots()) {
        const double size = (output->x.values.size() > sparseSamples ? 3 : 4.5) * std::max(1.0, pen / 2);
        for (std::size_t i = 0; i < output->reference.size(); ++i)
            if (const QPointF at = toPixel(output->x.values[i], output->reference[i]); axisArea().contains(at))
                drawMarker(p, Marker::Circle, at, size, look().samples);
    }
    if (const Channel* test = shownTestPoints()) {
        p.setPen(QPen(look().accent, 1.2));
        p.setBrush(Qt::NoBrush);
        for (std::size_t i = 0; i < test->reference.size(); ++i)
            if (const QPointF at = toPixel(test->x.values[i], test->reference[i]); axisArea().contains(at))
                p.drawEllipse(at, 3, 3);
    }
    drawCurve(p, pixels(m_network), curvePen(look().network, pen, Qt::DotLine));
    drawCurve(p, pixels(m_output), curvePen(isSolving() ? solverColor() : look().network, pen * 1.1));
    if (m_showResidual)
        drawCurve(p, pixels(m_residual), curvePen(look().accent, 1.5, Qt::DashLine));
}

/// An arrow at the edge where a sample lies beyond it, and how many there are.
void OutputView::drawBeyond(QCPPainter& p) const
{
    const QRectF area = axisArea();
    const QFont font = look().plotFont();
    const QFontMetricsF metrics(font);
    const double size = 7 * metrics.height() / 16;
    for (const bool above : {true, false}) {
        qsizetype count = 0;
        double last = area.left();
        for (const QPointF& sample : m_beyond) {
            const double x = toPixel(sample).x();
            if ((sample.y() > m_y.high()) != above || x < area.left() || x > area.right())
                continue;
            ++count;
            last = x;
            p.save();
            p.translate(x, above ? area.top() + size : area.bottom() - size);
            p.rotate(above ? 0 : 180);
            drawMarker(p, Marker::Triangle, {}, size, look().samples);
            p.restore();
        }
        if (count == 0)
            continue;
        const bool left = last > area.center().x();
        drawPill(p, {last + (left ? -size : size), above ? area.top() : area.bottom()},
            (left ? Qt::AlignRight : Qt::AlignLeft) | (above ? Qt::AlignTop : Qt::AlignBottom),
            count == 1 ? tr("1 value beyond") : tr("%1 values beyond").arg(count), font, look().muted, look().card);
    }
}

int OutputView::curveCount() const { return sample(Role::Output) ? 2 : 0; }

int OutputView::pointCount(int) const
{
    const Channel* output = channel(Role::Output);
    return output ? static_cast<int>(output->x.values.size()) : 0;
}

PlotView::Probe OutputView::probe(int curve, int index) const
{
    const Channel* output = channel(Role::Output);
    const double x = output->x.values[index], f = output->reference[index], h = (*sample(Role::Output))[index];
    return {.at = {x, curve == 0 ? h : f},
        .text = (isSolving() ? tr("%5 = %1   exact %2   solver %3   difference %4")
                             : tr("%5 = %1   target %2   network %3   difference %4"))
                    .arg(formatWithin(x, xAxis()->range()), formatWithin(f, yAxis()->range()),
                        formatWithin(h, yAxis()->range()), formatNumber(h - f), inputName()),
        .curve = curve,
        .index = index};
}

QString OutputView::summary() const
{
    const Channel* output = channel(Role::Output);
    const std::vector<double>* values = sample(Role::Output);
    if (!output || !values)
        return tr("No experiment is loaded.");
    double largest = 0, at = 0, sum = 0;
    for (std::size_t i = 0; i < values->size(); ++i) {
        const double difference = std::abs((*values)[i] - output->reference[i]);
        sum += difference * difference;
        if (difference > largest) {
            largest = difference;
            at = output->x.values[i];
        }
    }
    QString text = tr("Output at step %1: largest error %2 near %3 = %4. Mean squared error %5.")
                       .arg(QString::number(shown().timeline.step()), formatNumber(largest),
                           QString::fromStdString(output->x.label), formatNumber(at),
                           formatNumber(sum / static_cast<double>(std::max<std::size_t>(1, values->size()))));
    if (!m_beyond.isEmpty())
        text += QLatin1Char(' ')
            + (m_beyond.size() == 1 ? tr("1 value lies beyond the axis.")
                                    : tr("%1 values lie beyond the axis.").arg(m_beyond.size()));
    return text;
}

ViewTable OutputView::table() const
{
    ViewTable table;
    const auto add = [&](Role role, const QString& prefix) {
        const Channel* c = channel(role);
        const std::vector<double>* values = sample(role);
        if (!c || !values)
            return;
        const qsizetype first = table.columns.size();
        for (const char* name : {"x", "target", "output"})
            table.columns.append(prefix + QLatin1String(name));
        table.blocks.append({first, table.columns.size() - first, first});
        for (std::size_t i = 0; i < values->size(); ++i) {
            const auto row = static_cast<qsizetype>(i);
            if (row >= table.rows.size())
                table.rows.append(QVector<double>(first, std::nan("")));
            table.rows[row] << c->x.values[i] << (i < c->reference.size() ? c->reference[i] : std::nan(""))
                            << (*values)[i];
        }
        for (QVector<double>& row : table.rows)
            row.resize(table.columns.size(), std::nan(""));
    };
    add(Role::Output, {});
    add(Role::TestOutput, QStringLiteral("test_"));
    add(Role::WideOutput, QStringLiteral("wide_"));
    return table;
}

QString OutputView::equation() const
{
    if (const KindModel* kind = lab().kinds.current())
        if (const QString own = kind->equation(id(), summary()); !own.isEmpty())
            return own;
    const Channel* output = channel(Role::Output);
    const std::size_t n = output ? output->x.values.size() : 0;
    return displayed(
               tr("MSE = <sup>1</sup>/<sub>n</sub> Σ<sub>i</sub> ( h(x<sub>i</sub>) − f(x<sub>i</sub>) )<sup>2</sup>"))
        + tr("<p>n = %1 samples. %2</p><p>f is the target, h what the network gives. Training makes this difference "
             "small at the samples; what h does between them and beyond the range is the network's own choice.</p>")
              .arg(QString::number(n), summary().toHtmlEscaped())
        + paperS1();
}

} // namespace fplab
