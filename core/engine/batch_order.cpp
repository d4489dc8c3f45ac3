#include "core/engine/batch_order.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>
#include <utility>

namespace fplab {

BatchOrder::BatchOrder(std::uint64_t seed, std::size_t samples)
    : m_random(seed, RandomStream::batches)
    , m_order(samples)
{
    assert(samples > 0 && samples <= std::numeric_limits<std::uint32_t>::max());
    shuffle();
}

std::span<const std::uint32_t> BatchOrder::next(std::size_t size)
{
    if (m_position.taken == m_order.size()) {
        m_position = {m_random.position(), 0};
        shuffle();
    }
    const auto first = static_cast<std::size_t>(m_position.taken);
    const std::size_t count = std::min(size, m_order.size() - first);
    m_position.taken += count;
    return std::span<const std::uint32_t>(m_order).subspan(first, count);
}

void BatchOrder::restore(const Position& position)
{
    assert(position.taken <= m_order.size());
    m_position = position;
    m_random.seek(position.epochStart);
    shuffle();
}

void BatchOrder::shuffle()
{
    std::iota(m_order.begin(), m_order.end(), 0u);
    for (std::size_t i = m_order.size() - 1; i > 0; --i)
        std::swap(m_order[i], m_order[m_random.below(static_cast<std::uint32_t>(i + 1))]);
}

} // namespace fplab
