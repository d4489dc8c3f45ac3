#include "core/analysis/run_analysis.h"

#include <QTest>

#include <cmath>

using namespace fplab;

namespace {

constexpr std::size_t bins = 8;

/// A target with lines at k = 1, 3 and 5.
std::vector<Channel> channels()
{
    Channel loss {.id = "train_loss", .label = "Loss", .role = Role::TrainLoss};
    Channel spectrum {.id = "spectrum", .label = "Spectrum", .shape = Shape::Spectrum, .role = Role::OutputSpectrum};
    spectrum.reference.assign(2 * bins, 0.0);
    for (std::size_t k = 0; k < bins; ++k) {
        spectrum.x.values.push_back(static_cast<double>(k));
        spectrum.frequency.push_back(static_cast<double>(k));
    }
    for (const std::size_t k : {1, 3, 5}) {
        spectrum.reference[k] = 1;
        spectrum.lines.push_back({.k = k, .frequency = static_cast<double>(k), .amplitude = 1});
    }
    return {loss, spectrum};
}

/// Frequency k is learnt as 1 - exp(-step / (10 k)); `turned`: by its amplitude alone, for the phase is wrong.
RecordPtr record(std::int64_t step, bool turned = false)
{
    std::vector<double> spectrum(2 * bins, 0.0);
    for (const std::size_t k : {1, 3, 5})
        spectrum[k + (turned ? bins : 0)] = 1 - std::exp(-static_cast<double>(step) / (10.0 * static_cast<double>(k)));
    return std::make_shared<const Record>(Record {step, 0, {{1.0 / (1.0 + static_cast<double>(step))}, spectrum}});
}

} // namespace

class TstRunAnalysis : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void streamedOrFollowedItSaysTheSame()
    {
        const auto of = channels();
        RunAnalysis streamed(of, {}), followed(of, {});
        History history;
        for (std::int64_t step = 0; step <= 200; ++step) {
            streamed.add(*record(step));
            history.append(record(step));
            if (step % 7 == 0 || step == 200) // now and then
                followed.follow(history);
        }
        QCOMPARE(streamed.bins(), (std::vector<std::size_t> {1, 3, 5}));
        QCOMPARE(streamed.passages(), followed.passages());
        QCOMPARE(followed.passages()[1].staysBelow, std::optional<std::int64_t>(70)); // exp(-69.1 / 30) = 0.1
        QCOMPARE(streamed.verdict(true).text, followed.verdict(true).text);
        QVERIFY(streamed.verdict(true).holds() && followed.otherVerdict(true).holds());
        QCOMPARE(streamed.trainLoss(), followed.trainLoss());
        for (std::size_t peak = 0; peak < 3; ++peak) {
            QCOMPARE(followed.series(peak).size(), history.size());
            QCOMPARE(followed.series(peak).back(), streamed.errors()[followed.bins()[peak]]);
        }
        QCOMPARE(followed.passageSteps(), (std::vector<std::int64_t> {24, 70, 116}));
    }
    void keepsPassagesOfThinnedRecordsAndForgetsThoseThatWereTakenBack()
    {
        const auto of = channels();
        RunAnalysis analysis(of, {});
        History history(3000 * record(0)->bytes());
        for (std::int64_t step = 0; step <= 20'000; ++step) {
            history.append(record(step));
            if (step % 100 == 0)
                analysis.follow(history);
        }
        QVERIFY(history.size() < 3001);
        QCOMPARE(analysis.series(0).size(), history.size());
        QCOMPARE(analysis.passages()[2].staysBelow, std::optional<std::int64_t>(116));
        history.truncateAfter(0);
        analysis.follow(history);
        QCOMPARE(analysis.series(0).size(), std::size_t(1));
        QVERIFY(!analysis.passages()[0].firstBelow);
    }
    void theOtherMetricMaySaySomethingElse()
    {
        const auto of = channels();
        RunAnalysis analysis(of, {});
        History history;
        for (std::int64_t step = 0; step <= 200; ++step)
            history.append(record(step, true));
        analysis.follow(history);
        QCOMPARE(analysis.verdict(false).captured, std::size_t(0));
        QCOMPARE(analysis.otherVerdict(false).captured, std::size_t(3));
    }
    void withoutASpectrumThereIsNothing()
    {
        const std::vector<Channel> of {channels().front()};
        RunAnalysis analysis(of, {});
        History history;
        history.append(record(0));
        analysis.follow(history);
        QVERIFY(!analysis.available() && analysis.bins().empty() && analysis.errorsOf(*record(0)).empty());
        QCOMPARE(analysis.trainLoss(), 1.0);
        QVERIFY(!RunAnalysis().available());
    }
    void aPeakIsFollowedOnce()
    {
        const auto of = channels();
        QCOMPARE(RunAnalysis(of, {.peaks = {{3, 1, 3}}}).bins(), (std::vector<std::size_t> {1, 3}));
    }
};

QTEST_APPLESS_MAIN(TstRunAnalysis)
#include "tst_run_analysis.moc"
