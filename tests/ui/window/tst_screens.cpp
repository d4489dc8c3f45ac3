#include "ui/gallery/gallery_card.h"
#include "ui/views/plot_header.h"
#include "ui/views/plot_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/elided_entry.h"
#include "ui/window/pending_bar.h"
#include "ui/window/status_line.h"
#include "ui/window/view_grid.h"

#include "ui/lab_fixture.h"
#include "ui/window_fixture.h"

#include <QScrollArea>
#include <QToolButton>

using namespace fplab;
using namespace fplab::test;

namespace {

QString q(const char* text) { return QString::fromUtf8(text); }

} // namespace

/// Sizes, text sizes and messages that must not cut or push anything.
class TstScreens : public QObject {
    Q_OBJECT

    std::unique_ptr<MainWindow> window;

    template <class T> [[nodiscard]] T* find(const char* name = "") const
    {
        auto* found = window->findChild<T*>(q(name));
        if (!found)
            qFatal("no widget %s", name);
        return found;
    }
    void settle(QSize size, double scale)
    {
        window->settings().set(&Settings::textScale, scale);
        window->resize(size);
        QTest::qWait(20);
    }

private Q_SLOTS:
    void initTestCase() { prepareWindows(); }
    void init() { window = freshWindow(); }
    void cleanup() { window.reset(); }

    void messagesDoNotPushTheViews()
    {
        window->openCard(q("three-sines"), false);
        QTest::qWait(20);
        const auto* grid = window->findChild<ViewGrid*>();
        const QRect before = grid->geometry();
        auto* banner = find<Banner>("banner");
        Diagnostic diagnostic;
        diagnostic.what = "The samples are too few";
        Q_EMIT window->experiment().problem(diagnostic);
        QTest::qWait(20);
        QVERIFY(banner->isVisible());
        QCOMPARE(grid->geometry(), before);
        QVERIFY2(before.contains(banner->geometry()), "the banner lies over the views");
        QCOMPARE(clippedTexts(*banner).join(u'\n'), QString());

        window->experiment().stepBy(1); // from here on it waits for a new run
        QTRY_COMPARE(window->experiment().run.liveStep(), std::int64_t(1));
        Q_EMIT window->experiment().problem(diagnostic);
        QVERIFY(window->experiment().editor.edit(q("sampling.count"), q("101")).ok());
        QTest::qWait(20);
        const auto* pending = find<PendingBar>("pending");
        QVERIFY(pending->isVisible() && !pending->geometry().intersects(banner->geometry()));
        QCOMPARE(grid->geometry(), before);

        auto* close = find<QToolButton>("banner.close");
        close->setFocus(Qt::TabFocusReason);
        QTest::keyClick(close, Qt::Key_Space);
        QVERIFY(!banner->isVisible());
        QTest::qWait(20);
        QCOMPARE(pending->geometry().top(), before.top());
        QTest::mouseClick(window->findChild<QPushButton*>(q("pending.undo")), Qt::LeftButton);
        QVERIFY(!pending->isVisible());
        QCOMPARE(grid->geometry(), before);
    }

    void theStatusLineCutsNothing()
    {
        window->experiment().run.setPace({.kind = Pace::Kind::Max});
        window->openCard(q("three-sines"), false);
        window->experiment().stepBy(1);
        QTRY_COMPARE(window->experiment().run.liveStep(), std::int64_t(1));
        auto* status = window->findChild<StatusLine*>();
        for (const double scale : {1.0, 1.5, 2.0})
            for (const QSize size : {QSize(1024, 600), QSize(1366, 700), QSize(1920, 1000)})
                for (const char* values : {"", "network step 542 error 0.0641 0.0889 s 0 sweeps 3.4e+09 operations"}) {
                    settle(size, scale);
                    status->setReadout(q(values));
                    QTest::qWait(5);
                    QCOMPARE(clippedTexts(*status).join(u'\n'), QString());
                    for (const QLabel* label : status->findChildren<QLabel*>())
                        QVERIFY(!label->isVisible() || status->rect().contains(label->geometry()));
                    QVERIFY(
                        status->toolTip().contains(q("computing time")) && status->toolTip().contains(q("threads")));
                }
    }

