#include "ui/handoff_sweeper.h"

#include <new>

namespace fplab {

void HandoffSweeper::start(
    const ExperimentSpec& spec, const ExecutionOptions& options, const std::vector<std::int64_t>& steps)
{
    m_steps = steps;
    m_thread = std::jthread([this, spec, options, steps, generation = ++m_generation](const std::stop_token& stop) {
        const auto say = [this, generation](auto&& word) {
            QMetaObject::invokeMethod(
                this,
                [this, generation, word] {
                    if (generation == m_generation)
                        word();
                },
                Qt::QueuedConnection);
        };
        const auto leave = [this, generation] {
            QMetaObject::invokeMethod(this, [this, generation] { m_retired.erase(generation); }, Qt::QueuedConnection);
        };
        QString error;
        try {
            const auto status = sweepHandoff(
                spec, options, steps, [&](const HandoffTrial& trial) { say([this, trial] { Q_EMIT tried(trial); }); }, stop);
            if (!status)
                error = QString::fromStdString(status.error().text());
        } catch (const std::bad_alloc&) {
            error = tr("there is not enough memory");
        }
        say([this, error] {
            m_thread.join();
            m_thread = {};
            Q_EMIT ended(error);
        });
        leave();
    });
}

void HandoffSweeper::cancel()
{
    m_thread.request_stop();
    m_retired.insert_or_assign(m_generation++, std::move(m_thread));
    m_thread = {};
}

} // namespace fplab
