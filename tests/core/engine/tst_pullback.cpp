#include "core/engine/activation.h"
#include "core/trainer_data.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <string>

using namespace fplab;

namespace {

/// sum_ij G_ij h_j(x_i)
double product(Trainer& trainer, const SampleMatrix& inputs, const SampleMatrix& G)
{
    const SampleMatrix outputs = trainer.evaluate(inputs);
    double sum = 0;
    for (std::size_t i = 0; i < G.values.size(); ++i)
        sum += G.values[i] * outputs.values[i];
    return sum;
}

struct Shape {
    const char* name;
    std::vector<int> sizes;
    std::size_t samples;
    const char* loss;
    std::size_t batch = 0;
};

const std::vector<Shape>& shapes()
{
    static const std::vector<Shape> rows {
        {"1-H-1", {1, 70, 1}, 1200, "mse"},
        {"deep", {2, 60, 50, 40, 3}, 700, "mse"},
        {"no hidden layer", {3, 2}, 20, "softmax_ce"},
        {"mini-batches", {1, 90, 80, 1}, 300, "lp", 64},
        {"whole batch", {1, 40, 40, 1}, 201, "weighted_fourier"},
        {"whole batch, many chunks", {1, 300, 1}, 1500, "weighted_fourier"},
        {"slopes", {1, 60, 50, 1}, 401, "deep_ritz"},
        {"slopes, one layer", {1, 300, 1}, 401, "deep_ritz"},
    };
    return rows;
}

void addShapes()
{
    QTest::addColumn<int>("shape");
    QTest::addColumn<int>("precision");
    for (std::size_t i = 0; i < shapes().size(); ++i)
        for (const auto& [precision, name] : {std::pair(Precision::Float, " float"), {Precision::Double, " double"}})
            QTest::newRow((std::string(shapes()[i].name) + name).c_str()) << int(i) << int(precision);
}

struct Case {
    TrainerConfig config;
    SampleMatrix inputs, targets, outputGradient; ///< of the training samples
    SampleMatrix otherInputs, otherGradient;
};

Case fetchCase()
{
    QFETCH(int, shape);
    QFETCH(int, precision);
    const Shape& row = shapes()[std::size_t(shape)];
    const auto in = std::size_t(row.sizes.front()), out = std::size_t(row.sizes.back());
    Case data {.config = {.sizes = row.sizes},
        .inputs = randomSamples(row.samples, in, 1),
        .targets = randomSamples(row.samples, out, 2),
        .outputGradient = randomSamples(row.samples, out, 3),
        .otherInputs = randomSamples(row.samples + 333, in, 4),
        .otherGradient = randomSamples(row.samples + 333, out, 5)};
    std::ranges::sort(data.inputs.values);
    for (double& value : data.targets.values)
        value = std::abs(value);
    data.config.loss.kind = row.loss;
    data.config.lossData.dx = 0.005;
    if (findLoss(row.loss)->weights)
        data.config.lossData.weights = randomSamples(row.samples, 1, 6).values;
    data.config.batch = row.batch;
    data.config.precision = Precision(precision);
    return data;
}

} // namespace

class TstPullback : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void againstDifferences_data();
    void againstDifferences();
    void ofTheLossItIsTheGradient();
    void threadsDoNotMatter_data() { addShapes(); }
    void threadsDoNotMatter();
    void updatesStayAsTheyAre_data() { addShapes(); }
    void updatesStayAsTheyAre();
    void ofNoSamplesItIsZero();
};

void TstPullback::againstDifferences_data()
{
    QTest::addColumn<QString>("activation");
    QTest::addColumn<std::vector<int>>("sizes");
    for (const auto& activation : activations()) {
        const std::string id(activation.id);
        const auto add = [&](const char* name, std::vector<int> sizes) {
            QTest::newRow((id + ' ' + name).c_str()) << QString::fromStdString(id) << sizes;
        };
        add("1-1", {1, 1});
        add("1-7-1", {1, 7, 1});
        add("2-5-3", {2, 5, 3});
        add("1-6-5-1", {1, 6, 5, 1});
        add("3-4-5-6-2", {3, 4, 5, 6, 2});
    }
}

