#include "ui/kinds/poisson/error_view.h"

#include "ui/kinds/poisson/handoff_model.h"
#include "ui/views/equation_card.h"
#include "ui/views/line_series.h"
#include "ui/views/paint.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace fplab {
namespace {

constexpr double handReach = 7; ///< pixels
constexpr double smallest = 1e-16; ///< an error of zero stands here

} // namespace

ErrorView::ErrorView(const Lab& lab, QWidget* parent)
    : PlotView(lab, lab.cursor(), QStringLiteral("error"), tr("Error against cost"), parent)
    , m_numbers(std::make_shared<NumberTicker>())
    , m_logTicker(std::make_shared<LogTicker>())
    , m_errorTicker(std::make_shared<LogTicker>())
{
    options().addChoice(QStringLiteral("cost"), tr("Cost"), CostAxis::choices(), m_cost.kind);
    options().addChoice(QStringLiteral("cost_axis"), tr("Cost axis"),
        {{QStringLiteral("auto"), tr("As fits: logarithmic for solvers only")},
            {QStringLiteral("linear"), tr("Linear")}, {QStringLiteral("log"), tr("Logarithmic")}},
        m_axis);
    addPainter(Level::Under, true, [this](QCPPainter& p) { drawFloors(p); });
    addPainter(Level::Curves, true, [this](QCPPainter& p) {
        drawSpread(p);
        drawCurves(p);
    });
    addPainter(Level::Over, false, [this](QCPPainter& p) {
        drawNames(p);
        drawPlayhead(p);
        drawHand(p);
    });
    connect(&handoffOf(lab), &HandoffModel::changed, this, &PlotView::invalidate);
}

double ErrorView::ordinate(double error) { return std::log10(std::max(error, smallest)); }

void ErrorView::reset() { m_right = m_low = m_high = 0; }

/// What there is to be drawn now, the run first.
void ErrorView::gather(const Theme& theme)
{
    HandoffModel& handoff = handoffOf(lab());
    const double pen = theme.penWidth;
    m_curves.clear();
    const auto add = [&](const QString& name, const Points& points, const SolverStyle& style, double width) -> Curve* {
        if (points.empty())
            return nullptr;
        m_curves.push_back({name, points, style.color, width, style.dash, style.marker});
        return &m_curves.back();
    };
    const SolverStyle own = theme.solver(handoff.pde().then);
    const SolverStyle learner {theme.network, Marker::Circle, Qt::SolidLine},
        learnerAlone {theme.network, Marker::Circle, Qt::DotLine};
    const Points& run = handoff.trace().points();
    const auto network = static_cast<std::ptrdiff_t>(handoff.trace().networkPoints());
    const auto solver
        = std::max<std::ptrdiff_t>(0, network - 1); // from the hand-over on, the last point of the network
    const bool solved = network < std::ssize(run);
    add(tr("network"), Points(run.begin(), run.begin() + network), learner, 1.1 * pen);
    if (solved)
        add(network > 0 ? tr("then %1").arg(handoff.solverLabel()) : handoff.solverLabel(),
            Points(run.begin() + solver, run.end()), own, 1.4 * pen);
    for (Curve& curve : m_curves)
        curve.ofRun = true;
    if (handoff.pde().handoffStep != 0)
        if (Curve* alone
            = add((handoff.aloneIsComputed() ? tr("%1 alone, computed") : tr("%1 alone")).arg(handoff.solverLabel()),
                handoff.alone(), own, 0.75 * pen))
            alone->ofSolverAlone = true;
    for (const auto& other : handoff.others()) {
        const PdeSpec& pde = specOf<PoissonSpec>(other->spec.problem).pde;
        add(other->label, other->trace.points(), pde.handoffStep < 0 ? learnerAlone : theme.solver(pde.then),
            0.75 * pen);
    }
    add(tr("branch"), handoff.consideredBranch(), {theme.good, Marker::Circle, Qt::DotLine}, pen);
}

QPointF ErrorView::place(const SolveSummary::Point& point) const
{
    return {m_cost.coordinate(m_cost.of(point)), ordinate(point.error)};
}

QVector<QPointF> ErrorView::pixels(const Curve& curve) const
{
    LineSeries line;
    for (const auto& point : curve.points) {
        const QPointF at = place(point);
        line.append(at.x(), at.y());
    }
    return toPixels(line.reduced(xAxis()->range().lower, xAxis()->range().upper, 2 * columns()));
}

