#include "core/analysis/followed_bins.h"
#include "core/analysis/verdict.h"
#include "core/fourier/dft.h"
#include "core/signal/dataset.h"
#include "core/spectral/peaks.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace fplab;
using Bins = std::vector<std::size_t>;
using State = Verdict::State;

namespace {

constexpr std::int64_t no = -1; ///< never captured

/// |F_k| of a target sampled evenly; empty on an error. At most `maxBin` bins after DC.
std::vector<double> amplitudes(const TargetSpec& target, const SamplingSpec& sampling, std::size_t maxBin = 10'000)
{
    std::vector<double> out;
    if (const auto data = makeDataset(target, sampling, 1); data.ok()) {
        for (const auto& F : dft(data->trainTargets.values))
            out.push_back(std::abs(F));
    }
    out.resize(std::min(out.size(), maxBin + 1));
    return out;
}

TargetSpec formula(const char* text, double alpha = 0)
{
    TargetSpec target;
    target.formula = text;
    target.quantise = alpha;
    return target;
}

SamplingSpec evenly(double from, double to, int count)
{
    SamplingSpec sampling;
    sampling.from = from;
    sampling.to = to;
    sampling.count = count;
    return sampling;
}

/// Peaks k = 1, 3, 5, ... that stay below from these steps on; first passage the same unless given.
std::vector<Passage> passages(const std::vector<std::int64_t>& stays, std::vector<std::int64_t> first = {})
{
    if (first.empty())
        first = stays;
    std::vector<Passage> out;
    for (std::size_t i = 0; i < stays.size(); ++i) {
        Passage passage {2 * i + 1, static_cast<double>(2 * i + 1), {}, {}};
        if (first[i] != no)
            passage.firstBelow = first[i];
        if (stays[i] != no)
            passage.staysBelow = stays[i];
        out.push_back(passage);
    }
    return out;
}

/// A spectrum channel whose target has these amplitudes.
Channel spectrumOf(std::span<const double> amplitudes)
{
    Channel channel {.id = "spectrum", .label = {}, .shape = Shape::Spectrum, .role = Role::OutputSpectrum};
    channel.x.values.resize(amplitudes.size());
    for (const std::size_t k : spectralLines(amplitudes))
        channel.lines.push_back({.k = k, .amplitude = amplitudes[k], .last = k + 1 == amplitudes.size()});
    return channel;
}

/// What is followed when nobody chooses.
Bins findPeaks(std::span<const double> amplitudes) { return followedBins(spectrumOf(amplitudes), {}); }

} // namespace

class TstPeaksVerdict : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void peaksOfTheStaircase()
    {
        const auto target = formula("x", 0.5);
        QCOMPARE(findPeaks(amplitudes(target, evenly(-1, 1, 200))), (Bins {1, 4, 12, 20, 28, 36}));
        QCOMPARE(findPeaks(amplitudes(target, evenly(-1, 1, 200), 40)), (Bins {1, 4, 12, 20, 28, 36}));
        QCOMPARE(largestBins(spectrumOf(amplitudes(target, evenly(-1, 1, 200))), 2), (Bins {1, 4}));
    }

    void peaksOfThreeSines()
    {
        QCOMPARE(findPeaks(amplitudes(formula("sin x + sin 3x + sin 5x"), evenly(-3.14, 3.14, 201))), (Bins {1, 3, 5}));
    }

    void peaksOfQuantisedSines()
    {
        const auto target = formula("sin x + 2 sin 3x + 3 sin 5x", 2);
        for (const std::size_t maxBin : {40u, 300u}) {
            const auto peaks = findPeaks(amplitudes(target, evenly(-10, 10, 600), maxBin));
            for (const std::size_t k : {3u, 10u, 16u})
                QVERIFY(std::find(peaks.begin(), peaks.end(), k) != peaks.end());
        }
    }

    /// The mean of a target neither hides its peaks nor is one.
    void meanIsNoPeak()
    {
        QCOMPARE(findPeaks(amplitudes(formula("1000 + cos x + cos 4x"), evenly(-3.14, 3.14, 201))), (Bins {1, 4}));
        QCOMPARE(findPeaks(amplitudes(formula("7"), evenly(-1, 1, 50))), Bins {});
    }

