#include "core/signal/dataset.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

using namespace fplab;
using Values = std::vector<double>;

namespace {

TargetSpec target(const char* formula)
{
    TargetSpec config;
    config.formula = formula;
    return config;
}

SamplingSpec sampled(double from, double to, int count, const char* kind = "uniform")
{
    SamplingSpec config;
    config.from = from;
    config.to = to;
    config.count = count;
    config.kind = kind;
    return config;
}

double meanOf(const Values& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviationOf(const Values& values)
{
    const double mean = meanOf(values);
    double sum = 0;
    for (double value : values)
        sum += (value - mean) * (value - mean);
    return std::sqrt(sum / static_cast<double>(values.size()));
}

Values difference(const Values& a, const Values& b)
{
    Values out(a.size());
    std::transform(a.begin(), a.end(), b.begin(), out.begin(), std::minus<>());
    return out;
}

bool ascending(const Values& x) { return std::adjacent_find(x.begin(), x.end(), std::greater_equal<>()) == x.end(); }

} // namespace

class TstDataset : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goldenQuantisation()
    {
        QFile file(QStringLiteral(FPLAB_TEST_DIR "/golden/quant_info.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto quant = QJsonDocument::fromJson(file.readAll()).object()[QStringLiteral("quant")].toObject();
        const auto v = quant[QStringLiteral("v")].toArray(), expected = quant[QStringLiteral("half_even")].toArray();
        QCOMPARE(v.size(), 14);
        for (int i = 0; i < v.size(); ++i)
            QCOMPARE(quantise(v[i].toDouble(), quant[QStringLiteral("alpha")].toDouble()), expected[i].toDouble());
    }

    /// Ties are ties even when the floating-point value lies a little beside them.
    void noiseAtTiesDoesNotDecide()
    {
        for (int steps = -9; steps <= 9; ++steps) {
            const double tie = steps + 0.5;
            const double even = std::fmod(steps, 2) == 0 ? steps : steps + 1;
            for (double alpha : {0.1, 0.3, 0.5, 2.0, 7.0}) {
                for (double noise : {0.0, 5e-10, -5e-10})
                    QCOMPARE(quantise((tie + noise) * alpha, alpha), even * alpha);
                QCOMPARE(quantise((tie + 1e-6) * alpha, alpha), (steps + 1) * alpha);
                QCOMPARE(quantise((tie - 1e-6) * alpha, alpha), steps * alpha);
            }
        }
    }

    void quantisationLimits()
    {
        const double inf = std::numeric_limits<double>::infinity();
        QCOMPARE(quantise(0.3, 0), 0.3);
        QCOMPARE(quantise(1e300, 1e-300), 1e300); // the number of steps overflows
        QCOMPARE(quantise(inf, 1), inf);
        QVERIFY(std::isnan(quantise(std::nan(""), 1)));
        QCOMPARE(quantise(3.0, 10), 0.0);
    }

    void uniformPositions()
    {
        auto sampling = sampled(-1, 1, 5);
        QCOMPARE(samplePositions(sampling, 1), (Values {-1, -0.5, 0, 0.5, 1}));
        sampling.endpoint = false;
        sampling.count = 4;
        QCOMPARE(samplePositions(sampling, 1), (Values {-1, -0.5, 0, 0.5}));
        const auto x = samplePositions(sampled(-3.14, 3.14, 201), 1);
        QCOMPARE(x.front(), -3.14);
        QCOMPARE(x.back(), 3.14);
        QVERIFY(ascending(x));
    }

    void chebyshevPositions()
    {
        const auto x = samplePositions(sampled(1, 5, 3, "chebyshev"), 1);
        QCOMPARE(x.size(), std::size_t(3));
        QVERIFY(std::abs(x[0] - (3 - 2 * std::sqrt(0.75))) < 1e-15);
        QVERIFY(std::abs(x[1] - 3) < 1e-15);
        QVERIFY(std::abs(x[2] - (3 + 2 * std::sqrt(0.75))) < 1e-15);
        const int n = 17; // T_17 vanishes there
        for (double zero : samplePositions(sampled(-1, 1, n, "chebyshev"), 1))
            QVERIFY(std::abs(std::cos(n * std::acos(zero))) < 1e-13);
    }

    void randomPositions()
    {
        const auto sampling = sampled(-2, 6, 4000, "random");
        const auto x = samplePositions(sampling, 5);
        QCOMPARE(x.size(), std::size_t(4000));
        QVERIFY(std::is_sorted(x.begin(), x.end()));
        QVERIFY(x.front() >= -2 && x.back() < 6);
        QVERIFY(std::abs(meanOf(x) - 2) < 5 * 8 / std::sqrt(12 * 4000.0));
        QCOMPARE(samplePositions(sampling, 5), x);
        QVERIFY(samplePositions(sampling, 6) != x);
    }

    void randomSubset()
    {
        const auto sampling = sampled(-10, 10, 600, "random_subset");
        const auto x = samplePositions(sampling, 5);
        QCOMPARE(x.size(), std::size_t(600));
        QVERIFY(ascending(x)); // without replacement
        for (double value : x) {
            const double index = (value + 10) / 20 * 2999;
            QVERIFY(std::abs(index - std::round(index)) < 1e-9);
        }
        QVERIFY(std::abs(meanOf(x)) < 5 * 20 / std::sqrt(12 * 600.0));
        QCOMPARE(samplePositions(sampling, 5), x);
        QVERIFY(samplePositions(sampling, 6) != x);
    }

    void plainDataset()
    {
        const auto data = makeDataset(target("2x + 1"), sampled(0, 2, 3), 1);
        QVERIFY(data.ok());
        const SampleMatrix x {3, 1, {0, 1, 2}}, y {3, 1, {1, 3, 5}};
        QCOMPARE(data->trainInputs, x);
        QCOMPARE(data->trainTargets, y);
        QCOMPARE(data->cleanTargets, y.values);
        QCOMPARE(data->testInputs.count, std::size_t(0));
        QVERIFY(data->even);
        QCOMPARE(data->spacing, 1.0);
    }

    void spacing()
    {
        auto sampling = sampled(0, 2, 4);
        sampling.endpoint = false;
        QCOMPARE(makeDataset(target("x"), sampling, 1)->spacing, 0.5);
        for (auto kind : {"random", "random_subset", "chebyshev"}) {
            sampling.kind = kind;
            const auto data = makeDataset(target("x"), sampling, 1);
            QVERIFY(!data->even);
            QCOMPARE(data->spacing, 0.0);
        }
    }

    void noiseAfterQuantising()
    {
        auto noisy = target("sin x");
        noisy.quantise = 0.5;
        noisy.noise.std = 0.1;
        const auto sampling = sampled(-10, 10, 5000);
        const auto data = makeDataset(noisy, sampling, 3);
        QVERIFY(data.ok());
        for (double value : data->cleanTargets)
            QCOMPARE(value, 0.5 * std::round(value / 0.5));
        const auto noise = difference(data->trainTargets.values, data->cleanTargets);
        QVERIFY(std::abs(meanOf(noise)) < 5 * 0.1 / std::sqrt(5000.0));
        QVERIFY(std::abs(deviationOf(noise) - 0.1) < 5 * 0.1 / std::sqrt(10000.0));
        QCOMPARE(makeDataset(noisy, sampling, 3)->trainTargets, data->trainTargets);
        QVERIFY(!(makeDataset(noisy, sampling, 4)->trainTargets == data->trainTargets));
    }

    void noiseBeforeQuantising()
    {
        auto noisy = target("sin x");
        noisy.quantise = 0.5;
        noisy.noise.std = 0.3;
        noisy.noise.where = "before";
        const auto data = makeDataset(noisy, sampled(-10, 10, 500), 3);
        QVERIFY(data.ok());
        int moved = 0;
        for (std::size_t i = 0; i < 500; ++i) {
            const double value = data->trainTargets.values[i];
            QCOMPARE(value, 0.5 * std::round(value / 0.5));
            moved += value != data->cleanTargets[i];
        }
        QVERIFY(moved > 50);
    }

    /// More noise is the same noise, larger; positions and noise do not depend on each other.
    void streamsAreIndependent()
    {
        auto noisy = target("0");
        noisy.noise.std = 1;
        const auto sampling = sampled(-1, 1, 50, "random");
        const auto one = makeDataset(noisy, sampling, 9);
        noisy.noise.std = 2;
        const auto two = makeDataset(noisy, sampling, 9);
        QCOMPARE(one->trainInputs, two->trainInputs);
        for (std::size_t i = 0; i < 50; ++i)
            QCOMPARE(two->trainTargets.values[i], 2 * one->trainTargets.values[i]);
        const auto even = makeDataset(noisy, sampled(-1, 1, 50), 9);
        QCOMPARE(even->trainTargets, two->trainTargets);
    }

    void testPointsBetweenTheTrainingPoints()
    {
        auto sampling = sampled(0, 4, 5);
        sampling.testCount = 4;
        const auto data = makeDataset(target("x^2"), sampling, 1);
        QCOMPARE(data->testInputs.values, (Values {0.5, 1.5, 2.5, 3.5}));
        QCOMPARE(data->testTargets.values, (Values {0.25, 2.25, 6.25, 12.25}));
        QCOMPARE(data->testInputs.count, std::size_t(4));
    }

    void testPointsHaveTheirOwnRandomNumbers()
    {
        auto noisy = target("0");
        noisy.noise.std = 1;
        auto sampling = sampled(0, 1, 30, "random");
        const auto without = makeDataset(noisy, sampling, 2);
        sampling.testCount = 30;
        const auto data = makeDataset(noisy, sampling, 2);
        QCOMPARE(data->trainTargets, without->trainTargets);
        QCOMPARE(data->trainInputs, without->trainInputs);
        QVERIFY(std::is_sorted(data->testInputs.values.begin(), data->testInputs.values.end()));
        QVERIFY(!(data->testInputs == data->trainInputs));
        QVERIFY(!(data->testTargets == data->trainTargets));
    }

    void errors()
    {
        const auto refusal = [](const TargetSpec& config, const SamplingSpec& sampling) {
            const auto data = makeDataset(config, sampling, 1);
            return data.ok() ? std::string() : data.error().text();
        };
        const double inf = std::numeric_limits<double>::infinity(), nan = std::nan("");
        const auto good = target("x");
        QCOMPARE(refusal(good, sampled(0, 1, 2)), std::string());
        QCOMPARE(refusal(target("2*"), sampled(0, 1, 2)),
            std::string("target.formula, column 3: the formula ends too early; a number, x or a function is missing"));
        QCOMPARE(refusal(target("1/x"), sampled(-1, 1, 3)),
            std::string("target.formula: not defined at x = 0. Change the formula or the range of x."));
        QCOMPARE(refusal(good, sampled(3, -3, 5)),
            std::string("sampling.from: the range must start below its end, not run from 3 to -3"));
        QVERIFY(refusal(good, sampled(1, 1, 5)).starts_with("sampling.from:"));
        QVERIFY(refusal(good, sampled(nan, 1, 5)).starts_with("sampling."));
        QVERIFY(refusal(good, sampled(0, nan, 5)).starts_with("sampling.to:"));
        QVERIFY(refusal(good, sampled(0, inf, 5)).starts_with("sampling.to:"));
        QVERIFY(refusal(good, sampled(-inf, 0, 5)).starts_with("sampling."));
        QVERIFY(refusal(good, sampled(-1e308, 1e308, 5)).starts_with("sampling.to:"));
        QVERIFY(refusal(good, sampled(1, std::nextafter(1.0, 2.0), 5)).starts_with("sampling.from:"));
        for (int count : {1, 0, -5, 2'000'000'000})
            QVERIFY(refusal(good, sampled(0, 1, count)).starts_with("sampling.count:"));
        auto sampling = sampled(0, 1, 5);
        sampling.testCount = -1;
        QVERIFY(refusal(good, sampling).starts_with("sampling.test_count:"));
        for (double bad : {-1.0, nan, inf}) {
            auto config = good;
            config.quantise = bad;
            QVERIFY(refusal(config, sampled(0, 1, 5)).starts_with("target.quantise:"));
            config = good;
            config.noise.std = bad;
            QVERIFY(refusal(config, sampled(0, 1, 5)).starts_with("target.noise.std:"));
        }
    }

    void givenSamples()
    {
        const auto wrap = [](Values x) {
            const auto n = x.size();
            return makeDataset(SampleMatrix {n, 1, std::move(x)}, SampleMatrix {n, 1, Values(n)});
        };
        QVERIFY(wrap({0, 0.1, 0.2, 0.3}).even);
        QCOMPARE(wrap({2, 4, 6}).spacing, 2.0);
        QVERIFY(wrap({0, 1 + 1.9e-6, 2}).even); // 0.95e-6 from the steps that fit best
        QVERIFY(!wrap({0, 1 + 2.1e-6, 2}).even);
        QCOMPARE(wrap({0, 2, 1, 3}).trainInputs.values, (Values {0, 1, 2, 3}));
        QVERIFY(wrap({0, 2, 1, 3}).even);
        QVERIFY(wrap({3, 2, 1}).even); // descending
        QVERIFY(wrap({0, 0.33, 0.67, 1}).even && wrap({0, 0.33, 0.67, 1}).rounded);
        QVERIFY(!wrap({0, 0.3, 0.7, 1}).even); // a digit that is a third of the step hides too much
        QVERIFY(!wrap({0, 0.35, 0.67, 1}).even); // no rounding of thirds
        QCOMPARE(wrap({0, 0.35, 0.67, 1}).smallestStep, 0.67 - 0.35);
        QCOMPARE(wrap({0, 0, 1, 1, 2}).duplicates, std::size_t(2));
        QVERIFY(!wrap({1, 1, 1}).even);
        QVERIFY(!wrap({1}).even);
        QVERIFY(!wrap({0, std::nan(""), 2}).even);
        QVERIFY(!wrap({-1e308, 0, 1e308}).even); // its width overflows
        QVERIFY(!makeDataset(SampleMatrix {2, 2, {0, 1, 2, 3}}, SampleMatrix {2, 1, {0, 1}}).even);
        QCOMPARE(wrap({0, 1}).trainInputs.count, std::size_t(2));
        QVERIFY(wrap({0, 1}).cleanTargets.empty());
    }
};

QTEST_GUILESS_MAIN(TstDataset)
#include "tst_dataset.moc"
