#include "core/engine/trainer.h"
#include "core/files/presets.h"
#include "core/signal/formula.h"
#include "core/signal/formula_functions.h"
#include "ui/help/help_pages.h"
#include "ui/help/help_window.h"
#include "ui/views/plot_view.h"
#include "ui/window/view_grid.h"

#include "ui/lab_fixture.h"
#include "ui/window_fixture.h"

#include <QFile>
#include <QListWidget>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBrowser>
#include <QTextDocumentFragment>

using namespace fplab;
using namespace fplab::test;

namespace {

QString q(const char* text) { return QString::fromUtf8(text); }

QString source(const QString& id)
{
    QFile file(q(":/help/%1.html").arg(id));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

class TstHelp : public QObject {
    Q_OBJECT

    std::unique_ptr<MainWindow> window;
    HelpWindow* help = nullptr;

    void open()
    {
        pressKey(*window, Qt::Key_F1);
        help = window->findChild<HelpWindow*>();
        QVERIFY(help);
        help->activateWindow();
        QTRY_COMPARE(QApplication::activeWindow(), static_cast<QWidget*>(help));
    }
    [[nodiscard]] QTextBrowser* text() const { return help->findChild<QTextBrowser*>(); }
    [[nodiscard]] QListWidget* pages() const { return help->findChild<QListWidget*>(); }

private Q_SLOTS:
    void initTestCase() { prepareWindows(); }
    void init() { window = freshWindow(); }
    void cleanup() { window.reset(); }

    void everyPageHasTextAndFits()
    {
        open();
        QVERIFY(!help->isModal());
        QVERIFY(help->width() <= 1000 && help->height() <= 580);
        for (const double scale : {1.0, 1.5}) {
            window->settings().set(&Settings::textScale, scale);
            for (int i = 0; i < pages()->count(); ++i) {
                pages()->setCurrentRow(i);
                QVERIFY2(text()->toPlainText().size() > 300, qPrintable(pages()->item(i)->text()));
                QVERIFY2(!text()->toPlainText().contains(u'%'),
                    qPrintable(pages()->item(i)->text())); // nothing left to fill in
                QTest::qWait(1);
                QVERIFY2(!text()->horizontalScrollBar()->isVisible(), qPrintable(pages()->item(i)->text()));
            }
        }
        QCOMPARE(clippedTexts(*help).join(u'\n'), QString());
        QCOMPARE(namelessWidgets(*help).join(u'\n'), QString());
    }
    void theListOfPagesIsEven()
    {
        open();
        const std::pair<ThemeKind, double> looks[] {
            {ThemeKind::Light, 1}, {ThemeKind::Dark, 2}, {ThemeKind::Projector, 1.5}};
        for (const auto& [theme, scale] : looks) {
            window->settings().set(&Settings::theme, theme);
            window->settings().set(&Settings::textScale, scale);
            QTest::qWait(10);
            QCOMPARE(brokenRows(*pages()).join(u'\n'), QString());
        }
    }
    void everyLinkLeadsSomewhere()
    {
        open();
        const QRegularExpression link(q("href=\"([^\"]+)\""));
        for (const char* id : {"idea", "panels", "formulas", "files", "definitions", "about"}) {
            QVERIFY(!source(q(id)).isEmpty());
            for (auto match = link.globalMatch(source(q(id))); match.hasNext();) {
                const QString target = match.next().captured(1);
                QVERIFY2(target.startsWith(q("help:")), qPrintable(target));
                help->showTopic(target.mid(5));
                QVERIFY2(!text()->toPlainText().isEmpty(), qPrintable(target));
                if (const auto at = target.indexOf(u'#'); at > 0)
                    QVERIFY2(source(target.mid(5, at - 5)).contains(q("name=\"%1\"").arg(target.mid(at + 1))),
                        qPrintable(target));
            }
        }
        help->showTopic(q("licence"));
        QVERIFY(text()->toPlainText().contains(q("Version 3, 29 June 2007")));
        help->showTopic(q("fonts"));
        QVERIFY(text()->toPlainText().contains(q("SIL OPEN FONT LICENSE")));
        help->showTopic(q("icons"));
        QVERIFY(text()->toPlainText().contains(q("ISC License")));
    }
    void keysAreThoseOfNow()
    {
        Settings s = window->settings().values();
        s.keys.insert(q("run.step"), {QKeySequence(Qt::CTRL | Qt::Key_M)});
        window->settings().set(s);
        pressKey(*window, Qt::Key_F1, Qt::ShiftModifier);
        help = window->findChild<HelpWindow*>();
        QVERIFY(help);
        QCOMPARE(help->topic(), q("keys"));
        QVERIFY(text()->toPlainText().contains(q("Ctrl+M")));
        QVERIFY(text()->toPlainText().contains(q("Next region")));
        s.keys.clear();
        window->settings().set(s);
        window->findChild<QAction*>(q("help.keys"))->trigger();
        QVERIFY(!text()->toPlainText().contains(q("Ctrl+M")));
    }
    void formulasAreTrue() // every example can be typed, every function is told
    {
        const QString page = source(q("formulas"));
        const QRegularExpression code(q("<code>([^<]+)</code>"));
        for (auto match = code.globalMatch(page.left(page.indexOf(q("<h2>Functions"))).replace(q("√x"), q("√(x)")));
             match.hasNext();) {
            const QString formula = QTextDocumentFragment::fromHtml(match.next().captured(1)).toPlainText();
            QVERIFY2(Formula::parse(formula.toStdString(), {.freeNames = true}).ok(), qPrintable(formula));
        }
        for (const auto& function : formulaFunctions()) {
            const QString name = QString::fromUtf8(function.name.data(), static_cast<qsizetype>(function.name.size()));
            QVERIFY2(page.contains(QRegularExpression(q("\\b%1\\b").arg(name))), qPrintable(name));
        }
        QVERIFY(Formula::parse("SIN(X)").ok());
        QVERIFY(Formula::parse("√x").ok());
    }
    void presetsNamedOnThePagesExist()
    {
        const QRegularExpression id(q("fplab-cli (?:run|show) ([a-z][a-z-]+)[ <]"));
        int named = 0;
        for (auto match = id.globalMatch(source(q("files"))); match.hasNext(); ++named)
            QVERIFY(findPreset(match.next().captured(1).toStdString()));
        QVERIFY(named >= 3);
    }
    void findsOnThePage()
    {
        open();
        help->showTopic(q("definitions"));
        QTest::keyClick(help, Qt::Key_F, Qt::ControlModifier);
        auto* field = help->findChild<QLineEdit*>(q("help.find"));
        QVERIFY(field->hasFocus());
        QTest::keyClicks(field, q("Parseval"));
        QCOMPARE(text()->textCursor().selectedText(), q("Parseval"));
        QVERIFY(!field->property("wrong").toBool());
        const int first = text()->textCursor().position();
        QTest::keyClicks(field, q("xyz"));
        QVERIFY(field->property("wrong").toBool());
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(help->isVisible() && field->text().isEmpty());
        QTest::keyClicks(field, q("peak"));
        const int one = text()->textCursor().position();
        QTest::keyClick(field, Qt::Key_Return);
        const int two = text()->textCursor().position();
        QVERIFY(one != two && two != first);
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(text()->textCursor().position(), one);
        QTest::keyClick(field, Qt::Key_Escape);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!help->isVisible());
    }
    void backAndForward()
    {
        open();
        QCOMPARE(pages()->currentRow(), 0);
        help->showTopic(q("keys"));
        QCOMPARE(pages()->currentRow(), 2);
        help->showTopic(q("idea"));
        pages()->setCurrentRow(5);
        QCOMPARE(help->topic(), q("definitions"));
        QTest::mouseClick(help->findChild<QPushButton*>(q("help.back")), Qt::LeftButton);
        QCOMPARE(help->topic(), q("idea"));
        QCOMPARE(pages()->currentRow(), 0);
        QTest::mouseClick(help->findChild<QPushButton*>(q("help.forward")), Qt::LeftButton);
        QCOMPARE(help->topic(), q("definitions"));
    }
    void followsTheTheme()
    {
        open();
        const auto ground = [&] { return text()->viewport()->grab().toImage().pixelColor(2, 2).lightness(); };
        QVERIFY(ground() > 200);
        window->settings().set(&Settings::theme, ThemeKind::Dark);
        QVERIFY(ground() < 60);
        QCOMPARE(help->topic(), q("idea"));
    }
    void equationsReadMore()
    {
        window->openCard(q("three-sines"), false);
        for (PlotView* view : window->findChild<ViewGrid*>()->views()) {
            view->showEquation();
            auto* more = view->findChild<QPushButton*>(q("equation.more"));
            QVERIFY(more);
            QTest::mouseClick(more, Qt::LeftButton);
            help = window->findChild<HelpWindow*>();
            QVERIFY(help && help->isVisible());
            QVERIFY2(help->topic().startsWith(q("definitions#")), qPrintable(help->topic()));
            QTest::qWait(1);
        }
    }
};

QTEST_MAIN(TstHelp)
#include "tst_help.moc"
