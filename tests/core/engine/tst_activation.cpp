#include "core/engine/activation.h"

#include <QTest>

#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

using namespace fplab;

namespace {

template <class T> struct Values {
    std::vector<T> a, da, dda;
};

template <class T> Values<T> eval(const Activation& f, const std::vector<T>& z)
{
    Values<T> out {std::vector<T>(z.size()), std::vector<T>(z.size()), std::vector<T>(z.size())};
    const auto call = [&] {
        if constexpr (std::is_same_v<T, float>)
            return f.evalFloat;
        else
            return f.evalDouble;
    }();
    call(z.data(), long(z.size()), out.a.data(), out.da.data(), out.dda.data());
    return out;
}

/// Both signs of magnitudes from 2^low to 2^high, evenly spread in the exponent, about 400 an octave.
template <class T> std::vector<T> spread(int low, int high)
{
    std::vector<T> out;
    for (int e = low; e < high; ++e)
        for (int i = 0; i < 400; ++i) {
            const double z = std::exp2(e + (i + 0.37) / 400);
            out.push_back(T(z));
            out.push_back(T(-z));
        }
    return out;
}

/// Distance from the exact value in units of the last place of the result.
template <class T> double ulps(T found, long double exact)
{
    const T near = std::abs(T(exact));
    const T next = std::nextafter(near, std::numeric_limits<T>::infinity());
    return double(std::abs(static_cast<long double>(found) - exact) / static_cast<long double>(next - near));
}

template <class T> double worstUlps(const char* id, int low, int high, long double (*exact)(long double))
{
    const auto z = spread<T>(low, high);
    const auto found = eval(*findActivation(id), z);
    double worst = 0;
    for (std::size_t i = 0; i < z.size(); ++i)
        worst = std::max(worst, ulps(found.a[i], exact(z[i])));
    return worst;
}

long double exactTanh(long double z) { return std::tanh(z); }
long double exactSin(long double z) { return std::sin(z); }
long double exactSigmoid(long double z) { return 1 / (1 + std::exp(-z)); }

template <class T> bool sameBits(const std::vector<T>& a, const T* b)
{
    return std::memcmp(a.data(), b, a.size() * sizeof(T)) == 0;
}

template <class T> void checkPositions(const Activation& f)
{
    std::vector<T> z = spread<T>(-6, 5);
    z.resize(64);
    z[40] = T(2e6); // sine beyond its reduction
    const auto whole = eval(f, z);
    for (std::size_t offset = 0; offset <= 17; ++offset) {
        for (std::size_t n = 1; n <= 40; ++n) {
            const std::vector<T> part(z.begin() + long(offset), z.begin() + long(offset + n));
            const auto found = eval(f, part);
            QVERIFY(sameBits(found.a, whole.a.data() + offset));
            QVERIFY(sameBits(found.da, whole.da.data() + offset));
            QVERIFY(sameBits(found.dda, whole.dda.data() + offset));
            // at another alignment, with fewer of the results
            std::vector<T> room(n + offset);
            const auto call = [&](T* da, T* dda) {
                if constexpr (std::is_same_v<T, float>)
                    f.evalFloat(z.data() + offset, long(n), room.data() + offset, da, dda);
                else
                    f.evalDouble(z.data() + offset, long(n), room.data() + offset, da, dda);
            };
            call(nullptr, nullptr);
            QVERIFY(sameBits(found.a, room.data() + offset));
            std::vector<T> slope(n);
            call(slope.data(), nullptr);
            QVERIFY(sameBits(found.a, room.data() + offset));
            QVERIFY(sameBits(found.da, slope.data()));
            call(nullptr, slope.data());
            QVERIFY(sameBits(found.dda, slope.data()));
        }
    }
}

template <class T> void checkSpecial()
{
    constexpr T inf = std::numeric_limits<T>::infinity(), nan = std::numeric_limits<T>::quiet_NaN();
    const std::vector<T> z {T(0), T(-0.0), inf, -inf, nan, std::numeric_limits<T>::max(), std::numeric_limits<T>::min(),
        std::numeric_limits<T>::denorm_min()};
    for (const auto& f : activations())
        QVERIFY(std::isnan(eval(f, z).a[4]));
    for (const char* id : {"tanh", "sin", "relu", "identity"}) {
        const auto found = eval(*findActivation(id), z);
        QVERIFY(found.a[0] == T(0));
        QVERIFY(found.a[1] == T(0));
        QVERIFY(found.a[6] == z[6]);
        QVERIFY(found.a[7] == z[7]);
    }
    const auto tanh = eval(*findActivation("tanh"), z);
    QVERIFY(!std::signbit(tanh.a[0]) && std::signbit(tanh.a[1]));
    QVERIFY(tanh.a[2] == T(1));
    QVERIFY(tanh.a[3] == T(-1));
    QVERIFY(tanh.a[5] == T(1));
    QVERIFY(tanh.da[0] == T(1));
    QVERIFY(tanh.da[2] == T(0));
    const auto sigmoid = eval(*findActivation("sigmoid"), z);
    QVERIFY(sigmoid.a[0] == T(0.5));
    QVERIFY(sigmoid.a[2] == T(1));
    QVERIFY(sigmoid.a[3] == T(0));
    QVERIFY(sigmoid.da[0] == T(0.25));
    const auto sine = eval(*findActivation("sin"), z);
    QVERIFY(std::isnan(sine.a[2]) && std::isnan(sine.a[3]));
    QVERIFY(sine.a[5] == std::sin(z[5]));
    const auto ricker = eval(*findActivation("ricker"), z);
    QVERIFY(ricker.a[0] == T(1));
    QVERIFY(ricker.a[2] == T(0));
    QVERIFY(ricker.a[5] == T(0));
    QVERIFY(ricker.da[3] == T(0));
    const auto relu = eval(*findActivation("relu"), z);
    QVERIFY(relu.da[0] == T(0));
    QVERIFY(relu.a[2] == inf);
    QVERIFY(relu.a[3] == T(0));
}

template <class T> void checkSymmetry()
{
    const auto z = spread<T>(-30, 21); // pairs z, -z
    for (const char* id : {"tanh", "sin", "ricker"}) {
        const T sign = std::strcmp(id, "ricker") == 0 ? T(1) : T(-1);
        const auto found = eval(*findActivation(id), z);
        for (std::size_t i = 0; i < z.size(); i += 2) {
            QVERIFY(found.a[i + 1] == sign * found.a[i]);
            QVERIFY(found.da[i + 1] == -sign * found.da[i]);
        }
    }
}

} // namespace

