#pragma once

#include "core/run/record.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <vector>

namespace fplab {

/// Hands records from the worker to the window: nothing is dropped, memory is bounded, and the lock is held only for a
/// push or a swap. The only place where the two threads exchange data, and free of Qt so that ThreadSanitizer sees all
/// of it.
class RecordQueue {
public:
    /// The writer waits while more than `byteLimit` bytes are queued (the reader is blocked or slow).
    explicit RecordQueue(std::size_t byteLimit = 8u << 20);

    /// Writer. Returns true when the queue was empty, that is when the reader must be woken.
    /// Gives up waiting (and still appends) when `stop` is requested or the queue is closed.
    bool push(RecordPtr record, const std::stop_token& stop = {});

    /// Reader. Everything queued so far, oldest first.
    [[nodiscard]] std::vector<RecordPtr> takeAll();

    /// Reader. From now on push never waits.
    void close();

private:
    std::mutex m_mutex;
    std::condition_variable_any m_room;
    std::vector<RecordPtr> m_records;
    std::size_t m_bytes = 0;
    const std::size_t m_byteLimit;
    bool m_closed = false;
};

} // namespace fplab
