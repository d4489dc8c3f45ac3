#include "core/files/presets.h"
#include "core/kinds/fit_curve/kind.h"
#include "core/kinds/poisson/kind.h"
#include "ui/gallery/gallery_page.h"

#include "ui/lab_fixture.h"

#include <QAction>
#include <QMenu>
#include <QSignalSpy>
#include <QToolButton>

using namespace fplab;
using namespace fplab::test;

namespace {

QString q(const char* text) { return QString::fromUtf8(text); }

} // namespace

class TstGallery : public QObject {
    Q_OBJECT

    ThemeManager themes;
    std::unique_ptr<GalleryPage> page;
    std::unique_ptr<QSignalSpy> opened;

    [[nodiscard]] GalleryCard* card(const char* id) const
    {
        auto* found = page->findChild<GalleryCard*>(q("card.") + q(id));
        if (!found)
            qFatal("no card %s", id);
        return found;
    }
    [[nodiscard]] QVariantList last() const { return opened->isEmpty() ? QVariantList {} : opened->last(); }
    [[nodiscard]] QString focused() const
    {
        const QWidget* widget = QApplication::focusWidget();
        return widget ? widget->objectName() : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        loadFonts();
        themes.setTheme(ThemeKind::Light);
        page = std::make_unique<GalleryPage>(themes);
        opened = std::make_unique<QSignalSpy>(page.get(), &GalleryPage::openRequested);
        page->resize(1366, 700);
        page->show();
        page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
    }
    void cleanupTestCase() { page.reset(); }

    void everyClassroomPresetHasACard()
    {
        int classroom = 0;
        for (const Preset& preset : presets()) {
            if (preset.variant == "paper")
                continue;
            ++classroom;
            const auto* shown = card(preset.id.c_str());
            QCOMPARE(shown->accessibleName(), QString::fromStdString(preset.question));
            QVERIFY(shown->accessibleDescription().startsWith(QString::fromStdString(preset.summary)));
        }
        QVERIFY(classroom >= 8);
        QCOMPARE(page->cards().size(), qsizetype(classroom + 3));
        QCOMPARE(page->cards().first()->content().id, q("three-sines"));
    }

    void paperVariantsBelongToACard()
    {
        QStringList offered;
        for (const GalleryCard* shown : page->cards())
            if (!shown->content().paperId.isEmpty())
                offered.append(shown->content().paperId);
        for (const Preset& preset : presets())
            if (preset.variant == "paper")
                QVERIFY2(offered.contains(QString::fromStdString(preset.id)), preset.id.c_str());
    }

