#pragma once

#include <array>
#include <cstdint>

namespace fplab {

/// Counter-based random numbers, Philox4x32-10 (Salmon et al., SC'11): the same on every machine and for every
/// number of threads, because the n-th number of a stream is a pure function of (seed, stream, n).
///
/// Passed by reference to what needs it; there is no global generator.
class Random {
public:
    /// Independent sequences of one seed have different `stream`s; the streams in use are listed in `RandomStream`.
    explicit Random(std::uint64_t seed, std::uint64_t stream = 0);

    /// Next 32 random bits.
    std::uint32_t bits();
    /// Uniform in [0, 1) with 53 random bits.
    double uniform();
    /// Uniform integer in [0, bound), without modulo bias. `bound` > 0.
    std::uint32_t below(std::uint32_t bound);
    /// Standard normal, by the Box-Muller transform (not std::normal_distribution, which differs between libraries).
    double normal();

    /// Position in the stream; `seek(position())` of a later moment replays from there.
    [[nodiscard]] std::uint64_t position() const { return m_position; }
    void seek(std::uint64_t position);

private:
    std::array<std::uint32_t, 2> m_key;
    std::uint64_t m_stream;
    std::uint64_t m_position = 0; ///< number of 32-bit words taken
    std::array<std::uint32_t, 4> m_block {};
    std::uint64_t m_blockIndex = ~std::uint64_t(0);
};

/// The Philox4x32-10 bijection itself, exposed for its known-answer test.
[[nodiscard]] std::array<std::uint32_t, 4> philox4x32(
    std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// One stream per purpose, so that a change in one (more noise, another sampling) leaves the others as they were.
struct RandomStream {
    static constexpr std::uint64_t weights = 1, batches = 2, sampling = 3, noise = 4, testSampling = 5, testNoise = 6,
                                   energyPoints = 7;
};

} // namespace fplab
