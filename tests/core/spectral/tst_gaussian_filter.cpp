#include "core/spectral/gaussian_filter.h"
#include "core/spectral_data.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace fplab;

namespace {

constexpr std::size_t everything = std::size_t(1) << 30;

/// The sums as they stand in the definition.
std::vector<double> naive(const std::vector<double>& x, std::size_t dimension, const std::vector<double>& deltas,
    const std::vector<double>& y)
{
    const std::size_t n = x.size() / dimension, outputs = y.size() / n;
    std::vector<long double> squared(n * n);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            for (std::size_t k = 0; k < dimension; ++k) {
                const long double difference = static_cast<long double>(x[i * dimension + k]) - x[j * dimension + k];
                squared[i * n + j] += difference * difference;
            }
        }
    }
    std::vector<double> low;
    for (const double delta : deltas) {
        for (std::size_t i = 0; i < n; ++i) {
            long double weights = 0;
            std::vector<long double> sums(outputs);
            for (std::size_t j = 0; j < n; ++j) {
                const long double weight = std::exp(-squared[i * n + j] / (2 * static_cast<long double>(delta)));
                weights += weight;
                for (std::size_t o = 0; o < outputs; ++o)
                    sums[o] += weight * y[j * outputs + o];
            }
            for (const long double sum : sums)
                low.push_back(static_cast<double>(sum / weights));
        }
    }
    return low;
}

double distance(const std::vector<double>& a, const std::vector<double>& b)
{
    double worst = a.size() == b.size() ? 0 : std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
        worst = std::max(
            worst, std::isnan(a[i] - b[i]) ? std::numeric_limits<double>::infinity() : std::abs(a[i] - b[i]));
    return worst;
}

} // namespace

class TstGaussianFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// In one, some and many dimensions (single precision); part of a panel, one, and more bands than are added at
    /// once.
    void equalsTheSums_data()
    {
        QTest::addColumn<std::size_t>("points");
        QTest::addColumn<std::size_t>("dimension");
        QTest::addColumn<std::vector<double>>("deltas");
        const std::vector<double> wide {1e-6, 1e-4, 1e-2, 1, 100};
        for (const std::size_t n : {1u, 2u, 63u, 64u, 65u, 257u, 400u})
            QTest::addRow("1-D, %d points", int(n)) << n << std::size_t(1) << wide;
        QTest::newRow("1-D, 1200 points") << std::size_t(1200) << std::size_t(1) << std::vector {1e-3, 1.0};
        QTest::newRow("5-D") << std::size_t(300) << std::size_t(5) << std::vector {1.0, 10.0, 100.0};
        QTest::newRow("32-D") << std::size_t(150) << std::size_t(32) << std::vector {30.0, 300.0};
        QTest::newRow("50-D") << std::size_t(150) << std::size_t(50) << std::vector {30.0, 300.0};
        QTest::newRow("200-D") << std::size_t(130) << std::size_t(200) << std::vector {300.0, 3000.0};
    }
    void equalsTheSums()
    {
        QFETCH(std::size_t, points);
        QFETCH(std::size_t, dimension);
        QFETCH(std::vector<double>, deltas);
        const auto x = noise(points * dimension, 1, 10), y = noise(points * 3, 2);
        const GaussianFilter filter(x, dimension, deltas, everything);
        QCOMPARE(filter.points(), points);
        QCOMPARE(filter.deltas(), deltas.size());
        const double error = distance(filter.low(y), naive(x, dimension, deltas, y));
        QVERIFY2(error < 1e-6, qPrintable(QString::number(error)));
    }

    void narrowAndWide()
    {
        const std::size_t n = 333;
        const auto x = noise(n * 3, 3), y = noise(n, 4);
        const double mean = std::accumulate(y.begin(), y.end(), 0.0) / double(n);
        const auto low = GaussianFilter(x, 3, std::vector {1e-300, 1e-12, 1e12, 1e300}, everything).low(y);
        for (std::size_t i = 0; i < n; ++i) {
            QVERIFY(std::abs(low[i] - y[i]) < 1e-7);
            QVERIFY(std::abs(low[n + i] - y[i]) < 1e-7);
            QVERIFY(std::abs(low[2 * n + i] - mean) < 1e-7);
            QVERIFY(std::abs(low[3 * n + i] - mean) < 1e-7);
        }
    }

    void constantsStay()
    {
        const std::size_t n = 200;
        const std::vector<double> y(2 * n, 0.1);
        QCOMPARE(GaussianFilter(noise(n, 5), 1, std::vector {0.01, 1.0}, everything).low(y), std::vector(4 * n, 0.1));
    }

    /// Points in one place have the same low part, however narrow the Gaussian, also where coordinates are rounded.
    /// Two places with as many points each and a weight of .3 between them: sums of equal numbers, which err alike.
    void twoPlaces()
    {
        constexpr std::size_t n = 20000;
        std::vector<double> x(n), y(n);
        for (std::size_t i = n / 2; i < n; ++i)
            x[i] = y[i] = 1;
        const auto low = GaussianFilter(x, 1, std::vector<double> {-1 / (2 * std::log(0.3))}, 0).low(y);
        for (std::size_t i = 0; i < n; ++i)
            QVERIFY2(
                std::abs(low[i] - (y[i] == 0 ? 0.3 : 1) / 1.3) < 1e-6, qPrintable(QString::number(low[i], 'g', 12)));
    }

    void equalPoints()
    {
        for (const std::size_t dimension : {1u, 60u}) {
            auto x = noise(4 * dimension, 6);
            std::copy_n(x.begin(), dimension, x.begin() + long(3 * dimension));
            const std::vector<double> y {1, 2, 3, 7}, expected {4, 2, 3, 4};
            QVERIFY(distance(GaussianFilter(x, dimension, std::vector {1e-9}, everything).low(y), expected) < 1e-6);
            const std::vector<double> same(4 * dimension, 0.7), mean(4, 3.25);
            QVERIFY(distance(GaussianFilter(same, dimension, std::vector {1e-9}, everything).low(y), mean) < 1e-6);
        }
    }

    void orderUnitsAndPlaceDoNotMatter()
    {
        const std::size_t n = 300;
        const auto x = noise(2 * n, 7), y = noise(n, 8);
        const auto low = GaussianFilter(x, 2, std::vector {0.02}, everything).low(y);
        std::vector<std::size_t> order(n);
        std::iota(order.begin(), order.end(), std::size_t(0));
        std::ranges::shuffle(order, std::mt19937(9));
        for (const double unit : {1.0, 1e-30, 1e30}) {
            std::vector<double> moved, values, expected;
            for (const std::size_t i : order) {
                moved.push_back(unit * (5 - x[2 * i + 1])); // a quarter turn, and away
                moved.push_back(unit * (x[2 * i] - 3));
                values.push_back(y[i]);
                expected.push_back(low[i]);
            }
            const auto found = GaussianFilter(moved, 2, std::vector {0.02 * unit * unit}, everything).low(values);
            QVERIFY(distance(found, expected) < 1e-6);
        }
    }

    void levelAndSizeOfTheOutput()
    {
        const std::size_t n = 150;
        const auto x = noise(n, 10), y = noise(n, 11);
        const GaussianFilter filter(x, 1, std::vector {0.01}, everything);
        const auto low = filter.low(y);
        for (const auto& [level, size] : {std::pair(1e3, 1.0), std::pair(0.0, 1e200), std::pair(0.0, 1e-200)}) {
            std::vector<double> values, expected;
            for (std::size_t i = 0; i < n; ++i) {
                values.push_back(level + size * y[i]);
                expected.push_back(level + size * low[i]);
            }
            QVERIFY(distance(filter.low(values), expected) < 1e-6 * size);
        }
    }

    void budgetChangesNothing()
    {
        const std::size_t n = 700;
        for (const std::size_t dimension : {2u, 40u}) {
            const auto x = noise(n * dimension, 12), y = noise(2 * n, 13);
            const std::vector<double> deltas {0.1, 10};
            const auto low = GaussianFilter(x, dimension, deltas, everything).low(y);
            for (const std::size_t budget : {0u, 200000u, 500000u})
                QVERIFY(GaussianFilter(x, dimension, deltas, budget).low(y) == low);
        }
    }

    void eachOutputAsIfAlone()
    {
        const std::size_t n = 130;
        const GaussianFilter filter(noise(n, 14), 1, std::vector {0.01}, everything);
        for (const std::size_t outputs : {2u, 3u, 4u, 5u, 6u, 9u, 10u, 11u, 23u}) {
            const auto y = noise(outputs * n, 15);
            const auto low = filter.low(y);
            for (std::size_t o = 0; o < outputs; ++o) {
                std::vector<double> alone, expected;
                for (std::size_t i = 0; i < n; ++i) {
                    alone.push_back(y[i * outputs + o]);
                    expected.push_back(low[i * outputs + o]);
                }
                QVERIFY(distance(filter.low(alone), expected) < 1e-6);
            }
        }
    }

    /// Equations 6 and 7 of S1, term by term.
    void errorsOfAnOutput()
    {
        const std::size_t n = 200;
        const std::vector<double> deltas {1e-3, 0.1};
        const auto x = noise(n, 16), target = noise(2 * n, 17);
        auto output = target, difference = target;
        for (std::size_t at = 0; at < output.size(); ++at) {
            output[at] += 0.1 * std::sin(3 * x[at / 2]);
            difference[at] = output[at] - target[at];
        }
        const GaussianFilter filter(x, 1, deltas, everything);
        const auto errors = filteredErrors(filter.norms(difference), filter.norms(target));
        const auto h = naive(x, 1, deltas, output), y = naive(x, 1, deltas, target);
        for (std::size_t d = 0; d < deltas.size(); ++d) {
            double low = 0, lowOf = 0, high = 0, highOf = 0;
            for (std::size_t at = 0; at < target.size(); ++at) {
                const double hLow = h[d * target.size() + at], yLow = y[d * target.size() + at];
                const double hHigh = output[at] - hLow, yHigh = target[at] - yLow;
                low += (yLow - hLow) * (yLow - hLow);
                lowOf += yLow * yLow;
                high += (yHigh - hHigh) * (yHigh - hHigh);
                highOf += yHigh * yHigh;
            }
            QVERIFY(std::abs(errors[d].low - std::sqrt(low / lowOf)) < 1e-6);
            QVERIFY(std::abs(errors[d].high - std::sqrt(high / highOf)) < 1e-6);
        }
    }

    void errorsWithoutMeaning()
    {
        const std::size_t n = 50;
        const GaussianFilter filter(noise(n, 18), 1, std::vector {1e-300, 0.1}, everything);
        const auto target = filter.norms(noise(n, 19));
        QVERIFY(target[0].high < 1e-6 && target[1].high > 0.1);
        const auto errors = filteredErrors(target, target);
        QVERIFY(std::isnan(errors[0].high)); // all of it is low
        QCOMPARE(errors[0].low, 1.0);
        QCOMPARE(errors[1].high, 1.0);
        const auto nothing = filter.norms(std::vector(n, 0.0));
        QVERIFY(std::isnan(filteredErrors(target, nothing)[1].low));
    }

    void whatIsNotFiniteShows()
    {
        const std::size_t n = 100;
        const GaussianFilter filter(noise(n, 20), 1, std::vector {1e-9, 1.0}, everything);
        for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
            auto y = noise(2 * n, 21);
            y[40] = bad; // of the first output
            const auto low = filter.low(y);
            for (std::size_t at = 0; at < low.size(); ++at)
                QCOMPARE(std::isnan(low[at]), at % 2 == 0);
        }
    }
};

QTEST_GUILESS_MAIN(TstGaussianFilter)
#include "tst_gaussian_filter.moc"
