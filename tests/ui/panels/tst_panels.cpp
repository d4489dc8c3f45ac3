#include "core/files/presets.h"
#include "core/kinds/fit_curve/kind.h"
#include "core/kinds/poisson/kind.h"
#include "support/plain_kind.h"
#include "ui/gallery/thumbnail.h"
#include "ui/model/field_text.h"
#include "ui/model/form_fields.h"
#include "ui/model/kind_window.h"
#include "ui/panels/field_editor.h"
#include "ui/panels/formula_preview.h"
#include "ui/panels/spec_form.h"
#include "ui/text/number_text.h"
#include "ui/widgets/number_slider.h"
#include "ui/widgets/slider_marks.h"
#include "ui/window/pending_bar.h"

#include "ui/lab_fixture.h"

#include <QSignalSpy>
#include <QToolButton>
#include <QWheelEvent>

using namespace fplab;
using namespace fplab::test;

namespace {

QString q(const char* text) { return QString::fromUtf8(text); }

} // namespace

class TstPanels : public QObject {
    Q_OBJECT

    std::unique_ptr<LabFixture> f;
    std::unique_ptr<SpecForm> form;

    template <class T = QLineEdit> T* find(const char* name) const
    {
        T* found = form->findChild<T*>(q(name));
        if (!found)
            qFatal("no widget %s", name);
        return found;
    }
    void enter(const char* name, const char* text) const
    {
        auto* entry = find<QLineEdit>(name);
        entry->setFocus();
        entry->selectAll();
        QTest::keyClick(entry, Qt::Key_Delete);
        QTest::keyClicks(entry, q(text));
        QTest::keyClick(entry, Qt::Key_Return);
    }
    /// The field's row is part of the panel, folded or not.
    [[nodiscard]] bool shown(const char* name) const { return find<QWidget>(name)->isVisibleTo(form.get()); }
    void choose(const char* name, const char* id) const
    {
        auto* box = find<QComboBox>(name);
        const int index = box->findData(q(id));
        QVERIFY(index >= 0);
        box->setCurrentIndex(index);
        Q_EMIT box->activated(index);
    }
    void openAllMore() const
    {
        for (int panel = 1; panel <= 5; ++panel) {
            auto* more = form->findChild<QPushButton*>(QStringLiteral("panel.%1.more").arg(panel));
            if (more->isVisibleTo(form.get()))
                more->click();
        }
    }

private Q_SLOTS:
    void problemsNameFieldsByTheirLabels()
    {
        const ExperimentSpec spec;
        QCOMPARE(inWords(q("must be greater than sampling.from (5), found 3.14"), spec),
            q("must be greater than “From” (5), found 3.14"));
        QCOMPARE(inWords(q("messung.csv, line 42, column 2: e.g. 1.5"), spec),
            q("messung.csv, line 42, column 2: e.g. 1.5"));
    }
    void initTestCase() { loadFonts(); }

    void init()
    {
        f = std::make_unique<LabFixture>();
        form = std::make_unique<SpecForm>(f->lab);
        form->resize(288, 700);
        f->open(ExperimentSpec {});
        form->show();
    }
    void cleanup()
    {
        form.reset();
        f.reset();
    }

