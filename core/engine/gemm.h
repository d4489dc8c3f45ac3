#pragma once

#include "core/engine/slopes.h"

namespace fplab {

// Matrix products on one thread: the one place that knows how. The left matrix is packed first, in panels of as many
// rows as fit the registers; the right one is read where it stands. An element of the result is summed in the order of
// the depth, wherever it stands: its bits do not depend on the number of rows and columns.

/// Numbers that a packed (rows, depth) matrix takes, with a bias of (rows) before it.
template <class T> [[nodiscard]] long packedSize(long rows, long depth);

/// Packs columns [begin, end) of a (rows, depth) matrix, whose column k starts at a + k stride. Leaves the bias.
template <class T> void packColumns(const T* a, long stride, long rows, long depth, long begin, long end, T* packed);

/// Packs a part of a (rows, depth) matrix that stands transposed: its row i starts at a + i stride. The part is the
/// rows [begin, end), each a multiple of packRowStep or `rows`. Leaves the bias.
template <class T> void packRows(const T* a, long stride, long rows, long depth, long begin, long end, T* packed);
inline constexpr long packRowStep = 48; ///< a multiple of the rows of a panel, at every level

template <class T> void packBias(const T* bias, long rows, long depth, T* packed);

/// sums[i] = the sum of row i over the first `columns` columns of a packed matrix, added to what is there with `add`.
template <class T> void sumRows(const T* packed, long rows, long depth, long columns, bool add, T* sums);

/// C = A B with A (rows, depth) packed, B (depth, columns) and C (rows, columns) column-major.
template <class T> struct Product {
    long rows = 0, depth = 0, columns = 0;
    const T* packed = nullptr; ///< A
    bool bias = false; ///< C = A B + the bias of A in each column
    const T* b = nullptr; ///< B(k, j) is b[k * depthStride + j * columnStride]; one of the two strides is 1
    long depthStride = 1, columnStride = 1;
    T* c = nullptr; ///< C(i, j) is c[i + j * stride]
    long stride = 0;
    bool add = false; ///< C += A B
    bool roomy = false; ///< whole packets may be written at the end of a column: stride is columnStride(rows)
    Slopes<T> slopes {}; ///< only with roomy: C = (A B) .* slopes, which stand as C does
};
template <class T> void multiply(const Product<T>& product);

} // namespace fplab
