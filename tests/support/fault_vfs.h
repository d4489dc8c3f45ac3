#pragma once

#include "core/io/vfs.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace fplab {

/// What goes wrong at the chosen operation.
struct Fault {
    int error = 0; ///< errno; 0 with `shortWrite` = only a part is written
    bool persistent = false; ///< every later operation that can fail in this way does
    bool shortWrite = false;
};

/// A file system in memory that counts the operations and fails the n-th. Folders are only checked by their names.
class FaultVfs final : public Vfs {
public:
    std::map<std::string, std::string> files;
    std::map<std::string, std::string> links; ///< symbolic ones
    std::set<std::string> folders {".", "/", "out"};
    std::int64_t free = 4096;
    bool unlinkWorks = true; ///< unlink is never the operation that fails

    /// Forgets counts; from now on the operation with this number (from 0) fails. Negative: none does.
    void failAt(int operation, Fault fault)
    {
        m_failAt = operation;
        m_fault = fault;
        m_operation = 0;
        m_failed = false;
    }
    [[nodiscard]] bool failed() const { return m_failed; } ///< the fault was met
    [[nodiscard]] int operations() const { return m_operation; }
    [[nodiscard]] std::size_t openFiles() const { return m_open.size(); }

    int openForWrite(const std::string& path, bool exclusive) override
    {
        if (const int error = fault())
            return error;
        if (exclusive && files.contains(path))
            return -EEXIST;
        files[path].clear();
        return open(path);
    }
    int openForRead(const std::string& path) override
    {
        if (const int error = fault())
            return error;
        return files.contains(path) ? open(path) : -ENOENT;
    }
    std::int64_t read(int fd, std::span<std::byte> buffer) override
    {
        if (const int error = fault())
            return error;
        auto& [path, position] = m_open.at(fd);
        const auto& content = files.at(path);
        const auto count = std::min(buffer.size(), content.size() - position);
        std::memcpy(buffer.data(), content.data() + position, count);
        position += count;
        return static_cast<std::int64_t>(count);
    }
    std::int64_t write(int fd, std::span<const std::byte> bytes) override
    {
        auto count = bytes.size();
        if (const int error = fault()) {
            if (!m_fault.shortWrite)
                return error;
            count = std::min<std::size_t>(count, 1 + count / 2);
        }
        files.at(m_open.at(fd).first).append(reinterpret_cast<const char*>(bytes.data()), count);
        return static_cast<std::int64_t>(count);
    }
    int fsync(int) override { return fault(); }
    int close(int fd) override
    {
        m_open.erase(fd);
        return fault();
    }
    std::int64_t size(int fd) override
    {
        if (const int error = fault())
            return error;
        return static_cast<std::int64_t>(files.at(m_open.at(fd).first).size());
    }
    int inspect(const std::string& path, std::string& target) override
    {
        if (const int error = fault())
            return error;
        if (const auto link = links.find(path); link != links.end())
            return target = link->second, 1;
        return files.contains(path) ? 0 : folders.contains(path) ? 2 : -ENOENT;
    }
    int rename(const std::string& from, const std::string& to) override
    {
        if (const int error = fault())
            return error;
        auto node = files.extract(from);
        if (node.empty())
            return -ENOENT;
        files[to] = std::move(node.mapped());
        return 0;
    }
    int unlink(const std::string& path) override
    {
        if (const int error = unlinkWorks ? 0 : fault())
            return error;
        return files.erase(path) ? 0 : -ENOENT;
    }
    int makeDirectory(const std::string& path) override
    {
        if (const int error = fault())
            return error;
        folders.insert(path);
        return 0;
    }
    int syncDirectory(const std::string&) override { return fault(); }
    std::int64_t freeBytes(const std::string&) override { return free; }

private:
    int open(const std::string& path)
    {
        m_open[m_nextFd] = {path, 0};
        return m_nextFd++;
    }
    /// 0, or the error of this operation.
    int fault()
    {
        const int operation = m_operation++;
        if (m_failAt < 0 || operation < m_failAt || (operation > m_failAt && !m_fault.persistent))
            return 0;
        m_failed = true;
        return m_fault.error == 0 ? -EIO : -m_fault.error;
    }

    std::map<int, std::pair<std::string, std::size_t>> m_open;
    Fault m_fault;
    int m_nextFd = 3, m_failAt = -1, m_operation = 0;
    bool m_failed = false;
};

/// Every kind of fault, transient and persistent.
inline std::vector<Fault> allFaults()
{
    std::vector<Fault> faults;
    for (const bool persistent : {false, true}) {
        for (const int error : {ENOSPC, EIO, EACCES, EROFS, EDQUOT, EINTR, ENOENT, EMFILE})
            faults.push_back({error, persistent, false});
        faults.push_back({0, persistent, true});
    }
    return faults;
}

/// Runs `operation(vfs)` from the state that `prepare(vfs)` makes, failing its 1st, 2nd, 3rd ... call with each kind of
/// fault until it meets the fault no more; `check(vfs, result, fault)` judges each outcome. Returns the number of
/// injections.
template <class Prepare, class Operation, class Check>
int forEachFault(Prepare&& prepare, Operation&& operation, Check&& check)
{
    int injections = 0;
    for (const auto& fault : allFaults()) {
        for (int n = 0;; ++n) {
            FaultVfs vfs;
            prepare(vfs);
            vfs.failAt(n, fault);
            const auto result = operation(vfs);
            if (!vfs.failed())
                break;
            ++injections;
            check(vfs, result, fault);
        }
    }
    return injections;
}

} // namespace fplab
