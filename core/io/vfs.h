#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// The one door to the disk: thin wrappers of the system calls, so that a twin can fail any of them in tests.
/// All functions return 0 (or a descriptor / byte count) on success and -errno on failure. Paths are UTF-8.
class Vfs {
public:
    virtual ~Vfs() = default;
    virtual int openForWrite(const std::string& path, bool exclusive) = 0; ///< creates; truncates unless exclusive
    virtual int openForRead(const std::string& path) = 0;
    virtual std::int64_t read(int fd, std::span<std::byte> buffer) = 0;
    virtual std::int64_t write(int fd, std::span<const std::byte> bytes) = 0; ///< may be short
    virtual int fsync(int fd) = 0;
    virtual int close(int fd) = 0;
    virtual std::int64_t size(int fd) = 0;
    /// 0 for a regular file, 1 for a symbolic link, whose text goes to `target`, 2 for anything else; links are not
    /// followed. -ENOENT if there is nothing.
    virtual int inspect(const std::string& path, std::string& target) = 0;
    virtual int rename(const std::string& from, const std::string& to) = 0;
    virtual int unlink(const std::string& path) = 0;
    virtual int makeDirectory(const std::string& path) = 0; ///< 0 also if it exists
    virtual int syncDirectory(const std::string& path) = 0;
    virtual std::int64_t freeBytes(const std::string& path) = 0; ///< on the file system that holds `path`

    /// The real one.
    static Vfs& system();
};

/// What became of a save.
enum class SaveOutcome {
    Saved,
    SavedNotDurable, ///< in place, but the folder could not be synced: it may be lost at a power failure
};

/// Writes a file so that at any moment the old or the new version is there whole: temp file in the same folder, checked
/// writes, fsync, size check, rename, fsync of the folder. A destructor without commit() removes the temp file.
///
/// A symbolic link stays: what it leads to is replaced, in the folder where that lies, or made if it is not there yet.
/// Nothing but a regular file is replaced.
class AtomicFile {
public:
    explicit AtomicFile(std::string path, Vfs& vfs = Vfs::system());
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    /// Buffered. After an error all further calls return the same error.
    Status write(std::string_view bytes);
    /// Errors say the file, needed and free bytes of its file system, and that the old file is unchanged.
    [[nodiscard]] Result<SaveOutcome> commit();
    [[nodiscard]] const std::string& path() const { return m_path; }

private:
    Status open();
    Status follow();
    Status flush();
    Status fail(int negativeErrno, std::string_view action);
    Status fail(std::string reason, std::string advice);
    void discard();

    Vfs& m_vfs;
    std::string m_path, m_tempPath, m_buffer;
    std::string m_target; ///< m_path, or where its links lead
    int m_fd = -1;
    std::uint64_t m_written = 0;
    Status m_state = success();
    bool m_done = false;
};

/// Writes `bytes` as the whole file, atomically.
[[nodiscard]] Result<SaveOutcome> saveFile(const std::string& path, std::string_view bytes, Vfs& vfs = Vfs::system());
/// The largest file that is read unless said otherwise, in bytes.
inline constexpr std::uint64_t fileLimit = 256u << 20;
/// Reads a whole file of at most `limit` bytes.
[[nodiscard]] Result<std::string> loadFile(
    const std::string& path, std::uint64_t limit = fileLimit, Vfs& vfs = Vfs::system());
/// The folder and its parents.
[[nodiscard]] Status makeDirectories(const std::string& path, Vfs& vfs = Vfs::system());

/// "No space left on device" and friends in words of a user; `negativeErrno` as the Vfs returns it.
[[nodiscard]] std::string describeError(int negativeErrno);

} // namespace fplab
