#include "core/engine/optimizer.h"

#include "core/engine/descent.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace fplab {

namespace {

using namespace Eigen::internal;

/// factor x
template <class P, class T> [[gnu::always_inline]] inline P scaled(T factor, const P& x)
{
    return pmul(pset1<P>(factor), x);
}

template <class T> struct Plain {
    static constexpr std::size_t moments = 0;
    T rate;

    Plain(const OptimizerSpec& spec, std::int64_t)
        : rate(static_cast<T>(spec.learningRate))
    {
    }
    template <class P> [[gnu::always_inline]] P move(const P& g, std::array<P, 0>&) const { return scaled(rate, g); }
};

template <class T> struct Momentum {
    static constexpr std::size_t moments = 1;
    T rate, momentum;

    Momentum(const OptimizerSpec& spec, std::int64_t)
        : rate(static_cast<T>(spec.learningRate))
        , momentum(static_cast<T>(spec.momentum))
    {
    }
    template <class P> [[gnu::always_inline]] P move(const P& g, std::array<P, 1>& velocity) const
    {
        velocity[0] = padd(scaled(momentum, velocity[0]), g);
        return scaled(rate, velocity[0]);
    }
};

template <class T> struct Adam {
    static constexpr std::size_t moments = 2;
    T rate, beta1, beta2, rest1, rest2, correction1, correction2, eps;

    Adam(const OptimizerSpec& spec, std::int64_t step)
        : rate(static_cast<T>(spec.learningRate))
        , beta1(static_cast<T>(spec.beta1))
        , beta2(static_cast<T>(spec.beta2))
        , rest1(static_cast<T>(1 - spec.beta1))
        , rest2(static_cast<T>(1 - spec.beta2))
        , correction1(static_cast<T>(1 / (1 - std::pow(spec.beta1, double(step)))))
        , correction2(static_cast<T>(1 / (1 - std::pow(spec.beta2, double(step)))))
        , eps(static_cast<T>(spec.eps))
    {
    }
    template <class P> [[gnu::always_inline]] P move(const P& g, std::array<P, 2>& means) const
    {
        auto& [mean, square] = means;
        mean = padd(scaled(beta1, mean), scaled(rest1, g));
        square = padd(scaled(beta2, square), pmul(scaled(rest2, g), g));
        return pdiv(scaled(rate, scaled(correction1, mean)), padd(psqrt(scaled(correction2, square)), pset1<P>(eps)));
    }
};

template <class T, class Rule> std::unique_ptr<Descent<T>> make(const OptimizerSpec& spec, std::size_t parameterCount)
{
    return std::make_unique<DescentBy<T, Rule>>(spec, parameterCount);
}

/// The row with the makers of its rule.
template <template <class T> class Rule> constexpr Optimizer by(Optimizer row)
{
    row.makeFloat = make<float, Rule<float>>;
    row.makeDouble = make<double, Rule<double>>;
    return row;
}

constexpr Optimizer table[] {
    by<Plain>({.id = "gd", .label = "gradient descent"}),
    by<Plain>({.id = "sgd", .label = "stochastic (SGD)"}),
    by<Momentum>({.id = "momentum", .label = "momentum", .momentum = true}),
    by<Adam>({.id = "adam", .label = "Adam", .beta1 = true, .beta2 = true, .eps = true}),
};
static_assert(std::ranges::all_of(table, [](const Optimizer& row) { return row.id.size() <= Optimizer::longestId; }));

} // namespace

std::span<const Optimizer> optimizers() { return table; }

std::span<const Choice> optimizerChoices()
{
    static const auto names = namesOf(table);
    return names;
}

const Optimizer* findOptimizer(std::string_view id)
{
    const auto row = std::ranges::find(table, id, &Optimizer::id);
    return row == std::end(table) ? nullptr : &*row;
}

} // namespace fplab
