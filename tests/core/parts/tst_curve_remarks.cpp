#include "core/analysis/run_analysis.h"
#include "core/experiment/spec.h"
#include "core/files/experiment_file.h"
#include "core/kinds/fit_curve/kind.h"
#include "core/kinds/poisson/kind.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace fplab;

namespace {

using Ids = std::vector<std::string>;
using Bins = std::vector<std::size_t>;

/// An experiment with a small network, made.
struct Made {
    std::unique_ptr<Experiment> experiment;
    ExperimentSpec spec;

    [[nodiscard]] Ids ids() const
    {
        Ids out;
        for (const auto& remark : experiment->remarks())
            out.push_back(remark.id);
        return out;
    }
    [[nodiscard]] const Remark& remark(std::string_view id) const
    {
        static const Remark none;
        const auto found = std::ranges::find(experiment->remarks(), id, &Remark::id);
        return found == experiment->remarks().end() ? none : *found;
    }
    [[nodiscard]] const Channel& spectrum() const { return *findChannel(experiment->channels(), Role::OutputSpectrum); }
    [[nodiscard]] Bins followed() const { return followedBins(spectrum(), analysisOf(spec)); }
    /// The experiment with the first way out of a remark taken.
    [[nodiscard]] Made mended(std::string_view id, std::size_t fix = 0) const;
};

Made make(ExperimentSpec spec)
{
    auto& fit = specOf<FitCurveSpec>(spec.problem);
    fit.network.hidden = {8};
    auto experiment = makeExperiment(spec);
    if (!experiment)
        qFatal("%s", experiment.error().text().c_str());
    return {std::move(experiment).value(), std::move(spec)};
}

Made Made::mended(std::string_view id, std::size_t fix) const
{
    ExperimentSpec changed = spec;
    for (const auto& [path, value] : remark(id).fixes.at(fix).settings)
        if (const auto status = setByPath(changed, path, value); !status)
            qFatal("%s", status.error().text().c_str());
    return make(changed);
}

Made formula(const char* text, double from, double to, int count, std::optional<int> maxK = {})
{
    ExperimentSpec spec;
    auto& fit = specOf<FitCurveSpec>(spec.problem);
    fit.target.formula = text;
    fit.sampling = {.from = from, .to = to, .count = count, .endpoint = false};
    fit.analysis.maxK = maxK;
    return make(spec);
}

ExperimentSpec given(const std::vector<double>& x, const std::vector<double>& y)
{
    ExperimentSpec spec;
    specOf<FitCurveSpec>(spec.problem).data
        = DataSpec {.inputs = SampleMatrix {x.size(), 1, x}, .targets = SampleMatrix {y.size(), 1, y}};
    return spec;
}

/// sin(2 pi x) + sin(6 pi x) / 2 + sin(10 pi x) / 4 on 32 points of [0, 1), changed by the caller.
ExperimentSpec threeTones(const std::function<void(std::vector<double>&, std::vector<double>&)>& change)
{
    std::vector<double> x, y;
    for (int i = 0; i < 32; ++i) {
        const double at = i / 32.0, turn = 2 * std::numbers::pi * at;
        x.push_back(at);
        y.push_back(std::sin(turn) + std::sin(3 * turn) / 2 + std::sin(5 * turn) / 4);
    }
    change(x, y);
    return given(x, y);
}

constexpr double pi = std::numbers::pi;

} // namespace

