#include "core/trainer_data.h"

#include <QTest>

#include <chrono>
#include <cmath>
#include <thread>

using namespace fplab;

namespace {

struct Case {
    TrainerConfig config;
    SampleMatrix inputs, targets;
};

Case makeCase(std::vector<int> sizes, std::size_t samples, std::size_t batch = 0)
{
    Case out;
    out.inputs = randomSamples(samples, std::size_t(sizes.front()), 1);
    out.targets = randomSamples(samples, std::size_t(sizes.back()), 2);
    out.config.sizes = std::move(sizes);
    out.config.batch = batch;
    return out;
}

std::unique_ptr<Trainer> make(const Case& data) { return fplab::make(data.config, data.inputs, data.targets); }

void train(Trainer& trainer, int updates)
{
    for (int i = 0; i < updates; ++i)
        trainer.update();
}

void addCases()
{
    QTest::addColumn<std::vector<int>>("sizes");
    QTest::addColumn<int>("samples");
    QTest::addColumn<int>("batch");
    QTest::addColumn<QString>("loss");
    QTest::addColumn<bool>("isDouble");
    for (bool isDouble : {false, true}) {
        const auto add = [&](const char* name, std::vector<int> sizes, int samples, int batch, const char* loss) {
            QTest::newRow(qPrintable(QLatin1String(name) + (isDouble ? QStringLiteral(" double") : QString())))
                << sizes << samples << batch << QString::fromLatin1(loss) << isDouble;
        };
        add("tiny", {1, 8, 1}, 5, 0, "mse");
        add("one chunk", {1, 32, 32, 1}, 101, 0, "mse");
        add("wide", {1, 1100, 1}, 101, 0, "mse");
        add("odd", {3, 47, 31, 2}, 317, 0, "lp");
        add("many chunks", {2, 10, 12, 3}, 1999, 0, "softmax_ce");
        add("large steps", {1, 90, 90, 1}, 130, 0, "mse");
        add("fewer lanes than threads", {1, 100, 100, 1}, 20, 0, "mse");
        add("mini-batch", {2, 100, 50, 1}, 500, 120, "mse");
        add("small mini-batch", {2, 100, 50, 1}, 53, 7, "mse");
        add("weighted Fourier", {1, 40, 40, 1}, 201, 0, "weighted_fourier");
        add("weighted Fourier, many chunks", {1, 12, 12, 1}, 1500, 0, "weighted_fourier");
    }
}

Case fetchCase()
{
    QFETCH(std::vector<int>, sizes);
    QFETCH(int, samples);
    QFETCH(int, batch);
    QFETCH(QString, loss);
    QFETCH(bool, isDouble);
    Case data = makeCase(sizes, std::size_t(samples), std::size_t(batch));
    data.config.precision = isDouble ? Precision::Double : Precision::Float;
    data.config.loss.kind = loss.toStdString();
    data.config.loss.p = 3;
    if (data.config.loss.kind == "softmax_ce")
        for (double& value : data.targets.values)
            value = std::abs(value);
    if (findLoss(data.config.loss.kind)->weights)
        data.config.lossData.weights = randomSamples(std::size_t(samples), 1, 9).values;
    return data;
}

} // namespace

class TstTrainerBits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void threadsDoNotMatter_data() { addCases(); }
    void threadsDoNotMatter();
    void yieldingDoesNotMatter_data() { addCases(); }
    void yieldingDoesNotMatter();
    void lookingDoesNotMatter_data() { addCases(); }
    void lookingDoesNotMatter();
    void restoreContinues_data() { addCases(); }
    void restoreContinues();
    void restoreRefusesWhatDoesNotFit();
    void chunksGiveTheSameGradient();
    void floatFollowsDouble();
};

void TstTrainerBits::threadsDoNotMatter()
{
    Case data = fetchCase();
    std::vector<std::byte> first;
    for (int threads : {1, 2, 4, 1}) {
        data.config.threads = threads;
        const auto trainer = make(data);
        QVERIFY(trainer);
        train(*trainer, 6);
        QVERIFY(std::isfinite(trainer->lastLoss()));
        if (first.empty())
            first = trainer->state();
        else
            QVERIFY(trainer->state() == first);
    }
}

void TstTrainerBits::yieldingDoesNotMatter()
{
    Case data = fetchCase();
    data.config.threads = 2;
    const auto yielding = make(data), alone = make(data);
    QVERIFY(yielding && alone);
    {
        const std::jthread other([&](const std::stop_token& stop) {
            for (bool on = true; !stop.stop_requested(); on = !on) {
                yielding->setYielding(on);
                std::this_thread::sleep_for(std::chrono::microseconds(50));
            }
        });
        train(*yielding, 6);
    }
    train(*alone, 6);
    QVERIFY(yielding->state() == alone->state());
}

