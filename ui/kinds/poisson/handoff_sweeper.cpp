#include "ui/kinds/poisson/handoff_sweeper.h"

#include <new>

namespace fplab {

HandoffSweeper::HandoffSweeper(Runs& runs, QObject* parent)
    : QObject(parent)
    , m_runs(runs)
{
}

void HandoffSweeper::start(
    const ExperimentSpec& spec, const ExecutionOptions& options, const std::vector<std::int64_t>& steps)
{
    m_steps = steps;
    m_job = m_runs.runner().start(
        [this, spec, options, steps](const Job::Say& say, const std::stop_token& stop) -> Job::Word {
            QString error;
            try {
                const auto status = sweepHandoff(
                    spec, options, steps,
                    [&](const HandoffTrial& trial) { say([this, trial] { Q_EMIT tried(trial); }); }, stop);
                if (!status)
                    error = QString::fromStdString(status.error().text());
            } catch (const std::bad_alloc&) {
                error = tr("there is not enough memory");
            }
            return [this, error] { Q_EMIT ended(error); };
        });
}

} // namespace fplab