class TstCurveRemarks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingToSay()
    {
        QCOMPARE(formula("sin(x)+sin(3x)+sin(5x)", -pi, pi, 201).ids(), Ids {});
        QCOMPARE(make(threeTones([](auto&, auto&) {})).ids(), Ids {});
    }

    /// A peak far up is recorded and followed, wherever it lies.
    void recordedAsFarAsTheTargetReaches()
    {
        auto made = formula("sin(x)+sin(3x)+sin(5x)+sin(50x)", -pi, pi, 512);
        QCOMPARE(made.followed(), (Bins {1, 3, 5, 50}));
        QCOMPARE(made.spectrum().x.values.back(), 66.0); // 50 + 50 / 4 + 4
        QCOMPARE(made.ids(), Ids {});
        made = formula("sin(50x)", -pi, pi, 512);
        QCOMPARE(made.followed(), (Bins {50}));
        made = formula("sin(x)+sin(200x)", -pi, pi, 402);
        QCOMPARE(made.followed(), (Bins {1, 200}));
        QCOMPARE(made.spectrum().x.values.back(), 201.0); // no more than there are
        QCOMPARE(formula("sin(x)", -pi, pi, 512).spectrum().x.values.back(), 40.0); // no less
        ExperimentSpec spec = formula("sin(x)", -pi, pi, 512).spec;
        analysisOf(spec).peaks = std::vector {1, 77};
        QCOMPARE(make(spec).followed(), (Bins {1, 77}));
    }

    void tenEqualSines()
    {
        std::string text;
        for (int k = 5; k <= 50; k += 5)
            text += "+sin(2*pi*" + std::to_string(k) + "*x+" + std::to_string(k * k % 6) + ".3)";
        QCOMPARE(formula(text.c_str() + 1, 0, 1, 200).followed(), (Bins {5, 10, 15, 20, 25, 30, 35, 40, 45, 50}));
    }

    void notRecorded()
    {
        auto made = formula("sin(x)+sin(3x)+sin(5x)+sin(50x)", -pi, pi, 512, 40);
        QCOMPARE(made.ids(), (Ids {"not_recorded"}));
        QCOMPARE(made.remark("not_recorded").text,
            std::string("The target has frequencies above k = 40, the highest recorded: k = 50 (|f| = 0.5)."));
        const RunAnalysis summary(made.experiment->channels(), analysisOf(made.spec));
        const auto leftOut = summary.verdict(true).leftOut;
        QVERIFY(leftOut.size() == 1 && leftOut[0].k == 50 && !leftOut[0].recorded
            && std::abs(leftOut[0].amplitude - 0.5) < 1e-9);
        QCOMPARE(made.mended("not_recorded").followed(), (Bins {1, 3, 5, 50}));
        made = formula("sin(50x)", -pi, pi, 512, 40);
        QCOMPARE(made.ids(), (Ids {"beyond_max_k"}));
        QCOMPARE(made.followed(), Bins {});
        QCOMPARE(made.remark("beyond_max_k").text,
            std::string(
                "All of the target lies above k = 40, the highest frequency recorded: it is loudest at k = 50."));
    }

    void zeroAndConstant()
    {
        const auto zero = formula("sin(2*pi*x)", 0, 11, 11);
        QCOMPARE(zero.ids(), (Ids {"target_zero", "aliased"}));
        QVERIFY(zero.remark("target_zero").text.find("zero at all 11 samples, up to rounding") != std::string::npos);
        QCOMPARE(zero.followed(), Bins {});
        QVERIFY(zero.mended("aliased").remark("target_zero").id.empty());
        QCOMPARE(formula("0", 0, 1, 30).ids(), (Ids {"target_zero"}));
        QCOMPARE(formula("0*x", 0, 1, 30).remark("target_zero").text,
            std::string("The target is zero at all 30 samples: there is nothing to learn and no frequency to follow."));
        QCOMPARE(formula("3.25", 0, 1, 30).remark("target_constant").text,
            std::string("The target is 3.25 at all 30 samples: it has no frequency to follow."));
        QCOMPARE(formula("1e-12*sin(2*pi*x)", 0, 1, 30).ids(), Ids {}); // small, not nothing
        // what is left of sizes that cancel: rounding, or more than that
        QCOMPARE(formula("1e8+1e-9*sin(2*pi*x)-1e8", 0, 1, 30).ids().front(), std::string("target_zero"));
        QCOMPARE(formula("1e8+1e-9*sin(2*pi*x)-1e8", 0, 1, 30).followed(), Bins {});
        QCOMPARE(formula("1e8+sin(2*pi*x)-1e8", 0, 1, 30).followed(), (Bins {1}));
        QCOMPARE(formula("1e8+1e-9*sin(2*pi*x)", 0, 1, 30).ids().front(), std::string("target_constant"));
        QCOMPARE(formula("x-x", 0, 1, 30).ids().front(), std::string("target_zero"));
        QCOMPARE(formula("x < .5 ? 0 : 1", 0, 1, 30).followed().front(), std::size_t(1)); // a jump is no rounding
        QCOMPARE(make(given({0, 1, 2, 3}, {0, 0, 0, 0})).ids(), (Ids {"target_zero"}));
    }

    void betweenTwoBins()
    {
        const auto made = formula("sin(2*pi*2.5*x)", 0, 1, 64);
        QCOMPARE(made.ids(), (Ids {"between_bins"}));
        QCOMPARE(made.followed(), (Bins {2}));
        for (const char* tone : {"cos(2*pi*5.45*x)", "sin(2*pi*9.5*x+1)", "3+sin(2*pi*20.52*x)"})
            QCOMPARE(formula(tone, 0, 1, 64).ids(), (Ids {"between_bins"}));
        for (const char* other :
            {"exp(-400*(x-.5)^2)", "x > .4 and x < .45", "sin(2*pi*10*x)+sin(2*pi*11*x)+sin(2*pi*12*x)"})
            QVERIFY2(formula(other, 0, 1, 64).remark("between_bins").id.empty(), other);
        QCOMPARE(formula("sin(2*pi*10*x)+sin(2*pi*11*x)", 0, 1, 64).followed(), (Bins {10, 11}));
        QCOMPARE(formula("sin(2*pi*10*x)+sin(2*pi*11*x)", 0, 1, 64).ids(), Ids {});
    }

    void highestBin()
    {
        const auto made = formula("cos(2*pi*16*x)", 0, 1, 32);
        QVERIFY(made.remark("highest_bin").text.find("k = 16") != std::string::npos);
        QCOMPARE(made.followed(), Bins {});
        QCOMPARE(made.mended("highest_bin").followed(), (Bins {16}));
    }

    void nothingStandsOut()
    {
        const auto flat = make(threeTones([](auto&, auto& y) {
            std::ranges::fill(y, 0.0);
            y[3] = 1; // an impulse: all frequencies alike
        }));
        QCOMPARE(flat.ids(), (Ids {"nothing_followed"}));
        QCOMPARE(flat.mended("nothing_followed").followed().size(), std::size_t(3));
    }

    void aliased_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("remark");
        const auto row
            = [](const char* text, int count, const char* remark) { QTest::newRow(text) << text << count << remark; };
        row("sin(2*pi*60*x)", 50, "60 cycles cannot be seen on 50 samples: they look like 10.");
        row("sin(2*pi*3*x)+sin(2*pi*47*x+1)", 50, "47 cycles cannot be seen on 50 samples: they look like 3.");
        row("cos(2*pi*50*x)+sin(2*pi*x)", 50, "50 cycles cannot be seen on 50 samples: they look like a constant.");
        row("sin(2*pi*60*x)+.5*sin(2*pi*70*x)", 50,
            "60 cycles cannot be seen on 50 samples: they look like 10, 70 like 20.");
        row("sin(2*pi*25*x)", 50,
            "25 cycles cannot be seen on 50 samples: they look like any with the same values there.");
        row("sin(2*pi*20*x)", 50, "");
        row("x", 50, "");
        row("exp(-100*(x-.5)^2)", 50, "");
    }

    void aliased()
    {
        QFETCH(QString, text);
        QFETCH(int, count);
        QFETCH(QString, remark);
        const auto made = formula(text.toUtf8().constData(), 0, 1, count);
        QCOMPARE(QString::fromStdString(made.remark("aliased").text), remark);
        QVERIFY(made.remark("too_fast").id.empty());
        if (remark.isEmpty())
            return;
        QVERIFY(made.mended("aliased").remark("aliased").id.empty());
        const auto& lines = made.spectrum().lines;
        QCOMPARE(std::ranges::any_of(lines, [](const SpectralLine& line) { return line.cycles > 25; }),
            !remark.endsWith(QStringLiteral("a constant.")) && !remark.contains(QStringLiteral("like any")));
    }

    /// What looks like another frequency is not covered by a verdict on that one.
    void aliasesAreLeftOut()
    {
        const auto made = formula("sin(2*pi*x)+sin(2*pi*3*x)+sin(2*pi*45*x)", 0, 1, 50);
        QCOMPARE(made.followed(), (Bins {1, 3, 5}));
        const auto left = leftOutOf(made.spectrum(), made.followed());
        QVERIFY(left.size() == 1 && left[0].k == 45 && !left[0].recorded);
    }

    /// The finer grid is blind at its own frequency; another one is not.
    void noGridIsTrustedAlone()
    {
        for (const char* cycles : {"400", "800", "1600"})
            QVERIFY2(!formula((std::string("sin(2*pi*x)+sin(2*pi*") + cycles + "*x)").c_str(), 0, 1, 50)
                          .remark("too_fast")
                          .id.empty(),
                cycles);
    }

    void tooFastForAnyGrid() { QVERIFY(!formula("sin(1e6*x)", 0, 1, 50).remark("too_fast").id.empty()); }

    /// Neither the order of rows nor the rounding of printed x changes a spectrum.
    void sameSamplesSameSpectrum()
    {
        const auto plain = make(threeTones([](auto&, auto&) {}));
        const auto reversed = make(threeTones([](auto& x, auto& y) {
            std::ranges::reverse(x);
            std::ranges::reverse(y);
        }));
        const auto shuffled = make(threeTones([](auto& x, auto& y) {
            for (std::size_t i = 0; i < x.size(); ++i) {
                std::swap(x[i], x[7 * i % 32]);
                std::swap(y[i], y[7 * i % 32]);
            }
        }));
        for (const auto* made : {&reversed, &shuffled}) {
            QCOMPARE(made->spectrum().reference, plain.spectrum().reference);
            QCOMPARE(made->ids(), Ids {});
        }
        QCOMPARE(plain.spectrum().frequency[1], 1.0);

        for (const double unit : {1e-3, 1e-4, 1e-6}) {
            const auto rounded = make(threeTones([unit](auto& x, auto&) {
                for (double& value : x)
                    value = std::round(value / unit) * unit;
            }));
            QCOMPARE(rounded.spectrum().reference, plain.spectrum().reference);
            QVERIFY(std::abs(rounded.spectrum().frequency[1] - 1) < 6e-4);
            QCOMPARE(rounded.ids(), unit > 1e-5 ? (Ids {"rounded_x"}) : Ids {});
        }
        const auto single = make(threeTones([](auto& x, auto&) {
            for (double& value : x)
                value = static_cast<double>(static_cast<float>(value + 1000.1));
        }));
        QCOMPARE(single.spectrum().reference, plain.spectrum().reference);
    }

    /// What chance scatters is no line: neither at random points nor with noise.
    void chanceIsNoLine()
    {
        int wrong = 0;
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            for (const char* kind : {"random", "random_subset"}) {
                ExperimentSpec spec;
                spec.seed = seed;
                auto& fit = specOf<FitCurveSpec>(spec.problem);
                fit.sampling.kind = kind;
                fit.sampling.count = 200;
                wrong += make(spec).followed() == Bins {1, 3, 5} ? 0 : 1;
            }
            ExperimentSpec spec;
            spec.seed = seed;
            auto& fit = specOf<FitCurveSpec>(spec.problem);
            fit.target.formula = "sin(x)";
            fit.target.noise.std = 0.5;
            fit.sampling.count = 100;
            wrong += make(spec).followed() == Bins {1} ? 0 : 1;
        }
        QVERIFY2(wrong <= 3, qPrintable(QString::number(wrong))); // of 120, each 1 in 100
    }

    void unevenSamples()
    {
        const auto gap = make(threeTones([](auto& x, auto& y) {
            x.erase(x.begin() + 9);
            y.erase(y.begin() + 9);
        }));
        QCOMPARE(gap.ids(), (Ids {"uneven_samples"}));
        QVERIFY(gap.remark("uneven_samples").text.find("steps from 0.03125 to 0.0625") != std::string::npos);
        QCOMPARE(make(given({1, 2, 4, 5}, {0, 1, 0, 1})).ids().front(), std::string("uneven_samples"));
    }

    void equalInputs()
    {
        QCOMPARE(make(given({1}, {2})).ids(), (Ids {"one_sample"}));
        QCOMPARE(make(given({3, 3, 3}, {1, 2, 4})).ids(), (Ids {"equal_x"}));
        const auto twice = make(threeTones([](auto& x, auto& y) {
            x.insert(x.end(), x.begin(), x.begin() + 5);
            y.insert(y.end(), y.begin(), y.begin() + 5);
        }));
        QCOMPARE(twice.ids(), (Ids {"duplicate_x", "uneven_samples"}));
        QVERIFY(twice.remark("duplicate_x").text.starts_with("5 samples have the x of another one"));
        const auto mended = twice.mended("duplicate_x");
        QCOMPARE(mended.ids(), Ids {});
        QCOMPARE(mended.spectrum().reference, make(threeTones([](auto&, auto&) {})).spectrum().reference);
    }

    void singlePrecision()
    {
        const auto time = [](auto& x, auto&) {
            for (double& value : x)
                value += 1.6e9;
        };
        const auto made = make(threeTones(time));
        QCOMPARE(made.ids().front(), std::string("x_beyond_single"));
        QCOMPARE(made.remark("x_beyond_single").fixes.size(), std::size_t(2));
        QCOMPARE(made.mended("x_beyond_single").ids(), Ids {});
        QVERIFY(made.mended("x_beyond_single", 1).remark("x_beyond_single").id.empty());
        QVERIFY(!formula("sin(x)", 1e6, 1e6 + 1, 200).remark("x_beyond_single").id.empty());
        const auto raised = formula("1e8+sin(x)", -pi, pi, 200);
        QVERIFY(raised.remark("y_beyond_single").text.find("steps of 11.92") != std::string::npos);
        QVERIFY(raised.mended("y_beyond_single").remark("y_beyond_single").id.empty());
        QVERIFY(formula("100+sin(x)", -pi, pi, 200).remark("y_beyond_single").id.empty());
    }

    void sizes()
    {
        const auto made = make(threeTones([](auto& x, auto& y) {
            for (double& value : x)
                value *= 5000;
            for (double& value : y)
                value = 300 + 1e-4 * value;
        }));
        QCOMPARE(made.ids(), (Ids {"y_beyond_single", "x_size", "y_size"}));
        QCOMPARE(made.mended("x_size").mended("y_size").ids(), Ids {});
    }

    /// Of an equation on its grid, and at the points where the network sees it.
    void aliasedEquation()
    {
        ExperimentSpec spec {.problem = PoissonSpec {}};
        auto& pde = specOf<PoissonSpec>(spec.problem).pde;
        pde.formula = "sin(2*pi*300*x)";
        pde.from = 0;
        pde.to = 1;
        pde.grid = 400;
        pde.handoffStep = 0;
        const auto text = [&](std::string_view id) {
            const auto experiment = makeExperiment(spec);
            const auto remarks = (*experiment)->remarks();
            const auto found = std::ranges::find(remarks, id, &Remark::id);
            return found == remarks.end() ? std::string() : found->text;
        };
        QCOMPARE(text("aliased"), std::string("300 cycles cannot be seen on 400 grid intervals: they look like 100."));
        pde.grid = 1000;
        QCOMPARE(text("aliased"), std::string());
        pde.handoffStep = 100;
        QCOMPARE(text("aliased"),
            std::string("300 cycles cannot be seen on 200 intervals between training points: they look like 100."));
        pde.formula = "0";
        QVERIFY(text("target_zero").starts_with("The solution is zero everywhere"));
        QCOMPARE(text("aliased"), std::string());
    }

    /// The network sees scaled numbers; what is shown is what was given.
    void scaledSamplesAreShownAsGiven()
    {
        const auto plain = threeTones([](auto&, auto&) {});
        auto scaled = threeTones([](auto& x, auto& y) {
            for (double& value : x)
                value = 1.6e9 + 4 * value;
            for (double& value : y)
                value = 1000 + 256 * value;
        });
        auto& data = *specOf<FitCurveSpec>(scaled.problem).data;
        data.xOffset = 1.6e9;
        data.xScale = 4;
        data.yOffset = 1000;
        data.yScale = 256;
        const auto one = make(plain), other = make(scaled);
        for (const auto* made : {&one, &other})
            made->experiment->advance(1);
        const auto a = one.experiment->observe(), b = other.experiment->observe();
        for (std::size_t i = 0; i < one.experiment->channels().size(); ++i) {
            const Channel &small = one.experiment->channels()[i], &large = other.experiment->channels()[i];
            for (std::size_t j = 0; j < a.samples[i].size(); ++j) {
                const bool shown = small.role == Role::Output || small.role == Role::WideOutput;
                const bool spectrum = small.role == Role::OutputSpectrum;
                const double offset = shown || (spectrum && j == 0) ? 1000 : 0, scale = shown || spectrum ? 256 : 1;
                const double expected = offset + scale * a.samples[i][j];
                // x = 1.6e9 has steps of 2.4e-7 left
                QVERIFY2(std::abs(b.samples[i][j] - expected) < (small.role == Role::WideOutput ? 256 * 1e-6 : 1e-9),
                    qPrintable(QStringLiteral("%1[%2]: %3, not %4")
                                   .arg(QString::fromStdString(small.id))
                                   .arg(j)
                                   .arg(b.samples[i][j])
                                   .arg(expected)));
            }
            if (small.role == Role::Output)
                QCOMPARE(large.reference[3], 1000 + 256 * small.reference[3]);
            if (small.role == Role::OutputSpectrum)
                QCOMPARE(large.frequency[4], 1.0);
        }
    }

    /// Squares beyond the precision are an error with a way out, not a run that diverges at once.
    void beyondThePrecision()
    {
        const auto huge = [](auto&, auto& y) {
            for (double& value : y)
                value *= 1e30;
        };
        ExperimentSpec spec = threeTones(huge);
        const auto error = makeExperiment(spec).error();
        QVERIFY2(error.text().find("and the square of that is beyond single precision") != std::string::npos,
            error.text().c_str());
        QCOMPARE(error.fixes.size(), std::size_t(2));
        for (const auto& fix : error.fixes) {
            ExperimentSpec mended = spec;
            for (const auto& [path, value] : fix.settings)
                QVERIFY(setByPath(mended, path, value).ok());
            QVERIFY(makeExperiment(mended).ok());
        }
        specOf<FitCurveSpec>(spec.problem).data.reset();
        specOf<FitCurveSpec>(spec.problem).target.formula = "1e30*x";
        QVERIFY(!makeExperiment(spec).ok());
        spec.precision = "double";
        QVERIFY(makeExperiment(spec).ok());
    }

    /// Weighted frequencies are those of the screen, at uneven samples too.
    void weightedFrequenciesAtUnevenSamples()
    {
        ExperimentSpec spec = threeTones([](auto& x, auto& y) {
            x.erase(x.begin() + 9);
            y.erase(y.begin() + 9);
        });
        auto& fit = specOf<FitCurveSpec>(spec.problem);
        fit.loss.kind = "weighted_fourier";
        fit.loss.weights = {.kind = "band", .from = 3, .to = 3};
        const auto made = make(spec);
        const auto record = made.experiment->observe();
        const auto channels = made.experiment->channels();
        const Channel& spectrum = made.spectrum();
        const auto& F = record.samples[static_cast<std::size_t>(&spectrum - channels.data())];
        const std::size_t bins = spectrum.x.values.size();
        const double difference = std::hypot(F[3] - spectrum.reference[3], F[bins + 3] - spectrum.reference[bins + 3]);
        QVERIFY(std::abs(record.samples[0].front() - 2 * difference * difference) < 1e-12); // k and -k
        SampleMatrix many {5000, 1, std::vector<double>(5000)};
        for (std::size_t i = 0; i < 5000; ++i)
            many.values[i] = static_cast<double>(i * i);
        fit.data->inputs = fit.data->targets = Shared(many);
        QVERIFY(makeExperiment(spec).error().text().find("up to 4095 samples, found 5000") != std::string::npos);
        fit.data->inputs = SampleMatrix {2, 2, {0, 1, 2, 3}};
        fit.data->targets = SampleMatrix {2, 1, {0, 1}};
        QVERIFY(makeExperiment(spec).error().text().find("need samples with one input") != std::string::npos);
        fit.data->inputs = SampleMatrix {2, 1, {3, 3}};
        QVERIFY(makeExperiment(spec).error().text().find("more than one point") != std::string::npos);
        fit.loss.kind = "mse"; // nor as a change of a run
        const auto change = makeExperiment(spec).value()->apply({"loss.kind", std::string("weighted_fourier")});
        QVERIFY(!change.ok() && change.error().text().find("more than one point") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TstCurveRemarks)
#include "tst_curve_remarks.moc"
