#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// How many characters must be put in, left out or replaced to make `b` of `a` (Levenshtein's distance), in bytes.
[[nodiscard]] std::size_t editDistance(std::string_view a, std::string_view b);

/// The candidate nearest to a mistyped name, the first of several; empty if none is within `most` or all of `name` would
/// have to be replaced.
[[nodiscard]] std::string nearestName(std::string_view name, const std::vector<std::string>& candidates, std::size_t most = 2);

} // namespace fplab
