#include "core/nn/trainer.h"
#include "ui/controls/spec_form.h"
#include "ui/controls/timeline_strip.h"
#include "ui/controls/transport_bar.h"
#include "ui/gallery/gallery_page.h"
#include "ui/shell/menu_actions.h"
#include "ui/view_grid.h"

#include "ui/window_fixture.h"

#include <QMenuBar>

using namespace fplab;
using namespace fplab::test;

/// The window without a mouse.
class TstKeyboard : public QObject {
    Q_OBJECT

    std::unique_ptr<MainWindow> window;

    template <class T> [[nodiscard]] QWidget* part() const { return window->findChild<T*>(); }
    [[nodiscard]] static bool isIn(const QWidget* region) { return region->isAncestorOf(QApplication::focusWidget()); }

private Q_SLOTS:
    void initTestCase() { prepareWindows(); }
    void init() { window = freshWindow(); }
    void cleanup() { window.reset(); }

    void f6GoesThroughTheRegions()
    {
        window->openCard(QStringLiteral("three-sines"), false);
        const QList<QWidget*> regions {part<TransportBar>(), part<SpecForm>(), part<ViewGrid>(), part<TimelineStrip>()};
        regions[3]->setFocus();
        static_cast<TimelineStrip*>(regions[3])->track().setFocus();
        for (int round = 0; round < 2; ++round)
            for (QWidget* region : regions) {
                pressKey(*window, Qt::Key_F6);
                QVERIFY2(isIn(region), region->metaObject()->className());
            }
        for (const int i : {2, 1, 0, 3}) {
            pressKey(*window, Qt::Key_F6, Qt::ShiftModifier);
            QVERIFY2(isIn(regions[i]), regions[i]->metaObject()->className());
        }
        // Hidden ones are left out, and a region is entered where one was.
        pressKey(*window, Qt::Key_1, Qt::ControlModifier);
        pressKey(*window, Qt::Key_F6);
        QVERIFY(isIn(regions[0]));
        pressKey(*window, Qt::Key_Tab);
        const QWidget* there = QApplication::focusWidget();
        QVERIFY(isIn(regions[0]));
        pressKey(*window, Qt::Key_F6);
        QVERIFY(isIn(regions[2]));
        pressKey(*window, Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget(), there);
    }
    void theFocusIsSeen()
    {
        window->openCard(QStringLiteral("three-sines"), false);
        for (int i = 0; i < 4; ++i) {
            pressKey(*window, Qt::Key_F6);
            QWidget* focus = QApplication::focusWidget();
            const QRect place = QRect(focus->mapTo(window.get(), QPoint()), focus->size()).adjusted(-4, -4, 4, 4);
            const QImage with = window->grab(place).toImage();
            focus->clearFocus();
            const QImage without = window->grab(place).toImage();
            focus->setFocus(Qt::TabFocusReason);
            QVERIFY2(with != without, focus->metaObject()->className());
        }
    }
    void tabReachesEverythingAndComesBack()
    {
        const auto walk = [&] {
            QSet<QWidget*> reached;
            QWidget* first = QApplication::focusWidget();
            for (int i = 0; i < 400; ++i) {
                QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
                reached.insert(QApplication::focusWidget());
                if (QApplication::focusWidget() == first)
                    break;
            }
            QCOMPARE(QApplication::focusWidget(), first);
            for (QWidget* widget : window->findChildren<QWidget*>())
                if ((widget->focusPolicy() & Qt::TabFocus) && widget->isVisible() && widget->isEnabled()
                    && !widget->focusProxy() && widget->window() == window.get())
                    QVERIFY2(reached.contains(widget),
                        qPrintable(QLatin1String(widget->metaObject()->className()) + u' ' + widget->objectName()));
        };
        walk();
        window->openCard(QStringLiteral("three-sines"), false);
        pressKey(*window, Qt::Key_F6);
        walk();
    }
    void tabGoesInReadingOrder()
    {
        window->openCard(QStringLiteral("three-sines"), false);
        const QList<QWidget*> regions {part<TransportBar>(), part<SpecForm>(), part<ViewGrid>(), part<TimelineStrip>()};
        static_cast<TimelineStrip*>(regions[3])->track().setFocus();
        pressKey(*window, Qt::Key_F6);
        qsizetype at = 0;
        for (int i = 0; i < 400 && at < 3; ++i) {
            pressKey(*window, Qt::Key_Tab);
            const auto now
                = std::ranges::find_if(regions, [](const QWidget* region) { return isIn(region); }) - regions.begin();
            QVERIFY2(now == at || now == at + 1, qPrintable(QStringLiteral("from %1 to %2").arg(at).arg(now)));
            at = now;
        }
        QCOMPARE(at, qsizetype(3));
    }
    void everyActionIsExplainedAndKnown()
    {
        QSet<QString> ids;
        QMap<QString, QString> keys;
        for (const auto& [action, path] : menuActions(*window->menuBar())) {
            const QString name = action->text();
            QVERIFY2(!action->statusTip().isEmpty() && action->toolTip() != plainText(name), qPrintable(name));
            QVERIFY2(!action->objectName().isEmpty() && !ids.contains(action->objectName()), qPrintable(name));
            ids.insert(action->objectName());
            for (const QKeySequence& key : action->shortcuts()) {
                QVERIFY2(!keys.contains(key.toString()), qPrintable(name + u' ' + keys.value(key.toString())));
                keys.insert(key.toString(), name);
            }
        }
        QVERIFY(ids.size() > 35);
    }
};

QTEST_MAIN(TstKeyboard)
#include "tst_keyboard.moc"