class TstActivation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void table();
    void derivatives_data();
    void derivatives();
    void precisionsAgree();
    void accuracy();
    void rickerAccuracy();
    void specialValues();
    void symmetry();
    void positionDoesNotMatter();
};

void TstActivation::table()
{
    for (const char* id : {"tanh", "relu", "sigmoid", "sin", "ricker", "identity"}) {
        const Activation* found = findActivation(id);
        QVERIFY(found);
        QVERIFY(found->id == id);
        QVERIFY(!found->label.empty());
    }
    QVERIFY(!findActivation("Tanh"));
    QVERIFY(!findActivation(""));
}

void TstActivation::derivatives_data()
{
    QTest::addColumn<int>("row");
    for (std::size_t i = 0; i < activations().size(); ++i)
        QTest::newRow(std::string(activations()[i].id).c_str()) << int(i);
}

/// Fourth-order differences of the value give the first derivative, of the first the second.
void TstActivation::derivatives()
{
    QFETCH(int, row);
    const auto& f = activations()[std::size_t(row)];
    constexpr double h = 1e-3;
    for (double z = -6.013; z < 6; z += 0.05) {
        const auto at = eval<double>(f, {z - 2 * h, z - h, z, z + h, z + 2 * h});
        const auto difference
            = [&](const std::vector<double>& y) { return (8 * (y[3] - y[1]) - (y[4] - y[0])) / (12 * h); };
        QVERIFY(std::abs(difference(at.a) - at.da[2]) < 2e-11);
        QVERIFY(std::abs(difference(at.da) - at.dda[2]) < 1e-10);
    }
    if (f.slopeFromValue) {
        const auto all = eval<double>(f, spread<double>(-60, 6));
        for (std::size_t i = 0; i < all.a.size(); ++i)
            QVERIFY(std::abs(all.da[i] - (1 - all.a[i]) * (1 + all.a[i])) <= 1e-15 * all.da[i]);
    }
}

