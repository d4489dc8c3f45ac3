#include "ui/model/runs.h"

#include <algorithm>
#include <utility>

namespace fplab {

Runs::Runs(QObject* parent)
    : QObject(parent)
    , m_runner([this] { // from any thread; the only call that goes through Qt's event queue, and it carries nothing
        QMetaObject::invokeMethod(this, &Runs::wake, Qt::QueuedConnection);
    })
{
    m_frame.setSingleShot(true);
    m_frame.setTimerType(Qt::PreciseTimer);
    m_frameClock.start();
    m_yieldEnd.setSingleShot(true);
    connect(&m_yieldEnd, &QTimer::timeout, this, [this] { setYielding(false); });
    connect(&m_frame, &QTimer::timeout, this, &Runs::beginFrame);
    m_drain.setSingleShot(true);
    m_drain.setTimerType(Qt::PreciseTimer);
    connect(&m_drain, &QTimer::timeout, this, &Runs::drain);
}

void Runs::setOnScreen(LiveRun* run)
{
    if (m_yielding && m_onScreen && m_onScreen != run)
        m_onScreen->setYielding(false);
    m_onScreen = run;
}

void Runs::setFrames(int interval, bool yield)
{
    m_frameInterval = std::max(interval, frameInterval);
    m_yieldForFrames = yield;
}

void Runs::wake()
{
    if (!m_frame.isActive()) // an even beat: the time since the last frame began counts
        m_frame.start(std::max(0, m_frameInterval - static_cast<int>(m_frameClock.elapsed())));
}

/// A training thread that the drawing takes the processor from in the middle of its work would have the others wait for
/// it all that time: it is told a moment before, and called back when the views have painted. Where the last frame was
/// not painted, in a window that nobody sees, there is nothing to make room for.
void Runs::beginFrame()
{
    m_frameClock.restart();
    const bool painted = std::exchange(m_painted, false);
    if (!m_yieldForFrames || !painted || !m_onScreen || (*m_onScreen)->state != RunState::Running) {
        drain();
        return;
    }
    setYielding(true);
    m_drain.start(1);
}

void Runs::endFrame()
{
    m_painted = true;
    if (m_yielding)
        m_yieldEnd.start(0);
}

void Runs::setYielding(bool on)
{
    constexpr int longest = 50; // milliseconds, if nothing is painted
    m_yielding = on;
    if (m_onScreen)
        m_onScreen->setYielding(on);
    if (on)
        m_yieldEnd.start(longest);
}

void Runs::drain()
{
    for (const RunNews& fresh : m_runner.drain())
        Q_EMIT news(fresh);
}

} // namespace fplab
