#include "core/base/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace fplab {

std::string formatRounded(double value, int digits)
{
    constexpr double most = 1e12; // beyond, zeros are hard to count
    const double size = std::abs(value);
    if (size >= 1 && size < most && std::floor(std::log10(size)) >= digits - 1)
        return formatFixed(value, digits - 1 - static_cast<int>(std::floor(std::log10(size))));
    std::array<char, 64> buffer {};
    const auto end = buffer.data() + buffer.size();
    return {buffer.data(), std::to_chars(buffer.data(), end, value, std::chars_format::general, digits).ptr};
}

std::string formatFixed(double value, int decimals)
{
    const double power = std::pow(10.0, std::max(0, -decimals));
    std::array<char, 512> buffer {};
    const auto end = buffer.data() + buffer.size();
    const double rounded = decimals < 0 ? std::round(value / power) * power : value;
    return {
        buffer.data(), std::to_chars(buffer.data(), end, rounded, std::chars_format::fixed, std::max(0, decimals)).ptr};
}

std::string grouped(std::int64_t count)
{
    std::string digits = std::to_string(count);
    const std::ptrdiff_t first = digits.front() == '-' ? 1 : 0;
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > first; at -= 3)
        digits.insert(static_cast<std::size_t>(at), " ");
    return digits;
}

double roundedUp(double value)
{
    const double exponent = std::floor(std::log10(value));
    // divided, for 4 / 1000 and not 4 * 0.001 is what a person types
    const double power = std::pow(10.0, std::abs(exponent));
    const double digit = std::ceil(exponent < 0 ? value * power : value / power);
    return exponent < 0 ? digit / power : digit * power;
}

} // namespace fplab
