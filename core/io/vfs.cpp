#include "core/io/vfs.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace fplab {
namespace {

constexpr std::size_t bufferSize = 1u << 16;
constexpr int maxLinks = 40; ///< one after the other, as Linux follows
constexpr int maxRetries = 100; ///< of an interrupted call, and of names for the temp file

std::int64_t orError(std::int64_t result) { return result < 0 ? -errno : result; }

class SystemVfs final : public Vfs {
public:
    int openForWrite(const std::string& path, bool exclusive) override
    {
        const int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (exclusive ? O_EXCL | O_NOFOLLOW : O_TRUNC);
        return static_cast<int>(orError(::open(path.c_str(), flags, 0644)));
    }
    int openForRead(const std::string& path) override
    {
        return static_cast<int>(orError(::open(path.c_str(), O_RDONLY | O_CLOEXEC)));
    }
    std::int64_t read(int fd, std::span<std::byte> buffer) override
    {
        return orError(::read(fd, buffer.data(), buffer.size()));
    }
    std::int64_t write(int fd, std::span<const std::byte> bytes) override
    {
        return orError(::write(fd, bytes.data(), bytes.size()));
    }
    int fsync(int fd) override { return static_cast<int>(orError(::fsync(fd))); }
    int close(int fd) override { return static_cast<int>(orError(::close(fd))); }
    std::int64_t size(int fd) override
    {
        struct stat info { };
        return ::fstat(fd, &info) < 0 ? -errno : std::int64_t(info.st_size);
    }
    int inspect(const std::string& path, std::string& target) override
    {
        struct stat info { };
        if (::lstat(path.c_str(), &info) < 0)
            return -errno;
        if (!S_ISLNK(info.st_mode))
            return S_ISREG(info.st_mode) ? 0 : 2;
        std::array<char, PATH_MAX> text {};
        const auto length = ::readlink(path.c_str(), text.data(), text.size());
        if (length < 0)
            return -errno;
        target.assign(text.data(), static_cast<std::size_t>(length));
        return 1;
    }
    int rename(const std::string& from, const std::string& to) override
    {
        struct stat old { };
        if (::stat(to.c_str(), &old) == 0 && S_ISREG(old.st_mode))
            (void)!::chmod(from.c_str(), old.st_mode & 07777); // keeps the file's permissions where it can
        return static_cast<int>(orError(std::rename(from.c_str(), to.c_str())));
    }
    int unlink(const std::string& path) override { return static_cast<int>(orError(::unlink(path.c_str()))); }
    int makeDirectory(const std::string& path) override
    {
        if (::mkdir(path.c_str(), 0755) == 0)
            return 0;
        const int error = errno;
        struct stat info { };
        return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode) ? 0 : error == EEXIST ? -ENOTDIR : -error;
    }
    int syncDirectory(const std::string& path) override
    {
        const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
            return -errno;
        const int result = static_cast<int>(orError(::fsync(fd)));
        ::close(fd);
        return result == -EINVAL || result == -EROFS ? 0 : result; // file systems without such a thing
    }
    std::int64_t freeBytes(const std::string& path) override
    {
        struct statvfs info { };
        if (::statvfs(path.c_str(), &info) < 0)
            return -errno;
        return static_cast<std::int64_t>(info.f_bavail) * static_cast<std::int64_t>(info.f_frsize);
    }
};

/// Calls again while the call is interrupted by a signal.
template <class Call> auto retry(Call&& call)
{
    auto result = call();
    for (int i = 0; result == -EINTR && i < maxRetries; ++i)
        result = call();
    return result;
}

