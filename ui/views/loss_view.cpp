#include "ui/views/loss_view.h"

#include "ui/views/equation_card.h"
#include "ui/views/paint.h"
#include "ui/views/view_options.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fplab {
namespace {

constexpr double smallestLoss = 1e-30; ///< zero stands here on a logarithmic axis

QString changeText(const LoggedChange& logged, const QString& name)
{
    if (const auto* number = std::get_if<double>(&logged.change.value))
        return name + QLatin1Char(' ') + formatNumber(*number);
    if (const auto* text = std::get_if<std::string>(&logged.change.value))
        return name + QLatin1Char(' ') + QString::fromStdString(*text);
    return name;
}

} // namespace

LossView::LossView(const Lab& lab, QWidget* parent)
    : StepView(lab, lab.cursor(), QStringLiteral("loss"), tr("Loss"), parent)
    , m_logTicker(std::make_shared<LogTicker>())
    , m_numbers(std::make_shared<NumberTicker>())
{
    options().addSwitch(QStringLiteral("log_loss"), tr("Logarithmic loss axis"), m_logarithmic);
    addPainter(Level::Curves, true, [this](QCPPainter& p) { drawCurves(p); });
    addPainter(Level::Over, true, [this](QCPPainter& p) { drawChanges(p); });
    addPainter(Level::Over, false, [this](QCPPainter& p) { drawEnds(p); });
}

double LossView::value(int curve, std::size_t record) const
{
    return shown().run.history().at(record).samples[m_curves[curve].channel][0];
}

double LossView::ordinate(double loss) const
{
    if (!std::isfinite(loss))
        return std::numeric_limits<double>::quiet_NaN();
    return isLogarithmic() ? std::log10(std::max(loss, smallestLoss)) : loss;
}

void LossView::reset()
{
    StepView::reset();
    m_low = m_high = 0;
    m_energy = shown().run.channelIndex(Role::Phase) >= 0;
    rebuild();
}

void LossView::rebuild()
{
    m_curves.clear();
    m_taken = 0;
    m_notFinite = 0;
    m_best = std::numeric_limits<double>::infinity();
    m_revision = shown().run.history().revision();
    for (const Role role : {Role::TrainLoss, Role::TestLoss})
        if (const int channel = shown().run.channelIndex(role); channel >= 0)
            m_curves.push_back({channel, {}});
}

void LossView::refresh(const Theme& theme)
{
    const History& history = shown().run.history();
    if (history.revision() != m_revision || history.size() < m_taken)
        rebuild();
    if (m_curves.empty() || history.empty()) {
        setEmptyText(tr("No experiment yet. Choose one in the gallery (Ctrl+N)."));
        setKey({});
        return;
    }
    setEmptyText({});
    for (; m_taken < history.size(); ++m_taken)
        for (std::size_t c = 0; c < m_curves.size(); ++c) {
            const double loss = value(static_cast<int>(c), m_taken), y = ordinate(loss);
            m_curves[c].line.append(coordinateOf(m_taken), y);
            if (!std::isfinite(y)) {
                ++m_notFinite;
                continue;
            }
            if (c == 1 && loss < m_best) {
                m_best = loss;
                m_bestRecord = m_taken;
            }
            if (!isLogarithmic()) {
                if (loss < m_low && loss > -1e12)
                    m_low = -axisEnd(-loss);
                if (loss > m_high && loss < 1e12)
                    m_high = niceCeiling(loss * 1000) / 1000;
            } else if (m_low >= m_high) {
                m_high = std::log10(niceStep(loss * 1.2));
                m_low = std::floor(y) - 1;
            } else {
                if (y < m_low)
                    m_low = std::floor(y);
                if (y > m_high && y < 12)
                    m_high = std::ceil(y) + 0.1;
            }
        }
    setScales(scale().axis(), {.quantity = QStringLiteral("loss"), .logarithmic = isLogarithmic()});
    setAutoRange(stepLeft(), stepRight(), m_low, m_low < m_high ? m_high : m_low + 1);
    setTickers(stepTicker(), isLogarithmic() ? m_logTicker : m_numbers);
    setAxisLabels(tr("step"), tr("loss"));
    QVector<KeyEntry> key {{.label = tr("training"), .color = theme.network, .width = theme.penWidth}};
    if (m_curves.size() > 1)
        key.append({.label = tr("test"), .color = theme.accent, .dash = Qt::DashLine, .width = theme.penWidth});
    setKey(key);
    if (shown().run.state() == RunState::Diverged)
        setSubtitle(QString::fromStdString(shown().run.result().reason));
    else if (m_curves.size() > 1 && std::isfinite(m_best))
        setSubtitle(
            tr("lowest test %1 at step %2").arg(formatNumber(m_best), formatStep(history.at(m_bestRecord).step)));
    else
        setSubtitle({});
    setNotShown(m_notFinite);
    setStateNotes(false, false);
}

