#pragma once

#include <stop_token>
#include <thread>

namespace fplab::cli {

/// Turns Ctrl-C (SIGINT) and SIGTERM into a stop request while it lives. The second signal ends the program at once.
/// At most one object at a time.
class StopSignal {
public:
    StopSignal();
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    [[nodiscard]] std::stop_token token() const { return m_source.get_token(); }
    [[nodiscard]] static int received(); ///< the signal's number; 0 if there was none

private:
    std::stop_source m_source;
    std::jthread m_watcher; ///< a handler may only write to a pipe; this thread reads it
};

} // namespace fplab::cli
