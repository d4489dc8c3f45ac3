#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fplab {

/// Takes the first code point off `rest`; none (and `rest` unchanged) if it is empty or does not start with valid UTF-8
/// (overlong forms, surrogates and values above U+10FFFF are not valid).
std::optional<char32_t> takeCodePoint(std::string_view& rest);

/// Appends one code point as UTF-8.
void appendUtf8(std::string& out, char32_t codePoint);

} // namespace fplab
