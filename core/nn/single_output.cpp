#include "core/nn/single_output.h"

#include "core/nn/packet.h"

#include <algorithm>

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

template <class T>
void sumOfColumns(const T* delta, long inputs, const T* a, long stride, long columns, bool add, T* gradient)
{
    using P = Packet<T>;
    constexpr long size = lanes<P>, step = 4;
    for (long i = 0; i < inputs; i += step * size) {
        const long packets = std::min(step, (inputs - i + size - 1) / size);
        P sums[step];
        for (P& sum : sums)
            sum = pset1<P>(T(0));
        for (long j = 0; j < columns; ++j) {
            const P d = pset1<P>(delta[j]);
            for (long s = 0; s < step; ++s)
                sums[s] = pmadd(d, pload<P>(a + j * stride + i + std::min(s, packets - 1) * size), sums[s]);
        }
        alignas(P) T values[step * size];
        for (long s = 0; s < step; ++s)
            pstore(values + s * size, sums[s]);
        for (long s = 0; s < std::min(step * size, inputs - i); ++s)
            gradient[i + s] = add ? gradient[i + s] + values[s] : values[s];
    }
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
template void sumOfColumns(const float*, long, const float*, long, long, bool, float*);
template void sumOfColumns(const double*, long, const double*, long, long, bool, double*);
template void outerProduct(const float*, const float*, long, Slopes<float>, long, long, float*);
template void outerProduct(const double*, const double*, long, Slopes<double>, long, long, double*);

} // namespace fplab
