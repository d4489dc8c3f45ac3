#include "core/base/random.h"

#include <QTest>

#include <cmath>
#include <set>
#include <vector>

using namespace fplab;

class TstRandom : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void philoxKnownAnswers();
    void sameSeedSameNumbers();
    void streamsAndSeedsDiffer();
    void seekReplays();
    void uniformMoments();
    void normalMoments();
    void belowIsUniform();
};

// Vectors of the Random123 distribution (kat_vectors, philox4x32 10).
void TstRandom::philoxKnownAnswers()
{
    using Four = std::array<std::uint32_t, 4>;
    constexpr std::uint32_t ones = 0xffffffffu;
    QVERIFY(philox4x32({0, 0, 0, 0}, {0, 0}) == (Four {0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u}));
    QVERIFY(philox4x32({ones, ones, ones, ones}, {ones, ones})
        == (Four {0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu}));
    QVERIFY(philox4x32({0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u}, {0xa4093822u, 0x299f31d0u})
        == (Four {0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u}));
}

void TstRandom::sameSeedSameNumbers()
{
    Random a(7, 3), b(7, 3);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(a.bits(), b.bits());
    Random plain(0);
    QCOMPARE(plain.bits(), 0x6627e8d5u); // counter and key all zero: the first known answer
}

void TstRandom::streamsAndSeedsDiffer()
{
    std::set<std::uint32_t> first;
    for (std::uint64_t seed : {0ull, 1ull, 1ull << 32, 1ull << 63})
        for (std::uint64_t stream : {0ull, 1ull, 2ull, 1ull << 32, 1ull << 63})
            first.insert(Random(seed, stream).bits());
    QCOMPARE(first.size(), std::size_t(20));
}

void TstRandom::seekReplays()
{
    Random random(42, RandomStream::weights);
    for (int i = 0; i < 7; ++i)
        random.bits();
    const auto position = random.position();
    QCOMPARE(position, std::uint64_t(7));
    std::vector<double> first;
    for (int i = 0; i < 20; ++i)
        first.push_back(i % 2 ? random.normal() : random.uniform());
    random.seek(position);
    for (int i = 0; i < 20; ++i)
        QVERIFY((i % 2 ? random.normal() : random.uniform()) == first[std::size_t(i)]);
    Random late(42, RandomStream::weights);
    late.seek(std::uint64_t(1) << 40);
    QVERIFY(late.bits() != Random(42, RandomStream::weights).bits());
}

void TstRandom::uniformMoments()
{
    Random random(1);
    constexpr int n = 200000;
    double sum = 0, squares = 0;
    for (int i = 0; i < n; ++i) {
        const double u = random.uniform();
        QVERIFY(u >= 0 && u < 1);
        sum += u;
        squares += u * u;
    }
    // standard errors: 0.29 / sqrt(n) and 0.30 / sqrt(n); four of them allowed
    QVERIFY(std::abs(sum / n - 0.5) < 4 * 0.2887 / std::sqrt(n));
    QVERIFY(std::abs(squares / n - 1.0 / 3) < 4 * 0.2981 / std::sqrt(n));
}

void TstRandom::normalMoments()
{
    Random random(2);
    constexpr int n = 200000;
    double moments[5] = {};
    int beyondTwo = 0;
    double product = 0, previous = 0;
    for (int i = 0; i < n; ++i) {
        const double x = random.normal();
        QVERIFY(std::isfinite(x));
        double power = 1;
        for (double& moment : moments) {
            moment += power / n;
            power *= x;
        }
        beyondTwo += std::abs(x) > 2;
        product += x * previous / n;
        previous = x;
    }
    // four standard errors of the m-th moment: sqrt(E x^2m - (E x^m)^2) / sqrt(n)
    const double root = std::sqrt(double(n));
    QVERIFY(std::abs(moments[1]) < 4 / root);
    QVERIFY(std::abs(moments[2] - 1) < 4 * std::sqrt(2.0) / root);
    QVERIFY(std::abs(moments[3]) < 4 * std::sqrt(15.0) / root);
    QVERIFY(std::abs(moments[4] - 3) < 4 * std::sqrt(96.0) / root);
    QVERIFY(std::abs(double(beyondTwo) / n - 0.0455003) < 4 * 0.2084 / root);
    QVERIFY(std::abs(product) < 4 / root);
}

void TstRandom::belowIsUniform()
{
    Random random(3);
    QCOMPARE(random.below(1), 0u);
    constexpr std::uint32_t bound = 7;
    constexpr int n = 70000;
    int counts[bound] = {};
    for (int i = 0; i < n; ++i) {
        const auto value = random.below(bound);
        QVERIFY(value < bound);
        ++counts[value];
    }
    for (int count : counts) // standard deviation sqrt(n p (1-p)) = 93
        QVERIFY(std::abs(count - n / int(bound)) < 4 * 93);
    // a bound of 3 * 2^30: without rejection the lowest third would come up half of the time
    int low = 0;
    for (int i = 0; i < n; ++i)
        low += random.below(3u << 30) < (1u << 30);
    QVERIFY(std::abs(low - n / 3) < 4 * 125);
}

QTEST_GUILESS_MAIN(TstRandom)
#include "tst_random.moc"