    void rulesForPeaks()
    {
        QCOMPARE(findPeaks(std::vector<double> {0, 1, 2.4, 2, 0}), (Bins {2})); // between two bins: the larger
        QCOMPARE(findPeaks(std::vector<double> {0, 1, 2, 2, 0.6, 0}), (Bins {2})); // of two as large the lower
        QCOMPARE(findPeaks(std::vector<double> {0, 0.4, 2, 2, 0, 0}), (Bins {2, 3})); // two tones beside each other
        QCOMPARE(findPeaks(std::vector<double> {0, 1, 1, 1, 0, 1, 0, 1, 0, 0}), (Bins {1, 2, 3, 5, 7})); // side by side
        QCOMPARE(findPeaks(std::vector<double> {0, 1, 3, 2.6, 3.1, 1, 0}), (Bins {4})); // 2.6 is no valley
        QCOMPARE(findPeaks(std::vector<double> {0, 9, 5, 4, 4.5, 3, 2, 0}), (Bins {1})); // 4.5 < 1.25 x 4
        QCOMPARE(findPeaks(std::vector<double> {0, 1, 2.6, 2, 0}), (Bins {2}));
        QCOMPARE(findPeaks(std::vector<double> {0, 9, 0, 0, 0.4, 0}), (Bins {1})); // below 5 % of the largest
        QCOMPARE(findPeaks(std::vector<double> {0, 9, 0, 0, 0.5, 0}), (Bins {1, 4}));
        QCOMPARE(findPeaks(std::vector<double> {0, 1, 0, 9}), (Bins {1})); // the last bin has one neighbour only
        QCOMPARE(findPeaks(std::vector<double> {0, 0, 0, 0}), Bins {});
        for (std::size_t n : {0u, 1u, 2u})
            QCOMPARE(findPeaks(std::vector<double>(n, 1.0)), Bins {});
    }

    void everyLocalMaximumCounts()
    {
        QCOMPARE(localMaxima(std::vector<double> {9, 2, 1, 2.4, 2, 1e-9, 2e-9, 0, 5}), (Bins {1, 3, 6}));
        QCOMPARE(localMaxima(std::vector<double> {0, 1, 1, 0}), Bins {});
        for (std::size_t n : {0u, 1u, 2u})
            QCOMPARE(localMaxima(std::vector<double>(n, 1.0)), Bins {});
    }

    /// The largest are followed, wherever they lie; the last bin is a line, but never a peak.
    void largestPeaks()
    {
        std::vector<double> a(101, 0.0);
        for (std::size_t i = 1; i <= 15; ++i)
            a[6 * i] = static_cast<double>(i);
        a[100] = 20;
        QCOMPARE(spectralLines(a), (Bins {100, 90, 84, 78, 72, 66, 60, 54, 48, 42, 36, 30, 24, 18, 12, 6}));
        QCOMPARE(findPeaks(a).back(), std::size_t(90));
        QCOMPARE(findPeaks(a).size(), mostPeaks);
        QCOMPARE(findPeaks(a).front(), std::size_t(24));
        QCOMPARE(spectralLines(a, 14), (Bins {100, 90})); // above the floor
    }

    void snapping()
    {
        const std::vector<double> a {9, 1, 2, 1, 1.5, 3, 1, 0, 0};
        QCOMPARE(snapToPeak(a, 2, 3), std::size_t(2));
        QCOMPARE(snapToPeak(a, 3, 1), std::size_t(2));
        QCOMPARE(snapToPeak(a, 4, 1), std::size_t(5));
        QCOMPARE(snapToPeak(a, 8, 2), std::size_t(8));
        QCOMPARE(snapToPeak(a, 8, 3), std::size_t(5));
        QCOMPARE(snapToPeak(a, 0, 1), std::size_t(0)); // DC is no peak, but may be asked for
        QCOMPARE(snapToPeak(a, 100, 3), std::size_t(100));
        QCOMPARE(snapToPeak(std::vector<double> {0, 1, 2, 0, 3, 1}, 3, 2), std::size_t(4)); // as near: the larger
        QCOMPARE(snapToPeak(std::vector<double> {}, 1, 5), std::size_t(1));
    }

    void tracking()
    {
        PassageTracker tracker({1, 3}, {0.5, 1.5}, 0.1);
        QCOMPARE(tracker.threshold(), 0.1);
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const double errors[][2] = {{1, 1}, {0.05, 0.1}, {0.2, 0.09}, {0.01, nan}, {0.09, 0.05}};
        for (int i = 0; i < 5; ++i)
            tracker.add(10 * i, errors[i]);
        const std::vector<Passage> expected {{1, 0.5, 10, 30}, {3, 1.5, 20, 40}};
        QCOMPARE(tracker.passages(), expected);
        tracker.add(50, std::vector<double> {nan, 0.01});
        QVERIFY(!tracker.passages()[0].staysBelow);
        QCOMPARE(*tracker.passages()[0].firstBelow, std::int64_t(10));
    }