/// Axes that hold what is drawn; they only grow while a run goes on.
void ErrorView::fitAxes()
{
    const HandoffModel& handoff = handoffOf(lab());
    const double tolerance = std::log10(handoff.pde().tolerance);
    double right = 0, low = tolerance, high = tolerance + 1;
    double least = 0; // the smallest cost there is begins a logarithmic axis
    for (const Curve& curve : m_curves) {
        // slower solvers must not squeeze the others together
        const bool decides = curve.ofRun || handoff.pde().handoffStep != 0 || m_cost.logarithmic;
        for (const auto& point : curve.points) {
            const double cost = m_cost.of(point);
            if (decides)
                right = std::max(right, cost);
            if (cost > 0 && (least == 0 || cost < least))
                least = cost;
            if (!std::isfinite(point.error))
                continue;
            high = std::max(high, ordinate(point.error));
            low = std::min(low, std::max(ordinate(point.error), tolerance - 1));
        }
    }
    if (handoff.setting().discretisationFloor > 0.02 * handoff.pde().tolerance)
        low = std::min(low, ordinate(handoff.setting().discretisationFloor));
    if (least > 0)
        m_cost.lowest = std::pow(10.0, std::floor(std::log10(least)));
    m_right = std::max(m_right, axisEnd(std::max(right, m_cost.lowest)));
    m_low = std::min(m_low, std::floor(4 * low - 1.2) / 4);
    m_high = std::max(m_high == 0 ? -100 : m_high, std::ceil(4 * high + 0.4) / 4);
    const double left = m_cost.logarithmic ? m_cost.coordinate(0) : -0.015 * m_right;
    setScales({.quantity = m_cost.label(), .logarithmic = m_cost.logarithmic},
        {.quantity = QStringLiteral("error"), .logarithmic = true});
    setAutoRange(left, m_cost.coordinate(m_right), m_low, m_high);
}

void ErrorView::refresh(const Theme& theme)
{
    HandoffModel& handoff = handoffOf(lab());
    setKey({});
    setSubtitle({});
    if (!handoff.available() || !shown().run.hasRun()) {
        setEmptyText(shown().run.hasRun() ? tr("Only for an equation with a known solution.")
                                          : tr("No experiment yet. Choose one in the gallery (Ctrl+N)."));
        m_curves.clear();
        return;
    }
    setEmptyText({});
    gather(theme);
    const PdeSpec& pde = handoff.pde();
    m_cost.logarithmic = m_axis == 2 || (m_axis == 0 && pde.handoffStep == 0); // solvers differ by powers of ten
    fitAxes();
    setTickers(m_cost.logarithmic ? m_logTicker : m_numbers, m_errorTicker);
    setAxisLabels(m_cost.label(), tr("largest error"));
    QVector<KeyEntry> key;
    for (const Curve& curve : m_curves)
        if (curve.ofRun)
            key.append({.label = curve.name, .color = curve.color, .dash = curve.dash, .width = curve.width});
    setKey(key);
    if (const auto& verdict = handoff.verdict())
        setSubtitle(QString::fromStdString(verdict->brief), QString());
    if (handoff.considered() && !handoff.consideredBranch().empty()) {
        const auto& end = handoff.consideredBranch().back();
        const QString outcome = end.error <= pde.tolerance ? m_cost.text(m_cost.of(end)) : tr("not to the tolerance");
        setHint(tr("a branch at %1, computed: %2").arg(formatStep(handoff.consideredBranch().front().step), outcome));
    } else
        setStateNotes(true, false);
}

// ---- the hand-off step

std::optional<std::int64_t> ErrorView::handStep() const
{
    const HandoffModel& handoff = handoffOf(lab());
    if (!handoff.handsOver())
        return std::nullopt;
    if (handoff.considered())
        return handoff.considered();
    const auto& trace = handoff.trace();
    if (trace.networkPoints() > 0 && trace.networkPoints() < trace.points().size())
        return trace.points()[trace.networkPoints() - 1].step; // where it was, by whatever rule
    return handoff.pde().handoffStep;
}

std::optional<double> ErrorView::handPixel() const
{
    const auto step = handStep();
    if (!step)
        return std::nullopt;
    const auto point = handoffOf(lab()).networkAt(*step);
    if (!point)
        return std::nullopt;
    return toPixel(m_cost.coordinate(m_cost.of(*point)), 0).x();
}

bool ErrorView::grabsAt(QPointF pixel) const
{
    const auto x = handPixel();
    return x && m_cost.kind != CostAxis::Sweeps && axisArea().adjusted(0, -4, 0, 4).contains(pixel)
        && std::abs(*x - pixel.x()) <= handReach;
}

/// The step at which the network has cost as much as this place says.
std::int64_t ErrorView::stepAt(QPointF pixel) const
{
    const double cost = m_cost.cost(fromPixel(pixel).x());
    const auto& trace = handoffOf(lab()).trace();
    const auto begin = trace.points().begin(), end = begin + static_cast<std::ptrdiff_t>(trace.networkPoints());
    const auto after = std::find_if(begin, end, [&](const auto& point) { return m_cost.of(point) >= cost; });
    if (after != end) {
        if (after == begin)
            return 1;
        const auto before = after - 1;
        const double width = m_cost.of(*after) - m_cost.of(*before);
        const double share = width > 0 ? (cost - m_cost.of(*before)) / width : 1;
        return std::max<std::int64_t>(1,
            std::llround(static_cast<double>(before->step) + share * static_cast<double>(after->step - before->step)));
    }
    const auto& last = *(end - 1);
    return std::llround(static_cast<double>(last.step) * cost / std::max(m_cost.of(last), 1e-12));
}

void ErrorView::drag(QPointF, QPointF pixel)
{
    m_dragging = true;
    handoffOf(lab()).consider(stepAt(pixel));
}

