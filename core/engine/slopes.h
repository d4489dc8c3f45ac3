#pragma once

#include "core/engine/packet.h"

namespace fplab {

/// 1 - a^2 in each lane, for |a| <= 1, without cancellation.
template <class P> P oneMinusSquare(const P& a)
{
    using namespace Eigen::internal;
    using T = typename unpacket_traits<P>::type;
#ifdef __FP_FAST_FMAF
    return pmadd(pnegate(a), a, pset1<P>(T(1)));
#else
    return pmul(psub(pset1<P>(T(1)), a), padd(pset1<P>(T(1)), a));
#endif
}

/// Where a backward pass finds f'(z): stored, or from the values a = f(z), which takes half the room in the caches.
template <class T> struct Slopes {
    const T* from = nullptr; ///< f'(z), or a; null: a factor of 1
    bool ofValues = false; ///< f' = 1 - a^2

    /// Those of the packet that begins at index i.
    template <class P> [[nodiscard]] P at(long i) const
    {
        const P x = Eigen::internal::ploadu<P>(from + i);
        return ofValues ? oneMinusSquare(x) : x;
    }
};

} // namespace fplab
