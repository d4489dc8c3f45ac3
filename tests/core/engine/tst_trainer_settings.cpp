#include "core/trainer_data.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>

using namespace fplab;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

TrainerConfig smallConfig()
{
    TrainerConfig config;
    config.sizes = {1, 6, 1};
    config.precision = Precision::Double;
    return config;
}

NetworkParams layer(std::size_t outputs, std::size_t inputs, double value)
{
    return {{std::vector<std::vector<double>>(outputs, std::vector<double>(inputs, value)),
        std::vector<double>(outputs, value)}};
}

/// One linear neuron h = 0 x + 0 for the targets 1, 2, 4 ...: the bias gradient of a batch of one tells which sample it
/// was.
struct OneNeuron {
    TrainerConfig config;
    SampleMatrix inputs, targets;

    explicit OneNeuron(std::size_t n)
        : inputs {n, 1, std::vector<double>(n, 0.0)}
        , targets {n, 1, {}}
    {
        config.sizes = {1, 1};
        config.precision = Precision::Double;
        config.init.kind = "explicit";
        config.init.params = layer(1, 1, 0);
        config.optimizer.kind = "gd";
        config.optimizer.learningRate = 0;
        for (std::size_t i = 0; i < n; ++i)
            targets.values.push_back(double(i + 1));
    }
};

} // namespace

class TstTrainerSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void errorsNameThePath_data();
    void errorsNameThePath();
    void shapesAreToldInErrors();
    void initialisation();
    void precisionsStartAlike();
    void everyEpochTakesEachSampleOnce();
    void lastBatchOfAnEpochMayBeSmaller();
    void otherKindOfOptimizerClearsMoments();
    void lossChangesLive();
    void learningRateChangesLive();
    void momentumByHand();
    void softmaxIsStable();
    void largestParameterFindsTrouble();
    void divergenceIsNotHidden();
};

using Change = std::function<void(TrainerConfig&, SampleMatrix&, SampleMatrix&)>;

void TstTrainerSettings::errorsNameThePath_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("path");
    const auto add = [](const char* name, const char* path, Change change) {
        QTest::newRow(name) << change << QString::fromLatin1(path);
    };
    using C = TrainerConfig;
    using S = SampleMatrix;
    add("activation", "network.activation", [](C& c, S&, S&) { c.activation = "softsign"; });
    add("initial weights", "network.init.kind", [](C& c, S&, S&) { c.init.kind = "Normal"; });
    add("loss", "loss.kind", [](C& c, S&, S&) { c.loss.kind = "huge"; });
    add("optimizer", "optimizer.kind", [](C& c, S&, S&) { c.optimizer.kind = "adm"; });
    add("one layer", "network.hidden", [](C& c, S&, S&) { c.sizes = {1}; });
    add("empty layer", "network.hidden", [](C& c, S&, S&) { c.sizes = {1, 0, 1}; });
    add("too large", "network.hidden", [](C& c, S&, S&) { c.sizes = {1, 8000, 8000, 1}; });
    add("far too large", "network.hidden", [](C& c, S&, S&) { c.sizes.assign(5, 2147483647); });
    add("no samples", "data.inputs", [](C&, S& x, S& y) { x = y = {}; });
    add("input width", "data.inputs", [](C& c, S&, S&) { c.sizes = {2, 6, 1}; });
    add("output width", "data.targets", [](C& c, S&, S&) { c.sizes = {1, 6, 3}; });
    add("fewer targets", "data.targets", [](C&, S&, S& y) {
        y.values.pop_back();
        --y.count;
    });
    add("missing values", "data.inputs", [](C&, S& x, S&) { x.values.pop_back(); });
    add("input not finite", "data.inputs[3][0]", [](C&, S& x, S&) { x.values[3] = INFINITY; });
    add("target not finite", "data.targets[4][0]", [](C&, S&, S& y) { y.values[4] = notANumber; });
    add("batch", "batch", [](C& c, S&, S&) { c.batch = 11; });
    add("weighted Fourier in batches", "batch", [](C& c, S&, S&) {
        c.loss.kind = "weighted_fourier";
        c.lossData.weights.assign(10, 1.0);
        c.batch = 5;
    });
    add("number of weights", "loss.weights", [](C& c, S&, S&) {
        c.loss.kind = "weighted_fourier";
        c.lossData.weights.assign(9, 1.0);
    });
    add("weight not finite", "loss.weights", [](C& c, S&, S&) {
        c.loss.kind = "weighted_fourier";
        c.lossData.weights.assign(10, notANumber);
    });
    add("p", "loss.p", [](C& c, S&, S&) {
        c.loss.kind = "lp";
        c.loss.p = 0.5;
    });
    add("std", "network.init.std", [](C& c, S&, S&) { c.init.std = notANumber; });
    add("learning rate", "optimizer.learning_rate", [](C& c, S&, S&) { c.optimizer.learningRate = notANumber; });
    const auto explicitly = [](std::function<void(NetworkParams&)> spoil) {
        return [spoil](C& c, S&, S&) {
            c.init.kind = "explicit";
            NetworkParams params {layer(6, 1, 0.1)[0], layer(1, 6, 0.1)[0]};
            spoil(params);
            c.init.params = params;
        };
    };
    add("layers", "network.init.params", explicitly([](NetworkParams& p) { p.pop_back(); }));
    add("rows of W", "network.init.params[0].W", explicitly([](NetworkParams& p) { p[0].W.pop_back(); }));
    add("a row of W", "network.init.params[1].W", explicitly([](NetworkParams& p) { p[1].W[0].push_back(1); }));
    add("b", "network.init.params[1].b", explicitly([](NetworkParams& p) { p[1].b.clear(); }));
    add("W not finite", "network.init.params[0].W", explicitly([](NetworkParams& p) { p[0].W[2][0] = notANumber; }));
    add("b not finite", "network.init.params[0].b", explicitly([](NetworkParams& p) { p[0].b[2] = notANumber; }));
}

