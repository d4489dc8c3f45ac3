#include "core/fourier/dft.h"
#include "core/spectral/nudft.h"
#include "core/spectral_data.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <numbers>
#include <thread>

using namespace fplab;
using Complex = std::complex<double>;

namespace {

std::vector<double> even(std::size_t count, double first, double step)
{
    std::vector<double> k(count);
    for (std::size_t j = 0; j < count; ++j)
        k[j] = first + step * static_cast<double>(j);
    return k;
}

std::vector<Complex> spectrum(
    const std::vector<double>& x, const std::vector<double>& k, const std::vector<double>& y, std::size_t outputs = 1)
{
    const Nudft nudft(x, k);
    std::vector<Complex> F(outputs * nudft.bins(), Complex(99, 99));
    nudft.forward(y, F);
    return F;
}

/// The sum as it stands in the definition, one output after the other.
std::vector<std::complex<long double>> naive(
    const std::vector<double>& x, const std::vector<double>& k, const std::vector<double>& y, std::size_t outputs)
{
    using Long = std::complex<long double>;
    std::vector<Long> F(outputs * k.size());
    for (std::size_t j = 0; j < k.size(); ++j) {
        for (std::size_t i = 0; i < x.size(); ++i) {
            const long double cycles = static_cast<long double>(k[j]) * x[i];
            const long double phase = 2 * std::numbers::pi_v<long double> * (cycles - std::nearbyint(cycles));
            const Long wave(std::cos(phase), -std::sin(phase));
            for (std::size_t o = 0; o < outputs; ++o)
                F[o * k.size() + j] += static_cast<long double>(y[i * outputs + o]) * wave;
        }
    }
    for (auto& coefficient : F)
        coefficient /= static_cast<long double>(x.size());
    return F;
}

/// Largest |difference|; amplitudes here are 1 / sqrt(points) or more.
template <class A, class B> double distance(const std::vector<A>& a, const std::vector<B>& b)
{
    double worst = a.size() == b.size() ? 0 : std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
        worst = std::max(
            worst, static_cast<double>(std::abs(std::complex<long double>(a[i]) - std::complex<long double>(b[i]))));
    return worst;
}

/// Whether waves of this size are kept in tables.
bool inTables(std::size_t points, std::size_t bins) { return points * bins * 2 * sizeof(double) <= Nudft::tableBytes; }

} // namespace

