#pragma once

#include "core/engine/slopes.h"

namespace fplab {

// A layer of one output, h = w . a + b, and one of one input, z = w x + b: what their passes do to columns of
// activations, without panels. The columns of all matrices stand `stride` = columnStride(rows) apart on cache lines,
// and what fills them up is finite.

/// outputs[j] = w . column j + bias, for `columns` columns of `inputs` numbers.
template <class T> void dotColumns(const T* w, T bias, long inputs, const T* a, long stride, long columns, T* outputs);

/// Sums over columns j of a: of factors[j] times the column, and of the columns alone.
template <class T> struct ColumnSums {
    const T* a;
    long stride, rows, columns;
    const T* factors;
    long plainColumns; ///< the columns summed alone: the first

    /// Puts them there, or adds them to what is there with `add`. `plain` may be null.
    void into(T* weighted, T* plain, bool add) const;

private:
    /// For the rows of as many packets.
    template <long packets> void sumRows(long row, T* weighted, T* plain, bool add) const;
};

/// Column j of `result` = delta[j] w, times column j of the slopes.
template <class T>
void outerProduct(const T* w, const T* delta, long inputs, Slopes<T> slopes, long stride, long columns, T* result);

} // namespace fplab
