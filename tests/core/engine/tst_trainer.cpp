#include "core/central_differences.h"
#include "core/engine/activation.h"
#include "core/golden_network.h"

#include <QTest>

#include <cmath>

using namespace fplab;

class TstTrainer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void golden_data();
    void golden();
    void centralDifferences_data();
    void centralDifferences();
    void weightedFourierIsParseval();
    void weightedFourierAtPositions();
    void unsymmetricWeightsAreUsedAsGiven();
    void weightedFourierAgainstTheDefinition();
};

void TstTrainer::golden_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"1-16-1_tanh_mse", "1-12-8-1_relu_mse", "1-16-1_tanh_l4", "2-8-3_tanh_softmaxce",
             "1-16-1_tanh_lwf_all1_n24", "1-12-8-1_tanh_lwf_random_n25", "1-16-1_tanh_deepritz_n33"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TstTrainer::golden()
{
    QFETCH(QString, name);
    const Golden data = fplab::golden(name);
    QVERIFY(!data.json.isEmpty());
    const auto first = data.json[u"step0"].toObject();
    const auto trainer = make(data.config, data.inputs, data.targets);
    QVERIFY(trainer);
    NetworkParams gradient;
    QVERIFY(worst(trainer->gradient(gradient), first[u"loss"].toDouble()) < 1e-12);
    QVERIFY(worst(flat(gradient), flat(network(first[u"grads"]))) < 1e-12);
    const SampleMatrix outputs = trainer->evaluateTraining();
    QVERIFY(worst(outputs.values, samples(first[u"outputs"]).values) < 1e-12);
    QVERIFY(worst(trainer->trainingLoss(), first[u"loss"].toDouble()) < 1e-12);
    if (findLoss(data.config.loss.kind)->comparesSamples())
        QVERIFY(worst(trainer->loss(outputs, data.targets), first[u"loss"].toDouble()) < 1e-12);
    QVERIFY(std::isnan(trainer->lastLoss()));

    for (const auto& method : {QStringLiteral("sgd"), QStringLiteral("adam")}) {
        const auto expected = data.json[method].toObject();
        TrainerConfig config = data.config;
        config.optimizer.kind = method.toStdString();
        config.optimizer.learningRate = expected[u"lr"].toDouble();
        const auto run = make(config, data.inputs, data.targets);
        QVERIFY(run);
        for (int step : {1, 10, 100}) {
            while (run->updates() < step)
                run->update();
            const auto after = expected[u"after"].toObject()[QString::number(step)].toObject();
            const SampleMatrix now = run->evaluateTraining();
            QVERIFY(worst(now.values, samples(after[u"outputs"]).values) < 1e-10);
            QVERIFY(worst(run->trainingLoss(), after[u"loss"].toDouble()) < 1e-10);
            if (step == 1)
                QVERIFY(worst(run->lastLoss(), first[u"loss"].toDouble()) < 1e-12);
            if (after.contains(u"params"))
                QVERIFY(worst(flat(run->params()), flat(network(after[u"params"]))) < 1e-10);
        }
    }
}

void TstTrainer::centralDifferences_data()
{
    QTest::addColumn<QString>("activation");
    QTest::addColumn<QString>("loss");
    QTest::addColumn<double>("p");
    for (const auto& activation : activations()) {
        const std::string id(activation.id);
        const auto add = [&](std::string_view loss, double p) {
            QTest::newRow((id + ' ' + std::string(loss) + ' ' + std::to_string(p)).c_str())
                << QString::fromStdString(id) << QString::fromStdString(std::string(loss)) << p;
        };
        for (const Loss& loss : losses())
            if (loss.comparesSamples())
                for (const double p : loss.power ? std::vector<double> {1.5, 3, 4} : std::vector<double> {2})
                    add(loss.id, p);
    }
}

void TstTrainer::centralDifferences()
{
    QFETCH(QString, activation);
    QFETCH(QString, loss);
    QFETCH(double, p);
    const SampleMatrix inputs = randomSamples(13, 2, 1);
    SampleMatrix targets = randomSamples(13, 2, 2);
    TrainerConfig config;
    config.sizes = {2, 5, 6, 2};
    config.activation = activation.toStdString();
    config.precision = Precision::Double;
    config.init.std = 0.5;
    config.loss.kind = loss.toStdString();
    config.loss.p = p;
    if (findLoss(config.loss.kind)->weights)
        config.lossData.weights = randomSamples(13, 1, 3).values; // not symmetric, some negative
    if (config.loss.kind == "softmax_ce")
        for (double& value : targets.values)
            value = std::abs(value);
    QCOMPARE(gradientMismatch(config, inputs, targets), QString());
}

