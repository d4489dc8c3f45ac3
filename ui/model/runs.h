#pragma once

#include "core/documents/runner.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace fplab {

/// The runner of a window. Wakes once per batch of records, drains at frame rate and tells what has changed; views then
/// pull. Lives on the window's thread and outlives all that has a run or a job of it; QtCore only.
class Runs : public QObject {
    Q_OBJECT
public:
    explicit Runs(QObject* parent = nullptr);

    [[nodiscard]] Runner& runner() { return m_runner; }
    /// The run that leaves a processor to the views while they are drawn; none = null.
    void setOnScreen(LiveRun* run);

    /// At least `interval` milliseconds between two frames; raised by the views while one is expensive. With `yield`,
    /// training leaves them a processor while they are drawn.
    void setFrames(int interval, bool yield);
    /// The views are being painted: when that is done, training has all processors again.
    void endFrame();

Q_SIGNALS:
    void news(const fplab::RunNews& news); ///< of a document; at most once per frame

private:
    void wake();
    void beginFrame();
    void setYielding(bool on);
    void drain();

    static constexpr int frameInterval = 33; ///< milliseconds, the least
    QTimer m_frame;
    QElapsedTimer m_frameClock; ///< since the last frame began
    int m_frameInterval = frameInterval;
    bool m_yieldForFrames = false, m_yielding = false;
    bool m_painted = true; ///< since the last frame began
    QTimer m_drain, m_yieldEnd;
    LiveRun* m_onScreen = nullptr;
    Runner m_runner; ///< last: its threads end before the rest goes
};

} // namespace fplab
