#include "core/engine/activation.h"
#include "core/engine/trainer.h"

#include <QTest>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

using namespace fplab;

namespace {

template <class T> struct Reference;
template <> struct Reference<float> {
    using Type = double;
    using Bits = std::uint32_t;
};
template <> struct Reference<double> {
    using Type = long double;
    using Bits = std::uint64_t;
};

template <class R> R tanhOf(R z) { return std::tanh(z); }
template <class R> R sineOf(R z) { return std::sin(z); }
template <class R> R sigmoidOf(R z) { return z < 0 ? std::exp(z) / (1 + std::exp(z)) : 1 / (1 + std::exp(-z)); }

/// |z| from the smallest number to `largest`, evenly in the exponent: `count` of them, ascending.
template <class T> std::vector<T> magnitudes(T largest, std::size_t count)
{
    using Bits = typename Reference<T>::Bits;
    const Bits last = std::bit_cast<Bits>(largest);
    std::vector<T> out(count);
    for (std::size_t i = 0; i < count; ++i)
        out[i] = std::bit_cast<T>(static_cast<Bits>(static_cast<long double>(last) * (i + 1) / count));
    return out;
}

template <class T> void evaluate(const char* id, const std::vector<T>& z, std::vector<T>& a)
{
    a.resize(z.size());
    const auto& f = *findActivation(id);
    if constexpr (std::is_same_v<T, float>)
        f.evalFloat(z.data(), long(z.size()), a.data(), nullptr, nullptr);
    else
        f.evalDouble(z.data(), long(z.size()), a.data(), nullptr, nullptr);
}

/// Largest distance of `found` from the exact values in units in the last place of the result.
template <class T, class F> double worstUlps(const std::vector<T>& z, const std::vector<T>& found, F&& exact)
{
    using R = typename Reference<T>::Type;
    R worst = 0;
    for (std::size_t i = 0; i < z.size(); ++i) {
        const R wanted = exact(static_cast<R>(z[i]));
        int exponent = 0;
        std::frexp(static_cast<T>(std::abs(wanted)), &exponent);
        exponent = std::max(exponent, std::numeric_limits<T>::min_exponent);
        const R ulp = std::ldexp(R(1), exponent - std::numeric_limits<T>::digits);
        worst = std::max(worst, std::abs(static_cast<R>(found[i]) - wanted) / ulp);
    }
    return static_cast<double>(worst);
}

bool deep() { return !qEnvironmentVariableIsEmpty("FPLAB_DEEP"); }

/// Accuracy on both signs, symmetry, and on one sign ascending values.
template <class T, class F> void check(const char* id, F&& exact, T largest, double bound, bool odd, bool ascending)
{
    const std::size_t count = std::is_same_v<T, float> || deep() ? 5'000'000 : 400'000; // of each sign
    const auto positive = magnitudes(largest, count);
    auto negative = positive;
    std::ranges::transform(negative, negative.begin(), std::negate<>());
    std::vector<T> a, b;
    evaluate(id, positive, a);
    evaluate(id, negative, b);
    const double worst = std::max(worstUlps(positive, a, exact), worstUlps(negative, b, exact));
    qInfo("%s, %s: %.3f ulp", id, std::is_same_v<T, float> ? "float" : "double", worst);
    QVERIFY2(worst <= bound, qPrintable(QStringLiteral("%1 ulp").arg(worst)));
    if (odd)
        for (std::size_t i = 0; i < count; ++i)
            QVERIFY(b[i] == -a[i] && std::signbit(b[i]) != std::signbit(a[i]));
    if (ascending) {
        QVERIFY(std::ranges::is_sorted(a));
        QVERIFY(std::ranges::is_sorted(b, std::greater<>()));
    }
}

/// That tanh never falls from one number to the next: `count` of them, the first is `start`.
template <class T> void checkNeighbours(T start, std::size_t count)
{
    using Bits = typename Reference<T>::Bits;
    static std::vector<T> z, a;
    z.resize(count);
    for (std::size_t i = 0; i < count; ++i)
        z[i] = std::bit_cast<T>(static_cast<Bits>(std::bit_cast<Bits>(start) + i));
    evaluate("tanh", z, a);
    const auto sorted = static_cast<std::size_t>(std::ranges::is_sorted_until(a) - a.begin());
    QVERIFY2(sorted == count, qPrintable(QStringLiteral("falls after %1").arg(double(z[sorted - 1]), 0, 'g', 17)));
}

} // namespace

/// The vector functions on ten million numbers each, from subnormal to saturated or to the end of their reduction
/// (double precision on fewer unless FPLAB_DEEP is set: the reference is slow). The exponential has no row of its own:
/// the sigmoid of a negative number is one.
class TstVectorMath : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tanh()
    {
        check<float>("tanh", tanhOf<double>, 30.0F, 3, true, true);
        check<double>("tanh", tanhOf<long double>, 40.0, 3, true, true);
    }
    /// Every float from 2^-24, where tanh z = z, to where it is 1, and doubles around the bounds of the reduction and
    /// between.
    void tanhOfNeighbours()
    {
        constexpr std::size_t part = 1 << 18;
        for (std::uint32_t bits = std::bit_cast<std::uint32_t>(0x1p-24F); bits < std::bit_cast<std::uint32_t>(16.0F);
             bits += part)
            checkNeighbours(std::bit_cast<float>(bits), part + 1);
        for (double z = std::log(2.0) / 4; z < 20; z += std::log(2.0) / 16)
            checkNeighbours(z * (1 - 1e-13), 4096);
        for (double z = 1e-300; z < 1; z *= 7)
            checkNeighbours(z, 4096);
    }
    void sigmoid()
    {
        check<float>("sigmoid", sigmoidOf<double>, 100.0F, 4, false, true);
        check<double>("sigmoid", sigmoidOf<long double>, 740.0, 4, false, true);
    }
    void sine()
    {
        check<float>("sin", sineOf<double>, 1e6F, 2, true, false);
        check<double>("sin", sineOf<long double>, 1e6, 2, true, false);
    }
    /// A program under a masked level (tests/CMakeLists.txt) must run the engine of that level.
    void levelIsTheOneAskedFor()
    {
        const QByteArray wanted = qgetenv("FPLAB_TEST_LEVEL");
        if (wanted.isEmpty())
            QSKIP("no level is asked for");
        const QByteArray found(instructionLevel());
        QVERIFY2(found == wanted || (wanted == "x86-64-v3" && found == "x86-64"), found.constData());
    }
};

QTEST_GUILESS_MAIN(TstVectorMath)
#include "tst_vector_math.moc"
