#include "core/experiment/spec.h"
#include "core/fields/json.h"
#include "core/files/experiment_file.h"
#include "core/files/presets.h"
#include "core/files/result_writer.h"
#include "core/kinds/fit_curve/kind.h"
#include "core/parts/curve_report.h"
#include "support/fault_vfs.h"

#include <QTest>

#include <cmath>

using namespace fplab;

namespace {

/// What a curve leaves behind, without an experiment.
struct FakeReport : KindReport {
    Dataset data;
    SampleMatrix outputs;
    NetworkParams weights;
    std::vector<FinalTable> finalTables() override { return {outputTable(data, outputs, {})}; }
    std::vector<std::string> finalTableNames() const override { return {"output.csv"}; }
    NetworkParams params() const override { return weights; }
};

/// A spectrum of four bins whose output walks from zero to the target, at a loss of 1 - step / 4.
struct FakeRun {
    std::vector<Channel> channels;
    std::vector<RecordPtr> records;
    Dataset data = makeDataset({4, 1, {0, 1, 2, 3}}, {4, 1, {1, 2, 3, 4}});
    mutable FakeReport kind;
    ExperimentSpec spec;

    FakeRun()
    {
        Channel loss {.id = "train_loss", .label = {}, .shape = Shape::Scalar, .role = Role::TrainLoss};
        Channel output {.id = "output", .label = {}, .shape = Shape::Curve, .role = Role::Output};
        output.x.values = data.trainInputs.values;
        Channel spectrum {.id = "spectrum", .label = {}, .shape = Shape::Spectrum, .role = Role::OutputSpectrum};
        spectrum.x.values = {0, 1, 2, 3};
        spectrum.frequency = {0, 0.25, 0.5, 0.75};
        spectrum.reference = {0, 2, 0, 0, 0, 0, 0, -4};
        channels = {loss, output, spectrum};
        for (int step = 0; step <= 4; ++step) {
            Record record;
            record.step = step;
            auto reached = spectrum.reference;
            for (auto& value : reached)
                value *= step / 4.0;
            record.samples = {{1 - step / 4.0}, {0.1 * step, 0, 0, step / 3.0}, reached};
            records.push_back(std::make_shared<const Record>(record));
        }
        kind.data = data;
        kind.outputs = {4, 1, {0.4, 0, 0, 4.0 / 3}};
        kind.weights = {{{{1, -0.5}}, {0.25}}};
        specOf<FitCurveSpec>(spec.problem).analysis.peaks = std::vector {1, 3};
    }

    Status write(Vfs& vfs) const
    {
        RunAnalysis summary(channels, analysisOf(spec));
        auto writer = ResultWriter::create("out", spec, channels, summary, kind, 1, vfs);
        if (!writer)
            return writer.error();
        for (const auto& record : records) {
            summary.add(*record);
            (void)(*writer)->add(record);
        }
        RunReport report {spec, summary, kind, RunResult(), weightsSha256(kind.weights), 1};
        report.result.step = 4;
        return (*writer)->finish(report);
    }
};

std::string body(const std::string& file) { return file.substr(file.find("\n", file.rfind("# ")) + 1); }

} // namespace

