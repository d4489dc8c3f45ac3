#include "core/engine/gemm.h"

#include "core/engine/packet.h"

#include <algorithm>
#include <cassert>

namespace fplab {

namespace {

using namespace Eigen::internal;

/// Registers of a tile of C: packets of rows times columns, so that they, a packet of A for each and one of B fit.
#if defined(__AVX512F__) || defined(__aarch64__)
constexpr long tileRows = 3, tileColumns = 8;
#elif defined(__FMA__)
constexpr long tileRows = 3, tileColumns = 4;
#else
constexpr long tileRows = 2, tileColumns = 4; // a product takes a register before it is added
#endif
constexpr long depthBlock = 512; ///< columns of a panel that stay in the caches while it is multiplied
constexpr long copiedColumns = 16; ///< of a B whose rows are far apart, put together before they are used
constexpr long farApart = 4096; ///< bytes: each row on a page of its own

template <class T> constexpr long fullPanel = tileRows* lanes<Packet<T>>;

/// Rows of the panel that starts where `left` rows are left; what they do not fill is zero.
template <class T> long panelRows(long left)
{
    constexpr long whole = lanes<Packet<T>>, half = lanes<HalfPacket<T>>;
    if (left >= fullPanel<T>)
        return fullPanel<T>;
    const long rest = left % whole;
    if (rest == 0 || rest > half || half == whole)
        return left - rest + (rest == 0 ? 0 : whole);
    return left > whole ? left - rest : half;
}

/// One tile of C, or the whole panel it belongs to.
template <class T> struct Tile {
    const T* a; ///< the panel: `width` numbers for each of `depth` columns
    long width, depth;
    const T* bias; ///< may be null
    const T* b;
    long depthStride, columnStride;
    T* c;
    long stride;
    bool add;
    Slopes<T> slopes;
    long rows; ///< to be written
};

/// Writes value(place in C, sum) for each packet of a tile. Inline, or the sums would have to leave the registers.
template <class P, long rowPackets, long columns, class T, class Value>
[[gnu::always_inline]] inline void storeTile(const Tile<T>& t, const P (&sum)[rowPackets][columns], Value&& value)
{
    const long stride = t.stride;
    T* c = t.c;
#pragma GCC unroll 8
    for (long j = 0; j < columns; ++j, c += stride) {
#pragma GCC unroll 4
        for (long r = 0; r < rowPackets; ++r)
            pstoreu(c + r * lanes<P>, value(c + r * lanes<P>, sum[r][j]));
    }
}

/// The last rows of a C without room for more, from the sums of whole packets, one column after the other.
template <class T> [[gnu::noinline]] void storeEnd(const Tile<T>& t, const T* sums, long rows, long columns)
{
    for (long j = 0; j < columns; ++j) {
        T* c = t.c + j * t.stride;
        for (long i = 0; i < t.rows; ++i)
            c[i] = t.add ? c[i] + sums[j * rows + i] : sums[j * rows + i];
    }
}

/// C for `rowPackets` packets of rows and `columns` columns, summed in registers.
template <class P, long rowPackets, long columns, bool adjacent, class T> void computeTile(const Tile<T>& t)
{
    constexpr long size = lanes<P>;
    P sum[rowPackets][columns];
#pragma GCC unroll 4
    for (long r = 0; r < rowPackets; ++r) {
        const P start = t.bias ? pload<P>(t.bias + r * size) : pset1<P>(T(0));
#pragma GCC unroll 8
        for (long j = 0; j < columns; ++j)
            sum[r][j] = start;
    }
    const T* a = t.a;
    const T* b = t.b;
    const long depthStride = adjacent ? t.depthStride : 1, columnStride = adjacent ? 1 : t.columnStride;
    for (long k = 0; k < t.depth; ++k, a += rowPackets * size, b += depthStride) {
        P x[rowPackets];
#pragma GCC unroll 4
        for (long r = 0; r < rowPackets; ++r)
            x[r] = pload<P>(a + r * size);
#pragma GCC unroll 8
        for (long j = 0; j < columns; ++j) {
            const P y = pset1<P>(b[j * columnStride]);
#pragma GCC unroll 4
            for (long r = 0; r < rowPackets; ++r)
                sum[r][j] = pmadd(x[r], y, sum[r][j]);
        }
    }
    if (t.rows < rowPackets * size) {
        alignas(P) T values[rowPackets * columns * size];
#pragma GCC unroll 8
        for (long j = 0; j < columns; ++j)
#pragma GCC unroll 4
            for (long r = 0; r < rowPackets; ++r)
                pstore(values + (j * rowPackets + r) * size, sum[r][j]);
        storeEnd(t, values, rowPackets * size, columns);
    } else if (t.slopes.from)
        storeTile<P>(t, sum, [&t](const T* c, P value) {
            const P total = t.add ? padd(ploadu<P>(c), value) : value;
            return pmul(total, t.slopes.template at<P>(c - t.c));
        });
    else if (t.add)
        storeTile<P>(t, sum, [](const T* c, P value) { return padd(ploadu<P>(c), value); });
    else
        storeTile<P>(t, sum, [](const T*, P value) { return value; });
}

template <class P, long rowPackets, long columns, bool adjacent, class T> void computePanel(Tile<T> t, long count)
{
    const auto advance = [&t](long j) {
        t.b += j * t.columnStride;
        t.c += j * t.stride;
        t.slopes.from = t.slopes.from ? t.slopes.from + j * t.stride : nullptr;
    };
    for (; count >= columns; count -= columns) {
        computeTile<P, rowPackets, columns, adjacent>(t);
        advance(columns);
    }
    if constexpr (columns > 1)
        if (count > 0)
            computePanel<P, rowPackets, columns / 2, adjacent>(t, count);
}

template <bool adjacent, class T> void computePanel(const Tile<T>& t, long columns)
{
    using P = Packet<T>;
    if (t.width < lanes<P>)
        computePanel<HalfPacket<T>, 1, tileColumns, adjacent>(t, columns);
    else if (t.width == lanes<P>)
        computePanel<P, 1, tileColumns, adjacent>(t, columns);
    else if (t.width == 2 * lanes<P>)
        computePanel<P, 2, tileColumns, adjacent>(t, columns);
    else
        computePanel<P, tileRows, tileColumns, adjacent>(t, columns);
}

/// Calls visit(first row, rows of the panel, the panel without its bias) for each panel that starts in [begin, end).
template <class T, class U, class Visit>
void forEachPanel(U* packed, long rows, long depth, long begin, long end, Visit&& visit)
{
    for (long row = begin, width = 0; row < end; row += width) {
        width = panelRows<T>(rows - row);
        visit(row, width, packed + row * (depth + 1) + width);
    }
}

/// The part of a product that comes from the depth [k, k + depth), of the columns [j, j + columns), for which B starts
/// at `b`.
template <class T>
void multiplyBlock(
    const Product<T>& p, bool adjacent, long k, long depth, const T* b, long depthStride, long j, long columns)
{
    const bool first = k == 0, last = k + depth == p.depth;
    forEachPanel<T>(p.packed, p.rows, p.depth, 0, p.rows, [&](long row, long width, const T* panel) {
        const long at = row + j * p.stride;
        const Tile<T> tile {.a = panel + k * width,
            .width = width,
            .depth = depth,
            .bias = p.bias && first ? panel - width : nullptr,
            .b = b,
            .depthStride = depthStride,
            .columnStride = p.columnStride,
            .c = p.c + at,
            .stride = p.stride,
            .add = p.add || !first,
            .slopes = {p.slopes.from && last ? p.slopes.from + at : nullptr, p.slopes.ofValues},
            .rows = p.roomy ? width : p.rows - row};
        adjacent ? computePanel<true>(tile, columns) : computePanel<false>(tile, columns);
    });
}

} // namespace

template <class T> long packedSize(long rows, long depth)
{
    constexpr long step = lanes<Packet<T>>;
    return (rows + step - 1) / step * step * (depth + 1);
}

template <class T> void packColumns(const T* a, long stride, long rows, long depth, long begin, long end, T* packed)
{
    using P = Packet<T>;
    forEachPanel<T>(packed, rows, depth, 0, rows, [&](long row, long width, T* panel) {
        const long filled = std::min(width, rows - row), whole = filled / lanes<P> * lanes<P>;
        for (long k = begin; k < end; ++k) {
            const T* from = a + k * stride + row;
            T* to = panel + k * width;
            for (long i = 0; i < whole; i += lanes<P>)
                pstore(to + i, ploadu<P>(from + i));
            for (long i = whole; i < width; ++i)
                to[i] = i < filled ? from[i] : T(0);
        }
    });
}

template <class T> void packRows(const T* a, long stride, long rows, long depth, long begin, long end, T* packed)
{
    using P = Packet<T>;
    constexpr long size = lanes<P>;
    assert(begin == rows || begin % packRowStep == 0); // a last part may be empty
    assert(end == rows || end % packRowStep == 0);
    forEachPanel<T>(packed, rows, depth, begin, end, [&](long row, long width, T* panel) {
        for (long i = 0; i < width; i += size) { // squares of size x size, and what is left
            const T* from = a + (row + i) * stride;
            const long filled = std::clamp(rows - row - i, 0L, std::min(size, width));
            const long squares = filled == size ? depth / size * size : 0;
            for (long k = 0; k < squares; k += size) {
                PacketBlock<P, size> square;
                for (long s = 0; s < size; ++s)
                    square.packet[s] = ploadu<P>(from + s * stride + k);
                ptranspose(square);
                for (long s = 0; s < size; ++s)
                    pstore(panel + (k + s) * width + i, square.packet[s]);
            }
            for (long k = squares; k < depth; ++k)
                for (long s = 0; s < std::min(size, width); ++s)
                    panel[k * width + i + s] = s < filled ? from[s * stride + k] : T(0);
        }
    });
}

template <class T> void packBias(const T* bias, long rows, long depth, T* packed)
{
    forEachPanel<T>(packed, rows, depth, 0, rows, [&](long row, long width, T* panel) {
        for (long i = 0; i < width; ++i)
            panel[i - width] = row + i < rows ? bias[row + i] : T(0);
    });
}

template <class T> void sumRows(const T* packed, long rows, long depth, long columns, bool add, T* sums)
{
    using P = HalfPacket<T>;
    constexpr long most = fullPanel<T> / lanes<P>;
    forEachPanel<T>(packed, rows, depth, 0, rows, [&](long row, long width, const T* panel) {
        P sum[most];
        std::fill_n(sum, most, pset1<P>(T(0)));
        for (long k = 0; k < columns; ++k, panel += width)
#pragma GCC unroll 6
            for (long s = 0; s < most; ++s)
                if (s * lanes<P> < width)
                    sum[s] = padd(sum[s], pload<P>(panel + s * lanes<P>));
        alignas(P) T values[fullPanel<T>];
        for (long s = 0; s < most; ++s)
            pstore(values + s * lanes<P>, sum[s]);
        for (long i = 0; i < std::min(width, rows - row); ++i)
            sums[row + i] = add ? sums[row + i] + values[i] : values[i];
    });
}

template <class T> void multiply(const Product<T>& p)
{
    assert(p.depthStride == 1 || p.columnStride == 1);
    assert(!p.slopes.from || p.roomy);
    const bool adjacent = p.columnStride == 1 && p.depthStride != 1;
    const bool copied = adjacent && p.depthStride * long(sizeof(T)) >= farApart && p.rows > fullPanel<T>;
    for (long k = 0; k < p.depth; k += depthBlock) {
        const long depth = std::min(depthBlock, p.depth - k);
        if (!copied) {
            multiplyBlock(p, adjacent, k, depth, p.b + k * p.depthStride, p.depthStride, 0, p.columns);
            continue;
        }
        alignas(64) T block[depthBlock * copiedColumns];
        for (long j = 0; j < p.columns; j += copiedColumns) {
            const long columns = std::min(copiedColumns, p.columns - j);
            for (long i = 0; i < depth; ++i)
                std::copy_n(p.b + (k + i) * p.depthStride + j, columns, block + i * copiedColumns);
            multiplyBlock(p, adjacent, k, depth, block, copiedColumns, j, columns);
        }
    }
}

template long packedSize<float>(long, long);
template long packedSize<double>(long, long);
template void packColumns(const float*, long, long, long, long, long, float*);
template void packColumns(const double*, long, long, long, long, long, double*);
template void packRows(const float*, long, long, long, long, long, float*);
template void packRows(const double*, long, long, long, long, long, double*);
template void packBias(const float*, long, long, float*);
template void packBias(const double*, long, long, double*);
template void sumRows(const float*, long, long, long, bool, float*);
template void sumRows(const double*, long, long, long, bool, double*);
template void multiply(const Product<float>&);
template void multiply(const Product<double>&);

} // namespace fplab
