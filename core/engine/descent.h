#pragma once

#include "core/engine/chunks.h"
#include "core/engine/optimizer.h"
#include "core/engine/packet.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <span>
#include <vector>

namespace fplab {

/// Moves a flat vector of parameters against its gradient by the rule of an Optimizer, whose moments it holds.
template <class T> class Descent {
public:
    Descent(const OptimizerSpec& spec, std::size_t parameterCount, std::size_t momentsEach)
        : m_spec(spec)
        , m_count(parameterCount)
        , m_moments(momentsEach * parameterCount)
    {
    }
    virtual ~Descent() = default;

    /// Other numbers for the same rule; the moments and the step count stay.
    void configure(const OptimizerSpec& spec) { m_spec = spec; }
    void clear()
    {
        std::ranges::fill(m_moments, T(0));
        m_steps = 0;
    }

    /// Counts one step; then step() is called for all parameters, in any pieces and from any threads.
    void beginStep()
    {
        ++m_steps;
        setUp();
    }
    /// Updates params[begin, end) with the sum, in order, of the gradients of the lanes.
    virtual void step(std::span<const T* const> laneGradients, T* params, std::size_t begin, std::size_t end) = 0;

    [[nodiscard]] std::int64_t steps() const { return m_steps; }
    /// One vector after the other, as many as the rule has for each parameter.
    [[nodiscard]] std::span<const T> moments() const { return m_moments; }
    void restore(std::int64_t steps, std::span<const T> moments) ///< moments of this rule
    {
        assert(moments.size() == m_moments.size());
        std::ranges::copy(moments, m_moments.begin());
        m_steps = steps;
    }

protected:
    /// The numbers of this step.
    virtual void setUp() = 0;

    OptimizerSpec m_spec;
    std::size_t m_count;
    std::int64_t m_steps = 0;
    std::vector<T> m_moments;
};

/// Rule is a class
///     static constexpr std::size_t moments;        // vectors of moments
///     Rule(const OptimizerSpec&, std::int64_t step)  // the numbers of a step, counted from 1
///     template <class P> P move(const P& g, std::array<P, moments>& m) const
/// whose move() gives what is taken from a packet of parameters (or from one) with the gradient g, and leaves their new
/// moments in m. It is compiled into a loop of its own for each number of lanes.
template <class T, class Rule> class DescentBy final : public Descent<T> {
public:
    DescentBy(const OptimizerSpec& spec, std::size_t parameterCount)
        : Descent<T>(spec, parameterCount, Rule::moments)
        , m_rule(spec, 1)
    {
    }

    void step(std::span<const T* const> laneGradients, T* params, std::size_t begin, std::size_t end) override
    {
        assert(!laneGradients.empty() && laneGradients.size() <= Chunks::maxLanes);
        static constexpr std::array byLanes {update<1>, update<2>, update<3>, update<4>};
        static_assert(byLanes.size() == Chunks::maxLanes);
        Arrays arrays {.gradients = {}, .params = params, .moments = {}};
        std::ranges::copy(laneGradients, arrays.gradients);
        for (std::size_t k = 0; k < Rule::moments; ++k)
            arrays.moments[k] = this->m_moments.data() + k * this->m_count;
        byLanes[laneGradients.size() - 1](m_rule, arrays, begin, end);
    }

private:
    struct Arrays {
        const T* gradients[Chunks::maxLanes]; ///< of the lanes
        T* params;
        std::array<T*, Rule::moments> moments;
    };

    void setUp() override { m_rule = Rule(this->m_spec, this->m_steps); }

    /// Of the packet (or the one number) at i. All that is read streams in side by side; the lanes are summed in their
    /// order.
    template <std::size_t lanes, class P>
    [[gnu::always_inline]] static inline void updateAt(const Rule& rule, const Arrays& arrays, std::size_t i)
    {
        using namespace Eigen::internal;
        P g = ploadu<P>(arrays.gradients[0] + i);
        for (std::size_t l = 1; l < lanes; ++l)
            g = padd(g, ploadu<P>(arrays.gradients[l] + i));
        std::array<P, Rule::moments> moments;
        for (std::size_t k = 0; k < Rule::moments; ++k)
            moments[k] = ploadu<P>(arrays.moments[k] + i);
        const P move = rule.move(g, moments);
        for (std::size_t k = 0; k < Rule::moments; ++k)
            pstoreu(arrays.moments[k] + i, moments[k]);
        pstoreu(arrays.params + i, psub(ploadu<P>(arrays.params + i), move));
    }

    template <std::size_t lanes>
    static void update(const Rule& theRule, const Arrays& theArrays, std::size_t begin, std::size_t end)
    {
        const Rule rule = theRule; // in registers: nothing that is written can be one of its numbers
        const Arrays arrays = theArrays;
        constexpr std::size_t size = fplab::lanes<Packet<T>>;
        std::size_t i = begin;
        for (; i + size <= end; i += size)
            updateAt<lanes, Packet<T>>(rule, arrays, i);
        for (; i < end; ++i)
            updateAt<lanes, T>(rule, arrays, i);
    }

    Rule m_rule;
};

} // namespace fplab
