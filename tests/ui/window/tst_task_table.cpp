#include "ui/hand.h"
#include "ui/views/qcp.h"
#include "ui/walk_fixture.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTimer>

using namespace fplab;
using namespace fplab::test;

/// The task of a researcher: a table with decimal commas and a bad row becomes samples, and what was learnt a figure
/// and its data, within nine clicks or keys.
class TstTaskTable : public QObject {
    Q_OBJECT

    /// What a person sees as a button with that text.
    static QAbstractButton* button(QWidget& window, const QString& text)
    {
        for (auto* found : window.findChildren<QAbstractButton*>())
            if (found->isVisible()
                && (QString(found->text()).remove(u'&').startsWith(text) || found->accessibleName().startsWith(text)))
                return found;
        return nullptr;
    }
    /// 80 samples with decimal commas, one of them bad.
    static QString writeTable(const QTemporaryDir& folder)
    {
        QByteArray bytes("zeit;wert\n");
        for (int i = 0; i < 80; ++i) {
            const double x = -3 + 6.0 * i / 79;
            const QByteArray y = i == 40 ? QByteArray("n/a")
                                         : QByteArray::number(std::sin(2 * M_PI * x / 6), 'f', 4).replace('.', ',');
            bytes += QByteArray::number(x, 'f', 4).replace('.', ',') + ';' + y + '\n';
        }
        const QString path = folder.filePath(QStringLiteral("messung.csv"));
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? path : QString();
    }
    static void drop(QWidget& window, const QString& path)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(400, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&window, &enter);
        QDropEvent event(QPointF(400, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&window, &event);
    }
    /// Does that in the dialog which opens next.
    template <class Dialog> void inDialog(const std::function<void(Dialog&)>& act)
    {
        auto* timer = new QTimer(this);
        connect(timer, &QTimer::timeout, this, [this, timer, act] {
            auto* dialog = qobject_cast<Dialog*>(QApplication::activeModalWidget());
            if (!dialog || !dialog->isActiveWindow())
                return;
            timer->deleteLater();
            timer->stop();
            const QPointer<Dialog> left(dialog);
            act(*dialog);
            ++m_acted;
            const auto isGone = [&] { return !left || !left->isVisible(); };
            if (!QTest::qWaitFor(
                    isGone, 3000)) // a button pressed by its letter acts a moment later; but nothing is to hang
                left->reject();
        });
        timer->start(5);
    }
    static void checkExport(const QTemporaryDir& folder)
    {
        const auto files
            = QDir(folder.path()).entryList({QStringLiteral("*.pdf"), QStringLiteral("*delta*.csv")}, QDir::Files);
        QCOMPARE(files.size(), 2);
        for (const QString& name : files) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            if (name.endsWith(QLatin1String(".pdf")))
                QVERIFY(bytes.startsWith("%PDF"));
            else
                QVERIFY2(bytes.contains("messung.csv") && bytes.contains("delta"), bytes.left(2000).constData());
        }
    }

    /// The key that reaches a control with Alt; empty if there is none.
    static QString mnemonicOf(const QWidget& widget)
    {
        QString text;
        if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
            text = button->text();
        for (const auto* label : widget.window()->findChildren<QLabel*>())
            if (label->buddy() == &widget)
                text = label->text();
        const auto at = text.indexOf(u'&');
        return at >= 0 && at + 1 < text.size() ? text.mid(at + 1, 1).toUpper() : QString();
    }
    static void press(Hand& hand, const QWidget& widget)
    {
        const QString key = mnemonicOf(widget);
        QVERIFY2(!key.isEmpty(), qPrintable(widget.objectName()));
        hand.press(static_cast<Qt::Key>(key.front().unicode()), Qt::AltModifier);
    }
    static QComboBox* comboWith(QWidget& dialog, const QString& text)
    {
        for (auto* box : dialog.findChildren<QComboBox*>())
            if (box->isVisible() && box->findText(text, Qt::MatchStartsWith) >= 0)
                return box;
        return nullptr;
    }
    int m_acted = 0; ///< dialogs answered

private Q_SLOTS:
    void initTestCase() { prepareWindows(); }
    void init() { m_acted = 0; }

    void t7ByMouse()
    {
        const QTemporaryDir folder;
        const QString table = writeTable(folder);
        Walk walk;
        Hand hand(walk.window());
        walk.window().settings().set(&Settings::folder, folder.path());
        inDialog<CsvImportDialog>([&](CsvImportDialog& dialog) {
            hand.click(dialog.findChild<QWidget*>(QStringLiteral("csv.skip")));
            hand.click(dialog.findChild<QWidget*>(QStringLiteral("csv.import")));
        });
        drop(walk.window(), table);
        QCOMPARE(m_acted, 1);
        hand.click(walk.runButton());
        QVERIFY(walk.awaitFinished());
        walk.settle();
        hand.clickAt(&walk.view("delta")->plot(), {120, 40}); // this view is meant, and no other step
        QVERIFY(walk.experiment().timeline.followsLive());
        inDialog<ExportDialog>([&](ExportDialog& dialog) {
            auto* format = comboWith(dialog, QStringLiteral("PDF"));
            format->setCurrentIndex(
                format->findText(QStringLiteral("PDF"), Qt::MatchStartsWith)); // one press in its list
            Q_EMIT format->activated(format->currentIndex());
            hand.click(dialog.findChild<QWidget*>(QStringLiteral("export.csv")));
            hand.click(button(dialog, QStringLiteral("Export")));
        });
        hand.click(walk.window().findChild<QWidget*>(QStringLiteral("transport.export")));
        QCOMPARE(m_acted, 2);
        checkExport(folder);
        QVERIFY2(hand.count() + 2 <= 9, qPrintable(QString::number(hand.count()))); // the drop and the format
    }

    void t7ByKeyboard()
    {
        const QTemporaryDir folder;
        const QString table = writeTable(folder);
        Walk walk;
        Hand hand(walk.window());
        walk.window().settings().set(&Settings::folder, folder.path());
        inDialog<QFileDialog>([&](QFileDialog&) { hand.type(table); });
        inDialog<CsvImportDialog>([&](CsvImportDialog& dialog) {
            press(hand, *dialog.findChild<QWidget*>(QStringLiteral("csv.skip")));
            const auto* import = dialog.findChild<QWidget*>(QStringLiteral("csv.import"));
            QVERIFY(QTest::qWaitFor([&] { return import->isEnabled(); }, 2000)); // a letter's press acts a moment later
            press(hand, *dialog.findChild<QWidget*>(QStringLiteral("csv.import")));
        });
        hand.press(Qt::Key_O, Qt::ControlModifier);
        QCOMPARE(m_acted, 2);
        walk.window().activateWindow(); // as a window manager does when a dialog closes
        QVERIFY(QTest::qWaitForWindowActive(&walk.window()));
        hand.press(Qt::Key_Space);
        QVERIFY(walk.awaitFinished());
        hand.press(Qt::Key_3);
        inDialog<ExportDialog>([&](ExportDialog& dialog) {
            press(hand, *comboWith(dialog, QStringLiteral("PDF")));
            QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("PDF"));
            press(hand, *dialog.findChild<QWidget*>(QStringLiteral("export.csv")));
            press(hand, *button(dialog, QStringLiteral("Export")));
        });
        hand.press(Qt::Key_E, Qt::ControlModifier);
        QCOMPARE(m_acted, 3);
        checkExport(folder);
        QVERIFY2(hand.count() <= 9, qPrintable(QString::number(hand.count())));
    }
};

QTEST_MAIN(TstTaskTable)
#include "tst_task_table.moc"
