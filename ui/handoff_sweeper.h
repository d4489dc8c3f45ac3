#pragma once

#include "core/experiment/handoff_sweep.h"

#include <QObject>

#include <map>
#include <thread>
#include <vector>

namespace fplab {

/// Tries hand-off steps on a thread of its own; signals on the thread of this object.
class HandoffSweeper : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Precondition: not running; kind "poisson".
    void start(const ExperimentSpec& spec, const ExecutionOptions& options, const std::vector<std::int64_t>& steps);
    void cancel(); ///< what was tried stays; the thread ends by itself after the step at hand
    [[nodiscard]] bool isRunning() const { return m_thread.joinable(); }
    /// Of the last start.
    [[nodiscard]] const std::vector<std::int64_t>& steps() const { return m_steps; }

Q_SIGNALS:
    void tried(const fplab::HandoffTrial& trial);
    void ended(const QString& error); ///< empty: all steps were tried

private:
    std::vector<std::int64_t> m_steps;
    int m_generation = 0; ///< words of a cancelled thread are not passed on
    std::map<int, std::jthread> m_retired; ///< cancelled ones that have not said that they are done
    std::jthread m_thread; ///< last, after these: join before the rest goes
};

} // namespace fplab
