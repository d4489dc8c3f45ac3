#pragma once

#include <algorithm>
#include <cstddef>

namespace fplab {

/// How a batch is cut into chunks of whole groups of 8 samples, and the chunks dealt to lanes. Follows from the shapes
/// alone, never from the number of threads: that makes sums of gradients repeatable.
struct Chunks {
    static constexpr std::size_t group = 8, largest = 256, maxLanes = 4;
    static constexpr std::size_t largestWithTangents = 128; ///< such a sample takes the room of two
    static constexpr double smallWork = 1e6; ///< floating-point operations a step that are not worth a second thread

    std::size_t samples = 0;
    std::size_t count = 0; ///< chunks
    bool parallel = false;

    Chunks(std::size_t sampleCount, std::size_t parameterCount, std::size_t most = largest)
        : samples(sampleCount)
        , count((sampleCount + most - 1) / most)
        , parallel(6.0 * double(parameterCount) * double(sampleCount) > smallWork) // 2 forward, 4 backward
    {
        if (parallel) // as much for each lane
            count = std::min((count + maxLanes - 1) / maxLanes * maxLanes, groups());
    }
    [[nodiscard]] std::size_t groups() const { return (samples + group - 1) / group; }
    [[nodiscard]] std::size_t lanes() const { return std::min(count, maxLanes); }
    /// First sample of a chunk; begin(count) is `samples`. Lane g does the chunks g, g + lanes(), ...
    [[nodiscard]] std::size_t begin(std::size_t chunk) const
    {
        return std::min(samples, groups() * chunk / count * group);
    }
    [[nodiscard]] std::size_t largestChunk() const
    {
        std::size_t size = 0;
        for (std::size_t chunk = 0; chunk < count; ++chunk)
            size = std::max(size, begin(chunk + 1) - begin(chunk));
        return size;
    }
};

} // namespace fplab
