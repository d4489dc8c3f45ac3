#include "ui/model/file_places.h"
#include "ui/widgets/toast.h"
#include "ui/window_fixture.h"

#include <QApplication>
#include <QCheckBox>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>

#include <functional>

using namespace fplab;

/// Takes the place of the program that shows folders.
class FolderShower : public QObject {
    Q_OBJECT
public:
    FolderShower() { QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "take"); }
    ~FolderShower() override { QDesktopServices::unsetUrlHandler(QStringLiteral("file")); }
    QStringList shown;
public Q_SLOTS:
    void take(const QUrl& url) { shown.append(url.toLocalFile()); }
};

class TstFiles : public QObject {
    Q_OBJECT

    /// Calls `act` on the dialog that `open` brings up, then closes it.
    template <class Dialog>
    static bool inDialog(const std::function<void()>& open, const std::function<void(Dialog&)>& act)
    {
        bool met = false;
        QTimer timer;
        connect(&timer, &QTimer::timeout, &timer, [&] {
            if (auto* dialog = qobject_cast<Dialog*>(QApplication::activeModalWidget()); dialog && !met) {
                met = true;
                act(*dialog);
            }
            if (met)
                for (auto* modal = qobject_cast<QDialog*>(QApplication::activeModalWidget()); modal;
                     modal = qobject_cast<QDialog*>(QApplication::activeModalWidget()))
                    modal->reject();
        });
        timer.start(10);
        open();
        return met;
    }
    static std::unique_ptr<MainWindow> windowWith(const QString& preset)
    {
        auto window = test::freshWindow();
        if (!window->openNamed(preset, false).ok())
            return nullptr;
        window->experiment().stepBy(1);
        if (!QTest::qWaitFor([&] { return window->experiment().timeline.step() >= 1; }, 20000))
            return nullptr;
        return window;
    }
    static Toast& toast(MainWindow& window) { return *window.findChild<Toast*>(); }
    static QString exportTo(MainWindow& window, const QString& folder, bool alsoCsv)
    {
        QString name;
        inDialog<QDialog>([&] { test::pressKey(window, Qt::Key_E, Qt::ControlModifier); },
            [&](QDialog& dialog) {
                auto* path = dialog.findChild<QLineEdit*>(QStringLiteral("export.path"));
                name = QFileInfo(path->text()).fileName();
                path->setText(QDir(folder).filePath(name));
                dialog.findChild<QCheckBox*>(QStringLiteral("export.csv"))->setChecked(alsoCsv);
                for (auto* button : dialog.findChildren<QPushButton*>())
                    if (button->isDefault())
                        button->click();
            });
        window.activateWindow();
        return QTest::qWaitForWindowActive(&window) ? name : QString();
    }

private Q_SLOTS:
    void initTestCase() { test::prepareWindows(); }

    void savingStartsInTheRightPlaceWithALegalName_data()
    {
        QTest::addColumn<bool>("lastUsed");
        QTest::newRow("the first time: documents or home") << false;
        QTest::newRow("later: where it ended") << true;
    }
    void savingStartsInTheRightPlaceWithALegalName()
    {
        QFETCH(bool, lastUsed);
        const QTemporaryDir folder;
        QFile::remove(settingsPath());
        if (lastUsed) {
            Settings settings;
            settings.lastFolder = folder.path();
            QVERIFY(saveSettings(settings).ok());
        }
        MainWindow window;
        test::showWindow(window);
        QVERIFY(window.openNamed(QStringLiteral("poisson-handoff"), false).ok());
        QCOMPARE(QString::fromStdString(window.experiment().editor.spec().title).contains(u':'), true);
        QStringList selected;
        QVERIFY(inDialog<QFileDialog>([&] { test::pressKey(window, Qt::Key_S, Qt::ControlModifier); },
            [&](QFileDialog& dialog) { selected = dialog.selectedFiles(); }));
        QCOMPARE(selected.size(), 1);
        const QFileInfo file(selected.front());
        QCOMPARE(file.absolutePath(), QFileInfo(lastUsed ? folder.path() : folderOrDocuments({})).absoluteFilePath());
        QVERIFY(file.absolutePath() != QStringLiteral("/"));
        QCOMPARE(file.fileName(), QStringLiteral("Poisson - hand-off.fplab.json"));
    }

