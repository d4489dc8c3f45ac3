#pragma once

#include "core/base/result.h"
#include "core/io/vfs.h"

#include <string>
#include <string_view>
#include <vector>

/// The CSV file that an experiment reads its samples from: paths that survive when a folder is moved.
namespace fplab {

struct DataFile {
    std::string path; ///< absolute
    std::string note; ///< a sentence if it was not where the experiment says; else empty
};

/// Finds `csv`, the path in an experiment file that lies in `folder` (empty: the current one). The last resort is a
/// file of that name in `folder` itself. Errors say where it was looked for.
[[nodiscard]] Result<DataFile> findDataFile(
    const std::string& csv, const std::string& folder, Vfs& vfs = Vfs::system());

/// How an experiment file in `folder` names the file at `path`: relative if it lies in the folder or below, so that
/// both can be moved together, else absolute. Both are absolute.
[[nodiscard]] std::string dataPathFrom(const std::string& folder, const std::string& path);

/// The name under which `content` can lie in `folder` without taking the place of another file: `name`, or with a
/// number, "data-2.csv". Names in `taken` are not free; a file with the same content is no other file.
[[nodiscard]] std::string freeName(const std::string& folder, const std::string& name, std::string_view content,
    const std::vector<std::string_view>& taken, Vfs& vfs = Vfs::system());

} // namespace fplab
