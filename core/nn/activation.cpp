#include "core/nn/activation.h"

#include "core/nn/vector_math.h"

#include <algorithm>
#include <array>

namespace fplab {

namespace {

struct Tanh {
    template <class T> static void at(T z, T& a, T& da, T& dda)
    {
        a = vmath::tanh(z);
        da = vmath::oneMinusSquare(a);
        dda = T(-2) * a * da;
    }
};

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

template <class T, class F> void eval(const T* z, long n, T* a, T* da, T* dda)
{
    if (da && dda)
        loop<T, F, true, true>(z, n, a, da, dda);
    else if (dda)
        loop<T, F, false, true>(z, n, a, da, dda);
    else if (da)
        loop<T, F, true, false>(z, n, a, da, dda);
    else
        loop<T, F, false, false>(z, n, a, da, dda);
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

constexpr std::array<Activation, 6> table {{
    {"tanh", "tanh", eval<float, Tanh>, eval<double, Tanh>, true},
    {"relu", "ReLU", eval<float, Relu>, eval<double, Relu>, false},
    {"sigmoid", "Sigmoid", eval<float, Sigmoid>, eval<double, Sigmoid>, false},
    {"sin", "Sine", evalSine<float>, evalSine<double>, false},
    {"ricker", "Ricker", eval<float, Ricker>, eval<double, Ricker>, false},
    {"identity", "Identity (linear)", eval<float, Identity>, eval<double, Identity>, false},
}};

} // namespace

std::span<const Activation> activations() { return table; }

const Activation* findActivation(std::string_view id)
{
    const auto row = std::ranges::find(table, id, &Activation::id);
    return row == table.end() ? nullptr : &*row;
}

} // namespace fplab
