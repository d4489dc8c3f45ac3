#include "core/engine/waves.h"

#include "core/engine/keep_in_register.h"
#include "core/engine/packet.h"
#include "core/engine/vector_math.h"

namespace fplab {

namespace {

using namespace Eigen::internal;

using P = Packet<double>;
constexpr long size = lanes<P>;
static_assert(waveGroup % size == 0);

/// Outputs at once: two sums of each, the wave and a sample stay in registers, of which AVX-512 has twice as many.
constexpr long most = size == 8 ? 10 : 5;

/// Takes a wave as it is.
struct Standing {
    const double* wave;
    void read(long at, P& c, P& s) const
    {
        c = pload<P>(wave + at);
        s = pload<P>(wave + at + waveGroup);
    }
    [[nodiscard]] Standing standing() const { return *this; }
};

/// Turns a wave by a step where it stands.
struct Turning {
    const double* step;
    double* wave;
    void read(long at, P& c, P& s) const
    {
        const P c0 = pload<P>(wave + at), s0 = pload<P>(wave + at + waveGroup);
        const P stepC = pload<P>(step + at), stepS = pload<P>(step + at + waveGroup);
        c = pmadd(c0, stepC, pnegate(pmul(s0, stepS)));
        s = pmadd(s0, stepC, pmul(c0, stepS));
        pstore(wave + at, c);
        pstore(wave + at + waveGroup, s);
    }
    [[nodiscard]] Standing standing() const { return {wave}; }
};

/// The sums of `count` outputs of all `outputs`. `apart` sums of each hide the latency of the additions.
template <long count, class Wave>
void project(const Wave& wave, const double* y, long outputs, double* sums, long groups)
{
    constexpr long apart = count == 1 ? 4 : count == 2 ? 2 : 1;
    P re[count][apart], im[count][apart];
#pragma GCC unroll 16
    for (long o = 0; o < count; ++o) {
#pragma GCC unroll 4
        for (long a = 0; a < apart; ++a)
            re[o][a] = im[o][a] = pset1<P>(0);
    }
    const auto add = [&](long group, long a) {
#pragma GCC unroll 4
        for (long part = 0; part < waveGroup; part += size) {
            P c, s;
            wave.read(group * 2 * waveGroup + part, c, s);
            const double* values = y + group * outputs * waveGroup + part;
#pragma GCC unroll 16
            for (long o = 0; o < count; ++o) {
                P value = pload<P>(values + o * waveGroup);
                keepInRegister(value);
                re[o][a] = pmadd(value, c, re[o][a]);
                im[o][a] = pmadd(value, s, im[o][a]);
            }
        }
    };
    long group = 0;
    for (; group + apart <= groups; group += apart) {
#pragma GCC unroll 4
        for (long a = 0; a < apart; ++a)
            add(group + a, a);
    }
    if constexpr (apart > 1) {
        for (; group < groups; ++group)
            add(group, 0);
    }
#pragma GCC unroll 16
    for (long o = 0; o < count; ++o, sums += 2 * waveGroup) {
#pragma GCC unroll 4
        for (long a = 1; a < apart; ++a) {
            re[o][0] = padd(re[o][0], re[o][a]);
            im[o][0] = padd(im[o][0], im[o][a]);
        }
        pstore(sums, padd(pload<P>(sums), re[o][0]));
        pstore(sums + waveGroup, padd(pload<P>(sums + waveGroup), im[o][0]));
    }
}

/// From output `first` on: `count` at once while there are as many, then fewer. Only the first ones turn the wave.
template <long count, class Wave>
void projectFrom(long first, const Wave& wave, const double* y, long outputs, double* sums, long groups)
{
    if (outputs - first >= count) {
        project<count>(wave, y + first * waveGroup, outputs, sums + first * 2 * waveGroup, groups);
        if (outputs - first > count)
            projectFrom<count>(first + count, wave.standing(), y, outputs, sums, groups);
    } else if constexpr (count > 1) {
        projectFrom<(count > 5 ? 5 : count - 1)>(first, wave, y, outputs, sums, groups);
    }
}

} // namespace

void makeWave(const double* __restrict x, double frequency, double* __restrict wave, long groups)
{
    constexpr double turn = 0x1.921fb54442d18p+2; // 2 pi
    constexpr double magic = vmath::Constants<double>::magic;
    for (long group = 0; group < groups; ++group, x += waveGroup, wave += 2 * waveGroup) {
        for (long i = 0; i < waveGroup; ++i) {
            const double cycles = frequency * x[i];
            const double rest = vmath::madd(frequency, x[i], -cycles); // what the product lost, where there is FMA
            const double phase = turn * ((cycles - ((cycles + magic) - magic)) + rest);
            vmath::sinCos(phase, wave[waveGroup + i], wave[i]);
        }
    }
}

void addProjections(const double* wave, const double* y, long outputs, double* sums, long groups)
{
    projectFrom<most>(0, Standing {wave}, y, outputs, sums, groups);
}

void turnAndAddProjections(const double* step, double* wave, const double* y, long outputs, double* sums, long groups)
{
    projectFrom<most>(0, Turning {step, wave}, y, outputs, sums, groups);
}

} // namespace fplab
