#pragma once

#include "core/nn/slopes.h"

namespace fplab {

// A layer of one output, h = w . a + b: what its passes do to columns of activations, without panels. The columns of
// all matrices stand `stride` = columnStride(inputs) apart on cache lines, and what fills them up is finite.

/// outputs[j] = w . column j + bias, for `columns` columns of `inputs` numbers.
template <class T> void dotColumns(const T* w, T bias, long inputs, const T* a, long stride, long columns, T* outputs);

/// gradient = sum_j delta[j] column j, added to what is there with `add`.
template <class T>
void sumOfColumns(const T* delta, long inputs, const T* a, long stride, long columns, bool add, T* gradient);

/// Column j of `result` = delta[j] w, times column j of the slopes.
template <class T>
void outerProduct(const T* w, const T* delta, long inputs, Slopes<T> slopes, long stride, long columns, T* result);

} // namespace fplab