void TstTrainerSettings::errorsNameThePath()
{
    QFETCH(Change, change);
    QFETCH(QString, path);
    TrainerConfig config = smallConfig();
    SampleMatrix inputs = randomSamples(10, 1, 1), targets = randomSamples(10, 1, 2);
    QVERIFY(makeTrainer(config, inputs, targets).ok());
    change(config, inputs, targets);
    const auto made = makeTrainer(config, inputs, targets);
    QVERIFY(!made);
    QCOMPARE(QString::fromStdString(made.error().path), path);
    QVERIFY(!made.error().what.empty());
}

void TstTrainerSettings::shapesAreToldInErrors()
{
    TrainerConfig config = smallConfig();
    config.init.kind = "explicit";
    config.init.params = NetworkParams {layer(6, 1, 0.1)[0], layer(2, 6, 0.1)[0]};
    const auto made = makeTrainer(config, randomSamples(10, 1, 1), randomSamples(10, 1, 2));
    QVERIFY(!made);
    QCOMPARE(QString::fromStdString(made.error().what), QStringLiteral("found 2 x 6, expected 1 x 6"));
}

void TstTrainerSettings::initialisation()
{
    TrainerConfig config = smallConfig();
    config.sizes = {40, 300, 1};
    const SampleMatrix inputs = randomSamples(3, 40, 1), targets = randomSamples(3, 1, 2);
    struct Moments {
        double mean, std, largest;
    };
    const auto moments = [](const std::vector<double>& values) {
        double sum = 0, squares = 0, largest = 0;
        for (double value : values) {
            sum += value;
            squares += value * value;
            largest = std::max(largest, std::abs(value));
        }
        const auto n = double(values.size());
        return Moments {sum / n, std::sqrt(squares / n), largest};
    };
    const auto first = [&](const char* kind) {
        config.init.kind = kind;
        config.init.std = 0.3;
        config.init.biasStd = 0.05;
        const NetworkParams params = make(config, inputs, targets)->params();
        return std::pair(moments(flat({{params[0].W, {}}})), moments(params[0].b));
    };
    // 12 000 weights, 300 biases: four standard errors of a normal std are 2.6 % and 16 %
    const auto [normal, normalBias] = first("normal");
    QVERIFY(std::abs(normal.std / 0.3 - 1) < 0.026 && std::abs(normal.mean) < 4 * 0.3 / std::sqrt(12000));
    QVERIFY(std::abs(normalBias.std / 0.05 - 1) < 0.16 && normal.largest > 0.9);
    const auto [uniform, uniformBias] = first("uniform");
    QVERIFY(std::abs(uniform.std * std::sqrt(3.0) / 0.3 - 1) < 0.02 && uniform.largest <= 0.3);
    QVERIFY(uniformBias.largest <= 0.05 && uniformBias.largest > 0.045);
    const auto [glorot, glorotBias] = first("glorot");
    const double bound = std::sqrt(6.0 / 340);
    QVERIFY(std::abs(glorot.std * std::sqrt(3.0) / bound - 1) < 0.02 && glorot.largest <= bound);
    QVERIFY(glorotBias.largest == 0);
    const auto [he, heBias] = first("he");
    QVERIFY(std::abs(he.std / std::sqrt(2.0 / 40) - 1) < 0.026 && heBias.largest == 0);

    config.seed = 43;
    QVERIFY(first("he").first.mean != he.mean);
}

