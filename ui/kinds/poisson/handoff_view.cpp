#include "ui/kinds/poisson/handoff_view.h"

#include "ui/kinds/poisson/handoff_model.h"
#include "ui/views/equation_card.h"
#include "ui/views/paint.h"

#include <QLineF>

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

constexpr double clickReach = 14; ///< pixels

} // namespace

HandoffView::HandoffView(const Lab& lab, QWidget* parent)
    : PlotView(lab, lab.cursor(), QStringLiteral("handoff"), tr("Cost against M"), parent)
    , m_costTicker(std::make_shared<NumberTicker>())
    , m_steps(std::make_shared<StepTicker>(m_scale))
{
    m_scale.logarithmic = false;
    options().addChoice(QStringLiteral("cost"), tr("Cost"), CostAxis::choices(), m_cost.kind);
    options().addSwitch(QStringLiteral("log_step"), tr("Logarithmic axis of M"), m_scale.logarithmic);
    addPainter(Level::Curves, true, [this](QCPPainter& p) { drawCurve(p); });
    addPainter(Level::Over, false, [this](QCPPainter& p) { drawBest(p); });
    connect(&handoffOf(lab), &HandoffModel::changed, this, [this] {
        showAction();
        invalidate();
    });
    connect(this, &PlotView::actionTriggered, this, &HandoffView::tryOrTake);
    connect(this, &PlotView::viewStateChanged, this, &HandoffView::showAction);
    showAction();
}

void HandoffView::reset() { m_right = m_high = 0; }

void HandoffView::tryOrTake()
{
    HandoffModel& handoff = handoffOf(lab());
    if (!handoff.available() || handoff.pde().handoffStep == 0)
        return;
    if (handoff.isSweeping())
        handoff.cancelSweep();
    else if (const int i = best();
             i >= 0 && handoff.trials()[static_cast<std::size_t>(i)].step != handoff.pde().handoffStep)
        Q_EMIT goOnRequested(handoffStepPath,
            QString::number(handoffOf(lab()).recordedStep(handoff.trials()[static_cast<std::size_t>(i)].step)));
    else
        handoff.startSweep();
}

void HandoffView::showAction()
{
    const HandoffModel& handoff = handoffOf(lab());
    if (!handoff.available() || handoff.pde().handoffStep == 0)
        return setAction({}, {});
    const int i = best();
    if (handoff.isSweeping())
        setAction(tr("Cancel"), tr("Stops trying; what was tried stays"));
    else if (i >= 0 && handoff.trials()[static_cast<std::size_t>(i)].step != handoff.pde().handoffStep) {
        const std::int64_t step = handoff.trials()[static_cast<std::size_t>(i)].step;
        setAction(step > 0 ? tr("Use M = %1").arg(formatStep(step)) : tr("Use no network"),
            tr("Runs on with the cheapest hand-off step"));
    } else
        setAction(handoff.trials().empty() ? tr("Sweep M") : tr("Sweep again"),
            tr("Tries hand-off steps up to three times M, each to the tolerance, and shows which is cheapest"));
}

int HandoffView::best() const
{
    int found = -1;
    double least = 0;
    const auto& trials = handoffOf(lab()).trials();
    for (std::size_t i = 0; i < trials.size(); ++i)
        if (trials[i].reached)
            if (const double cost = m_cost.of(*trials[i].reached); found < 0 || cost < least) {
                found = static_cast<int>(i);
                least = cost;
            }
    return found;
}

double HandoffView::coordinate(std::int64_t step) const { return m_scale.coordinate(static_cast<double>(step)); }

QPointF HandoffView::place(const HandoffTrial& trial) const
{
    return {coordinate(trial.step), m_cost.of(*trial.reached)};
}

