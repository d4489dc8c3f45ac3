#include "core/files/experiment_file.h"
#include "core/files/experiment_id.h"
#include "core/kinds/fit_curve/kind.h"
#include "core/kinds/poisson/kind.h"

#include <QTest>

using namespace fplab;

namespace {

FitCurveSpec& fit(ExperimentSpec& spec) { return specOf<FitCurveSpec>(spec.problem); }

ExperimentSpec withSamples()
{
    ExperimentSpec spec;
    fit(spec).data = DataSpec {};
    fit(spec).data->inputs = SampleMatrix {3, 1, {-1, 0, 1}};
    fit(spec).data->targets = SampleMatrix {3, 1, {0.1, 0, 0.3}};
    return spec;
}

} // namespace

/// Ids stand in files that people keep: those computed here, by another program from the documented text, are for ever.
class TstExperimentId : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knownIds()
    {
        ExperimentSpec spec;
        QVERIFY(experimentHash(spec) == "c8a65091c51dd5be");
        spec.problem = PoissonSpec {};
        QVERIFY(experimentHash(spec) == "00227813359df85b");
        spec = withSamples();
        spec.title = "A label";
        spec.seed = 7;
        fit(spec).loss.kind = "lp";
        fit(spec).network.hidden = {50, 60};
        fit(spec).network.init.biasStd = 0.5;
        fit(spec).network.init.params = NetworkParams {{{{1, -0.5}}, {0.25}}};
        QVERIFY(experimentHash(spec) == "0c70c0574f709a64");
        QVERIFY(samplesSha256(*fit(spec).data->inputs, *fit(spec).data->targets)
            == "02d761c1cfbc5e4e1f5b5c2a3321d0dc575abf7dfb9a45b02a15961bce52c735");
    }

    void theTitleIsALabel()
    {
        ExperimentSpec spec;
        const auto id = experimentHash(spec);
        spec.title = "Another";
        QVERIFY(experimentHash(spec) == id);
        spec.seed = 43;
        QVERIFY(experimentHash(spec) != id);
    }

    /// The order of samples does not matter, how the network sees them does.
    void coversWhatIsTrainedOn()
    {
        const auto id = experimentHash(withSamples());
        auto other = withSamples();
        fit(other).data->inputs = SampleMatrix {3, 1, {1, -1, 0}};
        fit(other).data->targets = SampleMatrix {3, 1, {0.3, 0.1, 0}};
        QVERIFY(experimentHash(other) == id);
        for (double DataSpec::*scaling :
            {&DataSpec::xOffset, &DataSpec::xScale, &DataSpec::yOffset, &DataSpec::yScale}) {
            auto scaled = withSamples();
            (*fit(scaled).data).*scaling = 2;
            QVERIFY(experimentHash(scaled) != id);
            fit(scaled).data->csv = "t.csv"; // of a file too
            QVERIFY(experimentHash(scaled, "samples") != experimentHash(other, "samples"));
        }
        auto twice = withSamples();
        fit(twice).data->inputs = SampleMatrix {4, 1, {-1, 0, 1, 1}};
        fit(twice).data->targets = SampleMatrix {4, 1, {0.1, 0, 0.2, 0.4}};
        QVERIFY(experimentHash(twice) != id);
        fit(twice).data->duplicates = "mean";
        fit(other).data->targets = SampleMatrix {3, 1, {(0.2 + 0.4) / 2, 0.1, 0}};
        QVERIFY(experimentHash(twice) == experimentHash(other));
    }

    void coversTheDataAndNotWhereItCameFrom()
    {
        const auto given = withSamples();
        const auto id = experimentHash(given);
        auto other = given;
        fit(other).data->targets = SampleMatrix {3, 1, {0.1, 0, 0.30000000000000004}};
        QVERIFY(experimentHash(other) != id);
        other = given;
        fit(other).data->inputs = SampleMatrix {1, 3, {-1, 0, 1}};
        QVERIFY(experimentHash(other) != id);

        ExperimentSpec csv;
        fit(csv).data = DataSpec {};
        const auto& data = *specOf<FitCurveSpec>(given.problem).data;
        const auto samples = samplesSha256(data.inputs, data.targets);
        for (const char* name : {"a.csv", "/elsewhere/b.csv"}) {
            fit(csv).data->csv = name;
            QVERIFY(experimentHash(csv, samples) == id);
        }
        QVERIFY(experimentHash(csv, samples) != experimentHash(csv, samplesSha256(data.targets, data.inputs)));
    }

    void surviveTheFile()
    {
        const auto spec = withSamples();
        QVERIFY(experimentHash(parseExperiment(formatExperiment(spec)).value()) == experimentHash(spec));
    }
};

QTEST_GUILESS_MAIN(TstExperimentId)
#include "tst_experiment_id.moc"