void LossView::drawCurves(QCPPainter& p)
{
    const double low = xAxis()->range().lower, high = xAxis()->range().upper;
    for (std::size_t c = m_curves.size(); c-- > 0;)
        drawCurve(p, toPixels(m_curves[c].line.reduced(low, high, columns())),
            c == 0 ? curvePen(look().network, look().penWidth)
                   : curvePen(look().accent, look().penWidth, Qt::DashLine));
    if (m_curves.size() > 1 && std::isfinite(m_best))
        drawMarker(p, Marker::Diamond, toPixel(coordinateOf(m_bestRecord), ordinate(m_best)), 4 * look().penWidth,
            look().accent);
}

/// The newest values, so that step 0 is seen too.
void LossView::drawEnds(QCPPainter& p) const
{
    for (std::size_t c = 0; c < m_curves.size(); ++c)
        if (const auto& points = m_curves[c].line.points(); !points.isEmpty() && std::isfinite(points.back().y()))
            if (const QPointF at = toPixel(points.back()); axisArea().adjusted(-1, -1, 2, 2).contains(at))
                drawMarker(p, Marker::Circle, at, 3 * look().penWidth, c == 0 ? look().network : look().accent);
}

void LossView::drawChanges(QCPPainter& p) const
{
    const QRectF area = axisArea();
    double free = area.left();
    for (const LoggedChange& change : shown().run.changes()) {
        const double x = toPixel(scale().coordinate(static_cast<double>(change.step)), 0).x();
        if (!area.contains(QPointF(x, area.center().y())) || !change.refused.empty())
            continue;
        p.setPen(curvePen(look().good, 1, Qt::DashLine));
        p.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        if (x < free)
            continue;
        const QString text = changeText(change, lab().editor.labelOf(QString::fromStdString(change.change.path)));
        const bool room = x + QFontMetricsF(look().plotFont()).horizontalAdvance(text) + 14 < area.right();
        free = drawPill(p, QPointF(x + (room ? 2 : -2), area.top()), room ? Qt::AlignLeft : Qt::AlignRight, text,
            look().plotFont(), look().good, look().card)
                   .right();
    }
}

int LossView::curveCount() const { return shown().run.history().empty() ? 0 : static_cast<int>(m_curves.size()); }
int LossView::pointCount(int) const { return static_cast<int>(std::min(m_taken, shown().run.history().size())); }

PlotView::Probe LossView::probe(int curve, int index) const
{
    const double loss = value(curve, index);
    return {.at = {coordinateOf(index), ordinate(loss)},
        .text = (curve == 0 ? tr("step %1   training loss %2") : tr("step %1   test loss %2"))
                    .arg(formatStep(shown().run.history().at(index).step), formatNumber(loss, 5)),
        .curve = curve,
        .index = index};
}

QString LossView::summary() const
{
    const int record = shown().timeline.index();
    const int train = shown().run.channelIndex(Role::TrainLoss), test = shown().run.channelIndex(Role::TestLoss);
    if (record < 0 || train < 0)
        return tr("No experiment is loaded.");
    const Record& now = shown().run.history().at(record);
    QString text = tr("Training loss %1 at step %2.").arg(formatNumber(now.samples[train][0])).arg(now.step);
    if (test >= 0) {
        text += tr(" Test loss %1.").arg(formatNumber(now.samples[test][0]));
        if (m_curves.size() > 1 && std::isfinite(m_best) && m_bestRecord < shown().run.history().size())
            text += tr(" Lowest test loss %1 at step %2.")
                        .arg(formatNumber(m_best))
                        .arg(shown().run.history().at(m_bestRecord).step);
    }
    if (shown().run.state() == RunState::Diverged)
        text += QLatin1Char(' ') + tr("Training diverged at step %1.").arg(shown().run.result().divergedAt);
    return text;
}

ViewTable LossView::table() const
{
    ViewTable table;
    const int train = shown().run.channelIndex(Role::TrainLoss), test = shown().run.channelIndex(Role::TestLoss);
    if (train < 0)
        return table;
    table.columns << QStringLiteral("step") << QStringLiteral("train_loss");
    if (test >= 0)
        table.columns << QStringLiteral("test_loss");
    const History& history = shown().run.history();
    for (std::size_t i = 0; i < history.size(); ++i) {
        QVector<double> row {static_cast<double>(history.at(i).step), history.at(i).samples[train][0]};
        if (test >= 0)
            row << history.at(i).samples[test][0];
        table.rows.append(row);
    }
    return table;
}

QString LossView::equation() const
{
    if (const KindModel* kind = lab().kinds.current())
        if (const QString own = kind->equation(id(), summary()); !own.isEmpty())
            return own;
    return displayed(tr("MSE = <sup>1</sup>/<sub>n</sub> Σ<sub>i</sub> ( h(x<sub>i</sub>) − y<sub>i</sub> )<sup>2</sup>"
                        " = Σ<sub>k</sub> |<i>ĥ</i><sub>k</sub> − <i>f̂</i><sub>k</sub>|<sup>2</sup>"))
        + tr("<p>%1</p><p>The same number, seen over samples and over all n frequencies (Parseval): each frequency has "
             "its "
             "share of the loss. Other losses replace the square or weigh the frequencies.</p>")
              .arg(summary().toHtmlEscaped())
        + paperS1();
}

} // namespace fplab