void TstTrainer::weightedFourierIsParseval()
{
    for (std::size_t n : {1, 2, 7, 24, 600}) {
        const SampleMatrix inputs = randomSamples(n, 1, 4), targets = randomSamples(n, 2, 5);
        TrainerConfig config;
        config.sizes = {1, 30, 2};
        config.precision = Precision::Double;
        const auto mse = make(config, inputs, targets);
        config.loss.kind = "weighted_fourier";
        config.lossData.weights.assign(n, 1.0);
        const auto fourier = make(config, inputs, targets);
        QVERIFY(mse && fourier);
        NetworkParams a, b;
        QVERIFY(worst(mse->gradient(a), fourier->gradient(b)) < 1e-12);
        QVERIFY(worst(flat(a), flat(b)) < 1e-12);
    }
}

/// Even samples give the same with and without positions; only those with a weight take part.
void TstTrainer::weightedFourierAtPositions()
{
    for (std::size_t n : {2, 7, 24}) {
        const SampleMatrix inputs = randomSamples(n, 1, 4), targets = randomSamples(n, 2, 5);
        TrainerConfig config;
        config.sizes = {1, 30, 2};
        config.precision = Precision::Double;
        config.loss.kind = "weighted_fourier";
        config.lossData.weights = randomSamples(n, 1, 3).values;
        config.lossData.weights[n / 2] = config.lossData.weights[n - n / 2] = 0;
        const auto even = make(config, inputs, targets);
        for (std::size_t i = 0; i < n; ++i)
            config.lossData.positions.push_back(double(i) / double(n));
        const auto positioned = make(config, inputs, targets);
        NetworkParams a, b;
        QVERIFY(worst(even->gradient(a), positioned->gradient(b)) < 1e-13);
        QVERIFY(worst(flat(a), flat(b)) < 1e-12);
        config.lossData.positions = randomSamples(n, 1, 12).values;
        QCOMPARE(gradientMismatch(config, inputs, targets), QString());
    }
}

/// w_k and w_{n-k} count for the same |F_k| of a real residual.
void TstTrainer::unsymmetricWeightsAreUsedAsGiven()
{
    constexpr std::size_t n = 16;
    const SampleMatrix inputs = randomSamples(n, 1, 6), targets = randomSamples(n, 1, 7);
    TrainerConfig config;
    config.sizes = {1, 8, 1};
    config.precision = Precision::Double;
    config.loss.kind = "weighted_fourier";
    const auto lossWith = [&](std::size_t k) {
        config.lossData.weights.assign(n, 0.0);
        config.lossData.weights[k] = 1;
        NetworkParams gradient;
        return make(config, inputs, targets)->gradient(gradient);
    };
    double sum = 0;
    for (std::size_t k = 0; k < n; ++k) {
        QVERIFY(lossWith(k) > 0);
        QVERIFY(worst(lossWith(k), lossWith((n - k) % n)) < 1e-15);
        sum += lossWith(k);
    }
    config.loss = {};
    NetworkParams gradient;
    QVERIFY(worst(sum, make(config, inputs, targets)->gradient(gradient)) < 1e-13);
}

void TstTrainer::weightedFourierAgainstTheDefinition()
{
    for (const auto& [n, even] : {std::pair<std::size_t, bool> {9, true}, {10, true}, {9, false}, {10, false}}) {
        const SampleMatrix inputs = randomSamples(n, 1, 8), targets = randomSamples(n, 1, 9);
        TrainerConfig config;
        config.sizes = {1, 8, 1};
        config.precision = Precision::Double;
        config.loss.kind = "weighted_fourier";
        config.lossData.weights = randomSamples(n, 1, 10).values;
        if (!even)
            config.lossData.positions = randomSamples(n, 1, 11).values;
        const auto trainer = make(config, inputs, targets);
        QVERIFY(trainer);
        const SampleMatrix outputs = trainer->evaluateTraining();
        double expected = 0;
        for (std::size_t k = 0; k < n; ++k) {
            double re = 0, im = 0;
            for (std::size_t i = 0; i < n; ++i) {
                const double residual = outputs(i, 0) - targets(i, 0);
                const double at = even ? double(i) / double(n) : config.lossData.positions[i];
                const double turns
                    = 2 * k > n ? double(k) - double(n) : double(k); // the bins above n/2 are negative ones
                const double angle = 2 * M_PI * turns * at;
                re += residual * std::cos(angle) / double(n);
                im -= residual * std::sin(angle) / double(n);
            }
            expected += config.lossData.weights[k] * (re * re + im * im);
        }
        QVERIFY(worst(trainer->loss(outputs, targets), expected) < 1e-13);
        // another number of samples: the mean squared error
        const SampleMatrix two {2, 1, {1.0, 2.0}}, zero {2, 1, {0.0, 0.0}};
        QCOMPARE(trainer->loss(two, zero), 2.5);
    }
}

QTEST_GUILESS_MAIN(TstTrainer)
#include "tst_trainer.moc"
