#include "ui/layout_check.h"
#include "ui/walk_fixture.h"
#include "ui/widgets/menu_actions.h"

using namespace fplab;
using namespace fplab::test;

/// Walks through all screens at the sizes and text scales that are promised and finds, by geometry, what is cut,
/// covered or too small.
class TstLayout : public QObject {
    Q_OBJECT

    struct Size {
        QSize screen, client;
    };
    static QList<Size> sizes()
    {
        return {{{1024, 600}, {1024, 600}}, {{1280, 720}, {1280, 720}}, {{1366, 768}, {1366, 700}},
            {{1920, 1080}, {1920, 1080}}};
    }
    static QString at(QSize size, double scale, const char* theme = "light")
    {
        return QStringLiteral("%1x%2 %3 % %4: ")
            .arg(size.width())
            .arg(size.height())
            .arg(qRound(100 * scale))
            .arg(QLatin1String(theme));
    }

    QStringList m_flaws;

    void look(QWidget& window, const QString& where)
    {
        const QStringList flaws = LayoutCheck(window).flaws();
        if (const auto* grid = window.findChild<ViewGrid*>())
            for (const char* name : {"banner", "pending"}) // over the views, and over nothing else
                if (const auto* message = window.findChild<QWidget*>(QLatin1String(name));
                    message && message->isVisible() && !grid->geometry().contains(message->geometry()))
                    m_flaws.append(where + QLatin1String(name) + QStringLiteral(" does not fit over the views"));
        for (const QString& flaw : flaws)
            if (!m_flaws.contains(where + flaw))
                m_flaws.append(where + flaw);
        if (const QString folder = qEnvironmentVariable("FPLAB_SHOTS"); !flaws.isEmpty() && !folder.isEmpty()) {
            QString name = QLatin1String(QTest::currentTestFunction()) + u' ' + where + QStringLiteral(".png");
            window.grab().save(folder + u'/' + name.remove(u'%').remove(u':').replace(u' ', u'-'));
        }
    }
    /// The window at all sizes. On the smallest, text of twice the size leaves half a kilopixel: there it is only to
    /// fit the screen.
    void lookAtSizes(Walk& walk, const QList<double>& scales)
    {
        for (const double scale : scales)
            for (const Size& size : sizes()) {
                walk.resize(size.client, scale);
                if (walk.window().width() > size.screen.width() || walk.window().height() > size.screen.height())
                    m_flaws.append(at(size.screen, scale)
                        + QStringLiteral("the window needs %1x%2")
                              .arg(walk.window().width())
                              .arg(walk.window().height()));
                if (scale < 2 || size.screen.width() > 1024)
                    look(walk.window(), at(size.screen, scale));
            }
        walk.resize({1366, 700}, 1);
    }
    void lookInThemes(Walk& walk)
    {
        walk.resize({1366, 700}, 1, ThemeKind::Dark);
        look(walk.window(), at({1366, 768}, 1, "dark"));
        walk.resize({1366, 700}, 1, ThemeKind::Projector);
        look(walk.window(), at({1366, 768}, 1, "projector"));
        walk.resize({1366, 700}, 1, ThemeKind::HighContrast);
        look(walk.window(), at({1366, 768}, 1, "high contrast"));
        walk.resize({1366, 700}, 1);
    }
    /// A dialog as it opens: at most 1000x580 at 100 %, and on the screen at 150 %.
    void lookAtDialog(Walk& walk, const QString& name, const std::function<QWidget*()>& make)
    {
        for (const double scale : {1.0, 1.5}) {
            walk.resize({1366, 700}, scale);
            QWidget* dialog = make();
            dialog->show();
            walk.settle();
            const QSize most = scale == 1 ? QSize(1000, 580) : QSize(1366, 768);
            const QString where = name + QLatin1Char(' ') + at({1366, 768}, scale);
            if (dialog->width() > most.width() || dialog->height() > most.height())
                m_flaws.append(where
                    + QStringLiteral("%1x%2 is more than %3x%4")
                          .arg(dialog->width())
                          .arg(dialog->height())
                          .arg(most.width())
                          .arg(most.height()));
            look(*dialog, where);
            if (auto* pages = dialog->findChild<QListWidget*>(); pages && dialog->inherits("fplab::SettingsDialog"))
                for (int page = 0; page < pages->count(); ++page) {
                    pages->setCurrentRow(page);
                    walk.settle();
                    look(*dialog, where + pages->item(page)->text() + QStringLiteral(": "));
                }
            delete dialog;
        }
        walk.resize({1366, 700}, 1);
    }

public:
    static void initMain()
    {
        // Dialogs fit themselves into the screen: a small laptop's.
        if (qEnvironmentVariable("QT_QPA_PLATFORM").startsWith(QLatin1String("offscreen")))
            qputenv("QT_QPA_PLATFORM", "offscreen:configfile=" FPLAB_TEST_DIR "/support/laptop.json");
    }

private Q_SLOTS:
    void initTestCase() { prepareWindows(); }
    void init() { m_flaws.clear(); }
    void cleanup()
    {
        const QString all
            = QStringLiteral("%1 flaws; FPLAB_SHOTS=FOLDER keeps pictures\n").arg(m_flaws.size()) + m_flaws.join(u'\n');
        QVERIFY2(m_flaws.isEmpty(), qPrintable(all));
    }