class TstResultWriter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesTheTables()
    {
        FaultVfs vfs;
        const FakeRun run;
        QVERIFY(run.write(vfs).ok());
        QCOMPARE(vfs.files.size(), std::size_t(9));
        QVERIFY(body(vfs.files.at("out/loss.csv"))
            == "step,train_loss,test_loss\n0,1,nan\n1,0.75,nan\n2,0.5,nan\n3,0.25,nan\n4,0,nan\n");
        QVERIFY(body(vfs.files.at("out/delta_f.csv"))
            == "step,k=1,k=3\n0,1,1\n1,0.75,0.75\n2,0.5,0.5\n3,0.25,0.25\n4,0,0\n");
        QVERIFY(body(vfs.files.at("out/delta_f_map.csv")).starts_with("step,k=0,k=1,k=2,k=3\n0,nan,1,nan,1\n"));
        QVERIFY(body(vfs.files.at("out/outputs.csv"))
                    .starts_with("step,x=0,x=1,x=2,x=3\n0,0,0,0,0\n1,0.1,0,0,0.3333333333333333\n"));
        QVERIFY(body(vfs.files.at("out/spectrum.csv"))
            == "k,frequency,target_re,target_im,output_re,output_im,target_abs,output_abs\n0,0,0,0,0,0,0,0\n"
               "1,0.25,2,0,2,0,2,2\n2,0.5,0,0,0,0,0,0\n3,0.75,0,-4,0,-4,4,4\n");
        QVERIFY(body(vfs.files.at("out/output.csv"))
            == "x,target,output,set\n0,1,0.4,train\n1,2,0,train\n2,3,0,train\n3,4,1.3333333333333333,train\n");
        QVERIFY(parseExperiment(vfs.files.at("out/experiment.json")).value() == run.spec);
        const auto& loss = vfs.files.at("out/loss.csv");
        for (const char* key : {"# program: fplab ", "# experiment: ", "# seed: 42\n", "# precision: float\n",
                 "# threads: 1\n", "# isa: "})
            QVERIFY2(loss.find(key) != std::string::npos, key);
    }

    void weightsCanBeReadBack()
    {
        FaultVfs vfs;
        const FakeRun run;
        QVERIFY(run.write(vfs).ok());
        ExperimentSpec spec;
        QVERIFY(setByPath(spec, "network.init", vfs.files.at("out/weights.json")).ok());
        QVERIFY(specOf<FitCurveSpec>(spec.problem).network.init.kind == "explicit");
        QVERIFY(specOf<FitCurveSpec>(spec.problem).network.init.params == run.kind.weights);
        // The doubles 1, -0.5, 0.25, hashed by another program.
        QCOMPARE(QString::fromStdString(weightsSha256(run.kind.weights)),
            QStringLiteral("8c946c37f539d5d08e10b76f6c758c360b516a529516c9f7b8c399ebe7720a1a"));
    }

    void summaryTellsTheOutcome()
    {
        FaultVfs vfs;
        const FakeRun run;
        QVERIFY(run.write(vfs).ok());
        const auto json = parseJson(vfs.files.at("out/summary.json")).value();
        QVERIFY(json.find("outcome")->text == "finished");
        QCOMPARE(json.find("steps")->number, 4.0);
        QCOMPARE(json.find("train_loss")->number, 0.0);
        QVERIFY(json.find("test_loss")->type == JsonValue::Type::Null);
        QCOMPARE(json.find("weights_sha256")->text.size(), std::size_t(64));
        const auto& peaks = json.find("peaks")->items;
        QCOMPARE(peaks.size(), std::size_t(2));
        QCOMPARE(peaks[1].find("k")->number, 3.0);
        QCOMPARE(peaks[1].find("frequency")->number, 0.75);
        QCOMPARE(peaks[1].find("first_below")->number, 4.0);
        QVERIFY(json.find("verdict")->find("holds")->type == JsonValue::Type::Bool);
        for (const char* key : {"seconds", "precision", "threads", "isa", "version", "experiment", "seed"})
            QVERIFY2(json.find(key), key);
    }

    void everyFaultLeavesWholeFiles()
    {
        const FakeRun run;
        FaultVfs perfect;
        QVERIFY(run.write(perfect).ok());
        const auto complete = perfect.files;
        using Files = std::map<std::string, std::string>;
        const Files inUse {
            {"out/loss.csv", "old table"}, {"out/summary.json", "old summary"}, {"out/mine.txt", "mine"}};
        int injections = 0;
        for (const Files& old : {inUse, Files {}}) {
            injections += forEachFault([&](FaultVfs& vfs) { vfs.files = old; },
                [&](FaultVfs& vfs) { return run.write(vfs); },
                [&](const FaultVfs& vfs, const Status& status, const Fault&) {
                    for (const auto& [name, content] : vfs.files) {
                        const auto before = old.find(name), after = complete.find(name);
                        const bool isOld = before != old.end() && content == before->second;
                        const bool isNew = after != complete.end() && content == after->second;
                        QVERIFY2(isOld || isNew, name.c_str()); // nothing half written, no temp file
                    }
                    for (const auto& [name, content] : old)
                        QVERIFY2(vfs.files.contains(name), name.c_str());
                    QCOMPARE(vfs.openFiles(), std::size_t(0));
                    const auto summary = vfs.files.find("out/summary.json");
                    const bool complies = summary != vfs.files.end() && summary->second == complete.at(summary->first);
                    QCOMPARE(complies, status.ok()); // the summary is the last: it stands for all of them
                    if (!status) {
                        QVERIFY(status.error().kind == ErrorKind::Disk);
                        QVERIFY(status.error().text().starts_with("out"));
                    }
                });
        }
        QVERIFY2(injections >= 2000, qPrintable(QString::number(injections)));
    }

    void aRunThatIsGivenUpLeavesNothing()
    {
        FaultVfs vfs;
        const FakeRun run;
        RunAnalysis summary(run.channels, analysisOf(run.spec));
        {
            auto writer = ResultWriter::create("out", run.spec, run.channels, summary, run.kind, 1, vfs);
            QVERIFY(writer.ok());
            QVERIFY(!vfs.files.empty());
        }
        QVERIFY(vfs.files.empty());
    }

    void theDataGoesWithTheResults()
    {
        FaultVfs vfs;
        FakeRun run;
        auto& data = specOf<FitCurveSpec>(run.spec.problem).data.emplace();
        data.csv = "/measured/output.csv"; // the name of a table of ours
        vfs.files["/measured/output.csv"] = "x,y\n1,2\n";
        QVERIFY(run.write(vfs).ok());
        QVERIFY(vfs.files.at("out/output-2.csv") == "x,y\n1,2\n");
        const auto spec = parseExperiment(vfs.files.at("out/experiment.json")).value();
        QVERIFY(specOf<FitCurveSpec>(spec.problem).data->csv == "output-2.csv");
        // Again into the same folder: the copy serves; other data does not take its place.
        QVERIFY(run.write(vfs).ok());
        QVERIFY(!vfs.files.contains("out/output-3.csv"));
        vfs.files["/measured/output.csv"] = "x,y\n1,3\n";
        QVERIFY(run.write(vfs).ok());
        QVERIFY(vfs.files.at("out/output-2.csv") == "x,y\n1,2\n" && vfs.files.at("out/output-3.csv") == "x,y\n1,3\n");
    }

    void whatCannotBeOpenedIsRefusedBeforeTheRun()
    {
        FaultVfs vfs;
        FakeRun run;
        run.spec.title = std::string(500, 'x');
        const auto status = run.write(vfs);
        QVERIFY(!status.ok() && status.error().text().find("Nothing was written.") != std::string::npos);
        QVERIFY(vfs.files.empty());
    }

    void tooManyWeightsAreSaidAndNotWritten()
    {
        FaultVfs vfs;
        FakeRun run;
        vfs.files["out/weights.json"] = "of another run";
        run.kind.weights = {{{}, std::vector<double>(writtenWeightsLimit + 1)}};
        QVERIFY(run.write(vfs).ok());
        QVERIFY(!vfs.files.contains("out/weights.json"));
        const auto remark = remarkOnWeights(run.kind.weights);
        QVERIFY(remark && remark->text.find("10000001 weights") != std::string::npos);
        QVERIFY(!remarkOnWeights({{{}, std::vector<double>(writtenWeightsLimit)}}));
    }

    void severalDimensionsHaveNoSpectrum()
    {
        ExperimentSpec spec;
        auto& fit = specOf<FitCurveSpec>(spec.problem);
        fit.data = DataSpec {};
        fit.data->inputs = {2, 2, {1, 2, 3, 4}};
        fit.data->targets = {2, 3, {1, 2, 3, 4, 5, 6}};
        fit.network.hidden = {3};
        const auto experiment = makeExperiment(spec);
        QVERIFY2(experiment.ok(), experiment ? "" : experiment.error().text().c_str());
        const auto channels = (*experiment)->channels();
        RunAnalysis summary(channels, analysisOf(spec));
        FaultVfs vfs;
        const auto kind = spec.problem.kind().report(spec, **experiment);
        auto writer = ResultWriter::create("out", spec, channels, summary, *kind, 1, vfs);
        QVERIFY(writer.ok());
        const auto record = std::make_shared<const Record>((*experiment)->observe());
        summary.add(*record);
        QVERIFY((*writer)->add(record).ok());
        const RunReport report {spec, summary, *kind, RunResult(), weightsSha256(kind->params()), 1};
        QVERIFY((*writer)->finish(report).ok());
        for (const char* name : {"out/spectrum.csv", "out/delta_f.csv", "out/delta_f_map.csv", "out/outputs.csv"})
            QVERIFY2(!vfs.files.contains(name), name);
        QVERIFY(body(vfs.files.at("out/output.csv"))
                    .starts_with("x1,x2,target1,target2,target3,output1,output2,output3,set\n1,2,1,2,3,"));
        QVERIFY(parseJson(vfs.files.at("out/summary.json")).value().find("peaks")->items.empty());
    }
};

QTEST_GUILESS_MAIN(TstResultWriter)
#include "tst_result_writer.moc"