void HandoffView::refresh(const Theme& theme)
{
    const HandoffModel& handoff = handoffOf(lab());
    setKey({});
    setSubtitle({});
    m_trials.clear();
    if (!handoff.available() || handoff.pde().handoffStep == 0) {
        setEmptyText(tr("Only for a network that hands over to a solver."));
        return;
    }
    double last = 0, high = 0;
    for (const HandoffTrial& trial : handoff.trials())
        if (trial.reached) {
            m_trials.push_back(trial);
            high = std::max(high, m_cost.of(*trial.reached));
        }
    if (m_trials.empty()) {
        setEmptyText(handoff.isSweeping()  ? tr("Trying M = %1 …").arg(formatStep(0))
                : handoff.trials().empty() ? tr("Sweep M shows when it is best to hand over.")
                                           : tr("No hand-off step reached the tolerance within the run."));
        return;
    }
    setEmptyText({});
    for (const auto step : handoff.sweepSteps())
        last = std::max(last, static_cast<double>(step));
    m_right = std::max({m_right, axisEnd(last), 2.0});
    m_high = std::max(m_high, axisEnd(high));
    QVector<KeyEntry> key {{.label = tr("to an error of %1").arg(formatNumber(handoff.pde().tolerance)),
        .color = theme.accent,
        .width = theme.penWidth}};
    if (const auto run = runReached()) {
        m_high = std::max(m_high, axisEnd(m_cost.of(*run)));
        key.append({.label = tr("◇ this run: %1").arg(costText(*run)), .color = theme.card, .width = 0});
    }
    setKey(key);
    setScales(m_scale.axis(), {.quantity = m_cost.label()});
    setAutoRange(
        m_scale.logarithmic ? m_scale.lowest() - 0.05 : -0.02 * m_right, m_scale.coordinate(m_right), 0, m_high);
    setTickers(m_steps, m_costTicker);
    setAxisLabels(tr("hand-off step M"), m_cost.label());
    if (handoff.isSweeping())
        setSubtitle(tr("%1 of %2").arg(handoff.trials().size()).arg(handoff.sweepSteps().size()));
    else
        setSubtitle(m_cost.label(), QString());
    setStateNotes(false, false);
}