void TstTrainerBits::lookingDoesNotMatter()
{
    Case data = fetchCase();
    data.config.threads = 2;
    const auto watched = make(data), alone = make(data);
    QVERIFY(watched && alone);
    const SampleMatrix other = randomSamples(700, data.inputs.dim, 10);
    NetworkParams gradient;
    for (int i = 0; i < 6; ++i) {
        static_cast<void>(watched->evaluate(other));
        watched->update();
        static_cast<void>(watched->evaluateTraining());
        static_cast<void>(watched->gradient(gradient));
        static_cast<void>(watched->loss(watched->evaluateTraining(), data.targets));
        static_cast<void>(watched->params());
        alone->update();
    }
    QVERIFY(watched->state() == alone->state());
}

void TstTrainerBits::restoreContinues()
{
    Case data = fetchCase();
    for (const Optimizer& optimizer : optimizers()) {
        data.config.optimizer.kind = optimizer.id;
        const auto original = make(data);
        QVERIFY(original);
        train(*original, 5);
        const auto middle = original->state();
        train(*original, 7);
        const auto end = original->state();
        QVERIFY(middle != end);

        const auto fresh = make(data);
        QVERIFY(fresh->restore(middle));
        QVERIFY(fresh->state() == middle);
        QCOMPARE(fresh->updates(), std::int64_t(5));
        train(*fresh, 7);
        QVERIFY(fresh->state() == end);

        QVERIFY(original->restore(middle)); // and back in time
        train(*original, 7);
        QVERIFY(original->state() == end);
    }
}

void TstTrainerBits::restoreRefusesWhatDoesNotFit()
{
    const Case data = makeCase({1, 8, 1}, 20);
    const auto trainer = make(data);
    train(*trainer, 3);
    const auto state = trainer->state();
    const auto refused = [&](const Case& other) {
        const auto stranger = make(other);
        const auto before = stranger->state();
        return !stranger->restore(state) && stranger->state() == before;
    };
    QVERIFY(refused(makeCase({1, 9, 1}, 20)));
    QVERIFY(refused(makeCase({1, 8, 1}, 21)));
    Case other = data;
    other.config.precision = Precision::Double;
    QVERIFY(refused(other));
    for (std::size_t length = 0; length < state.size(); length += 13)
        QVERIFY(!trainer->restore(std::span(state).first(length)));
    auto longer = state;
    longer.push_back({});
    QVERIFY(!trainer->restore(longer));
    for (const std::size_t byte : {0, 8}) { // not a state at all, another version of it
        auto spoilt = state;
        spoilt[byte] ^= std::byte(0x80);
        QVERIFY(!trainer->restore(spoilt));
    }
    QVERIFY(trainer->state() == state);

    // moments of another optimizer are cleared, the parameters are taken
    other = data;
    other.config.optimizer.kind = "momentum";
    const auto momentum = make(other);
    train(*momentum, 2);
    QVERIFY(momentum->restore(state));
    QVERIFY(momentum->params() == trainer->params());
    QCOMPARE(momentum->updates(), std::int64_t(3));
}

/// 2999 samples in a dozen chunks and four lanes against the mean over single samples.
void TstTrainerBits::chunksGiveTheSameGradient()
{
    constexpr std::size_t n = 2999;
    for (const auto& sizes : {std::vector<int> {1, 40, 1}, std::vector<int> {6, 30, 20, 3}}) {
        Case data = makeCase(sizes, n);
        data.config.precision = Precision::Double;
        const auto trainer = make(data);
        NetworkParams gradient;
        const double loss = trainer->gradient(gradient);
        const auto found = flat(gradient);

        Case one = data;
        one.inputs.count = one.targets.count = 1;
        one.config.init.kind = "explicit";
        one.config.init.params = trainer->params();
        double expectedLoss = 0;
        std::vector<double> expected(found.size(), 0.0);
        for (std::size_t i = 0; i < n; ++i) {
            const auto row = [i](const SampleMatrix& all) {
                const auto first = all.values.begin() + long(i * all.dim);
                return std::vector<double>(first, first + long(all.dim));
            };
            one.inputs.values = row(data.inputs);
            one.targets.values = row(data.targets);
            expectedLoss += make(one)->gradient(gradient) / double(n);
            const auto part = flat(gradient);
            for (std::size_t j = 0; j < part.size(); ++j)
                expected[j] += part[j] / double(n);
        }
        QVERIFY(std::abs(loss - expectedLoss) < 1e-13);
        for (std::size_t j = 0; j < found.size(); ++j)
            QVERIFY(std::abs(found[j] - expected[j]) < 1e-13);
    }
}

void TstTrainerBits::floatFollowsDouble()
{
    Case data = makeCase({1, 50, 50, 1}, 201);
    const auto single = make(data);
    data.config.precision = Precision::Double;
    const auto twice = make(data);
    const auto difference = [&] {
        const auto a = single->evaluateTraining(), b = twice->evaluateTraining();
        double largest = 0;
        for (std::size_t i = 0; i < a.values.size(); ++i)
            largest = std::max(largest, std::abs(a.values[i] - b.values[i]));
        return largest;
    };
    QVERIFY(difference() < 1e-6);
    QVERIFY(difference() > 0);
    train(*single, 50);
    train(*twice, 50);
    QVERIFY(difference() < 1e-4);
}

QTEST_GUILESS_MAIN(TstTrainerBits)
#include "tst_trainer_bits.moc"
