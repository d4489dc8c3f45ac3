#include "ui/widgets/window_place.h"

#include "support/prepare_windows.h"

#include <QScreen>
#include <QTest>
#include <QWidget>

using namespace fplab;
using namespace fplab::test;

class TstWindowPlace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindows(); }

    void isInsideTheScreen_data()
    {
        QTest::addColumn<QRect>("wanted");
        QTest::addColumn<QRect>("room");
        QTest::addColumn<QRect>("expected");
        QTest::newRow("fits") << QRect(100, 100, 1366, 700) << QRect(0, 0, 1920, 1080) << QRect(100, 100, 1366, 700);
        QTest::newRow("1280x720") << QRect(0, 0, 1366, 700) << QRect(0, 0, 1280, 720) << QRect(2, 20, 1276, 698);
        QTest::newRow("1024x600") << QRect(0, 0, 1366, 700) << QRect(0, 0, 1024, 600) << QRect(2, 20, 1020, 578);
        QTest::newRow("a panel above and one at the left")
            << QRect(0, 0, 1366, 700) << QRect(48, 30, 1318, 738) << QRect(50, 50, 1314, 700);
        QTest::newRow("from a larger screen")
            << QRect(1500, 900, 1200, 600) << QRect(0, 0, 1366, 768) << QRect(164, 166, 1200, 600);
        QTest::newRow("the title above the edge")
            << QRect(10, -5, 1100, 600) << QRect(0, 0, 1366, 768) << QRect(10, 20, 1100, 600);
        QTest::newRow("a screen at the left")
            << QRect(-300, 0, 1366, 700) << QRect(-1280, 0, 1280, 720) << QRect(-1278, 20, 1276, 698);
    }
    void isInsideTheScreen()
    {
        QFETCH(QRect, wanted);
        QFETCH(QRect, room);
        const QRect got = fittedInto(wanted, room, QMargins(2, 20, 2, 2));
        QTEST(got, "expected");
        QVERIFY(room.contains(got.marginsAdded(QMargins(2, 20, 2, 2))));
    }

    void aWindowTooLargeForItsScreenBecomesSmaller()
    {
        QWidget window;
        auto* place = new WindowPlace(window, QSize(1024, 600));
        const QRect room = window.screen()->availableGeometry();
        window.setGeometry(room.adjusted(50, 50, 500, 500));
        place->fit();
        QVERIFY2(room.contains(window.geometry()), "the window is not inside the screen");
        QVERIFY(window.minimumWidth() <= room.width() && window.minimumHeight() <= room.height());
    }
};

QTEST_MAIN(TstWindowPlace)
#include "tst_window_place.moc"
