#pragma once

#include <QObject>

#include <functional>
#include <map>
#include <stop_token>
#include <thread>

namespace fplab {

/// Work on a thread of its own whose words reach the thread of this object. What a cancelled one still says is not
/// heard; it ends by itself and is waited for at the latest when this goes.
class BackgroundJob : public QObject {
    Q_OBJECT
public:
    using Word = std::function<void()>; ///< called on the thread of this object
    using Say = std::function<void(Word)>;
    /// Called on the job's thread; the word that it returns is its last, at which isRunning() is false.
    using Work = std::function<Word(const Say& say, const std::stop_token& stop)>;

    using QObject::QObject;

    void start(Work work); ///< Precondition: not running
    void cancel(); ///< does nothing if not running
    [[nodiscard]] bool isRunning() const { return m_thread.joinable(); }
    /// Neither running nor, cancelled, still on its way to its end.
    [[nodiscard]] bool isIdle() const { return !isRunning() && m_retired.empty(); }

Q_SIGNALS:
    void idle(); ///< the last cancelled one has ended and no other runs

private:
    int m_generation = 0; ///< of the job that is heard
    std::map<int, std::jthread> m_retired; ///< cancelled, not yet ended
    std::jthread m_thread; ///< last: it is joined before the rest goes
};

} // namespace fplab
