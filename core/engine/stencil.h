#pragma once

namespace fplab {

/// Reach, in steps, of applyStencil() on each side.
inline constexpr long stencilReach = 8;

/// A symmetric stencil of 17 entries: out[i] = add[i] + c[0] in[i] + sum_{m=1}^{8} c[m] (in[i - m step] + in[i + m
/// step]) for i in [0, n); step is 1 or 2. `in` is readable from -8 step to n + 8 step. Arrays may not overlap.
void applyStencil(const double* in, const double* c, long step, const double* add, double* out, long n);

/// One relaxation of the three-point equations: out[i] = keep in[i] + half (in[i - 1] + in[i + 1]) + add[i], i in [0,
/// n).
void relax(const double* in, double keep, double half, const double* add, double* out, long n);

} // namespace fplab
