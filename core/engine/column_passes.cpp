#include "core/engine/column_passes.h"

#include "core/engine/packet.h"

#include <algorithm>
#include <type_traits>

namespace fplab {

namespace {

using namespace Eigen::internal;

/// A packet of `from`, of which `count` numbers exist; the others are zero.
template <class P, class T> P loadSome(const T* from, long count)
{
    if (count >= lanes<P>)
        return ploadu<P>(from);
    alignas(P) T values[lanes<P>] = {};
    std::copy_n(from, count, values);
    return pload<P>(values);
}

} // namespace

/// Four columns at a time, so that as many sums are on their way.
template <class T> void dotColumns(const T* w, T bias, long inputs, const T* a, long stride, long columns, T* outputs)
{
    using P = Packet<T>;
    constexpr long size = lanes<P>, step = 4;
    for (long j = 0; j < columns; j += step) {
        const long here = std::min(step, columns - j);
        P sums[step];
        for (P& sum : sums)
            sum = pset1<P>(T(0));
        for (long i = 0; i < inputs; i += size) {
            const P weights = loadSome<P>(w + i, inputs - i);
            for (long s = 0; s < step; ++s)
                sums[s] = pmadd(weights, pload<P>(a + (j + std::min(s, here - 1)) * stride + i), sums[s]);
        }
        for (long s = 0; s < here; ++s)
            outputs[j + s] = predux(sums[s]) + bias;
    }
}

template <class T> void ColumnSums<T>::into(T* weighted, T* plain, bool add) const
{
    constexpr long step = 4 * lanes<Packet<T>>;
    for (long row = 0; row < rows; row += step) {
        T* plainAt = plain ? plain + row : nullptr;
        switch ((std::min(step, rows - row) + lanes<Packet<T>> - 1) / lanes<Packet<T>>) {
        case 1:
            sumRows<1>(row, weighted + row, plainAt, add);
            break;
        case 2:
            sumRows<2>(row, weighted + row, plainAt, add);
            break;
        case 3:
            sumRows<3>(row, weighted + row, plainAt, add);
            break;
        default:
            sumRows<4>(row, weighted + row, plainAt, add);
        }
    }
}

template <class T> template <long packets> void ColumnSums<T>::sumRows(long row, T* weighted, T* plain, bool add) const
{
    using P = Packet<T>;
    constexpr long size = lanes<P>;
    const long count = std::min(packets * size, rows - row);
    P sums[packets], plainSums[packets];
    for (long s = 0; s < packets; ++s)
        sums[s] = plainSums[s] = pset1<P>(T(0));
    const T* column = a + row;
    const auto sumColumns = [&](long begin, long end, auto withPlain) {
        for (long j = begin; j < end; ++j, column += stride) {
            const P factor = pset1<P>(factors[j]);
#pragma GCC unroll 4
            for (long s = 0; s < packets; ++s) {
                const P value = pload<P>(column + s * size);
                sums[s] = pmadd(factor, value, sums[s]);
                if constexpr (withPlain)
                    plainSums[s] = padd(plainSums[s], value);
            }
        }
    };
    const auto put = [&](const P(&from)[packets], T* to) {
        alignas(P) T values[packets * size];
        for (long s = 0; s < packets; ++s)
            pstore(values + s * size, from[s]);
        for (long i = 0; i < count; ++i)
            to[i] = add ? to[i] + values[i] : values[i];
    };
    const long both = plain ? plainColumns : 0;
    sumColumns(0, both, std::true_type());
    sumColumns(both, columns, std::false_type());
    put(sums, weighted);
    if (plain)
        put(plainSums, plain);
}

template <class T>
void outerProduct(const T* w, const T* delta, long inputs, Slopes<T> slopes, long stride, long columns, T* result)
{
    using P = Packet<T>;
    constexpr long size = lanes<P>;
    for (long i = 0; i < inputs; i += size) {
        const P weights = loadSome<P>(w + i, inputs - i);
        for (long j = 0; j < columns; ++j) {
            const P value = pmul(weights, pset1<P>(delta[j]));
            const long at = j * stride + i;
            pstore(result + at, slopes.from ? pmul(value, slopes.template at<P>(at)) : value);
        }
    }
}

template void dotColumns(const float*, float, long, const float*, long, long, float*);
template void dotColumns(const double*, double, long, const double*, long, long, double*);
template struct ColumnSums<float>;
template struct ColumnSums<double>;
template void outerProduct(const float*, const float*, long, Slopes<float>, long, long, float*);
template void outerProduct(const double*, const double*, long, Slopes<double>, long, long, double*);

} // namespace fplab
