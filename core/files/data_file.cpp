#include "core/files/data_file.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>

namespace fplab {
namespace {

namespace fs = std::filesystem;

std::string wholePath(const fs::path& path) { return fs::absolute(path).lexically_normal().string(); }

bool isThere(const std::string& path, Vfs& vfs)
{
    std::string target;
    const int found = vfs.inspect(path, target);
    return found != -ENOENT && found != -ENOTDIR;
}

} // namespace

Result<DataFile> findDataFile(const std::string& csv, const std::string& folder, Vfs& vfs)
{
    const auto path = wholePath(fs::path(folder) / csv);
    const auto beside = wholePath(fs::path(folder) / fs::path(csv).filename());
    if (isThere(path, vfs))
        return DataFile {path, {}};
    if (isThere(beside, vfs))
        return DataFile {beside, "The samples come from " + beside + ": there is no file " + path + '.'};
    Diagnostic error;
    error.file = path;
    error.what = "could not be read: there is no such file or folder";
    if (beside != path)
        error.what += ", and none of this name beside the experiment, in " + fs::path(beside).parent_path().string();
    error.advice = "Put the file of the samples there, or change data.csv.";
    return error;
}

std::string dataPathFrom(const std::string& folder, const std::string& path)
{
    const auto relative = fs::path(path).lexically_normal().lexically_relative(fs::path(folder).lexically_normal());
    return relative.empty() || *relative.begin() == ".." ? path : relative.string();
}

std::string freeName(const std::string& folder, const std::string& name, std::string_view content,
    const std::vector<std::string_view>& taken, Vfs& vfs)
{
    const fs::path file(name);
    for (int number = 1;; ++number) {
        const auto candidate
            = number == 1 ? name : file.stem().string() + '-' + std::to_string(number) + file.extension().string();
        if (std::ranges::find(taken, candidate) != taken.end())
            continue;
        const auto path = folder + '/' + candidate;
        std::string target;
        if (vfs.inspect(path, target) < 0) // nothing there, or an error that writing will tell
            return candidate;
        if (const auto there = loadFile(path, content.size(), vfs); there && *there == content)
            return candidate;
    }
}

} // namespace fplab
