#define FPLAB_FAILING_NEW
#include "core/datasets/csv_table.h"
#include "core/experiment/spec.h"
#include "core/files/experiment_file.h"
#include "core/files/presets.h"
#include "core/files/result_writer.h"
#include "core/kinds/fit_curve/kind.h"
#include "core/run/history.h"
#include "core/run/record_queue.h"
#include "core/signal/formula.h"
#include "support/failing_new.h"
#include "support/fault_vfs.h"

#include <QProcess>
#include <QTest>

#include <optional>

using namespace fplab;
using failing_new::End;
using failing_new::forEachAllocation;

namespace {

/// The file system in memory, whose own allocations are no part of the program.
class PausedVfs final : public Vfs {
    template <class Call> static auto paused(Call&& call)
    {
        const failing_new::Pause pause;
        return call();
    }

public:
    FaultVfs inner;

    int openForWrite(const std::string& path, bool exclusive) override
    {
        return paused([&] { return inner.openForWrite(path, exclusive); });
    }
    int openForRead(const std::string& path) override
    {
        return paused([&] { return inner.openForRead(path); });
    }
    std::int64_t read(int fd, std::span<std::byte> buffer) override
    {
        return paused([&] { return inner.read(fd, buffer); });
    }
    std::int64_t write(int fd, std::span<const std::byte> bytes) override
    {
        return paused([&] { return inner.write(fd, bytes); });
    }
    int fsync(int fd) override
    {
        return paused([&] { return inner.fsync(fd); });
    }
    int close(int fd) override
    {
        return paused([&] { return inner.close(fd); });
    }
    std::int64_t size(int fd) override
    {
        return paused([&] { return inner.size(fd); });
    }
    int inspect(const std::string& path, std::string& target) override
    {
        return paused([&] { return inner.inspect(path, target); });
    }
    int rename(const std::string& from, const std::string& to) override
    {
        return paused([&] { return inner.rename(from, to); });
    }
    int unlink(const std::string& path) override
    {
        return paused([&] { return inner.unlink(path); });
    }
    int makeDirectory(const std::string& path) override
    {
        return paused([&] { return inner.makeDirectory(path); });
    }
    int syncDirectory(const std::string& path) override
    {
        return paused([&] { return inner.syncDirectory(path); });
    }
    std::int64_t freeBytes(const std::string& path) override
    {
        return paused([&] { return inner.freeBytes(path); });
    }
};

ExperimentSpec smallSpec(int hidden = 8)
{
    ExperimentSpec spec;
    auto& fit = specOf<FitCurveSpec>(spec.problem);
    fit.network.hidden = {hidden};
    fit.sampling.count = 24;
    fit.sampling.testCount = 5;
    fit.stop.steps = 3;
    return spec;
}

} // namespace

