#include "core/trainer_data.h"
#include "support/counting_malloc.h"

#include <QTest>

#include <cmath>

using namespace fplab;

/// A training step allocates nothing, whatever is trained.
class TstAllocation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theCounterCounts();
    void updateAllocatesNothing_data();
    void updateAllocatesNothing();
};

void TstAllocation::theCounterCounts()
{
    if (!counting_malloc::works)
        QSKIP("malloc cannot be replaced here");
    const long before = counting_malloc::calls;
    const auto trainer = make({.sizes = {1, 8, 1}}, randomSamples(20, 1, 1), randomSamples(20, 1, 2));
    QVERIFY(counting_malloc::calls > before + 10); // vectors and matrices
    const long made = counting_malloc::calls;
    (void)trainer->evaluateTraining();
    QVERIFY(counting_malloc::calls > made);
}

void TstAllocation::updateAllocatesNothing_data()
{
    QTest::addColumn<std::vector<int>>("sizes");
    QTest::addColumn<int>("samples");
    QTest::addColumn<int>("batch");
    QTest::addColumn<QString>("loss");
    QTest::newRow("small") << std::vector<int> {1, 32, 32, 1} << 201 << 0 << QStringLiteral("mse");
    QTest::newRow("one hidden layer") << std::vector<int> {1, 2000, 1} << 201 << 0 << QStringLiteral("mse");
    QTest::newRow("no hidden layer") << std::vector<int> {3, 2} << 201 << 0 << QStringLiteral("mse");
    QTest::newRow("many chunks") << std::vector<int> {2, 100, 90, 1} << 1201 << 0 << QStringLiteral("lp");
    QTest::newRow("mini-batches") << std::vector<int> {2, 100, 90, 1} << 500 << 120 << QStringLiteral("mse");
    QTest::newRow("classes") << std::vector<int> {20, 60, 40, 10} << 700 << 0 << QStringLiteral("softmax_ce");
    QTest::newRow("weighted Fourier") << std::vector<int> {1, 60, 60, 1} << 600 << 0
                                      << QStringLiteral("weighted_fourier");
    QTest::newRow("weighted Fourier, one layer")
        << std::vector<int> {1, 900, 1} << 600 << 0 << QStringLiteral("weighted_fourier");
    QTest::newRow("Deep Ritz") << std::vector<int> {1, 120, 50, 1} << 401 << 0 << QStringLiteral("deep_ritz");
    QTest::newRow("Deep Ritz, one layer") << std::vector<int> {1, 500, 1} << 401 << 0 << QStringLiteral("deep_ritz");
}

void TstAllocation::updateAllocatesNothing()
{
    if (!counting_malloc::works)
        QSKIP("malloc cannot be replaced here");
    QFETCH(std::vector<int>, sizes);
    QFETCH(int, samples);
    QFETCH(int, batch);
    QFETCH(QString, loss);
    const auto inputs = randomSamples(std::size_t(samples), std::size_t(sizes.front()), 1);
    auto targets = randomSamples(std::size_t(samples), std::size_t(sizes.back()), 2);
    TrainerConfig config;
    config.sizes = sizes;
    config.batch = std::size_t(batch);
    config.loss.kind = loss.toStdString();
    config.loss.p = 3;
    config.lossData.dx = 0.01;
    if (findLoss(config.loss.kind)->weights)
        config.lossData.weights.assign(std::size_t(samples), 1.0);
    if (config.loss.kind == "softmax_ce")
        for (double& value : targets.values)
            value = std::abs(value);
    for (const auto precision : {Precision::Float, Precision::Double}) {
        for (const Optimizer& optimizer : optimizers()) {
            for (const int threads : {1, 2, 4}) {
                config.precision = precision;
                config.optimizer.kind = optimizer.id;
                config.threads = threads;
                const auto trainer = make(config, inputs, targets);
                QVERIFY(trainer);
                if (threads > 1)
                    trainer->update(); // the C library may set up a thread at its first wait
                const long before = counting_malloc::calls;
                for (int i = 0; i < 5; ++i)
                    trainer->update();
                QCOMPARE(long(counting_malloc::calls), before);
                QVERIFY(std::isfinite(trainer->lastLoss()));
            }
        }
    }
}

QTEST_GUILESS_MAIN(TstAllocation)
#include "tst_allocation.moc"
