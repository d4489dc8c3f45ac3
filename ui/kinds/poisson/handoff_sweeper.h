#pragma once

#include "core/kinds/poisson/handoff_sweep.h"
#include "ui/model/background_job.h"

#include <QObject>

#include <vector>

namespace fplab {

/// Tries hand-off steps on a thread of its own; signals on the thread of this object.
class HandoffSweeper : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Precondition: not running; kind "poisson".
    void start(const ExperimentSpec& spec, const ExecutionOptions& options, const std::vector<std::int64_t>& steps);
    void cancel() { m_job.cancel(); } ///< what was tried stays
    [[nodiscard]] bool isRunning() const { return m_job.isRunning(); }
    /// Of the last start.
    [[nodiscard]] const std::vector<std::int64_t>& steps() const { return m_steps; }

Q_SIGNALS:
    void tried(const fplab::HandoffTrial& trial);
    void ended(const QString& error); ///< empty: all steps were tried

private:
    std::vector<std::int64_t> m_steps;
    BackgroundJob m_job;
};

} // namespace fplab
