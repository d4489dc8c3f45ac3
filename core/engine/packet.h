#pragma once

#include <Eigen/Core>

#ifdef __GNUC__ // a vector type as a template argument loses its attributes, which nothing here depends on
#pragma GCC diagnostic ignored "-Wignored-attributes"
#endif

namespace fplab {

/// The widest vector of T of the instruction level this is compiled for, and one of half the lanes (or the same, where
/// there is no narrower one). Eigen names the operations: pload, pset1, pmadd (one rounding where there is FMA) ...
template <class T> using Packet = typename Eigen::internal::packet_traits<T>::type;
template <class T> using HalfPacket = typename Eigen::internal::unpacket_traits<Packet<T>>::half;
template <class P> inline constexpr long lanes = Eigen::internal::unpacket_traits<P>::size;

/// Numbers in a cache line. Columns that begin on one are read by aligned loads at every level.
template <class T> inline constexpr long lineOf = 64 / long(sizeof(T));

/// Distance of the columns of a matrix in workspaces: whole cache lines, and never a multiple of 2 KiB, which would put
/// all columns on a few lines of the first-level cache.
template <class T> constexpr long columnStride(long rows)
{
    const long stride = (rows + lineOf<T> - 1) / lineOf<T> * lineOf<T>;
    return stride * long(sizeof(T)) % 2048 == 0 ? stride + lineOf<T> : stride;
}

} // namespace fplab