class TstNudft : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void golden()
    {
        int oneDimensional = 0;
        for (const auto& item : fplab::golden(QStringLiteral("nudft.json"))[QStringLiteral("cases")].toArray()) {
            if (item[QStringLiteral("x")].toArray().at(0).toArray().size() != 1)
                continue; // points in the plane
            ++oneDimensional;
            const auto re = numbers(item[QStringLiteral("re")]), im = numbers(item[QStringLiteral("im")]);
            std::vector<Complex> expected;
            for (std::size_t i = 0; i < re.size(); ++i)
                expected.emplace_back(re[i], im[i]);
            const auto F = spectrum(numbers(item[QStringLiteral("x")]), numbers(item[QStringLiteral("k")]),
                numbers(item[QStringLiteral("y")]));
            QVERIFY(distance(F, expected) < 1e-12);
        }
        QVERIFY(oneDimensional >= 1);
    }

    /// Tables; turned waves, from 0, from below 0 and from far away; waves each by itself.
    void equalsTheSum_data()
    {
        QTest::addColumn<std::size_t>("points");
        QTest::addColumn<std::vector<double>>("k");
        QTest::addColumn<double>("scale");
        auto uneven = even(150, 0, 0.1);
        for (std::size_t j = 0; j < uneven.size(); ++j)
            uneven[j] += 0.03 * std::sin(static_cast<double>(j));
        auto nearlyEven = even(150, 0, 0.1);
        nearlyEven[77] *= 1 + 1e-12;
        QTest::newRow("tables") << std::size_t(603) << even(50, 0, 0.1) << 3.14;
        QTest::newRow("turned") << std::size_t(3001) << even(150, 0, 0.1) << 3.14;
        QTest::newRow("turned, of a period") << std::size_t(3001) << even(150, 0, 1 / 6.283) << 3.14;
        QTest::newRow("turned, both signs") << std::size_t(3001) << even(150, -7.3, 0.1) << 3.14;
        QTest::newRow("turned, downwards") << std::size_t(3001) << even(150, 20, -0.1) << 3.14;
        QTest::newRow("direct") << std::size_t(3001) << uneven << 3.14;
        QTest::newRow("direct, one frequency off") << std::size_t(3001) << nearlyEven << 3.14;
        QTest::newRow("one frequency") << std::size_t(270001) << even(1, 3.7, 0) << 1.0;
    }
    void equalsTheSum()
    {
        QFETCH(std::size_t, points);
        QFETCH(std::vector<double>, k);
        QFETCH(double, scale);
        QCOMPARE(inTables(points, k.size()), QByteArray(QTest::currentDataTag()) == "tables");
        auto x = noise(points, 1);
        for (double& value : x)
            value *= scale;
        const auto y = noise(3 * points, 2);
        const double error = distance(spectrum(x, k, y, 3), naive(x, k, y, 3));
        QVERIFY2(error < 1e-14, qPrintable(QString::number(error)));
    }

    /// Blocks and groups that are not full.
    void anyNumberOfPoints()
    {
        for (const std::size_t n : {1u, 2u, 7u, 8u, 9u, 31u, 33u, 255u, 256u, 257u, 511u, 520u}) {
            const auto x = noise(n, 3), y = noise(n, 4), k = even(11, 0, 0.5);
            QVERIFY(distance(spectrum(x, k, y), naive(x, k, y, 1)) < 1e-14);
        }
    }

    /// Frequencies at once, as turned waves, and in small lots, as tables.
    void bothSidesOfTheLimitAgree()
    {
        const std::size_t points = 4001;
        const auto x = noise(points, 5), y = noise(2 * points, 6), k = even(120, 0, 0.25);
        const auto F = spectrum(x, k, y, 2);
        QVERIFY(!inTables(points, k.size()) && inTables(points, 40));
        for (std::size_t first = 0; first < k.size(); first += 40) {
            const std::vector<double> some(k.begin() + long(first), k.begin() + long(first) + 40);
            const auto expected = spectrum(x, some, y, 2);
            for (std::size_t o = 0; o < 2; ++o) {
                for (std::size_t j = 0; j < 40; ++j)
                    QVERIFY(std::abs(F[o * k.size() + first + j] - expected[o * 40 + j]) < 1e-14);
            }
        }
    }

    void eachOutputAsIfAlone()
    {
        for (const auto& [points, bins] : {std::pair(301, 20), std::pair(3001, 130)}) {
            const std::size_t n = std::size_t(points);
            const auto x = noise(n, 7), k = even(std::size_t(bins), 0, 0.5);
            for (const std::size_t outputs : {2u, 3u, 4u, 5u, 6u, 9u, 10u, 11u, 15u, 23u}) {
                const auto y = noise(outputs * n, 8);
                const auto F = spectrum(x, k, y, outputs);
                for (const std::size_t o : {std::size_t(0), outputs / 2, outputs - 1}) {
                    std::vector<double> alone(n);
                    for (std::size_t i = 0; i < n; ++i)
                        alone[i] = y[i * outputs + o];
                    const auto expected = spectrum(x, k, alone);
                    for (std::size_t j = 0; j < k.size(); ++j)
                        QVERIFY(std::abs(F[o * k.size() + j] - expected[j]) < 1e-14);
                }
            }
        }
    }

    void agreesWithTheDftOnAGrid()
    {
        for (const std::size_t n : {37u, 1000u}) {
            QCOMPARE(inTables(n, n / 2 + 1), n == 37);
            const auto y = noise(n, 5);
            const auto F = spectrum(even(n, 0, 1 / static_cast<double>(n)), even(n / 2 + 1, 0, 1), y);
            QVERIFY(distance(F, dft(y)) < (n == 37 ? 1e-14 : 1e-12)); // i / n is rounded: a phase of pi n 1e-16
        }
    }

    /// cos(2 pi 3 x) + 2 sin(2 pi 80 x) at even points, of which there is a power of 2.
    void knownSpectrum()
    {
        const std::size_t n = 1024;
        const double turn = 2 * std::numbers::pi / static_cast<double>(n);
        const auto x = even(n, 0, 1 / static_cast<double>(n));
        std::vector<double> y(n);
        for (std::size_t i = 0; i < n; ++i)
            y[i] = std::cos(turn * static_cast<double>(3 * i % n))
                + 2 * std::sin(turn * static_cast<double>(80 * i % n));
        const auto k = even(n / 2, 0, 1);
        QVERIFY(!inTables(n, k.size()));
        const auto F = spectrum(x, k, y);
        for (std::size_t j = 0; j < k.size(); ++j) {
            const Complex expected = j == 3 ? Complex(0.5) : j == 80 ? Complex(0, -1) : Complex(0);
            QVERIFY(std::abs(F[j] - expected) < 1e-14);
        }
    }

    void parseval()
    {
        for (const std::size_t n : {64u, 1024u}) {
            const auto y = noise(n, 9);
            double energy = 0, spectral = 0;
            for (double value : y)
                energy += value * value / static_cast<double>(n);
            for (const auto& coefficient : spectrum(even(n, 0, 1 / static_cast<double>(n)), even(n, 0, 1), y))
                spectral += std::norm(coefficient);
            QVERIFY(std::abs(energy - spectral) < 1e-14);
        }
    }

    /// Many turns away from 0 the phase is still exact for points that are.
    void farFromZero()
    {
        const std::vector<double> x {1048576.25, 1048576.75}, k {1, 2}, y {1, 3};
        const auto F = spectrum(x, k, y);
        QVERIFY(std::abs(F[0] - Complex(0, (-1 + 3) / 2.0)) < 1e-15);
        QVERIFY(std::abs(F[1] - Complex(-2)) < 1e-15);
    }

    void whatIsNotFiniteShows()
    {
        const std::size_t n = 3001;
        auto y = noise(n, 10);
        y[1234] = std::nan("");
        for (const std::size_t bins : {5u, 130u}) {
            for (const auto& coefficient : spectrum(noise(n, 11), even(bins, 0, 1), y))
                QVERIFY(std::isnan(coefficient.real()));
        }
    }

    void oneObjectInManyThreads()
    {
        const std::size_t n = 3001;
        const auto x = noise(n, 12), y = noise(n, 13);
        const Nudft nudft(x, even(130, 0, 1));
        std::vector<std::vector<Complex>> results(4, std::vector<Complex>(nudft.bins()));
        {
            std::vector<std::jthread> threads;
            for (auto& F : results)
                threads.emplace_back([&] { nudft.forward(y, F); });
        }
        for (const auto& F : results)
            QVERIFY(F == results.front());
    }
};

QTEST_GUILESS_MAIN(TstNudft)
#include "tst_nudft.moc"
