#include "support/small_lab.h"
#include "ui/look/robust_range.h"
#include "ui/painted_text.h"
#include "ui/panels/formula_preview.h"
#include "ui/views/delta_view.h"
#include "ui/views/heatmap_view.h"
#include "ui/views/output_view.h"
#include "ui/views/spectrum_view.h"

#include "core/kinds/fit_curve/kind.h"
#include "core/signal/formula.h"

#include <cmath>

using namespace fplab;
using namespace fplab::test;

/// Axes stay where they are while a network learns, unless what matters leaves them.
class TstAxes : public QObject {
    Q_OBJECT

    static QCPRange yRange(PlotView& view)
    {
        view.refreshNow();
        return view.plot().yAxis->range();
    }
    static ExperimentSpec formula(const char* text)
    {
        ExperimentSpec spec = SmallLab::spec();
        specOf<FitCurveSpec>(spec.problem).target.formula = text;
        return spec;
    }
    template <class View> static void show(View& view)
    {
        view.resize(500, 320);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.refreshNow();
    }
    static void advance(SmallLab& lab, std::int64_t count)
    {
        const auto target = lab.run.liveStep() + count;
        lab.run.stepBy(count);
        QTRY_COMPARE(lab.run.liveStep(), target);
    }

private Q_SLOTS:
    void initTestCase() { loadFonts(); }

    void outliersAreLeftOut_data()
    {
        QTest::addColumn<QVector<double>>("values");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<int>("beyond");
        QVector<double> sine, pole, pulse, constant(200, 3.0);
        for (int i = 0; i < 201; ++i) {
            const double x = -3.14 + 0.0314 * i + 1e-16;
            sine.append(std::sin(x));
            pole.append(i == 100 ? 2e15 : 1 / x);
            pulse.append(i > 95 && i < 105 ? 50 : 0.01 * std::sin(x));
        }
        const auto [low, high] = std::minmax_element(sine.begin(), sine.end());
        QTest::newRow("sine") << sine << *low << *high << 0;
        QTest::newRow("pole") << pole << pole[99] << pole[101] << 1;
        QTest::newRow("pulse") << pulse << *std::ranges::min_element(pulse) << 50.0 << 0;
        QTest::newRow("constant") << constant << 3.0 << 3.0 << 0;
        QTest::newRow("two values") << QVector<double> {0, 1e9} << 0.0 << 1e9 << 0;
        QTest::newRow("not finite") << QVector<double> {std::nan(""), 1, 2, INFINITY} << 1.0 << 2.0 << 0;
    }
    void outliersAreLeftOut()
    {
        QFETCH(QVector<double>, values);
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(int, beyond);
        const RobustRange range = robustRange({values.begin(), values.end()});
        QCOMPARE(range.low, low);
        QCOMPARE(range.high, high);
        QCOMPARE(static_cast<int>(range.below + range.above), beyond);
        QVERIFY(robustRange({}).empty());
    }

    void axesStayDuringARun()
    {
        SmallLab lab;
        lab.load();
        OutputView output(lab.lab);
        SpectrumView spectrum(lab.lab);
        DeltaView delta(lab.lab);
        for (PlotView* view :
            {static_cast<PlotView*>(&output), static_cast<PlotView*>(&spectrum), static_cast<PlotView*>(&delta)})
            show(*view);
        const QCPRange y = yRange(output), amplitude = yRange(spectrum), error = yRange(delta);
        QVERIFY(y.lower <= -2.2 && y.lower > -3.5 && y.upper >= 2.2 && y.upper < 3.5);
        for (int i = 0; i < 10; ++i) {
            advance(lab, 30);
            QCOMPARE(yRange(output), y); // what the network does beyond the samples does not set it
            QCOMPARE(yRange(spectrum), amplitude);
            QCOMPARE(yRange(delta), error); // nor does a passing dip
        }
    }

    void theThresholdKeepsItsPlaceAndWords()
    {
        SmallLab lab;
        lab.load();
        DeltaView view(lab.lab);
        show(view);
        const auto place = [&] {
            view.refreshNow();
            for (const PaintedText& painted : paintedTexts(view.plot()))
                if (painted.text == QLatin1String("captured: stays below 0.1"))
                    return painted.ink;
            return QRectF();
        };
        const QRectF before = place();
        QVERIFY(!before.isEmpty());
        for (int i = 0; i < 5; ++i) {
            advance(lab, 60);
            QCOMPARE(place(), before);
        }
    }

    void aPoleDoesNotHideTheTarget()
    {
        SmallLab lab;
        ExperimentSpec spec = formula("1/(x+1e-16)");
        specOf<FitCurveSpec>(spec.problem).sampling.count = 201;
        lab.load(spec);
        OutputView view(lab.lab);
        show(view);
        const QCPRange y = yRange(view);
        QVERIFY2(y.lower > -100 && y.upper < 100, qPrintable(QStringLiteral("%1 to %2").arg(y.lower).arg(y.upper)));
        QVERIFY2(view.summary().contains(QLatin1String("1 value lies beyond the axis.")), qPrintable(view.summary()));
        QStringList texts;
        for (const PaintedText& painted : paintedTexts(view.plot())) {
            texts.append(painted.text);
            QVERIFY2(painted.ink.left() >= 0 && painted.ink.width() - painted.visible.width() < 1.5,
                qPrintable(painted.text));
        }
        QVERIFY2(texts.contains(QLatin1String("1 value beyond")), qPrintable(texts.join(u' ')));
    }

    void aPoleDoesNotHideThePreview()
    {
        ThemeManager themes;
        themes.setTheme(ThemeKind::Light);
        FormulaPreview preview(themes);
        const auto formula = Formula::parse("sin(x)+1e-9/(x-1)^4");
        QVERIFY(formula.ok());
        preview.setFormula(*formula, 0, 2);
        QVERIFY2(preview.high() < 1e3, qPrintable(QString::number(preview.high())));
    }

    void theMapSaysWhatDarkMeans()
    {
        SmallLab lab;
        lab.load();
        HeatmapView view(lab.lab);
        show(view);
        QStringList texts;
        for (QWidget* part : view.findChildren<QWidget*>())
            for (const PaintedText& painted : paintedTexts(*part))
                texts.append(painted.text);
        QVERIFY2(texts.contains(QLatin1String("dark = learnt")), qPrintable(texts.join(u'|')));
        QVERIFY(texts.contains(QLatin1String("0.1"))); // at the mark of the colour bar
    }
};

QTEST_MAIN(TstAxes)
#include "tst_axes.moc"
