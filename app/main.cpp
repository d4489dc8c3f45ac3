#include "ui/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QStyleFactory>
#include <QTimer>

#include <clocale>
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
            QTimer::singleShot(0, window, [this] { window->session().complainOfMemory(); });
            return false;
        }
    }
};

} // namespace

int main(int argc, char** argv)
{
    Application app(argc, argv);
    std::setlocale(LC_NUMERIC, "C"); // numbers have a point in every locale; Qt's own texts keep the user's
    QApplication::setApplicationName(QStringLiteral("fplab"));
    QApplication::setOrganizationName(QStringLiteral("fplab"));
    QApplication::setApplicationDisplayName(QStringLiteral("F-Principle Lab"));
    QApplication::setApplicationVersion(QStringLiteral(FPLAB_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.fplab.FPrincipleLab"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/fplab.svg")));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("See, live, how a neural network learns from low frequencies to high."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption run(QStringLiteral("run"), QStringLiteral("Start training at once."));
    parser.addOption(run);
    parser.addPositionalArgument(QStringLiteral("what"), QStringLiteral("A preset id, an experiment file or a CSV file of samples."), QStringLiteral("[what]"));
    parser.process(app);

    fplab::loadFonts();
    fplab::MainWindow window;
    app.window = &window;
    window.show();
    if (const auto arguments = parser.positionalArguments(); !arguments.isEmpty()) {
        const QString& what = arguments.first();
        if (what.contains(QLatin1Char('/')) || what.contains(QLatin1Char('.')))
            window.openPath(what);
        else
            window.openCard(what, parser.isSet(run));
    }
    return QApplication::exec();
}