    void clickAndKeysOpen()
    {
        QTest::mouseClick(card("three-sines"), Qt::LeftButton, {}, QPoint(60, 60));
        QCOMPARE(last(), (QVariantList {q("three-sines"), false}));
        card("staircase")->setFocus();
        QTest::keyClick(card("staircase"), Qt::Key_Return);
        QCOMPARE(last(), (QVariantList {q("staircase"), false}));
        QTest::keyClick(card("staircase"), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(last(), (QVariantList {q("staircase"), true}));
        QTest::mouseClick(page->findChild<QPushButton*>(q("run.relu")), Qt::LeftButton);
        QCOMPARE(last(), (QVariantList {q("relu"), true}));
        for (const char* own : {"formula", "csv", "blank"}) {
            QTest::keyClick(card(own), Qt::Key_Return, Qt::ControlModifier); // nothing to run yet
            QCOMPARE(last(), (QVariantList {q(own), false}));
        }
        QSignalSpy files(page.get(), &GalleryPage::fileRequested);
        page->findChild<QPushButton*>(q("gallery.open"))->click();
        QCOMPARE(files.count(), 1);
    }

    void thePaperIsBehindTheMenu()
    {
        page->findChild<QToolButton*>(q("more.three-sines"))->click();
        auto* menu = page->findChild<QMenu*>(q("paper.three-sines"));
        QVERIFY(menu);
        QCOMPARE(menu->actions().size(), qsizetype(2));
        menu->actions().first()->trigger();
        QCOMPARE(last(), (QVariantList {q("three-sines-paper"), false}));
        menu->actions().last()->trigger();
        QCOMPARE(last(), (QVariantList {q("three-sines-paper"), true}));
        menu->close();
    }

    void focusStartsAtTheFirstCardAndArrowsMove()
    {
        page->setFocus();
        QCOMPARE(focused(), q("card.three-sines"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left); // nothing there
        QCOMPARE(focused(), q("card.three-sines"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
        QCOMPARE(focused(), q("card.staircase"));
        const int row = card("staircase")->mapTo(page.get(), QPoint()).y();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        auto* below = qobject_cast<GalleryCard*>(QApplication::focusWidget());
        QVERIFY(below && below->mapTo(page.get(), QPoint()).y() > row);
        QTest::keyClick(below, Qt::Key_Up);
        QCOMPARE(focused(), q("card.staircase"));
        for (int i = 0; i < 12; ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        auto* lowest = qobject_cast<GalleryCard*>(QApplication::focusWidget());
        QVERIFY(lowest && lowest->content().spec == nullptr);
        QVERIFY(page->rect().contains(lowest->mapTo(page.get(), lowest->rect().center()))); // scrolled into sight
    }

    void focusRingIsSeen()
    {
        auto* first = card("three-sines");
        card("blank")->setFocus();
        const QImage without = first->grab().toImage();
        first->setFocus();
        const QImage with = first->grab().toImage();
        QVERIFY(with != without);
        QCOMPARE(with.pixelColor(with.width() / 2, 1).name(), themes.theme().accent.name());
    }

    void cardsFlowWithTheWidth()
    {
        const auto columns = [this] {
            QSet<int> lefts;
            for (const GalleryCard* shown : page->cards())
                lefts.insert(shown->x());
            return lefts.size();
        };
        QTest::qWait(1);
        QCOMPARE(columns(), qsizetype(5));
        page->resize(1024, 600);
        QTest::qWait(1);
        QCOMPARE(columns(), qsizetype(3));
        page->resize(1366, 700);
        QTest::qWait(1);
        QCOMPARE(columns(), qsizetype(5));
    }

    void nothingIsClippedOrNameless()
    {
        QTest::qWait(1);
        QCOMPARE(clippedTexts(*page).join(u'\n'), QString());
        themes.setTheme(ThemeKind::Projector, 1.5);
        QTest::qWait(1);
        QCOMPARE(clippedTexts(*page).join(u'\n'), QString());
        themes.setTheme(ThemeKind::Light);
        QCOMPARE(namelessWidgets(*page).join(u'\n'), QString());
    }

    void thumbnailsShowTargetAndNetwork()
    {
        for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark}) {
            const Theme theme = makeTheme(kind);
            for (const Preset& preset : presets()) {
                const QImage image = experimentThumbnail(preset.spec, theme, QSize(240, 100), 1).toImage();
                QCOMPARE(image.size(), QSize(240, 100));
                const auto* poisson = preset.spec.problem.as<PoissonSpec>();
                const bool learns = !poisson || poisson->pde.handoffStep != 0;
                const bool showsTarget = !poisson || poisson->pde.handoffStep < 0 || poisson->pde.then == "jacobi";
                int target = 0, network = 0, solver = 0;
                for (int y = 0; y < image.height(); ++y)
                    for (int x = 0; x < image.width(); ++x) {
                        const QColor pixel = image.pixelColor(x, y);
                        const auto is = [&pixel](const QColor& color) { // but for the smoothing of edges
                            return pixel.alpha() > 150 && std::abs(pixel.red() - color.red()) < 40
                                && std::abs(pixel.green() - color.green()) < 40
                                && std::abs(pixel.blue() - color.blue()) < 40;
                        };
                        target += is(theme.target);
                        network += is(theme.network);
                        solver += poisson && is(theme.solver(poisson->pde.then).color);
                    }
                QVERIFY2(target > 20 || !showsTarget || (poisson && poisson->pde.handoffStep > 0), preset.id.c_str());
                QVERIFY2(network > 60 || !learns, preset.id.c_str());
                QVERIFY2(solver > 30 || !poisson, preset.id.c_str());
            }
        }
        QList<QImage> equations; // no two cards of equations look alike
        for (const Preset& preset : presets())
            if (preset.variant == "classroom" && preset.spec.problem.as<PoissonSpec>()) {
                const QImage image = experimentThumbnail(preset.spec, themes.theme(), QSize(240, 100), 1).toImage();
                QVERIFY2(!equations.contains(image), preset.id.c_str());
                equations.append(image);
            }
        QCOMPARE(equations.size(), 4);
        QCOMPARE(experimentThumbnail(ExperimentSpec {}, themes.theme(), QSize(240, 100), 2).size(), QSize(480, 200));
        ExperimentSpec broken;
        specOf<FitCurveSpec>(broken.problem).target.formula = "1/x)";
        QVERIFY(experimentThumbnail(broken, themes.theme(), QSize(240, 100), 1).isNull());
    }

    void problemsAreTold()
    {
        const auto* problem = page->findChild<QLabel*>(q("gallery.problem"));
        QVERIFY(!problem->isVisible());
        page->showProblem(q("a.csv cannot be read"));
        QVERIFY(problem->isVisible());
        QCOMPARE(problem->text(), q("a.csv cannot be read"));
        QTest::keyClick(card("blank"), Qt::Key_Return);
        QVERIFY(!problem->isVisible());
    }

    void times_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("words");
        QTest::newRow("least") << 0.2 << q("about 1 s");
        QTest::newRow("ten") << 10.2 << q("about 10 s");
        QTest::newRow("fives") << 43.0 << q("about 45 s");
        QTest::newRow("minutes") << 250.0 << q("about 4 min");
        QTest::newRow("hours") << 7300.0 << q("about 2 h");
        QTest::newRow("unknown") << std::nan("") << QString();
    }
    void times()
    {
        QFETCH(double, seconds);
        QFETCH(QString, words);
        QCOMPARE(timeInWords(seconds), words);
    }
};

QTEST_MAIN(TstGallery)
#include "tst_gallery.moc"
