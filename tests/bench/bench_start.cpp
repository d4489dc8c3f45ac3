// From starting a program to its first painted window, in fresh processes: the window with the gallery, the window with
// a preset (until all views show it), and a bare main window with one empty plot. Prints medians.
//   QT_QPA_PLATFORM=offscreen bench_start [ROUNDS]

#include "ui/views/plot_view.h"
#include "ui/views/qcp.h"
#include "ui/window/main_window.h"
#include "ui/window/view_grid.h"

#include <QApplication>
#include <QProcess>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QTimer>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <map>

using namespace fplab;

namespace {

const char* const modes[] = {"gallery", "preset", "bare"};
const char* const titles[]
    = {"the window, with the gallery", "the window, with a preset's views", "a bare window with one plot"};

double nowMs()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double processorMs()
{
    timespec now {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

/// Ends the program, with the times on its output, when the paint event that it waits for has been dealt with.
class FirstPaint : public QObject {
public:
    FirstPaint(double started, std::function<bool(QObject*)> awaited)
        : m_started(started)
        , m_awaited(std::move(awaited))
    {
        qApp->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && m_awaited(watched)) {
            qApp->removeEventFilter(this);
            QTimer::singleShot(0, this, [this] { // the widgets around it are painted in the same turn
                std::printf("%f %f\n", nowMs() - m_started, processorMs());
                std::fflush(stdout);
                std::_Exit(0);
            });
        }
        return false;
    }

private:
    const double m_started;
    const std::function<bool(QObject*)> m_awaited;
};

int showBare(double started)
{
    QMainWindow window;
    window.setCentralWidget(new QCustomPlot);
    window.resize(1366, 700);
    const FirstPaint first(started, [&](const QObject* watched) { return watched == window.centralWidget(); });
    window.show();
    return QApplication::exec();
}

/// As the program does (app/main.cpp).
int showWindow(double started, bool preset)
{
    QApplication::setApplicationName(QStringLiteral("fplab"));
    QApplication::setOrganizationName(QStringLiteral("fplab"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/fplab.svg")));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    loadFonts();
    MainWindow window;
    window.show();
    if (preset)
        window.openCard(QStringLiteral("three-sines"), true);
    QHash<QObject*, const PlotView*> missing;
    if (preset)
        for (const PlotView* view : window.findChild<ViewGrid*>()->shown())
            missing.insert(&view->plot(), view);
    const FirstPaint first(started, [&](QObject* watched) {
        if (!preset)
            return watched == &window;
        if (const PlotView* view = missing.value(watched); view && view->lastFrameMs() > 0) // not empty
            missing.remove(watched);
        return missing.isEmpty();
    });
    return QApplication::exec();
}

struct Start {
    double elapsed = 0, processor = 0; ///< ms
};

Start start(const char* mode)
{
    const QTemporaryDir home;
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home.path());
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(), {QLatin1String(mode), QString::number(nowMs(), 'f', 6)});
    process.waitForFinished();
    const auto words = process.readAllStandardOutput().simplified().split(' ');
    if (process.exitStatus() != QProcess::NormalExit || words.size() != 2) {
        std::fprintf(stderr, "bench_start: the program did not start\n");
        std::exit(1);
    }
    return {words[0].toDouble(), words[1].toDouble()};
}

Start median(std::vector<Start> starts)
{
    const auto middle = [&](auto member) {
        std::ranges::sort(starts, {}, member);
        return starts[starts.size() / 2].*member;
    };
    return {middle(&Start::elapsed), middle(&Start::processor)};
}

int compare(int rounds)
{
    std::map<const char*, std::vector<Start>> starts;
    for (int round = 0; round < rounds; ++round)
        for (const char* mode : modes)
            starts[mode].push_back(start(mode));
    const Start bare = median(starts[modes[2]]);
    for (std::size_t i = 0; i < std::size(modes); ++i) {
        const Start mine = median(starts[modes[i]]);
        std::printf("%-36s %6.0f ms, of a processor %6.0f ms   %.1f times the bare one's\n", titles[i], mine.elapsed,
            mine.processor, mine.elapsed / bare.elapsed);
    }
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc == 3) { // started by itself: the mode and when
        QApplication app(argc, argv);
        const QByteArray mode = argv[1];
        const double started = QByteArray(argv[2]).toDouble();
        return mode == "bare" ? showBare(started) : showWindow(started, mode == "preset");
    }
    const QCoreApplication app(argc, argv);
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 11;
    if (rounds < 1) {
        std::fprintf(stderr, "bench_start: ROUNDS must be a positive number\n");
        return 2;
    }
    return compare(rounds);
}