    void everyFieldHasAnEditor_data()
    {
        QTest::addColumn<bool>("poisson");
        QTest::newRow("fit_curve") << false;
        QTest::newRow("poisson") << true;
    }
    /// A kind without a network, samples, parameters or a row in the window: what there is can be edited.
    void aPlainKindHasPanels()
    {
        ExperimentSpec spec;
        spec.problem = test::PlainSpec {};
        f->editor.open(spec);
        QStringList headers;
        for (const auto* button : form->findChildren<QAbstractButton*>())
            if (button->property("panelHeader").toBool())
                headers.append(button->text());
        QCOMPARE(headers, QStringList({q("1 Shape"), q("2 Run")}));
        QVERIFY(!form->findChild<QWidget*>(q("lost"))); // there is no such panel
        QVERIFY(!form->findChild<QWidget*>(q("network.note")) && !form->findChild<QWidget*>(q("data.import")));
        enter("height", "3");
        QCOMPARE(f->editor.spec().problem.as<test::PlainSpec>()->height, 3.0);
        enter("formula", "2*x");
        QCOMPARE(f->editor.spec().problem.as<test::PlainSpec>()->formula, std::string("2*x"));
        form->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(form.get()));
        form->focusFormula();
        QVERIFY(find("formula")->hasFocus());
        form->focusField(q("lost"));
        form->focusField(q("network.init.std"));
        form->setPanelWidth(320);
        QVERIFY(!experimentThumbnail(spec, f->themes.theme(), QSize(200, 100), 1).isNull());
        QVERIFY(!kindWindowOf(spec).makeModel);
        f->open(ExperimentSpec {});
        QVERIFY(shown("network.init.std") && form->findChild<QWidget*>(q("network.note")));
        f->editor.open(spec);
        QVERIFY(!form->findChild<QWidget*>(q("network.init.std")));
    }

    void everyFieldHasAnEditor()
    {
        QFETCH(bool, poisson);
        ExperimentSpec spec;
        if (poisson)
            spec.problem = PoissonSpec {};
        f->open(spec);
        int fields = 0;
        for (const FormField& field : formFields(spec)) {
            if (panelOf(spec.problem.kind(), field.hint) < 0 || field.type == FieldType::Given
                || field.type == FieldType::Parameters)
                continue;
            const QString name = field.type == FieldType::Text ? q("formula")
                : field.type == FieldType::Data                ? q("data.import")
                                                               : field.path;
            QVERIFY2(form->findChild<QWidget*>(name), qPrintable(name));
            if (field.hint.sliderMax > field.hint.sliderMin && field.type != FieldType::Layers
                && !field.path.endsWith(q(".from")) && !field.path.endsWith(q(".to")))
                QVERIFY2(form->findChild<NumberSlider*>(field.path + q(".slider")), qPrintable(field.path));
            ++fields;
        }
        QVERIFY(fields >= 30);
    }

    void numbersAreEntered()
    {
        enter("optimizer.learning_rate", "0,005");
        QCOMPARE(f->fit().optimizer.learningRate, 0.005);
        enter("sampling.to", "2*pi");
        QVERIFY(std::abs(f->fit().sampling.to - 6.283185307) < 1e-8);
        enter("sampling.count", "1 000");
        QCOMPARE(f->fit().sampling.count, 1000);
        enter("network.init.std", "1e-2");
        QCOMPARE(f->fit().network.init.std, 0.01);
        enter("seed", "18446744073709551615");
        QCOMPARE(f->editor.spec().seed, ~std::uint64_t(0));
        enter("stop.steps", "5000");
        QCOMPARE(f->fit().stop.steps, std::int64_t(5000));
        openAllMore();
        enter("batch", "32");
        QCOMPARE(f->fit().batch, std::int64_t(32));
        enter("batch", "all");
        QCOMPARE(f->fit().batch, std::int64_t(0));
        enter("network.init.bias_std", "0.5");
        QCOMPARE(f->fit().network.init.biasStd.value(), 0.5);
        enter("network.init.bias_std", "");
        QVERIFY(!f->fit().network.init.biasStd);
    }

    void layersAreEntered_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<std::vector<int>>("layers");
        QTest::newRow("dashes") << q("100-50") << std::vector<int> {100, 50};
        QTest::newRow("commas") << q("100,50") << std::vector<int> {100, 50};
        QTest::newRow("spaces") << q("100 50") << std::vector<int> {100, 50};
        QTest::newRow("times") << q("80x3") << std::vector<int> {80, 80, 80};
        QTest::newRow("two wide ones") << q("100x100") << std::vector<int> {100, 100};
    }
    void layersAreEntered()
    {
        QFETCH(QString, typed);
        QFETCH(std::vector<int>, layers);
        enter("network.hidden", qPrintable(typed));
        QCOMPARE(f->fit().network.hidden, layers);
    }

    void layerButtons()
    {
        find<QToolButton>("network.hidden.more")->click();
        QCOMPARE(f->fit().network.hidden, (std::vector<int> {100, 100, 100}));
        find<QToolButton>("network.hidden.fewer")->click();
        find<QToolButton>("network.hidden.fewer")->click();
        QCOMPARE(f->fit().network.hidden, (std::vector<int> {100}));
        QCOMPARE(find("network.hidden")->text(), q("100"));
    }

    void choicesAndFlags()
    {
        choose("network.activation", "relu");
        QCOMPARE(f->fit().network.activation, std::string("relu"));
        choose("optimizer.kind", "gd");
        QCOMPARE(f->fit().optimizer.kind, std::string("gd"));
        openAllMore();
        find<QAbstractButton>("sampling.endpoint")->click();
        QVERIFY(!f->fit().sampling.endpoint);
        choose("loss.kind", "weighted_fourier");
        choose("loss.weights.kind", "band");
        QCOMPARE(f->fit().loss.weights.kind, std::string("band"));
    }

    void wrongEntriesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("typed");
        QTest::newRow("word") << QByteArrayLiteral("optimizer.learning_rate") << QByteArrayLiteral("fast");
        QTest::newRow("empty") << QByteArrayLiteral("optimizer.learning_rate") << QByteArrayLiteral("");
        QTest::newRow("beyond the limit") << QByteArrayLiteral("optimizer.learning_rate") << QByteArrayLiteral("1e9");
        QTest::newRow("thousands or decimals") << QByteArrayLiteral("stop.steps") << QByteArrayLiteral("1,000");
        QTest::newRow("fraction of a sample") << QByteArrayLiteral("sampling.count") << QByteArrayLiteral("20.5");
        QTest::newRow("from above to") << QByteArrayLiteral("sampling.from") << QByteArrayLiteral("9");
        QTest::newRow("layers") << QByteArrayLiteral("network.hidden") << QByteArrayLiteral("100-many");
        QTest::newRow("no neurons") << QByteArrayLiteral("network.hidden") << QByteArrayLiteral("100-0");
        QTest::newRow("formula") << QByteArrayLiteral("formula") << QByteArrayLiteral("sin(x");
        QTest::newRow("negative seed") << QByteArrayLiteral("seed") << QByteArrayLiteral("-1");
        QTest::newRow("peak") << QByteArrayLiteral("analysis.peaks") << QByteArrayLiteral("zero");
    }
    void wrongEntriesAreRefused()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, typed);
        const ExperimentSpec before = f->editor.spec();
        enter(name.constData(), typed.constData());
        QVERIFY(f->editor.spec() == before);
        QVERIFY(find(name.constData())->property("wrong").toBool());
        bool told = false;
        for (const QLabel* label : form->findChildren<QLabel*>())
            told = told || (label->isVisible() && label->property("role") == q("error") && !label->text().isEmpty());
        QVERIFY(told);
        QTest::keyClick(find(name.constData()), Qt::Key_Escape);
        QVERIFY(!find(name.constData())->property("wrong").toBool() || name == "analysis.peaks");
    }

    void formulaIsCheckedWhileTyping()
    {
        auto* line = find("formula");
        auto* caret = find<QWidget>("formula.caret");
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, q("sin(x)+"));
        QVERIFY(line->property("wrong").toBool());
        QVERIFY(caret->isVisible());
        QCOMPARE(f->fit().target.formula, TargetSpec {}.formula);
        QTest::keyClicks(line, q("cos(2x)"));
        QVERIFY(!line->property("wrong").toBool());
        QVERIFY(!caret->isVisible());
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(f->fit().target.formula, std::string("sin(x)+cos(2x)"));
    }

    /// a*sin(k*x): a slider each, below the formula; they come and go with the names.
    void parametersHaveSliders()
    {
        const auto slider = [this](const char* name) { return form->findChild<NumberSlider*>(q(name)); };
        QVERIFY(!slider("target.parameters.k.slider"));
        enter("formula", "a*sin(k*x)");
        QVERIFY(shown("target.parameters.a") && shown("target.parameters.k"));
        QCOMPARE(f->fit().target.parameters, (std::map<std::string, double> {{"a", 1}, {"k", 1}}));
        auto* k = slider("target.parameters.k.slider");
        QVERIFY(k);
        const int atThree = k->positionOf(3);
        const auto* preview = form->findChild<FormulaPreview*>();
        k->setValue(atThree);
        QCOMPARE(f->fit().target.parameters.at("k"), 3.0);
        enter("target.parameters.a", "-2,5");
        QCOMPARE(f->fit().target.parameters.at("a"), -2.5);
        QVERIFY(std::abs(preview->high() - 2.5) < 1e-3); // the curve follows
        QVERIFY(f->editor.isPending(q("target.parameters.k"))); // as the formula: with the next run
        f->editor.undoStack().undo();
        QCOMPARE(f->fit().target.parameters.at("a"), 1.0);
        QCOMPARE(find("target.parameters.a")->text(), q("1"));

        enter("formula", "sin(k*x)+b");
        QVERIFY(!slider("target.parameters.a.slider"));
        QVERIFY(shown("target.parameters.b"));
        QCOMPARE(f->fit().target.parameters, (std::map<std::string, double> {{"b", 1}, {"k", 3}}));
        enter("formula", "sin(x)");
        QVERIFY(!slider("target.parameters.k.slider"));
        f->editor.undoStack().undo();
        QCOMPARE(slider("target.parameters.k.slider")->value(), atThree);
    }

    void formulaIsDrawnWhileTyping()
    {
        auto* line = find("formula");
        auto* preview = form->findChild<FormulaPreview*>();
        QVERIFY(preview->isVisible() && !preview->isStale());
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, q("2sin(x)"));
        QVERIFY(std::abs(preview->high() - 2) < 1e-3 && std::abs(preview->low() + 2) < 1e-3);
        QTest::keyClicks(line, q("+"));
        QVERIFY(preview->isStale());
        QVERIFY(std::abs(preview->high() - 2) < 1e-3);
        QTest::keyClicks(line, q("1"));
        QVERIFY(!preview->isStale());
        QVERIFY(std::abs(preview->high() - 3) < 1e-3);
        QTest::keyClick(line, Qt::Key_Escape);
        QTest::keyClick(line, Qt::Key_Return);
        enter("sampling.from", "0"); // the preview follows the range
        enter("sampling.to", "1");
        enter("formula", "x");
        QCOMPARE(preview->low(), 0.0);
        QCOMPARE(preview->high(), 1.0);
        enter("formula", "1/x"); // infinite at 0: a gap
        QVERIFY(preview->low() == 1.0 && std::isfinite(preview->high()));
    }
    void marksOfTheInitialisationSetTheirValue()
    {
        enter("network.hidden", "100-100");
        auto* marks = form->findChild<SliderMarks*>();
        QStringList names;
        for (const auto& mark : marks->marks()) {
            names.append(mark.name);
            QTest::mouseClick(marks, Qt::LeftButton, {}, QPoint(qRound(marks->xOf(mark)), 2));
            // Two marks may be nearer than a pixel is wide: one of them is set then.
            QVERIFY2(std::abs(std::log(f->fit().network.init.std / mark.value)) < 0.05, qPrintable(mark.name));
        }
        QCOMPARE(names, (QStringList {q("0.01"), q("0.1"), q("0.5"), q("1.5"), q("Glorot"), q("He")}));
        QCOMPARE(marks->marks()[4].value, 0.1); // sqrt(2 / 200)
        QCOMPARE(marks->marks()[5].value, 0.14); // sqrt(2 / 100)
        choose("network.init.kind", "uniform");
        QCOMPARE(marks->marks().size(), 4);
    }
    void tellsSizeAndSpeedOfTheNetwork()
    {
        auto* note = find<QLabel>("network.note");
        enter("network.hidden", "20-30");
        QVERIFY2(note->text().startsWith(QStringLiteral("701 parameters")), qPrintable(note->text())); // 40 + 630 + 31
        QTRY_VERIFY_WITH_TIMEOUT(note->text().contains(q("steps/s")), 20000);
        f->run.resume();
        QTRY_VERIFY_WITH_TIMEOUT(f->run.state() == RunState::Finished, 60000);
        QVERIFY(note->text().contains(q("steps/s"))); // of the same network still
        enter("network.hidden", "20");
        QVERIFY(!note->text().contains(q("steps/s")));
    }
    void slidersSetNumbers()
    {
        auto* slider = find<NumberSlider>("optimizer.learning_rate.slider");
        slider->setFocus();
        slider->setNumber(1e-3);
        QTest::keyClick(slider, Qt::Key_PageUp);
        QVERIFY(f->fit().optimizer.learningRate > 1e-3);
        QCOMPARE(find("optimizer.learning_rate")->text(), shortNumber(f->fit().optimizer.learningRate));
        QTest::mouseClick(slider, Qt::LeftButton, {}, QPoint(slider->width() - 1, slider->height() / 2));
        QCOMPARE(f->fit().optimizer.learningRate, 1.0);
        QTest::mouseClick(slider, Qt::LeftButton, {}, QPoint(0, slider->height() / 2));
        QCOMPARE(f->fit().optimizer.learningRate, 1e-6);
    }

    void sliderMappingGoesBothWays_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<bool>("logarithmic");
        QTest::addColumn<bool>("whole");
        QTest::newRow("logarithmic") << 1e-6 << 1.0 << true << false;
        QTest::newRow("linear") << 0.0 << 2.0 << false << false;
        QTest::newRow("negative") << -10.0 << 10.0 << false << false;
        QTest::newRow("whole") << 0.0 << 40.0 << false << true;
    }
    void sliderMappingGoesBothWays()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(bool, logarithmic);
        QFETCH(bool, whole);
        const NumberSlider slider(low, high, logarithmic, whole);
        QCOMPARE(slider.numberAt(0), low);
        QCOMPARE(slider.numberAt(slider.maximum()), high);
        double previous = low;
        for (int position = 0; position <= slider.maximum(); ++position) {
            const double number = slider.numberAt(position);
            QVERIFY(number >= previous);
            QVERIFY(std::abs(slider.positionOf(number) - position) <= 1); // numbers are rounded to read well
            previous = number;
        }
        QCOMPARE(slider.positionOf(high * 1000), slider.maximum());
    }

    void theWheelNeedsTheFocus()
    {
        auto* slider = find<NumberSlider>("optimizer.learning_rate.slider");
        auto* box = find<QComboBox>("network.activation");
        find("formula")->setFocus();
        const ExperimentSpec before = f->editor.spec();
        for (QWidget* widget : {static_cast<QWidget*>(slider), static_cast<QWidget*>(box)}) {
            QWheelEvent wheel(
                QPointF(5, 5), widget->mapToGlobal(QPointF(5, 5)), {}, {0, 120}, {}, {}, Qt::NoScrollPhase, false);
            QApplication::sendEvent(widget, &wheel);
        }
        QVERIFY(f->editor.spec() == before);
        form->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(form.get()));
        slider->setFocus();
        QVERIFY(slider->hasFocus());
        QWheelEvent wheel(
            QPointF(5, 5), slider->mapToGlobal(QPointF(5, 5)), {}, {0, 120}, {}, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(slider, &wheel);
        QVERIFY(f->fit().optimizer.learningRate != 1e-3);
    }

    void doubleClickOnTheLabelSetsTheDefault()
    {
        enter("optimizer.learning_rate", "0.5");
        enter("sampling.from", "-1");
        for (QLabel* label : form->findChildren<QLabel*>())
            if (label->text() == q("Learning rate") || label->text() == q("Range"))
                QTest::mouseDClick(label, Qt::LeftButton);
        QCOMPARE(f->fit().optimizer.learningRate, 1e-3);
        QCOMPARE(f->fit().sampling.from, -3.14);
        QCOMPARE(find("optimizer.learning_rate")->text(), q("0.001"));
    }

    void undoAndRedoShowInTheEditors()
    {
        enter("network.init.std", "1.5");
        f->editor.undoStack().undo();
        QCOMPARE(find("network.init.std")->text(), q("0.1"));
        const auto* slider = find<NumberSlider>("network.init.std.slider");
        QCOMPARE(slider->value(), slider->positionOf(0.1));
        f->editor.undoStack().redo();
        QCOMPARE(find("network.init.std")->text(), q("1.5"));
        QCOMPARE(slider->value(), slider->positionOf(1.5));
    }

    void pendingChangesAreTold()
    {
        PendingBar bar(f->lab);
        bar.resize(900, 44);
        QVERIFY(bar.isHidden());
        enter("optimizer.learning_rate", "0.002"); // live: nothing waits
        QVERIFY(bar.isHidden());
        enter("network.init.std", "1.5");
        const auto* text = bar.findChild<QLabel*>(q("pending.text"));
        QVERIFY(!bar.isHidden());
        QCOMPARE(text->toolTip(), q("1 change waits for a new run: Size of the weights 0.1 → 1.5"));
        enter("network.hidden", "200");
        QVERIFY(text->toolTip().startsWith(q("2 changes wait for a new run: ")));
        bool told = false;
        for (const QLabel* label : form->findChildren<QLabel*>())
            told = told || (label->isVisible() && label->text() == q("was 0.1"));
        QVERIFY(told);

        QSignalSpy restart(&bar, &PendingBar::restartRequested), undo(&bar, &PendingBar::undoRequested);
        bar.findChild<QPushButton*>(q("pending.restart"))->click();
        bar.findChild<QPushButton*>(q("pending.undo"))->click();
        QCOMPARE(restart.count(), 1);
        QCOMPARE(undo.count(), 1);
        f->editor.undoPending();
        QVERIFY(bar.isHidden());
        QCOMPARE(find("network.init.std")->text(), q("0.1"));
    }

    void irrelevantRowsAreHidden()
    {
        openAllMore();
        QVERIFY(!shown("loss.p"));
        choose("loss.kind", "lp");
        QVERIFY(shown("loss.p"));
        QVERIFY(!shown("loss.weights.kind"));
        choose("loss.kind", "weighted_fourier");
        QVERIFY(!shown("loss.p"));
        QVERIFY(shown("loss.weights.kind"));
        QVERIFY(!shown("loss.weights.to"));
        choose("loss.weights.kind", "low_pass");
        QVERIFY(shown("loss.weights.to"));
        QVERIFY(!shown("loss.weights.from"));
        QVERIFY(shown("optimizer.beta1"));
        QVERIFY(!shown("optimizer.momentum"));
        choose("optimizer.kind", "momentum");
        QVERIFY(shown("optimizer.momentum"));
        QVERIFY(!shown("optimizer.beta1"));
        QVERIFY(shown("network.init.std"));
        choose("network.init.kind", "glorot");
        QVERIFY(!shown("network.init.std"));
    }

    /// A value that was set stays in sight, grey, with the reason; one that never was is not offered.
    void aValueInVainIsGreyWithTheReason()
    {
        ExperimentSpec spec;
        PoissonSpec poisson;
        poisson.pde.then = "damped_jacobi";
        poisson.pde.omega = 0.6;
        spec.problem = poisson;
        f->open(spec);
        QVERIFY(find("pde.omega")->isEnabled());
        const auto note = [this] {
            for (const auto* label : find("pde.omega")->parentWidget()->parentWidget()->findChildren<QLabel*>())
                if (label->isVisibleTo(form.get()) && label->text().startsWith(q("No effect: ")))
                    return label->text();
            return QString();
        };
        QCOMPARE(note(), QString());
        choose("pde.then", "jacobi");
        QVERIFY(shown("pde.omega"));
        QVERIFY(!find("pde.omega")->isEnabled());
        QCOMPARE(note(), q("No effect: only damped Jacobi and over-relaxation (SOR) have a relaxation factor."));
        choose("pde.then", "sor");
        QVERIFY(find("pde.omega")->isEnabled());
        QCOMPARE(note(), QString());
        f->open([] {
            ExperimentSpec plain;
            plain.problem = PoissonSpec {};
            return plain;
        }());
        openAllMore();
        QVERIFY(!shown("pde.omega"));
    }

    void rowsUnderMoreShowWhatDiffers()
    {
        QVERIFY(!shown("target.quantise"));
        ExperimentSpec spec;
        specOf<FitCurveSpec>(spec.problem).target.quantise = 0.5;
        f->open(spec);
        QVERIFY(shown("target.quantise"));
        f->open(ExperimentSpec {});
        QVERIFY(!shown("target.quantise"));
        find<QPushButton>("panel.1.more")->click();
        QVERIFY(shown("target.quantise"));
    }

    void peaksAreChips()
    {
        const auto chips = [this] {
            QStringList names;
            for (const auto* chip : form->findChildren<QToolButton*>())
                if (chip->objectName().contains(q(".chip.")) && chip->isVisibleTo(form.get()))
                    names.append(chip->objectName().section(u'.', -1));
            return names;
        };
        connect(&f->editor, &ExperimentEditor::viewEdited, &f->analysis,
            [this] { f->analysis.setSettings(analysisOf(f->editor.spec())); });
        QCOMPARE(chips(), (QStringList {q("1"), q("3"), q("5")}));
        QVERIFY(find<QToolButton>("analysis.peaks.auto")->isChecked());
        find<QToolButton>("analysis.peaks.chip.3")->click();
        QCOMPARE(f->fit().analysis.peaks.value(), (std::vector<int> {1, 5}));
        QVERIFY(!find<QToolButton>("analysis.peaks.auto")->isChecked());
        enter("analysis.peaks", "7");
        QCOMPARE(f->fit().analysis.peaks.value(), (std::vector<int> {1, 5, 7}));
        QCOMPARE(chips(), (QStringList {q("1"), q("5"), q("7")}));
        find<QToolButton>("analysis.peaks.auto")->click();
        QVERIFY(!f->fit().analysis.peaks);
        QCOMPARE(chips(), (QStringList {q("1"), q("3"), q("5")}));
    }

    void weightsAreEnteredAsAList()
    {
        choose("loss.kind", "weighted_fourier");
        openAllMore();
        QVERIFY(f->editor.edit(q("loss.weights.values"), q("[1,0.5,0]")));
        choose("loss.weights.kind", "points");
        QVERIFY(shown("loss.weights.values"));
        QCOMPARE(find("loss.weights.values")->text(), q("1 0.5 0"));
        enter("loss.weights.values", "1 0,25");
        QCOMPARE(f->fit().loss.weights.values, (std::vector<double> {1, 0.25}));
    }

    void dataReplacesTheFormula()
    {
        ExperimentSpec spec;
        specOf<FitCurveSpec>(spec.problem).data
            = DataSpec {SampleMatrix {3, 1, {0, 1, 2}}, SampleMatrix {3, 1, {1, 2, 1}}, {}};
        f->editor.open(spec);
        QVERIFY(!shown("formula"));
        QVERIFY(!shown("sampling.count"));
        QVERIFY(shown("data.remove"));
        find<QPushButton>("data.remove")->click();
        QVERIFY(!f->fit().data);
        QVERIFY(shown("formula"));
        openAllMore();
        QSignalSpy csv(form.get(), &SpecForm::csvRequested);
        find<QPushButton>("data.import")->click();
        QCOMPARE(csv.count(), 1);
    }

    void everyInteractiveWidgetHasAName()
    {
        openAllMore();
        PendingBar bar(f->lab);
        QCOMPARE(namelessWidgets(*form).join(u'\n'), QString());
        QCOMPARE(namelessWidgets(bar).join(u'\n'), QString());
        QCOMPARE(find("optimizer.learning_rate")->accessibleName(), q("Learning rate"));
        QCOMPARE(find<QWidget>("optimizer.learning_rate.slider")->accessibleName(), q("Learning rate, slider"));
    }

    void nothingIsClipped_data()
    {
        QTest::addColumn<QByteArray>("id");
        for (const Preset& preset : presets())
            QTest::newRow(preset.id.c_str()) << QByteArray::fromStdString(preset.id);
    }
    void nothingIsClipped()
    {
        QFETCH(QByteArray, id);
        f->editor.open(findPreset(id.toStdString())->spec);
        openAllMore();
        if (f->editor.spec().problem.as<PoissonSpec>()) {
            if (specOf<PoissonSpec>(f->editor.spec().problem).pde.handoffStep > 0)
                choose("pde.handoff_when", "captured");
        } else {
            choose("loss.kind", "weighted_fourier");
            choose("loss.weights.kind", "high_to_low");
        }
        QTest::qWait(1);
        QCOMPARE(form->width(), 288);
        QCOMPARE(clippedTexts(*form->widget()).join(u'\n'), QString());
    }

    void largeTextIsNotClippedAndGoesBack()
    {
        openAllMore();
        QTest::qWait(1);
        const auto heights = [this] {
            QList<int> result;
            for (const QLabel* label : form->findChildren<QLabel*>())
                if (label->isVisible()) // one that is not has the size it had when it was seen last
                    result.append(label->height());
            return result;
        };
        const auto before = heights();
        for (const double scale : {1.5, 1.7}) {
            f->themes.setTheme(ThemeKind::Projector, scale);
            QTest::qWait(1);
            QCOMPARE(form->width(), qRound(288 * scale));
            QCOMPARE(clippedTexts(*form->widget()).join(u'\n'), QString());
        }
        f->themes.setTheme(ThemeKind::Light);
        QTest::qWait(1);
        QTRY_COMPARE(heights(), before);
    }

    void controlsAreLargeEnough()
    {
        openAllMore();
        QTest::qWait(1);
        for (const QWidget* widget : form->findChildren<QWidget*>()) {
            const bool control = qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QComboBox*>(widget)
                || (qobject_cast<const QAbstractButton*>(widget) && !widget->property("link").toBool());
            if (control && widget->isVisible())
                QVERIFY2(widget->height() >= 28, qPrintable(widget->objectName()));
        }
    }

    void numbersAsText()
    {
        QCOMPARE(jsonNumber(1e-6), q("1e-6"));
        QCOMPARE(jsonNumber(0.1), q("0.1"));
        QCOMPARE(jsonNumber(1e25), q("1e25"));
        QCOMPARE(shortNumber(100000), q("100000"));
        QCOMPARE(shortNumber(3.14159265), q("3.14159"));
        QCOMPARE(groupedNumber(1310), QStringLiteral("1\u202F310"));
        QCOMPARE(groupedNumber(999), q("999"));
        QCOMPARE(parseNumber(q("−3,5")).value.value(), -3.5);
        QVERIFY(!parseNumber(q("1,2,3")).value);
        QVERIFY(!parseNumber(q("x")).value);
    }
};

QTEST_MAIN(TstPanels)
#include "tst_panels.moc"