    void spearmanAgainstHandWork()
    {
        using V = std::vector<double>;
        const double inf = std::numeric_limits<double>::infinity();
        QCOMPARE(*spearman(V {1, 2, 3}, V {10, 20, 30}), 1.0);
        QCOMPARE(*spearman(V {1, 2, 3}, V {30, 20, 10}), -1.0);
        QCOMPARE(*spearman(V {1, 2, 3, 4, 5}, V {1, 3, 2, 4, 5}), 0.9); // 1 - 6 x 2 / (5 x 24)
        QCOMPARE(*spearman(V {1, 2, 3, 4, 5}, V {2, 1, 4, 3, 5}), 0.8);
        QCOMPARE(*spearman(V {1, 2, 3}, V {5, 5, 9}), 1.5 / std::sqrt(2 * 1.5)); // ranks 1.5, 1.5, 3
        QCOMPARE(*spearman(V {1, 2, 3, 4}, V {7, inf, inf, inf}), 3 / std::sqrt(5.0 * 3)); // ranks 1, 3, 3, 3
        QVERIFY(!spearman(V {1}, V {1}));
        QVERIFY(!spearman(V {1, 2}, V {4, 4}));
        QVERIFY(!spearman(V {1, 2}, V {inf, inf}));
        QVERIFY(!spearman(V {1, 2}, V {1, std::nan("")}));
        QVERIFY(!spearman(V {}, V {}));
    }

    void holds()
    {
        const auto verdict = judge(passages({40, 820, 1540}), false);
        QCOMPARE(verdict.state, State::Holds);
        QVERIFY(verdict.holds());
        QCOMPARE(*verdict.rhoFirst, 1.0);
        QCOMPARE(*verdict.rhoStays, 1.0);
        QCOMPARE(verdict.captured, std::size_t(3));
        QCOMPARE(verdict.followed, std::size_t(3));
        // Until the end nothing is said that a later step could make untrue.
        QCOMPARE(verdict.text,
            std::string("k = 1, 3, 5 below the threshold since 40, 820, 1540 (3 of 3 peaks): low to high so far, rank "
                        "agreement "
                        "rho = 1.00 by capture, 1.00 by first touch."));
        QCOMPARE(judge(passages({40, 820, 1540}), true).text,
            std::string("k = 1, 3, 5 captured for good at 40, 820, 1540 (3 of 3 peaks): low to high, rank agreement "
                        "rho = 1.00 by "
                        "capture, 1.00 by first touch."));
        QCOMPARE(judge(passages({40, 820}), false).state, State::Holds); // both of two
    }

    /// A verdict that leaves out what is as loud never says that it holds, and names it.
    void leftOut()
    {
        const auto verdict = judge(passages({40, 820, 1540}), true, {{50, 0.5, false}, {60, 0.125, true}});
        QCOMPARE(verdict.state, State::Partly);
        QVERIFY(!verdict.holds());
        QCOMPARE(verdict.text,
            std::string("k = 1, 3, 5 captured for good at 40, 820, 1540 (3 of 3 peaks): low to high among them, rank "
                        "agreement rho = 1.00 by capture, 1.00 by first touch. The target has more that is not "
                        "followed: k = 50 (|f| = 0.5, not recorded), "
                        "60 (0.125)."));
        QCOMPARE(judge({}, true, {{50, 0.5, false}}).text,
            std::string(
                "No peaks are followed. The target has more that is not followed: k = 50 (|f| = 0.5, not recorded)."));
        QCOMPARE(judge(passages({70, 20, 30}), true, {{50, 0.5, true}}).state, State::Fails);
        const std::vector<LeftOut> many(7, {9, 1, true});
        QCOMPARE(leftOutText(many), std::string("k = 9 (|f| = 1), 9 (1), 9 (1), 9 (1) and 3 more"));
        QCOMPARE(leftOutText({}), std::string());
    }

    void holdsWhileHigherPeaksWait()
    {
        const auto verdict = judge(passages({10, 20, 30, no, no, no}), false);
        QCOMPARE(verdict.state, State::Holds);
        QVERIFY(*verdict.rhoStays > 0.94 && *verdict.rhoStays < 0.95);
        QVERIFY2(verdict.text.find("since 10, 20, 30, k = 7, 9, 11 not yet (3 of 6 peaks): low to high so far")
                != std::string::npos,
            verdict.text.c_str());
    }

    void exactlyNinetyPercentHolds()
    {
        const auto verdict = judge(passages({10, 30, 20, 40, 50}), true);
        QCOMPARE(*verdict.rhoStays, 0.9);
        QCOMPARE(verdict.state, State::Holds);
    }

    void orderOfTheListDoesNotMatter()
    {
        auto shuffled = passages({40, 820, 1540});
        std::swap(shuffled[0], shuffled[2]);
        QCOMPARE(judge(shuffled, false).text, judge(passages({40, 820, 1540}), false).text);
    }

