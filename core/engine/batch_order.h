#pragma once

#include "core/base/random.h"

#include <cstdint>
#include <span>
#include <vector>

namespace fplab {

/// Order of the samples in mini-batch training: each epoch is a fresh Fisher-Yates permutation of all samples.
class BatchOrder {
public:
    BatchOrder(std::uint64_t seed, std::size_t samples);

    /// Indices of the next batch; what is left when the epoch has fewer than `size` (> 0). Valid until the next call.
    [[nodiscard]] std::span<const std::uint32_t> next(std::size_t size);

    /// A place in the order, by which restore() finds it again.
    struct Position {
        std::uint64_t epochStart = 0; ///< position in the random stream before the shuffle of this epoch
        std::uint64_t taken = 0; ///< samples taken in this epoch
    };
    [[nodiscard]] const Position& position() const { return m_position; }
    void restore(const Position& position); ///< taken <= number of samples

private:
    void shuffle();

    Random m_random;
    std::vector<std::uint32_t> m_order;
    Position m_position;
};

} // namespace fplab
