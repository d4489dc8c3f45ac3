#include "core/datasets/csv_table.h"
#include "core/experiment/spec.h"
#include "core/files/experiment_file.h"
#include "core/files/presets.h"
#include "core/files/result_writer.h"
#include "core/kinds/fit_curve/kind.h"
#include "core/signal/formula.h"
#include "support/fault_vfs.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QTest>

#include <clocale>
#include <cstdio>
#include <locale>

using namespace fplab;

namespace {

/// The exact bits, as text.
std::string bits(double value)
{
    char text[40];
    std::snprintf(text, sizeof text, "%016llx\n", static_cast<unsigned long long>(std::bit_cast<std::uint64_t>(value)));
    return text;
}

std::string formulas()
{
    std::string out;
    for (const char* text : {"0.5sin(1.5x)+1e-2", "1.25", "min(1.5, 2.5) x", "sin(x", "1,5x", "SIN(X)", "Sin(x)+I",
             "2..5", "round(2.5x)/0.5", "0,5", "π/2", "1e999"}) {
        const auto formula = Formula::parse(text);
        if (!formula) {
            out += formula.error().text() + '\n';
            continue;
        }
        out += formula->normalised() + '\n';
        for (const double x : {-1.5, 0.1, 3.25})
            out += bits((*formula)(x));
    }
    return out;
}

std::string tables()
{
    std::string out;
    for (const char* text : {"x,y\n0.5,1.25\n1e-3,-2.5\n", "x;y\n0,5;1,25\n1,5;-2,5\n", "a\tb\n1234.5\t1.5\n2\t3\n",
             "x,y\n1.5,n/a\n", "\xEF\xBB\xBFI\xC4\xB0,\xC4\xB1\n1.5,2.5\n3,4\n", "0.1 0.2\n0.3 0.4\n",
             "t;v\n31.12.2023 12:00;1.000,5\n01.01.2024 12:00;2\n", "x,y\n0,\"1,000\"\n1,5\n"}) {
        const auto table = CsvTable::open(text);
        const auto columns = table->read(0, 1);
        if (!columns) {
            out += columns.error().text() + '\n';
            continue;
        }
        out += columns->xTitle + '\n' + columns->yTitle + '\n';
        for (const auto& note : columns->notes)
            out += note + '\n';
        for (const auto* values : {&columns->x, &columns->y})
            for (const double value : *values)
                out += bits(value);
    }
    return out;
}

std::string experiments()
{
    std::string out;
    for (const auto& preset : presets()) {
        const auto text = formatExperiment(preset.spec);
        const auto spec = parseExperiment(text);
        out += spec ? formatExperiment(*spec) + experimentHash(*spec) : spec.error().text();
        if (!spec || !(*spec == preset.spec))
            out += "not the same\n";
    }
    const std::pair<const char*, const char*> changes[]
        = {{"optimizer.learning_rate", "0.0125"}, {"optimizer.learning_rate", "0,0125"}, {"network.init.std", "1.5e-1"},
            {"network.hidden", "[12,13]"}, {"analysis.threshold", "1234567.5"}, {"sampling.kind", "UNIFORM"},
            {"network.init", "{\"std\":0.75}"}, {"title", "I\xC4\xB1"}};
    ExperimentSpec spec;
    for (const auto& [path, value] : changes) {
        const auto status = setByPath(spec, path, value);
        out += (status ? formatExperiment(spec) : status.error().text()) + '\n';
    }
    return out;
}

/// All files of a short run but for the time it took.
std::string results()
{
    ExperimentSpec spec = presets().front().spec;
    auto& fit = specOf<FitCurveSpec>(spec.problem);
    fit.network.hidden = {20};
    fit.sampling.testCount = 10;
    fit.stop.steps = 40;
    auto experiment = makeExperiment(spec);
    if (!experiment)
        return experiment.error().text();
    FaultVfs vfs;
    RunAnalysis summary((*experiment)->channels(), analysisOf(spec));
    const auto kind = spec.problem.kind().report(spec, **experiment);
    auto writer = ResultWriter::create("out", spec, (*experiment)->channels(), summary, *kind, 1, vfs);
    const RunSink sink {.record =
                            [&](const RecordPtr& record) {
                                auto timeless = *record;
                                timeless.seconds = 0;
                                summary.add(timeless);
                                (void)(*writer)->add(std::make_shared<const Record>(std::move(timeless)));
                            },
        .change = {},
        .paused = {}};
    RunControl control;
    RunReport report {
        spec, summary, *kind, run(**experiment, scheduleOf(spec), stopRuleOf(spec), sink, control), {}, 1};
    report.result.seconds = 1.5;
    report.weightsSha256 = weightsSha256(kind->params());
    const auto status = (*writer)->finish(report);
    std::string out = status ? std::string() : status.error().text();
    for (const auto& [path, content] : vfs.files)
        out += path + '\n' + content;
    return out;
}

} // namespace

// What setlocale() keeps of LOCPATH is never freed by the C library.
extern "C" const char* __lsan_default_suppressions(); // NOLINT: the sanitizer's name
extern "C" const char* __lsan_default_suppressions() { return "leak:__argz_add_sep\n"; }

/// The same bytes come out of everything that reads or writes numbers, whatever the user's language.
class TstLocales : public QObject {
    Q_OBJECT

    struct Output {
        std::string formulas, tables, experiments, results;
    } m_wanted;

    static constexpr const char* names[] {"de_DE.UTF-8", "zh_CN.UTF-8", "tr_TR.UTF-8"};

    /// Makes the locales beside the test program, once, so that none need be installed. Before the first setlocale():
    /// the C library remembers what it did not find.
    static void makeLocales()
    {
        const QDir folder(QCoreApplication::applicationDirPath() + QStringLiteral("/locales"));
        folder.mkpath(QStringLiteral("."));
        bool all = true;
        for (const char* name : names) {
            const QString path = folder.filePath(QString::fromLatin1(name)),
                          language = QString::fromLatin1(name).section(u'.', 0, 0);
            if (!QFile::exists(path))
                QProcess::execute(QStringLiteral("localedef"),
                    {QStringLiteral("-i"), language, QStringLiteral("-f"), QStringLiteral("UTF-8"), path});
            all = all && QFile::exists(path);
        }
        if (all)
            qputenv("LOCPATH", QFile::encodeName(folder.path())); // the only place that is looked in from now on
    }

    static Output everything() { return {formulas(), tables(), experiments(), results()}; }

private Q_SLOTS:
    void initTestCase()
    {
        makeLocales();
        m_wanted = everything();
        QVERIFY(m_wanted.results.find("0.5") != std::string::npos);
    }
    void sameBytesIn_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : names)
            QTest::newRow(name) << QByteArray(name);
    }
    void sameBytesIn()
    {
        QFETCH(QByteArray, name);
        if (!std::setlocale(LC_ALL, name))
            QSKIP("This locale is not installed and cannot be made: Debian's package locales is missing.");
        std::locale::global(std::locale(name.constData()));
        const bool comma = *std::localeconv()->decimal_point == ',';
        const Output out = everything();
        std::locale::global(std::locale::classic());
        QCOMPARE(comma, name != "zh_CN.UTF-8"); // the locale was in force
        QVERIFY(out.formulas == m_wanted.formulas);
        QVERIFY(out.tables == m_wanted.tables);
        QVERIFY(out.experiments == m_wanted.experiments);
        QVERIFY(out.results == m_wanted.results);
    }
};

QTEST_GUILESS_MAIN(TstLocales)
#include "tst_locales.moc"