    void notYet()
    {
        auto verdict = judge(passages({40, no, no}), false);
        QCOMPARE(verdict.state, State::NotYet);
        QCOMPARE(verdict.text, std::string("Not yet: 1 of 3 peaks below the threshold (k = 1 since 40)."));
        verdict = judge(passages({no, no, no}), false);
        QCOMPARE(verdict.state, State::NotYet);
        QVERIFY(!verdict.rhoStays);
        QCOMPARE(verdict.text, std::string("Not yet: 0 of 3 peaks below the threshold."));
        verdict = judge(passages({40, 50, no}), true);
        QCOMPARE(verdict.state, State::NotYet);
        QCOMPARE(verdict.text,
            std::string("Ended before an order could be seen: 2 of 3 peaks captured (k = 1 at 40, 3 at 50)."));
        QCOMPARE(judge(passages({80, 40, no}), false).state, State::NotYet); // the third may still come
    }

    void fails()
    {
        const auto verdict = judge(passages({70, 20, no, 90}, {60, 20, 65, 70}), true);
        QCOMPARE(verdict.state, State::Fails);
        QVERIFY(judge(passages({70, 20, no, 90}), false).text.starts_with("The order fails so far: k = 3 since 20"));
        QCOMPARE(*verdict.rhoFirst, 0.8);
        QCOMPARE(*verdict.rhoStays, 0.6); // ranks 2, 1, 4, 3
        QCOMPARE(verdict.text,
            std::string(
                "The order fails: k = 3 at 20, 1 at 70, 7 at 90, 5 not captured (3 of 4 peaks); rank agreement rho = "
                "0.60 by capture, 0.80 by first touch. The Frequency Principle does not hold in this run."));
        QCOMPARE(judge(passages({50, 40, 50}), false).state, State::Fails);
        QCOMPARE(judge(passages({50, 40}), false).state, State::Fails);
    }

    /// A run that ended with the high peaks captured and the low one not.
    void endedInTheWrongOrder()
    {
        const auto broken = passages({no, 40, 20});
        QCOMPARE(judge(broken, false).state, State::NotYet);
        const auto verdict = judge(broken, true);
        QCOMPARE(verdict.state, State::Fails);
        QCOMPARE(*verdict.rhoStays, -1.0);
        QCOMPARE(judge(passages({no, no, 20}), true).state, State::NotYet); // one captured peak shows no order
    }

    /// Ties lower rho but break nothing.
    void tiesAreNoFailure()
    {
        auto verdict = judge(passages({10, 10, 10}), true);
        QVERIFY(!verdict.rhoStays);
        QVERIFY(verdict.text.find("same record") != std::string::npos);
        QCOMPARE(verdict.state, State::AllAtOnce);
        verdict = judge(passages({10, 20, 30, no, no, no, no, no, no, no, no, no}), true);
        QCOMPARE(verdict.state, State::NotYet);
        QVERIFY(verdict.text.find("3 of 12 peaks") != std::string::npos);
        QVERIFY(verdict.text.find("in order so far") != std::string::npos);
    }

    void onePeakShowsNoOrder()
    {
        for (const bool ended : {false, true}) {
            for (const std::int64_t step : {std::int64_t(40), no}) {
                const auto verdict = judge(passages({step}), ended);
                QCOMPARE(verdict.state, State::NotYet);
                QVERIFY(verdict.text.find("One peak cannot show an order") != std::string::npos);
            }
        }
    }

    /// Where the target has nothing, no capture is missing.
    void whatIsNotInTheTargetDoesNotCount()
    {
        auto followed = passages({40, 820, no, 1540});
        followed[2].inTarget = false;
        const auto verdict = judge(followed, true);
        QCOMPARE(verdict.state, State::Holds);
        QCOMPARE(verdict.followed, std::size_t(3));
        QCOMPARE(verdict.nothing, std::vector<std::size_t> {5});
        QVERIFY2(verdict.text.ends_with("first touch. The target has nothing at k = 5, which does not count."),
            verdict.text.c_str());
        for (Passage& passage : followed)
            passage.inTarget = false;
        QCOMPARE(judge(followed, true).state, State::NoPeaks);
        PassageTracker tracker({1, 2}, {1, 2}, 0.1, {true, false});
        QVERIFY(tracker.passages()[0].inTarget && !tracker.passages()[1].inTarget);
    }

    void nothingFollowed()
    {
        const auto verdict = judge({}, true);
        QCOMPARE(verdict.state, State::NoPeaks);
        QVERIFY(!verdict.text.empty());
    }

    void longListsAreCut()
    {
        std::vector<std::int64_t> steps;
        for (int i = 1; i <= 40; ++i)
            steps.push_back(i * 10);
        const auto verdict = judge(passages(steps), true);
        QCOMPARE(verdict.state, State::Holds);
        QVERIFY(verdict.text.find("15 captured for good at 10, 20, 30, 40, 50, 60, 70, 80 and 32 more")
            != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TstPeaksVerdict)
#include "tst_peaks_verdict.moc"