void TstTrainerSettings::precisionsStartAlike()
{
    TrainerConfig config = smallConfig();
    const SampleMatrix inputs = randomSamples(3, 1, 1), targets = randomSamples(3, 1, 2);
    const auto twice = flat(make(config, inputs, targets)->params());
    config.precision = Precision::Float;
    const auto single = flat(make(config, inputs, targets)->params());
    QCOMPARE(twice.size(), std::size_t(19));
    for (std::size_t i = 0; i < twice.size(); ++i)
        QVERIFY(single[i] == double(float(twice[i])));

    // the order of drawing is part of the file format: layers, rows of W, then b
    Random random(config.seed, RandomStream::weights);
    for (double value : twice)
        QVERIFY(value == 0.1 * random.normal());
}

void TstTrainerSettings::everyEpochTakesEachSampleOnce()
{
    OneNeuron data(12);
    data.config.batch = 1;
    const auto trainer = make(data.config, data.inputs, data.targets);
    std::vector<std::vector<long>> epochs;
    for (int epoch = 0; epoch < 3; ++epoch) {
        std::vector<long> seen;
        for (int i = 0; i < 12; ++i) {
            trainer->update();
            seen.push_back(std::lround(std::sqrt(trainer->lastLoss())));
        }
        epochs.push_back(seen);
        std::ranges::sort(seen);
        for (long i = 0; i < 12; ++i)
            QCOMPARE(seen[std::size_t(i)], i + 1);
    }
    QVERIFY(epochs[0] != epochs[1] && epochs[1] != epochs[2]);
}

void TstTrainerSettings::lastBatchOfAnEpochMayBeSmaller()
{
    OneNeuron data(7);
    data.config.batch = 3;
    const auto trainer = make(data.config, data.inputs, data.targets);
    double sum = 0;
    for (int size : {3, 3, 1}) { // the loss is the mean over the batch, whatever its size
        trainer->update();
        sum += trainer->lastLoss() * size;
    }
    QVERIFY(std::abs(sum - (1 + 4 + 9 + 16 + 25 + 36 + 49)) < 1e-12);
    trainer->setBatch(0);
    trainer->update();
    QVERIFY(std::abs(trainer->lastLoss() - 140.0 / 7) < 1e-12);
    QCOMPARE(trainer->config().batch, std::size_t(0));
    trainer->setBatch(100);
    trainer->update();
    QVERIFY(std::abs(trainer->lastLoss() - 140.0 / 7) < 1e-12);
}

void TstTrainerSettings::otherKindOfOptimizerClearsMoments()
{
    const SampleMatrix inputs = randomSamples(10, 1, 1), targets = randomSamples(10, 1, 2);
    TrainerConfig config = smallConfig();
    const auto run = [&](bool there, bool back) {
        const auto trainer = make(config, inputs, targets);
        for (int i = 0; i < 5; ++i)
            trainer->update();
        OptimizerSpec other = config.optimizer;
        other.kind = "momentum";
        if (there)
            trainer->setOptimizer(other);
        if (back)
            trainer->setOptimizer(config.optimizer);
        trainer->update();
        return trainer->params();
    };
    QVERIFY(run(false, false) == run(false, true)); // the same kind again keeps all
    QVERIFY(run(false, false) != run(true, true)); // by way of another kind the moments are new

    // a first Adam step moves each parameter by the learning rate in the direction of its gradient
    const auto trainer = make(config, inputs, targets);
    for (int i = 0; i < 5; ++i)
        trainer->update();
    OptimizerSpec descent = config.optimizer;
    descent.kind = "gd";
    trainer->setOptimizer(descent);
    trainer->setOptimizer(config.optimizer);
    const auto before = flat(trainer->params());
    NetworkParams gradient;
    static_cast<void>(trainer->gradient(gradient));
    trainer->update();
    const auto after = flat(trainer->params()), g = flat(gradient);
    for (std::size_t i = 0; i < g.size(); ++i)
        QVERIFY(std::abs(after[i] - before[i] + 1e-3 * g[i] / (std::abs(g[i]) + 1e-8)) < 1e-12);
    QCOMPARE(trainer->updates(), std::int64_t(6));
}

