#include "core/engine/activation.h"

#include "core/engine/packet_tanh.h"
#include "core/engine/slopes.h"
#include "core/engine/vector_math.h"

#include <algorithm>
#include <iterator>
#include <type_traits>

namespace fplab {

namespace {

struct Relu {
    template <class T> static void at(T z, T& a, T& da, T& dda)
    {
        a = z < T(0) ? T(0) : z;
        da = z > T(0) ? T(1) : T(0);
        dda = 0;
    }
};

struct Sigmoid {
    template <class T> static void at(T z, T& a, T& da, T& dda)
    {
        const T e = vmath::expNonPositive(-std::abs(z));
        const T larger = T(1) / (T(1) + e);
        const T smaller = e * larger;
        a = (z < T(0) ? e : T(1)) / (T(1) + e); // the product is not monotone
        da = smaller * larger;
        dda = da * ((T(1) - e) * larger) * (z < T(0) ? T(1) : T(-1));
    }
};

struct Sine {
    template <class T> static void at(T z, T& a, T& da, T& dda)
    {
        vmath::sinCos(z, a, da);
        dda = -a;
    }
};

/// (1 - z^2) exp(-z^2 / 2), beyond |z| = 40 zero in both precisions.
struct Ricker {
    template <class T> static void at(T z, T& a, T& da, T& dda)
    {
        z = z > T(40) ? T(40) : z;
        z = z < T(-40) ? T(-40) : z;
        const T square = z * z;
        const T e = vmath::expNonPositive(T(-0.5) * square);
        a = (T(1) - square) * e;
        da = z * (square - T(3)) * e;
        dda = ((T(6) - square) * square - T(3)) * e;
    }
};

struct Identity {
    template <class T> static void at(T z, T& a, T& da, T& dda)
    {
        a = z;
        da = 1;
        dda = 0;
    }
};

template <class T, class F, bool first, bool second>
void loop(const T* __restrict z, long n, T* __restrict a, T* __restrict da, T* __restrict dda)
{
    for (long i = 0; i < n; ++i) {
        T value, slope, curvature;
        F::at(z[i], value, slope, curvature);
        a[i] = value;
        if constexpr (first)
            da[i] = slope;
        if constexpr (second)
            dda[i] = curvature;
    }
}

/// work(first, second), constants that say which derivatives are asked for: compiled for each case.
template <class T, class Work> void forDerivatives(const T* da, const T* dda, Work&& work)
{
    using std::true_type, std::false_type;
    if (da && dda)
        work(true_type(), true_type());
    else if (dda)
        work(false_type(), true_type());
    else if (da)
        work(true_type(), false_type());
    else
        work(false_type(), false_type());
}

template <class T, class F> void eval(const T* z, long n, T* a, T* da, T* dda)
{
    forDerivatives(da, dda, [=](auto first, auto second) { loop<T, F, first, second>(z, n, a, da, dda); });
}

/// Packets of tanh worked on at once, so that they and the constants fit into the registers.
#ifdef __AVX512F__
constexpr long tanhPackets = 4;
#else
constexpr long tanhPackets = 2;
#endif

/// tanh and its derivatives, 1 - tanh^2 and -2 tanh (1 - tanh^2), of `count` packets.
template <long count, bool first, bool second, class T>
[[gnu::always_inline]] inline void tanhPacketsAt(const T* z, T* a, T* da, T* dda)
{
    using namespace Eigen::internal;
    using P = Packet<T>;
    P x[count], value[count];
    for (long i = 0; i < count; ++i)
        x[i] = ploadu<P>(z + i * lanes<P>);
    tanhOf(x, value);
    for (long i = 0; i < count; ++i) {
        const P slope = oneMinusSquare(value[i]);
        pstoreu(a + i * lanes<P>, value[i]);
        if constexpr (first)
            pstoreu(da + i * lanes<P>, slope);
        if constexpr (second)
            pstoreu(dda + i * lanes<P>, pmul(pmul(pset1<P>(T(-2)), value[i]), slope));
    }
}

template <bool first, bool second, class T>
void tanhLoop(const T* __restrict z, long n, T* __restrict a, T* __restrict da, T* __restrict dda)
{
    constexpr long size = lanes<Packet<T>>, step = tanhPackets * size;
    long i = 0;
    for (; i + step <= n; i += step)
        tanhPacketsAt<tanhPackets, first, second>(z + i, a + i, first ? da + i : da, second ? dda + i : dda);
    for (; i < n; i += size) { // packet by packet, the last one perhaps in part
        T rest[size] = {}, value[size], slope[size], curvature[size];
        const long count = std::min(size, n - i);
        std::copy_n(z + i, count, rest);
        tanhPacketsAt<1, first, second>(rest, value, slope, curvature);
        std::copy_n(value, count, a + i);
        if constexpr (first)
            std::copy_n(slope, count, da + i);
        if constexpr (second)
            std::copy_n(curvature, count, dda + i);
    }
}

template <class T> void evalTanh(const T* z, long n, T* a, T* da, T* dda)
{
    forDerivatives(da, dda, [=](auto first, auto second) { tanhLoop<first, second>(z, n, a, da, dda); });
}

/// Arguments beyond the reduction of vmath::sinCos go to the standard library one by one.
template <class T> void evalSine(const T* z, long n, T* a, T* da, T* dda)
{
    eval<T, Sine>(z, n, a, da, dda);
    bool outside = false;
    for (long i = 0; i < n; ++i)
        outside |= !(std::abs(z[i]) <= static_cast<T>(vmath::sinLimit));
    for (long i = 0; outside && i < n; ++i) {
        if (std::abs(z[i]) <= static_cast<T>(vmath::sinLimit))
            continue;
        a[i] = std::sin(z[i]);
        if (da)
            da[i] = std::cos(z[i]);
        if (dda)
            dda[i] = -a[i];
    }
}

constexpr Activation table[] {
    {"tanh", "tanh", evalTanh<float>, evalTanh<double>, true},
    {"relu", "ReLU", eval<float, Relu>, eval<double, Relu>, false},
    {"sigmoid", "sigmoid", eval<float, Sigmoid>, eval<double, Sigmoid>, false},
    {"sin", "sine", evalSine<float>, evalSine<double>, false},
    {"ricker", "Ricker wavelet", eval<float, Ricker>, eval<double, Ricker>, false},
    {"identity", "identity (linear)", eval<float, Identity>, eval<double, Identity>, false},
};

} // namespace

std::span<const Activation> activations() { return table; }

std::span<const Choice> activationChoices()
{
    static const auto names = namesOf(table);
    return names;
}

const Activation* findActivation(std::string_view id)
{
    const auto row = std::ranges::find(table, id, &Activation::id);
    return row == std::end(table) ? nullptr : &*row;
}

} // namespace fplab