void TstPullback::againstDifferences()
{
    QFETCH(QString, activation);
    QFETCH(std::vector<int>, sizes);
    TrainerConfig config;
    config.sizes = sizes;
    config.activation = activation.toStdString();
    config.init.std = 0.5;
    config.precision = Precision::Double;
    const auto in = std::size_t(sizes.front()), out = std::size_t(sizes.back());
    const SampleMatrix inputs = randomSamples(13, in, 1), targets = randomSamples(13, out, 2);
    const SampleMatrix others = randomSamples(9, in, 7), G = randomSamples(13, out, 3), H = randomSamples(9, out, 4);
    const auto trainer = make(config, inputs, targets);
    QVERIFY(trainer);
    const auto ofTraining = flat(trainer->pullback(G)), ofOthers = flat(trainer->pullback(others, H));
    config.precision = Precision::Float;
    const auto ofFloat = flat(make(config, inputs, targets)->pullback(G));
    config.precision = Precision::Double;

    config.init.kind = "explicit";
    NetworkParams params = trainer->params();
    std::vector<double*> entries;
    for (auto& layer : params) {
        for (auto& row : layer.W)
            for (double& value : row)
                entries.push_back(&value);
        for (double& value : layer.b)
            entries.push_back(&value);
    }
    QCOMPARE(ofTraining.size(), entries.size());
    const double scale = std::abs(*std::ranges::max_element(ofTraining, {}, [](double v) { return std::abs(v); }));
    QVERIFY(scale > 0.01);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const double middle = *entries[i];
        const auto at = [&](double shift) {
            *entries[i] = middle + shift;
            config.init.params = params;
            *entries[i] = middle;
            const auto moved = make(config, inputs, targets);
            return std::pair(product(*moved, inputs, G), product(*moved, others, H));
        };
        constexpr double h = 1e-4;
        const auto a = at(h), b = at(-h), c = at(2 * h), d = at(-2 * h);
        QVERIFY(std::abs((8 * (a.first - b.first) - (c.first - d.first)) / (12 * h) - ofTraining[i]) < 1e-6 * scale);
        QVERIFY(std::abs((8 * (a.second - b.second) - (c.second - d.second)) / (12 * h) - ofOthers[i]) < 1e-6 * scale);
        QVERIFY(std::abs(ofFloat[i] - ofTraining[i]) < 1e-5 * scale);
    }
}

/// dLoss/dh of the mean squared error, pulled back, is the gradient of the loss, bit for bit.
void TstPullback::ofTheLossItIsTheGradient()
{
    for (const auto precision : {Precision::Float, Precision::Double}) {
        const SampleMatrix inputs = randomSamples(1300, 2, 1), targets = randomSamples(1300, 2, 2);
        const auto trainer = make({.sizes = {2, 60, 50, 2}, .precision = precision}, inputs, targets);
        QVERIFY(trainer);
        trainer->update();
        SampleMatrix G = trainer->evaluateTraining();
        for (std::size_t i = 0; i < G.values.size(); ++i)
            G.values[i] = 1 / 1300.0 * (2 * (G.values[i] - targets.values[i]));
        NetworkParams gradient;
        static_cast<void>(trainer->gradient(gradient));
        QVERIFY(trainer->pullback(G) == gradient);
    }
}

void TstPullback::threadsDoNotMatter()
{
    Case data = fetchCase();
    std::vector<NetworkParams> found;
    for (const int threads : {1, 2, 3, 4, 1}) {
        data.config.threads = threads;
        const auto trainer = make(data.config, data.inputs, data.targets);
        QVERIFY(trainer);
        trainer->update();
        const NetworkParams ofTraining = trainer->pullback(data.outputGradient);
        QVERIFY(trainer->pullback(data.inputs, data.outputGradient) == ofTraining);
        found.push_back(ofTraining);
        found.push_back(trainer->pullback(data.otherInputs, data.otherGradient));
    }
    for (std::size_t i = 2; i < found.size(); ++i)
        QVERIFY(found[i] == found[i % 2]);
}

void TstPullback::updatesStayAsTheyAre()
{
    Case data = fetchCase();
    data.config.threads = 2;
    const auto watched = make(data.config, data.inputs, data.targets);
    const auto alone = make(data.config, data.inputs, data.targets);
    QVERIFY(watched && alone);
    for (int i = 0; i < 6; ++i) {
        static_cast<void>(watched->pullback(data.outputGradient));
        watched->update();
        static_cast<void>(watched->pullback(data.otherInputs, data.otherGradient));
        alone->update();
    }
    QVERIFY(watched->state() == alone->state());
    QVERIFY(watched->lastLoss() == alone->lastLoss());
}

void TstPullback::ofNoSamplesItIsZero()
{
    const auto trainer = make({.sizes = {1, 3, 1}}, randomSamples(5, 1, 1), randomSamples(5, 1, 2));
    trainer->update(); // leaves a gradient
    const auto none = flat(trainer->pullback({0, 1, {}}, {0, 1, {}}));
    QCOMPARE(none.size(), std::size_t(10));
    QVERIFY(std::ranges::all_of(none, [](double value) { return value == 0; }));
}

QTEST_GUILESS_MAIN(TstPullback)
#include "tst_pullback.moc"