    void everyTileHasItsButtonsInLine()
    {
        window->openCard(q("three-sines"), false);
        const std::pair<QSize, double> looks[] {
            {{1024, 600}, 1}, {{1280, 694}, 1}, {{1366, 700}, 1.5}, {{1920, 1000}, 2}};
        for (const auto& [size, scale] : looks) {
            settle(size, scale);
            QMap<int, QSet<int>> places; // by the width of the tile, from its right edge
            for (PlotView* view : window->findChild<ViewGrid*>()->shown()) {
                const auto* header = view->findChild<PlotHeader*>();
                const QToolButton& button = header->equationButton();
                QTRY_VERIFY2(button.isVisible() && header->rect().contains(button.geometry()),
                    qPrintable(q("%1 at %2 x %3, %4").arg(view->id()).arg(size.width()).arg(size.height()).arg(scale)));
                places[header->width()].insert(header->width() - button.x());
            }
            for (const QSet<int>& place : places)
                QCOMPARE(place.size(), qsizetype(1));
        }
    }

    void theSlideTellsWhatIsShown()
    {
        window->openCard(q("three-sines"), false);
        auto* slide = find<QWidget>("slide");
        QVERIFY(!slide->isVisible());
        pressKey(*window, Qt::Key_F5);
        window->setWindowState(Qt::WindowNoState); // a projector's size on any test screen
        window->resize(1280, 720);
        QTest::qWait(20);
        QVERIFY(slide->isVisible());
        const auto* title = find<QLabel>("slide.title");
        const auto* what = find<QLabel>("slide.what");
        QVERIFY2(title->accessibleName().startsWith(q("Three sines")) && title->accessibleName().contains(u'?'),
            qPrintable(title->accessibleName()));
        QCOMPARE(what->text(), q("f(x) = sin(x)+sin(3*x)+sin(5*x)"));
        QCOMPARE(title->text(), title->accessibleName());
        QVERIFY2(find<QWidget>("transport")->height() <= 720 * 0.082,
            qPrintable(QString::number(find<QWidget>("transport")->height())));
        QVERIFY(find<QWidget>("state")->isVisible());
        pressKey(*window, Qt::Key_Escape);
        QVERIFY(!slide->isVisible());
        QVERIFY(find<QWidget>("transport.new")->isVisible());
    }

    void longNumbersAndFormulasAreWholeOrElided()
    {
        window->openCard(q("three-sines"), false);
        QVERIFY(window->experiment().editor.edit(q("stop.steps"), q("9000000")).ok());
        QVERIFY(window->experiment()
                    .editor.edit(q("target.formula"), q("\"sin(x)+sin(3*x)+sin(5*x)+sin(7*x)+sin(9*x)+sin(11*x)\""))
                    .ok());
        QTest::qWait(20);
        const auto* steps = find<QLineEdit>("stop.steps");
        QVERIFY2(
            steps->width() >= steps->fontMetrics().horizontalAdvance(steps->text()) + 20, qPrintable(steps->text()));
        auto* formula = dynamic_cast<ElidedEntry*>(find<QLineEdit>("formula"));
        QVERIFY(formula && formula->shownText().endsWith(u'…'));
        formula->setFocus();
        QCOMPARE(formula->shownText(), formula->text());
    }

    void cardsUseTheWidth()
    {
        for (const double scale : {1.0, 1.5})
            for (const int width : {1024, 1280, 1366, 1920}) {
                settle({width, 700}, scale);
                int right = 0;
                for (const GalleryCard* card : window->findChildren<GalleryCard*>()) {
                    right = std::max(right, card->mapTo(window.get(), QPoint(card->width(), 0)).x());
                    QRect above;
                    for (const QLabel* label : card->findChildren<QLabel*>()) { // picture, title, summary, time
                        if (!label->isVisible())
                            continue;
                        const QRect place(label->mapTo(card, QPoint()), label->size());
                        QVERIFY2(!above.intersects(place), qPrintable(card->content().id + u' ' + label->text()));
                        above = place;
                    }
                }
                QVERIFY2(right > 0.85 * width && right <= width, qPrintable(q("%1 of %2").arg(right).arg(width)));
            }
    }
};

QTEST_MAIN(TstScreens)
#include "tst_screens.moc"
