#pragma once

#include "core/run/channel.h"
#include "core/run/record.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace fplab {

/// The channels of an experiment, each made with what observes it: none is forgotten, and a record's samples follow
/// their order.
class ChannelSet {
public:
    /// A sample of its channel, as the experiment stands: Channel::sampleSize() numbers, or none where it is not
    /// measured now.
    using Observer = std::function<std::vector<double>()>;

    /// The channel's index. Before the first observe().
    std::size_t add(Channel channel, Observer observer);
    /// Of a channel with one number.
    std::size_t addScalar(Channel channel, std::function<double()> observer);

    [[nodiscard]] std::span<const Channel> channels() const { return m_channels; }
    [[nodiscard]] Channel& operator[](std::size_t index) { return m_channels[index]; }

    /// All of them, at this step.
    [[nodiscard]] Record observe(std::int64_t step) const;

private:
    std::vector<Channel> m_channels;
    std::vector<Observer> m_observers;
};

} // namespace fplab
