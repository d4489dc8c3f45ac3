#include "ui/model/shown_run.h"

#include <utility>

namespace fplab {

ShownRun::ShownRun(Runs& runs, QObject* parent)
    : QObject(parent)
    , m_runs(runs)
    , m_document(std::make_shared<const RunDocument>())
{
    connect(&runs, &Runs::news, this, [this](const RunNews& news) {
        if (news.document == m_document)
            tell(news);
    });
}

void ShownRun::show(LiveRun* run)
{
    // what is kept of the one before is not let go of until all have heard of this one
    const auto before = std::exchange(m_document, run ? run->document() : std::make_shared<const RunDocument>());
    m_live = run;
    m_rate = 0;
    if (run)
        (void)run->takeNews(); // it is all new
    m_told = state();
    Q_EMIT loaded();
    Q_EMIT stateChanged(m_told);
}

void ShownRun::pin(std::int64_t step)
{
    if (m_live)
        m_live->pin(step);
}

void ShownRun::unpin(std::int64_t step)
{
    if (m_live)
        m_live->unpin(step);
}

void ShownRun::tellAsked() { tell(m_live->takeNews()); }

/// Who hears of it may have another run take the place of this one, of which nothing more is told then.
void ShownRun::tell(const RunNews& news)
{
    const auto isShown = [&] { return m_document == news.document; };
    const RunDocument& run = *news.document;
    measureRate();
    if (news.made)
        Q_EMIT loaded();
    for (std::size_t i = run.changes.size() - std::min(news.changes, run.changes.size());
         isShown() && i < run.changes.size(); ++i)
        Q_EMIT changeLogged(LoggedChange(run.changes[i]));
    for (std::size_t i = run.findings.size() - std::min(news.findings, run.findings.size());
         isShown() && i < run.findings.size(); ++i)
        Q_EMIT found(Remark(run.findings[i]));
    if (isShown() && news.advanced)
        Q_EMIT advanced();
    if (isShown() && std::exchange(m_told, run.state) != run.state)
        Q_EMIT stateChanged(run.state);
    if (isShown() && news.outOfMemory)
        Q_EMIT ranOutOfMemory();
}

void ShownRun::measureRate()
{
    if (state() != RunState::Running) {
        m_rate = 0;
    } else if (m_told != RunState::Running) {
        m_rateClock.start();
        m_rateStep = liveStep();
    } else if (m_rateClock.elapsed() > 500) {
        m_rate = static_cast<double>(liveStep() - m_rateStep) * 1000.0 / static_cast<double>(m_rateClock.restart());
        m_rateStep = liveStep();
    }
}

} // namespace fplab
