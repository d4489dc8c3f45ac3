#include "core/central_differences.h"
#include "core/engine/activation.h"

#include <QTest>

#include <cmath>

using namespace fplab;

namespace {

/// A Deep Ritz problem on `points` even points of [-1, 1] with g = sin(3x) + x.
struct Problem {
    explicit Problem(std::size_t points)
        : inputs {points, 1, {}}
        , g {points, 1, {}}
    {
        config.loss.kind = "deep_ritz";
        config.lossData.dx = 2.0 / static_cast<double>(points - 1);
        config.precision = Precision::Double;
        config.init.std = 0.7;
        for (std::size_t i = 0; i < points; ++i) {
            const double x = -1 + config.lossData.dx * static_cast<double>(i);
            inputs.values.push_back(x);
            g.values.push_back(std::sin(3 * x) + x);
        }
    }
    TrainerConfig config;
    SampleMatrix inputs, g;
};

} // namespace

class TstDeepRitz : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gradientAgainstDifferences_data();
    void gradientAgainstDifferences();
    void energyOfALine();
    void slopeIsExact();
    void sameBitsForAnyThreads_data();
    void sameBitsForAnyThreads();
    void trainsToTheBestLine();
    void refusesOtherShapes();
};

void TstDeepRitz::gradientAgainstDifferences_data()
{
    QTest::addColumn<QString>("activation");
    for (const auto& activation : activations())
        QTest::newRow(activation.id.data())
            << QString::fromLatin1(activation.id.data(), qsizetype(activation.id.size()));
}

void TstDeepRitz::gradientAgainstDifferences()
{
    QFETCH(QString, activation);
    Problem problem(11);
    problem.config.sizes = {1, 5, 6, 4, 1};
    problem.config.activation = activation.toStdString();
    QCOMPARE(gradientMismatch(problem.config, problem.inputs, problem.g), QString());
}

/// h(x) = a x + b without a hidden layer: everything is known in closed form.
void TstDeepRitz::energyOfALine()
{
    Problem problem(21);
    problem.config.sizes = {1, 1};
    problem.config.lossData.beta = 3;
    problem.config.init.kind = "explicit";
    const double a = 0.7, b = -0.4;
    problem.config.init.params = NetworkParams {{{{a}}, {b}}};
    double expected = 3 * ((b - a) * (b - a) + (b + a) * (b + a));
    for (std::size_t i = 1; i < 20; ++i)
        expected += (a * a / 2 - problem.g.values[i] * (a * problem.inputs.values[i] + b)) * 0.1;
    const auto trainer = make(problem.config, problem.inputs, problem.g);
    QVERIFY(trainer);
    QVERIFY(std::abs(trainer->trainingLoss() - expected) < 1e-13);
}

/// With g = 0 and beta = 0 the energy is the sum of h'^2 dx / 2; one hidden neuron has h' = v w (1 - tanh^2).
void TstDeepRitz::slopeIsExact()
{
    Problem problem(9);
    problem.config.sizes = {1, 1, 1};
    problem.config.lossData.beta = 0;
    problem.g.values.assign(9, 0.0);
    const double w = 1.3, c = 0.2, v = -2.1;
    problem.config.init.kind = "explicit";
    problem.config.init.params = NetworkParams {{{{w}}, {c}}, {{{v}}, {0.5}}};
    double expected = 0;
    for (std::size_t i = 1; i < 8; ++i) {
        const double t = std::tanh(w * problem.inputs.values[i] + c);
        expected += std::pow(v * w * (1 - t * t), 2) / 2 * 0.25;
    }
    const auto trainer = make(problem.config, problem.inputs, problem.g);
    QVERIFY(trainer);
    QVERIFY(std::abs(trainer->trainingLoss() - expected) < 1e-13);
}

void TstDeepRitz::sameBitsForAnyThreads_data()
{
    QTest::addColumn<int>("precision");
    QTest::newRow("float") << int(Precision::Float);
    QTest::newRow("double") << int(Precision::Double);
}

void TstDeepRitz::sameBitsForAnyThreads()
{
    QFETCH(int, precision);
    Problem problem(401);
    problem.config.sizes = {1, 60, 50, 1};
    problem.config.precision = Precision(precision);
    std::vector<std::vector<double>> found;
    for (int threads : {1, 2, 4}) {
        problem.config.threads = threads;
        const auto trainer = make(problem.config, problem.inputs, problem.g);
        QVERIFY(trainer);
        for (int i = 0; i < 20; ++i) {
            trainer->update();
            if (threads == 2) { // looking changes nothing
                (void)trainer->evaluateTraining();
                (void)trainer->trainingLoss();
            }
        }
        found.push_back(flat(trainer->params()));
    }
    QVERIFY(found[0] == found[1]);
    QVERIFY(found[0] == found[2]);
}

/// Without a hidden layer the minimiser of the sum is known.
void TstDeepRitz::trainsToTheBestLine()
{
    Problem problem(41);
    problem.config.sizes = {1, 1};
    problem.config.init.kind = "explicit";
    problem.config.init.params = NetworkParams {{{{0.5}}, {0.3}}};
    problem.config.optimizer = {.kind = "gd", .learningRate = 0.02};
    for (std::size_t i = 0; i < 41; ++i)
        problem.g.values[i] = problem.inputs.values[i]; // -u'' = x: u = (x - x^3) / 6, u'(1) = -1/3
    const auto trainer = make(problem.config, problem.inputs, problem.g);
    QVERIFY(trainer);
    for (int i = 0; i < 2000; ++i)
        trainer->update();
    // Among lines h = a x + b: dE/da = sum (a - x^2) dx + 4 beta a = 0 and b = 0.
    double sum = 0;
    for (std::size_t i = 1; i < 40; ++i)
        sum += std::pow(problem.inputs.values[i], 2) * 0.05;
    const auto line = trainer->params().front();
    QVERIFY(std::abs(line.W[0][0] - sum / (39 * 0.05 + 40)) < 1e-12);
    QVERIFY(std::abs(line.b[0]) < 1e-12);
}

void TstDeepRitz::refusesOtherShapes()
{
    Problem problem(11);
    problem.config.sizes = {1, 4, 1};
    auto two = problem.config;
    two.sizes = {2, 4, 1};
    QVERIFY(!makeTrainer(two, {11, 2, std::vector<double>(22)}, problem.g));
    auto batch = problem.config;
    batch.batch = 5;
    const auto refused = makeTrainer(batch, problem.inputs, problem.g);
    QVERIFY(!refused);
    QCOMPARE(QString::fromStdString(refused.error().path), QStringLiteral("batch"));
    auto step = problem.config;
    step.lossData.dx = 0;
    QVERIFY(!makeTrainer(step, problem.inputs, problem.g));
}

QTEST_GUILESS_MAIN(TstDeepRitz)
#include "tst_deep_ritz.moc"
