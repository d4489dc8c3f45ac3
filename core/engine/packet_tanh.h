#pragma once

#include "core/engine/packet.h"
#include "core/engine/vector_math.h"

namespace fplab {

/// tanh of `count` packets, which go through each operation side by side: one alone would wait for its own results.
///
/// With E = exp(-2|x|) - 1 without cancellation near 0, -tanh |x| = E / (E + 2). E falls with |x| and E + 2 with it, so
/// the quotient is monotone however both are rounded, and -1 where E is. The low part of ln 2 in the reduction is
/// below what matters: where it grows, tanh is all but 1. NaN stays NaN.
template <class P, long count> [[gnu::always_inline]] inline void tanhOf(const P (&x)[count], P (&result)[count])
{
    using namespace Eigen::internal;
    using T = typename unpacket_traits<P>::type;
    using C = vmath::Constants<T>;
    using Bits [[gnu::vector_size(sizeof(P))]] = typename C::Bits;
    constexpr auto signBit = typename C::Bits(1) << (8 * sizeof(T) - 1);
    const auto each = [](auto&& work) __attribute__((always_inline))
    {
#pragma GCC unroll 4
        for (long i = 0; i < count; ++i)
            work(i);
    };
    const auto constant = [](T value) { return pset1<P>(value); };

    P y[count], shifted[count], k[count], r[count], scale[count], factor[count], e[count];
    each([&](long i) { y[i] = std::bit_cast<P>(std::bit_cast<Bits>(x[i]) | signBit); });
    each([&](long i) { y[i] = pmax(y[i], constant(C::lowestTanh)); });
    each([&](long i) { shifted[i] = pmadd(y[i], constant(T(2) * C::log2e), constant(C::biased)); });
    each([&](long i) { y[i] = padd(y[i], y[i]); });
    each([&](long i) { k[i] = psub(shifted[i], constant(C::biased)); });
    each([&](long i) { r[i] = pmadd(k[i], constant(-C::ln2), y[i]); });
    each([&](long i) { scale[i] = std::bit_cast<P>(std::bit_cast<Bits>(shifted[i]) << C::mantissaBits); });
    each([&](long i) { factor[i] = constant(C::expm1.back()); });
#pragma GCC unroll 16
    for (long n = long(C::expm1.size()) - 2; n >= 0; --n)
        each([&](long i) { factor[i] = pmadd(r[i], factor[i], constant(C::expm1[std::size_t(n)])); });
    each([&](long i) { e[i] = pmadd(pmul(r[i], r[i]), factor[i], r[i]); });
    each([&](long i) { e[i] = pmadd(scale[i], e[i], psub(scale[i], constant(T(1)))); });
    each([&](long i) { e[i] = pdiv(e[i], padd(e[i], constant(T(2)))); });
    each([&](long i) {
        const auto magnitude = std::bit_cast<Bits>(e[i]) & ~signBit, sign = std::bit_cast<Bits>(x[i]) & signBit;
        result[i] = std::bit_cast<P>(magnitude | sign);
    });
}

} // namespace fplab