void HandoffView::drawCurve(QCPPainter& p)
{
    const QRectF area = axisArea();
    const HandoffModel& handoff = handoffOf(lab());
    if (const double x = toPixel(coordinate(handoff.pde().handoffStep), 0).x();
        handoff.handsOver() && x >= area.left() && x <= area.right()) {
        p.setPen(curvePen(look().muted, 1, Qt::DashLine));
        p.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
    if (m_trials.front().step == 0)
        drawAlone(p, *m_trials.front().reached);
    QVector<QPointF> points;
    for (const HandoffTrial& trial : m_trials)
        points.append(toPixel(place(trial)));
    fplab::drawCurve(p, points, curvePen(look().accent, 0.75 * look().penWidth));
    for (const QPointF& at : std::as_const(points))
        drawMarker(p, Marker::Circle, at, 4 * look().penWidth, look().accent);
    if (const auto run = runReached()) {
        const QPointF at = toPixel(coordinate(run->step - run->sweeps), m_cost.of(*run));
        if (area.adjusted(-2, -2, 2, 2).contains(at))
            drawMarker(p, Marker::Diamond, at, 5.5 * look().penWidth, look().ink, false);
    }
}

/// Its cost right across, as wide as the measurements of a sweep lie apart.
void HandoffView::drawAlone(QCPPainter& p, const SolveSummary::Point& alone) const
{
    const HandoffModel& handoff = handoffOf(lab());
    const QRectF area = axisArea();
    const double y = toPixel(0, m_cost.of(alone)).y();
    if (y < area.top() || y > area.bottom())
        return;
    const SolverStyle style = look().solver(handoff.pde().then);
    if (m_cost.kind == CostAxis::Seconds) {
        const double spread = handoff.clock().spread(0, alone.sweeps),
                     half = std::abs(toPixel(0, m_cost.of(alone) + spread).y() - y);
        p.fillRect(QRectF(area.left(), y - half, area.width(), 2 * half), mixed(look().card, style.color, 0.15));
    }
    p.setPen(curvePen(style.color, 1, Qt::DashLine));
    p.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    p.setFont(look().plotFont());
    p.setPen(style.color);
    const QString text = tr("%1 alone: %2").arg(handoff.solverLabel(), costText(alone));
    p.drawText(QPointF(area.right() - QFontMetricsF(look().plotFont()).horizontalAdvance(text) - 4, y - 6), text);
}

QString HandoffView::costText(const SolveSummary::Point& point) const
{
    return m_cost.kind == CostAxis::Seconds ? handoffOf(lab()).secondsText(point) : m_cost.text(m_cost.of(point));
}

std::optional<SolveSummary::Point> HandoffView::runReached() const
{
    const HandoffModel& handoff = handoffOf(lab());
    if (!handoff.handsOver() || handoff.trace().points().empty())
        return std::nullopt;
    const auto reached = handoff.trace().summary().firstBelow(handoff.pde().tolerance);
    return reached && reached->solver ? reached : std::nullopt;
}

void HandoffView::drawBest(QCPPainter& p) const
{
    const int i = best();
    if (i < 0)
        return;
    const HandoffTrial& trial = handoffOf(lab()).trials()[static_cast<std::size_t>(i)];
    const QPointF at = toPixel(place(trial));
    if (!axisArea().adjusted(-2, -2, 2, 2).contains(at))
        return;
    p.setAntialiasing(true);
    p.setPen(QPen(look().good, 2));
    p.setBrush(Qt::NoBrush);
    p.drawEllipse(at, 4 * look().penWidth, 4 * look().penWidth);
    const QString text = tr("M = %1: %2").arg(formatStep(trial.step), costText(*trial.reached));
    const double width = QFontMetricsF(look().plotFont()).horizontalAdvance(text) + 12;
    const double x = std::clamp(at.x(), axisArea().left() + width / 2, axisArea().right() - width / 2);
    const bool below = at.y() + 40 < axisArea().bottom();
    drawPill(p, QPointF(x, at.y() + (below ? 14 : -14)), Qt::AlignHCenter | (below ? Qt::AlignTop : Qt::AlignBottom),
        text, look().plotFont(), look().card, look().good);
}

int HandoffView::curveCount() const { return m_trials.empty() ? 0 : 1; }
int HandoffView::pointCount(int) const { return static_cast<int>(m_trials.size()); }

PlotView::Probe HandoffView::probe(int curve, int index) const
{
    const HandoffTrial& trial = m_trials[static_cast<std::size_t>(index)];
    return {.at = place(trial),
        .text
        = tr("M = %1   network %2 s   in all %3 s   %4 sweeps   %5 operations   Enter: hand over there")
              .arg(formatStep(trial.step), formatNumber(trial.handOver.seconds), formatNumber(trial.reached->seconds),
                  formatStep(trial.reached->sweeps), formatNumber(trial.reached->work)),
        .curve = curve,
        .index = index};
}

std::optional<PlotView::Probe> HandoffView::probeAt(QPointF pixel) const
{
    std::optional<Probe> nearest;
    double least = 0;
    for (int i = 0; i < pointCount(0); ++i)
        if (const double distance = std::abs(toPixel(place(m_trials[static_cast<std::size_t>(i)])).x() - pixel.x());
            !nearest || distance < least) {
            nearest = probe(0, i);
            least = distance;
        }
    return nearest;
}

void HandoffView::activate(const Probe& probe)
{
    Q_EMIT goOnRequested(handoffStepPath,
        QString::number(handoffOf(lab()).recordedStep(m_trials[static_cast<std::size_t>(probe.index)].step)));
}

void HandoffView::click(QPointF pixel)
{
    const auto probe = axisArea().contains(pixel) ? probeAt(pixel) : std::nullopt;
    if (probe && QLineF(toPixel(probe->at), pixel).length() <= clickReach)
        activate(*probe);
}

QString HandoffView::summary() const
{
    const HandoffModel& handoff = handoffOf(lab());
    if (!handoff.available())
        return tr("No equation is loaded.");
    const int i = best();
    if (i < 0)
        return tr("No hand-off steps have been tried.");
    const HandoffTrial& trial = handoff.trials()[static_cast<std::size_t>(i)];
    QString text = tr("%1 of %2 hand-off steps tried. Cheapest: M = %3 with %4.")
                       .arg(handoff.trials().size())
                       .arg(handoff.sweepSteps().size())
                       .arg(formatStep(trial.step), costText(*trial.reached));
    if (const auto& first = handoff.trials().front(); first.step == 0 && first.reached)
        text += QLatin1Char(' ') + tr("%1 alone: %2.").arg(handoff.solverLabel(), costText(*first.reached));
    return text;
}

ViewTable HandoffView::table() const
{
    ViewTable table;
    for (const char* name : {"handoff_step", "network_seconds", "network_error", "seconds", "sweeps", "work"})
        table.columns << QLatin1String(name);
    for (const HandoffTrial& trial : handoffOf(lab()).trials()) {
        const double none = std::nan("");
        QVector<double> row {
            static_cast<double>(trial.step), trial.handOver.seconds, trial.step > 0 ? trial.handOver.error : none};
        if (trial.reached)
            row << trial.reached->seconds << static_cast<double>(trial.reached->sweeps) << trial.reached->work;
        else
            row << none << none << none;
        table.rows.append(row);
    }
    return table;
}

QString HandoffView::equation() const
{
    return displayed(tr("T(M) = M t<sub>network</sub> + s(M) t<sub>sweep</sub>"))
        + tr("<p>%1</p><p>Each point is a whole run: the network for M steps, then the solver to the tolerance; its "
             "steps and sweeps are "
             "counted, and cost what one takes on this computer, as in \"Error against cost\". Too early, and the "
             "solver must do the low frequencies; too late, and the network has wasted its time on "
             "the high ones. M = 0 is the solver alone.</p>")
              .arg(summary().toHtmlEscaped())
        + paperS1();
}

} // namespace fplab
