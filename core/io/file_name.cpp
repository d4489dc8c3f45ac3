#include "core/io/file_name.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <array>

namespace fplab {
namespace {

constexpr std::size_t mostBytes = 143, mostUnits = 255; ///< UTF-16, as NTFS and FAT count
constexpr std::string_view blank = " ", around = " .-";

bool isControl(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || (c >= 0xFDD0 && c <= 0xFDEF)
        || (c & 0xFFFE) == 0xFFFE;
}

bool isForbidden(char32_t c)
{
    return c < 0x80 && std::string_view("<>:\"/\\|?*").find(static_cast<char>(c)) != std::string_view::npos;
}

/// The part before the first dot, which is what Windows looks at.
std::string_view deviceOf(std::string_view name)
{
    name = name.substr(0, name.find('.'));
    while (name.ends_with(' '))
        name.remove_suffix(1);
    return name;
}

bool isDevice(std::string_view name)
{
    std::string device(deviceOf(name));
    std::ranges::transform(
        device, device.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    static constexpr std::array names {"CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$"};
    if (std::ranges::find(names, device) != names.end())
        return true;
    if (!device.starts_with("COM") && !device.starts_with("LPT"))
        return false;
    const std::string_view number = std::string_view(device).substr(3);
    return (number.size() == 1 && number[0] >= '0' && number[0] <= '9') || number == "¹" || number == "²"
        || number == "³";
}

std::string_view trimmed(std::string_view name)
{
    const auto first = name.find_first_not_of(around);
    return first == std::string_view::npos ? std::string_view()
                                           : name.substr(first, name.find_last_not_of(around) - first + 1);
}

/// With dashes for what is not allowed, one for several; "a: b" becomes "a - b".
std::string dashed(std::string_view wanted)
{
    std::string name;
    bool pending = false;
    while (!wanted.empty()) {
        const auto c = takeCodePoint(wanted);
        if (!c)
            wanted.remove_prefix(1);
        if (!c || isControl(*c) || isForbidden(*c)) {
            pending = true;
            continue;
        }
        if (pending)
            name += *c == U' ' && !name.ends_with(blank) ? " -" : "-";
        pending = false;
        appendUtf8(name, *c);
    }
    return name;
}

} // namespace

std::string legalFileName(std::string_view wanted, std::string_view suffix, std::string_view spare)
{
    const std::string whole = dashed(wanted);
    std::string_view name = trimmed(whole);
    const std::size_t room = mostBytes - std::min(suffix.size() + 1, mostBytes); // one for the mark of a device
    if (name.size() > room) {
        std::size_t end = room;
        while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80)
            --end;
        name = trimmed(name.substr(0, end));
    }
    std::string result(name.empty() ? spare : name);
    if (isDevice(result))
        result.insert(deviceOf(result).size(), "_");
    return result.append(suffix);
}

std::string fileNameProblem(std::string_view name)
{
    if (isDevice(name))
        return "is that of a device (" + std::string(deviceOf(name)) + ")";
    std::size_t units = 0;
    for (std::string_view rest = name; !rest.empty();) {
        const auto c = takeCodePoint(rest);
        if (!c)
            return "is not valid UTF-8";
        if (isControl(*c))
            return "has a control character in it";
        if (isForbidden(*c))
            return std::string("has ") + static_cast<char>(*c) + " in it";
        units += *c > 0xFFFF ? 2 : 1;
    }
    if (name.ends_with('.'))
        return "ends with a dot";
    if (name.ends_with(' '))
        return "ends with a space";
    return units > mostUnits ? "is too long" : "";
}

} // namespace fplab
