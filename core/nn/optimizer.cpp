#include "core/nn/optimizer.h"

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

template <class T>
void Optimizer<T>::step(std::span<const T* const> laneGradients, T* params, std::size_t begin, std::size_t end)
{
    constexpr std::size_t block = 1024;
    const auto rate = static_cast<T>(m_config.learningRate);
    const auto momentum = static_cast<T>(m_config.momentum);
    const auto beta1 = static_cast<T>(m_config.beta1), beta2 = static_cast<T>(m_config.beta2);
    const auto rest1 = static_cast<T>(1 - m_config.beta1), rest2 = static_cast<T>(1 - m_config.beta2);
    const T correction1 = m_correction1, correction2 = m_correction2;
    const auto eps = static_cast<T>(m_config.eps);

    std::array<T, block> sum;
    for (std::size_t at = begin; at < end; at += block) {
        const std::size_t n = std::min(block, end - at);
        std::copy_n(laneGradients[0] + at, n, sum.data());
        for (const T* lane : laneGradients.subspan(1))
            for (std::size_t i = 0; i < n; ++i)
                sum[i] += lane[at + i];
        const T* __restrict g = sum.data();
        T* __restrict p = params + at;
        switch (m_config.kind) {
        case OptimizerConfig::Kind::GradientDescent:
            for (std::size_t i = 0; i < n; ++i)
                p[i] -= rate * g[i];
            break;
        case OptimizerConfig::Kind::Momentum: {
            T* __restrict v = m_moments.data() + at;
            for (std::size_t i = 0; i < n; ++i) {
                v[i] = momentum * v[i] + g[i];
                p[i] -= rate * v[i];
            }
            break;
        }
        case OptimizerConfig::Kind::Adam: {
            T* __restrict m = m_moments.data() + at;
            T* __restrict v = m_moments.data() + m_count + at;
            for (std::size_t i = 0; i < n; ++i) {
                m[i] = beta1 * m[i] + rest1 * g[i];
                v[i] = beta2 * v[i] + rest2 * g[i] * g[i];
                p[i] -= rate * (m[i] * correction1) / (std::sqrt(v[i] * correction2) + eps);
            }
            break;
        }
        }
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
