#include "core/engine/stencil.h"

namespace fplab {

namespace {

template <long step>
void apply(const double* __restrict in, const double* __restrict c, const double* __restrict add,
    double* __restrict out, long n)
{
    const double c0 = c[0], c1 = c[1], c2 = c[2], c3 = c[3], c4 = c[4], c5 = c[5], c6 = c[6], c7 = c[7], c8 = c[8];
    for (long i = 0; i < n; ++i) {
        const double* at = in + i;
        const auto pair = [at](long m) { return at[-m * step] + at[m * step]; };
        const double far = (c8 * pair(8) + c7 * pair(7)) + (c6 * pair(6) + c5 * pair(5));
        const double near = (c4 * pair(4) + c3 * pair(3)) + (c2 * pair(2) + c1 * pair(1));
        out[i] = (far + near) + (c0 * at[0] + add[i]);
    }
}

} // namespace

void applyStencil(const double* in, const double* c, long step, const double* add, double* out, long n)
{
    step == 2 ? apply<2>(in, c, add, out, n) : apply<1>(in, c, add, out, n);
}

void relax(
    const double* __restrict in, double keep, double half, const double* __restrict add, double* __restrict out, long n)
{
    for (long i = 0; i < n; ++i)
        out[i] = (keep * in[i] + half * (in[i - 1] + in[i + 1])) + add[i];
}

} // namespace fplab
