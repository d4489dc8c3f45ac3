#pragma once

#include <string>
#include <string_view>

namespace fplab {

/// A name for a file that every system takes (Linux, macOS, Windows, FAT and exFAT): `wanted`, of which <>:"/\|?* and
/// control characters become dashes, without dots, dashes and spaces around it, changed if it is that of a device (CON,
/// COM1), and cut, between characters, so that the whole has at most 143 bytes (an encrypted home takes no more).
/// Letters of any script stay. `spare` stands in when nothing is left. `suffix` begins with its dot and is legal.
[[nodiscard]] std::string legalFileName(std::string_view wanted, std::string_view suffix, std::string_view spare);

/// Why Windows and FAT sticks refuse this name, as a part of a sentence: `has : in it`. Empty if they take it.
[[nodiscard]] std::string fileNameProblem(std::string_view name);

} // namespace fplab