void ErrorView::dropped()
{
    if (!std::exchange(m_dragging, false))
        return;
    const auto step = handoffOf(lab()).considered();
    handoffOf(lab()).consider({});
    if (step && *step != handoffOf(lab()).pde().handoffStep)
        Q_EMIT goOnRequested(handoffStepPath, QString::number(handoffOf(lab()).recordedStep(*step)));
}

void ErrorView::activate(const Probe& probe)
{
    const auto& points = handoffOf(lab()).trace().points();
    if (handoffOf(lab()).handsOver() && probe.curve == 0 && probe.index > 0
        && static_cast<std::size_t>(probe.index) < handoffOf(lab()).trace().networkPoints())
        Q_EMIT goOnRequested(handoffStepPath,
            QString::number(handoffOf(lab()).recordedStep(points[static_cast<std::size_t>(probe.index)].step)));
}

// ---- reading

int ErrorView::curveCount() const { return static_cast<int>(m_curves.size()); }
int ErrorView::pointCount(int curve) const
{
    return static_cast<int>(m_curves[static_cast<std::size_t>(curve)].points.size());
}

PlotView::Probe ErrorView::probe(int curve, int index) const
{
    const Curve& line = m_curves[static_cast<std::size_t>(curve)];
    const auto& point = line.points[static_cast<std::size_t>(index)];
    return {.at = place(point),
        .text = tr("%1   step %2   error %3   %4 s   %5 sweeps   %6 operations")
                    .arg(line.name, formatStep(point.step), formatNumber(point.error), formatNumber(point.seconds),
                        formatStep(point.sweeps), formatNumber(point.work)),
        .curve = curve,
        .index = index};
}

QString ErrorView::summary() const
{
    const HandoffModel& handoff = handoffOf(lab());
    if (!handoff.available() || handoff.trace().points().empty())
        return tr("No equation is loaded.");
    if (const auto& verdict = handoff.verdict())
        return QString::fromStdString(verdict->text);
    const auto& now = handoff.trace().points().back();
    QString text = now.solver ? tr("After %1 sweeps (%2 s) the largest error is %3.")
                                    .arg(formatStep(now.sweeps), formatNumber(now.seconds), formatNumber(now.error))
                              : tr("After %1 network steps (%2 s) the largest error is %3.")
                                    .arg(formatStep(now.step), formatNumber(now.seconds), formatNumber(now.error));
    const auto& floor = handoff.setting().discretisationFloor;
    text += QLatin1Char(' ') + tr("The grid's own error is %1.").arg(formatNumber(floor, 2));
    return text;
}

ViewTable ErrorView::table() const
{
    ViewTable table;
    for (const Curve& curve : m_curves) {
        const qsizetype first = table.columns.size();
        QString name = curve.name;
        name.remove(QLatin1Char(',')).replace(QLatin1Char(' '), QLatin1Char('_'));
        for (const char* column : {"_step", "_seconds", "_sweeps", "_work", "_error"})
            table.columns.append(name + QLatin1String(column));
        static constexpr int keys[] {1, 2, 3}; // seconds, sweeps, work
        table.blocks.append({first, table.columns.size() - first, first + keys[m_cost.kind]});
        for (std::size_t i = 0; i < curve.points.size(); ++i) {
            const auto row = static_cast<qsizetype>(i);
            if (row >= table.rows.size())
                table.rows.append(QVector<double>(first, std::nan("")));
            const auto& point = curve.points[i];
            table.rows[row] << static_cast<double>(point.step) << point.seconds << static_cast<double>(point.sweeps)
                            << point.work << point.error;
        }
        for (QVector<double>& row : table.rows)
            row.resize(table.columns.size(), std::nan(""));
    }
    return table;
}

QString ErrorView::clockInWords() const
{
    const HandoffModel& handoff = handoffOf(lab());
    if (!handoff.available())
        return {};
    const auto text
        = [](const SolveClock::Unit& unit) { return QString::fromStdString(secondsText(unit.median, unit.spread)); };
    const SolveClock& clock = handoff.clock();
    QString units = tr("a sweep takes %1").arg(text(clock.sweep));
    if (clock.step.median > 0)
        units = tr("a step of the network %1, ").arg(text(clock.step)) + units;
    return tr("<p>Seconds are counted: %1 on this computer, the median of seven measurements when the experiment was "
              "opened.</p>")
        .arg(units);
}

QString ErrorView::equation() const
{
    return displayed(tr("<i>e</i> = max<sub>i</sub> | u<sub>i</sub> − u(x<sub>i</sub>) | , &nbsp; cost = M "
                        "t<sub>network</sub> + s(M) t<sub>sweep</sub>"))
        + tr("<p>%1</p><p>The largest error against the exact solution over what it costs. The network's time counts "
             "in full. "
             "M is the step at which the network hands over, s(M) the sweeps that are left then. No solver gets below "
             "the grid's own "
             "error. Nothing but a penalty holds the ends of a network: they stay a little off, and so does the "
             "network.</p>")
              .arg(summary().toHtmlEscaped())
        + clockInWords() + paperS1();
}

} // namespace fplab