void TstTrainerSettings::lossChangesLive()
{
    OneNeuron data(4); // residuals -1, -2, -3, -4
    const auto trainer = make(data.config, data.inputs, data.targets);
    const auto lossNow = [&](const LossSpec& loss, const LossData& more = {}) {
        trainer->setLoss(loss, more);
        trainer->update();
        return trainer->lastLoss();
    };
    QVERIFY(std::abs(lossNow({.kind = "mse"}) - 7.5) < 1e-14);
    QVERIFY(std::abs(lossNow({.kind = "lp", .p = 1}) - 2.5) < 1e-14);
    QVERIFY(std::abs(lossNow({.kind = "lp", .p = 3}) - 25) < 1e-13);
    QVERIFY(std::abs(lossNow({.kind = "weighted_fourier"}, {.weights = {1, 0, 0, 0}}) - 6.25) < 1e-14);
    QVERIFY(std::abs(lossNow({.kind = "weighted_fourier"}, {.weights = {1, 1, 1, 1}}) - 7.5) < 1e-14);
    QVERIFY(std::abs(lossNow({.kind = "mse"}) - 7.5) < 1e-14);
    QVERIFY(trainer->config().loss.kind == "mse");
}

void TstTrainerSettings::learningRateChangesLive()
{
    OneNeuron data(1); // h = b, gradient 2 (b - 1)
    const auto trainer = make(data.config, data.inputs, data.targets);
    trainer->update();
    QVERIFY(trainer->params()[0].b[0] == 0);
    trainer->setLearningRate(0.25);
    QVERIFY(trainer->config().optimizer.learningRate == 0.25);
    trainer->update();
    QVERIFY(trainer->params()[0].b[0] == 0.5);
    QVERIFY(trainer->lastLoss() == 1);
    trainer->update();
    QVERIFY(trainer->params()[0].b[0] == 0.75);
    QVERIFY(trainer->lastLoss() == 0.25);
}

void TstTrainerSettings::momentumByHand()
{
    OneNeuron data(1);
    data.config.optimizer.kind = "momentum";
    data.config.optimizer.learningRate = 0.125;
    data.config.optimizer.momentum = 0.5;
    const auto trainer = make(data.config, data.inputs, data.targets);
    double b = 0, v = 0;
    for (int i = 0; i < 10; ++i) {
        v = 0.5 * v + 2 * (b - 1);
        b -= 0.125 * v;
        trainer->update();
        QVERIFY(std::abs(trainer->params()[0].b[0] - b) < 1e-15);
    }
    trainer->setLearningRate(0.25); // keeps the velocity
    v = 0.5 * v + 2 * (b - 1);
    b -= 0.25 * v;
    trainer->update();
    QVERIFY(std::abs(trainer->params()[0].b[0] - b) < 1e-15);
}

void TstTrainerSettings::softmaxIsStable()
{
    TrainerConfig config = smallConfig();
    config.sizes = {1, 3};
    config.loss.kind = "softmax_ce";
    const SampleMatrix inputs {1, 1, {0.0}}, targets {1, 3, {0.0, 1.0, 0.0}};
    const auto trainer = make(config, inputs, targets);
    const SampleMatrix huge {1, 3, {5000.0, 4990.0, -1e300}};
    QVERIFY(std::abs(trainer->loss(huge, targets) - (10 + std::log1p(std::exp(-10.0)))) < 1e-12);
    const SampleMatrix equal {1, 3, {-800.0, -800.0, -800.0}};
    QVERIFY(std::abs(trainer->loss(equal, targets) - std::log(3.0)) < 1e-15);
}

void TstTrainerSettings::largestParameterFindsTrouble()
{
    OneNeuron data(1);
    NetworkParams params {{{{-7}}, {3}}};
    data.config.init.params = params;
    const auto trainer = make(data.config, data.inputs, data.targets);
    QVERIFY(trainer->largestParameter() == 7);
    data.config.precision = Precision::Float;
    params[0].b[0] = 1e39; // not a float
    data.config.init.params = params;
    QVERIFY(std::isnan(make(data.config, data.inputs, data.targets)->largestParameter()));
}

/// What overflows becomes inf or NaN, for those who watch, in every activation.
void TstTrainerSettings::divergenceIsNotHidden()
{
    for (const char* activation : {"tanh", "relu", "sigmoid", "sin", "ricker", "identity"}) {
        TrainerConfig config = smallConfig();
        config.activation = activation;
        config.precision = Precision::Float;
        config.optimizer.kind = "gd";
        config.optimizer.learningRate = 1e30;
        const auto trainer = make(config, randomSamples(10, 1, 1), randomSamples(10, 1, 2));
        for (int i = 0; i < 20; ++i)
            trainer->update();
        QVERIFY(!std::isfinite(trainer->lastLoss()));
        QVERIFY(std::isnan(trainer->largestParameter()));
    }
}

QTEST_GUILESS_MAIN(TstTrainerSettings)
#include "tst_trainer_settings.moc"
