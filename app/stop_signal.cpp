#include "app/stop_signal.h"

#include <atomic>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace fplab::cli {
namespace {

std::atomic<int> receivedSignal = 0;
static_assert(std::atomic<int>::is_always_lock_free); // else not for a signal handler
int wakePipe[2] = {-1, -1};

void onSignal(int signal)
{
    const int saved = errno;
    receivedSignal = signal;
    const char byte = 1;
    (void)!::write(wakePipe[1], &byte, 1);
    errno = saved;
}

void install(void (*handler)(int))
{
    struct sigaction action { };
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART | static_cast<int>(handler == SIG_DFL ? 0 : SA_RESETHAND);
    for (const int signal : {SIGINT, SIGTERM})
        sigaction(signal, &action, nullptr);
}

} // namespace

StopSignal::StopSignal()
{
    receivedSignal = 0;
    if (::pipe2(wakePipe, O_CLOEXEC) != 0)
        return; // without a pipe the signals keep their default meaning
    install(onSignal);
    m_watcher = std::jthread([this] {
        char byte = 0;
        while (::read(wakePipe[0], &byte, 1) < 0 && errno == EINTR) { }
        if (byte == 1)
            m_source.request_stop();
    });
}

StopSignal::~StopSignal()
{
    if (!m_watcher.joinable())
        return;
    install(SIG_DFL);
    const char quit = 2;
    (void)!::write(wakePipe[1], &quit, 1);
    m_watcher.join();
    ::close(wakePipe[0]);
    ::close(wakePipe[1]);
}

int StopSignal::received() { return receivedSignal; }

} // namespace fplab::cli
