#include "core/engine/optimizer.h"

#include "core/engine/chunks.h"
#include "core/engine/packet.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace fplab {

template <class T>
Optimizer<T>::Optimizer(const OptimizerConfig& config, std::size_t parameterCount)
    : m_config(config)
    , m_count(parameterCount)
{
    clear();
}

template <class T> void Optimizer<T>::configure(const OptimizerConfig& config)
{
    if (config.kind != m_config.kind) {
        m_moments = zeroMoments(config.kind);
        m_steps = 0;
    }
    m_config = config;
}

template <class T> void Optimizer<T>::clear()
{
    m_moments = zeroMoments(m_config.kind);
    m_steps = 0;
}

template <class T> std::vector<T> Optimizer<T>::zeroMoments(OptimizerConfig::Kind kind) const
{
    const std::size_t vectors = kind == OptimizerConfig::Kind::Adam ? 2
        : kind == OptimizerConfig::Kind::Momentum                   ? 1
                                                                    : 0;
    return std::vector<T>(vectors * m_count);
}

template <class T> void Optimizer<T>::beginStep()
{
    ++m_steps;
    m_correction1 = static_cast<T>(1 / (1 - std::pow(m_config.beta1, double(m_steps))));
    m_correction2 = static_cast<T>(1 / (1 - std::pow(m_config.beta2, double(m_steps))));
}

namespace {

/// The numbers of one update. A kind without second moments, or without any, does not look at theirs.
template <class T> struct Update {
    const T* gradients[Chunks::maxLanes]; ///< of the lanes
    T* params;
    T* moments1;
    T* moments2;
    T rate, momentum, beta1, beta2, rest1, rest2, correction1, correction2, eps;
};

/// Of the packet (or the one number) at i. All that is read streams in side by side; the lanes are summed in their
/// order.
template <OptimizerConfig::Kind kind, std::size_t lanes, class P, class T>
[[gnu::always_inline]] inline void updateAt(const Update<T>& u, std::size_t i)
{
    using namespace Eigen::internal;
    using enum OptimizerConfig::Kind;
    const auto scaled = [](T factor, const P& x) { return pmul(pset1<P>(factor), x); };
    P g = ploadu<P>(u.gradients[0] + i);
    for (std::size_t l = 1; l < lanes; ++l)
        g = padd(g, ploadu<P>(u.gradients[l] + i));
    P move = scaled(u.rate, g);
    if constexpr (kind == Momentum) {
        const P velocity = padd(scaled(u.momentum, ploadu<P>(u.moments1 + i)), g);
        pstoreu(u.moments1 + i, velocity);
        move = scaled(u.rate, velocity);
    } else if constexpr (kind == Adam) {
        const P mean = padd(scaled(u.beta1, ploadu<P>(u.moments1 + i)), scaled(u.rest1, g));
        const P square = padd(scaled(u.beta2, ploadu<P>(u.moments2 + i)), pmul(scaled(u.rest2, g), g));
        pstoreu(u.moments1 + i, mean);
        pstoreu(u.moments2 + i, square);
        move = pdiv(
            scaled(u.rate, scaled(u.correction1, mean)), padd(psqrt(scaled(u.correction2, square)), pset1<P>(u.eps)));
    }
    pstoreu(u.params + i, psub(ploadu<P>(u.params + i), move));
}

template <OptimizerConfig::Kind kind, std::size_t lanes, class T>
void update(const Update<T>& u, std::size_t begin, std::size_t end)
{
    const Update<T> numbers = u; // in registers: nothing that is written can be one of them
    constexpr std::size_t size = fplab::lanes<Packet<T>>;
    std::size_t i = begin;
    for (; i + size <= end; i += size)
        updateAt<kind, lanes, Packet<T>>(numbers, i);
    for (; i < end; ++i)
        updateAt<kind, lanes, T>(numbers, i);
}

template <OptimizerConfig::Kind kind, class T>
void update(std::size_t lanes, const Update<T>& u, std::size_t begin, std::size_t end)
{
    static constexpr std::array byLanes {
        update<kind, 1, T>, update<kind, 2, T>, update<kind, 3, T>, update<kind, 4, T>};
    static_assert(byLanes.size() == Chunks::maxLanes);
    byLanes[lanes - 1](u, begin, end);
}

} // namespace

template <class T>
void Optimizer<T>::step(std::span<const T* const> laneGradients, T* params, std::size_t begin, std::size_t end)
{
    using enum OptimizerConfig::Kind;
    assert(!laneGradients.empty() && laneGradients.size() <= Chunks::maxLanes);
    Update<T> u {.gradients = {},
        .params = params,
        .moments1 = m_moments.data(),
        .moments2 = m_moments.data() + (m_config.kind == Adam ? m_count : 0),
        .rate = static_cast<T>(m_config.learningRate),
        .momentum = static_cast<T>(m_config.momentum),
        .beta1 = static_cast<T>(m_config.beta1),
        .beta2 = static_cast<T>(m_config.beta2),
        .rest1 = static_cast<T>(1 - m_config.beta1),
        .rest2 = static_cast<T>(1 - m_config.beta2),
        .correction1 = m_correction1,
        .correction2 = m_correction2,
        .eps = static_cast<T>(m_config.eps)};
    std::ranges::copy(laneGradients, u.gradients);
    const std::size_t lanes = laneGradients.size();
    switch (m_config.kind) {
    case GradientDescent:
        update<GradientDescent>(lanes, u, begin, end);
        break;
    case Momentum:
        update<Momentum>(lanes, u, begin, end);
        break;
    case Adam:
        update<Adam>(lanes, u, begin, end);
        break;
    }
}

template <class T> void Optimizer<T>::restore(std::int64_t steps, std::span<const T> moments)
{
    assert(moments.size() == m_moments.size());
    std::ranges::copy(moments, m_moments.begin());
    m_steps = steps;
}

template class Optimizer<float>;
template class Optimizer<double>;

} // namespace fplab
