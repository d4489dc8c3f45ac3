#include "core/files/presets.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QStyleFactory>
#include <QTimer>

#include <clocale>
#include <cstdio>
#include <new>

namespace {

/// Lets the window go on when an event needed more memory than there is.
class Application : public QApplication {
public:
    using QApplication::QApplication;
    fplab::MainWindow* window = nullptr;

    bool notify(QObject* receiver, QEvent* event) override
    {
        try {
            return QApplication::notify(receiver, event);
        } catch (const std::bad_alloc&) {
            if (!window)
                throw;
            QTimer::singleShot(0, window, [this] { window->experiment().complainOfMemory(); });
            return false;
        }
    }
};

/// What can be named on the command line.
QString whatText()
{
    QStringList ids;
    for (const fplab::Preset& preset : fplab::presets())
        ids.append(QString::fromStdString(preset.id));
    return QStringLiteral(
        "An experiment file (*.json), a file of samples (CSV), or an experiment of the gallery by its id: %1. "
        "\"formula\" "
        "and \"blank\" begin one of your own, \"csv\" asks for a file. Without it the gallery is shown.")
        .arg(ids.join(QStringLiteral(", ")));
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("fplab"));
    QCoreApplication::setOrganizationName(QStringLiteral("fplab"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FPLAB_VERSION));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("See, live, how a neural network learns from low frequencies to high."));
    const QCommandLineOption help = parser.addHelpOption(), version = parser.addVersionOption();
    const QCommandLineOption run(QStringLiteral("run"), QStringLiteral("Start training at once."));
    parser.addOption(run);
    parser.addPositionalArgument(QStringLiteral("what"), whatText(), QStringLiteral("[what]"));
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    if (parser.parse(arguments)
        && (parser.isSet(help) || parser.isSet(QStringLiteral("help-all"))
            || parser.isSet(version))) { // needs no screen
        const QCoreApplication console(argc, argv);
        parser.process(console);
    }

    Application app(argc, argv);
    std::setlocale(LC_NUMERIC, "C"); // numbers have a point in every locale; Qt's own texts keep the user's
    QApplication::setApplicationDisplayName(QStringLiteral("F-Principle Lab"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.fplab.FPrincipleLab"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/fplab.svg")));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    parser.process(app);

    fplab::loadFonts();
    fplab::MainWindow window;
    app.window = &window;
    window.show();
    if (const auto positional = parser.positionalArguments(); !positional.isEmpty())
        if (const auto opened = window.openNamed(positional.first(), parser.isSet(run)); !opened)
            std::fprintf(stderr, "fplab: %s\n", opened.error().text().c_str());
    return QApplication::exec();
}
