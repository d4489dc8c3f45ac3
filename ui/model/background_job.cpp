#include "ui/model/background_job.h"

#include <utility>

namespace fplab {

void BackgroundJob::start(Work work)
{
    m_thread = std::jthread([this, work = std::move(work), generation = ++m_generation](const std::stop_token& stop) {
        const auto onOwner = [this](auto&& word) {
            QMetaObject::invokeMethod(this, std::forward<decltype(word)>(word), Qt::QueuedConnection);
        };
        const Say say = [this, generation, onOwner](Word word) {
            onOwner([this, generation, word = std::move(word)] {
                if (generation == m_generation)
                    word();
            });
        };
        onOwner([this, generation, last = work(say, stop)] {
            if (generation != m_generation) {
                m_retired.erase(generation);
                if (isIdle())
                    Q_EMIT idle();
                return;
            }
            m_thread.join();
            m_thread = {};
            last();
        });
    });
}

void BackgroundJob::cancel()
{
    if (!isRunning())
        return;
    m_thread.request_stop();
    m_retired.insert_or_assign(m_generation++, std::move(m_thread));
    m_thread = {};
}

} // namespace fplab
