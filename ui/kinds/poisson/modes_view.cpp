#include "ui/kinds/poisson/modes_view.h"

#include "ui/kinds/poisson/handoff_model.h"
#include "ui/views/equation_card.h"
#include "ui/views/paint.h"
#include "ui/views/view_options.h"

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

constexpr double decades = 7; ///< of the amplitude axis
constexpr double pitch = 8, barWidth = 6; ///< pixels

double ordinate(double amplitude) { return std::log10(std::max(std::abs(amplitude), 1e-30)); }

} // namespace

ModesView::ModesView(const Lab& lab, QWidget* parent)
    : PlotView(lab, lab.cursor(), QStringLiteral("modes"), tr("Error by mode"), parent)
    , m_logTicker(std::make_shared<LogTicker>())
    , m_modeTicker(std::make_shared<LogTicker>())
    , m_integers(std::make_shared<IntegerTicker>())
{
    options().addSwitch(QStringLiteral("log_mode"), tr("Logarithmic mode axis"), m_logarithmic);
    addPainter(Level::Curves, true, [this](QCPPainter& p) { drawBars(p); });
    addPainter(Level::Over, true, [this](QCPPainter& p) { drawSolution(p); });
}

void ModesView::reset() { m_low = m_high = 0; }

QColor ModesView::solverColor() const
{
    return handoffOf(lab()).available() ? lab().themes.theme().solver(handoffOf(lab()).pde().then).color
                                        : look().accent;
}

double ModesView::coordinate(double mode) const { return m_logarithmic ? std::log10(mode) : mode; }

void ModesView::refresh(const Theme& theme)
{
    const int channel = shown().run.channelIndex(Role::ModeErrors), record = shown().timeline.index();
    setKey({});
    setSubtitle({});
    m_now.clear();
    if (channel < 0 || record < 0) {
        setEmptyText(record < 0 ? tr("No experiment yet. Choose one in the gallery (Ctrl+N).")
                                : tr("Only for an equation with a known solution."));
        return;
    }
    setEmptyText({});
    const Channel& modes = shown().run.channels()[static_cast<std::size_t>(channel)];
    const History& history = shown().run.history();
    const auto sample = [&](std::size_t i) { return history.at(i).samples[static_cast<std::size_t>(channel)]; };
    m_modes = modes.x.values;
    m_solution = modes.reference;
    m_now = sample(static_cast<std::size_t>(record));
    const std::size_t network = handoffOf(lab()).trace().networkPoints();
    const bool solving = static_cast<std::size_t>(record) >= network && network > 0;
    m_handedOver = solving && network <= history.size();
    m_before = m_handedOver ? sample(network - 1) : sample(0);
    double largest = 1e-12;
    for (const auto* values : {&m_solution, &m_before})
        for (const double value : *values)
            largest = std::max(largest, std::abs(value));
    if (m_high == 0)
        m_high = std::ceil(2 * std::log10(largest) + 0.4) / 2;
    m_low = m_high - decades;
    setScales({.quantity = QStringLiteral("mode"), .logarithmic = m_logarithmic},
        {.quantity = QStringLiteral("amplitude"), .logarithmic = true});
    setAutoRange(coordinate(1) - (m_logarithmic ? 0.08 : 1), coordinate(m_modes.back()) + (m_logarithmic ? 0.05 : 1),
        m_low, m_high);
    setTickers(m_logarithmic ? m_modeTicker : m_integers, m_logTicker);
    setAxisLabels(tr("sine mode j (half waves; k counts whole ones)"), tr("amplitude of the error"));
    QVector<KeyEntry> key {{.label = tr("solution"), .color = theme.target, .kind = KeyEntry::Kind::Ring}};
    const QString solver = handoffOf(lab()).available() ? handoffOf(lab()).solverLabel() : QString();
    if (m_handedOver)
        key.append({.label = tr("network"), .color = theme.network, .kind = KeyEntry::Kind::Bar});
    else if (network == 0)
        key.append({.label = tr("at first"), .color = theme.muted, .kind = KeyEntry::Kind::Bar});
    key.append({.label = network == 0 ? solver
            : m_handedOver            ? tr("after %1").arg(solver)
                                      : tr("network"),
        .color = network > 0 && !m_handedOver ? theme.network : solverColor(),
        .kind = KeyEntry::Kind::Bar});
    setKey(key);
    setStateNotes(false, true);
}

/// Modes that lie a bar apart have one each; from where they lie closer on, bars share the axis evenly.
std::vector<ModesView::Bin> ModesView::bins() const
{
    std::vector<double> x;
    for (const double mode : m_modes)
        x.push_back(toPixel(coordinate(mode), 0).x());
    std::vector<Bin> found;
    std::size_t i = 0;
    for (; i < x.size() && (i + 1 == x.size() || x[i + 1] - x[i] >= pitch); ++i)
        found.push_back({x[i], i, i + 1});
    if (i >= x.size())
        return found;
    const double from = x[i] - pitch / 2;
    while (i < x.size()) {
        const double place = std::floor((x[i] - from) / pitch);
        const std::size_t first = i;
        while (i < x.size() && x[i] < from + (place + 1) * pitch)
            ++i;
        i = std::max(i, first + 1); // whatever rounding says
        found.push_back({from + (place + 0.5) * pitch, first, i});
    }
    return found;
}

