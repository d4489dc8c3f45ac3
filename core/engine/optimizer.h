#pragma once

#include "core/engine/trainer.h"

#include <cstdint>
#include <span>
#include <vector>

namespace fplab {

/// Moves a flat vector of parameters against its gradient. Holds the moments of the method.
template <class T> class Optimizer {
public:
    Optimizer(const OptimizerConfig& config, std::size_t parameterCount);

    /// Another kind clears the moments and the step count, other numbers keep them.
    void configure(const OptimizerConfig& config);
    void clear();

    /// Counts one step; then step() is called for all parameters, in any pieces and from any threads.
    void beginStep();
    /// Updates params[begin, end) with the sum, in order, of the gradients of the lanes.
    void step(std::span<const T* const> laneGradients, T* params, std::size_t begin, std::size_t end);

    [[nodiscard]] const OptimizerConfig& config() const { return m_config; }
    [[nodiscard]] std::int64_t steps() const { return m_steps; }
    /// None, the velocity, or Adam's first and second moments one after the other.
    [[nodiscard]] std::span<const T> moments() const { return m_moments; }
    void restore(std::int64_t steps, std::span<const T> moments); ///< moments of this kind

private:
    [[nodiscard]] std::vector<T> zeroMoments(OptimizerConfig::Kind kind) const;

    OptimizerConfig m_config;
    std::size_t m_count;
    std::int64_t m_steps = 0;
    T m_correction1 = 1, m_correction2 = 1; ///< Adam's, of this step
    std::vector<T> m_moments;
};

extern template class Optimizer<float>;
extern template class Optimizer<double>;

} // namespace fplab
