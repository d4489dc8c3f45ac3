#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>

/// Elementary functions written without branches and calls, so that a plain loop over them is vectorised. Every
/// operation is an IEEE basic one, and where there is FMA it is asked for by name: the bits are the same in every lane
/// and tail of one instruction level.
namespace fplab::vmath {

/// a b + c: one rounding where the processor has the instruction, else two.
inline float madd(float a, float b, float c)
{
#ifdef __FP_FAST_FMAF
    return std::fma(a, b, c);
#else
    return a * b + c;
#endif
}
inline double madd(double a, double b, double c)
{
#ifdef __FP_FAST_FMA
    return std::fma(a, b, c);
#else
    return a * b + c;
#endif
}

template <class T> struct Constants;

template <> struct Constants<double> {
    using Bits = std::uint64_t;
    static constexpr int mantissaBits = 52;
    static constexpr double magic = 0x1.8p52; ///< t + magic rounds t to an integer in the low bits
    static constexpr double biased = magic + 1023; ///< the same, with the bias of an exponent
    static constexpr double ln2 = 0x1.62e42fefa39efp-1;
    static constexpr double log2e = 0x1.71547652b82fep+0;
    static constexpr double ln2High = 0x1.62e42feep-1, ln2Low = 0x1.a39ef35793c76p-33; ///< high: 21 trailing zeros
    static constexpr double lowestExp = -760; ///< exp underflows to 0 before
    static constexpr double lowestTanh = -300; ///< tanh is -1 long before, and 2^k still normal for exp(2x)
    /// (exp(r) - 1 - r) / r^2 on |r| <= ln(2)/2 by a Remez exchange: exp(r) - 1 to a relative 1.9e-17.
    static constexpr std::array<double, 10> expm1 {0x1.0000000000005p-1, 0x1.5555555555539p-3, 0x1.55555555521acp-5,
        0x1.1111111119246p-7, 0x1.6c16c17f25fbap-10, 0x1.a01a01746be59p-13, 0x1.a019a68189f39p-16,
        0x1.71de88cf402bbp-19, 0x1.28a2d88c29c98p-22, 0x1.ae6bb9c4322a6p-26};
};

template <> struct Constants<float> {
    using Bits = std::uint32_t;
    static constexpr int mantissaBits = 23;
    static constexpr float magic = 0x1.8p23f;
    static constexpr float biased = magic + 127;
    static constexpr float ln2 = 0x1.62e430p-1f;
    static constexpr float log2e = 0x1.715476p+0f;
    static constexpr float ln2High = 0x1.62ep-1f, ln2Low = 0x1.0bfbe8p-15f; ///< high: 11 trailing zeros
    static constexpr float lowestExp = -112;
    static constexpr float lowestTanh = -40;
    static constexpr std::array<float, 5> expm1 {
        0x1.fffffep-2f, 0x1.5554aep-3f, 0x1.555676p-5f, 0x1.1228e6p-7f, 0x1.6bebccp-10f}; ///< to 1.4e-8
};

/// 2^k for shifted = k + biased, in the range of normal numbers.
template <class T> inline T powerOfTwo(T shifted)
{
    using C = Constants<T>;
    const auto bits = std::bit_cast<typename C::Bits>(shifted);
    return std::bit_cast<T>(static_cast<typename C::Bits>(bits << C::mantissaBits));
}

/// Coefficients 1/first!, s/(first + step)!, s^2/(first + 2 step)! ... with s = sign.
template <class T, std::size_t count> constexpr std::array<T, count> inverseFactorials(int first, int step, double sign)
{
    std::array<T, count> out {};
    double factorial = 1;
    for (int i = 2; i <= first; ++i)
        factorial *= i;
    double power = 1;
    for (std::size_t n = 0; n < count; ++n) {
        out[n] = static_cast<T>(power / factorial);
        for (int i = 0; i < step; ++i)
            factorial *= ++first;
        power *= sign;
    }
    return out;
}

/// c[at] + c[at+1] x + c[at+2] x^2 + ..., unrolled at compile time (a loop here would stop vectorisation around it).
template <std::size_t at = 0, class T, std::size_t count> inline T horner(const std::array<T, count>& c, T x)
{
    if constexpr (at + 1 == count)
        return c[at];
    else
        return madd(x, horner<at + 1>(c, x), c[at]);
}

/// exp(r) - 1 for |r| <= ln(2)/2.
template <class T> inline T expm1Reduced(T r) { return madd(r * r, horner(Constants<T>::expm1, r), r); }

/// exp(x) for x <= 0 (to 0 through the subnormal numbers); NaN stays NaN.
template <class T> inline T expNonPositive(T x)
{
    using C = Constants<T>;
    x = x < C::lowestExp ? C::lowestExp : x;
    const T k = madd(x, C::log2e, C::magic) - C::magic;
    const T r = madd(-k, C::ln2Low, madd(-k, C::ln2High, x));
    const T halfShifted = madd(k, T(0.5), C::biased); // in two factors: 2^k itself may be subnormal
    const T rest = k - (halfShifted - C::biased);
    return ((expm1Reduced(r) + T(1)) * powerOfTwo(halfShifted)) * powerOfTwo(rest + C::biased);
}

/// Above this, and for what is not finite, sinCos is not accurate.
inline constexpr double sinLimit = 1e6;

/// sin and cos of r = x - k pi, |r| <= pi/2, with the sign (-1)^k. Cosine: to absolute accuracy. The reduction is done
/// in double for both types (Cody and Waite, three parts: k times each of the first two is exact for |x| <= sinLimit).
template <class T> inline void sinCos(T x, T& sine, T& cosine)
{
    using C = Constants<double>;
    constexpr double piHigh = 0x1.921fb544p+1, piMiddle = 0x1.0b4611a6p-33, piLow = 0x1.3198a2e037073p-68;
    constexpr double inversePi = 0x1.45f306dc9c883p-2;
    const double k = madd(static_cast<double>(x), inversePi, C::magic) - C::magic;
    const T r = static_cast<T>(madd(-k, piLow, madd(-k, piMiddle, madd(-k, piHigh, static_cast<double>(x)))));
    const T sign = static_cast<T>(1 - 2 * (k - 2 * ((k * 0.5 - 0.25 + C::magic) - C::magic)));
    constexpr std::size_t terms = std::is_same_v<T, double> ? 11 : 6;
    static constexpr auto sineFactors = inverseFactorials<T, terms>(3, 2, -1);
    static constexpr auto cosineFactors = inverseFactorials<T, terms>(2, 2, -1);
    const T square = r * r;
    sine = sign * madd(-r, square * horner(sineFactors, square), r);
    cosine = sign * madd(-square, horner(cosineFactors, square), T(1));
}

} // namespace fplab::vmath