namespace {

/// The largest amplitude of a bin.
double largestOf(const std::vector<double>& amplitudes, std::size_t first, std::size_t end)
{
    double largest = 0;
    for (std::size_t i = first; i < std::min(end, amplitudes.size()); ++i)
        largest = std::max(largest, std::abs(amplitudes[i]));
    return largest;
}

} // namespace

void ModesView::drawBars(QCPPainter& p) const
{
    const bool two = m_handedOver || handoffOf(lab()).trace().networkPoints() == 0;
    const double floor = toPixel(0, m_low).y();
    p.setPen(Qt::NoPen);
    p.setAntialiasing(false);
    const QColor before = mixed(look().card, m_handedOver ? look().network : look().muted, m_handedOver ? 0.45 : 0.3);
    for (const Bin& bin : bins()) {
        const double left = std::round(bin.x - barWidth / 2);
        const auto bar = [&](const std::vector<double>& amplitudes, const QColor& color, double inset) {
            const double y = toPixel(0, ordinate(largestOf(amplitudes, bin.first, bin.end))).y();
            if (std::isfinite(y) && y < floor)
                p.fillRect(QRectF(left + inset, y, barWidth - 2 * inset, floor - y), color);
        };
        if (two)
            bar(m_before, before, 0);
        bar(m_now, two ? solverColor() : look().network, two ? 1 : 0);
    }
}

void ModesView::drawSolution(QCPPainter& p) const
{
    p.setAntialiasing(true);
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen(look().target, 1.2));
    for (const Bin& bin : bins())
        if (const QPointF at(bin.x, toPixel(0, ordinate(largestOf(m_solution, bin.first, bin.end))).y());
            axisArea().contains(at))
            p.drawEllipse(at, 2.6, 2.6);
}

int ModesView::curveCount() const { return m_now.empty() ? 0 : 3; }
int ModesView::pointCount(int) const { return static_cast<int>(m_modes.size()); }

PlotView::Probe ModesView::probe(int curve, int index) const
{
    const auto i = static_cast<std::size_t>(index);
    const double shown = curve == 0 ? m_now[i] : curve == 1 ? m_before[i] : m_solution[i];
    return {.at = {coordinate(m_modes[i]), ordinate(shown)},
        .text = (m_handedOver ? tr("mode %1   error %2   network left %3   solution %4")
                              : tr("mode %1   error %2   at first %3   solution %4"))
                    .arg(QString::number(m_modes[i]), formatNumber(m_now[i]), formatNumber(m_before[i]),
                        formatNumber(m_solution[i])),
        .curve = curve,
        .index = index};
}

QString ModesView::summary() const
{
    const int record = shown().timeline.index();
    if (m_now.empty() || record < 0)
        return tr("No equation is loaded.");
    const auto largest = std::ranges::max_element(m_now, {}, [](double value) { return std::abs(value); });
    const auto before = std::ranges::max_element(m_before, {}, [](double value) { return std::abs(value); });
    const auto mode = [this](auto place, const auto& list) {
        return QString::number(m_modes[static_cast<std::size_t>(place - list.begin())]);
    };
    QString text
        = tr("At step %1 the largest error is in sine mode %2: %3.")
              .arg(formatStep(shown().timeline.step()), mode(largest, m_now), formatNumber(std::abs(*largest)));
    if (m_handedOver)
        text += QLatin1Char(' ')
            + tr("The network left most in mode %1: %2.").arg(mode(before, m_before), formatNumber(std::abs(*before)));
    return text;
}

ViewTable ModesView::table() const
{
    ViewTable table;
    if (m_now.empty())
        return table;
    table.columns << QStringLiteral("mode") << QStringLiteral("error")
                  << (m_handedOver ? QStringLiteral("error_of_network") : QStringLiteral("error_at_first"))
                  << QStringLiteral("solution");
    for (std::size_t i = 0; i < m_modes.size(); ++i)
        table.rows.append({m_modes[i], m_now[i], m_before[i], m_solution[i]});
    return table;
}

QString ModesView::equation() const
{
    return displayed(tr("<i>e</i><sub>j</sub>(t) = <i>e</i><sub>j</sub>(0) · cos<sup>t</sup>(jπ/n)"))
        + tr("<p>%1</p><p>The error on the solver's grid as a sum of sine modes sin(jπ(x − a)/(b − a)). A sweep of "
             "Jacobi multiplies "
             "mode j by cos(jπ/n): low modes hardly change, middle ones fall fast, the highest hardly again. A network "
             "is strong "
             "where Jacobi is weak.</p><p>Sine mode j has j half waves between the ends, the spectrum's k whole waves: "
             "j is about 2k. Where "
             "modes lie closer than bars, a bar shows the largest of them.</p>")
              .arg(summary().toHtmlEscaped())
        + paperS1();
}

} // namespace fplab
