#include "core/datasets/csv_encoding.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <array>

#include <iconv.h>

namespace fplab {

namespace {

constexpr std::string_view utf8Mark = "\xEF\xBB\xBF", littleMark = "\xFF\xFE", bigMark = "\xFE\xFF";

unsigned char byteAt(std::string_view bytes, std::size_t i)
{
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0;
}

/// Bytes before the first that are not UTF-8.
std::size_t validUtf8(std::string_view text)
{
    const std::size_t size = text.size();
    while (!text.empty()) {
        if (static_cast<signed char>(text.front()) >= 0)
            text.remove_prefix(1);
        else if (!takeCodePoint(text))
            break;
    }
    return size - text.size();
}

/// UTF-16 without a mark: tables are mostly of characters below 256, so every second byte is zero.
std::string_view utf16WithoutMark(std::string_view bytes)
{
    const std::string_view sample = bytes.substr(0, 1024);
    std::array<std::size_t, 2> zeros {};
    for (std::size_t i = 0; i < sample.size(); ++i)
        zeros[i % 2] += sample[i] == '\0';
    const std::size_t half = sample.size() / 2;
    if (half < 2 || bytes.size() % 2 != 0)
        return {};
    if (zeros[0] == 0 && zeros[1] * 4 >= half * 3)
        return "utf-16le";
    if (zeros[1] == 0 && zeros[0] * 4 >= half * 3)
        return "utf-16be";
    return {};
}

/// How likely a text with bytes above 127 that is not UTF-8 is Chinese. In GB18030 such bytes come in pairs, most of
/// them of the first level of GB 2312 or its symbols, and Chinese words do not touch Latin letters as an umlaut does.
bool looksChinese(std::string_view bytes)
{
    std::size_t common = 0, rare = 0, western = 0;
    const auto isLetter = [](unsigned char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
    for (std::size_t i = 0; i < bytes.size();) {
        if (byteAt(bytes, i) < 0x80) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (byteAt(bytes, end) >= 0x80)
            ++end;
        const bool touches = (i > 0 && isLetter(byteAt(bytes, i - 1))) || isLetter(byteAt(bytes, end));
        if ((end - i) % 2 != 0 || (touches && end - i == 2))
            ++western;
        for (; i + 1 < end; i += 2) {
            const auto lead = byteAt(bytes, i), trail = byteAt(bytes, i + 1);
            const bool usual = trail >= 0xA1 && ((lead >= 0xB0 && lead <= 0xD7) || (lead >= 0xA1 && lead <= 0xA9));
            (usual ? common : rare) += 1;
        }
        i = end;
    }
    return common > 0 && common > 4 * western && common >= rare;
}

Diagnostic notIn(std::string_view encoding, std::string_view textBefore)
{
    Diagnostic error;
    error.what = "the file holds bytes that are no characters of " + std::string(encodingName(encoding));
    error.line = 1 + static_cast<int>(std::ranges::count(textBefore, '\n'));
    error.advice = "Choose another encoding.";
    error.fixes.push_back({"Find the encoding", {{"data.encoding", "auto"}}});
    return error;
}

Result<std::string> decodeUtf16(std::string_view bytes, bool bigEndian)
{
    std::string text;
    text.reserve(bytes.size() / 2);
    const auto unit = [&](std::size_t i) -> char32_t {
        const auto first = byteAt(bytes, i), second = byteAt(bytes, i + 1);
        return bigEndian ? first << 8 | second : second << 8 | first;
    };
    const auto broken = [&] {
        Diagnostic error;
        error.what = "the file ends within a character or holds a broken one (UTF-16)";
        error.line = 1 + static_cast<int>(std::ranges::count(text, '\n'));
        return error;
    };
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        if (i + 1 >= bytes.size())
            return broken();
        char32_t codePoint = unit(i);
        if (codePoint >= 0xD800 && codePoint <= 0xDFFF) {
            const char32_t low = i + 3 < bytes.size() ? unit(i + 2) : 0;
            if (codePoint >= 0xDC00 || low < 0xDC00 || low > 0xDFFF)
                return broken();
            codePoint = 0x10000 + ((codePoint - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        appendUtf8(text, codePoint);
    }
    return text;
}

std::string decodeWindows1252(std::string_view bytes)
{
    constexpr std::array<char32_t, 32> upper {0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6,
        0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013,
        0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178};
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80)
            text += c;
        else
            appendUtf8(text, byte < 0xA0 ? upper[byte - 0x80] : byte);
    }
    return text;
}

Result<std::string> decodeGb18030(std::string& bytes)
{
    const iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == iconv_t(-1)) // NOLINT: iconv's own error value
        return Diagnostic {
            .what = "this computer cannot read GB18030", .advice = "Save the file with the encoding UTF-8."};
    std::string text;
    std::array<char, 1 << 16> buffer;
    char* in = bytes.data();
    std::size_t inLeft = bytes.size(), failed = 0;
    try {
        while (inLeft > 0 && failed == 0) {
            char* out = buffer.data();
            std::size_t outLeft = buffer.size();
            const bool stopped = iconv(converter, &in, &inLeft, &out, &outLeft) == std::size_t(-1);
            text.append(buffer.data(), out);
            failed = stopped && out == buffer.data(); // a full buffer stops it, too
        }
    } catch (...) {
        iconv_close(converter);
        throw;
    }
    iconv_close(converter);
    if (failed)
        return notIn("gb18030", text);
    return text;
}

/// A file of another kind, known by its first bytes.
Status checkKind(std::string_view bytes)
{
    constexpr std::string_view asCsv = "Open it in the program that made it and save it as CSV.",
                               unpack = "Unpack it first.", none = "Choose a file with rows of numbers.";
    struct Kind {
        std::string_view magic, what, advice;
    };
    constexpr std::array<Kind, 10> kinds {{
        {{"PK\x03\x04", 4}, "this is an Excel workbook or another zip archive, not text", asCsv},
        {{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8}, "this is an Excel workbook, not text", asCsv},
        {{"\x1F\x8B", 2}, "this is a compressed file (gzip), not text", unpack},
        {{"BZh", 3}, "this is a compressed file (bzip2), not text", unpack},
        {{"\xFD"
          "7zXZ\0",
             6},
            "this is a compressed file (xz), not text", unpack},
        {{"7z\xBC\xAF\x27\x1C", 6}, "this is a compressed file (7z), not text", unpack},
        {{"\x89PNG\r\n", 6}, "this is a picture (PNG), not text", none},
        {{"\xFF\xD8\xFF", 3}, "this is a picture (JPEG), not text", none},
        {{"\x89HDF\r\n", 6}, "this is an HDF5 file, not text", asCsv},
        {{"%PDF-", 5}, "this is a PDF document, not a table", asCsv},
    }};
    for (const auto& kind : kinds)
        if (bytes.starts_with(kind.magic) && (kind.magic != "BZh" || bytes.find('\0') != bytes.npos))
            return Diagnostic {.what = std::string(kind.what), .advice = std::string(kind.advice)};
    return success();
}

} // namespace

std::string_view encodingName(std::string_view id)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> names {{{"utf-8", "UTF-8"},
        {"utf-16le", "UTF-16"}, {"utf-16be", "UTF-16"}, {"windows-1252", "Windows-1252"}, {"gb18030", "GB18030"}}};
    const auto* found = std::ranges::find(names, id, [](const auto& name) { return name.first; });
    return found == names.end() ? id : found->second;
}

