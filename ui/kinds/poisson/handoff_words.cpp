#include "core/base/number_text.h"
#include "core/kinds/poisson/expected_sweeps.h"
#include "ui/kinds/poisson/handoff_model.h"
#include "ui/model/lab.h"
#include "ui/text/number_text.h"
#include "ui/views/equation_card.h"

#include <algorithm>
#include <cmath>

/// What the parts of the window that all kinds share say of a Poisson run.
namespace fplab {
namespace {

QString rounded(double value) { return QString::fromStdString(formatRounded(value, 2)); }

/// Poisson's equation and the energy that a network makes small for it, displayed (S1 Eqs. 10, 11, 23).
QString deepRitz()
{
    return displayed(HandoffModel::tr("−u″ = g , &nbsp; u = 0 at both ends"))
        + displayed(
            HandoffModel::tr("L = Σ<sub>i</sub> ( <sup>1</sup>/<sub>2</sub> h′(x<sub>i</sub>)<sup>2</sup> − "
                             "g(x<sub>i</sub>) h(x<sub>i</sub>) ) Δx +&nbsp;β&nbsp;"
                             "(&nbsp;h(x<sub>0</sub>)<sup>2</sup>&nbsp;+&nbsp;h(x<sub>n</sub>)<sup>2</sup>&nbsp;)"));
}

} // namespace

std::optional<std::int64_t> HandoffModel::expectedEnd()
{
    if (!hasSolver(pde()))
        return std::nullopt;
    const auto& solverAlone = alone(); // of the run on screen itself without a network
    const bool known = handsOver() && pde().alternateEvery == 0 && !solverAlone.empty()
        && solverAlone.back().error <= pde().tolerance;
    const std::int64_t sweeps = known ? solverAlone.back().sweeps : std::llround(expectedSweeps(pde()));
    return pde().handoffStep + std::max<std::int64_t>(1, sweeps);
}

std::optional<KindModel::Words> HandoffModel::verdictWords() const
{
    if (!m_verdict)
        return std::nullopt;
    const auto cost = [this](const auto& point) { return point ? secondsText(*point) : tr("not reached"); };
    Words words;
    words.title = QString::fromStdString(m_verdict->brief);
    words.detail = tr("%1; %2 alone %3").arg(cost(m_verdict->hybrid), solverLabel(), cost(m_verdict->alone));
    words.count = tr("to an error of %1").arg(shortNumber(m_verdict->error));
    if (m_verdict->sweeps)
        words.count += *m_verdict->sweeps < 1 ? tr(", %1 times fewer sweeps").arg(rounded(1 / *m_verdict->sweeps))
                                              : tr(", %1 times more sweeps").arg(rounded(*m_verdict->sweeps));
    words.text = QString::fromStdString(m_verdict->text);
    words.good = m_verdict->time && *m_verdict->time < 1;
    return words;
}

std::optional<KindModel::Solver> HandoffModel::solver() const { return Solver {pde().then, solverLabel()}; }

QString HandoffModel::equation(const QString& view, const QString& summary) const
{
    if (view == QLatin1String("output"))
        return deepRitz()
            + tr("<p>%1</p><p>The network h makes L small at its training points (Deep Ritz); a solver goes on from h "
                 "on a grid of its "
                 "own. The exact u is %2.</p>")
                  .arg(summary.toHtmlEscaped(),
                      setting().reference.closedForm ? tr("known in closed form for this g")
                                                     : tr("the integral of g with Green's function, by Gauss's rule"))
            + paperS1();
    if (view == QLatin1String("loss"))
        return deepRitz()
            + tr("<p>%1</p><p>An energy: it is smallest for the solution, where it is below zero, and does not tell "
                 "the error. β "
                 "punishes values at the ends, which a network cannot be told to be zero; that costs a little "
                 "accuracy.</p>")
                  .arg(summary.toHtmlEscaped())
            + paperS1();
    return {};
}

std::optional<ViewOccasion> HandoffModel::occasion() const
{
    const auto ids = [](const char* words) { return QString::fromLatin1(words).split(QLatin1Char(' ')); };
    if (handsOver())
        return ViewOccasion {QStringLiteral("handoff"),
            ids("output modes heatmap error handoff alone_map spectrum delta loss"), ids("output modes error handoff"),
            ids("output modes heatmap error handoff alone_map")};
    if (hasNetwork(pde()))
        return ViewOccasion {QStringLiteral("network"),
            ids("output spectrum heatmap error delta modes alone_map handoff loss"), ids("output delta heatmap error"),
            ids("output spectrum heatmap error delta modes")};
    return ViewOccasion {QStringLiteral("solver"), ids("output modes heatmap error delta spectrum loss"),
        ids("output modes heatmap error"), ids("output modes heatmap error delta")};
}

} // namespace fplab