    void aFolderThatIsGoneIsNotUsed()
    {
        const QTemporaryDir folder;
        QCOMPARE(folderOrDocuments(folder.path()), folder.path());
        for (const QString& wanted : {QString(), folder.filePath(QStringLiteral("gone"))}) {
            const QString found = folderOrDocuments(wanted);
            QVERIFY(found == QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)
                || found == QDir::homePath());
        }
    }

    void namesOfTheUserAreKeptAndWarnedOf()
    {
        QCOMPARE(nameWarning(QStringLiteral("/tmp/Größe 1.png")), QString());
        QCOMPARE(nameWarning(QStringLiteral("/tmp/a: b/c.png")), QString()); // a folder that is there already
        QVERIFY(nameWarning(QStringLiteral("/tmp/a: b.png")).contains(u':'));
    }

    void theMessageNamesFilesAndFolder()
    {
        const FolderShower shower;
        const auto window = windowWith(QStringLiteral("three-sines"));
        QVERIFY(window);
        const QTemporaryDir folder;
        const QString name = exportTo(*window, folder.path(), true);
        const QString csv = QFileInfo(name).completeBaseName() + QStringLiteral(".csv");
        QVERIFY(QFileInfo::exists(folder.filePath(name)) && QFileInfo::exists(folder.filePath(csv)));
        QVERIFY(toast(*window).isVisible());
        for (const QString& part : {folder.path(), name, csv})
            QVERIFY2(toast(*window).text().contains(part), qPrintable(toast(*window).text()));

        auto* button = toast(*window).findChild<QToolButton*>(QStringLiteral("toast.action"));
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(shower.shown, QStringList {folder.path()});
        QVERIFY(!toast(*window).isVisible());

        QVERIFY(QFile::remove(folder.filePath(csv)));
        test::pressKey(*window, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(QFileInfo::exists(folder.filePath(csv)));
        for (const QString& part : {folder.path(), name, csv})
            QVERIFY2(toast(*window).text().contains(part), qPrintable(toast(*window).text()));
        QVERIFY(button->isVisible());
    }

    void theFolderOpensByKeyboard()
    {
        const FolderShower shower;
        const auto window = windowWith(QStringLiteral("three-sines"));
        QVERIFY(window);
        const QTemporaryDir folder;
        exportTo(*window, folder.path(), false);
        auto* button = toast(*window).findChild<QToolButton*>(QStringLiteral("toast.action"));
        for (int presses = 0; presses < 12 && !button->hasFocus(); ++presses)
            test::pressKey(*window, Qt::Key_F6);
        QVERIFY(button->hasFocus());
        test::pressKey(*window, Qt::Key_Space);
        QCOMPARE(shower.shown, QStringList {folder.path()});

        test::pressKey(*window, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(button->isVisible());
        QCOMPARE(button->shortcut(), QKeySequence(Qt::ALT | Qt::Key_O));
        test::pressKey(*window, Qt::Key_O, Qt::AltModifier);
        QTRY_COMPARE(shower.shown.size(), 2);
    }

    void thePanelNamesFileAndSamples()
    {
        const QTemporaryDir folder;
        QFile csv(folder.filePath(QStringLiteral("messung.csv")));
        QVERIFY(csv.open(QIODevice::WriteOnly));
        csv.write("t,U\n");
        for (int i = 0; i < 80; ++i)
            csv.write(QByteArray::number(i) + (i == 40 ? ",n/a\n" : ",1.5\n"));
        csv.close();
        const auto window = test::freshWindow();
        QVERIFY(inDialog<QDialog>([&] { window->openPath(csv.fileName()); },
            [](QDialog& dialog) {
                dialog.findChild<QCheckBox*>(QStringLiteral("csv.skip"))->click();
                dialog.findChild<QPushButton*>(QStringLiteral("csv.import"))->click();
            }));
        const auto* text = window->findChild<QLabel*>(QStringLiteral("data.text"));
        QCOMPARE(text->text(), QStringLiteral("messung.csv: 79 samples, columns t and U"));
    }

    void messagesWithoutAnActionHaveNoButton()
    {
        QWidget parent;
        parent.resize(800, 600);
        ThemeManager themes;
        Toast message(themes, &parent);
        parent.show();
        int calls = 0;
        message.offer(QStringLiteral("Exported"), QStringLiteral("&Open"), [&] { ++calls; });
        auto* button = message.findChild<QToolButton*>(QStringLiteral("toast.action"));
        QVERIFY(button->isVisible());
        QVERIFY(message.remaining() > 10'000);
        QVERIFY(parent.rect().contains(message.geometry()));
        message.show(QStringLiteral("Copied"));
        QVERIFY(!button->isVisible());
        message.offer(
            QStringLiteral("Again"), QStringLiteral("&Open"), [&] { message.show(QStringLiteral("There is none")); });
        button->click();
        QVERIFY(message.isVisible());
        QCOMPARE(message.text(), QStringLiteral("There is none"));
        QCOMPARE(calls, 0);
    }
};

QTEST_MAIN(TstFiles)
#include "tst_files.moc"
