#pragma once

#include <cstdint>
#include <string>

namespace fplab {

/// Rounded to that many significant digits, for people: 0.0033, 1e-06, 130, 12000000, 1.2e+15; '.' in every locale.
[[nodiscard]] std::string formatRounded(double value, int digits);

/// With that many decimals, none of them left out: 0.40; negative counts round to tens, hundreds, ...
[[nodiscard]] std::string formatFixed(double value, int decimals);

/// 3141592 -> "3 141 592"
[[nodiscard]] std::string grouped(std::int64_t count);

/// The smallest number of one significant digit that is not below `value` > 0: 0.0033 -> 0.004.
[[nodiscard]] double roundedUp(double value);

} // namespace fplab