std::string folderOf(const std::string& path)
{
    const auto slash = path.rfind('/');
    if (slash == path.npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

std::string megabytes(std::int64_t bytes)
{
    if (bytes < 10000)
        return std::to_string(bytes) + " bytes";
    if (bytes < 10000000)
        return std::to_string(bytes / 1000) + " KB";
    return std::to_string(bytes / 1000000) + " MB";
}

Diagnostic diskError(const std::string& file, std::string what)
{
    Diagnostic error;
    error.kind = ErrorKind::Disk;
    error.file = file;
    error.what = std::move(what);
    return error;
}

} // namespace

Vfs& Vfs::system()
{
    static SystemVfs vfs;
    return vfs;
}

std::string describeError(int negativeErrno)
{
    switch (-negativeErrno) {
    case ENOSPC:
        return "the disk is full";
    case EDQUOT:
        return "your disk quota is used up";
    case EFBIG:
        return "the file is larger than allowed here";
    case EACCES:
    case EPERM:
        return "you have no permission";
    case EROFS:
        return "the disk is read-only";
    case EIO:
        return "the disk reports a read or write error";
    case ENOENT:
        return "there is no such file or folder";
    case ENOTDIR:
        return "a part of the path is not a folder";
    case EISDIR:
        return "it is a folder";
    case ENAMETOOLONG:
        return "the name is too long";
    case EMFILE:
    case ENFILE:
        return "too many files are open";
    case EEXIST:
        return "it exists already";
    case ELOOP:
        return "its symbolic links lead in a circle";
    default:
        return std::generic_category().message(-negativeErrno);
    }
}

AtomicFile::AtomicFile(std::string path, Vfs& vfs)
    : m_vfs(vfs)
    , m_path(std::move(path))
    , m_target(m_path)
{
}

AtomicFile::~AtomicFile() { discard(); }

void AtomicFile::discard()
{
    if (m_fd >= 0)
        m_vfs.close(std::exchange(m_fd, -1)); // not again after EINTR: on Linux the descriptor is gone
    if (!m_tempPath.empty())
        retry([&] { return m_vfs.unlink(m_tempPath); });
    m_tempPath.clear();
}

Status AtomicFile::fail(int negativeErrno, std::string_view action)
{
    auto reason = "could not " + std::string(action) + ", " + describeError(negativeErrno);
    if (negativeErrno != -ENOSPC && negativeErrno != -EDQUOT)
        return fail(std::move(reason), {});
    const auto needed = static_cast<std::int64_t>(m_written + m_buffer.size());
    reason += " (needs " + megabytes(needed);
    const auto free = m_vfs.freeBytes(folderOf(m_target)); // before the temp file goes
    reason += free >= 0 ? ", " + megabytes(free) + " free in " + folderOf(m_target) + ')' : ")";
    return fail(std::move(reason), "Make room or save somewhere else.");
}

Status AtomicFile::fail(std::string reason, std::string advice)
{
    auto error = diskError(m_path, "not saved: " + std::move(reason));
    error.advice = std::move(advice);
    error.kept = "The previous file, if there was one, is unchanged.";
    discard();
    m_buffer.clear();
    m_done = true;
    m_state = std::move(error);
    return m_state;
}

/// Finds what is to be replaced.
Status AtomicFile::follow()
{
    for (int links = 0;; ++links) {
        std::string text;
        const int found = retry([&] { return m_vfs.inspect(m_target, text); });
        if (found == 0 || found == -ENOENT)
            return success();
        if (found < 0)
            return fail(found, "look at it");
        if (found > 1)
            return fail("there is a folder or a device of this name", "Choose another name.");
        if (links == maxLinks)
            return fail(-ELOOP, "find what it leads to");
        m_target = text.starts_with('/') ? text : folderOf(m_target) + '/' + text;
    }
}

Status AtomicFile::open()
{
    if (auto status = follow(); !status)
        return status;
    static std::atomic<unsigned> counter = 0;
    const auto slash = m_target.rfind('/');
    const auto at = slash == m_target.npos ? 0 : slash + 1;
    for (int i = 0;; ++i) {
        // A leading dot and an ending of our own, so that nobody takes it for the file itself.
        auto temp = m_target.substr(0, at) + '.' + m_target.substr(at, 200) + '.' + std::to_string(::getpid()) + '-'
            + std::to_string(counter++) + ".tmp";
        const int fd = retry([&] { return m_vfs.openForWrite(temp, true); });
        if (fd >= 0) {
            m_fd = fd;
            m_tempPath = std::move(temp);
            return success();
        }
        if (fd != -EEXIST || i >= maxRetries)
            return fail(fd, "create a file in " + folderOf(m_target));
    }
}

Status AtomicFile::flush()
{
    while (!m_buffer.empty()) {
        const auto written = retry([&] { return m_vfs.write(m_fd, std::as_bytes(std::span(m_buffer))); });
        if (written <= 0)
            return fail(written < 0 ? static_cast<int>(written) : -ENOSPC, "write");
        m_written += static_cast<std::uint64_t>(written);
        m_buffer.erase(0, static_cast<std::size_t>(written));
    }
    return success();
}

Status AtomicFile::write(std::string_view bytes)
{
    assert(!m_done || !m_state);
    if (!m_state)
        return m_state;
    if (m_fd < 0)
        if (auto status = open(); !status)
            return status;
    m_buffer += bytes;
    return m_buffer.size() >= bufferSize ? flush() : success();
}

Result<SaveOutcome> AtomicFile::commit()
{
    if (auto status = write({}); !status) // opens the file of an empty content too
        return status.error();
    if (auto status = flush(); !status)
        return status.error();
    if (const int result = retry([&] { return m_vfs.fsync(m_fd); }); result < 0)
        return fail(result, "write it out").error();
    // Some file systems report a full disk only here, or not at all: what is there must be what was written.
    const auto size = retry([&] { return m_vfs.size(m_fd); });
    if (size != static_cast<std::int64_t>(m_written))
        return fail(size < 0 ? static_cast<int>(size) : -EIO, "read back its size").error();
    if (const int result = m_vfs.close(std::exchange(m_fd, -1)); result < 0 && result != -EINTR)
        return fail(result, "close it").error();
    if (const int result = retry([&] { return m_vfs.rename(m_tempPath, m_target); }); result < 0)
        return fail(result, "put it in place").error();
    m_tempPath.clear();
    m_done = true;
    const bool durable = retry([&] { return m_vfs.syncDirectory(folderOf(m_target)); }) >= 0;
    return durable ? SaveOutcome::Saved : SaveOutcome::SavedNotDurable;
}

Result<SaveOutcome> saveFile(const std::string& path, std::string_view bytes, Vfs& vfs)
{
    AtomicFile file(path, vfs);
    if (auto status = file.write(bytes); !status)
        return status.error();
    return file.commit();
}

Result<std::string> loadFile(const std::string& path, std::uint64_t limit, Vfs& vfs)
{
    const auto failed = [&](int code) {
        auto error = diskError(path, "could not be read: " + describeError(code));
        if (code == -ENOENT || code == -EISDIR || code == -ENOTDIR)
            error.kind = ErrorKind::Input;
        return error;
    };
    const int fd = retry([&] { return vfs.openForRead(path); });
    if (fd < 0)
        return failed(fd);
    struct Closer {
        Vfs& vfs;
        int fd;
        ~Closer() { vfs.close(fd); }
    } const closer {vfs, fd};
    std::string content;
    std::array<std::byte, bufferSize> buffer;
    std::int64_t got = 0;
    while ((got = retry([&] { return vfs.read(fd, buffer); })) > 0) {
        content.append(reinterpret_cast<const char*>(buffer.data()), static_cast<std::size_t>(got));
        if (content.size() > limit)
            break;
    }
    if (got < 0)
        return failed(static_cast<int>(got));
    if (content.size() > limit) {
        auto error
            = diskError(path, "is too large: at most " + megabytes(static_cast<std::int64_t>(limit)) + " are read");
        error.kind = ErrorKind::Input;
        return error;
    }
    return content;
}

Status makeDirectories(const std::string& path, Vfs& vfs)
{
    for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
        const auto part = path.substr(0, end);
        if (!part.empty())
            if (const int result = retry([&] { return vfs.makeDirectory(part); }); result < 0)
                return diskError(part, "the folder could not be made: " + describeError(result));
        if (end == path.npos)
            return success();
    }
}

} // namespace fplab