    void gallery()
    {
        Walk walk;
        lookAtSizes(walk, {1, 1.5, 2});
        lookInThemes(walk);
    }
    void ready()
    {
        Walk walk;
        walk.open("three-sines");
        lookAtSizes(walk, {1, 1.5});
    }
    void running()
    {
        Walk walk;
        walk.open("three-sines");
        walk.trainTo(600);
        walk.holdRunning();
        lookAtSizes(walk, {1, 1.5});
    }
    void finished()
    {
        Walk walk;
        walk.open("three-sines");
        walk.finish();
        lookAtSizes(walk, {1, 1.5, 2});
        lookInThemes(walk);
        walk.experiment().timeline.setStep(700); // the longest words of the chip
        lookAtSizes(walk, {1.5});
    }
    void diverged()
    {
        Walk walk;
        walk.open("three-sines");
        walk.trainTo(300);
        walk.diverge();
        lookAtSizes(walk, {1, 1.5});
    }
    void pending()
    {
        Walk walk;
        walk.open("large-init");
        walk.trainTo(200);
        QVERIFY(walk.experiment().editor.edit(QStringLiteral("network.hidden"), QStringLiteral("[120, 80]")).ok());
        lookAtSizes(walk, {1, 1.5});
    }
    void poisson()
    {
        Walk walk;
        walk.open("poisson-handoff");
        walk.finish();
        walk.awaitReferences();
        lookAtSizes(walk, {1, 1.5});
    }
    void pole()
    {
        Walk walk;
        walk.openFormula("1/x");
        walk.trainTo(20);
        lookAtSizes(walk, {1});
    }
    void presenter()
    {
        Walk walk;
        walk.open("three-sines");
        walk.finish();
        pressKey(walk.window(), Qt::Key_F5);
        QVERIFY(walk.window().isPresenting());
        walk.window().setWindowState(Qt::WindowNoState);
        for (const bool live : {true, false}) {
            if (!live)
                walk.experiment().timeline.setStep(1647);
            for (const QSize size : {QSize(1280, 720), QSize(1366, 768), QSize(1920, 1080)}) {
                walk.window().resize(size);
                walk.settle();
                look(walk.window(), at(size, presenterScale, "projector"));
                pressKey(walk.window(), Qt::Key_4);
                walk.settle();
                look(walk.window(), at(size, presenterScale, "projector, map alone"));
                pressKey(walk.window(), Qt::Key_4);
                walk.settle();
            }
        }
    }
    void commandSearch()
    {
        Walk walk;
        walk.open("three-sines");
        for (const double scale : {1.0, 1.5})
            for (const Size& size : sizes()) {
                walk.resize(size.client, scale);
                pressKey(walk.window(), Qt::Key_K, Qt::ControlModifier);
                walk.settle();
                auto* search = walk.window().findChild<CommandSearch*>();
                QVERIFY(search->isVisible());
                look(*search, at(size.screen, scale));
                QVERIFY(walk.window().rect().contains(search->geometry()));
                pressKey(walk.window(), Qt::Key_Escape);
            }
    }
    void dialogs()
    {
        Walk walk;
        walk.open("three-sines");
        walk.finish();
        MainWindow& window = walk.window();
        KeyMap keys;
        keys.add(menuActions(*window.findChild<QMenuBar*>()));
        lookAtDialog(
            walk, QStringLiteral("settings"), [&] { return new SettingsDialog(window.settings(), keys, &window); });
        lookAtDialog(walk, QStringLiteral("help"), [&] {
            auto* help = new HelpWindow(walk.experiment().themes, keys, &window);
            help->showTopic(QStringLiteral("idea"));
            return help;
        });
        lookAtDialog(walk, QStringLiteral("export"), [&] {
            return new ExportDialog(
                walk.experiment().lab(), window.findChild<ViewGrid*>()->shown(), walk.view("delta"), &window);
        });
        lookAtDialog(walk, QStringLiteral("import"), [&] {
            return new CsvImportDialog(QStringLiteral("messung.csv"), germanTable, walk.experiment().themes, &window);
        });
        lookAtDialog(walk, QStringLiteral("table"),
            [&] { return new ViewTableDialog(QStringLiteral("Δ"), walk.view("delta")->table(), &window); });
        lookAtDialog(walk, QStringLiteral("equation"), [&] {
            return new EquationCard(
                QStringLiteral("Δ"), walk.view("delta")->equation(), walk.experiment().themes.theme(), &window);
        });
        walk.openFormula("1/x");
        QVERIFY(!walk.experiment().run.notes().empty());
        lookAtDialog(walk, QStringLiteral("notes"), [&] { return new NotesCard(walk.experiment().lab(), &window); });
    }
};

QTEST_MAIN(TstLayout)
#include "tst_layout.moc"
