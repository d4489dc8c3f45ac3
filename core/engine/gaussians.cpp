#include "core/engine/gaussians.h"

#include "core/engine/keep_in_register.h"
#include "core/engine/packet.h"
#include "core/engine/vector_math.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace fplab {

namespace {

using namespace Eigen::internal;

using P = Packet<float>;
constexpr long size = lanes<P>;
static_assert(sampleGroup % size == 0);

/// AVX-512 has 32 registers for sums and what they are made of, the levels before it 16.
constexpr bool manyRegisters = size == 16;
constexpr long mostOutputs = manyRegisters ? 10 : 5; ///< at once, with two sums of each

/// Rows (or packets of columns) at once beside `outputs`, so that eight sums or more hide the latency of each other.
constexpr long beside(long outputs) { return outputs == 1 ? 8 : outputs == 2 ? 4 : 2; }

/// Adds the part of the distances that comes from `depth` coordinates to `out`, or sets it.
template <class T> void addDistances(const T* a, const T* b, long depth, bool add, float* out, long stride)
{
    using Q = Packet<T>;
    constexpr long rowsAtOnce = manyRegisters ? 8 : 4, width = 2 * lanes<Q>;
    for (long column = 0; column < panelPoints; column += width) {
        for (long row = 0; row < panelPoints; row += rowsAtOnce) {
            Q sum[rowsAtOnce][2];
#pragma GCC unroll 8
            for (long r = 0; r < rowsAtOnce; ++r)
                sum[r][0] = sum[r][1] = pset1<Q>(T(0));
            for (long k = 0; k < depth; ++k) {
                const Q left = pload<Q>(b + k * panelPoints + column);
                const Q right = pload<Q>(b + k * panelPoints + column + lanes<Q>);
#pragma GCC unroll 8
                for (long r = 0; r < rowsAtOnce; ++r) {
                    const Q from = pset1<Q>(a[k * panelPoints + row + r]);
                    const Q one = psub(left, from), other = psub(right, from);
                    sum[r][0] = pmadd(one, one, sum[r][0]);
                    sum[r][1] = pmadd(other, other, sum[r][1]);
                }
            }
#pragma GCC unroll 8
            for (long r = 0; r < rowsAtOnce; ++r) {
                alignas(Q) T values[width];
                pstore(values, sum[r][0]);
                pstore(values + lanes<Q>, sum[r][1]);
                float* to = out + (row + r) * stride + column;
                for (long j = 0; j < width; ++j)
                    to[j] = add ? to[j] + static_cast<float>(values[j]) : static_cast<float>(values[j]);
            }
        }
    }
}

/// In parts of the coordinates that stay in the first-level cache.
template <class T> void distances(const T* a, const T* b, long dimension, float* out, long stride)
{
    constexpr long most = 48;
    for (long k = 0; k == 0 || k < dimension; k += most)
        addDistances(a + k * panelPoints, b + k * panelPoints, std::min(most, dimension - k), k > 0, out, stride);
}

/// All rows, `outputs` outputs of `all`.
template <long outputs> void overColumns(const float* tile, long columns, const float* y, long all, float* sums)
{
    constexpr long rowsAtOnce = beside(outputs);
    for (long row = 0; row < panelPoints; row += rowsAtOnce, tile += rowsAtOnce * tileStride) {
        P sum[rowsAtOnce][outputs];
#pragma GCC unroll 8
        for (long r = 0; r < rowsAtOnce; ++r) {
#pragma GCC unroll 16
            for (long o = 0; o < outputs; ++o)
                sum[r][o] = pload<P>(sums + ((row + r) * all + o) * sampleGroup);
        }
        for (long j = 0; j < columns; j += size) {
            const float* values = y + j / sampleGroup * sampleGroup * all + j % sampleGroup;
            P weight[rowsAtOnce];
#pragma GCC unroll 8
            for (long r = 0; r < rowsAtOnce; ++r)
                weight[r] = pload<P>(tile + r * tileStride + j);
#pragma GCC unroll 16
            for (long o = 0; o < outputs; ++o) {
                P value = pload<P>(values + o * sampleGroup);
                keepInRegister(value);
#pragma GCC unroll 8
                for (long r = 0; r < rowsAtOnce; ++r)
                    sum[r][o] = pmadd(weight[r], value, sum[r][o]);
            }
        }
#pragma GCC unroll 8
        for (long r = 0; r < rowsAtOnce; ++r) {
#pragma GCC unroll 16
            for (long o = 0; o < outputs; ++o)
                pstore(sums + ((row + r) * all + o) * sampleGroup, sum[r][o]);
        }
    }
}

template <long outputs> void overRows(const float* tile, long columns, const float* y, long all, float* sums)
{
    constexpr long packets = std::min(beside(outputs), panelPoints / size);
    static_assert(panelPoints % (packets * size) == 0);
    const auto place = [all](long j) { return j / sampleGroup * sampleGroup * all + j % sampleGroup; };
    for (long column = 0; column < columns; column += packets * size, tile += packets * size) {
        P sum[packets][outputs];
#pragma GCC unroll 8
        for (long q = 0; q < packets; ++q) {
#pragma GCC unroll 16
            for (long o = 0; o < outputs; ++o)
                sum[q][o] = pload<P>(sums + place(column + q * size) + o * sampleGroup);
        }
        for (long i = 0; i < panelPoints; ++i) {
            const float* values = y + place(i);
            P weight[packets];
#pragma GCC unroll 8
            for (long q = 0; q < packets; ++q)
                weight[q] = pload<P>(tile + i * tileStride + q * size);
#pragma GCC unroll 16
            for (long o = 0; o < outputs; ++o) {
                const P value = pset1<P>(values[o * sampleGroup]);
#pragma GCC unroll 8
                for (long q = 0; q < packets; ++q)
                    sum[q][o] = pmadd(weight[q], value, sum[q][o]);
            }
        }
#pragma GCC unroll 8
        for (long q = 0; q < packets; ++q) {
#pragma GCC unroll 16
            for (long o = 0; o < outputs; ++o)
                pstore(sums + place(column + q * size) + o * sampleGroup, sum[q][o]);
        }
    }
}

/// Calls add(first output, std::integral_constant<long, outputs>) for all outputs, as many at once as go.
template <long atOnce = mostOutputs, class Add> void inGroups(long first, long outputs, Add&& add)
{
    for (; outputs - first >= atOnce; first += atOnce)
        add(first, std::integral_constant<long, atOnce> {});
    if constexpr (atOnce > 1) {
        if (first < outputs)
            inGroups<(atOnce > 5 ? 5 : atOnce - 1)>(first, outputs, add);
    }
}

/// 2^t for t <= 0, not below 2^-126: 2^f = 1 + c_0 f + c_1 f^2 ... on |f| <= 1/2 by a Remez exchange, to 9.1e-8.
inline float powerOfTwoNonPositive(float t)
{
    static constexpr std::array<float, 6> factors {
        1, 0x1.62e42ap-1F, 0x1.ebf9bcp-3F, 0x1.c6b752p-5F, 0x1.3cea88p-7F, 0x1.5bba14p-10F};
    using C = vmath::Constants<float>;
    t = t < -126 ? -126 : t;
    const float shifted = t + C::biased;
    const float f = t - (shifted - C::biased);
    return vmath::horner(factors, f) * vmath::powerOfTwo<float>(shifted);
}

} // namespace

void squaredDistances(const float* a, const float* b, long dimension, float* out, long stride)
{
    distances(a, b, dimension, out, stride);
}

void squaredDistances(const double* a, const double* b, long dimension, float* out, long stride)
{
    distances(a, b, dimension, out, stride);
}

void gaussians(const float* __restrict squared, float scale, long columns, float* __restrict tile)
{
    for (long i = 0; i < panelPoints; ++i, squared += columns, tile += tileStride) {
        for (long j = 0; j < columns; ++j)
            tile[j] = powerOfTwoNonPositive(-scale * squared[j]);
    }
}

void addOverColumns(const float* tile, long columns, const float* y, long outputs, float* sums)
{
    inGroups(0, outputs, [=](long first, auto count) {
        overColumns<count>(tile, columns, y + first * sampleGroup, outputs, sums + first * sampleGroup);
    });
}

void addOverRows(const float* tile, long columns, const float* y, long outputs, float* sums)
{
    inGroups(0, outputs, [=](long first, auto count) {
        overRows<count>(tile, columns, y + first * sampleGroup, outputs, sums + first * sampleGroup);
    });
}

} // namespace fplab
