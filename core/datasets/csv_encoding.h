#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace fplab {

/// Text of a file as UTF-8 without a byte order mark, and how its bytes were read.
struct DecodedText {
    std::string text;
    std::string encoding; ///< utf-8, utf-16le, utf-16be, windows-1252 or gb18030
};

/// `encoding` is one of those ids, or "auto": UTF-16 is known by its mark or by its zero bytes, UTF-8 by being valid;
/// of the other two, GB18030 is what has its bytes above 127 in pairs of common Chinese characters, else it is
/// Windows-1252. An error names the line of what is not a character of a given encoding, or the kind of file that is no
/// text at all.
[[nodiscard]] Result<DecodedText> decodeText(std::string bytes, std::string_view encoding = "auto");

/// For people: "Windows-1252".
[[nodiscard]] std::string_view encodingName(std::string_view id);

} // namespace fplab
