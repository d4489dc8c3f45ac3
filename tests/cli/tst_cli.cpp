#include "core/fields/json.h"
#include "core/io/vfs.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <cmath>
#include <csignal>

using namespace fplab;

namespace {

struct Finished {
    int code = -1;
    QString out, err;
};

QString program() { return QFileInfo(qEnvironmentVariable("FPLAB_CLI")).absoluteFilePath(); }

Finished cli(const QStringList& arguments, const QString& folder = {})
{
    QProcess process;
    if (!folder.isEmpty())
        process.setWorkingDirectory(folder);
    process.start(program(), arguments);
    if (!process.waitForFinished(120'000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError())};
}

JsonValue jsonFile(const QString& path)
{
    const auto text = loadFile(path.toStdString());
    return text ? parseJson(*text).value() : JsonValue {};
}

/// A CSV file of ours: comment lines, header, rows.
struct Table {
    QStringList comments, header;
    QList<QStringList> rows;

    explicit Table(const QString& path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return;
        for (const auto& line : QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)) {
            if (line.startsWith(u'#'))
                comments << line;
            else if (header.isEmpty())
                header = line.split(u',');
            else
                rows << line.split(u',');
        }
    }
    [[nodiscard]] bool regular() const
    {
        return !header.isEmpty()
            && std::ranges::all_of(rows, [&](const auto& row) { return row.size() == header.size(); });
    }
    [[nodiscard]] double number(qsizetype row, qsizetype column) const { return rows[row][column].toDouble(); }
};

/// Arguments of a run that takes milliseconds.
QStringList quick(QStringList more = {})
{
    return QStringList {QStringLiteral("run"), QStringLiteral("three-sines"), QStringLiteral("--set"),
               QStringLiteral("network.hidden=[10]"), QStringLiteral("--steps"), QStringLiteral("50"),
               QStringLiteral("--progress"), QStringLiteral("none")}
    + more;
}

} // namespace

class TstCli : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)); }
    QString write(const char* name, const QByteArray& content) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write a test file");
        return file.fileName();
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(QFile::exists(program()), "FPLAB_CLI must name the program"); }

    void help_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("word");
        const auto row = [](const char* arguments, const char* word) {
            QTest::newRow(arguments) << QString::fromUtf8(arguments).split(u' ') << QString::fromUtf8(word);
        };
        row("--help", "validate FILE");
        row("-h", "Examples:");
        row("--version", FPLAB_VERSION);
        row("list --help", "--json");
        row("show --help", "Usage: fplab-cli show PRESET");
        row("validate -h", "my.fplab.json");
        row("run --help", "--precision P");
        row("run three-sines --steps 3 --help", "Exit codes");
    }
    void help()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, word);
        const auto result = cli(arguments);
        QCOMPARE(result.code, 0);
        QVERIFY2(result.out.contains(word), qPrintable(result.out));
        QVERIFY(result.err.isEmpty());
    }

    void listsPresets()
    {
        const auto text = cli({QStringLiteral("list")});
        QCOMPARE(text.code, 0);
        const auto json = cli({QStringLiteral("list"), QStringLiteral("--json")});
        QCOMPARE(json.code, 0);
        const auto list = parseJson(json.out.toStdString()).value();
        QVERIFY(list.items.size() >= 8);
        for (const auto& item : list.items) {
            QVERIFY(text.out.contains(QString::fromStdString(item.find("id")->text)));
            for (const char* key : {"title", "figure", "variant"})
                QVERIFY2(!item.find(key)->text.empty(), key);
            QVERIFY(item.find("seconds")->number > 0);
        }
    }

    void showGivesAFileThatRuns()
    {
        const auto shown = cli({QStringLiteral("show"), QStringLiteral("good-init")});
        QCOMPARE(shown.code, 0);
        const auto file = write("shown.fplab.json", shown.out.toUtf8());
        const auto valid = cli({QStringLiteral("validate"), file});
        QCOMPARE(valid.code, 0);
        QVERIFY(valid.out.isEmpty() && valid.err.isEmpty());
        QCOMPARE(cli({QStringLiteral("run"), file, QStringLiteral("--steps"), QStringLiteral("2")}).code, 0);
        QCOMPARE(cli({QStringLiteral("validate"), QStringLiteral("shown.fplab.json")}, m_folder.path()).code, 0);
    }

    void mistakes_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* arguments, int code, const char* message) {
            QTest::newRow(arguments) << QString::fromUtf8(arguments).split(u' ', Qt::SkipEmptyParts) << code
                                     << QString::fromUtf8(message);
        };
        row("", 2, "a command is missing");
        row("rnu three-sines", 2, "unknown command \"rnu\". Did you mean run?");
        row("resume x.fpsession", 2, "has no command \"resume\"");
        row("export x", 2, "has no command \"export\"");
        row("sweep x", 2, "has no command \"sweep\"");
        row("merge x", 2, "has no command \"merge\"");
        row("list extra", 2, "unexpected argument \"extra\"");
        row("list --jsno", 2, "unknown option --jsno. Did you mean --json?");
        row("list --json=1", 2, "--json takes no value");
        row("show", 2, "show needs an argument: PRESET");
        row("show three-sinse", 2, "there is no preset \"three-sinse\". Did you mean three-sines?");
        row("run", 2, "run needs an argument");
        row("run a b", 2, "unexpected argument \"b\"");
        row("run nothing-like-it", 2, "there is no preset \"nothing-like-it\"");
        row("run none.json", 3, "none.json: could not be read: there is no such file");
        row("run ./none", 3, "there is no such file");
        row("run /", 3, "it is a folder");
        row("validate none", 3, "there is no such file");
        row("run three-sines --stpes 3", 2, "unknown option --stpes. Did you mean --steps?");
        row("run three-sines -x", 2, "unknown option -x");
        row("run three-sines --steps", 2, "--steps needs a value: --steps N");
        row("run three-sines --steps --force", 2, "--steps needs a value");
        row("run three-sines --steps 3 --steps 4", 2, "--steps is given twice");
        row("run three-sines --steps 0", 2, "--steps: must be between 1 and 1000000000, found 0");
        row("run three-sines --steps -5", 2, "--steps: must be between 1 and");
        row("run three-sines --steps many", 2, "--steps: must be a whole number, found the text \"many\"");
        row("run three-sines --steps 1.5", 2, "--steps: must be a whole number");
        row("run three-sines --seed x", 2, "--seed: must be a whole number");
        row("run three-sines --threads 0", 2, "--threads must be a whole number from 1 to 256, found \"0\"");
        row("run three-sines --threads 2x", 2, "--threads must be a whole number");
        row("run three-sines --precision half", 2, "--precision: must be one of float, double");
        row("run three-sines --record often", 2, "--record must be every:N or log:N, found \"often\"");
        row("run three-sines --record every:0", 2, "--record every must be a whole number from 1");
        row("run three-sines --record log:", 2, "--record log must be a whole number");
        row("run three-sines --progress loud", 2, "--progress must be auto, bar, json or none");
        row("run three-sines --force", 2, "--force only makes sense with --out");
        row("run ./x.json --check", 3, "there is no such file");
        row("run three-sines --set network.init.std", 2, "--set needs PATH=VALUE");
        row("run three-sines --set =3", 2, "--set needs PATH=VALUE");
        row("run three-sines --set network.init.sdt=3", 3,
            "network.init.sdt: unknown key \"sdt\". Did you mean \"std\"?");
        row("run three-sines --set network.init.std=-3", 3, "network.init.std: must be between 0 and 1000, found -3");
        row("run three-sines --set network.init.std=1e999", 3, "network.init.std");
        row("run three-sines --set network.activation=swish", 3, "network.activation: must be one of tanh");
        row("run three-sines --set sampling.to=-5", 3, "sampling.to: must be greater than sampling.from");
        row("run three-sines --set target.formula=sin(x", 3, "target.formula");
        row("run three-sines --set target.formula=1/x-1/x --set sampling.from=0", 3, "target.formula");
        row("run three-sines --set target.parameters.q=2", 3,
            "target.parameters.q: the formula has no parameter \"q\"");
        row("run three-sines --set target.formula=sin(x)+rand()", 3, "Noise is set in the panel Target");
        row("run three-sines --set analysis.peaks=[101]", 3,
            "analysis.peaks: the highest frequency recorded is k = 40, found 101");
        row("run three-sines --set batch=500", 3, "batch");
        row("run three-sines --set data={\"csv\":\"no.csv\"}", 3, "no.csv: could not be read");
        row("run three-sines --set network.init={\"kind\":\"explicit\",\"params\":[{\"W\":[[1]],\"b\":[0]}]}", 3,
            "network.init.params");
        row("run poisson-jacobi --set pde.omega=1.5", 3,
            "pde.omega: has no effect: only damped Jacobi and over-relaxation");
        row("run poisson-jacobi --set network.hidden=[5]", 3, "network.hidden: has no effect: the hand-off step is 0");
        row("run poisson-jacobi --steps 50", 3, "--steps: has no effect: the network ends at the hand-off step");
        row("run three-sines --set optimizer.momentum=0.5", 3, "optimizer.momentum: has no effect: only");
        row("run three-sines --set loss.weights={\"kind\":\"low_pass\"}", 3,
            "loss.weights: nothing in it has an effect");
        row("run three-sines --out /dev/null/x --steps 2", 5, "a part of the path is not a folder");
    }
    void mistakes()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, message);
        const auto result = cli(arguments, m_folder.path());
        QVERIFY2(result.err.contains(message), qPrintable(result.err));
        QCOMPARE(result.code, code);
        QVERIFY2(result.err.startsWith(QStringLiteral("fplab-cli: ")), qPrintable(result.err));
        QCOMPARE(result.err.count(u'\n'), 1);
        QVERIFY2(result.out.isEmpty(), qPrintable(result.out));
    }

    void badFiles()
    {
        const auto wrong
            = write("wrong.fplab.json", "{ \"fplab\": 1,\n  \"network\": { \"init\": { \"std\": \"big\" } } }");
        for (const char* command : {"validate", "run"}) {
            const auto result = cli({QString::fromUtf8(command), wrong});
            QCOMPARE(result.code, 3);
            QVERIFY2(
                result.err.contains(QStringLiteral(
                    "wrong.fplab.json, network.init.std, line 2, column 33: must be a number, found the text \"big\"")),
                qPrintable(result.err));
        }
        const auto formula = write("formula.fplab.json", "{ \"fplab\": 1, \"target\": { \"formula\": \"sin(x\" } }");
        const auto result = cli({QStringLiteral("validate"), formula});
        QCOMPARE(result.code, 3);
        QVERIFY2(result.err.contains(QStringLiteral("target.formula, column")), qPrintable(result.err));
        const auto check = cli({QStringLiteral("run"), formula, QStringLiteral("--check")});
        QCOMPARE(check.code, 2);
    }

    void writesEveryFile()
    {
        const auto out = path("results");
        const auto result = cli(quick({QStringLiteral("--set"), QStringLiteral("sampling.test_count=20"),
            QStringLiteral("--seed"), QStringLiteral("7"), QStringLiteral("--record"), QStringLiteral("every:20"),
            QStringLiteral("--out"), out, QStringLiteral("--precision"), QStringLiteral("double")}));
        QVERIFY2(result.code == 0, qPrintable(result.err));
        QVERIFY(result.err.isEmpty());
        QVERIFY(result.out.contains(QStringLiteral("finished after 50 steps")));
        QStringList files {QStringLiteral("delta_f.csv"), QStringLiteral("delta_f_map.csv"),
            QStringLiteral("experiment.json"), QStringLiteral("loss.csv"), QStringLiteral("output.csv"),
            QStringLiteral("outputs.csv"), QStringLiteral("spectrum.csv"), QStringLiteral("summary.json"),
            QStringLiteral("weights.json")};
        QCOMPARE(QDir(out).entryList(QDir::Files | QDir::Hidden, QDir::Name), files);

        const Table loss(out + QStringLiteral("/loss.csv"));
        QVERIFY(loss.regular());
        QCOMPARE(loss.header.join(u','), QStringLiteral("step,train_loss,test_loss"));
        QStringList steps;
        for (const auto& row : loss.rows)
            steps << row[0];
        QCOMPARE(steps.join(u','), QStringLiteral("0,20,40,50"));
        QVERIFY(loss.comments.contains(QStringLiteral("# seed: 7"))
            && loss.comments.contains(QStringLiteral("# precision: double")));
        QVERIFY(loss.number(3, 1) < loss.number(0, 1));

        const Table peaks(out + QStringLiteral("/delta_f.csv")), map(out + QStringLiteral("/delta_f_map.csv"));
        QCOMPARE(peaks.header.join(u','), QStringLiteral("step,k=1,k=3,k=5"));
        QCOMPARE(map.header.size(), 42);
        QVERIFY(peaks.regular() && map.regular() && peaks.rows.size() == 4 && map.rows.size() == 4);
        for (qsizetype i = 0; i < 4; ++i)
            QCOMPARE(peaks.rows[i][2], map.rows[i][4]);

        const Table spectrum(out + QStringLiteral("/spectrum.csv"));
        QVERIFY(spectrum.regular());
        QCOMPARE(spectrum.rows.size(), 41);
        QVERIFY(std::abs(spectrum.number(1, 6) - 0.5015) < 1e-4); // |F_1| of the three sines
        const double error
            = std::hypot(spectrum.number(3, 4) - spectrum.number(3, 2), spectrum.number(3, 5) - spectrum.number(3, 3));
        QVERIFY(std::abs(error / spectrum.number(3, 6) - peaks.number(3, 2)) < 1e-12);

        const Table outputs(out + QStringLiteral("/outputs.csv")), output(out + QStringLiteral("/output.csv"));
        QVERIFY(outputs.regular() && output.regular());
        QCOMPARE(outputs.header.size(), 202);
        QCOMPARE(outputs.header[1], QStringLiteral("x=-3.14"));
        QCOMPARE(output.header.join(u','), QStringLiteral("x,target,output,set"));
        QCOMPARE(output.rows.size(), 221);
        QCOMPARE(output.rows[0][2], outputs.rows[3][1]);
        double squares = 0;
        for (qsizetype i = 0; i < 201; ++i)
            squares += std::pow(output.number(i, 2) - output.number(i, 1), 2);
        QVERIFY(std::abs(squares / 201 - loss.number(3, 1)) < 1e-12);
        QCOMPARE(output.rows[200][3], QStringLiteral("train"));
        QCOMPARE(output.rows[201][3], QStringLiteral("test"));

        const auto summary = jsonFile(out + QStringLiteral("/summary.json"));
        QVERIFY(summary.find("outcome")->text == "finished");
        QCOMPARE(summary.find("steps")->number, 50.0);
        QCOMPARE(summary.find("train_loss")->number, loss.number(3, 1));
        QCOMPARE(summary.find("test_loss")->number, loss.number(3, 2));
        QCOMPARE(summary.find("peaks")->items.size(), std::size_t(3));
        QVERIFY(summary.find("weights_sha256")->text == hashOf(out));
        const auto experiment = jsonFile(out + QStringLiteral("/experiment.json"));
        QCOMPARE(experiment.find("seed")->number, 7.0);
        QVERIFY(experiment.find("precision")->text == "double");
        QCOMPARE(experiment.find("stop")->find("steps")->number, 50.0);
        QCOMPARE(experiment.find("record")->find("every")->number, 20.0);
        QCOMPARE(cli({QStringLiteral("validate"), out + QStringLiteral("/experiment.json")}).code, 0);
    }

    void refusesAFolderInUse()
    {
        const auto out = path("in use");
        QVERIFY(QDir().mkdir(out));
        QCOMPARE(cli(quick({QStringLiteral("--out"), out})).code, 0); // empty: fine
        const auto refused = cli(quick({QStringLiteral("--out"), out}));
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.err.contains(QStringLiteral("the folder is not empty"))
                && refused.err.contains(QStringLiteral("--force")),
            qPrintable(refused.err));
        QCOMPARE(cli(quick({QStringLiteral("--out"), out, QStringLiteral("--force")})).code, 0);
        const auto file = write("a file", "x");
        QCOMPARE(cli(quick({QStringLiteral("--out"), file})).code, 5);
    }

    void threadsNeverChangeTheNumbers()
    {
        QStringList hashes, tables;
        for (const char* threads : {"1", "2", "4"}) {
            const auto out = path(threads);
            const auto result = cli({QStringLiteral("run"), QStringLiteral("three-sines"), QStringLiteral("--steps"),
                QStringLiteral("100"), QStringLiteral("--threads"), QString::fromUtf8(threads), QStringLiteral("--out"),
                out, QStringLiteral("--progress"), QStringLiteral("none")});
            QCOMPARE(result.code, 0);
            hashes << QString::fromStdString(
                jsonFile(out + QStringLiteral("/summary.json")).find("weights_sha256")->text);
            const Table outputs(out + QStringLiteral("/outputs.csv"));
            tables << outputs.rows.back().join(u',');
        }
        QCOMPARE(hashes.size(), 3);
        QVERIFY(hashes[0] == hashes[1] && hashes[1] == hashes[2]);
        QVERIFY(tables[0] == tables[1] && tables[1] == tables[2]);
    }

    void recordingNeverChangesTheNumbers()
    {
        const auto summaryOf = [](const QString& record) {
            const auto result = cli(quick({QStringLiteral("--record"), record, QStringLiteral("--progress=json")})
                                        .filter(QRegularExpression(QStringLiteral("^(?!none$|--progress$)"))));
            const auto last = result.out.trimmed().section(u'\n', -1);
            return parseJson(last.toStdString()).value();
        };
        const auto often = summaryOf(QStringLiteral("every:1")), seldom = summaryOf(QStringLiteral("every:49"));
        QVERIFY(often.find("event")->text == "result");
        QVERIFY(often.find("weights_sha256")->text == seldom.find("weights_sha256")->text);
        QVERIFY(often.find("train_loss")->number == seldom.find("train_loss")->number);
    }

    void jsonLines()
    {
        auto arguments = quick({QStringLiteral("--record"), QStringLiteral("every:10")});
        arguments.replace(arguments.indexOf(QStringLiteral("none")), QStringLiteral("json"));
        const auto result = cli(arguments);
        QCOMPARE(result.code, 0);
        QVERIFY(result.err.isEmpty());
        const auto lines = result.out.split(u'\n', Qt::SkipEmptyParts);
        QList<double> steps;
        for (const auto& line : lines) {
            const auto json = parseJson(line.toStdString());
            QVERIFY2(json.ok(), qPrintable(line));
            if (json->find("event")->text == "record")
                steps << json->find("step")->number;
        }
        QCOMPARE(steps, (QList<double> {0, 10, 20, 30, 40, 50}));
        QVERIFY(lines.back().contains(QStringLiteral("\"event\": \"result\"")));
    }

    /// The order of two --set does not matter.
    void whatIsSetMayMatterByAnotherSet()
    {
        const auto result = cli({QStringLiteral("run"), QStringLiteral("poisson-jacobi"), QStringLiteral("--set"),
            QStringLiteral("pde.omega=0.8"), QStringLiteral("--set"), QStringLiteral("pde.then=damped_jacobi"),
            QStringLiteral("--progress"), QStringLiteral("none")});
        QVERIFY2(result.code == 0, qPrintable(result.err));
        QVERIFY2(
            result.out.startsWith(QStringLiteral("Poisson: Jacobi alone: finished after ")), qPrintable(result.out));
    }

    void aGoalNotReachedIsSaidInTheSameWords()
    {
        write("tight.fplab.json",
            R"json({"fplab":1,"kind":"poisson","pde":{"formula":"pi^2*sin(pi*x)","grid":50,"handoff_step":0,"then":"jacobi","tolerance":1e-6}})json");
        const auto out = path("tight");
        const auto result = cli({QStringLiteral("run"), path("tight.fplab.json"), QStringLiteral("--out"), out,
            QStringLiteral("--progress"), QStringLiteral("none")});
        QCOMPARE(result.code, 0); // nothing went wrong
        const auto summary = jsonFile(out + QStringLiteral("/summary.json"));
        QVERIFY(summary.find("outcome")->text == "ended");
        const auto reason = QString::fromStdString(summary.find("reason")->text);
        QVERIFY2(reason.contains(QStringLiteral("above the tolerance 1e-06")), qPrintable(reason));
        QVERIFY2(result.out.section(u'\n', 0, 0).contains(QStringLiteral(": ended after ")), qPrintable(result.out));
        QVERIFY2(result.out.section(u'\n', 0, 0).endsWith(reason), qPrintable(result.out));
        const auto& note = summary.find("remarks")->items.front();
        QVERIFY(note.find("id")->text == "tolerance_below_floor");
        QVERIFY(result.out.contains(QStringLiteral("note: ") + QString::fromStdString(note.find("text")->text)));
        // a way out as printed
        const auto& set = summary.find("fixes")->items.front().find("set")->members.front();
        const auto mended = cli(
            {QStringLiteral("run"), path("tight.fplab.json"), QStringLiteral("--progress"), QStringLiteral("none"),
                QStringLiteral("--set"), QString::fromStdString(set.first + '=' + set.second.text)});
        QVERIFY2(mended.out.contains(QStringLiteral(": finished after ")), qPrintable(mended.out));
        QVERIFY(!mended.out.contains(QStringLiteral("note: ")));
    }

    /// A slip in a name makes a parameter of 1: what there is stands among the notes.
    void parametersAreTold()
    {
        const auto result = cli(quick({QStringLiteral("--set"), QStringLiteral("target.formula=a*sin(omga*x)"),
            QStringLiteral("--set"), QStringLiteral("target.parameters.a=1.5")}));
        QVERIFY2(result.out.contains(QStringLiteral("note: parameters of the formula: a = 1.5, omga = 1\n")),
            qPrintable(result.out + result.err));
        QVERIFY(!cli(quick({})).out.contains(QStringLiteral("parameters of the formula")));
    }

    void aLossGoalNotReachedEndsIt()
    {
        const auto result = cli(quick({QStringLiteral("--set"), QStringLiteral("stop.loss=1e-9")}));
        QCOMPARE(result.code, 0);
        const auto line = result.out.section(u'\n', 0, 0);
        QVERIFY2(line.contains(QStringLiteral("ended after 50 steps"))
                && line.contains(QStringLiteral("is above the goal 1e-09 after 50 steps")),
            qPrintable(line));
    }

    void aFileThatSetsSomethingInVainRunsAndSaysSo()
    {
        write("vain.fplab.json", R"({"fplab":1,"loss":{"p":6},"network":{"hidden":[5]},"stop":{"steps":3}})");
        const auto result = cli(
            {QStringLiteral("run"), path("vain.fplab.json"), QStringLiteral("--progress"), QStringLiteral("none")});
        QCOMPARE(result.code, 0);
        QVERIFY2(result.out.contains(QStringLiteral("note: p has no effect: only the loss mean p-th power uses it.")),
            qPrintable(result.out));
    }

    void divergenceIsReported()
    {
        const auto out = path("diverged");
        const auto result = cli(quick({QStringLiteral("--set"), QStringLiteral("optimizer.kind=gd"),
                                          QStringLiteral("--set"), QStringLiteral("optimizer.learning_rate=10"),
                                          QStringLiteral("--set"), QStringLiteral("network.activation=relu"),
                                          QStringLiteral("--set"), QStringLiteral("network.hidden=[100,100]"),
                                          QStringLiteral("--steps=200"), QStringLiteral("--out"), out})
                                    .filter(QRegularExpression(QStringLiteral("^(?!--steps$|50$)"))));
        QVERIFY2(result.code == 4, qPrintable(result.err));
        QVERIFY2(result.err.contains(QStringLiteral("training diverged at step")), qPrintable(result.err));
        const auto summary = jsonFile(out + QStringLiteral("/summary.json"));
        QVERIFY(summary.find("outcome")->text == "diverged");
        const Table loss(out + QStringLiteral("/loss.csv"));
        QVERIFY(loss.regular() && !loss.rows.isEmpty());
        QCOMPARE(loss.rows.back()[0].toDouble(), summary.find("steps")->number);
        for (qsizetype i = 0; i < loss.rows.size(); ++i)
            QVERIFY(std::isfinite(loss.number(i, 1)));
        QVERIFY(summary.find("weights_sha256")->text == hashOf(out));
    }

    void interruptionKeepsWhatIsThere_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
    }
    void interruptionKeepsWhatIsThere()
    {
        QFETCH(int, signal);
        const auto out = path(signal == SIGINT ? "interrupted" : "terminated");
        QProcess process;
        process.start(program(),
            {QStringLiteral("run"), QStringLiteral("three-sines"), QStringLiteral("--steps"),
                QStringLiteral("100000000"), QStringLiteral("--progress"), QStringLiteral("json"),
                QStringLiteral("--out"), out});
        QByteArray output;
        while (!output.contains("\"step\": 30") && process.waitForReadyRead(30'000))
            output += process.readAllStandardOutput();
        QVERIFY2(output.contains("\"step\": 30"), output.constData());
        QVERIFY(::kill(static_cast<pid_t>(process.processId()), signal) == 0);
        QVERIFY(process.waitForFinished(30'000));
        QVERIFY(process.exitStatus() == QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 128 + signal);
        const auto summary = jsonFile(out + QStringLiteral("/summary.json"));
        QVERIFY(summary.find("outcome")->text == "stopped");
        QVERIFY(summary.find("steps")->number >= 30);
        QVERIFY(summary.find("weights_sha256")->text == hashOf(out));
        for (const char* name :
            {"/loss.csv", "/delta_f.csv", "/delta_f_map.csv", "/outputs.csv", "/spectrum.csv", "/output.csv"})
            QVERIFY2(Table(out + QString::fromUtf8(name)).regular(), name);
        QCOMPARE(Table(out + QStringLiteral("/loss.csv")).rows.back()[0].toDouble(), summary.find("steps")->number);
        QCOMPARE(QDir(out).entryList(QDir::Files | QDir::Hidden).size(), 9);
    }

    void checkOfAPreset()
    {
        const auto right = cli({QStringLiteral("run"), QStringLiteral("staircase"), QStringLiteral("--check"),
            QStringLiteral("--progress"), QStringLiteral("none")});
        QVERIFY2(right.code == 0, qPrintable(right.out + right.err));
        QVERIFY(right.out.contains(QStringLiteral("\nreproduced\n")));
        const auto wrong = cli({QStringLiteral("run"), QStringLiteral("staircase"), QStringLiteral("--check"),
            QStringLiteral("--steps"), QStringLiteral("100"), QStringLiteral("--progress"), QStringLiteral("none")});
        QCOMPARE(wrong.code, 1);
        QVERIFY2(wrong.out.contains(QStringLiteral("\nnot reproduced\n")), qPrintable(wrong.out));
    }

    void csvBesideTheExperiment()
    {
        QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("with csv")));
        QByteArray csv("time,value\n");
        for (int i = 0; i < 20; ++i)
            csv += QByteArray::number(i / 10.0) + ',' + QByteArray::number(i % 4) + '\n';
        write("with csv/data.csv", csv);
        const auto file = write("with csv/e.fplab.json",
            R"({"fplab": 1, "data": {"csv": "data.csv", "x": "time", "y": "value"}, "network": {"hidden": [5]}, "stop": {"steps": 3}})");
        const auto out = path("from csv");
        const auto result = cli({QStringLiteral("run"), file, QStringLiteral("--out"), out});
        QVERIFY2(result.code == 0, qPrintable(result.err));
        const Table output(out + QStringLiteral("/output.csv"));
        QCOMPARE(output.rows.size(), 20);
        QCOMPARE(output.rows[5][1], QStringLiteral("1"));
        const auto id = jsonFile(out + QStringLiteral("/summary.json")).find("experiment")->text;
        // The results run again, wherever they are moved and started from, with the original gone.
        const auto moved = path("moved");
        QVERIFY(QDir().rename(out, moved));
        QVERIFY(QDir(m_folder.path()).rename(QStringLiteral("with csv"), QStringLiteral("put away")));
        const auto again = path("again");
        const auto rerun
            = cli({QStringLiteral("run"), moved + QStringLiteral("/experiment.json"), QStringLiteral("--out"), again},
                QStringLiteral("/"));
        QVERIFY2(rerun.code == 0, qPrintable(rerun.err));
        QVERIFY(rerun.err.isEmpty());
        const auto same = jsonFile(again + QStringLiteral("/summary.json"));
        QVERIFY(same.find("experiment")->text == id);
        QVERIFY(same.find("weights_sha256")->text
            == jsonFile(moved + QStringLiteral("/summary.json")).find("weights_sha256")->text);
        // The id covers the data.
        write("moved/data.csv", csv.replace("1.9,3", "1.9,4"));
        QVERIFY(cli({QStringLiteral("run"), moved + QStringLiteral("/experiment.json"), QStringLiteral("--out"), again,
                        QStringLiteral("--force")})
                    .code
            == 0);
        QVERIFY(jsonFile(again + QStringLiteral("/summary.json")).find("experiment")->text != id);
    }

    void csvThatIsNotWhereItWas()
    {
        QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("sent")));
        const auto file = write("sent/e.fplab.json",
            R"({"fplab": 1, "data": {"csv": "/home/of/another/t.csv"}, "network": {"hidden": [5]}, "stop": {"steps": 3}})");
        for (const char* command : {"validate", "run"}) {
            const auto missing = cli({QString::fromUtf8(command), file});
            QCOMPARE(missing.code, 3);
            QVERIFY2(missing.err.startsWith(QStringLiteral("fplab-cli: /home/of/another/t.csv: could not be read")),
                qPrintable(missing.err));
            QVERIFY2(missing.err.contains(path("sent")), qPrintable(missing.err)); // where it looked too
        }
        write("sent/t.csv", "x,y\n0,1\n1,3\n2,2\n3,0\n");
        for (const char* command : {"validate", "run"}) {
            const auto found = cli({QString::fromUtf8(command), file});
            QVERIFY2(found.code == 0, qPrintable(found.err));
            QVERIFY2(found.err.contains(QStringLiteral("note: The samples come from ") + path("sent/t.csv")),
                qPrintable(found.err));
        }
    }

    void weightsOfARunAreAStart()
    {
        const auto first = path("first"), second = path("second");
        QVERIFY(cli(quick({QStringLiteral("--out"), first})).code == 0);
        // Too small a step to move a float: what comes out is what went in.
        const auto result
            = cli(quick({QStringLiteral("--set"), QStringLiteral("network.init=@first/weights.json"),
                      QStringLiteral("--set"), QStringLiteral("optimizer.learning_rate=1e-12"), QStringLiteral("--set"),
                      QStringLiteral("optimizer.kind=gd"), QStringLiteral("--out"), second}),
                m_folder.path());
        QVERIFY2(result.code == 0, qPrintable(result.err));
        const auto hash = [](const QString& out) {
            return jsonFile(out + QStringLiteral("/summary.json")).find("weights_sha256")->text;
        };
        QVERIFY(hash(second) == hash(first));

        const auto missing
            = cli(quick({QStringLiteral("--set"), QStringLiteral("network.init=@none.json")}), m_folder.path());
        QCOMPARE(missing.code, 3);
        QVERIFY2(
            missing.err.startsWith(QStringLiteral("fplab-cli: none.json: could not be read")), qPrintable(missing.err));
        write("broken.json", "{\"kind\": \"explicit\",\n \"params\" 3}");
        const auto broken
            = cli(quick({QStringLiteral("--set"), QStringLiteral("network.init=@broken.json")}), m_folder.path());
        QCOMPARE(broken.code, 3);
        QVERIFY2(broken.err.startsWith(QStringLiteral("fplab-cli: broken.json, line 2, column 11: not valid JSON")),
            qPrintable(broken.err));
        write("wrong.json", "{\"std\": -1}");
        const auto wrong
            = cli(quick({QStringLiteral("--set"), QStringLiteral("network.init=@wrong.json")}), m_folder.path());
        QVERIFY2(wrong.err.startsWith(QStringLiteral("fplab-cli: wrong.json, network.init.std: must be between")),
            qPrintable(wrong.err));
    }

    /// A table alone is an experiment: the obvious columns, what was decided on stdout and in the summary.
    void aTableAlone()
    {
        QByteArray csv("Gerät 7;;\nZeit;U;Notiz\ns;V;\n");
        for (int i = 0; i < 20; ++i)
            csv += QByteArray::number(i) + ",5;" + QByteArray::number(i % 4) + ",25;ok\n";
        write("device.csv", csv);
        const auto out = path("from a table");
        const auto result
            = cli({QStringLiteral("run"), QStringLiteral("device.csv"), QStringLiteral("--steps"), QStringLiteral("3"),
                      QStringLiteral("--set"), QStringLiteral("network.hidden=[5]"), QStringLiteral("--out"), out},
                m_folder.path());
        QVERIFY2(result.code == 0, qPrintable(result.err));
        QVERIFY2(
            result.out.startsWith(QStringLiteral("device.csv: x is \"Zeit\", y is \"U\"\n")), qPrintable(result.out));
        QVERIFY2(result.out.contains(
                     QStringLiteral("note: Line 3 is read as units: s, V. 1 line above the names of the columns is "
                                    "skipped. A comma is read as the decimal mark.")),
            qPrintable(result.out));
        const Table output(out + QStringLiteral("/output.csv"));
        QCOMPARE(output.rows.size(), 20);
        QCOMPARE(output.rows[5][0], QStringLiteral("5.5"));
        QCOMPARE(output.rows[5][1], QStringLiteral("1.25"));
        const auto summary = jsonFile(out + QStringLiteral("/summary.json"));
        QCOMPARE(summary.find("remarks")->items.front().find("id")->text, std::string("csv_read"));
        QCOMPARE(cli({QStringLiteral("validate"), QStringLiteral("device.csv")}, m_folder.path()).code, 0);
        // Our own results are tables, too.
        for (const char* own : {"/output.csv", "/loss.csv", "/outputs.csv", "/spectrum.csv"}) {
            const auto again = cli({QStringLiteral("validate"), out + QLatin1String(own)});
            QVERIFY2(again.code == 0, qPrintable(again.err));
        }
    }

    /// The ways out of an error can be typed, and lead out.
    void twoReadingsOfATable()
    {
        write("two.csv", "x\ty\n0\t998\n1\t999\n2\t1,000\n3\t1,001\n");
        QStringList arguments {
            QStringLiteral("run"), QStringLiteral("two.csv"), QStringLiteral("--steps"), QStringLiteral("1")};
        const auto asked = cli(arguments, m_folder.path());
        QCOMPARE(asked.code, 3);
        QVERIFY2(asked.err.contains(QStringLiteral("two.csv: \"1,000\" in column \"y\" can be 1000")),
            qPrintable(asked.err));
        for (const auto* way : {"data.thousands=,", "data.decimal=,"}) {
            QVERIFY2(asked.err.contains(QStringLiteral("--set '%1'").arg(QLatin1String(way))), qPrintable(asked.err));
            const auto result
                = cli(arguments + QStringList {QStringLiteral("--set"), QLatin1String(way)}, m_folder.path());
            QVERIFY2(result.code == 0, qPrintable(result.err));
        }
        write("double.csv", "x,y,y\n0,1,2\n1,2,3\n2,3,5\n");
        arguments[1] = QStringLiteral("double.csv");
        const auto twice = cli(arguments, m_folder.path());
        QCOMPARE(twice.code, 3);
        QVERIFY2(twice.err.contains(QStringLiteral("2 columns are called \"y\": #2 and #3")), qPrintable(twice.err));
        QCOMPARE(
            cli(arguments + QStringList {QStringLiteral("--set"), QStringLiteral("data.y=#3")}, m_folder.path()).code,
            0);
    }

    void agreesWithTheReferenceProgram()
    {
        const auto golden = jsonFile(QStringLiteral(FPLAB_TEST_DIR "/golden/net_1-16-1_tanh_mse.json"));
        QVERIFY(golden.find("params"));
        QFile source(QStringLiteral(FPLAB_TEST_DIR "/golden/net_1-16-1_tanh_mse.json"));
        QVERIFY(source.open(QIODevice::ReadOnly));
        const auto text = source.readAll();
        const auto part = [&](const QByteArray& key, const QByteArray& next) {
            const auto from = text.indexOf("\"" + key + "\":");
            const auto to = text.indexOf("\"" + next + "\":", from);
            return text.mid(from, text.lastIndexOf(',', to) - from);
        };
        const auto file = write("golden.fplab.json",
            "{ \"fplab\": 1, \"precision\": \"double\", \"data\": { " + part("inputs", "targets") + ", "
                + part("targets", "params")
                + " }, \"network\": { \"hidden\": [16], \"activation\": \"tanh\", \"init\": { \"kind\": \"explicit\", "
                + part("params", "step0")
                + " } }, \"optimizer\": { \"kind\": \"adam\", \"learning_rate\": 0.001 }, \"stop\": { \"steps\": 100 } "
                  "}");
        const auto out = path("golden");
        const auto result = cli({QStringLiteral("run"), file, QStringLiteral("--out"), out});
        QVERIFY2(result.code == 0, qPrintable(result.err));
        const auto* after = golden.find("adam")->find("after")->find("100");
        QVERIFY(after);
        const Table loss(out + QStringLiteral("/loss.csv")), output(out + QStringLiteral("/output.csv"));
        QVERIFY(std::abs(loss.number(0, 1) - golden.find("step0")->find("loss")->number) < 1e-12);
        QCOMPARE(loss.rows.back()[0], QStringLiteral("100"));
        QVERIFY(std::abs(loss.number(loss.rows.size() - 1, 1) - after->find("loss")->number) < 1e-10);
        const auto& outputs = after->find("outputs")->numbers; // rows of one
        QCOMPARE(output.rows.size(), static_cast<qsizetype>(outputs.size()));
        for (std::size_t i = 0; i < outputs.size(); ++i)
            QVERIFY(std::abs(output.number(static_cast<qsizetype>(i), 2) - outputs[i]) < 1e-10);
        const auto weights = jsonFile(out + QStringLiteral("/weights.json"));
        const auto& first = after->find("params")->items[0].find("W")->numbers;
        const auto& written = weights.find("params")->items[0].find("W")->numbers;
        QCOMPARE(written.size(), first.size());
        for (std::size_t i = 0; i < first.size(); ++i)
            QVERIFY(std::abs(written[i] - first[i]) < 1e-10);
    }

    void aClosedOutputIsAnError()
    {
        QProcess process;
        process.setStandardOutputFile(QStringLiteral("/dev/full"));
        process.start(program(), {QStringLiteral("show"), QStringLiteral("three-sines")});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 5);
    }

private:
    /// SHA-256 over the little-endian doubles of weights.json, computed here independently.
    static std::string hashOf(const QString& out)
    {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        const auto add = [&](double number) {
            const double little = qToLittleEndian(number);
            hash.addData(QByteArrayView(reinterpret_cast<const char*>(&little), sizeof little));
        };
        const auto weights = jsonFile(out + QStringLiteral("/weights.json"));
        for (const auto& layer : weights.find("params")->items) {
            std::ranges::for_each(layer.find("W")->numbers, add);
            std::ranges::for_each(layer.find("b")->numbers, add);
        }
        return hash.result().toHex().toStdString();
    }
};

QTEST_GUILESS_MAIN(TstCli)
#include "tst_cli.moc"