Result<DecodedText> decodeText(std::string bytes, std::string_view encoding)
{
    DecodedText decoded;
    decoded.encoding = encoding;
    const bool find = encoding == "auto";
    if (const auto text = checkKind(bytes); !text)
        return text.error();
    if (bytes.starts_with(utf8Mark)) {
        if (find || encoding == "utf-8")
            bytes.erase(0, utf8Mark.size());
        if (find)
            decoded.encoding = "utf-8"; // also when some of it is not: a mark is a promise
    } else if (find && (bytes.starts_with(littleMark) || bytes.starts_with(bigMark))) {
        decoded.encoding = bytes.starts_with(bigMark) ? "utf-16be" : "utf-16le";
    } else if (find) {
        decoded.encoding = utf16WithoutMark(bytes);
        if (decoded.encoding.empty())
            decoded.encoding = validUtf8(bytes) == bytes.size() ? "utf-8"
                : looksChinese(bytes)                           ? "gb18030"
                                                                : "windows-1252";
    }
    if (decoded.encoding == "utf-8") {
        if (const auto valid = validUtf8(bytes); valid < bytes.size())
            return notIn("utf-8", std::string_view(bytes).substr(0, valid));
        decoded.text = std::move(bytes);
        return decoded;
    }
    if (decoded.encoding == "windows-1252") {
        decoded.text = decodeWindows1252(bytes);
        return decoded;
    }
    const bool bigEndian = decoded.encoding == "utf-16be";
    auto text = decoded.encoding == "gb18030" ? decodeGb18030(bytes)
        : bytes.starts_with(bigEndian ? bigMark : littleMark)
        ? decodeUtf16(std::string_view(bytes).substr(2), bigEndian)
        : decodeUtf16(bytes, bigEndian);
    if (!text && find && decoded.encoding == "gb18030") { // not Chinese after all
        decoded = {decodeWindows1252(bytes), "windows-1252"};
        return decoded;
    }
    if (!text)
        return text.error();
    decoded.text = std::move(*text);
    return decoded;
}

} // namespace fplab
