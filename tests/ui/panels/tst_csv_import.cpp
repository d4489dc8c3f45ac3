#include "ui/panels/csv_import_dialog.h"

#include "ui/lab_fixture.h"

#include <QCheckBox>
#include <QListWidget>
#include <QSet>
#include <QSpinBox>
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
    static QComboBox* box(const CsvImportDialog& dialog, const char* name)
    {
        return dialog.findChild<QComboBox*>(q(name));
    }
    static QString notes(const CsvImportDialog& dialog) { return dialog.findChild<QLabel*>(q("csv.notes"))->text(); }
    static QList<QPushButton*> visibleFixes(const CsvImportDialog& dialog)
    {
        auto fixes = dialog.findChildren<QPushButton*>(q("csv.fix"));
        fixes.removeIf([](const QPushButton* button) { return button->isHidden(); });
        return fixes;
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

    void findsAndPreviews()
    {
        CsvImportDialog dialog(q("temps.csv"), germanWithBadRow, themes);
        QCOMPARE(box(dialog, "csv.separator")->currentText(), q("found: semicolon"));
        QCOMPARE(box(dialog, "csv.encoding")->currentText(), q("found: UTF-8"));
        QCOMPARE(box(dialog, "csv.header")->currentText(), q("found: yes"));
        QCOMPARE(box(dialog, "csv.x")->currentText(), q("day"));
        QCOMPARE(box(dialog, "csv.y")->currentText(), q("rain")); // temp has a bad cell, and says so
        QCOMPARE(box(dialog, "csv.y")->itemText(1), q("temp – 1 of 4 are no numbers"));
        const auto* preview = dialog.findChild<QTableWidget*>(q("csv.preview"));
        QCOMPARE(preview->rowCount(), 4);
        QCOMPARE(preview->item(0, 1)->text(), q("3,25")); // as it stands in the file
        QCOMPARE(preview->verticalHeaderItem(3)->text(), q("5")); // its line
        QVERIFY(notes(dialog).contains(q("A comma is read as the decimal mark.")));
    }

    void columnsOfTextAreListedAndHarmless()
    {
        CsvImportDialog dialog(q("a.csv"),
            QByteArrayLiteral("when,id,x,y,none\n12:00:00,a,1,2,\n12:00:01,b,2,3,\n12:00:02,c,3,4,\n"), themes);
        QCOMPARE(dialog.findChild<QTableWidget*>(q("csv.preview"))->rowCount(), 3);
        QVERIFY(canImport(dialog));
        QCOMPARE(box(dialog, "csv.x")->itemText(0), q("when – times"));
        QCOMPARE(box(dialog, "csv.x")->itemText(1), q("id – text"));
        choose(dialog, "csv.x", 0);
        QVERIFY(canImport(dialog));
        QVERIFY(notes(dialog).contains(q("seconds since 12:00:00")));
        choose(dialog, "csv.x", 1);
        QVERIFY(!canImport(dialog));
        QCOMPARE(dialog.findChild<QTableWidget*>(q("csv.preview"))->rowCount(), 3); // the rows stay in sight
    }

    void badRowsAreShownAndSkippedOnRequest()
    {
        CsvImportDialog dialog(q("temps.csv"), germanWithBadRow, themes);
        choose(dialog, "csv.y", 1);
        const auto* problems = dialog.findChild<QListWidget*>(q("csv.problems"));
        QCOMPARE(problems->count(), 1);
        QVERIFY2(problems->item(0)->text().startsWith(q("Line 4, column 2: \"n/a\" is not a number")),
            qPrintable(problems->item(0)->text()));
        const auto* preview = dialog.findChild<QTableWidget*>(q("csv.preview"));
        QVERIFY(!preview->item(2, 1)->icon().isNull()); // marked where it stands
        QVERIFY(preview->item(1, 1)->icon().isNull());
        QVERIFY(!canImport(dialog));
        QVERIFY(!dialog.findChild<QLabel*>(q("csv.problem"))->isHidden());
        dialog.findChild<QCheckBox*>(q("csv.skip"))->click();
        QVERIFY(canImport(dialog));
        QVERIFY(dialog.findChild<QLabel*>(q("csv.problem"))->isHidden());
        QCOMPARE(dialog.findChild<QLabel*>(q("csv.summary"))->text(), q("3 samples will be used, 1 row is skipped"));
        QVERIFY(notes(dialog).contains(q("line 4")));
        QCOMPARE(preview->item(2, 1)->background().color(), themes.theme().track); // no error any more
        QCOMPARE(preview->item(2, 1)->toolTip(), q("This row is left out"));
        dialog.findChild<QCheckBox*>(q("csv.skip"))->click();
        QCOMPARE(preview->item(2, 1)->background().color(), themes.theme().errorGround);
        dialog.findChild<QCheckBox*>(q("csv.skip"))->click();
        dialog.findChild<QPushButton*>(q("csv.import"))->click();
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
        const DataSpec& data = dialog.data();
        QVERIFY(data.csv == "temps.csv" && data.x == "day" && data.y == "temp" && data.badRows == "skip");
    }

    /// The first bad row is in sight though it is far below.
    void aBadRowFarBelowIsShown()
    {
        QByteArray bytes("t,v\n");
        for (int i = 0; i < 100; ++i)
            bytes += QByteArray::number(i) + (i == 70 ? ",n/a\n" : ",1\n");
        CsvImportDialog dialog(q("long.csv"), bytes, themes);
        const auto* preview = dialog.findChild<QTableWidget*>(q("csv.preview"));
        QCOMPARE(preview->rowCount(), 25);
        QCOMPARE(preview->verticalHeaderItem(22)->text(), q("72"));
        QCOMPARE(preview->item(22, 1)->text(), q("n/a"));
        QVERIFY(!preview->item(22, 1)->icon().isNull());
    }

    /// By mouse and by keyboard, again after the table was scrolled elsewhere.
    void aProblemLeadsToItsCell()
    {
        QByteArray bytes("t");
        for (int column = 2; column <= 20; ++column)
            bytes += ",c" + QByteArray::number(column);
        bytes += '\n';
        for (int i = 0; i < 300; ++i) {
            bytes += QByteArray::number(i);
            for (int column = 2; column <= 20; ++column)
                bytes += column == 20 && (i == 70 || i == 200) ? ",n/a" : ",1";
            bytes += '\n';
        }
        CsvImportDialog dialog(q("long.csv"), bytes, themes);
        choose(dialog, "csv.y", 19);
        dialog.show();
        auto* problems = dialog.findChild<QListWidget*>(q("csv.problems"));
        auto* preview = dialog.findChild<QTableWidget*>(q("csv.preview"));
        QCOMPARE(problems->count(), 2);
        const auto inSight = [&](const char* line) {
            const auto* item = preview->currentItem();
            return item && item->text() == q("n/a") && preview->verticalHeaderItem(item->row())->text() == q(line)
                && preview->viewport()->rect().intersects(preview->visualItemRect(item));
        };
        QVERIFY(inSight("72")); // the first one, without being asked
        const auto clickOn = [&](int row) {
            QTest::mouseClick(
                problems->viewport(), Qt::LeftButton, {}, problems->visualItemRect(problems->item(row)).center());
        };
        clickOn(1);
        QVERIFY(inSight("202"));
        preview->setCurrentCell(0, 0);
        preview->scrollToTop();
        clickOn(1);
        QVERIFY(inSight("202"));
        QTest::keyClick(problems, Qt::Key_Up);
        QVERIFY(inSight("72"));
        QTest::keyClick(problems, Qt::Key_Down);
        QVERIFY(inSight("202"));
    }

    void twoReadingsAreAskedFor()
    {
        for (const int way : {0, 1}) {
            CsvImportDialog dialog(q("two.csv"), QByteArrayLiteral("x\ty\n0\t999\n1\t1,000\n2\t1,001\n"), themes);
            QVERIFY(!canImport(dialog));
            const auto fixes = visibleFixes(dialog);
            QCOMPARE(fixes.size(), 2);
            fixes[way]->click();
            QVERIFY(canImport(dialog));
            QCOMPARE(box(dialog, "csv.thousands")->currentData().toString(), way == 0 ? q(",") : q("auto"));
            QCOMPARE(box(dialog, "csv.decimal")->currentData().toString(), way == 0 ? q("auto") : q(","));
            QCOMPARE(dialog.data().thousands, std::string(way == 0 ? "," : "auto"));
            QVERIFY(visibleFixes(dialog).isEmpty());
        }
    }

    void columnsCanBeChosen()
    {
        CsvImportDialog dialog(q("three.csv"), QByteArrayLiteral("1,2,3\n4,5,6\n7,8,9\n"), themes);
        QVERIFY(canImport(dialog));
        choose(dialog, "csv.x", 2);
        choose(dialog, "csv.y", 0);
        QVERIFY(dialog.data().x == "#3" && dialog.data().y == "#1");
        choose(dialog, "csv.y", 2);
        QVERIFY(!canImport(dialog)); // the same column twice
        CsvImportDialog twice(q("twice.csv"), QByteArrayLiteral("x,y,y\n4,5,6\n7,8,9\n"), themes);
        choose(twice, "csv.y", 2);
        QVERIFY(twice.data().x == "x" && twice.data().y == "#3");
    }

    void otherSettingsAreReadAgain()
    {
        CsvImportDialog dialog(q("a.csv"), QByteArrayLiteral("1;2\n3;4\n5;6\n"), themes);
        QCOMPARE(dialog.findChild<QTableWidget*>(q("csv.preview"))->columnCount(), 2);
        choose(dialog, "csv.separator", box(dialog, "csv.separator")->findData(q("tab")));
        QVERIFY(!canImport(dialog)); // a single column that is no number
        choose(dialog, "csv.separator", box(dialog, "csv.separator")->findData(q(";")));
        QVERIFY(canImport(dialog));
        QCOMPARE(dialog.data().separator, std::string(";"));
        dialog.findChild<QSpinBox*>(q("csv.skip_rows"))->setValue(1);
        QCOMPARE(dialog.findChild<QTableWidget*>(q("csv.preview"))->item(0, 0)->text(), q("3"));
        QCOMPARE(dialog.data().skipRows, 1);
        choose(dialog, "csv.header", box(dialog, "csv.header")->findData(q("yes")));
        QCOMPARE(box(dialog, "csv.x")->currentText(), q("3"));
        choose(dialog, "csv.encoding", box(dialog, "csv.encoding")->findData(q("utf-16le")));
        QVERIFY(!canImport(dialog));
    }

    void onlySomeRowsAndColumnsArePreviewed()
    {
        QByteArray bytes;
        for (int i = 0; i < 100; ++i) {
            for (int column = 0; column < 200; ++column)
                bytes += (column > 0 ? "," : "") + QByteArray::number(i * column + 0.5);
            bytes += '\n';
        }
        CsvImportDialog dialog(q("wide.csv"), bytes, themes);
        choose(dialog, "csv.y", 150);
        const auto* preview = dialog.findChild<QTableWidget*>(q("csv.preview"));
        QCOMPARE(preview->rowCount(), 20);
        QCOMPARE(preview->columnCount(), 31); // y is among them
        QVERIFY(preview->horizontalHeaderItem(30)->text().startsWith(q("column 151")));
        QVERIFY(canImport(dialog));
    }

    /// Tab goes through the dialog and comes back to where it began.
    void tabLeavesTheTable()
    {
        CsvImportDialog dialog(q("temps.csv"), germanWithBadRow, themes);
        dialog.show();
        dialog.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        box(dialog, "csv.separator")->setFocus();
        QSet<QWidget*> seen;
        for (int presses = 0;
             presses < 25 && !(presses > 0 && QApplication::focusWidget() == box(dialog, "csv.separator")); ++presses) {
            seen.insert(QApplication::focusWidget());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        QCOMPARE(QApplication::focusWidget(), box(dialog, "csv.separator"));
        QVERIFY(seen.contains(dialog.findChild<QTableWidget*>(q("csv.preview"))));
        QVERIFY(seen.contains(box(dialog, "csv.y")));
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
        QVERIFY(!dialog.findChild<QLabel*>(q("csv.problem"))->text().isEmpty());
    }

    void missingFileIsTold()
    {
        const QTemporaryDir folder;
        CsvImportDialog dialog(folder.filePath(q("gone.csv")), themes);
        QVERIFY(!canImport(dialog));
        QVERIFY(dialog.findChild<QLabel*>(q("csv.problem"))->text().contains(q("cannot be opened")));
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