void TstActivation::precisionsAgree()
{
    const auto z = spread<float>(-10, 5);
    const std::vector<double> wide(z.begin(), z.end());
    for (const auto& f : activations()) {
        const auto single = eval(f, z);
        const auto twice = eval(f, wide);
        for (std::size_t i = 0; i < z.size(); ++i) {
            QVERIFY(std::abs(single.a[i] - twice.a[i]) <= 1e-6 * std::max(1.0, std::abs(twice.a[i])));
            QVERIFY(std::abs(single.da[i] - twice.da[i]) <= 2e-6);
            QVERIFY(std::abs(single.dda[i] - twice.dda[i]) <= 4e-6);
        }
    }
}

/// Bounds: 4 ulp for tanh and the sigmoid, 2 ulp for the sine on its own reduction, from tiny to saturated arguments.
void TstActivation::accuracy()
{
    const auto check = [](double found, double bound, const char* what) {
        QVERIFY2(found <= bound, qPrintable(QStringLiteral("%1: %2 ulp").arg(QLatin1String(what)).arg(found)));
        qInfo("%s: %.2f ulp", what, found);
    };
    check(worstUlps<float>("tanh", -60, 6, exactTanh), 4, "tanh, float");
    check(worstUlps<double>("tanh", -60, 6, exactTanh), 4, "tanh, double");
    check(worstUlps<float>("sigmoid", -30, 6, exactSigmoid), 4, "sigmoid, float");
    check(worstUlps<double>("sigmoid", -30, 9, exactSigmoid), 4, "sigmoid, double");
    check(worstUlps<float>("sin", -30, 20, exactSin), 2, "sin, float");
    check(worstUlps<double>("sin", -30, 20, exactSin), 2, "sin, double");
    // the neighbours of multiples of pi, where the reduction cancels most
    for (int k = 1; k < 300000; k = k * 3 / 2 + 1) {
        const double pole = k * M_PI;
        const auto found = eval<double>(*findActivation("sin"), {pole, std::nextafter(pole, 0.0)});
        QVERIFY(ulps(found.a[0], std::sin(static_cast<long double>(pole))) < 2);
        const auto single = eval<float>(*findActivation("sin"), {float(pole)});
        QVERIFY(ulps(single.a[0], std::sin(static_cast<long double>(float(pole)))) < 2);
    }
}

void TstActivation::rickerAccuracy()
{
    const auto z = spread<double>(-20, 6);
    const auto found = eval(*findActivation("ricker"), z);
    for (std::size_t i = 0; i < z.size(); ++i) {
        const long double square = static_cast<long double>(z[i]) * z[i];
        QVERIFY(std::abs(found.a[i] - double((1 - square) * std::exp(-square / 2))) < 4e-16);
    }
}

void TstActivation::specialValues()
{
    checkSpecial<float>();
    checkSpecial<double>();
}

void TstActivation::symmetry()
{
    checkSymmetry<float>();
    checkSymmetry<double>();
}

void TstActivation::positionDoesNotMatter()
{
    for (const auto& f : activations()) {
        checkPositions<float>(f);
        checkPositions<double>(f);
    }
}

QTEST_GUILESS_MAIN(TstActivation)
#include "tst_activation.moc"
