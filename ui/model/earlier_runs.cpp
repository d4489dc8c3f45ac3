#include "ui/model/earlier_runs.h"

#include "ui/model/experiment_editor.h"
#include "ui/text/number_text.h"

#include <QStringList>

#include <utility>

namespace fplab {

EarlierRuns::EarlierRuns(QObject* parent)
    : QObject(parent)
{
}

void EarlierRuns::add(EarlierRun run)
{
    m_runs.push_front(std::move(run));
    const bool gone = dropOldest();
    Q_EMIT changed();
    if (gone)
        Q_EMIT dropped();
}

EarlierRun EarlierRuns::take(std::size_t place)
{
    EarlierRun run = std::move(m_runs[place]);
    m_runs.erase(m_runs.begin() + static_cast<std::ptrdiff_t>(place));
    Q_EMIT changed();
    return run;
}

void EarlierRuns::setBudget(std::size_t bytes)
{
    m_budget = bytes;
    if (dropOldest()) {
        Q_EMIT changed();
        Q_EMIT dropped();
    }
}

bool EarlierRuns::dropOldest()
{
    std::size_t bytes = 0, fit = 0;
    while (fit < m_runs.size() && fit < most) {
        bytes += (*m_runs[fit].run)->history.bytes();
        if (fit > 0 && bytes > m_budget) // the latest stays whatever it takes
            break;
        ++fit;
    }
    const bool gone = fit < m_runs.size();
    m_runs.resize(fit);
    return gone;
}

QString EarlierRuns::title(std::size_t place, const ExperimentSpec& now) const
{
    const EarlierRun& earlier = m_runs[place];
    const std::int64_t steps = (*earlier.run)->liveStep();
    const QString name = (steps == 1 ? tr("%1, %2 step") : tr("%1, %2 steps")).arg(earlier.title, groupedNumber(steps));
    constexpr qsizetype readable = 2;
    QStringList differing;
    for (const PendingChange& change : ExperimentEditor::changes(now, earlier.spec))
        if (change.path != QLatin1String("title"))
            differing.append(tr("%1 %2").arg(change.label, change.now));
    if (differing.empty())
        return name;
    if (differing.size() > readable)
        differing = differing.mid(0, readable) << tr("…");
    return tr("%1: %2").arg(name, differing.join(tr(", ")));
}

} // namespace fplab
