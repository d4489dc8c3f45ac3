#include "ui/controls/csv_import_dialog.h"

#include "ui/lab_fixture.h"

#include <QCheckBox>
#include <QListWidget>
#include <QTableWidget>
#include <QTemporaryDir>

using namespace fplab;
using namespace fplab::test;

namespace {

QString q(const char* text) { return QString::fromUtf8(text); }

const QByteArray germanWithBadRow = QByteArrayLiteral("day;temp;rain\n1,5;3,25;0\n2;4,5;1\n3;n/a;0\n4;5,5;2\n");

} // namespace

class TstCsvImport : public QObject {
    Q_OBJECT

    ThemeManager themes;

    static void choose(CsvImportDialog& dialog, const char* name, int index)
    {
        auto* box = dialog.findChild<QComboBox*>(q(name));
        box->setCurrentIndex(index);
        Q_EMIT box->activated(index);
    }
    static bool canImport(const CsvImportDialog& dialog)
    {
        return dialog.findChild<QPushButton*>(q("csv.import"))->isEnabled();
    }

private Q_SLOTS:
    void initTestCase()
    {
        loadFonts();
        themes.setTheme(ThemeKind::Light);
    }

    void detectsAndPreviews()
    {
        CsvImportDialog dialog(q("temps.csv"), germanWithBadRow, themes);
        QCOMPARE(dialog.findChild<QComboBox*>(q("csv.separator"))->currentText(), q("semicolon"));
        QCOMPARE(dialog.findChild<QComboBox*>(q("csv.decimal"))->currentText(), q("comma 0,5"));
        QVERIFY(dialog.findChild<QCheckBox*>(q("csv.header"))->isChecked());
        QCOMPARE(dialog.findChild<QComboBox*>(q("csv.x"))->currentText(), q("day"));
        QCOMPARE(dialog.findChild<QComboBox*>(q("csv.y"))->currentText(), q("temp"));
        const auto* preview = dialog.findChild<QTableWidget*>(q("csv.preview"));
        QCOMPARE(preview->rowCount(), 3);
        QCOMPARE(preview->item(0, 1)->text(), q("3.25"));
    }

    void badRowsAreNamedAndSkippedOnRequest()
    {
        CsvImportDialog dialog(q("temps.csv"), germanWithBadRow, themes);
        const auto* problems = dialog.findChild<QListWidget*>(q("csv.problems"));
        QCOMPARE(problems->count(), 1);
        QVERIFY2(problems->item(0)->text().startsWith(q("4:2 ")), qPrintable(problems->item(0)->text()));
        QVERIFY(problems->item(0)->text().contains(q("n/a")));
        QVERIFY(!canImport(dialog));
        dialog.findChild<QCheckBox*>(q("csv.skip"))->click();
        QVERIFY(canImport(dialog));
        QCOMPARE(dialog.findChild<QLabel*>(q("csv.summary"))->text(), q("3 samples will be used"));
        dialog.findChild<QPushButton*>(q("csv.import"))->click();
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
        const DataSpec data = dialog.data();
        QCOMPARE(data.inputs->values, (std::vector<double> {1.5, 2, 4}));
        QCOMPARE(data.targets->values, (std::vector<double> {3.25, 4.5, 5.5}));
        QCOMPARE(data.inputs->count, std::size_t(3));
        QVERIFY(data.csv.empty());
    }

    void columnsCanBeChosen()
    {
        CsvImportDialog dialog(q("three.csv"), QByteArrayLiteral("1,2,3\n4,5,6\n7,8,9\n"), themes);
        QVERIFY(canImport(dialog));
        choose(dialog, "csv.x", 2);
        choose(dialog, "csv.y", 0);
        QCOMPARE(dialog.data().inputs->values, (std::vector<double> {3, 6, 9}));
        QCOMPARE(dialog.data().targets->values, (std::vector<double> {1, 4, 7}));
        choose(dialog, "csv.y", 2);
        QVERIFY(!canImport(dialog)); // the same column twice
    }

    void anotherSeparatorIsReadAgain()
    {
        CsvImportDialog dialog(q("a.csv"), QByteArrayLiteral("1;2\n3;4\n5;6\n"), themes);
        QCOMPARE(dialog.findChild<QTableWidget*>(q("csv.preview"))->columnCount(), 2);
        choose(dialog, "csv.separator", 2); // tab: a single column that is no number
        QVERIFY(!canImport(dialog));
        choose(dialog, "csv.separator", 1);
        QVERIFY(canImport(dialog));
    }

    void onlyTwentyRowsArePreviewed()
    {
        QByteArray bytes;
        for (int i = 0; i < 100; ++i)
            bytes += QByteArray::number(i) + ',' + QByteArray::number(i * i) + '\n';
        CsvImportDialog dialog(q("long.csv"), bytes, themes);
        QCOMPARE(dialog.findChild<QTableWidget*>(q("csv.preview"))->rowCount(), 20);
        QCOMPARE(dialog.data().inputs->count, std::size_t(100));
    }

    void unusableFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("one column") << QByteArrayLiteral("1\n2\n3\n");
        QTest::newRow("one row") << QByteArrayLiteral("1,2\n");
        QTest::newRow("no numbers") << QByteArrayLiteral("a,b\nc,d\ne,f\n");
        QTest::newRow("binary") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    }
    void unusableFilesAreRefused()
    {
        QFETCH(QByteArray, bytes);
        CsvImportDialog dialog(q("bad.csv"), bytes, themes);
        QVERIFY(!canImport(dialog));
        QVERIFY(!dialog.findChild<QLabel*>(q("csv.summary"))->text().isEmpty());
    }

    void missingFileIsTold()
    {
        const QTemporaryDir folder;
        CsvImportDialog dialog(folder.filePath(q("gone.csv")), themes);
        QVERIFY(!canImport(dialog));
        QVERIFY(dialog.findChild<QLabel*>(q("csv.summary"))->text().contains(q("cannot be opened")));
    }

    void fitsASmallScreen()
    {
        CsvImportDialog dialog(q("temps.csv"), germanWithBadRow, themes);
        dialog.show();
        QTest::qWait(1);
        QVERIFY(dialog.width() <= 1000 && dialog.height() <= 580);
        QVERIFY(dialog.minimumSizeHint().width() <= 1000 && dialog.minimumSizeHint().height() <= 580);
        QCOMPARE(clippedTexts(dialog).join(u'\n'), QString());
        QCOMPARE(namelessWidgets(dialog).join(u'\n'), QString());
    }
};

QTEST_MAIN(TstCsvImport)
#include "tst_csv_import.moc"