/// When memory runs out, at whatever allocation: std::bad_alloc comes out of the call, nothing else, and what was there
/// before is as it was.
class TstMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parsers()
    {
        const std::string csv = "time,value\n0.5,1.5\n1.5,n/a\n2.5,3\n",
                          broken = "{\"fplab\":1,\"kind\":\"fit_curve\",\"sed\":7}";
        const auto wantedSamples = CsvTable::open(csv)->read(0, 1);
        QVERIFY(wantedSamples.ok() && wantedSamples->badRows == 1);
        std::optional<Result<CsvTable::Samples>> samples;
        QVERIFY(forEachAllocation([&] { samples = CsvTable::open(csv)->read(0, 1); },
                    [&](End end) {
                        if (end == End::Completed)
                            QVERIFY(samples->ok() && (*samples)->y == wantedSamples->y
                                && (*samples)->bad == wantedSamples->bad);
                        samples.reset();
                    })
            > 20);

        const auto spec = presets().front().spec;
        const auto text = formatExperiment(spec);
        std::optional<Result<ExperimentSpec>> parsed;
        QVERIFY(forEachAllocation([&] { parsed = parseExperiment(text); },
                    [&](End end) {
                        if (end == End::Completed)
                            QVERIFY(parsed->ok() && **parsed == spec);
                        parsed.reset();
                    })
            > 20);
        std::string message;
        forEachAllocation([&] { message = parseExperiment(broken).error().text(); },
            [&](End end) { QVERIFY(end == End::NoMemory || message.find("seed") != std::string::npos); });
        std::string again;
        QVERIFY(forEachAllocation([&] { again = formatExperiment(spec); },
                    [&](End end) { QVERIFY(end == End::NoMemory || again == text); })
            > 5);
        for (const char* formula : {"2sin(3x)+x**2/π", "min(x, 1", "max(abs(x), mod(x, 3))"}) {
            const auto wanted = Formula::parse(formula);
            QVERIFY(forEachAllocation(
                        [&] {
                            const auto made = Formula::parse(formula);
                            message = made ? made->normalised() : made.error().text();
                        },
                        [&](End end) {
                            QVERIFY(end == End::NoMemory
                                || message == (wanted ? wanted->normalised() : wanted.error().text()));
                        })
                > 5);
        }
    }
    void changesOfASpecAreWholeOrNone()
    {
        for (const auto& [path, value] :
            {std::pair("network.hidden", "[30,40,50]"), std::pair("network", R"({"hidden":[7],"activation":"relu"})"),
                std::pair("title", "a title that is longer than any small string"),
                std::pair("loss.weights.values", "[1,2,3]"), std::pair("network.hidden", "[30,0]")}) {
            const auto before = smallSpec();
            auto spec = before;
            forEachAllocation(
                [&] {
                    {
                        const failing_new::Pause pause;
                        spec = before;
                    }
                    (void)setByPath(spec, path, value);
                },
                [&](End end) { QVERIFY(end == End::Completed || spec == before); });
        }
    }
    void experimentsAreMadeOrNot()
    {
        const auto spec = smallSpec();
        auto reference = makeExperiment(spec);
        (*reference)->step();
        const auto wanted = (*reference)->observe();
        std::optional<Record> record;
        const int failures = forEachAllocation(
            [&] {
                auto made = makeExperiment(spec, {.threads = 2});
                if (!made)
                    return;
                (*made)->step();
                record = (*made)->observe();
            },
            [&](End end) {
                QVERIFY(end == End::NoMemory || (record && record->samples == wanted.samples));
                record.reset();
            });
        QVERIFY(failures > 100);
    }
    /// What fails in the middle of a training leaves it as it was: the next steps are those of an undisturbed one.
    void aTrainingSurvives()
    {
        const auto spec = smallSpec();
        auto experiment = makeExperiment(spec), undisturbed = makeExperiment(spec);
        const auto start = (*experiment)->state();
        const std::vector<LiveChange> changes {{"optimizer.kind", std::string("momentum")}, {"batch", std::string("7")},
            {"loss", std::string(R"({"kind":"weighted_fourier","weights":{"kind":"points","values":[1,2,3]}})")}};
        for (const auto& change : changes) {
            Status status = success();
            forEachAllocation([&] { status = (*experiment)->apply(change); },
                [&](End end) {
                    if (end == End::Completed) { // back, for the next attempt
                        QVERIFY2(status.ok(), status ? "" : status.error().text().c_str());
                        experiment = makeExperiment(spec);
                        return;
                    }
                    (*experiment)->step();
                    (*undisturbed)->step();
                    QVERIFY2(
                        (*experiment)->observe().samples == (*undisturbed)->observe().samples, change.path.c_str());
                    QVERIFY((*experiment)->restore(start).ok());
                    QVERIFY((*undisturbed)->restore(start).ok());
                });
        }
        forEachAllocation(
            [&] {
                (void)(*experiment)->state();
                (void)(*experiment)->observe();
            },
            [&](End) {
                (*experiment)->step();
                (*undisturbed)->step();
                QVERIFY((*experiment)->observe().samples == (*undisturbed)->observe().samples);
            });
    }
    void aRunEndsAndItsExperimentGoesOn()
    {
        const auto spec = smallSpec();
        auto experiment = makeExperiment(spec);
        const auto start = (*experiment)->state();
        History history;
        const int failures = forEachAllocation(
            [&] {
                {
                    const failing_new::Pause pause;
                    QVERIFY((*experiment)->restore(start).ok());
                    history.clear();
                }
                RunControl control;
                control.post({{"optimizer.learning_rate", 0.01}});
                const RunSink sink {
                    .record = [&](RecordPtr record) { history.append(std::move(record)); }, .change = {}, .paused = {}};
                (void)run(**experiment, Schedule::every(1), stopRuleOf(spec), sink, control);
            },
            [&](End end) {
                QVERIFY(history.size() <= 4);
                QVERIFY(end == End::NoMemory || history.size() == 4);
                std::size_t bytes = 0;
                for (std::size_t i = 0; i < history.size(); ++i) {
                    QCOMPARE(history.at(i).step, std::int64_t(i));
                    bytes += history.at(i).bytes();
                }
                QCOMPARE(history.bytes(), bytes);
            });
        QVERIFY(failures > 50);
    }
    void aQueueThatCannotGrowStaysAsItIs()
    {
        RecordQueue queue;
        std::size_t pushed = 0, taken = 0;
        forEachAllocation(
            [&] {
                for (int i = 0; i < 9; ++i) {
                    RecordPtr record;
                    {
                        const failing_new::Pause pause;
                        record = std::make_shared<const Record>();
                    }
                    (void)queue.push(std::move(record));
                    ++pushed;
                }
            },
            [&](End) {
                taken += queue.takeAll().size();
                QCOMPARE(taken, pushed);
            });
    }
    void filesAreWholeOrAsBefore()
    {
        const std::string old(100, 'o'), fresh(200000, 'n');
        std::optional<PausedVfs> vfs;
        std::string loaded;
        forEachAllocation(
            [&] {
                {
                    const failing_new::Pause pause;
                    loaded.clear();
                    vfs.emplace();
                    vfs->inner.files["out/file"] = old;
                }
                (void)saveFile("out/file", fresh, *vfs);
                loaded = loadFile("out/file", 1 << 20, *vfs).value();
            },
            [&](End end) {
                QCOMPARE(vfs->inner.openFiles(), std::size_t(0));
                QCOMPARE(vfs->inner.files.size(), std::size_t(1));
                const auto& content = vfs->inner.files.at("out/file");
                QVERIFY(content == fresh || (end == End::NoMemory && content == old));
                QVERIFY(end == End::NoMemory || loaded == fresh);
            });
    }
    void theHeadlessProgramSaysSo()
    {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("The sanitizer needs more address space than the limit of this test.");
#endif
        QProcess shell; // weights of 7000 x 7000 are 392 MB in double precision
        shell.start(QStringLiteral("sh"),
            {QStringLiteral("-c"),
                QStringLiteral(
                    "ulimit -v 300000; exec \"$FPLAB_CLI\" run three-sines --set 'network.hidden=[7000,7000]'")});
        QVERIFY(shell.waitForFinished(30000));
        QVERIFY2(shell.readAllStandardError().contains("not enough memory"), "the message");
        QCOMPARE(shell.exitCode(), 3);
    }
    void resultsAreWholeOrAsBefore()
    {
        const auto spec = smallSpec();
        auto experiment = makeExperiment(spec);
        std::vector<RecordPtr> records;
        const RunSink sink {
            .record = [&](RecordPtr record) { records.push_back(std::move(record)); }, .change = {}, .paused = {}};
        RunControl control;
        const auto result = run(**experiment, Schedule::every(1), stopRuleOf(spec), sink, control);
        const auto kind = spec.problem.kind().report(spec, **experiment);
        const auto write = [&](Vfs& vfs) -> Status {
            RunAnalysis summary((*experiment)->channels(), analysisOf(spec));
            auto writer = ResultWriter::create("out", spec, (*experiment)->channels(), summary, *kind, 1, vfs);
            if (!writer)
                return writer.error();
            for (const auto& record : records) {
                summary.add(*record);
                (void)(*writer)->add(record);
            }
            const RunReport report {spec, summary, *kind, result, weightsSha256(kind->params()), 1};
            return (*writer)->finish(report);
        };
        FaultVfs wanted;
        QVERIFY(write(wanted).ok());
        std::optional<PausedVfs> vfs;
        const int failures = forEachAllocation(
            [&] {
                {
                    const failing_new::Pause pause;
                    vfs.emplace();
                    for (const auto& [path, content] : wanted.files)
                        vfs->inner.files[path] = "old";
                }
                (void)write(*vfs);
            },
            [&](End end) {
                QCOMPARE(vfs->inner.openFiles(), std::size_t(0));
                QCOMPARE(vfs->inner.files.size(), wanted.files.size()); // no temp file is left
                for (const auto& [path, content] : vfs->inner.files)
                    QVERIFY2(
                        content == wanted.files.at(path) || (end == End::NoMemory && content == "old"), path.c_str());
            });
        QVERIFY(failures > 200);
    }
};

QTEST_GUILESS_MAIN(TstMemory)
#include "tst_memory.moc"
