#include "ui/approved_picture.h"
#include "ui/walk_fixture.h"
#include "ui/widgets/menu_actions.h"
#include "ui/widgets/toast.h"
#include "ui/window/status_line.h"

#include <QFileInfo>
#include <QMenuBar>
#include <QPainter>

using namespace fplab;
using namespace fplab::test;

/// States of the program beside their approved pictures. What this computer measured (times, rates) is painted over.
class TstPictures : public QObject {
    Q_OBJECT

    QStringList m_differences;

    void compare(const QString& name, QWidget& window)
    {
        for (Toast* toast : window.findChildren<Toast*>())
            toast->hide(); // comes and goes with time
        QImage picture = window.grab().toImage().convertToFormat(QImage::Format_RGB32);
        picture.setDevicePixelRatio(1);
        QPainter painter(&picture);
        for (QWidget* part : window.findChildren<QWidget*>())
            if (part->isVisible() && isMeasured(*part))
                painter.fillRect(QRect(part->mapTo(&window, QPoint()), part->size()), QColor(128, 128, 128));
        painter.end();
        if (const QString difference = ApprovedPicture(name, picture).difference(); !difference.isEmpty())
            m_differences.append(difference);
    }
    static bool isMeasured(const QWidget& part)
    {
        const auto* label = qobject_cast<const QLabel*>(&part);
        return qobject_cast<const StatusLine*>(&part) || part.objectName() == QLatin1String("network.note")
            || (label
                && (label->text().startsWith(QLatin1String("about "))
                    || label->text().contains(QLatin1String("steps/s"))));
    }
    void compare(
        const QString& name, Walk& walk, QSize size = {1366, 700}, double scale = 1, ThemeKind theme = ThemeKind::Light)
    {
        walk.resize(size, scale, theme);
        compare(name, walk.window());
    }
    void compareDialog(const QString& name, Walk& walk, QWidget* dialog)
    {
        dialog->show();
        walk.settle();
        compare(name, *dialog);
        delete dialog;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFileInfo::exists(QStringLiteral(FPLAB_TEST_DIR "/approved"))
            && !qEnvironmentVariableIsSet("FPLAB_APPROVE"))
            QSKIP("nothing is approved yet: tests/approve");
        prepareWindows();
        QApplication::setCursorFlashTime(0);
    }
    void init() { m_differences.clear(); }
    void cleanup()
    {
        if (!m_differences.isEmpty())
            QFAIL(qPrintable(m_differences.join(u'\n')));
    }

    void gallery()
    {
        Walk walk;
        compare(QStringLiteral("gallery"), walk);
        compare(QStringLiteral("gallery-dark"), walk, {1280, 720}, 1, ThemeKind::Dark);
    }
    void threeSines()
    {
        Walk walk;
        walk.open("three-sines");
        compare(QStringLiteral("ready"), walk);
        walk.trainTo(600);
        walk.holdRunning();
        compare(QStringLiteral("running"), walk);
        compare(QStringLiteral("running-dark"), walk, {1366, 700}, 1, ThemeKind::Dark);
        walk.experiment().run.setPace({.kind = Pace::Kind::Max});
        QVERIFY(Walk::await([&] { return walk.experiment().run.state() == RunState::Finished; }));
        compare(QStringLiteral("finished-small"), walk, {1024, 600});
        compare(QStringLiteral("finished-150"), walk, {1280, 720}, 1.5);
        walk.experiment().timeline.setStep(0);
        compare(QStringLiteral("viewing-start"), walk);
    }
    void presenter()
    {
        Walk walk;
        walk.open("three-sines");
        walk.finish();
        pressKey(walk.window(), Qt::Key_F5);
        walk.window().setWindowState(Qt::WindowNoState);
        compare(QStringLiteral("presenter"), walk, {1280, 720}, presenterScale, ThemeKind::Projector);
    }
    void trouble()
    {
        Walk walk;
        walk.open("three-sines");
        walk.trainTo(300);
        walk.diverge();
        compare(QStringLiteral("diverged"), walk);
        walk.open("large-init");
        walk.trainTo(200);
        QVERIFY(walk.experiment().editor.edit(QStringLiteral("network.hidden"), QStringLiteral("[120, 80]")).ok());
        compare(QStringLiteral("pending"), walk);
        walk.openFormula("1/x");
        walk.trainTo(20);
        compare(QStringLiteral("pole"), walk);
    }
    void dialogs()
    {
        Walk walk;
        walk.open("three-sines");
        walk.finish();
        walk.resize({1366, 700}, 1);
        MainWindow& window = walk.window();
        KeyMap keys;
        keys.add(menuActions(*window.findChild<QMenuBar*>()));
        compareDialog(QStringLiteral("settings"), walk, new SettingsDialog(window.settings(), keys, &window));
        auto* help = new HelpWindow(walk.experiment().themes, keys, &window);
        help->showTopic(QStringLiteral("idea"));
        compareDialog(QStringLiteral("help"), walk, help);
        compareDialog(QStringLiteral("import"), walk,
            new CsvImportDialog(QStringLiteral("messung.csv"), germanTable, walk.experiment().themes, &window));
        compareDialog(QStringLiteral("equation"), walk,
            new EquationCard(
                QStringLiteral("Δ"), walk.view("delta")->equation(), walk.experiment().themes.theme(), &window));
    }
};

QTEST_MAIN(TstPictures)
#include "tst_pictures.moc"
