#include "core/run/channel_set.h"

#include <cassert>
#include <utility>

namespace fplab {

std::size_t ChannelSet::add(Channel channel, Observer observer)
{
    m_channels.push_back(std::move(channel));
    m_observers.push_back(std::move(observer));
    return m_channels.size() - 1;
}

std::size_t ChannelSet::addScalar(Channel channel, std::function<double()> observer)
{
    return add(std::move(channel), [observer = std::move(observer)] { return std::vector<double> {observer()}; });
}

Record ChannelSet::observe(std::int64_t step) const
{
    Record record;
    record.step = step;
    record.samples.reserve(m_channels.size());
    for (std::size_t i = 0; i < m_channels.size(); ++i) {
        record.samples.push_back(m_observers[i]());
        assert(record.samples.back().empty() || record.samples.back().size() == m_channels[i].sampleSize());
    }
    return record;
}

} // namespace fplab
