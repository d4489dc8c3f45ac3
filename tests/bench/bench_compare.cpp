// The engine against libtorch: starts bench_steps and torch_steps in turn, and prints what they took with the median of
// the ratios of pairs. Without torch_steps (it is built where libtorch is found) the engine alone. See --help.

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <vector>

namespace {

struct Settings {
    QString workload; ///< empty: all
    QString seconds;
    int rounds = 5;
    bool torch = false;
};

/// What the ratio should be at least with AVX-512 at full rate; W7 at one thread, the others at two.
double goalOf(const QString& workload, int threads)
{
    static const std::map<QString, double> goals {{QStringLiteral("W1"), 15}, {QStringLiteral("W2"), 2.5},
        {QStringLiteral("W3"), 1.65}, {QStringLiteral("W4"), 1.65}, {QStringLiteral("W6"), 1.85},
        {QStringLiteral("W7"), 17}};
    return threads == (workload == QStringLiteral("W7") ? 1 : 2) ? goals.at(workload) : 1;
}

/// One run of a program beside this one; its JSON object.
QJsonObject run(
    const QString& program, const QString& workload, int threads, const QString& precision, const QString& seconds)
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("OMP_NUM_THREADS"), QString::number(threads));
    environment.insert(QStringLiteral("ATEN_CPU_CAPABILITY"), QStringLiteral("avx512"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationDirPath() + u'/' + program,
        {QStringLiteral("--workload"), workload, QStringLiteral("--threads"), QString::number(threads),
            QStringLiteral("--precision"), precision, QStringLiteral("--seconds"), seconds, QStringLiteral("--json")});
    process.waitForFinished(-1);
    if (process.error() != QProcess::UnknownError || process.exitCode() != 0) {
        std::fprintf(stderr, "bench_compare: %s failed\n", qPrintable(program));
        std::exit(1);
    }
    return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    const auto middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double smallest(const std::vector<double>& values) { return *std::ranges::min_element(values); }

void compare(const QString& workload, int threads, const Settings& settings)
{
    std::vector<double> own, doubled, peer, slowdown, ratio;
    QJsonObject last;
    QString blas;
    for (int round = 0; round < settings.rounds; ++round) {
        last = run(QStringLiteral("bench_steps"), workload, threads, QStringLiteral("float"), settings.seconds);
        own.push_back(last[u"min_ms"].toDouble());
        if (settings.torch) {
            const auto other
                = run(QStringLiteral("torch_steps"), workload, threads, QStringLiteral("float"), settings.seconds);
            peer.push_back(other[u"min_ms"].toDouble());
            ratio.push_back(peer.back() / own.back());
            blas = other[u"blas"].toString();
        }
        doubled.push_back(
            run(QStringLiteral("bench_steps"), workload, threads, QStringLiteral("double"), settings.seconds)[u"min_ms"]
                .toDouble());
        slowdown.push_back(own.back() / doubled.back());
    }
    std::printf("%-8s %7d %10.4f %10.4f %5s %5.0f %%", qPrintable(workload), threads, smallest(own),
        last[u"bound_ms"].toDouble(), qPrintable(last[u"bound"].toString()),
        100 * last[u"bound_ms"].toDouble() / smallest(own));
    if (settings.torch)
        std::printf(" %12.4f %8.2f %6.2f-%-6.2f %6.2f", smallest(peer), median(ratio), smallest(ratio),
            *std::ranges::max_element(ratio), goalOf(workload, threads));
    std::printf(" %12.4f %7.0f %%\n", smallest(doubled), 100 * median(slowdown));
    std::fflush(stdout);
    static bool warned = false;
    if (settings.torch && !blas.contains(QStringLiteral("openblas-openmp")) && !std::exchange(warned, true))
        std::fprintf(stderr, "bench_compare: libtorch is not at its best, it uses %s; install libopenblas0-openmp\n",
            qPrintable(blas));
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    const QStringList all {QStringLiteral("W1"), QStringLiteral("W2"), QStringLiteral("W3"), QStringLiteral("W4"),
        QStringLiteral("W6"), QStringLiteral("W7")};
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Times the engine and libtorch in turn."));
    parser.addHelpOption();
    const QCommandLineOption workload(QStringLiteral("workload"),
        QStringLiteral("One of ") + all.join(u' ') + QStringLiteral("; all without it."), QStringLiteral("W"));
    const QCommandLineOption threads(
        QStringLiteral("threads"), QStringLiteral("1 and 2 without it."), QStringLiteral("N"));
    const QCommandLineOption seconds(
        QStringLiteral("seconds"), QStringLiteral("Of each run."), QStringLiteral("S"), QStringLiteral("1"));
    const QCommandLineOption rounds(
        QStringLiteral("rounds"), QStringLiteral("Runs of each program."), QStringLiteral("N"), QStringLiteral("5"));
    parser.addOptions({workload, threads, seconds, rounds});
    parser.process(app);
    Settings settings {parser.value(workload), parser.value(seconds), parser.value(rounds).toInt(), false};
    const int wantedThreads = parser.value(threads).toInt();
    if ((parser.isSet(workload) && !all.contains(settings.workload)) || (parser.isSet(threads) && wantedThreads < 1)
        || settings.rounds < 1 || settings.seconds.toDouble() <= 0) {
        std::fprintf(stderr, "bench_compare: a value is not possible; see --help\n");
        return 2;
    }
    settings.torch = QFileInfo::exists(QCoreApplication::applicationDirPath() + QStringLiteral("/torch_steps"));
    if (!settings.torch)
        std::printf("There is no torch_steps beside this program: libtorch-dev was not found. The engine alone:\n");
    std::printf("%-8s %7s %10s %10s %5s %7s", "workload", "threads", "engine ms", "bound ms", "by", "reached");
    if (settings.torch)
        std::printf(" %12s %8s %13s %6s", "libtorch ms", "ratio", "from-to", "goal");
    std::printf(" %12s %9s\n", "double ms", "of float");
    for (const auto& id : all)
        if (settings.workload.isEmpty() || settings.workload == id)
            for (const int count : {1, 2})
                if (wantedThreads == 0 || count == 1)
                    compare(id, wantedThreads == 0 ? count : wantedThreads, settings);
    return 0;
}
