#include "core/run/record_queue.h"

#include <utility>

namespace fplab {

RecordQueue::RecordQueue(std::size_t byteLimit)
    : m_byteLimit(byteLimit)
{
}

bool RecordQueue::push(RecordPtr record, const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    m_room.wait(lock, stop, [this] { return m_closed || m_bytes < m_byteLimit; });
    const std::size_t bytes = record->bytes();
    m_records.push_back(std::move(record));
    m_bytes += bytes;
    return m_records.size() == 1;
}

std::vector<RecordPtr> RecordQueue::takeAll()
{
    std::vector<RecordPtr> taken;
    {
        const std::scoped_lock lock(m_mutex);
        taken.swap(m_records);
        m_bytes = 0;
    }
    m_room.notify_all();
    return taken;
}

void RecordQueue::close()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_closed = true;
    }
    m_room.notify_all();
}

} // namespace fplab
