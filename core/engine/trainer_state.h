#pragma once

#include "core/engine/batch_order.h"
#include "core/engine/optimizer.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <string_view>

namespace fplab {

/// First bytes of the state of a trainer; the parameters and the moments follow, numbers of `scalarSize` bytes in the
/// order of this computer. Another layout needs another version.
struct StateHeader {
    using Magic = std::array<char, 8>;
    using OptimizerId = std::array<char, Optimizer::longestId + 1>;
    static constexpr Magic ofTrainer {'f', 'p', 'l', 'a', 'b', 't', 'r', 'n'};
    static constexpr std::uint32_t currentVersion = 1;

    Magic magic = ofTrainer;
    std::uint32_t version = currentVersion;
    std::uint32_t scalarSize = 0;
    OptimizerId optimizer {}; ///< filled up with zeros
    std::uint64_t parameters = 0, moments = 0, samples = 0;
    std::int64_t updates = 0, optimizerSteps = 0;
    BatchOrder::Position order;
    double lastLoss = 0;

    [[nodiscard]] static OptimizerId optimizerId(std::string_view id)
    {
        assert(id.size() <= Optimizer::longestId);
        OptimizerId out {};
        std::ranges::copy(id, out.begin());
        return out;
    }
    /// Whether this is the header of a state, and `bytes` that follow it are its numbers.
    [[nodiscard]] bool fits(std::size_t bytes) const
    {
        const auto most = std::uint64_t(bytes);
        return magic == ofTrainer && version == currentVersion && parameters <= most && moments <= most
            && bytes == (parameters + moments) * scalarSize;
    }
};
// Equal states are equal bytes: nothing lies between the members.
static_assert(sizeof(StateHeader) == 8 + 4 + 4 + StateHeader::OptimizerId().size() + 3 * 8 + 2 * 8 + 2 * 8 + 8);

} // namespace fplab
