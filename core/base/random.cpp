#include "core/base/random.h"

#include <cassert>
#include <cmath>
#include <numbers>

namespace fplab {

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key)
{
    constexpr std::uint64_t multiplier0 = 0xD2511F53u;
    constexpr std::uint64_t multiplier1 = 0xCD9E8D57u;
    constexpr std::uint32_t weyl0 = 0x9E3779B9u;
    constexpr std::uint32_t weyl1 = 0xBB67AE85u;
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t product0 = multiplier0 * counter[0];
        const std::uint64_t product1 = multiplier1 * counter[2];
        counter
            = {static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(product1),
                static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(product0)};
        key[0] += weyl0;
        key[1] += weyl1;
    }
    return counter;
}

Random::Random(std::uint64_t seed, std::uint64_t stream)
    : m_key {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}
    , m_stream(stream)
{
}

std::uint32_t Random::bits()
{
    const std::uint64_t block = m_position / 4;
    if (block != m_blockIndex) {
        m_block = philox4x32({static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32),
                                 static_cast<std::uint32_t>(m_stream), static_cast<std::uint32_t>(m_stream >> 32)},
            m_key);
        m_blockIndex = block;
    }
    return m_block[m_position++ % 4];
}

double Random::uniform()
{
    const std::uint64_t high = bits() >> 5; // 27 bits
    const std::uint64_t low = bits() >> 6; // 26 bits
    return static_cast<double>((high << 26) | low) * 0x1p-53;
}

// Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019).
std::uint32_t Random::below(std::uint32_t bound)
{
    assert(bound > 0);
    const std::uint32_t threshold = -bound % bound;
    std::uint64_t product = 0;
    do {
        product = static_cast<std::uint64_t>(bits()) * bound;
    } while (static_cast<std::uint32_t>(product) < threshold);
    return static_cast<std::uint32_t>(product >> 32);
}

// One number per pair of uniforms: keeping the second would be state beyond the position.
double Random::normal()
{
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
}

void Random::seek(std::uint64_t position) { m_position = position; }

} // namespace fplab
