#pragma once

#include "core/kinds/poisson/handoff_sweep.h"
#include "ui/model/runs.h"

#include <QObject>

#include <memory>
#include <vector>

namespace fplab {

/// Tries hand-off steps on a thread of the window's runner, while which its background waits; signals on the thread of
/// this object.
class HandoffSweeper : public QObject {
    Q_OBJECT
public:
    /// `runs` must outlive this.
    explicit HandoffSweeper(Runs& runs, QObject* parent = nullptr);

    /// Precondition: not running; kind "poisson".
    void start(const ExperimentSpec& spec, const ExecutionOptions& options, const std::vector<std::int64_t>& steps);
    void cancel() { m_job.reset(); } ///< what was tried stays
    [[nodiscard]] bool isRunning() const { return m_job && m_job->isRunning(); }
    /// Of the last start.
    [[nodiscard]] const std::vector<std::int64_t>& steps() const { return m_steps; }

Q_SIGNALS:
    void tried(const fplab::HandoffTrial& trial);
    void ended(const QString& error); ///< empty: all steps were tried

private:
    Runs& m_runs;
    std::vector<std::int64_t> m_steps;
    std::unique_ptr<Job> m_job;
};

} // namespace fplab
